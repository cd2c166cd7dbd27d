"""Who accepts all changes of a file has the newer words, who rejects them the older ones: as the XML says it, and as
LibreOffice does it where it is installed."""

import copy
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from lxml import etree

from manuals.content import Definition, Table, Text
from manuals.entries import EntryView
from manuals.word.blocks import Author, Paragraph, WordDocument, Words
from manuals.word.reading import read_docx
from manuals.word.tracking import mark_differences
from manuals.word.writing import write_word_file
from manuals.word_export.document import DocumentOptions, make_blocks
from tests.manuals.office import OFFICE, Office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AUTHOR = Author("ฉบับปรับปรุง พ.ศ. ๒๕๖๖", "2026-11-29T00:00:00Z")
UUIDS = [UUID(int=number) for number in range(1, 40)]


def clause(number: int, label: str, words, *, part=5, depth=0, numbering="decimal"):
    content = Text(body=words) if isinstance(words, str) else words
    return EntryView(
        UUIDS[number],
        "clause",
        part=part,
        label=label,
        depth=depth,
        numbering=numbering,
        content=content,
    )


def table(*cells: tuple[str, str]) -> Table:
    rows = [{"id": name, "cells": {"a": name, "b": text}} for name, text in cells]
    columns = [{"id": "a", "title": "รายการ"}, {"id": "b", "title": "จำนวน"}]
    return Table(columns=columns, rows=rows)


HEAD = EntryView(UUIDS[0], "section", "การยืมกล้อง", section_kind="process")
OLD = [
    HEAD,
    clause(1, "", Definition(term="ผู้ยืม", body="ข้าราชการ"), part=4, numbering="none"),
    clause(2, "5.1", "ตรวจคำขอยืมภายในเจ็ดวัน"),
    clause(3, "1)", "ตรวจแบบ ยม. ๑", depth=1, numbering="paren"),
    clause(4, "2)", "ลงทะเบียน", depth=1, numbering="paren"),
    clause(5, "5.2", "อนุมัติ"),
    clause(6, "5.3", "ข้อนี้จะยกเลิก"),
    clause(7, "5.4", "ส่งมอบกล้อง"),
    clause(8, "", table(("กล้อง", "๒ ตัว"), ("เลนส์", "๓ ตัว")), numbering="none"),
]
NEW = [
    HEAD,
    clause(
        1,
        "",
        Definition(term="ผู้ขอยืม", body="ข้าราชการหรือลูกจ้าง"),
        part=4,
        numbering="none",
    ),
    clause(7, "5.1", "ส่งมอบกล้องและเลนส์"),
    clause(2, "5.2", "ตรวจคำขอยืมภายในสามวันทำการ"),
    clause(3, "1)", "ตรวจแบบ ยม. ๑", depth=1, numbering="paren"),
    clause(9, "2)", "ข้อที่เพิ่มขึ้นใหม่", depth=1, numbering="paren"),
    clause(4, "3)", "ลงทะเบียน", depth=1, numbering="paren"),
    clause(5, "5.3", "อนุมัติ"),
    clause(8, "", table(("กล้อง", "๔ ตัว"), ("ขาตั้ง", "๑ ตัว")), numbering="none"),
]
STATES = [
    (OLD, NEW),
    (NEW, OLD),
    (OLD, OLD),
    # A whole process came, or went
    (OLD, [HEAD]),
    ([EntryView(uuid4(), "manual", "กลุ่ม")], NEW),
    (OLD[:3], [*OLD[:2], clause(2, "ก.", "ตรวจคำขอยืม", numbering="letter")]),
]
NAMES = ["newer", "backwards", "same", "retired", "new", "renumbered"]


def blocks_of(entries: Sequence[EntryView]):
    heading = Paragraph("title", Words("คู่มือ"), "title")
    return [heading, *make_blocks(entries, DocumentOptions())]


def written(blocks, author=None) -> bytes:
    return write_word_file(WordDocument("คู่มือ", blocks, "คู่มือ", author))


def tracked(old, new) -> bytes:
    return written(mark_differences(blocks_of(old), blocks_of(new)), AUTHOR)


def told(raw: bytes) -> list[tuple[str, ...]]:
    """Words, numbers, headings and rows, as they are read."""
    lines = []
    for line in read_docx(raw).lines:
        number = line.label.kind + line.label.number if line.label else ""
        lines.append((line.kind, number, line.text, str(line.level)))
    return lines


def settled(raw: bytes, *, accepts: bool) -> bytes:
    """What Word does with all changes, done on the XML."""
    kept = ("ins", "moveTo") if accepts else ("del", "moveFrom")
    gone = ("del", "moveFrom") if accepts else ("ins", "moveTo")
    source = zipfile.ZipFile(io.BytesIO(raw))
    tree = etree.fromstring(source.read("word/document.xml"))
    for name in gone:
        for row in list(tree.iter(f"{W}tr")):
            if row.find(f"{W}trPr/{W}{name}") is not None:
                row.getparent().remove(row)
        for paragraph in list(tree.iter(f"{W}p")):
            if paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None:
                # All its words went with its end
                words = [
                    text
                    for text in paragraph.iter(f"{W}t", f"{W}delText")
                    if text.getparent().getparent().tag != f"{W}{name}"
                ]
                assert words == []
                paragraph.getparent().remove(paragraph)
        for element in list(tree.iter(f"{W}{name}")):
            element.getparent().remove(element)
    for name in kept:
        for element in list(tree.iter(f"{W}{name}")):
            for child in element:
                element.addprevious(copy.copy(child))
            element.getparent().remove(element)
    for text in tree.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for end in [*tree.iter(f"{W}tbl")]:
        if end.find(f"{W}tr") is None:
            end.getparent().remove(end)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for each in source.infolist():
            content = source.read(each)
            if each.filename == "word/document.xml":
                content = etree.tostring(tree)
            archive.writestr(each.filename, content)
    return target.getvalue()


@pytest.mark.parametrize(("old", "new"), STATES, ids=NAMES)
def test_accepting_gives_the_newer_words_and_rejecting_the_older(old, new) -> None:
    raw = tracked(old, new)
    assert told(settled(raw, accepts=True)) == told(written(blocks_of(new)))
    assert told(settled(raw, accepts=False)) == told(written(blocks_of(old)))
    # Our own reader takes the final wording, and keeps what was taken out beside it
    assert told(raw) == told(written(blocks_of(new)))


def test_only_words_that_changed_are_marked_with_author_and_day() -> None:
    raw = tracked(OLD, NEW)
    changes = []
    for line in read_docx(raw).lines:
        for change in line.changes:
            changes.append((line.text[:14], change.kind, change.words))
            assert (change.author, change.made_at) == (AUTHOR.name, AUTHOR.at)
    assert ("ตรวจคำขอยืมภาย", "del", "เจ็ดวัน") in changes
    assert ("ตรวจคำขอยืมภาย", "ins", "สามวันทำการ") in changes
    assert ("กล้อง | ๔ ตัว", "ins", "๔") in changes
    assert not [each for each in changes if each[2] == "อนุมัติ"]


def test_moved_clause_is_told_as_moved() -> None:
    with zipfile.ZipFile(io.BytesIO(tracked(OLD, NEW))) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    ends = [tree.iter(f"{W}{name}RangeStart") for name in ("moveFrom", "moveTo")]
    [gone], [came] = (list(found) for found in ends)
    assert gone.get(f"{W}name") == came.get(f"{W}name")


def test_nothing_is_marked_where_nothing_changed() -> None:
    assert all(line.changes == [] for line in read_docx(tracked(OLD, OLD)).lines)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_accepts_and_rejects_the_same(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for old, new in STATES[:2]:
        raw = tracked(old, new)
        assert told(office.accept_all(raw)) == told(written(blocks_of(new)))
        assert told(office.reject_all(raw)) == told(written(blocks_of(old)))
