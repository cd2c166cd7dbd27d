"""Two people at once, on two connections: nothing is half seen, nothing is overwritten, nobody waits for ever."""

import threading
from collections.abc import Callable

import pytest
from django.db import transaction

from hearing_portal.directory.models import User
from manuals.content import Text
from manuals.drafting.changes import AddClause, Position, ReviseClause, StaleClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.history import load_section_at
from manuals.drafting.services.restoring import restore_section
from manuals.editions.services.freezing import freeze_edition, recompute_manifest_sha
from manuals.models import Clause, Edition, Manual, Section
from tests.database import PATIENCE, wait_until_somebody_waits
from tests.factories import make_clause, make_section

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sections(manual: Manual, drafter: User) -> list[Section]:
    return [
        make_section(manual, title, kind="process", by=drafter)
        for title in ("การรับหนังสือ", "การส่งหนังสือ")
    ]


def freeze(by: User, code: str = "HEARING") -> Edition:
    return freeze_edition(code=code, kind="hearing", title="ร่าง", by=by)


def test_freeze_waits_for_a_running_act_and_sees_all_of_it(
    sections: list[Section], drafter: User, admin: User, together: Callable
) -> None:
    changes = [
        AddClause(Text(body="ข้อเดียวกันในสองกระบวนงาน"), Position(section, 5))
        for section in sections
    ]
    with transaction.atomic():
        apply_changes(drafter, "add", "เพิ่มพร้อมกัน", changes)
        frozen = together(lambda: freeze(admin))
        wait_until_somebody_waits()
        assert not frozen.done()
    edition = frozen.result(PATIENCE)
    assert edition.entries.filter(blob__plain="ข้อเดียวกันในสองกระบวนงาน").count() == 2
    assert recompute_manifest_sha(edition) == edition.manifest_sha


def test_act_waits_for_a_running_freeze_and_comes_after_it(
    sections: list[Section], drafter: User, admin: User, together: Callable
) -> None:
    def add() -> None:
        apply_changes(
            drafter,
            "add",
            "เพิ่ม",
            [AddClause(Text(body="มาทีหลัง"), Position(sections[0], 5))],
        )

    with transaction.atomic():
        edition = freeze(admin)
        adding = together(add)
        wait_until_somebody_waits()
        assert not adding.done()
    adding.result(PATIENCE)
    assert not edition.entries.filter(kind="clause").exists()
    assert Clause.objects.get().plain == "มาทีหลัง"


def test_acts_on_different_sections_do_not_wait_for_each_other(
    sections: list[Section], drafter: User, together: Callable
) -> None:
    def add(section: Section) -> None:
        words = Text(body=f"ข้อใหม่ของ{section.title}")
        apply_changes(drafter, "add", "เพิ่ม", [AddClause(words, Position(section, 5))])

    with transaction.atomic():
        add(sections[0])
        together(lambda: add(sections[1])).result(PATIENCE)
    assert Clause.objects.count() == 2


def test_of_two_edits_of_one_clause_one_is_stale(
    sections: list[Section], drafter: User, together: Callable
) -> None:
    clause = make_clause(sections[0], "ถ้อยคำเดิม", by=drafter)
    start = threading.Barrier(2)

    def edit(words: str) -> str:
        row = Clause.objects.select_related("section").get(pk=clause.pk)
        start.wait(PATIENCE)
        try:
            apply_changes(
                drafter, "edit", "แก้", [ReviseClause(row, 1, Text(body=words))]
            )
        except StaleClause as stale:
            return f"stale: {stale.clause.plain}"
        return words

    outcomes = sorted(
        future.result(PATIENCE)
        for future in [together(lambda w=w: edit(w)) for w in ("ก", "ข")]
    )
    clause.refresh_from_db()
    assert outcomes == sorted([clause.plain, f"stale: {clause.plain}"])
    assert (clause.plain in ("ก", "ข"), clause.lock_version) == (True, 2)
    sections[0].refresh_from_db()
    assert sections[0].version == 3


def test_everybody_who_adds_to_one_place_gets_a_place(
    manual: Manual, sections: list[Section], drafter: User, together: Callable
) -> None:
    first = make_clause(sections[0], "ข้อแรก", by=drafter)
    start = threading.Barrier(4)

    def add(number: int) -> None:
        start.wait(PATIENCE)
        make_section(manual, f"งาน {number}", by=drafter)
        position = Position(sections[0], 5, after=first.uuid)
        apply_changes(
            drafter, "add", "เพิ่ม", [AddClause(Text(body=f"ข้อ {number}"), position)]
        )

    for future in [together(lambda n=n: add(n)) for n in range(4)]:
        future.result(PATIENCE)
    assert Clause.objects.filter(section=sections[0]).count() == 5
    assert Clause.objects.order_by("rank").first() == first
    assert Section.objects.filter(manual=manual).count() == 6


def test_restore_takes_in_what_was_added_while_it_waited(
    sections: list[Section], drafter: User, together: Callable
) -> None:
    section = sections[0]
    make_clause(section, "ข้อแรก", by=drafter)
    with transaction.atomic():
        apply_changes(
            drafter,
            "add",
            "เพิ่ม",
            [AddClause(Text(body="แทรกเข้ามา"), Position(section, 5))],
        )
        restoring = together(
            lambda: restore_section(section, 2, by=drafter, reason="กลับไป")
        )
        wait_until_somebody_waits()
    assert [change.clause.plain for change in restoring.result(PATIENCE)] == [
        "แทรกเข้ามา"
    ]
    assert [state.content.body for state in load_section_at(section, 4).clauses] == [
        "ข้อแรก"
    ]


def test_restore_waiting_for_a_freeze_does_not_stop_an_act(
    sections: list[Section], drafter: User, admin: User, together: Callable
) -> None:
    """The freeze waits for the act, the restore for the freeze: were it to hold its section by then, the act
    that comes to that section would close the circle."""
    section = sections[0]
    make_clause(section, "ข้อแรก", by=drafter)
    make_clause(section, "ข้อสอง", by=drafter)
    with transaction.atomic():
        apply_changes(
            drafter,
            "add",
            "เพิ่ม",
            [AddClause(Text(body="ที่อื่น"), Position(sections[1], 5))],
        )
        freezing = together(lambda: freeze(admin))
        wait_until_somebody_waits()
        restoring = together(
            lambda: restore_section(section, 2, by=drafter, reason="กลับไป")
        )
        wait_until_somebody_waits(2)
        apply_changes(
            drafter, "add", "เพิ่ม", [AddClause(Text(body="ที่นี่"), Position(section, 5))]
        )
    freezing.result(PATIENCE)
    assert {change.clause.plain for change in restoring.result(PATIENCE)} == {
        "ข้อสอง",
        "ที่นี่",
    }
