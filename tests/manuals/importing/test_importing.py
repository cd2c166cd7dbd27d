"""A process taken in says what its text says; revised, it says what the new text says, with the old uuids."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hearing_portal.directory.models import User
from manuals.content import Reference, Text
from manuals.drafting.changes import ChangeRefused
from manuals.drafting.services.history import load_section_at
from manuals.drafting.services.sections import add_section
from manuals.importing.drafts import ProcessDraft
from manuals.importing.process_text import read_process
from manuals.importing.reference_links import reference_warnings
from manuals.importing.services.importing import import_clauses, import_process
from manuals.importing.services.revising import revise_process
from manuals.law.queries import load_sources_by_title
from manuals.law.services import load_legal_sources
from manuals.models import Citation, Clause, ClauseLineage, Manual, Section
from manuals.queries import load_draft_entries
from tests.factories import PROCESS_TEXT, clause_at, make_clause
from tests.manuals.nine_parts import FIXTURES, name_of, read_file, said, told

pytestmark = pytest.mark.django_db
OLD = sorted(FIXTURES.glob("2553/*/*.txt"))
NEW = {
    read_file(path).headers["process"]: path for path in FIXTURES.glob("2565/*/*.txt")
}


def stored(section: Section) -> list[tuple]:
    """The section as it stands, in the form `nine_parts.said` gives of a draft."""
    entries = load_draft_entries(section)[1:]
    cites = {str(entry.uuid): entry.cite for entry in entries}
    return [
        (
            entry.part,
            entry.cite,
            entry.depth,
            entry.numbering,
            *told(entry.content, cites),
        )
        for entry in entries
    ]


def test_imported_process_stands_under_its_unit_with_its_own_data(
    unit: Section, drafter: User
) -> None:
    draft = read_process(PROCESS_TEXT)
    section = import_process(unit.manual, draft, by=drafter, unit=unit, origin="new")
    assert (
        section.title,
        section.kind,
        section.parent,
        section.origin,
        section.applies_to,
    ) == (
        "การรับหนังสือราชการ",
        "process",
        unit,
        "new",
        "both",
    )
    assert section.data == {
        "doc_code": "OPM-01-01",
        "indicator": "ร้อยละ 95 ของหนังสือส่งถึงกลุ่มภายในวันทำการเดียวกัน",
    }
    assert stored(section) == said(draft)
    # One act, so the first version is the process as the file has it
    [version] = section.versions.all()
    assert (version.number, version.action, section.version) == (1, "import", 1)
    assert version.revision.clause_changes.count() == len(draft.clauses)


def test_audience_of_a_text_is_the_audience_of_its_section(
    manual: Manual, drafter: User
) -> None:
    draft = read_process(f"ใช้กับ: สพม.\n{PROCESS_TEXT}")
    assert import_process(manual, draft, by=drafter).applies_to == "secondary"


def test_process_without_clauses_has_one_version(manual: Manual, drafter: User) -> None:
    section = import_process(manual, ProcessDraft(title="การรับโอน"), by=drafter)
    assert (section.version, section.clauses.count()) == (1, 0)
    assert import_clauses(section, [], by=drafter, reason="ไม่มี") == []


def test_sections_added_stand_in_order(manual: Manual, drafter: User) -> None:
    unit = add_section(manual, "unit", "งานช่วยอำนวยการ", by=drafter)
    below = add_section(
        manual,
        "process",
        "การประชุม",
        by=drafter,
        parent=unit,
        data={"doc_code": "OPM-01-09"},
    )
    assert (below.parent, below.data, unit.title) == (
        unit,
        {"doc_code": "OPM-01-09"},
        "งานช่วยอำนวยการ",
    )


def test_citations_of_an_imported_process_are_those_of_the_registry(
    manual: Manual, drafter: User
) -> None:
    load_legal_sources(by=None)
    path = NEW["การรับหนังสือราชการ"]
    draft = read_process(path.read_text(encoding="utf-8"), load_sources_by_title())
    section = import_process(manual, draft, by=drafter)
    cited = [
        clause.content.source
        for clause in draft.clauses
        if isinstance(clause.content, Reference)
    ]
    found = Citation.objects.filter(clause__section=section).order_by("clause__rank")
    assert list(found.values_list("source__key", flat=True)) == cited
    assert len(cited) > 3
    assert draft.warnings == []


# -- revising --------------------------------------------------------------------------------------------------


@pytest.fixture
def section_of(manual: Manual, drafter: User) -> Callable[[Path], Section]:
    return lambda path: import_process(manual, read_file(path), by=drafter)


def test_every_text_of_2553_has_its_twin_of_2565() -> None:
    assert len(OLD) == 12
    assert {read_file(path).headers["process"] for path in OLD} <= set(NEW)


@pytest.mark.parametrize("path", OLD, ids=name_of)
def test_revised_process_is_exactly_the_new_text_and_keeps_what_is_alike(
    section_of: Callable[[Path], Section], drafter: User, path: Path
) -> None:
    section = section_of(path)
    before = stored(section)
    old = {clause.uuid: clause for clause in Clause.objects.filter(section=section)}
    draft = read_file(NEW[read_file(path).headers["process"]])
    changes = revise_process(section, draft, by=drafter)

    section.refresh_from_db()
    assert (section.title, section.origin, section.data["doc_code"]) == (
        draft.title,
        "revised",
        draft.headers["doc_code"],
    )
    assert stored(section) == said(draft)
    live = {
        clause.uuid: clause for clause in Clause.objects.live().filter(section=section)
    }
    wordings = {(clause.part, clause.kind, clause.plain) for clause in live.values()}
    unchanged = [
        uuid
        for uuid, clause in old.items()
        if (clause.part, clause.kind, clause.plain) in wordings
    ]
    assert set(unchanged) <= set(live)
    assert len(set(old) & set(live)) >= len(old) // 3
    gone = [clause for uuid, clause in old.items() if uuid not in live]
    reasons = {Clause.objects.get(pk=clause.pk).retired.reason for clause in gone}
    assert reasons <= {
        draft.headers.get("retire_reason") or draft.headers["revise_reason"]
    }
    assert {change.reason for change in changes if change.kind != "retired"} == {
        draft.headers["revise_reason"]
    }
    assert {clause.kind for clause in live.values()} >= {
        "text",
        "definition",
        "step",
        "form",
        "reference",
    }
    assert len(load_section_at(section, 1).clauses) == len(before)
    assert section.version == 2


def test_text_of_before_can_be_taken_up_again(
    section_of: Callable[[Path], Section], drafter: User
) -> None:
    old = FIXTURES / "2553" / "DIR" / "15-official-car.txt"
    section = section_of(old)
    revise_process(section, read_file(NEW["การขอใช้รถราชการ"]), by=drafter)
    revise_process(section, read_file(old), by=drafter)
    assert stored(section) == said(read_file(old))


def test_reference_of_a_text_leads_to_the_clause_with_that_number_there(
    unit: Section, drafter: User
) -> None:
    text = PROCESS_TEXT.replace(
        "เปิดระบบอย่างน้อยวันละสองครั้ง", "เปิดระบบตามข้อ ๕.๓ ๑) และข้อ 7.1 และข้อ 5.9"
    )
    text = (
        text.replace("5.3 จัดลำดับ", "5.4 จัดลำดับ")
        .replace("5.2 ตรวจสอบ", "5.3 ตรวจสอบ")
        .replace("๕.๓ ๑)", "๕.๔ ๑)")
    )
    draft = read_process(text)
    assert reference_warnings(draft.clauses) == [
        "อ้าง “ข้อ 5.9” แต่ไม่พบข้อที่มีเลขนี้ในกระบวนงาน"
    ]
    process = import_process(unit.manual, draft, by=drafter, unit=unit)
    # Printed 5.4, and 5.3 as it is counted: the text means what it prints
    below, form, first = (clause_at(process, cite) for cite in ("5.3 1)", "7.1", "5.1"))
    marks = [f'<span data-ref="{clause.uuid}"></span>' for clause in (below, form)]
    assert (
        first.body == f"เจ้าหน้าที่สารบรรณกลางเปิดระบบตาม{marks[0]} และ{marks[1]} และข้อ 5.9"
    )
    with pytest.raises(ChangeRefused):  # the same text again says the same
        revise_process(process, read_process(text), by=drafter)
    revise_process(
        process, read_process(text.replace("และข้อ 7.1", "หรือข้อ 7.1")), by=drafter
    )
    first.refresh_from_db()
    assert (
        first.body == f"เจ้าหน้าที่สารบรรณกลางเปิดระบบตาม{marks[0]} หรือ{marks[1]} และข้อ 5.9"
    )


def test_same_text_again_is_refused_and_changes_nothing(
    process: Section, drafter: User
) -> None:
    with pytest.raises(ChangeRefused, match="ไม่มีสิ่งที่เปลี่ยน"):
        revise_process(process, read_process(PROCESS_TEXT), by=drafter)
    assert process.versions.count() == 2


def test_one_reworded_line_is_one_change(process: Section, drafter: User) -> None:
    clause = clause_at(process, "5.2")
    text = PROCESS_TEXT.replace("5.2 ตรวจสอบความครบถ้วน", "5.2 ตรวจสอบความถูกต้องครบถ้วน")
    [change] = revise_process(process, read_process(text), by=drafter)
    assert (change.clause, change.kind) == (clause, "reworded")
    assert change.clause.body == "ตรวจสอบความถูกต้องครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"


def test_moved_line_moves_its_clause_and_no_other(
    process: Section, drafter: User
) -> None:
    clause = clause_at(process, "5.1")
    lines = PROCESS_TEXT.splitlines()
    first = next(index for index, line in enumerate(lines) if line.startswith("5.1"))
    lines[first : first + 2] = [
        f"5.1 {lines[first + 1][4:]}",
        f"5.2 {lines[first][4:]}",
    ]
    [change] = revise_process(process, read_process("\n".join(lines)), by=drafter)
    assert (change.kind, change.from_blob_id) == ("moved", change.to_blob_id)
    assert change.clause.plain in (clause.plain, clause_at(process, "5.1").plain)


def test_line_put_between_is_one_added_clause(process: Section, drafter: User) -> None:
    text = PROCESS_TEXT.replace(
        "5.3 จัดลำดับความเร่งด่วน", "5.3 ลงทะเบียนรับตามลำดับปีปฏิทิน\n5.4 จัดลำดับความเร่งด่วน"
    )
    [change] = revise_process(process, read_process(text), by=drafter)
    assert (change.kind, clause_at(process, "5.3").pk) == ("added", change.clause.pk)


def test_branch_keeps_pointing_at_the_row_that_kept_its_uuid(
    process: Section, drafter: User
) -> None:
    target = clause_at(process, "4", part=9)
    text = PROCESS_TEXT.replace("หนังสือครบถ้วนหรือไม่", "หนังสือและสิ่งที่ส่งมาด้วยครบถ้วนหรือไม่")
    revise_process(process, read_process(text), by=drafter)
    step = clause_at(process, "2", part=9).content
    assert step.next[0] == {"to": str(target.uuid), "label": "ครบ"}


def test_line_taken_out_is_retired_for_the_reason_the_text_gives(
    process: Section, drafter: User
) -> None:
    clause = clause_at(process, "5.3 2)")
    text = (
        "เหตุผลที่ปรับปรุง: ใช้ระบบทั้งหมด\nเหตุผลที่ตัด: ระบบกำหนดเวลาเอง\n"
        + PROCESS_TEXT.replace("    2) หนังสือทั่วไป ให้เสนอภายในวันทำการเดียวกัน\n", "")
    )
    [change] = revise_process(process, read_process(text), by=drafter)
    clause.refresh_from_db()
    assert (change.kind, change.reason, clause.retired.reason) == (
        "retired",
        "ระบบกำหนดเวลาเอง",
        "ระบบกำหนดเวลาเอง",
    )
    assert process.versions.get(number=3).reason == "ใช้ระบบทั้งหมด"
    assert not ClauseLineage.objects.exists()


def test_clause_others_wrote_meanwhile_is_part_of_the_revision(
    process: Section, drafter: User
) -> None:
    extra = make_clause(process, Text(body="ข้อที่คนอื่นเพิ่มไว้"), by=drafter)
    revise_process(process, read_process(PROCESS_TEXT), by=drafter)
    extra.refresh_from_db()
    assert extra.retired.reason == "ปรับปรุง การรับหนังสือราชการ"
