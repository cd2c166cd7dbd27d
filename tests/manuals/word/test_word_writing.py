"""A Word file that goes out comes back the same: its words, its numbers, and which clause each is."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pytest

from hearing_portal.thai.markup import write_reference
from manuals.content import Definition, Table, Text, plain_text
from manuals.entries import EntryView
from manuals.importing.drafts import ProcessDraft
from manuals.importing.process_text import read_document, read_process
from manuals.source import BOOKMARK, SourceDocument
from manuals.word.blocks import Paragraph, WordDocument, Words
from manuals.word.reading import read_docx
from manuals.word.writing import write_word_file
from manuals.word_export.document import DocumentOptions, make_blocks
from tests.factories import PROCESS_TEXT
from tests.manuals.nine_parts import PROCESSES, labelled, name_of, read_file, said

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def entries_of(draft: ProcessDraft) -> list[EntryView]:
    """As an edition has them."""
    data = dict(draft.section_data)
    views = [
        EntryView(uuid4(), "section", draft.title, section_kind="process", data=data)
    ]
    for item in labelled(draft):
        node = item.node
        views.append(
            EntryView(
                uuid=node.draft.uuid,
                kind="clause",
                part=node.part,
                label=item.label,
                cite=item.cite,
                depth=item.depth,
                numbering=node.numbering,
                content=node.draft.content,
            )
        )
    return views


def write_entries(title: str, entries: Sequence[EntryView], digits="thai") -> bytes:
    blocks = make_blocks(entries, DocumentOptions(digits))
    heading = Paragraph("title", Words(title), "title")
    return write_word_file(WordDocument(title, [heading, *blocks], title), digits)


def read_back(raw: bytes) -> SourceDocument:
    """Without the titles of the file and the section, which stand before part 1."""
    document = read_docx(raw)
    first = next(
        number
        for number, line in enumerate(document.lines)
        if line.text.startswith(("รหัสเอกสาร", "ชื่องาน"))
    )
    return document.part(first, len(document.lines))


def told(draft: ProcessDraft) -> list[tuple]:
    """What both readings say; part 6 is drawn from part 9."""
    return [each for each in said(draft) if each[0] != 6]


@pytest.mark.parametrize(
    "path", [path for path in PROCESSES if "2565" in path.parts], ids=name_of
)
@pytest.mark.parametrize("digits", ["thai", "arabic"])
def test_process_comes_back_as_it_went_out(path: Path, digits: str) -> None:
    draft = read_file(path)
    for clause in draft.clauses:
        if hasattr(clause.content, "source"):
            object.__setattr__(clause.content, "source", "")
            object.__setattr__(clause.content, "locator", "")
    raw = write_entries("ฉบับ", entries_of(draft), digits)
    again = read_document(read_back(raw))
    assert again.title == draft.title
    assert told(again) == told(draft)
    assert again.coverage.is_whole
    assert again.repairs == []


def bookmarks(document: SourceDocument) -> list[str]:
    return [
        line.bookmark.removeprefix(BOOKMARK) for line in document.lines if line.bookmark
    ]


def test_each_clause_has_a_hidden_bookmark_of_its_own() -> None:
    draft = read_process(PROCESS_TEXT)
    entries = entries_of(draft)
    found = bookmarks(read_docx(write_entries("ฉบับ", entries)))
    clauses = [entry.uuid.hex for entry in entries if entry.part not in (6, 9)]
    assert set(clauses) <= set(found)
    assert len(set(found)) == len(found)
    assert all(len(BOOKMARK) + len(name) <= 40 for name in found)


def test_reference_to_another_process_is_written_with_its_process() -> None:
    target = EntryView(
        uuid4(), "clause", part=5, label="5.1", cite="5.1", content=Text(body="ปลายทาง")
    )
    body = f"ตาม{write_reference(str(target.uuid))}"
    own, other = (
        EntryView(uuid4(), "clause", part=5, content=Text(body=body)) for _ in range(2)
    )
    titles = ("การรับหนังสือ", "การตรวจสอบพัสดุ")
    first, second = (
        EntryView(uuid4(), "section", title, section_kind="process") for title in titles
    )
    raw = write_entries("ฉบับ", [first, target, own, second, other], "arabic")
    words = [line.text for line in read_docx(raw).lines]
    assert "ตามข้อ 5.1" in words
    assert "ตามข้อ 5.1 ของกระบวนงาน การรับหนังสือ" in words


def clause(label: str, numbering: str, depth: int, words: str) -> EntryView:
    return EntryView(
        uuid4(),
        "clause",
        part=5,
        label=label,
        depth=depth,
        numbering=numbering,
        content=Text(body=words),
    )


def numbers(raw: bytes) -> list[str]:
    lines = read_docx(raw).lines
    start = next(
        number for number, line in enumerate(lines) if line.text == "ขั้นตอนการปฏิบัติงาน"
    )
    numbers = []
    for line in lines[start + 1 :]:
        if line.level:
            break
        numbers.append(line.label.kind + line.label.number if line.label else "")
    return numbers


def test_every_style_of_number_is_counted_by_word() -> None:
    entries: Sequence[EntryView] = [
        EntryView(uuid4(), "section", "การยืม", section_kind="process"),
        clause("5.1", "decimal", 0, "หนึ่ง"),
        clause("(1)", "parens", 1, "ก"),
        clause("ก)", "letter_paren", 2, "ก"),
        clause("ข)", "letter_paren", 2, "ข"),
        clause("", "none", 1, "ย่อหน้า"),
        clause("(2)", "parens", 1, "ข"),
        clause("ก)", "letter_paren", 2, "เริ่มใหม่"),
        clause("5.2", "decimal", 0, "สอง"),
        clause("5.2.1", "decimal", 1, "ย่อย"),
        clause("(1)", "parens", 1, "เริ่มใหม่"),
        clause("•", "bullet", 2, "จุด"),
    ]
    assert numbers(write_entries("ฉบับ", entries)) == [
        "decimal5.1",
        "parens1",
        "letter_parenก",
        "letter_parenข",
        "",
        "parens2",
        "letter_parenก",
        "decimal5.2",
        "decimal5.2.1",
        "parens1",
        "bullet",
    ]


def test_definition_and_table_come_back() -> None:
    table = Table(
        columns=[{"id": "a", "title": "รายการ"}, {"id": "b", "title": "จำนวน"}],
        rows=[{"id": "r", "cells": {"a": "กล้อง", "b": "๒ ตัว"}}],
    )
    entries = [
        EntryView(uuid4(), "section", "การยืม", section_kind="process"),
        EntryView(
            uuid4(), "clause", part=4,
            content=Definition(term="ผู้ยืม", verb="หมายความว่า", body="ข้าราชการ"),
        ),
        EntryView(uuid4(), "clause", part=5, content=table),
    ]  # fmt: skip
    again = read_document(read_back(write_entries("ฉบับ", entries)))
    assert [plain_text(each.content) for each in again.clauses] == [
        "ผู้ยืม\nหมายความว่า\nข้าราชการ",
        "รายการ\nจำนวน\nกล้อง\n๒ ตัว",
    ]


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_numbers_and_bookmarks(tmp_path: Path) -> None:
    """Saved again by another program, every clause is still known."""
    draft = read_process(PROCESS_TEXT)
    raw = write_entries("ฉบับ", entries_of(draft), "arabic")
    (tmp_path / "out").mkdir()
    path = tmp_path / "คู่มือ.docx"
    path.write_bytes(raw)
    subprocess.run(
        [
            OFFICE,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "docx:Office Open XML Text",
            "--outdir",
            str(tmp_path / "out"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    saved_again = (tmp_path / "out" / "คู่มือ.docx").read_bytes()
    assert bookmarks(read_docx(saved_again)) == bookmarks(read_docx(raw))
    again = read_document(read_back(saved_again))
    assert told(again) == told(read_document(read_back(raw)))
