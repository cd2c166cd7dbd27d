"""Rows of a preview, without a database: what each act makes of them."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from manuals.content import Definition, Form, Note, Step, Table, Text, plain_text
from manuals.importing.kept_readings import first_rows, load_rows, rows_json
from manuals.importing.preview_rows import PreviewRow, PreviewRows
from manuals.importing.process_text import read_process
from manuals.importing.refusals import RowRefused
from manuals.importing.row_forms import RowWordsForm
from manuals.models import ImportedProcess
from tests.factories import PROCESS_TEXT


def rows_of(*depths: int, part: int = 5) -> PreviewRows:
    rows = []
    for number, depth in enumerate(depths):
        numbering = "paren" if depth else "decimal"
        content = Text(body=f"ข้อความที่ {number}")
        rows.append(PreviewRow(uuid4(), part, content, depth, numbering))
    return PreviewRows(rows)


def labels(rows: PreviewRows) -> list[str]:
    return [labelled.label for labelled in rows.labelled()]


def words(rows: PreviewRows) -> list[str]:
    return [row.words for row in rows.rows]


def test_what_was_read_stands_there_whole_with_the_lines_of_the_file():
    draft = read_process(PROCESS_TEXT)
    rows = PreviewRows(first_rows(draft))
    assert len(rows.rows) == len(draft.clauses)
    assert [plain_text(d.content) for d in rows.to_drafts()] == [
        plain_text(row.content) for row in rows.rows
    ]
    lines = PROCESS_TEXT.splitlines()
    for row in rows.rows:
        [(place, text), *_] = row.source
        number = int(place.removeprefix("บรรทัดที่ "))
        assert lines[number - 1].strip() == text


def test_kept_rows_are_the_same_rows():
    rows = PreviewRows(first_rows(read_process(PROCESS_TEXT)))
    kept = load_rows(ImportedProcess(rows=rows_json(rows.rows)))
    assert kept.rows == rows.rows


def test_row_goes_out_and_in_with_all_below_it():
    rows = rows_of(0, 1, 2, 0)
    assert labels(rows) == ["5.1", "1)", "1)", "5.2"]
    rows.promote(rows.rows[1].uuid)
    assert [row.depth for row in rows.rows] == [0, 0, 1, 0]
    assert labels(rows) == ["5.1", "5.2", "1)", "5.3"]
    rows.demote(rows.rows[1].uuid)
    assert [row.depth for row in rows.rows] == [0, 1, 2, 0]
    assert labels(rows) == ["5.1", "1)", "1)", "5.2"]


def test_what_cannot_be_promoted_demoted_or_joined_says_why():
    rows = rows_of(0, 1)
    first, second = rows.rows
    with pytest.raises(RowRefused, match="บนสุด"):
        rows.promote(first.uuid)
    with pytest.raises(RowRefused, match="ระดับเดียวกัน"):
        rows.demote(second.uuid)
    with pytest.raises(RowRefused, match="ไม่มีข้อก่อนหน้า"):
        rows.join(first.uuid)
    step = PreviewRow(uuid4(), 9, Step(body="รับ"))
    steps = PreviewRows([step, PreviewRow(uuid4(), 9, Step(body="ส่ง"))])
    with pytest.raises(RowRefused, match="รวมได้เฉพาะ"):
        steps.join(steps.rows[1].uuid)
    with pytest.raises(RowRefused, match="ไม่มีระดับ"):
        steps.demote(steps.rows[1].uuid)
    with pytest.raises(RowRefused, match="รวมกับข้ออื่น"):
        rows.leave_out(uuid4())


def test_joined_row_brings_its_words_lines_and_doubts():
    rows = rows_of(0, 0, 1)
    first, second, below = rows.rows
    first.source = [("บรรทัดที่ 1", "ก")]
    second.source = [("บรรทัดที่ 2", "ข")]
    second.doubts = ["อาจต่อจากบรรทัดก่อน"]
    joined = rows.join(second.uuid)
    assert joined is first
    assert words(rows) == ["ข้อความที่ 0 ข้อความที่ 1", "ข้อความที่ 2"]
    assert [place for place, _ in first.source] == ["บรรทัดที่ 1", "บรรทัดที่ 2"]
    assert first.is_doubtful
    assert rows.to_drafts()[1].parent == first.uuid
    assert below.depth == 1


def test_split_changes_no_letter_and_keeps_the_first_piece():
    rows = rows_of(0, 1)
    row = rows.rows[0]
    row.content = Text(body="รับหนังสือ ส่งหนังสือ เก็บหนังสือ")
    with pytest.raises(RowRefused, match="ถ้อยคำต่างจากเดิม"):
        rows.split(row.uuid, "รับหนังสือ\n\nส่งเรื่อง เก็บหนังสือ")
    with pytest.raises(RowRefused, match="ยังไม่มีบรรทัดว่าง"):
        rows.split(row.uuid, "รับหนังสือ\nส่งหนังสือ เก็บหนังสือ")
    made = rows.split(row.uuid, "รับหนังสือ\n\nส่งหนังสือ\n \nเก็บหนังสือ")
    assert made[0] is row
    assert words(rows) == ["รับหนังสือ", "ส่งหนังสือ", "เก็บหนังสือ", "ข้อความที่ 1"]
    assert labels(rows) == ["5.1", "5.2", "5.3", "1)"]
    assert len({each.uuid for each in rows.rows}) == 4


def test_row_moves_to_another_part_as_what_stands_there():
    rows = PreviewRows(
        [
            *rows_of(0, 1, part=3).rows,
            *rows_of(0, part=5).rows,
            *rows_of(0, part=8).rows,
        ]
    )
    first = rows.rows[0]
    first.content = Text(body="หนังสือ หมายความว่า เอกสารราชการ")
    rows.move(first.uuid, 4, "", "", {})
    assert [row.part for row in rows.rows] == [4, 4, 5, 8]
    assert first.content == Definition(
        term="หนังสือ", verb="หมายความว่า", body="เอกสารราชการ"
    )
    assert rows.to_drafts()[1].parent == first.uuid
    rows.move(first.uuid, 5, "", "", {})
    assert (first.content.kind, first.words) == (
        "text",
        "หนังสือ หมายความว่า เอกสารราชการ",
    )
    assert [row.part for row in rows.rows] == [5, 5, 5, 8]
    rows.move(first.uuid, 9, "", "", {})
    assert {row.content.kind for row in rows.rows if row.part == 9} == {"step"}
    assert {row.depth for row in rows.rows if row.part == 9} == {0}
    rows.move(first.uuid, 7, "", "decimal", {})
    assert first.content == Form(name="หนังสือ หมายความว่า เอกสารราชการ")
    with pytest.raises(RowRefused, match="ส่วนที่ 2 ถึง 9"):
        rows.move(first.uuid, 1, "", "", {})


def test_kind_and_number_change_where_the_row_stands():
    rows = rows_of(0, 0)
    row = rows.rows[1]
    rows.move(row.uuid, 5, "note", "", {})
    assert (row.content, row.numbering) == (Note(body="ข้อความที่ 1"), "none")
    with pytest.raises(RowRefused, match="อยู่ในส่วนที่เลือกไม่ได้"):
        rows.move(row.uuid, 5, "step", "", {})
    table = PreviewRow(uuid4(), 5, Table(columns=[{"id": "c1", "title": "ก"}]))
    with pytest.raises(RowRefused, match="ตารางและภาพ"):
        PreviewRows([table]).move(table.uuid, 9, "", "", {})


def test_left_out_row_gives_its_place_to_what_hung_below():
    rows = rows_of(0, 1, 0)
    first, below, _ = rows.rows
    first.doubts = ["ไม่แน่ใจ"]
    rows.leave_out(first.uuid)
    assert labels(rows) == ["1)", "5.1"]
    assert rows.to_drafts()[0].parent is None
    assert rows.doubtful == []
    with pytest.raises(RowRefused, match="นำกลับเข้ามาก่อน"):
        rows.promote(first.uuid)
    rows.take_back(first.uuid)
    assert rows.to_drafts()[1].parent == first.uuid
    assert below.depth == 1


def test_branch_to_a_row_that_is_left_out_goes_with_it():
    end = PreviewRow(uuid4(), 9, Step(body="จบ", shape="end"))
    other = PreviewRow(uuid4(), 9, Step(body="ส่งคืน"))
    branches = [
        {"to": str(end.uuid), "label": "ครบ"},
        {"to": str(other.uuid), "label": "ไม่ครบ"},
    ]
    start = PreviewRow(uuid4(), 9, Step(body="ตรวจ", shape="decision", next=branches))
    rows = PreviewRows([start, other, end])
    rows.leave_out(other.uuid)
    content = rows.to_drafts()[0].content
    assert isinstance(content, Step)
    assert content.next == [{"to": str(end.uuid), "label": "ครบ"}]


def test_doubt_stays_until_somebody_looked_or_wrote():
    rows = rows_of(0, 0, 0)
    for row in rows.rows:
        row.doubts = ["ไม่แน่ใจ"]
    first, second, third = rows.rows
    assert rows.accept([first.uuid, uuid4()]) == 1
    rows.reword(second.uuid, {"text": "ถ้อยคำที่ถูกต้อง"})
    assert rows.doubtful == [third]
    assert second.words == "ถ้อยคำที่ถูกต้อง"
    assert second.is_corrected
    assert not first.is_corrected


def test_a_clause_is_chosen_once():
    rows = rows_of(0, 0)
    clause = uuid4()
    first, second = rows.rows
    rows.choose_clause(first.uuid, clause)
    rows.choose_clause(second.uuid, clause)
    assert (first.clause, second.clause) == (None, clause)
    assert (first.is_chosen, second.is_chosen) == (False, True)


def test_cell_of_a_row_has_no_blanks_around_it_and_blanks_alone_are_none():
    row = SimpleNamespace(content=Step(body="ตรวจ", actor="เจ้าหน้าที่", note="ครบ"))
    names = RowWordsForm(row=row, version=1).names
    sent = {"version": 1}
    for name, field in names.items():
        sent[name] = {
            "text": "ตรวจ",
            "actor": "  ผู้อำนวยการ ",
            "note": " \u200b ",
        }.get(field, "")
    form = RowWordsForm(sent, row=row, version=1)
    assert form.is_valid()
    texts = form.cleaned_data["texts"]
    assert (texts["actor"], texts["note"]) == ("ผู้อำนวยการ", "")
