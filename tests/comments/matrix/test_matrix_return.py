"""A matrix that comes back filled in: what is done, what is refused, and that nothing of others is overwritten."""

import io
from dataclasses import replace

import pytest
import xlsxwriter

from comments.deciding.services.ruling import Ruling, decide_comments
from comments.matrix.access import find_matrix_groups
from comments.matrix.cells import MatrixReader
from comments.matrix.columns import BY_KEY, COLUMNS
from comments.matrix.queries.rows import MatrixScope
from comments.matrix.refusals import MatrixNotRead, MatrixOvertaken
from comments.matrix.returned_file import read_returned
from comments.matrix.services.planning import plan_return
from comments.matrix.services.returning import return_matrix
from comments.matrix.workbook import write_matrix
from comments.models import Answer, Comment, Disposition
from comments.moderating.services import recommend_outcome
from hearing_portal.acts.models import Act
from hearing_portal.jobs.kinds import unwatched
from hearing_portal.spreadsheets import TableRefused
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "พิจารณาแล้วเห็นว่าเป็นเรื่องนอกขอบเขตของคู่มือเล่มนี้"
OUT_OF_SCOPE = {"outcome": "นอกขอบเขต", "reason": REASON}


def exported(tmp_path, person):
    """The rows as the person's file has them."""
    path = tmp_path / "matrix.xlsx"
    write_matrix(path, MatrixScope(), MatrixReader(person), unwatched)
    return read_returned(path.read_bytes())


def filled_in(rows, number, **cells):
    """The rows with some cells of one comment filled in offline."""
    return [
        replace(row, cells={**row.cells, **cells})
        if row.cells["number"] == str(number)
        else row
        for row in rows
    ]


def as_file(rows) -> bytes:
    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"in_memory": True})
    sheet = workbook.add_worksheet()
    for number, column in enumerate(COLUMNS):
        sheet.write_string(0, number, column.heading)
        for line, row in enumerate(rows, start=1):
            sheet.write_string(line, number, row.cells[column.key])
    workbook.close()
    return packed.getvalue()


def planned(rows, person):
    return plan_return(rows, find_matrix_groups(person), person)


def taken_in(rows, person):
    groups = find_matrix_groups(person)
    shown = plan_return(rows, groups, person).fingerprint
    return return_matrix(rows, groups, by=person, shown=shown)


def test_300_rows_edited_offline_while_20_changed_online(
    tmp_path, session, entry, delegate, drafter, second_drafter
):
    """Scenario 4: 280 import, 20 are shown with both values, nothing is overwritten."""
    made = [
        factories.make_comment(session, entry, delegate, text=f"ความคิดเห็น {number}")
        for number in range(300)
    ]
    rows = exported(tmp_path, drafter)
    for comment in made:
        rows = filled_in(rows, comment.pk, **OUT_OF_SCOPE)
    online = Ruling("deferred", "นำไปพิจารณาในการปรับปรุงครั้งต่อไป เพราะรอระเบียบใหม่")
    for comment in made[:20]:
        decide_comments([comment], online, by=second_drafter)

    plan = taken_in(rows, drafter)

    assert (len(plan.changes), len(plan.clashes), plan.refused) == (280, 20, [])
    heading = BY_KEY["outcome"].heading
    for clash in plan.clashes:
        value = next(value for value in clash.values if value.heading == heading)
        assert (value.in_file, value.in_portal) == (
            "นอกขอบเขต",
            "นำไปพิจารณาในการปรับปรุงครั้งต่อไป",
        )
    current = Answer.objects.filter(current=True)
    for number, comment in enumerate(made):
        expected = "deferred" if number < 20 else "out_of_scope"
        assert current.get(comment=comment).disposition.outcome == expected
    assert Act.objects.filter(code="matrix-returned").count() == 1
    # The same file again: nothing is left to do, and the clashes are still told
    again = planned(rows, drafter)
    assert (len(again.changes), again.unchanged, len(again.clashes)) == (0, 280, 20)


def test_what_is_not_taken_in_is_told_cell_by_cell(
    tmp_path, comment, drafter, second_drafter, chonburi, sign_in
):
    rows = exported(tmp_path, drafter)
    factories.make_support(comment, chonburi)  # the portal went on: nobody's edit
    assert planned(rows, drafter).left == []

    edited = {"final_words": "ถ้อยคำใหม่", "text": "ข้อความของผู้อื่น", "referred_to": "กรม"}
    rows = filled_in(rows, comment.pk, **OUT_OF_SCOPE, **edited)
    rows = [replace(rows[0], foreign=(("หมายเหตุของกลุ่ม", "รอหารือ"),))]
    plan = planned(rows, drafter)
    told = {cell.heading: (cell.in_file, cell.in_portal) for cell in plan.left}
    assert told == {
        "ข้อความสุดท้าย": ("ถ้อยคำใหม่", ""),
        "ความคิดเห็น": ("ข้อความของผู้อื่น", comment.text),
        "ส่งต่อให้": ("กรม", ""),
        "หมายเหตุของกลุ่ม": ("รอหารือ", ""),
    }
    [change] = plan.changes
    assert [value.heading for value in change.values] == ["ผลการพิจารณา", "เหตุผล"]

    client = sign_in(drafter)
    sent = io.BytesIO(as_file(rows))
    sent.name = "ตาราง.xlsx"
    page = client.post("/matrix/files/", {"file": sent}, follow=True)
    # Nobody else's: to them it was never there
    shown = page.redirect_chain[-1][0]
    assert sign_in(second_drafter).get(shown).status_code == 404
    assert "ช่อง “ข้อความสุดท้าย”: ไม่ได้นำเข้า เพราะ" in markup(page)
    assert "แก้ไขได้ที่หน้าปรับถ้อยคำเท่านั้น" in markup(page)


def test_row_is_done_by_the_rules_of_its_services(
    tmp_path, session, entry, delegate, drafter, admin, facilitator, comment
):
    rows = exported(tmp_path, drafter)
    number = comment.pk
    too_short = {"outcome": "นอกขอบเขต", "reason": "สั้น"}
    accepted = {"outcome": "เห็นชอบตามที่เสนอ"}
    for cells, told in (
        (too_short, "อย่างน้อย 20 ตัวอักษร"),
        (accepted, "แก้ถ้อยคำแล้ว ไม่ต้องแก้เพราะเหตุใด"),
        ({**accepted, "effect": "แก้ถ้อยคำแล้ว"}, "หน้าปรับถ้อยคำ"),
        ({**accepted, "effect": "ให้ยกร่าง"}, "ผู้ยกร่างและวันครบกำหนด"),
        ({**accepted, "effect": "ให้ยกร่าง", "assignee": "ใครไม่รู้"}, "ไม่พบผู้ยกร่าง"),
        ({"outcome": "อื่น ๆ"}, "โปรดเลือกผลการพิจารณาจากรายการ"),
        ({"outcome": "รับทราบ"}, "เห็นชอบและยังไม่พิจารณาเท่านั้น"),
        ({"outcome": "กำหนดไว้แล้ว", "reason": REASON}, "โปรดระบุข้อ"),
        (
            {"outcome": "กำหนดไว้แล้ว", "reason": REASON, "points_to": "ข้อ 9.9"},
            "ไม่พบ “ข้อ 9.9”",
        ),
        ({"outcome": "ส่งต่อ", "reason": REASON}, "ส่งต่อ"),
        ({"advice": "นอกขอบเขต"}, "เฉพาะผู้ดำเนินเวที"),
        ({"issue": "ซับซ้อน", "issue_reason": "มีสองขั้น"}, "เฉพาะผู้ดำเนินเวที"),
    ):
        plan = planned(filled_in(rows, number, **cells), drafter)
        assert told in plan.refused[0].reason
        assert plan.changes == []
    refused = planned(filled_in(rows, number, **OUT_OF_SCOPE), facilitator)
    assert "เฉพาะคณะทำงานยกร่าง" in refused.refused[0].reason

    promised = {
        **accepted,
        "effect": "ให้ยกร่าง",
        "assignee": drafter.get_full_name(),
        "due": "30/09/2640",
    }
    taken_in(filled_in(rows, number, **promised), drafter)
    decided = Answer.objects.get(comment=comment, current=True).disposition
    assert (decided.effect, decided.assignee, decided.due.year) == (
        "to_draft",
        drafter,
        2097,
    )


def test_facilitator_advises_and_reclasses(tmp_path, comment, facilitator):
    rows = exported(tmp_path, facilitator)
    cells = {
        "issue": "ทับซ้อน/ซ้ำซ้อน",
        "issue_reason": "ซ้ำกับกลุ่มอื่น",
        "advice": "ไม่เห็นชอบตามที่เสนอ",
        "advice_reason": "ขัดกับระเบียบ",
    }
    without_reason = {**cells, "issue_reason": ""}
    plan = planned(filled_in(rows, comment.pk, **without_reason), facilitator)
    assert "เหตุผลที่เปลี่ยนประเด็น" in plan.refused[0].reason

    taken_in(filled_in(rows, comment.pk, **cells), facilitator)

    comment.refresh_from_db()
    advice = comment.recommendations.get()
    assert (comment.issue_class, advice.outcome, advice.reason, advice.by) == (
        "overlap",
        "not_accepted",
        "ขัดกับระเบียบ",
        facilitator,
    )
    assert comment.reclassings.get().reason == "ซ้ำกับกลุ่มอื่น"


def test_place_that_says_it_already_is_found_by_its_number(
    tmp_path, comment, process, edition, drafter
):
    cells = {"outcome": "กำหนดไว้แล้ว", "reason": REASON, "points_to": "๕.๑"}
    taken_in(filled_in(exported(tmp_path, drafter), comment.pk, **cells), drafter)
    decided = Disposition.objects.get()
    assert decided.points_to == factories.entry_of(
        edition, factories.clause_at(process, "5.1")
    )


def test_agreements_are_noted(tmp_path, session, entry, delegate, drafter):
    agreed = factories.make_comment(session, entry, delegate, type="agree")
    rows = exported(tmp_path, drafter)
    taken_in(filled_in(rows, agreed.pk, outcome="รับทราบ"), drafter)
    assert Answer.objects.get(comment=agreed).disposition.outcome == "noted"


def test_published_answer_is_left_alone(tmp_path, comment, drafter, hearing, dir_group):
    publication = factories.make_publication(hearing, dir_group)
    factories.make_disposition(comment, outcome="deferred", publication=publication)
    rows = filled_in(exported(tmp_path, drafter), comment.pk, **OUT_OF_SCOPE)
    assert "เผยแพร่แล้ว" in planned(rows, drafter).refused[0].reason


def test_words_that_changed_meanwhile_are_a_clash(
    tmp_path, comment, drafter, facilitator
):
    rows = filled_in(exported(tmp_path, drafter), comment.pk, **OUT_OF_SCOPE)
    recommend_outcome(comment, "referred", by=facilitator, reason="ส่งกลุ่มอื่น")
    [clash] = planned(rows, drafter).clashes
    assert ("ผลที่เสนอ", "", "ส่งต่อ") in clash.values


def test_row_of_another_group_or_twice_in_the_file_is_refused(
    tmp_path, comment, drafter, fin_group
):
    rows = filled_in(exported(tmp_path, drafter), comment.pk, **OUT_OF_SCOPE)
    other = factories.make_drafter(fin_group, username="other")
    factories.make_manual(fin_group)
    plan = planned(rows, other)
    assert "ไม่พบความคิดเห็นนี้ในกลุ่มงานของท่าน" in plan.refused[0].reason
    against = filled_in(rows, comment.pk, outcome="ชะลอ")
    twice = planned([*rows, *against], drafter)
    assert (len(twice.changes), len(twice.refused)) == (0, 2)  # not the first alone
    assert "โปรดเหลือไว้แถวเดียว" in twice.refused[0].reason
    lost = [replace(rows[0], cells={**rows[0].cells, "row_hash": "1"})]
    assert "ส่งออกไฟล์ใหม่" in planned(lost, drafter).refused[0].reason


def test_other_plan_than_the_one_shown_is_not_done(
    tmp_path, comment, drafter, second_drafter
):
    rows = filled_in(exported(tmp_path, drafter), comment.pk, **OUT_OF_SCOPE)
    groups = find_matrix_groups(drafter)
    shown = plan_return(rows, groups, drafter).fingerprint
    decide_comments([comment], Ruling("deferred", REASON), by=second_drafter)
    with pytest.raises(MatrixOvertaken):
        return_matrix(rows, groups, by=drafter, shown=shown)
    assert Disposition.objects.get().outcome == "deferred"


def test_file_without_its_columns_is_refused(tmp_path, comment, drafter):
    rows = exported(tmp_path, drafter)
    raw = as_file(rows)
    assert read_returned(raw) == rows
    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"in_memory": True})
    workbook.add_worksheet().write_row(0, 0, ["เลขที่", "ผลการพิจารณา"])
    workbook.close()
    with pytest.raises(MatrixNotRead, match="รหัสความคิดเห็น"):
        read_returned(packed.getvalue())


def test_empty_file_is_told_to_lack_the_matrix():
    empty = io.BytesIO()
    xlsxwriter.Workbook(empty, {"in_memory": True}).close()
    with pytest.raises(TableRefused) as refused:
        read_returned(empty.getvalue())
    assert "แผ่นงานแรกเป็นตารางสรุปความคิดเห็น" in refused.value.message_th
    assert "รายชื่อ" not in refused.value.message_th


def test_plan_costs_the_same_for_one_row_and_three(
    tmp_path, session, entry, delegate, drafter, assert_same_queries
):
    rows = []

    def add(number=1):
        for _ in range(number):
            factories.make_comment(session, entry, delegate)
        rows[:] = exported(tmp_path, drafter)
        for comment in Comment.objects.all():
            rows[:] = filled_in(rows, comment.pk, **OUT_OF_SCOPE)

    add()
    groups = find_matrix_groups(drafter)
    assert_same_queries(9, lambda: plan_return(rows, groups, drafter), lambda: add(2))


def test_pages_show_what_would_be_done_and_do_it(
    tmp_path, sign_in, comment, session, entry, delegate, drafter, second_drafter
):
    other = factories.make_comment(session, entry, delegate)
    rows = exported(tmp_path, drafter)
    for each in (comment, other):
        rows = filled_in(rows, each.pk, **OUT_OF_SCOPE)
    decide_comments([other], Ruling("deferred", REASON), by=second_drafter)
    client = sign_in(drafter)
    sent = io.BytesIO(as_file(rows))
    sent.name = "matrix.xlsx"
    preview = client.post("/matrix/files/", {"file": sent})["Location"]
    page = markup(client.get(preview)).replace("\u00a0", " ")
    assert "จะนำเข้า 1 แถว" in page
    assert "แก้ไขทั้งในไฟล์และในระบบ" in page
    assert Disposition.objects.count() == 1
    stale = client.post(preview, {"shown": "x"})
    assert (stale.status_code, Disposition.objects.count()) == (409, 1)
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    assert client.post(preview, {"shown": shown})["Location"] == "/matrix/"
    assert Disposition.objects.count() == 2
    assert client.get(preview).status_code == 409
    refused = io.BytesIO(b"no table")
    refused.name = "matrix.xlsx"
    assert client.post("/matrix/files/", {"file": refused}).status_code == 422
    assert sign_in(second_drafter).get(preview).status_code == 404
