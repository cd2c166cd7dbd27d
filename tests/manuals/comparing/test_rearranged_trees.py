"""Which clauses of two editions differ when their trees were rearranged: all of them, and nothing else."""

import contextlib
import random
import uuid as uuids

import pytest

from hearing_portal.directory.models import User
from manuals.comparing.fates import Fate
from manuals.comparing.queries.nodes import ComparedClause, compare_sides
from manuals.comparing.sides import Side, Sides
from manuals.content import Text
from manuals.drafting.changes import (
    AddClause,
    ChangeRefused,
    Position,
    RetireClause,
    ReviseClause,
    ReviseSection,
)
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import (
    move_clause,
    move_section,
    rename_section,
    retire_clause,
    split_clause,
)
from manuals.models import Clause, Edition, EditionEntry, Manual, Section
from tests.factories import (
    clause_at,
    make_clause,
    make_edition,
    make_group,
    make_manual,
    make_section,
)

pytestmark = pytest.mark.django_db


def compared(old: Edition, new: Edition) -> list[ComparedClause]:
    """Without those that only got another number because others moved."""
    found = compare_sides(Sides(Side(old), Side(new))).clauses
    return [each for each in found if each.fate != Fate.RENUMBERED]


def states_of(each: ComparedClause) -> tuple[str, ...]:
    pair = each.pair
    if pair.old_sha is None:
        return ("added",)
    if pair.new_sha is None:
        return ("removed",)
    reworded = ("reworded",) if pair.old_sha != pair.new_sha else ()
    return reworded + (("moved",) if each.is_moved else ())


def differences(old: Edition, new: Edition) -> list[tuple]:
    """(place in the new edition or else the old one, states), in the order of the comparison."""
    paths = dict(old.entries.values_list("uuid", "path")) | dict(
        new.entries.values_list("uuid", "path")
    )
    return [(paths[each.pair.uuid], states_of(each)) for each in compared(old, new)]


def test_names_every_changed_clause_and_nothing_else(
    edition: Edition,
    manual: Manual,
    unit: Section,
    process: Section,
    drafter: User,
    admin: User,
) -> None:
    reworded, retired = clause_at(process, "5.1"), clause_at(process, "5.3 2)")
    moved, split = clause_at(process, "5.3 1) ข."), clause_at(process, "2.2")
    apply_changes(
        drafter, "edit", "แก้", [ReviseClause(reworded, 1, Text(body="เปิดระบบทุกชั่วโมง"))]
    )
    retire_clause(retired, 1, by=drafter, reason="ซ้ำ")
    move_clause(moved, 1, Position(process, 5), by=drafter, reason="เป็นข้อของตนเอง")
    split_clause(
        split,
        1,
        [Text(body="เพื่อให้เป็นแนวเดียวกัน"), Text(body="เพื่อลดขั้นตอน")],
        by=drafter,
        reason="แยก",
    )
    process.refresh_from_db()
    rename_section(
        process, process.version, "การรับหนังสือด้วยระบบ", by=drafter, reason="ใช้ระบบ"
    )
    values = {"data": {"doc_code": "OPM-01-77"}, "applies_to": "primary"}
    unit.refresh_from_db()
    apply_changes(drafter, "edit", "รหัส", [ReviseSection(unit, unit.version, values)])
    added = make_section(manual, "งานประสานงาน", by=drafter)
    make_clause(added, "ประสานงานกับทุกกลุ่ม", part=0, by=drafter)

    assert differences(edition, make_edition(by=admin)) == [
        ("DIR/1.1/2.2", ("reworded",)),
        ("DIR/1.1/2.3", ("added",)),
        ("DIR/1.1/5.1", ("reworded",)),
        ("DIR/1.1/5.3 2)", ("removed",)),
        ("DIR/1.1/5.4", ("moved",)),
        ("DIR/2/1", ("added",)),
    ]


def test_sees_what_moved_among_its_siblings(
    edition: Edition, process: Section, drafter, admin
) -> None:
    """Only the one that moved, not those whose numbers changed with it."""
    first = clause_at(process, "5.1")
    move_clause(
        clause_at(process, "5.3"),
        1,
        Position(process, 5, before=first.uuid),
        by=drafter,
        reason="ทำก่อน",
    )
    assert differences(edition, make_edition(by=admin)) == [("DIR/1.1/5.1", ("moved",))]


def test_sees_clauses_and_sections_that_changed_their_home(
    edition: Edition, process: Section, drafter: User, admin: User
) -> None:
    finance = make_manual(make_group("FIN"))
    work = make_section(finance, "งานการเงิน", by=drafter)
    clause = clause_at(process, "2.1")
    apply_changes(
        drafter,
        "move",
        "ย้ายและแก้",
        [ReviseClause(clause, 1, Text(body="เพื่อความถูกต้อง"), Position(work, 2))],
    )
    process.refresh_from_db()
    move_section(process, process.version, parent=work, by=drafter, reason="งานเปลี่ยนมือ")
    assert differences(edition, make_edition(by=admin)) == [
        ("FIN/1/2.1", ("reworded", "moved")),
    ]


@pytest.mark.parametrize("fate", ["retired", "moved away"])
def test_sees_an_only_child_that_took_its_parents_place(
    edition: Edition,
    manual: Manual,
    process: Section,
    drafter: User,
    admin: User,
    fate: str,
) -> None:
    """It and its new parent are as far from their counterparts of then; only the section itself is farther."""
    section = make_section(manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    before = make_clause(section, "ข้อแรก", by=drafter)
    child = make_clause(section, "ข้อย่อย", parent=before, numbering="paren", by=drafter)
    old = make_edition(by=admin)
    move_clause(
        child, 1, Position(section, 5, before=before.uuid), by=drafter, reason="ขึ้นแทน"
    )
    if fate == "retired":
        retire_clause(before, 1, by=drafter, reason="ซ้ำ")
    else:
        move_clause(before, 1, Position(process, 5), by=drafter, reason="เป็นเรื่องการรับ")
    elsewhere = ("DIR/1.1/5.4", ("moved",))
    gone = ("DIR/2/5.1", ("removed",))
    position = ("DIR/2/5.1", ("moved",))
    expected = [gone, position] if fate == "retired" else [elsewhere, position]
    assert differences(old, make_edition(by=admin)) == expected


def test_sees_a_parent_replaced_above_its_child(
    edition: Edition, process: Section, drafter: User, admin: User
) -> None:
    """The new parent stands exactly where the old one stood: no id is nearer or farther."""
    parent = clause_at(process, "5.3 1)")
    children = [clause_at(process, f"5.3 1) {letter}") for letter in ("ก.", "ข.")]
    above = parent.parent.uuid
    new = AddClause(
        Text(body="หนังสือด่วน"),
        Position(process, 5, above, numbering="paren", after=parent.uuid),
    )
    moves = [
        ReviseClause(
            child, 1, position=Position(process, 5, new.uuid, child.rank, "letter")
        )
        for child in children
    ]
    apply_changes(
        drafter,
        "edit",
        "แทน",
        [new, *moves, RetireClause(parent, 1, reason="แทนด้วยข้อใหม่")],
    )
    assert differences(edition, make_edition(by=admin)) == [
        ("DIR/1.1/5.3 1)", ("removed",)),
        ("DIR/1.1/5.3 1)", ("added",)),
        ("DIR/1.1/5.3 1) ก.", ("moved",)),
        ("DIR/1.1/5.3 1) ข.", ("moved",)),
    ]


def test_backwards_turns_added_and_removed_round(
    edition: Edition, process, drafter, admin
) -> None:
    make_clause(process, "ส่งหนังสือไปยังกลุ่ม", by=drafter)
    new = make_edition(by=admin)
    assert differences(edition, new) == [("DIR/1.1/5.4", ("added",))]
    assert differences(new, edition) == [("DIR/1.1/5.4", ("removed",))]


@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_a_comparison_clause_by_clause(
    manual: Manual, drafter, admin, seed: int
) -> None:
    """After many acts: added, removed, reworded and re-parented clauses are those a plain reading finds, and what
    is called moved is just enough to explain the order of every list of siblings."""
    chance = random.Random(seed)
    sections = [
        make_section(manual, f"กระบวนงาน {number}", kind="process", by=drafter)
        for number in range(2)
    ]
    for number in range(12):
        make_clause(
            chance.choice(sections),
            f"ข้อ {number}",
            part=chance.choice([2, 5]),
            by=drafter,
        )
    old = make_edition("OLD", by=admin)
    for number in range(15):
        shuffle_something(chance, sections, drafter, number)
    new = make_edition("NEW", by=admin)

    before, after = (by_uuid(edition) for edition in (old, new))
    found = {each.pair.uuid: set(states_of(each)) for each in compared(old, new)}
    assert {uuid for uuid, states in found.items() if "added" in states} == set(
        after
    ) - set(before)
    assert {uuid for uuid, states in found.items() if "removed" in states} == set(
        before
    ) - set(after)
    kept = set(before) & set(after)
    assert {uuid for uuid, states in found.items() if "reworded" in states} == {
        uuid for uuid in kept if before[uuid].blob_id != after[uuid].blob_id
    }
    moved = {uuid for uuid, states in found.items() if "moved" in states}
    homes = {uuid: (home(before[uuid]), home(after[uuid])) for uuid in kept}
    assert {uuid for uuid in kept if homes[uuid][0] != homes[uuid][1]} <= moved
    for parent in {home(entry) for entry in after.values()}:
        stayed = [uuid for uuid in kept - moved if homes[uuid][1] == parent]
        assert sorted(stayed, key=lambda uuid: before[uuid].ordinal) == sorted(
            stayed, key=lambda uuid: after[uuid].ordinal
        )


def by_uuid(edition: Edition) -> dict[uuids.UUID, EditionEntry]:
    return {
        entry.uuid: entry
        for entry in edition.entries.filter(kind="clause").select_related("parent")
    }


def home(entry: EditionEntry) -> tuple:
    return entry.parent and entry.parent.uuid, entry.section_id, entry.part


def shuffle_something(
    chance: random.Random, sections: list[Section], by: User, number: int
) -> None:
    rows = Clause.objects.live().select_related("section", "parent").order_by("pk")
    clause, target = chance.sample(list(rows), 2)
    match chance.choice(
        ["add", "reword", "retire", "below", "beside", "beside", "beside"]
    ):
        case "add":
            make_clause(clause.section, f"แทรก {number}", part=clause.part, by=by)
        case "reword":
            change = ReviseClause(
                clause, clause.lock_version, Text(body=f"แก้ {number}")
            )
            apply_changes(by, "edit", "แก้", [change])
        case "retire":
            retire_clause(clause, clause.lock_version, by=by, reason="ซ้ำ")
        case "below":
            position = Position(
                target.section, target.part, target.uuid, numbering="paren"
            )
            with contextlib.suppress(ChangeRefused):
                move_clause(clause, clause.lock_version, position, by=by, reason="ย้าย")
        case "beside":
            parent = target.parent.uuid if target.parent else None
            position = Position(
                target.section,
                target.part,
                parent,
                numbering=target.numbering,
                before=target.uuid,
            )
            with contextlib.suppress(ChangeRefused):
                move_clause(clause, clause.lock_version, position, by=by, reason="ย้าย")
