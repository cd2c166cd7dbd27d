"""A process goes out as Word, some of it is changed there, and it comes in again: each clause is the one it was."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file
from manuals.comparing.sides import Side
from manuals.content import Figure, Form, Note, Step, Table, Text
from manuals.importing.found_processes import FoundProcess, find_processes
from manuals.importing.jobs import receive_reading
from manuals.importing.matching import How
from manuals.importing.services.revising import (
    load_clauses_by_section,
    plan_revision,
    revise_process,
)
from manuals.importing.uploaded_files import read_uploaded
from manuals.models import Clause, Manual, Section
from manuals.word.reading import read_docx
from manuals.word_export.comparing_returned import compare_returned
from manuals.word_export.exporting import WordOptions, export_word
from manuals.word_export.sent_words import SentWords
from manuals.word_export.sources import load_word_source
from tests import factories
from tests.comments.returned_copies.word_files import (
    add_tracked,
    opened,
    paragraph_of,
    saved,
    set_words,
)
from tests.manuals.office import OFFICE, Office

pytestmark = pytest.mark.django_db
NEEDS_OFFICE = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def with_python_docx(process: Section, raw: bytes, folder: Path) -> bytes:
    document = opened(raw)
    for cite, words in CHANGED.items():
        clause = factories.clause_at(process, cite)
        set_words(paragraph_of(document, clause.uuid), words)
    last = factories.clause_at(process, "5.2")
    add_tracked(paragraph_of(document, last.uuid), ADDED)
    return saved(document)


def with_libreoffice(process: Section, raw: bytes, folder: Path) -> bytes:
    """Another program saves all of it anew."""
    office = Office(folder)
    changes = []
    for cite, words in CHANGED.items():
        changes.append((factories.clause_at(process, cite).plain, words))
    last = factories.clause_at(process, "5.2").plain
    changes.append((last, last))
    changed = office.replace(raw, *changes, tracked=False)
    return office.work(changed, f'AddParagraph(document, "{last}", "{ADDED}")')


def read_back(process: Section, raw: bytes, by: User) -> list[FoundProcess]:
    name = "การรับหนังสือราชการ.docx"
    read = read_uploaded([(name, raw)])
    return find_processes(receive_reading(process.manual, read, [name], by=by))


CHANGED = {
    "2.1": "เพื่อให้การรับหนังสือถูกต้อง รวดเร็ว ตรวจสอบได้",
    "5.1": "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสี่ครั้ง",
    "5.3 1)": "หนังสือด่วนที่สุด ให้เสนอภายใน 15 นาที",
}
ADDED = "แจ้งเตือนหนังสือที่ค้างเกินสามวัน"


@pytest.mark.parametrize(
    "change",
    [
        with_python_docx,
        pytest.param(with_libreoffice, marks=NEEDS_OFFICE),
    ],
)
def test_changed_clauses_are_matched_and_the_others_keep_all(
    process: Section, drafter, tmp_path: Path, change: Callable
) -> None:
    manuals = list(Manual.objects.filter(key="DIR").select_related("work_group"))
    before = {clause.uuid: clause for clause in process.clauses.all()}
    options = WordOptions(process=str(process.uuid))
    raw = change(process, export_word(Side(None, manuals), options), tmp_path)

    [found] = read_back(process, raw, drafter)
    revise_process(process, found.draft, by=drafter)

    after = {
        clause.uuid: clause for clause in Clause.objects.live().filter(section=process)
    }
    assert set(before) <= set(after)
    reworded = [
        clause.plain for uuid, clause in after.items()
        if uuid in before and clause.sha != before[uuid].sha
    ]  # fmt: skip
    assert sorted(reworded) == sorted(CHANGED.values())
    [new] = [clause for uuid, clause in after.items() if uuid not in before]
    assert new.plain == ADDED


COLUMNS = [{"id": "round", "title": "รอบ"}, {"id": "hour", "title": "เวลา"}]
ROWS = [
    {"id": "first", "cells": {"round": "เช้า", "hour": "08.30 น."}},
    {"id": "second", "cells": {}},
]
# With what Word has no place for, and what stands there as if it were something else
OF_ALL_KINDS = (
    (2, Text(body="ข้อความของข้อ"), "decimal"),
    (3, Table(columns=COLUMNS, rows=ROWS), "none"),
    (3, Table(body="ตารางที่ 1 รอบเวลา", columns=COLUMNS, rows=ROWS), "none"),
    (4, Text(body="ข้อความในส่วนคำจำกัดความ"), "none"),
    (5, Figure(alt="ตราประทับ", caption="ภาพที่ 1 [ก] ตรา", body="ใช้เมื่อรับ"), "none"),
    (5, Figure(alt="ตราประทับอีกแบบ"), "none"),
    (5, Figure(alt="ตรา", caption="ตรา"), "none"),
    (5, Figure(alt="บรรทัดแรก\nภาพจาก scan.png", caption="ตรา"), "none"),
    (5, Note(body="หมายเหตุท้ายข้อ"), "none"),
    (5, Text(body="ตรวจ<strong>ทุกวัน</strong>ทำการ", applies_to="primary"), "decimal"),
    (6, Note(body="คำอธิบายใต้ผัง"), "none"),
    (7, Form(name="ทะเบียนรับ", applies_to="secondary"), "decimal"),
    (7, Form(name="ทะเบียนส่ง", code="ท.2", body="ใช้คู่กับทะเบียนรับ"), "decimal"),
    (8, Text(body="แนวปฏิบัติของสำนักงาน"), "decimal"),
)


def as_written(raw: bytes, folder: Path) -> bytes:
    return raw


def saved_by_libreoffice(raw: bytes, folder: Path) -> bytes:
    return Office(folder).work(raw, "")


def by_way_of_odt(raw: bytes, folder: Path) -> bytes:
    return Office(folder).by_way_of_odt(raw)


@pytest.mark.parametrize(
    "save",
    [
        as_written,
        pytest.param(saved_by_libreoffice, marks=NEEDS_OFFICE),
        pytest.param(by_way_of_odt, marks=NEEDS_OFFICE),
    ],
)
def test_nothing_changes_when_nothing_was_changed(
    process: Section, drafter, files_dir, tmp_path: Path, save: Callable
) -> None:
    """In a file of the whole manual, where the first process stands below the title of the file, behind a section with
    a table, and whose chart takes two pictures."""
    made = io.BytesIO()
    Image.new("L", (30, 20)).save(made, "PNG")
    file = store_file(made.getvalue(), media_type="image/png", name="ตรา.png")
    for part, content, numbering in OF_ALL_KINDS:
        if isinstance(content, Figure | Form):
            content = replace(content, file=file.sha)
        factories.make_clause(process, content, part=part, numbering=numbering)
    for number in range(1, 21):
        factories.make_clause(process, Step(body=f"ขั้นตอนเพิ่มที่ {number}"), part=9)
    mission = factories.make_section(
        process.manual, kind="mission", title="พันธกิจ", rank="1"
    )
    factories.make_clause(mission, Table(columns=COLUMNS, rows=ROWS), numbering="none")
    manuals = list(Manual.objects.filter(key="DIR").select_related("work_group"))
    raw = export_word(Side(None, manuals), WordOptions())

    saved_again = save(raw, tmp_path)

    [found] = read_back(process, saved_again, drafter)
    assert (found.draft.warnings, found.draft.coverage.percent) == ([], 100)
    assert {row.how for row in found.rows.rows} == {How.BOOKMARK.value}
    clauses = load_clauses_by_section([process])[process.pk]
    assert plan_revision(process, clauses, found.draft) == []
    document = read_docx(saved_again)
    returned = compare_returned(
        document, SentWords(load_word_source(Side(None, manuals)))
    )
    assert (returned.items, returned.unplaced, returned.notes) == ([], [], [])
