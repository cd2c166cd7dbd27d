"""A process goes out as Word, some of it is changed there, and it comes in again: each clause is the one it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hearing_portal.directory.models import User
from manuals.comparing.sides import Side
from manuals.importing.found_processes import FoundProcess, find_processes
from manuals.importing.jobs import receive_reading
from manuals.importing.services.revising import revise_process
from manuals.importing.uploaded_files import read_uploaded
from manuals.models import Clause, Manual, Section
from manuals.word_export.exporting import WordOptions, export_word
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
        pytest.param(
            with_libreoffice,
            marks=pytest.mark.skipif(
                OFFICE is None, reason="LibreOffice is not installed"
            ),
        ),
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


def test_nothing_changes_when_nothing_was_changed(process: Section, drafter) -> None:
    from manuals.importing.services.revising import (
        load_clauses_by_section,
        plan_revision,
    )

    manuals = list(Manual.objects.filter(key="DIR").select_related("work_group"))
    raw = export_word(Side(None, manuals), WordOptions(process=str(process.uuid)))
    [found] = read_back(process, raw, drafter)
    clauses = load_clauses_by_section([process])[process.pk]
    assert plan_revision(process, clauses, found.draft) == []
