"""The matrix as a spreadsheet: what its rows say, and what they never say."""

import io
import zipfile
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.commenting.presentation.quotes import ShownQuotes
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.desk.queries.filters import read_filter
from comments.matrix.cells import MatrixReader, hash_row, matrix_cells
from comments.matrix.columns import COLUMNS
from comments.matrix.queries.rows import (
    UNDECIDED,
    MatrixScope,
    find_matrix_ids,
    stream_matrix,
)
from comments.matrix.workbook import write_matrix
from hearing_portal.jobs.kinds import unwatched
from hearing_portal.spreadsheets import read_sheet
from hearing_portal.thai.markup import write_reference
from manuals.content import Step, Text
from manuals.drafting.services.restoring import restore_section
from manuals.models import Section
from tests import factories

pytestmark = pytest.mark.django_db
HEADINGS = {column.key: column.heading for column in COLUMNS}


def told(scope=None, reader=None):
    """The rows in words, by the number of their comment."""
    ids = find_matrix_ids(scope or MatrixScope())
    rows = [matrix_cells(row, reader or MatrixReader()) for row in stream_matrix(ids)]
    for cells in rows:
        for key, words in cells.items():
            cells[key] = words.replace("\u00a0", " ")
    return {int(cells["number"]): cells for cells in rows}


def read_back(path: Path) -> list[dict[str, str]]:
    head, *lines = read_sheet(path.read_bytes()).lines
    rows = []
    for line in lines:
        cells = {}
        for number, column in enumerate(COLUMNS):
            assert head.cell(number) == column.heading
            cells[column.key] = str(line.cell(number))
        rows.append(cells)
    return rows


def written(tmp_path, scope=None, reader=None) -> Path:
    path = tmp_path / "matrix.xlsx"
    write_matrix(path, scope or MatrixScope(), reader or MatrixReader(), unwatched)
    return path


def test_row_tells_the_comment_its_advice_and_its_result(
    comment, facilitator, drafter, chonburi, hearing, dir_group
):
    factories.make_amendment(comment, "ตรวจสอบหนังสือและสิ่งที่ส่งมาด้วยให้ครบถ้วน")
    factories.make_support(comment, chonburi)
    advice = {"reason": "ตรงกับแนวปฏิบัติ", "by": facilitator}
    factories.make_recommendation(comment, "deferred")
    factories.make_recommendation(comment, "accepted", **advice)
    publication = factories.make_publication(hearing, dir_group)
    decision = {"decided_by": drafter, "publication": publication}
    factories.make_disposition(comment, outcome="deferred", **decision)

    cells = told()[comment.pk]

    assert {
        key: cells[key]
        for key in ("office", "office_kind", "group", "process", "clause", "type")
    } == {
        "office": "สพป.ลำปาง เขต 1",
        "office_kind": "สพป.",
        "group": "กลุ่มอำนวยการ",
        "process": "การรับหนังสือราชการ",
        "clause": "ข้อ 5.2",
        "type": "ขอแก้ไข",
    }
    assert cells["wording"] == "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
    assert cells["proposed"] == "ตรวจสอบหนังสือและสิ่งที่ส่งมาด้วยให้ครบถ้วน"
    assert (cells["primary"], cells["secondary"]) == ("0", "1")
    assert (cells["advice"], cells["advice_reason"]) == (
        "เห็นชอบตามที่เสนอ",
        "ตรงกับแนวปฏิบัติ",
    )
    assert cells["outcome"] == "นำไปพิจารณาในการปรับปรุงครั้งต่อไป"
    assert (cells["final_words"], cells["decided_by"]) == (
        "ไม่แก้ไข",
        drafter.get_full_name(),
    )
    assert cells["reply"].startswith("แจ้งผลแล้ว")


def process_of(clause):
    return Section.objects.get(pk=clause.section_id)


def test_adopted_words_stand_with_their_clause_in_the_newest_edition(
    comment, clause, drafter, admin
):
    amendment = factories.make_amendment(comment, "ตรวจสอบหนังสือทุกฉบับ")
    clause.refresh_from_db()
    adopt_amendments([Adoption(amendment, clause.lock_version)], by=drafter)
    before = told()[comment.pk]
    assert (before["final_words"], before["final_clause"]) == (
        "ตรวจสอบหนังสือทุกฉบับ",
        "ข้อ 5.2 (HEARING-2565)",
    )
    factories.make_edition("2565-D2", kind="revised", by=admin)
    assert told()[comment.pk]["final_clause"] == "ข้อ 5.2 (2565-D2)"

    section = process_of(clause)
    restore_section(section, section.version - 1, by=drafter, reason="เรียกคืน")
    assert told()[comment.pk]["final_words"] == "ตรวจสอบหนังสือทุกฉบับ"  # in 2565-D2
    factories.make_edition("2565-D3", kind="revised", by=admin)
    assert told()[comment.pk]["final_clause"] == ""


def test_references_in_quoted_and_proposed_words_are_spelt_as_names(
    process, hearing, delegate, drafter, admin
):
    target = factories.clause_at(process, "5.1")
    other = factories.clause_at(process, "5.3")
    body = f"ดำเนินการตาม {write_reference(str(other.uuid))} และ {write_reference(str(target.uuid))} ต่อไป"
    clause = factories.make_clause(process, Text(body=body), by=drafter)
    newer = factories.make_edition("2565-D2", kind="revised", by=admin)
    entry = factories.entry_of(newer, clause)
    session = factories.make_session(newer, hearing=hearing)
    plain = entry.blob.plain
    start = plain.index("และ")
    said = factories.make_comment(
        session,
        entry,
        delegate,
        field="text",
        span_start=start,
        span_end=len(plain),
        quote=plain[start:],
    )
    factories.make_amendment(said, Text(body=body.replace("ต่อไป", "ทันที")))

    cells = told()[said.pk]

    assert cells["quote"] == "และ ข้อ 5.1 ต่อไป"
    assert cells["wording"] == "ดำเนินการตาม ข้อ 5.3 และ ข้อ 5.1 ต่อไป"
    assert cells["proposed"] == "ดำเนินการตาม ข้อ 5.3 และ ข้อ 5.1 ทันที"
    assert "\ufffc" not in "".join(cells.values())


def test_references_in_the_remark_of_a_step_are_spelt_by_their_own_names(
    process, hearing, delegate, drafter, admin
):
    mark = {
        cite: write_reference(str(factories.clause_at(process, cite).uuid))
        for cite in ("5.1", "5.2", "5.3")
    }
    note = f"ดู{mark['5.2']} และ{mark['5.3']} ก่อน"
    step = Step(body=f"ทำตาม{mark['5.1']}", note=note)
    clause = factories.make_clause(process, step, part=9, by=drafter)
    newer = factories.make_edition("2565-D2", kind="revised", by=admin)
    entry = factories.entry_of(newer, clause)
    text = dict(entry.blob.as_content.fields())["note"]
    start = text.index("และ")
    said = factories.make_comment(
        factories.make_session(newer, hearing=hearing),
        entry,
        delegate,
        field="note",
        span_start=start,
        span_end=len(text),
        quote=text[start:],
    )
    factories.make_amendment(said, replace(step, note=note.replace("ก่อน", "เสมอ")))

    cells = told()[said.pk]

    assert cells["quote"] == "และข้อ 5.3 ก่อน"
    assert cells["wording"] == "ทำตามข้อ 5.1\nดูข้อ 5.2 และข้อ 5.3 ก่อน"
    assert cells["proposed"] == "ทำตามข้อ 5.1\nดูข้อ 5.2 และข้อ 5.3 เสมอ"
    assert ShownQuotes([said]).words_of(said) == "และข้อ 5.3 ก่อน"


def test_hidden_and_held_comments_are_marked_and_read_by_the_desk_alone(
    session, entry, delegate, facilitator, stranger, admin
):
    hidden = factories.make_comment(
        session, entry, delegate, text="ถ้อยคำลับหนึ่ง", visibility="hidden"
    )
    held = factories.make_comment(
        session, entry, delegate, text="ถ้อยคำลับสอง", visibility="held"
    )
    factories.make_amendment(hidden, "ถ้อยคำลับสาม")
    for reader in (MatrixReader(), MatrixReader(stranger)):
        rows = told(reader=reader)
        assert "ถ้อยคำลับ" not in str(rows)
        assert rows[hidden.pk]["visibility"] == "ซ่อน: ใช้ถ้อยคำไม่สุภาพ"
        assert rows[held.pk]["visibility"] == "รอตรวจก่อนแสดง"
    for person in (facilitator, admin):
        rows = told(reader=MatrixReader(person))
        assert rows[hidden.pk]["text"] == "ถ้อยคำลับหนึ่ง"
        assert rows[hidden.pk]["visibility"] == "ซ่อน: ใช้ถ้อยคำไม่สุภาพ"
        assert rows[held.pk]["text"] == "ถ้อยคำลับสอง"
        assert rows[hidden.pk]["row_hash"] == told()[hidden.pk]["row_hash"]


def test_nobody_who_commented_is_named(
    tmp_path, session, entry, dir_group, lampang, facilitator, expert, admin
):
    canary = factories.make_delegate(
        dir_group,
        lampang,
        username="canary-login",
        given_name="คนารี",
        family_name="นามลับ",
    )
    said = factories.make_comment(session, entry, canary)
    typed = factories.make_comment(
        session, entry, canary, recorded_by=facilitator, channel="room"
    )
    withdrawn = factories.make_comment(session, entry, canary)
    advised = factories.make_comment(session, entry, expert, office=None)
    factories.make_recommendation(said, by=expert)
    factories.make_disposition(withdrawn, outcome="withdrawn", decided_by=canary)
    factories.make_support(typed, lampang, by=canary)

    path = written(tmp_path, reader=MatrixReader(admin))

    with zipfile.ZipFile(path) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for name in ("คนารี", "นามลับ", "canary-login", expert.family_name):
        assert name not in whole
    rows = {int(row["number"]): row for row in read_back(path)}
    assert rows[withdrawn.pk]["decided_by"] == "ผู้แสดงความคิดเห็น"
    assert rows[advised.pk]["office"] == "ผู้ทรงคุณวุฒิ"


def test_file_has_frozen_head_lists_and_hidden_columns(tmp_path, comment):
    path = written(tmp_path)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert "รับทราบ" in sheet.partition("<dataValidation ")[2]
    assert "ทับซ้อน/ซ้ำซ้อน" in sheet.partition("<dataValidation ")[2]
    hidden = read_sheet(path.read_bytes()).hidden_columns
    assert hidden == {len(COLUMNS) - number for number in (1, 2, 3)}
    [row] = read_back(path)
    assert row["uuid"] == str(comment.uuid)
    assert row["row_hash"] == hash_row(row)


@pytest.mark.parametrize(
    "text", ["=1+1", "+66 2288", "-ขอตัด", "@SUM(A1)", "\t=cmd", "=HYPERLINK(1)"]
)
def test_nothing_becomes_a_formula(tmp_path, session, entry, delegate, text):
    factories.make_comment(session, entry, delegate, text=text)
    path = written(tmp_path)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 'quotePrefix="1"' in styles
    assert read_back(path)[0]["text"] == text.strip()


def test_thai_is_written_character_for_character(tmp_path, session, entry, delegate):
    text = "กำหนดให้ “ผู้รับ” ลงนาม น้ำ ๑๒๓ ฯลฯ ไม้ยมก ๆ\nบรรทัดสอง <b>&amp;"
    factories.make_comment(session, entry, delegate, text=text)
    assert read_back(written(tmp_path))[0]["text"] == text


def test_longer_text_than_a_cell_takes_is_cut_and_says_so(
    tmp_path, process, delegate, drafter, admin
):
    clause = factories.make_clause(process, "ก" * 40_000, by=drafter)
    newer = factories.make_edition("2565-D2", kind="revised", by=admin)
    session = factories.make_session(newer)
    factories.make_comment(session, factories.entry_of(newer, clause), delegate)
    [row] = read_back(written(tmp_path))
    assert len(row["wording"]) == 32_767
    assert row["wording"].endswith("โปรดอ่านในระบบ)")


def test_scope_narrows_as_the_lists_do(
    hearing, session, edition, entry, process, delegate, secondary_delegate, dir_group
):
    first = factories.make_comment(session, entry, delegate, issue_class="complex")
    other_entry = factories.entry_of(edition, factories.clause_at(process, "5.1"))
    second = factories.make_comment(
        session, other_entry, secondary_delegate, type="agree"
    )
    factories.make_comment(session, entry, delegate, parent=first)
    factories.make_disposition(first, outcome="out_of_scope")

    def found(**narrowed):
        return find_matrix_ids(MatrixScope(**narrowed))

    assert found() == [second.pk, first.pk]  # in reading order, without the reply
    assert found(hearing=hearing.pk, edition=edition.pk) == [second.pk, first.pk]
    assert found(hearing=hearing.pk + 1) == []
    assert found(groups=()) == []
    assert found(groups=(dir_group.pk,)) == [second.pk, first.pk]
    assert found(outcome="out_of_scope") == [first.pk]
    assert found(outcome=UNDECIDED) == [second.pk]
    for query, expected in (
        ({"type": "agree"}, second),
        ({"issue": "complex"}, first),
        ({"issue": "none"}, second),
        ({"office": "secondary"}, second),
        ({"clause": str(entry.pk)}, first),
        ({"state": "open"}, second),
    ):
        assert found(queue=read_filter(query)) == [expected.pk]
    whole = read_filter({"clause": f"process-{process.pk}"})
    assert found(queue=whole) == [second.pk, first.pk]


def test_a_batch_costs_the_same_for_one_row_and_three(
    session, entry, delegate, chonburi, drafter, assert_same_queries
):
    def add(number=1):
        for _ in range(number):
            said = factories.make_comment(session, entry, delegate)
            factories.make_amendment(said, "ถ้อยคำ")
            factories.make_support(said, chonburi)
            factories.make_recommendation(said)
            factories.make_disposition(said, decided_by=drafter)

    add()
    # The ids, the newest edition, and seven for the batch
    assert_same_queries(9, lambda: list(told()), lambda: add(2))


def test_every_batch_comes_in_order(session, entry, delegate, monkeypatch):
    monkeypatch.setattr("comments.matrix.queries.rows.BATCH", 2)
    made = [factories.make_comment(session, entry, delegate).pk for _ in range(5)]
    assert list(told()) == made


def test_command_writes_the_matrix_of_an_edition(tmp_path, edition, comment, admin):
    factories.make_edition("2565-D2", kind="revised", by=admin)
    said = StringIO()
    out = tmp_path / "m.xlsx"
    call_command(
        "export_matrix", "--edition", edition.code, "--out", str(out), stdout=said
    )
    assert [row["number"] for row in read_back(out)] == [str(comment.pk)]
    assert "1 แถว" in said.getvalue()
    call_command(
        "export_matrix",
        "--edition",
        "2565-D2",
        "--out",
        str(out),
        "--json",
        stdout=said,
    )
    assert read_back(out) == []
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize(
    "words",
    [
        ["--edition", "X", "--out", "m.xlsx"],
        ["--edition", "HEARING-2565", "--out", "m.xlsx", "--group", "NONE"],
        ["--edition", "HEARING-2565", "--out", "no/such/folder/m.xlsx"],
    ],
)
def test_command_says_what_is_wrong(tmp_path, monkeypatch, edition, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as refused:
        call_command("export_matrix", *words, stdout=io.StringIO())
    assert refused.value.returncode == 1
    assert list(tmp_path.glob("*.xlsx*")) == []
