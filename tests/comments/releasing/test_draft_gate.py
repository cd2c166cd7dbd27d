"""The gate for the working draft: the rules of a frozen edition, on what the draft says today."""

from datetime import date

import pytest
from django.urls import reverse

from comments.deciding.queries.blockers import CommentBlocker
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.book import DraftBook, EditionBook
from comments.releasing.queries.gate import find_release_blockers
from hearing_portal.thai.markup import write_reference
from manuals.content import Reference, Step, Text
from manuals.drafting.queries.lacks import find_lacks
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, Edition, Retirement
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
DRAFT_GATE = "/desk/draft/gate/"
LAW = "ระเบียบว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. 2517"


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def repealed(db):
    return factories.make_legal_source(
        "ระเบียบรักษาความปลอดภัย 2517", full_title=LAW, year_be=2517, status="repealed"
    )


@pytest.fixture
def flawed(process, unit, repealed, drafter):
    """A draft with one flaw of each kind."""
    words = "ให้ปฏิบัติตามระเบียบสำนักนายกรัฐมนตรีว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. ๒๕๑๗ ทุกครั้ง"
    factories.make_clause(process, Text(body=words), part=5, by=drafter)
    factories.make_clause(
        process,
        Step(body="ปิดผนึก", note=f"ดู{LAW}"),
        part=9,
        numbering="none",
        by=drafter,
    )
    factories.make_clause(
        process, Reference(source=repealed.key, as_cited=LAW), part=8, by=drafter
    )
    broken = '<span data-ref="11111111-1111-4111-8111-111111111111"></span>'
    factories.make_clause(process, Text(body=f"ตาม {broken}"), part=5, by=drafter)
    factories.make_section(title="การส่งหนังสือ", kind="process", parent=unit, by=drafter)
    return process


def told(book) -> list[tuple[str, str, str]]:
    """[(gate, place, what)] of the book's own blockers."""
    return [
        (shown.kind, shown.place, shown.text)
        for shown in map(show_release_blocker, find_release_blockers(book))
    ]


def test_remark_that_refers_to_nothing_is_told_of_both(process, drafter, admin):
    broken = write_reference("11111111-1111-4111-8111-111111111111")
    step = Step(body="ปิดผนึก", note=f"ดู{broken}")
    factories.make_clause(process, step, part=9, numbering="none", by=drafter)
    lost = ("broken_reference", "การรับหนังสือราชการ ขั้นตอนที่ 5")

    assert [each[:2] for each in told(DraftBook())] == [lost]
    final = factories.make_edition("FINAL", kind="final", by=admin)
    assert [each[:2] for each in told(EditionBook(final))] == [lost]


def test_draft_and_the_edition_made_of_it_are_judged_alike(flawed, admin):
    of_draft = told(DraftBook())
    final = factories.make_edition("FINAL", kind="final", by=admin)
    of_edition = told(EditionBook(final))

    assert [each[:2] for each in of_draft] == [each[:2] for each in of_edition]
    assert [each[:2] for each in of_draft] == [
        ("repealed", "การรับหนังสือราชการ ข้อ 5.4"),
        ("repealed", "การรับหนังสือราชการ ข้อ 8.2"),
        ("repealed", "การรับหนังสือราชการ ขั้นตอนที่ 5"),
        ("missing_part", "การส่งหนังสือ"),
        ("broken_reference", "การรับหนังสือราชการ ข้อ 5.5"),
    ]


def test_draft_is_judged_as_it_stands_now(flawed, drafter):
    for clause in Clause.objects.live().filter(plain__contains="ความปลอดภัย"):
        retire_clause(clause, clause.lock_version, by=drafter, reason="ยกเลิกแล้ว")

    assert [each[0] for each in told(DraftBook())] == [
        "missing_part",
        "broken_reference",
    ]


def commented_on(book) -> list:
    """The comments that block it, each once."""
    blockers = [
        blocker
        for blocker in find_release_blockers(book)
        if isinstance(blocker, CommentBlocker)
    ]
    return list(dict.fromkeys(blocker.comment for blocker in blockers))


def test_rehearsal_holds_nothing_back_but_every_other_hearing_does(
    comment, drafter, dir_group, admin
):
    rehearsed = factories.make_edition("REHEARSAL", by=admin)
    rehearsal = factories.make_hearing(objection_days=0, closes_on=date(2022, 9, 22))
    stage = factories.make_session(rehearsed, dir_group, hearing=rehearsal)
    entry = rehearsed.entries.get(uuid=comment.entry.uuid)
    factories.make_comment(stage, entry)
    owed = factories.make_comment(stage, entry)
    factories.make_disposition(
        owed, outcome="accepted", effect="to_draft", assignee=drafter, due="2030-01-15"
    )
    final = factories.make_edition("FINAL", kind="final", by=admin)

    assert commented_on(EditionBook(final)) == [comment]
    assert commented_on(DraftBook()) == [comment]


def test_what_was_said_about_another_manual_holds_no_edition_back(
    comment, fin_group, admin
):
    final = factories.make_edition("FINAL", kind="final", by=admin)
    later = factories.make_process(factories.make_manual(fin_group), by=admin)
    draft = factories.make_edition("ROUND-2", by=admin)
    stage = factories.make_session(
        draft, fin_group, hearing=factories.make_hearing(opens_on=date(2023, 1, 1))
    )
    foreign = factories.make_comment(stage, factories.entry_of(draft, later))

    assert commented_on(EditionBook(final)) == [comment]
    assert commented_on(DraftBook()) == [comment, foreign]


def test_retired_process_is_judged_no_more(flawed, drafter):
    flawed.retired = Retirement.objects.create(by=drafter, reason="ยุบรวม")
    flawed.save(update_fields=["retired"])

    assert [each[:2] for each in told(DraftBook())] == [("missing_part", "การส่งหนังสือ")]


def test_passage_is_shown_with_the_words_marked(desk, flawed):
    page = markup(desk.get(DRAFT_GATE))

    marked = "<mark>ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. 2517</mark>"  # as the reader chose
    assert f"ให้ปฏิบัติตาม{marked} ทุกครั้ง" in page


def test_passage_names_what_it_refers_to(desk, process, unit, repealed, drafter, admin):
    other = factories.make_section(
        title="การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    target = write_reference(str(factories.clause_at(process, "5.1").uuid))
    words = f"ตาม{target} และ{LAW} รวมทั้ง{target} ทุกครั้ง"
    factories.make_clause(other, Text(body=words), by=drafter)
    place = "ข้อ 5.1 ของกระบวนงาน การรับหนังสือราชการ"

    page = markup(desk.get(DRAFT_GATE))

    assert f"ตาม{place} และ<mark>{LAW}</mark> รวมทั้ง{place} ทุกครั้ง" in page
    edition = factories.make_edition(by=admin)
    [shown] = [
        shown.passage
        for shown in map(
            show_release_blocker, find_release_blockers(EditionBook(edition))
        )
        if shown.passage
    ]
    assert (shown.before, shown.after) == (
        f"ตาม{place} และ",
        f" รวมทั้ง{place} ทุกครั้ง",
    )


def test_page_leads_to_the_draft_and_spends_no_code(desk, flawed, comment):
    editions = Edition.objects.count()

    page = desk.get(DRAFT_GATE)

    text = markup(page)
    [named] = [
        shown
        for shown in map(show_release_blocker, find_release_blockers(DraftBook()))
        if shown.url
    ]
    assert named.place == "การรับหนังสือราชการ ข้อ\u00a05.2"
    assert f'href="{named.place_url}"' in text
    assert named.place_url.startswith(reverse("draft", args=["DIR", flawed.uuid]))
    for shown in map(show_release_blocker, find_release_blockers(DraftBook())):
        assert desk.get(shown.place_url).status_code == 200
    assert Edition.objects.count() == editions


def test_every_flaw_leads_to_where_it_is_put_right(
    desk, flawed, unit, admin, drafter, comment, second_drafter
):
    factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due="2030-01-15",
    )
    shown = [
        show_release_blocker(blocker) for blocker in find_release_blockers(DraftBook())
    ]
    ways = {
        (blocker.kind, blocker.place): [way.url for way in blocker.ways]
        for blocker in shown
    }
    of_process = f"/groups/DIR/drafts/{flawed.uuid}/"
    [running] = flawed.clauses.filter(plain__contains="๒๕๑๗")
    [row] = flawed.clauses.filter(plain__contains="ปิดผนึก")
    bare = flawed.manual.sections.get(title="การส่งหนังสือ")

    assert ways["repealed", "การรับหนังสือราชการ ข้อ 5.4"] == [
        f"{of_process}clauses/{running.uuid}/"
    ]
    assert ways["repealed", "การรับหนังสือราชการ ขั้นตอนที่ 5"] == [
        f"{of_process}steps/#row-{row.uuid}"
    ]
    assert ways["missing_part", "การส่งหนังสือ"] == [
        f"/groups/DIR/drafts/{bare.uuid}/clauses/new/?part=2&kind=text",
        f"/groups/DIR/drafts/{bare.uuid}/clauses/new/?part=3&kind=text",
        f"/groups/DIR/drafts/{bare.uuid}/clauses/new/?part=5&kind=text",
        f"/groups/DIR/drafts/{bare.uuid}/steps/",
        f"/groups/DIR/drafts/{bare.uuid}/retire/",
    ]
    [owed] = [urls for (kind, _), urls in ways.items() if kind == "to_draft"]
    assert owed[0].startswith(f"{of_process}clauses/{comment.entry.uuid}/?promise=")
    page = markup(desk.get(DRAFT_GATE))
    for url in [url for urls in ways.values() for url in urls]:
        assert f'href="{url.replace("&", "&amp;")}"' in page
        assert desk.get(url, follow=True).status_code == 200


def test_what_the_draft_has_no_more_needs_no_editor(desk, flawed, admin, drafter):
    final = factories.make_edition("FINAL", kind="final", by=admin)
    [clause] = flawed.clauses.filter(plain__contains="๒๕๑๗")
    retire_clause(clause, clause.lock_version, by=drafter, reason="ยกเลิกแล้ว")

    shown = [
        show_release_blocker(blocker)
        for blocker in find_release_blockers(EditionBook(final))
    ]

    [gone] = [blocker for blocker in shown if "ข้อ 5.4" in blocker.place]
    assert (gone.ways, "ยกเลิกในร่างแล้ว โปรดจัดทำฉบับใหม่" in gone.text) == ([], True)


def test_passed_draft_says_that_it_can_be_frozen(desk, process, hearing):
    page = desk.get(DRAFT_GATE).content.decode()
    assert page.count("gate__row--yes") == 12
    assert "ร่างปัจจุบันครบทุกรายการ" in page
    assert ("ครบทั้ง 12" in page, "ยังไม่ครบ 0" in page) == (True, False)


def test_draft_without_a_process_has_nothing_to_look_at(desk, dir_group):
    for add in (lambda: None, lambda: factories.make_manual(dir_group)):
        add()
        page = desk.get(DRAFT_GATE).content.decode()
        assert "ยังไม่มีสิ่งที่ต้องตรวจสอบ" in page
        assert 'href="/desk/manuals/"' in page.partition("<main")[2]
        assert "ครบทุกรายการ" not in page


def test_editions_desk_leads_to_it(desk, process):
    assert (
        desk.get("/desk/editions/").content.decode().count(f'href="{DRAFT_GATE}"') == 2
    )


def test_draft_gate_costs_the_same_for_one_flaw_and_three(
    desk, flawed, comment, drafter, assert_same_queries
):
    def add_two() -> None:
        for number in (1, 2):
            factories.make_clause(
                flawed, Text(body=f"ตาม{LAW} ครั้งที่ {number}"), part=5, by=drafter
            )

    assert_same_queries(30, lambda: desk.get(DRAFT_GATE), add_two)


def test_typed_number_that_is_none_breaks_the_gate_and_is_a_lack(
    desk, process, unit, drafter, admin
):
    other = factories.make_section(
        title="การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    factories.make_clause(other, "ตรวจชื่อผู้รับ", part=5, by=drafter)
    words = (
        "ตามข้อ 5.77 และดูข้อ 5.1 ต่อไป แล้วดูข้อ ๙๙.๑ ของกระบวนงานการส่งหนังสือ "
        "หรือข้อ 5.1 ของกระบวนงานการส่งหนังสือ กับข้อ 5.78 ของกระบวนงานที่ไม่มี"
    )
    factories.make_clause(process, Text(body=words), part=5, by=drafter)
    final = factories.make_edition("FINAL", kind="final", by=admin)
    broken = (
        "อ้าง “ข้อ 5.77” ซึ่งไม่มีในกระบวนงานนี้ และ"
        "อ้าง “ข้อ ๙๙.๑ ของกระบวนงานการส่งหนังสือ” ซึ่งไม่มีในกระบวนงานนั้น"
    )
    for book in (DraftBook(), EditionBook(final)):
        assert [each for each in told(book) if each[0] == "broken_reference"] == [
            ("broken_reference", "การรับหนังสือราชการ ข้อ 5.4", broken)
        ]
    [lack] = find_lacks(process.manual)[process.pk].references
    assert lack.words.startswith(broken)
    page = desk.get(reverse("draft", args=["DIR", process.uuid]))
    assert [each.words for each in page.context["reference_lacks"]] == [lack.words]
