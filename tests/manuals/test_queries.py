"""Reading a section as it stands and as it was frozen: the same views, one query each."""

from collections.abc import Callable

import pytest

from hearing_portal.directory.models import User
from manuals.drafting.changes import ReviseSection
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, Edition, Manual, Section
from manuals.queries import live_processes, load_draft_entries, load_edition_entries
from tests.factories import clause_at, make_clause, make_edition, make_section

pytestmark = pytest.mark.django_db


def test_draft_begins_with_the_section_and_follows_in_reading_order(
    process: Section,
) -> None:
    head, *clauses = load_draft_entries(process)
    assert (head.kind, head.title, head.section_kind, head.data["doc_code"]) == (
        "section",
        "การรับหนังสือราชการ",
        "process",
        "OPM-01-01",
    )
    assert [(entry.part, entry.cite, entry.depth) for entry in clauses] == [
        (2, "2.1", 0),
        (2, "2.2", 0),
        (3, "", 0),
        (4, "", 0),
        (5, "5.1", 0),
        (5, "5.2", 0),
        (5, "5.3", 0),
        (5, "5.3 1)", 1),
        (5, "5.3 1) ก.", 2),
        (5, "5.3 1) ข.", 2),
        (5, "5.3 2)", 1),
        (7, "7.1", 0),
        (8, "8.1", 0),
        (9, "1", 0),
        (9, "2", 0),
        (9, "3", 0),
        (9, "4", 0),
    ]
    assert all(
        entry.content == Clause.objects.get(pk=entry.clause_id).content
        for entry in clauses
    )


def test_retired_clause_is_not_in_the_draft_and_numbers_close_up(
    process: Section, drafter: User
) -> None:
    retire_clause(clause_at(process, "5.1"), 1, by=drafter, reason="ระบบเปิดเอง")
    assert clause_at(process, "5.1").plain == "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"


def test_entries_of_one_section_are_its_own(
    edition: Edition, unit: Section, process: Section
) -> None:
    assert [entry.title for entry in load_edition_entries(edition, unit)] == [
        "งานสารบรรณ"
    ]
    assert [entry.section_id for entry in load_edition_entries(edition, process)] == [
        process.pk
    ] * 18


def test_live_processes_are_neither_units_nor_retired(
    manual: Manual, process: Section, drafter: User
) -> None:
    gone = make_section(manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    apply_changes(
        drafter, "retire", "เลิก", [ReviseSection(gone, 1, {}, retire_reason="เลิก")]
    )
    assert list(live_processes()) == [process]
    assert list(live_processes(manual.sections.filter(kind="unit"))) == []


def test_reading_costs_one_query_whatever_the_length(
    process: Section,
    drafter: User,
    admin: User,
    assert_same_queries: Callable[..., None],
) -> None:
    editions = [make_edition(by=admin)]

    def add_two() -> None:
        for number in range(2):
            make_clause(process, f"ข้อ {number}", by=drafter)
        editions.append(make_edition(by=admin))

    assert_same_queries(1, lambda: load_draft_entries(process), add_two)
    assert_same_queries(
        1, lambda: load_edition_entries(editions[0], process), editions.reverse
    )
