"""The past of the working draft: versions read, compared and restored; a clause's wordings; a manual on a day."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.utils.timezone import localdate
from reversion.models import Revision

from hearing_portal.thai.dates import be_year
from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from manuals.drafting.changes import AddClause, Position, ReviseClause, ReviseSection
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.shifting import Direction, shift_clause
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    rename_section,
    retire_clause,
    split_clause,
)
from manuals.drafting.services.undoing import undo_last_act
from manuals.models import Clause, ClauseChange, ClauseLineage, Section
from manuals.versions.presentation.comparison import compare_versions
from manuals.versions.queries.clauses import find_origin_lines, find_wording_ids
from manuals.versions.queries.days import load_manual_on
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
WORDS = "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วย"  # 5.2 has them without ทุกฉบับ
REASON = "ปรับตามระบบสารบรรณอิเล็กทรอนิกส์"


def url_of(section: Section, more: str = "versions/") -> str:
    return f"/groups/DIR/drafts/{section.uuid}/{more}"


def reword(clause: Clause, words: str, by, reason: str = REASON) -> ClauseChange:
    clause.refresh_from_db()
    change = ReviseClause(clause, clause.lock_version, Text(body=words))
    [written] = apply_changes(by, "edit", reason, [change])
    clause.refresh_from_db()
    clause.section.refresh_from_db()
    return written


def set_day(change: ClauseChange, moment: datetime) -> None:
    with without_triggers():
        Revision.objects.filter(pk=change.revision_id).update(date_created=moment)


@pytest.fixture
def reworded(process, clause, drafter) -> ClauseChange:
    """Version 3 of the process: clause 5.2 says ทุกฉบับ."""
    return reword(clause, WORDS, drafter)


# --- the list


def test_versions_say_who_when_why_and_what(
    sign_in, drafter, process, clause, reworded
):
    process.refresh_from_db()
    rename_section(
        process, process.version, "การรับหนังสือเข้า", by=drafter, reason="ชื่อสั้นลง"
    )
    page = markup(sign_in(drafter).get(url_of(process)))
    for words in (
        "4\xa0รุ่น",
        "รุ่นที่ 3",
        "แก้ไข",
        "ประยูร เขียนชัด",
        REASON,
        "แก้ถ้อยคำ",
        WORDS,
        "ชื่อ จาก <del>การรับหนังสือราชการ</del> เป็น <ins>การรับหนังสือเข้า</ins>",
        "และอีก",  # the import made more clauses than are shown
        url_of(process, f"clauses/{clause.uuid}/versions/"),
        url_of(process, "versions/2/compare/3/"),
        url_of(process, "versions/3/restoration/"),
    ):
        assert words in page
    assert url_of(process, "versions/4/restoration/") not in page  # it stands


def test_comment_that_caused_a_change_is_named(
    sign_in, drafter, expert, process, clause, reworded, comment
):
    disposition = factories.make_disposition(
        comment, outcome="accepted", effect="changed"
    )
    factories.make_change_cause(reworded, disposition)
    link = f'<a href="/comments/{comment.uuid}/">ความคิดเห็นเลขที่ {comment.pk}</a>'
    for page in (url_of(process), url_of(process, f"clauses/{clause.uuid}/versions/")):
        assert link in markup(sign_in(drafter).get(page))


def test_comment_that_may_not_be_seen_is_named_without_a_way(
    sign_in, expert, process, reworded, session, entry
):
    held = factories.make_comment(session, entry, visibility="held")
    factories.make_change_cause(
        reworded, factories.make_disposition(held, outcome="accepted", effect="changed")
    )
    page = markup(sign_in(expert).get(url_of(process)))
    assert f"ความคิดเห็นเลขที่ {held.pk}" in page
    assert str(held.uuid) not in page


def test_list_costs_the_same_with_more_versions(
    sign_in, drafter, process, clause, reworded, session, entry, assert_same_queries
):
    def cause(change: ClauseChange) -> None:
        asked = factories.make_comment(session, entry)
        factories.make_change_cause(
            change,
            factories.make_disposition(asked, outcome="accepted", effect="changed"),
        )

    cause(reworded)
    client = sign_in(drafter)

    def more() -> None:
        for number in range(2):
            cause(reword(clause, f"{WORDS} ครั้งที่ {number}", drafter))

    assert_same_queries(14, lambda: client.get(url_of(process)), more)


@pytest.mark.parametrize(("of", "queries"), [("section", 16), ("clause", 17)])
def test_histories_cost_the_same_with_more_versions_that_refer_to_clauses(
    sign_in, drafter, process, clause, of, queries, assert_same_queries
):
    cited = write_reference(factories.clause_at(process, "5.1").uuid)
    client = sign_in(drafter)
    url = url_of(process)
    if of == "clause":
        url = url_of(process, f"clauses/{clause.uuid}/versions/")

    def write(*words: str) -> None:
        for text in words:
            reword(clause, f"ตรวจ{text}ตาม{cited}{text}", drafter)

    write("หนึ่ง")
    assert_same_queries(queries, lambda: client.get(url), lambda: write("สอง", "สาม"))
    assert markup(client.get(url)).count("ข้อ 5.1") >= 3


def test_history_and_versions_say_the_numbers_of_then(
    sign_in, drafter, process, clause
):
    target = factories.clause_at(process, "5.3")
    reword(clause, f"ตรวจตาม{write_reference(str(target.uuid))}", drafter)
    process.refresh_from_db()
    told = process.version
    first = factories.clause_at(process, "5.1")
    retire_clause(first, first.lock_version, by=drafter, reason="ซ้ำ")
    reword(clause, f"ตรวจทุกวันตาม{write_reference(str(target.uuid))}", drafter)
    target.refresh_from_db()
    retire_clause(target, target.lock_version, by=drafter, reason="ซ้ำ")
    process.refresh_from_db()
    client = sign_in(drafter)

    def page_of(rest: str = "versions/") -> str:
        return markup(client.get(url_of(process, rest)))

    for history in (page_of(), page_of(f"clauses/{clause.uuid}/versions/")):
        assert "ข้อ 5.3" in history  # when it was written
        assert "ข้อ 5.2" in history  # after 5.1 had left
        assert "ไม่พบข้อที่อ้าง" not in history
    assert "ข้อ 5.3</a>" in page_of(f"versions/{told}/")
    now = page_of(f"versions/{process.version}/")
    lost = '<span class="clause__lost">ข้อที่ยกเลิก</span>'
    assert f"ตรวจทุกวันตาม{lost}" in now  # as the draft said, too
    compared = page_of(f"versions/{told}/compare/{process.version}/")
    assert "ไม่พบข้อที่อ้าง" not in compared + now


def test_version_names_the_process_of_a_clause_elsewhere(
    sign_in, drafter, process, clause
):
    other = factories.make_section(
        process.manual, "การตรวจสอบพัสดุ", kind=Section.Kind.PROCESS, by=drafter
    )
    target = factories.make_clause(other, "บันทึกผล", by=drafter)
    other.refresh_from_db()
    reword(clause, f"ตรวจตาม{write_reference(str(target.uuid))}", drafter)
    process.refresh_from_db()
    written = process.version
    rename_section(other, other.version, "การตรวจรับพัสดุ", by=drafter, reason="ชื่อถูกต้อง")
    client = sign_in(drafter)

    then = "ข้อ 5.1 ของกระบวนงาน การตรวจสอบพัสดุ"
    for rest in (
        f"versions/{written}/",
        "versions/",
        f"clauses/{clause.uuid}/versions/",
    ):
        page = markup(client.get(url_of(process, rest)))
        assert then in page, rest
    assert f"/groups/DIR/drafts/{other.uuid}/#" in markup(
        client.get(url_of(process, f"versions/{written}/"))
    )
    draft = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    assert "ข้อ 5.1 ของกระบวนงาน การตรวจรับพัสดุ" in draft


def test_long_history_is_paged(sign_in, drafter, process, clause):
    for number in range(20):
        reword(clause, f"ถ้อยคำครั้งที่ {number}", drafter)
    client = sign_in(drafter)
    assert "รุ่นที่ 22" in markup(client.get(url_of(process)))
    second = markup(client.get(url_of(process) + "?page=2"))
    assert "<strong>รุ่นที่ 1</strong>" in second
    assert "<strong>รุ่นที่ 3</strong>" not in second


# --- one version


def test_version_reads_as_it_was(sign_in, drafter, process, clause, reworded):
    set_day(
        ClauseChange.objects.filter(clause=clause).order_by("pk")[0],
        datetime(2022, 9, 19, 17, 30, tzinfo=UTC),
    )
    page = markup(sign_in(drafter).get(url_of(process, "versions/2/")))
    assert (
        "รุ่นที่ 2 ของวันที่ 20\u00a0กันยายน\u00a02565" in page
    )  # half past midnight in Bangkok
    assert "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย" in page
    assert WORDS not in page
    assert "แก้ไข<" not in page
    assert 'aria-label="ข้อ 5.3 1)"' in page


def test_newest_version_says_that_it_stands(sign_in, drafter, process, reworded):
    page = markup(sign_in(drafter).get(url_of(process, "versions/3/")))
    assert "ตรงกับร่างปัจจุบันอยู่" in page
    assert "restoration" not in page


@pytest.mark.parametrize("number", ["0", "9", "99999999"])
def test_version_there_is_not_is_not_found(sign_in, drafter, process, number):
    assert (
        sign_in(drafter).get(url_of(process, f"versions/{number}/")).status_code == 404
    )
    assert (
        sign_in(drafter)
        .get(url_of(process, f"versions/{number}/compare/99999999/"))
        .status_code
        == 404
    )
    assert (
        sign_in(drafter)
        .get(url_of(process, f"versions/{number}/restoration/"))
        .status_code
        == 404
    )


def test_history_of_another_group_is_not_read(sign_in, drafter, process):
    other = factories.make_drafter(factories.make_group("FIN"))
    for more in (
        "versions/",
        "versions/1/",
        "versions/1/compare/2/",
        "versions/1/restoration/",
    ):
        assert sign_in(other).get(url_of(process, more)).status_code == 403


# --- two compared


def test_choosing_two_versions_leads_to_them_in_order(
    sign_in, drafter, process, reworded
):
    answer = sign_in(drafter).get(url_of(process) + "?older=3&newer=2")
    assert (answer.status_code, answer["Location"]) == (
        302,
        url_of(process, "versions/2/compare/3/"),
    )


@pytest.mark.parametrize(
    ("older", "newer", "told"),
    [("2", "2", "โปรดเลือกสองรุ่นที่ต่างกัน"), ("2", "77", "ไม่มีรุ่นนี้"), ("", "2", "โปรดเลือกรุ่น")],
)
def test_wrong_choice_is_told(sign_in, drafter, process, reworded, older, newer, told):
    answer = sign_in(drafter).get(url_of(process) + f"?older={older}&newer={newer}")
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_words_that_came_are_marked(sign_in, drafter, process, clause, reworded):
    page = markup(sign_in(drafter).get(url_of(process, "versions/2/compare/3/")))
    assert "ตรวจสอบความครบถ้วนของหนังสือ<ins>ทุกฉบับ</ins>และสิ่งที่ส่งมาด้วย" in page
    assert f'<a href="#c-{clause.uuid.hex[:8]}">ข้อ 5.2</a> แก้ถ้อยคำ' in page
    beside = markup(
        sign_in(drafter).get(url_of(process, "versions/2/compare/3/") + "?view=sides")
    )
    assert "หนังสือ<ins>ทุกฉบับ</ins>และ" in beside
    assert "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย" in beside


def test_comparison_the_other_way_round_is_turned(sign_in, drafter, process, reworded):
    answer = sign_in(drafter).get(url_of(process, "versions/3/compare/2/"))
    assert answer["Location"] == url_of(process, "versions/2/compare/3/")


def test_everything_that_happened_between_two_versions_is_told(
    drafter, manual, process
):
    """Added, retired, formatted, moved within, moved away, moved in, renamed: each clause by what became of it."""
    other = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    coming = factories.make_clause(other, "ลงทะเบียนส่ง", by=drafter)
    start = process.version

    def at(cite: str) -> Clause:
        return factories.clause_at(process, cite)

    marked, moved, gone, away = at("2.1"), at("5.1"), at("2.2"), at("7.1")
    [added] = apply_changes(
        drafter, "add", "เพิ่ม", [AddClause(Text(body="ข้อที่เพิ่ม"), Position(process, 3))]
    )
    strong = Text(body=f"<strong>{marked.body}</strong>")
    apply_changes(
        drafter, "edit", "เน้น", [ReviseClause(marked, marked.lock_version, strong)]
    )
    last = at("5.3")
    move_clause(
        moved, 1, Position(process, 5, after=last.uuid), by=drafter, reason="สลับ"
    )
    retire_clause(gone, 1, by=drafter, reason="ซ้ำ")
    move_clause(away, 1, Position(other, 7), by=drafter, reason="เป็นเรื่องการส่ง")
    move_clause(coming, 1, Position(process, 5), by=drafter, reason="เป็นเรื่องการรับ")
    process.refresh_from_db()
    rename_section(
        process, process.version, "การรับหนังสือเข้า", by=drafter, reason="ชื่อสั้นลง"
    )
    process.refresh_from_db()

    found = compare_versions(process, start, process.version)
    states = {clause.entry.uuid: clause.state for clause in found.changed_clauses}
    assert states == {
        added.clause.uuid: "added",
        marked.uuid: "formatted",
        moved.uuid: "moved",
        gone.uuid: "removed",
        away.uuid: "moved",
        coming.uuid: "moved",
    }
    assert [(fact.label, fact.before, fact.after) for fact in found.facts] == [
        ("ชื่อ", "การรับหนังสือราชการ", "การรับหนังสือเข้า")
    ]
    assert compare_versions(process, start, start).is_same


@pytest.mark.parametrize(("cite", "direction"), [("5.1", "down"), ("5.2", "up")])
def test_of_two_clauses_that_changed_places_the_moved_one_is_told(
    drafter, process, cite, direction
):
    clause = factories.clause_at(process, cite)
    before = process.version
    shift_clause(clause, clause.lock_version, Direction(direction), by=drafter)

    comparison = compare_versions(process, before, before + 1)

    assert [changed.entry.uuid for changed in comparison.changed_clauses] == [
        clause.uuid
    ]


def test_clause_that_became_a_sub_clause_is_moved_and_told_before_it_is_restored(
    sign_in, drafter, process
):
    first, second = (factories.clause_at(process, cite) for cite in ("5.1", "5.2"))
    process.refresh_from_db()
    start = process.version
    move_clause(
        second,
        1,
        Position(process, 5, first.uuid, numbering="paren"),
        by=drafter,
        reason="เป็นข้อย่อย",
    )
    process.refresh_from_db()
    for older, newer in ((start, process.version), (process.version, start)):
        compared = compare_versions(process, older, newer)
        assert [
            (clause.entry.uuid, clause.state) for clause in compared.changed_clauses
        ] == [(second.uuid, "moved")]
    page = markup(
        sign_in(drafter).get(url_of(process, f"versions/{start}/restoration/"))
    )
    assert f'id="c-{second.uuid.hex[:8]}"' in page


# --- one restored


def test_restoring_names_everybody_who_is_writing_there_once(
    sign_in, drafter, second_drafter, process, clause, reworded
):
    for written in (clause, factories.clause_at(process, "5.1")):  # in two tabs
        factories.make_draft_buffer(second_drafter, written)
    client = sign_in(drafter)
    name = second_drafter.get_full_name()
    for page in (url_of(process, "versions/2/restoration/"), url_of(process, "")):
        assert markup(client.get(page)).count(name) == 1


def test_restoring_names_what_words_that_go_refer_to(sign_in, drafter, process):
    first = factories.clause_at(process, "5.1")
    body = f"ตาม{write_reference(str(first.uuid))} ให้ลงทะเบียน"
    process.refresh_from_db()
    before = process.version
    factories.make_clause(process, Text(body=body), by=drafter)
    page = markup(
        sign_in(drafter).get(url_of(process, f"versions/{before}/restoration/"))
    )
    assert "<del>ตามข้อ 5.1 ให้ลงทะเบียน</del>" in page


def test_restoring_shows_what_will_change_and_then_does_it(
    sign_in, drafter, process, clause, reworded
):
    client = sign_in(drafter)
    page = markup(client.get(url_of(process, "versions/2/restoration/")))
    assert "หนังสือ<del>ทุกฉบับ</del>และ" in page
    assert "เรียกคืนเป็นรุ่นที่ 4" in page

    data = {"version": "3", "reason": "ของเดิมถูกต้อง"}
    answer = client.post(url_of(process, "versions/2/restoration/"), data)
    assert (answer.status_code, answer["Location"]) == (303, url_of(process, ""))
    clause.refresh_from_db()
    assert clause.plain == "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
    version = process.versions.get(number=4)
    assert (version.action, version.reason, version.revision.user) == (
        "restore",
        "ของเดิมถูกต้อง",
        drafter,
    )
    assert "เรียกคืนรุ่นที่ 2 แล้ว เป็นรุ่นที่ 4" in client.get(answer["Location"]).content.decode()


def test_restoring_asks_for_a_reason(sign_in, drafter, process, reworded):
    answer = sign_in(drafter).post(
        url_of(process, "versions/2/restoration/"), {"version": "3", "reason": " "}
    )
    assert answer.status_code == 422
    assert "โปรดระบุเหตุผลที่เรียกคืน" in answer.content.decode()
    assert process.versions.count() == 3


def test_restoring_what_changed_meanwhile_is_shown_again(
    sign_in, drafter, second_drafter, process, reworded
):
    """The person agreed to lose version 3; version 4 came since."""
    other = factories.clause_at(process, "5.1")
    reword(other, "เจ้าหน้าที่สารบรรณกลางเปิดระบบทุกชั่วโมง", second_drafter)
    data = {"version": "3", "reason": "ของเดิมถูกต้อง"}
    client = sign_in(drafter)
    answer = client.post(url_of(process, "versions/2/restoration/"), data)
    page = markup(answer)
    assert answer.status_code == 409
    assert "มีผู้แก้ไขก่อนท่าน" in page
    assert second_drafter.get_full_name() in page
    assert "ของเดิมถูกต้อง" in page
    assert "<del>ทุกชั่วโมง</del>" in page
    assert '<input type="hidden" name="version" value="4"' in page
    assert process.versions.count() == 4
    answer = client.post(
        url_of(process, "versions/2/restoration/"), data | {"version": "4"}
    )
    assert answer.status_code == 303


def test_restoring_what_stands_is_not_offered(sign_in, drafter, process, reworded):
    page = markup(sign_in(drafter).get(url_of(process, "versions/3/restoration/")))
    assert "เหมือนกับร่างปัจจุบันทุกตัวอักษร" in page
    assert '<form class="stack' not in page


def test_clause_that_lives_elsewhere_is_told_before(
    sign_in, drafter, manual, process, clause
):
    other = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    move_clause(clause, 1, Position(other, 5), by=drafter, reason="เป็นเรื่องการส่ง")
    client = sign_in(drafter)
    page = markup(client.get(url_of(process, "versions/2/restoration/")))
    told = page.partition("เรียกคืนรุ่นนี้ทั้งรุ่นยังไม่ได้")[2]
    assert "ขณะนี้อยู่ใน การส่งหนังสือราชการ" in told
    assert "โปรดย้ายข้อเหล่านี้กลับ" in told
    for way in re.findall(r'href="(/groups/DIR/drafts/[^"]+(?:join|versions)/)"', told):
        assert client.get(way).status_code == 200, way
    answer = client.post(
        url_of(process, "versions/2/restoration/"), {"version": "3", "reason": "ของเดิม"}
    )
    assert answer.status_code == 422


def test_reader_may_look_but_not_restore(sign_in, expert, process, reworded):
    client = sign_in(expert)
    assert "restoration" not in client.get(url_of(process)).content.decode()
    assert (
        "restoration" not in client.get(url_of(process, "versions/2/")).content.decode()
    )
    assert client.get(url_of(process, "versions/2/restoration/")).status_code == 403
    data = {"version": "3", "reason": "ของเดิมถูกต้อง"}
    assert (
        client.post(url_of(process, "versions/2/restoration/"), data).status_code == 403
    )


# --- one clause


def test_clause_shows_its_wordings_with_what_changed(
    sign_in, drafter, process, clause, reworded
):
    page = markup(
        sign_in(drafter).get(url_of(process, f"clauses/{clause.uuid}/versions/"))
    )
    assert "ประวัติของข้อ 5.2" in page
    assert "หนังสือ<ins>ทุกฉบับ</ins>และ" in page
    assert f"เหตุผล: {REASON}" in page
    first = "<ins>ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย</ins>"
    assert page.index(REASON) < page.index(first)  # newest first


def test_clause_history_says_what_references_lead_to_and_leads_to_each_comparison(
    sign_in, drafter, process, clause, reworded
):
    first = factories.clause_at(process, "5.1")
    reword(clause, f"ตรวจตาม{write_reference(str(first.uuid))}", drafter)
    client = sign_in(drafter)
    page = markup(client.get(url_of(process, f"clauses/{clause.uuid}/versions/")))
    assert "ข้อ 5.1</ins>" in page
    assert "\ufffc" not in page
    anchor = f"#c-{clause.uuid.hex[:8]}"
    assert f'href="{url_of(process, "versions/2/compare/3/")}{anchor}"' in page
    edit = url_of(process, f"clauses/{clause.uuid}/")
    again = f"{edit}?wording={reworded.to_blob_id}"
    assert f'href="{again}"' in page
    form = client.get(again).context["form"]
    assert form["words-text"].value() == WORDS
    assert (
        client.get(f"{edit}?wording={first.sha}").context["form"]["words-text"].value()
        != first.plain
    )


def test_clause_that_was_split_off_begins_with_the_words_of_its_source(
    sign_in, drafter, process, clause, reworded
):
    clause.refresh_from_db()
    parts = [
        Text(body="ตรวจสอบความครบถ้วนของหนังสือทุกฉบับ"),
        Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย"),
    ]
    [kept, new] = split_clause(
        clause, clause.lock_version, parts, by=drafter, reason="เป็นสองเรื่อง"
    )
    reword(kept, "ตรวจสอบหนังสือ", drafter, reason="หลังแยกแล้ว")
    client = sign_in(drafter)
    page = markup(client.get(url_of(process, f"clauses/{new.uuid}/versions/")))
    assert "แยกออกมาจาก" in page
    assert "<del>ความครบถ้วนของหนังสือทุกฉบับและ</del>สิ่งที่ส่งมาด้วย" in page
    assert "หนังสือ<ins>ทุกฉบับ</ins>และ" in page  # what its source said before
    assert "หลังแยกแล้ว" not in page
    assert "แยกออกไปเป็น" in markup(
        client.get(url_of(process, f"clauses/{kept.uuid}/versions/"))
    )


def test_split_names_what_the_divided_words_refer_to(sign_in, drafter, process, clause):
    target = factories.clause_at(process, "5.3")
    reword(clause, f"ตรวจตาม{write_reference(str(target.uuid))}แล้วเสนอ", drafter)
    clause.refresh_from_db()
    parts = [
        Text(body=f"ตรวจตาม{write_reference(str(target.uuid))}"),
        Text(body="เสนอ"),
    ]
    [_, new] = split_clause(
        clause, clause.lock_version, parts, by=drafter, reason="เป็นสองเรื่อง"
    )

    page = markup(
        sign_in(drafter).get(url_of(process, f"clauses/{new.uuid}/versions/"))
    )

    assert "<del>ตรวจตามข้อ 5.4แล้ว</del>" in page
    assert "ข้อที่ยกเลิก" not in page


def test_history_of_a_step_names_where_a_branch_led(sign_in, drafter, process):
    step = factories.clause_at(process, "2", part=9)
    target = factories.clause_at(process, "3", part=9)
    content = replace(
        step.content, next=[{"to": str(target.uuid), "label": "ลับ"}], shape="task"
    )
    apply_changes(
        drafter, "edit", "ลดขั้นตอน", [ReviseClause(step, step.lock_version, content)]
    )
    page = markup(
        sign_in(drafter).get(url_of(process, f"clauses/{step.uuid}/versions/"))
    )
    assert "ไปขั้นตอนที่ 3" in page
    assert "<del>ตัดสินใจ</del><ins>กิจกรรม</ins>" in page


def test_what_was_split_off_or_joined_is_told_between_versions(
    process, drafter, clause
):
    process.refresh_from_db()
    start = process.version
    parts = [Text(body="ตรวจสอบความครบถ้วน"), Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย")]
    [_, new] = split_clause(
        clause, clause.lock_version, parts, by=drafter, reason="เป็นสองเรื่อง"
    )
    one, two = factories.clause_at(process, "2.1"), factories.clause_at(process, "2.2")
    join_clauses(
        [(one, 1), (two, 1)], Text(body="เพื่อให้ถูกต้อง"), by=drafter, reason="เรื่องเดียวกัน"
    )
    process.refresh_from_db()
    found = {
        each.entry.uuid: each
        for each in compare_versions(process, start, process.version).changed_clauses
    }
    assert (found[new.uuid].state, found[new.uuid].state_label) == (
        "added",
        "แยกจากข้อ 5.2",
    )
    assert (found[two.uuid].state, found[two.uuid].state_label) == (
        "removed",
        "รวมเข้ากับข้อ 2.1",
    )


def test_split_that_was_undone_is_told_by_its_two_acts_alone(
    sign_in, drafter, process, clause
):
    process.refresh_from_db()
    start = process.version
    parts = [Text(body="ตรวจสอบความครบถ้วน"), Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย")]
    [kept, new] = split_clause(
        clause, clause.lock_version, parts, by=drafter, reason="เป็นสองเรื่อง"
    )
    process.refresh_from_db()
    undo_last_act(process, process.version, by=drafter)
    process.refresh_from_db()
    assert compare_versions(process, start, process.version).is_same
    assert find_origin_lines(new) == []
    client = sign_in(drafter)
    for split in (kept, new):
        page = markup(client.get(url_of(process, f"clauses/{split.uuid}/versions/")))
        assert "แยกออก" not in page
        assert "เป็นสองเรื่อง" in page
        assert f"ย้อนแยกข้อ รุ่นที่ {start + 1}" in page
    draft = client.get(url_of(process, ""))
    assert draft.context["desk"].retired == []
    undo_last_act(process, process.version, again=True, by=drafter)
    assert [line.source for line in find_origin_lines(new)] == [kept.pk]
    page = markup(client.get(url_of(process, f"clauses/{kept.uuid}/versions/")))
    assert "แยกออกไปเป็น" in page


def test_join_that_was_undone_is_not_why_the_clause_left_later(
    sign_in, drafter, process
):
    one, two = factories.clause_at(process, "2.1"), factories.clause_at(process, "2.2")
    pair = [(one, one.lock_version), (two, two.lock_version)]
    for _ in range(2):  # the second time over the line that was undone
        join_clauses(pair, Text(body="เพื่อให้ถูกต้อง"), by=drafter, reason="เรื่องเดียวกัน")
        process.refresh_from_db()
        undo_last_act(process, process.version, by=drafter)
        one.refresh_from_db()
        two.refresh_from_db()
        pair = [(one, one.lock_version), (two, two.lock_version)]
    assert find_origin_lines(one) == []
    process.refresh_from_db()
    start = process.version
    retire_clause(two, two.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    process.refresh_from_db()
    [left] = compare_versions(process, start, process.version).changed_clauses
    assert (left.entry.uuid, left.state_label) == (two.uuid, "ตัดออก")
    page = markup(
        sign_in(drafter).get(url_of(process, f"clauses/{two.uuid}/versions/"))
    )
    assert "รวมเข้ากับ" not in page


def test_clause_that_was_joined_has_the_wordings_of_both(
    sign_in, drafter, process, clause
):
    first = factories.clause_at(process, "5.1")
    reword(clause, WORDS, drafter, reason="ก่อนรวม")
    pair = [(first, first.lock_version), (clause, clause.lock_version)]
    join_clauses(
        pair, Text(body="เปิดระบบและตรวจสอบ"), by=drafter, reason="เป็นเรื่องเดียวกัน"
    )
    page = markup(
        sign_in(drafter).get(url_of(process, f"clauses/{first.uuid}/versions/"))
    )
    assert "รวมเข้ามาจาก" in page
    assert "ก่อนรวม" in page
    assert page.count("ข้อที่เป็นที่มา") == 3  # added, reworded, joined into this one


def test_descent_that_goes_in_a_circle_ends(drafter, process, clause):
    first = factories.clause_at(process, "5.1")
    factories.make_lineage(first, clause, ClauseLineage.Kind.REPLACED)
    factories.make_lineage(clause, first, ClauseLineage.Kind.REPLACED)
    ids = find_wording_ids(clause, find_origin_lines(clause))
    assert len(ids) == len(set(ids)) == 2


def test_words_of_another_groups_draft_are_withheld(sign_in, drafter, process):
    fin = factories.make_manual(factories.make_group("FIN"))
    secret = factories.make_section(fin, "การยืมเงิน", kind="process")
    clause = factories.make_clause(secret, "วงเงินที่ยังไม่เปิดเผย")
    reword(clause, "วงเงินยืม", drafter, reason="ลับเฉพาะกลุ่ม")
    move_clause(
        clause,
        clause.lock_version,
        Position(process, 5),
        by=drafter,
        reason="ย้ายมากลุ่มอำนวยการ",
    )
    url = url_of(process, f"clauses/{clause.uuid}/versions/")
    page = markup(sign_in(drafter).get(url))
    assert "จึงไม่แสดงถ้อยคำ" in page
    assert "ที่ยังไม่เปิดเผย" not in page
    assert "ลับเฉพาะกลุ่ม" not in page
    assert "ย้ายมากลุ่มอำนวยการ" in page
    assert "ที่ยังไม่เปิดเผย" in sign_in(factories.make_admin()).get(url).content.decode()


def test_clause_history_costs_the_same_with_more_wordings(
    sign_in, drafter, process, clause, reworded, assert_same_queries
):
    client = sign_in(drafter)
    url = url_of(process, f"clauses/{clause.uuid}/versions/")

    def more() -> None:
        for number in range(2):
            reword(clause, f"{WORDS} ครั้งที่ {number}", drafter)

    assert_same_queries(14, lambda: client.get(url), more)


def test_clause_of_another_manual_is_not_found(sign_in, drafter, process, fin_group):
    elsewhere = factories.make_clause(
        factories.make_process(factories.make_manual(fin_group))
    )
    client = sign_in(drafter)
    for uuid in (elsewhere.uuid, uuid4()):
        page = url_of(process, f"clauses/{uuid}/versions/")
        assert client.get(page).status_code == 404


# --- a manual on a day


def written_on(section: Section, number: int, moment: datetime) -> None:
    version = section.versions.get(number=number)
    with without_triggers():
        Revision.objects.filter(pk=version.revision_id).update(date_created=moment)


@pytest.fixture
def dated(drafter, manual, unit, process, clause) -> Section:
    """The process was made on 20 September 2565, reworded and renamed on the 21st; at 23.30 of that day in Bangkok a
    section was retired."""
    gone = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", parent=unit, by=drafter
    )
    for section, number in ((unit, 1), (process, 1), (process, 2), (gone, 1)):
        written_on(section, number, datetime(2022, 9, 20, 3, tzinfo=UTC))
    reword(clause, WORDS, drafter)
    process.refresh_from_db()
    rename_section(
        process, process.version, "การรับหนังสือเข้า", by=drafter, reason="ชื่อสั้นลง"
    )
    for number in (3, 4):
        written_on(process, number, datetime(2022, 9, 20, 17, 30, tzinfo=UTC))
    gone.refresh_from_db()
    apply_changes(
        drafter,
        "retire",
        "เลิกใช้",
        [ReviseSection(gone, gone.version, {}, retire_reason="เลิกใช้")],
    )
    written_on(gone, 2, datetime(2022, 9, 21, 16, 30, tzinfo=UTC))
    process.refresh_from_db()
    return process


def test_manual_stands_as_it_did_at_the_end_of_the_day(manual, dated):
    def on(day: int) -> list[tuple[str, int, int]]:
        return [
            (row.row["title"], row.number, row.depth)
            for row in load_manual_on(manual, date(2022, 9, day))
        ]

    assert on(19) == []
    assert on(20) == [
        ("งานสารบรรณ", 1, 0),
        ("การรับหนังสือราชการ", 2, 1),
        ("การส่งหนังสือราชการ", 1, 1),
    ]
    assert on(21) == [("งานสารบรรณ", 1, 0), ("การรับหนังสือเข้า", 4, 1)]
    counts = {
        row.section.pk: row.clauses for row in load_manual_on(manual, date(2022, 9, 20))
    }
    assert counts[dated.pk] == Clause.objects.live().filter(section=dated).count()


def test_day_leads_to_the_versions_of_then(sign_in, drafter, dated):
    page = markup(sign_in(drafter).get("/groups/DIR/drafts/at/?day=20/9/2565"))
    assert "ณ สิ้นวันที่ 20\u00a0กันยายน\u00a02565" in page
    assert url_of(dated, "versions/2/") in page
    assert url_of(dated, "versions/2/compare/4/") in page
    assert "2\xa0กระบวนงาน" in page


@pytest.mark.parametrize(
    ("day", "status", "told"),
    [
        ("", 422, "โปรดกรอกวันที่"),
        ("31/02/2565", 422, "ไม่มีวันที่ 31\u00a0กุมภาพันธ์\u00a02565"),
        ("๒๐/๙/๒๕๖๕", 200, "ณ สิ้นวันที่ 20\u00a0กันยายน\u00a02565"),
        ("1/1/2500", 200, "ณ สิ้นวันนั้นยังไม่มีเนื้อหา"),
    ],
)
def test_day_that_was_typed(sign_in, drafter, dated, day, status, told):
    answer = sign_in(drafter).get("/groups/DIR/drafts/at/", {"day": day})
    assert (answer.status_code, told in answer.content.decode()) == (status, True)


def test_without_a_day_one_is_asked_for(sign_in, drafter, dated):
    page = markup(sign_in(drafter).get("/groups/DIR/drafts/at/"))
    assert "เริ่มเขียนวันที่ 20\u00a0กันยายน\u00a02565" in page


def test_contents_of_a_day_cost_the_same_with_more_sections(
    sign_in, drafter, manual, dated, assert_same_queries
):
    client = sign_in(drafter)

    def more() -> None:
        for number in range(2):
            factories.make_section(
                manual, f"กระบวนงานที่ {number}", kind="process", by=drafter
            )

    today = localdate()
    asked = f"/groups/DIR/drafts/at/?day={today.day}/{today.month}/{be_year(today)}"
    assert_same_queries(7, lambda: client.get(asked), more)
    refused = client.get("/groups/DIR/drafts/at/?day=1/1/2600")
    assert (refused.status_code, "ยังไม่ถึงวันนี้" in refused.content.decode()) == (422, True)
