"""The form as a spreadsheet: filled in by an office, and taken in again."""

import io

import pytest
import xlsxwriter

from comments.models import Amendment, Comment, ReturnedCopy
from comments.returned_copies.comment_sheet import CODE, FILLED_IN, write_comment_sheet
from comments.returned_copies.reading import NOT_THIS, SentCopy, read_copies
from comments.returned_copies.services.taking import ConfirmedCopy, take_in_copies
from hearing_portal.spreadsheets import read_table, write_table
from hearing_portal.thai.markup import write_reference
from hearing_portal.thai.numbering import arabic_digits
from manuals.content import Step
from tests import factories
from tests.comments.returned_copies.taking import at

pytestmark = pytest.mark.django_db

PROPOSED = "ตรวจสอบความถูกต้องของหนังสือและสิ่งที่ส่งมาด้วย"


def filled_in(raw: bytes, answers: dict, **codes: str) -> bytes:
    """The file as an office returns it: {uuid of an entry: what is in the four columns}."""
    [head, *lines] = read_table(raw)
    names = [str(cell) for cell in head.cells]
    rows = []
    for line in lines:
        row = [str(line.cell(place)) for place in range(len(names))]
        code = row[names.index(CODE)]
        for name, answer in zip(FILLED_IN, answers.get(code, ()), strict=False):
            row[names.index(name)] = answer
        row[names.index(CODE)] = codes.get("replaced", code)
        rows.append(row)
    return write_table("แบบ", names, rows)


def read(session, raw: bytes):
    sent = [SentCopy("สพป.ลำปาง เขต 1.xlsx", "kept")]
    [copy] = read_copies(session, sent, {"kept": raw}.get, progress=lambda *_: None)
    return copy


def test_rows_of_an_office_become_its_comments_once(
    session, edition, entry, clause, process, lampang, facilitator, files_dir
) -> None:
    sheet = write_comment_sheet(edition, group="DIR")
    whole = str(process.uuid)
    returned = filled_in(
        sheet,
        {
            str(clause.uuid): ("ขอแก้ไข", "ควรตรวจความถูกต้อง", PROPOSED, "ตามระเบียบ"),
            whole: ("สอบถาม", "ใช้กับโรงเรียนเอกชนหรือไม่"),
        },
    )
    copy = read(session, returned)
    assert copy.refused == ""
    assert len(copy.returned.items) == 2
    confirmed = [ConfirmedCopy(copy, returned, lampang, None)]
    for _ in range(2):
        take_in_copies(session, confirmed, by=facilitator)

    first, second = Comment.objects.order_by("pk")
    by_entry = {comment.entry.uuid: comment for comment in (first, second)}
    amend = by_entry[clause.uuid]
    assert amend.text == "ควรตรวจความถูกต้อง\nเหตุผล: ตามระเบียบ"
    assert Amendment.objects.get(comment=amend).proposed["body"] == PROPOSED
    assert by_entry[process.uuid].type == "ask"
    assert {comment.channel for comment in by_entry.values()} == {"spreadsheet"}
    assert {comment.recorded_by for comment in by_entry.values()} == {facilitator}
    assert {comment.office for comment in by_entry.values()} == {lampang}
    assert ReturnedCopy.objects.get().file.name.endswith(".xlsx")


def test_row_whose_code_was_changed_is_told_and_not_guessed(
    session, edition, clause
) -> None:
    sheet = write_comment_sheet(edition, group="DIR")
    answers = {str(clause.uuid): ("ขอตัด", "ซ้ำกับข้ออื่น")}
    copy = read(session, filled_in(sheet, answers, replaced="ข้อ 5.1"))
    assert "โปรดใช้ไฟล์" in copy.refused  # no row of it is known
    assert read(session, write_table("อื่น", ["ชื่อ"], [["ก"]])).refused


def test_empty_form_says_nothing(session, edition) -> None:
    copy = read(session, write_comment_sheet(edition, group="DIR"))
    assert copy.returned.items == []
    assert copy.returned.same == copy.returned.known > 0


def rows_of(raw: bytes) -> list[list[str]]:
    [head, *lines] = read_table(raw)
    names = [str(cell) for cell in head.cells]
    rows = [[str(line.cell(place)) for place in range(len(names))] for line in lines]
    return [names, *rows]


def changed(rows, *, more=(), then=lambda book, sheet: None) -> bytes:
    """A file of these rows; `more` are sheets behind it, as (name, rows)."""
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    for name, each in (("แบบ", rows), *more):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(each):
            for column, words in enumerate(row):
                sheet.write_string(number, column, words)
    then(book, book.get_worksheet_by_name("แบบ"))
    book.close()
    return packed.getvalue()


def place_of(rows, uuid) -> int:
    return next(number for number, row in enumerate(rows) if row[0] == str(uuid))


def test_words_changed_in_the_cell_of_the_clause_are_a_proposal(
    session, process, edition, clause
) -> None:
    """Alone, beside an answer that asks for a change, beside one that agrees; the digits that stayed stay as typed."""
    rows = rows_of(write_comment_sheet(edition, group="DIR"))
    step = process.clauses.get(part=9, body__startswith="หนังสือครบถ้วน")
    first, third = at(process, "5.1"), at(process, "5.3")
    alone, asked, agreed, of_step = (
        rows[place_of(rows, each.uuid)] for each in (first, clause, third, step)
    )
    alone[3] += " ทุกวัน"
    asked[3] += " ให้ครบ"
    asked[4], asked[7] = "ขอแก้ไข", "ชัดเจนขึ้น"
    agreed[3] += " อย่างเคร่งครัด"
    agreed[4] = "เห็นชอบ"
    of_step[3] = of_step[3].replace(step.content.actor, "หัวหน้าธุรการ")
    copy = read(session, changed(rows))
    found = {(item.uuid, item.kind): item for item in copy.returned.items}
    assert set(found) == {
        (first.uuid, "amend"),
        (clause.uuid, "answer"),
        (third.uuid, "answer"),
        (third.uuid, "amend"),
        (step.uuid, "amend"),
    }
    assert found[first.uuid, "amend"].texts == {"text": f"{first.plain} ทุกวัน"}
    assert found[clause.uuid, "answer"].texts == {"text": f"{clause.plain} ให้ครบ"}
    assert found[third.uuid, "answer"].texts == {}
    assert (found[step.uuid, "amend"].texts, step.content.actor != "") == (
        {"actor": "หัวหน้าธุรการ"},
        True,
    )
    assert copy.returned.unplaced == copy.returned.notes == []


def test_references_of_a_step_go_out_as_words_and_come_back_as_references(
    hearing, process, drafter, admin
) -> None:
    mark = {
        cite: write_reference(str(at(process, cite).uuid)) for cite in ("5.1", "5.2")
    }
    step = Step(body=f"ทำตาม{mark['5.1']}", note=f"ดู{mark['5.2']} ก่อน")
    clause = factories.make_clause(process, step, part=9, by=drafter)
    newer = factories.make_edition("2565-D2", by=admin)
    rows = rows_of(write_comment_sheet(newer, group="DIR"))
    row = rows[place_of(rows, clause.uuid)]
    assert arabic_digits(row[3]) == "ทำตามข้อ 5.1\nดูข้อ 5.2 ก่อน"
    row[3] += "เสมอ"
    copy = read(factories.make_session(newer, hearing=hearing), changed(rows))
    [item] = copy.returned.items
    assert item.texts == {"note": "ดู⟦2⟧ ก่อนเสมอ"}


def test_words_of_something_else_and_rows_that_lost_their_code_wait_for_a_person(
    session, process, edition, clause
) -> None:
    rows = rows_of(write_comment_sheet(edition, group="DIR"))
    second = at(process, "5.1")
    own, other = place_of(rows, clause.uuid), place_of(rows, second.uuid)
    strange = rows[place_of(rows, at(process, "2.1").uuid)]
    strange[3] = "ดูหนังสือเวียนฉบับใหม่"
    copied = [*rows[own]]
    copied[0], copied[4], copied[5] = "", "ขอเพิ่ม", "แถวที่คัดลอกมา"
    sorted_wrong = [rows[own][0], *rows[other][1:4], "ขอแก้ไข", "เรียงผิด", "", ""]
    twice = [*rows[own][:4], "ขอตัด", "เรื่องที่สองของข้อเดียวกัน", "", ""]
    rows[own + 1 : own + 1] = [copied, sorted_wrong, twice]
    copy = read(session, changed(rows))
    [item] = copy.returned.placed
    assert (item.uuid, item.words) == (clause.uuid, "เรื่องที่สองของข้อเดียวกัน")
    waiting = {item.words: item.near for item in copy.returned.unplaced}
    assert waiting == {
        "ดูหนังสือเวียนฉบับใหม่": at(process, "2.1").uuid,
        "แถวที่คัดลอกมา": clause.uuid,
        "เรียงผิด": second.uuid,
    }
    assert all(item.doubt and item.place for item in copy.returned.unplaced)


def test_what_stands_beside_the_form_is_told_with_its_place(
    session, edition, clause, process
) -> None:
    rows = rows_of(write_comment_sheet(edition, group="DIR"))
    own = place_of(rows, clause.uuid)
    rows[0].append("หมายเหตุ สพท.")
    rows[own].append("ทำอยู่แล้ว")
    rows[own][5] = "อยู่ในแถวที่ซ่อน"

    def change(book, sheet) -> None:
        sheet.set_row(own, None, None, {"hidden": True})
        sheet.set_column(7, 7, 10, None, {"hidden": True})
        sheet.write_formula(own + 1, 6, '=A1&"x"', None, "")
        sheet.write_comment(own, 3, "บันทึกที่ข้อ")
        sheet.insert_textbox(0, 10, "กล่องของเรา")

    more = [
        ("ความเห็นรวม", [["ภาพรวมดี"]]),
        ("คำอธิบาย", [["แบบแสดงความคิดเห็น"], [edition.title]]),
    ]
    copy = read(session, changed(rows, more=more, then=change))
    placed = {(item.uuid, item.words) for item in copy.returned.placed}
    assert placed == {
        (clause.uuid, "อยู่ในแถวที่ซ่อน"),
        (clause.uuid, "บันทึกที่ข้อ"),
    }
    assert {item.words: item.place for item in copy.returned.unplaced} == {
        "ทำอยู่แล้ว": f"แถวที่ {own + 1} คอลัมน์ “หมายเหตุ สพท.”",
        "ภาพรวมดี": "แผ่นงาน “ความเห็นรวม” แถวที่ 1",
        "กล่องของเรา": "กล่องข้อความที่แถวที่ 1",
    }
    notes = " ".join(copy.returned.notes)
    assert f"แถวที่ {own + 1} ซ่อนไว้" in notes
    assert "คอลัมน์ “เหตุผล” ซ่อนไว้" in notes
    assert f"แถวที่ {own + 2} คอลัมน์ “ข้อความที่เสนอ” เป็นสูตร" in notes
    assert len(copy.returned.notes) == 3


def test_struck_words_of_a_clause_are_to_go_and_others_are_asked_about(
    session, edition, clause, process
) -> None:
    """Whole cells and some words of one."""
    rows = rows_of(write_comment_sheet(edition, group="DIR"))
    own = place_of(rows, clause.uuid)
    second = at(process, "5.2")
    other = place_of(rows, second.uuid)
    words = rows[own][3]
    rows[other][5] = "ไม่เสนอแล้ว"

    def change(book, sheet) -> None:
        struck = book.add_format({"font_strikeout": True})
        sheet.write_rich_string(own, 3, words[:6], struck, words[6:12], words[12:])
        sheet.write_string(other, 5, "ไม่เสนอแล้ว", struck)

    copy = read(session, changed(rows, then=change))
    [told] = [item for item in copy.returned.placed if item.kind == "remark"]
    assert (told.uuid, told.words) == (
        clause.uuid,
        f"เสนอให้ตัด “{words[6:12].strip()}” ออก (ขีดฆ่าไว้ในไฟล์)",
    )
    [note] = copy.returned.notes
    assert note.startswith(f"แถวที่ {other + 1} คอลัมน์")
    assert "ขีดฆ่า “ไม่เสนอแล้ว” ไว้ แต่ยังนำเข้า" in note


def test_form_of_another_edition_is_refused(session, edition, process, admin) -> None:
    """By its page of explanations; without one, by the words of most clauses."""
    rows = rows_of(write_comment_sheet(edition, group="DIR"))
    older = [("คำอธิบาย", [["แบบแสดงความคิดเห็น"], ["ร่างคู่มือฉบับก่อน"]])]
    assert read(session, changed(rows, more=older)).refused == NOT_THIS
    for row in rows[1:]:
        row[3] = f"เดิม {row[3]} ที่เปลี่ยนไปแล้ว"
    assert read(session, changed(rows)).refused == NOT_THIS
