"""How far the working draft is: which groups have a manual, and what stands in it."""

import pytest

from manuals.drafting.queries.contents import find_manuals_state, load_outline
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
CLAUSES = 17  # of factories.PROCESS_TEXT


def told(state) -> tuple:
    return (
        state.group.key,
        state.is_missing,
        state.is_empty,
        state.is_drafted,
        state.processes,
        state.empty_processes,
        state.clauses,
    )


def test_state_of_every_group_of_today(drafter, process, fin_group):
    factories.make_section(
        process.manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    factories.make_manual(factories.make_group("LAW"))
    factories.make_group("OLD", valid_until=factories.FIRST_DAY)

    states = find_manuals_state()

    assert [told(state) for state in states] == [
        ("DIR", False, False, True, 2, 1, CLAUSES),
        ("FIN", True, False, False, 0, 0, 0),
        ("LAW", False, True, False, 0, 0, 0),
    ]
    assert [state.changed_at is not None for state in states] == [True, False, False]


def test_retired_clauses_and_sections_do_not_count(drafter, process):
    clause = factories.clause_at(process, "2.1")
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")
    assert find_manuals_state()[0].clauses == CLAUSES - 1


def test_state_costs_the_same_for_one_group_and_three(
    drafter, process, assert_same_queries
):
    def add_two() -> None:
        for key in ("FIN", "LAW"):
            factories.make_process(
                factories.make_manual(factories.make_group(key)), by=drafter
            )

    assert_same_queries(5, find_manuals_state, add_two)


def test_outline_stands_in_book_order(drafter, unit, process):
    empty = factories.make_section(
        unit.manual, "การส่งหนังสือราชการ", kind="process", parent=unit, by=drafter
    )
    rows = load_outline(unit.manual)
    assert [(row.section, row.depth, row.clauses) for row in rows] == [
        (unit, 0, 0),
        (process, 1, CLAUSES),
        (empty, 1, 0),
    ]


def test_contents_page_costs_the_same_for_one_process_and_three(
    sign_in, drafter, process, assert_same_queries
):
    client = sign_in(drafter)

    def add_two() -> None:
        for title in ("การส่งหนังสือราชการ", "การยืมหนังสือราชการ"):
            factories.make_section(process.manual, title, kind="process", by=drafter)

    assert_same_queries(16, lambda: client.get("/groups/DIR/drafts/"), add_two)


def test_drafter_whose_group_has_no_manual_is_told_whom_to_ask(sign_in, drafter):
    page = markup(sign_in(drafter).get("/drafting/"))
    assert "โปรดแจ้งผู้ดูแลระบบให้จัดทำคู่มือของกลุ่มงานก่อน" in page
    assert 'href="/contact/"' in page


def test_empty_manual_leads_the_drafter_to_the_files_and_tells_the_adviser(
    sign_in, drafter, facilitator, manual
):
    own = markup(sign_in(drafter).get("/groups/DIR/drafts/"))
    read = markup(sign_in(facilitator).get("/groups/DIR/drafts/"))
    assert "คู่มือนี้ยังว่าง ยังไม่มีกระบวนงาน" in own
    assert "คู่มือนี้ยังว่าง ยังไม่มีกระบวนงาน" in read
    assert (
        "/groups/DIR/drafts/files/" in own,
        "/groups/DIR/drafts/files/" in read,
    ) == (True, False)


def test_writers_are_told_what_a_process_lacks(sign_in, drafter, facilitator, process):
    for clause in Clause.objects.filter(section=process, part=3):
        retire_clause(clause, clause.lock_version, by=drafter, reason="เขียนใหม่ทั้งส่วน")
    own = markup(sign_in(drafter).get("/groups/DIR/drafts/"))
    read = markup(sign_in(facilitator).get("/groups/DIR/drafts/"))
    assert ("ยังไม่มีส่วนที่ 3" in own, "ยังไม่มีส่วนที่ 3" in read) == (True, False)
