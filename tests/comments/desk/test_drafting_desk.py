"""The desk of a drafter: what was promised, left unsaved and decided lately, and the manuals."""

from datetime import date
from uuid import uuid4

import pytest

from comments.models import Disposition
from manuals.content import Reference, Step
from manuals.drafting.changes import Position
from manuals.drafting.services.structure import move_clause
from manuals.models import DraftBuffer
from manuals.reviewing.seen_words import SeenWords
from manuals.reviewing.services import answer_review, ask_for_review, close_review
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
DUE = date(2022, 10, 15)  # long past


@pytest.fixture
def debt(comment, drafter, second_drafter) -> Disposition:
    """The second drafter decided that the drafter is to write the words of clause 5.2."""
    return factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=DUE,
        decided_by=second_drafter,
    )


def test_promised_words_lead_to_where_they_are_written(
    sign_in, drafter, second_drafter, debt, clause
):
    own, other = (
        markup(sign_in(drafter).get("/drafting/")),
        markup(sign_in(second_drafter).get("/drafting/")),
    )
    assert (
        f'href="/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/?promise={debt.pk}"'
        in own
    )
    assert "มอบหมายท่าน" in own
    assert "ภายใน 15\u00a0ตุลาคม\u00a02565" in own
    assert "เกินกำหนดแล้ว" in own
    assert "มอบหมายท่าน" not in other
    assert f"ผู้ยกร่าง {drafter.get_full_name()}" in other


def test_promised_words_lead_to_where_the_clause_stands_by_now(
    sign_in, drafter, debt, clause
):
    other = factories.make_section(
        clause.section.manual, "การส่งหนังสือ", kind="process", by=drafter
    )
    move_clause(clause, 1, Position(other, 5), by=drafter, reason="ย้าย")
    link = f"/groups/DIR/drafts/{other.uuid}/clauses/{clause.uuid}/?promise={debt.pk}"
    client = sign_in(drafter)
    assert f'href="{link}"' in markup(client.get("/drafting/"))
    form = client.get(link).context["form"]
    assert form["promise"].value() == str(debt.pk)


def test_late_decision_leads_into_the_draft(sign_in, drafter, debt, clause):
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"
    assert f'<a href="{draft}">เปิดในร่าง</a>' in markup(
        sign_in(drafter).get("/drafting/")
    )


def detail_of(client, comment) -> str:
    return markup(client.get("/groups/DIR/queue/", {"comment": str(comment.uuid)}))


def test_comment_at_the_desk_leads_into_the_editor_at_its_clause(
    sign_in, drafter, facilitator, delegate, session, entry, clause
):
    said = factories.make_comment(session, entry, delegate, text="ขอให้ชัดขึ้น")
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/"
    editor = f"{draft}clauses/{clause.uuid}/"
    assert f'href="{editor}"' in detail_of(sign_in(drafter), said)
    reading = f"{draft}#c-{clause.uuid.hex[:8]}"
    page = detail_of(sign_in(facilitator), said)
    assert (f'href="{reading}"' in page, f'href="{editor}"' in page) == (True, False)


def test_promise_at_the_desk_leads_to_writing_it(
    sign_in, drafter, debt, comment, clause
):
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"
    page = detail_of(sign_in(drafter), comment)
    assert f'href="{draft}?promise={debt.pk}"' in page
    assert "ยกร่างตามผลนี้" in page


def test_comment_on_a_process_leads_to_its_draft(
    sign_in, drafter, session, process, edition, delegate
):
    about = factories.entry_of(edition, process)
    comment = factories.make_comment(session, about, delegate)
    owed = factories.make_disposition(
        comment, outcome="accepted", effect="to_draft", assignee=drafter, due=DUE
    )
    page = markup(sign_in(drafter).get("/drafting/"))
    assert f'href="/groups/DIR/drafts/{process.uuid}/?promise={owed.pk}"' in page


def test_what_others_decided_is_told(sign_in, drafter, second_drafter, debt, comment):
    assert "พิจารณาล่าสุดโดยผู้อื่น" in markup(sign_in(drafter).get("/drafting/"))
    assert "พิจารณาล่าสุดโดยผู้อื่น" not in markup(sign_in(second_drafter).get("/drafting/"))


def test_debts_of_another_group_are_not_shown(sign_in, fin_group, debt):
    other = factories.make_drafter(fin_group, username="damrong")
    assert "มอบหมาย" not in markup(sign_in(other).get("/drafting/"))


def test_unsaved_words_are_offered(sign_in, drafter, clause):
    factories.make_draft_buffer(drafter, clause)
    page = markup(sign_in(drafter).get("/drafting/"))
    assert (
        f'href="/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"'
        in page
    )
    assert "ส่วนที่ 5 ขั้นตอนการปฏิบัติงาน ข้อ 5.2 ที่ขึ้นต้นว่า" in page


def test_unsaved_new_clauses_are_told_apart(sign_in, drafter, clause):
    """By kind, place and first words; each has its time."""
    long = "แจ้งเตือนหนังสือที่ค้างเกินสามวันทำการต่อผู้อำนวยการกลุ่มทุกกลุ่มเป็นหนังสือ"
    for values in (
        {"part": "5", "kind": "text", "after": str(clause.uuid), "words-text": long},
        {"part": "5", "kind": "text", "parent": str(clause.uuid), "words-text": ""},
        {"part": "4", "kind": "definition", "words-term": "หนังสือ"},
    ):
        DraftBuffer.objects.create(
            user=drafter,
            section=clause.section,
            subject=uuid4(),
            sheet=uuid4(),
            base_lock_version=0,
            values={name: [value] for name, value in values.items()},
        )
    client = sign_in(drafter)
    for url in ("/drafting/", f"/groups/DIR/drafts/{clause.section.uuid}/"):
        page = markup(client.get(url))
        for told in (
            f"ส่วนที่ 5 ขั้นตอนการปฏิบัติงาน ข้อใหม่ ถัดจากข้อ 5.2 “{long[:20]}",
            "ส่วนที่ 5 ขั้นตอนการปฏิบัติงาน ข้อใหม่ ข้อย่อยของข้อ 5.2 (ยังไม่มีถ้อยคำ)",
            "ส่วนที่ 4 คำจำกัดความ ข้อใหม่ (คำจำกัดความ) “หนังสือ”",
        ):
            assert told in page


def test_unsaved_words_are_let_go_of_from_the_list(sign_in, drafter, clause):
    kept = factories.make_draft_buffer(drafter, clause)
    client = sign_in(drafter)
    at = f"/groups/DIR/drafts/{clause.section.uuid}/buffers/{clause.uuid}/"
    section_page = f"/groups/DIR/drafts/{clause.section.uuid}/"
    for page in ("/drafting/", section_page):
        assert f'action="{at}"' in markup(client.get(page))
    dropped = client.post(
        at, {"drop": "1", "sheet": str(kept.sheet), "next": "/drafting/"}
    )
    assert (dropped.status_code, dropped["Location"]) == (303, "/drafting/")
    assert "ร่างที่ท่านพิมพ์ค้างไว้" not in markup(client.get("/drafting/"))


def test_who_signs_out_is_told_how_much_they_left_unsaved_and_the_way_back(
    sign_in, drafter, clause, delegate
):
    factories.make_draft_buffer(drafter, clause)
    factories.make_draft_buffer(drafter, clause)  # of another page: one clause
    factories.make_draft_buffer(drafter, factories.clause_at(clause.section, "2.1"))
    client = sign_in(drafter)
    told = markup(client.post("/sign-out/", follow=True))
    assert "ออกจากระบบแล้ว ร่างที่ท่านพิมพ์ค้างไว้ 2\u00a0รายการยังอยู่ครบ" in told
    back = "/sign-in/?next=%2Fdrafting%2F%23unsaved"
    assert f'<a href="{back}">เข้าสู่ระบบเพื่อเขียนต่อ</a>' in told
    assert "ยังอยู่ครบ" not in markup(client.get("/"))  # told once
    assert '<input type="hidden" name="next" value="/drafting/#unsaved">' in markup(
        client.get(back)
    )

    nothing_left = sign_in(delegate).post("/sign-out/", follow=True)
    assert "ยังอยู่ครบ" not in markup(nothing_left)


def test_desk_costs_the_same_for_one_debt_and_three(
    sign_in,
    drafter,
    second_drafter,
    debt,
    clause,
    session,
    entry,
    delegate,
    assert_same_queries,
):
    client = sign_in(drafter)
    factories.make_draft_buffer(drafter, clause)

    def add_two() -> None:
        for number in (1, 2):
            comment = factories.make_comment(session, entry, delegate)
            factories.make_disposition(
                comment,
                outcome="accepted",
                effect="to_draft",
                assignee=drafter,
                due=date(2022, 10, number),
                decided_by=second_drafter,
            )
            factories.make_draft_buffer(
                drafter, factories.clause_at(clause.section, f"2.{number}")
            )

    assert_same_queries(28, lambda: client.get("/drafting/"), add_two)


def test_debt_on_a_clause_that_moved_names_where_it_stands_by_now(
    sign_in, drafter, debt, clause, unit
):
    client = sign_in(drafter)
    assert "ขณะนี้อยู่ที่" not in markup(client.get("/drafting/"))
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    place = Position(other, 5)
    move_clause(clause, 1, place, by=drafter, reason="เป็นงานของการส่ง")
    told = markup(client.get("/drafting/"))
    assert "ขณะนี้อยู่ที่ ข้อ 5.1 การส่งหนังสือ" in told.replace("\u00a0", " ")


def test_clauses_that_apply_a_repealed_law_are_counted_and_lead_to_their_replacement(
    sign_in, drafter, process
):
    title = "ระเบียบว่าด้วยการพัสดุ พ.ศ. 2535"
    law = factories.make_legal_source(
        "ระเบียบพัสดุ 2535", full_title=title, status="repealed", year_be=2535
    )
    for _ in range(2):
        factories.make_clause(
            process, Reference(source=law.key, as_cited=law.full_title), part=8
        )
    page = markup(sign_in(drafter).get("/drafting/"))
    assert (
        'href="/groups/DIR/drafts/law/">อ้างกฎหมายที่ยกเลิกแล้ว 2\N{NO-BREAK SPACE}ข้อ</a>'
        in page
    )


def test_desk_tells_what_lacks_who_writes_and_what_changed_last(
    sign_in, drafter, second_drafter, process, debt, clause
):
    factories.make_clause(
        process, Step("ตรวจ", actor="นิติกร", system="AMSS++"), part=9, by=second_drafter
    )
    factories.make_draft_buffer(second_drafter, clause)
    page = markup(sign_in(drafter).get("/drafting/"))
    lacking, writers, changed = (
        page.index(f'id="{name}"') for name in ("lacking", "writers", "changed")
    )
    assert "1 ขั้นยังไม่มีเวลา" in page[lacking:writers]
    assert second_drafter.get_full_name() in page[writers:changed]
    assert second_drafter.get_full_name() in page[changed:]
    assert f"ข้อ\N{NO-BREAK SPACE}5.2 {process.title}" in page  # of the debt


def test_admin_sees_what_each_group_lacks_at_the_same_cost(
    sign_in, admin, process, assert_same_queries
):
    client = sign_in(admin)
    factories.make_clause(process, Step("ตรวจ", actor="นิติกร", system="AMSS++"), part=9)

    def add_two_groups() -> None:
        for key in ("FIN", "PER"):
            manual = factories.make_manual(factories.make_group(key))
            other = factories.make_process(manual)
            factories.make_clause(
                other, Step("จบ", actor="นิติกร", duration={"text": "1 วัน"}), part=9
            )

    assert_same_queries(24, lambda: client.get("/drafting/"), add_two_groups)
    lacking = (
        markup(client.get("/drafting/"))
        .partition('id="lacking"')[2]
        .partition("</section>")[0]
    )
    assert "1 ขั้นยังไม่มีเวลา" in lacking
    assert lacking.count("1 ขั้นยังไม่มีระบบที่ใช้") == 2
    assert lacking.count("<h3") == 3


def test_answer_to_a_request_to_look_waits_at_the_desk_until_it_is_closed(
    sign_in, drafter, expert, process
):
    asked = ask_for_review(
        process, None, expert, "ตรวจระยะเวลา", uuid=uuid4(), by=drafter
    )
    client = sign_in(drafter)
    assert "ผลการตรวจที่ท่านขอไว้" not in markup(client.get("/drafting/"))
    answer_review(asked, "ตรงกับระเบียบแล้ว", seen=SeenWords.of(asked), by=expert)
    desk = markup(client.get("/drafting/"))
    section = desk.partition('id="answered"')[2].partition("</section>")[0]
    assert f'href="/review-requests/{asked.uuid}/"' in section
    assert expert.shown_name in section
    asked.refresh_from_db()
    close_review(asked, by=drafter)
    assert "ผลการตรวจที่ท่านขอไว้" not in markup(client.get("/drafting/"))


def test_what_is_left_unsaved_is_counted_where_it_stands_now_and_can_be_gone_on_with(
    sign_in, drafter, admin, process, clause, fin_group, unit
):
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    factories.make_draft_buffer(drafter, clause)
    factories.make_draft_buffer(drafter, clause, sheet=uuid4())  # on another device
    position = Position(other, 5, None, numbering="decimal")
    move_clause(clause, clause.lock_version, position, by=drafter, reason="ผิดที่")
    foreign = factories.make_process(factories.make_manual(fin_group), by=admin)
    factories.make_draft_buffer(drafter, factories.clause_at(foreign, "5.1"))
    client = sign_in(drafter)
    home = markup(client.get("/"))
    assert "ร่างที่ท่านพิมพ์ค้างไว้ 1 รายการ" in home.replace("\u00a0", " ")
    assert 'href="/drafting/#unsaved"' in home
    desk = markup(client.get("/drafting/"))
    assert "พิมพ์ค้างไว้ 1 รายการ" in desk.replace("\u00a0", " ")
    url = f"/groups/DIR/drafts/{other.uuid}/clauses/{clause.uuid}/"
    unsaved = desk.partition('id="unsaved"')[2].partition("</section>")[0]
    assert f'href="{url}"' in unsaved
    assert client.get(url).context["left"].shown is not None
    for section, shown in ((other, 1), (process, 0)):
        page = client.get(f"/groups/DIR/drafts/{section.uuid}/")
        assert len(page.context["desk"].unsaved) == shown
    dropped = client.post(
        f"/groups/DIR/drafts/{other.uuid}/buffers/{clause.uuid}/", {"drop": "1"}
    )
    assert dropped.status_code == 303
