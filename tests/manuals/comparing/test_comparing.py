"""What became of every clause between two states of the book; the counts add up, whatever happened."""

import random
from collections import Counter

import pytest

from hearing_portal.directory.models import User
from manuals.comparing.fates import Fate
from manuals.comparing.presentation.book import load_book_counts
from manuals.comparing.queries.nodes import compare_sides
from manuals.comparing.sides import Side, Sides
from manuals.content import Text
from manuals.drafting.changes import AddClause, ChangeRefused, Position, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    retire_clause,
    split_clause,
)
from manuals.models import Clause, Edition, EditionEntry, Manual, Section
from tests import factories

pytestmark = pytest.mark.django_db


def fates_of(old: Side, new: Side) -> dict[str, Fate]:
    """{number, on the newer side where it has one: fate} of clauses that are no steps."""
    found = {}
    for each in compare_sides(Sides(old, new)).clauses:
        found[each.pair.new_cite or each.pair.old_cite or ""] = each.fate
    return found


@pytest.fixture
def basis(process: Section, admin: User) -> Edition:
    return factories.make_edition(
        "2553", kind="baseline", title="คู่มือ พ.ศ. 2553", by=admin
    )


def change_everything(process: Section, manual: Manual, by: User) -> None:
    """One of each: reworded, formatted, retired (so that another gets its number), split, joined, added, moved."""
    other = factories.make_section(manual, "การส่งหนังสือราชการ", kind="process", by=by)

    def at(cite: str) -> Clause:
        return factories.clause_at(process, cite)

    def revise(clause: Clause, body: str) -> None:
        apply_changes(
            by,
            "edit",
            "ปรับถ้อยคำ",
            [ReviseClause(clause, clause.lock_version, Text(body=body))],
        )

    form, reference = at("7.1"), at("8.1")
    revise(at("2.1"), f"<strong>{at('2.1').body}</strong>")
    revise(at("5.3"), "จัดลำดับความเร่งด่วนของหนังสือ")
    split = at("5.2")
    parts = [Text(body="ตรวจสอบความครบถ้วนของหนังสือ"), Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย")]
    split_clause(split, split.lock_version, parts, by=by, reason="เป็นสองเรื่อง")
    retire_clause(at("5.1"), 1, by=by, reason="ซ้ำ")
    pair = [(at("5.3 1) ก."), 1), (at("5.3 1) ข."), 1)]
    join_clauses(
        pair,
        Text(body="กรณีเกี่ยวข้องหลายกลุ่มหรือไม่ชัดเจน ให้หารือก่อน"),
        by=by,
        reason="เรื่องเดียวกัน",
    )
    apply_changes(
        by,
        "add",
        "เพิ่ม",
        [AddClause(Text(body="แจ้งเตือนหนังสือค้าง"), Position(process, 5))],
    )
    move_clause(form, 1, Position(other, 7), by=by, reason="เป็นเรื่องการส่ง")
    assert reference.section_id == process.pk


EXPECTED = {
    "2.1": Fate.FORMATTED,
    "5.1": Fate.SPLIT,  # was 5.2
    "5.2": Fate.SPLIT,
    "5.3 1) ก.": Fate.JOINED,
    "5.3 1) ข.": Fate.JOINED,
    "5.3": Fate.REWORDED,
    "5.4": Fate.ADDED,
    "7.1": Fate.MOVED,
}


def test_every_fate_is_told(process, manual, basis, drafter, admin):
    change_everything(process, manual, drafter)
    edition = factories.make_edition("2565", basis=basis, by=admin)
    found = {}
    retired = []
    for each in compare_sides(Sides(Side(basis), Side(edition))).clauses:
        if each.fate == Fate.RETIRED:
            retired.append(each.pair.old_cite)
        else:
            found[each.pair.new_cite or each.pair.old_cite] = each.fate
    assert found == EXPECTED
    assert retired == ["5.1"]


def test_number_alone_is_told(process, basis, drafter, admin):
    retire_clause(factories.clause_at(process, "5.1"), 1, by=drafter, reason="ซ้ำ")
    edition = factories.make_edition("2565", by=admin)
    found = compare_sides(Sides(Side(basis), Side(edition))).clauses
    told = [(each.pair.old_cite, each.pair.new_cite, each.fate) for each in found]
    assert told[:3] == [
        ("5.1", None, Fate.RETIRED),
        ("5.2", "5.1", Fate.RENUMBERED),
        ("5.3", "5.2", Fate.RENUMBERED),
    ]
    assert {fate for _, _, fate in told[3:]} == {
        Fate.RENUMBERED
    }  # what hangs below 5.3


def test_as_few_as_explain_the_order_have_moved(process, basis, drafter, admin):
    first, last = (
        factories.clause_at(process, "5.1"),
        factories.clause_at(process, "5.3"),
    )
    move_clause(
        first, 1, Position(process, 5, after=last.uuid), by=drafter, reason="สลับ"
    )
    edition = factories.make_edition("2565", by=admin)
    found = compare_sides(Sides(Side(basis), Side(edition))).clauses
    assert [each.pair.uuid for each in found if each.fate == Fate.MOVED] == [first.uuid]


def test_working_draft_is_compared_as_the_edition_made_of_it(
    process, manual, basis, drafter, admin
):
    change_everything(process, manual, drafter)
    of_draft = compare_sides(Sides(Side(basis), Side(None, [manual])))
    edition = factories.make_edition("2565", by=admin)
    of_edition = compare_sides(Sides(Side(basis), Side(edition)))

    def told(comparison) -> list[tuple]:
        return [
            (each.pair.uuid, each.fate, each.is_moved, each.pair.new_cite)
            for each in comparison.clauses
        ]

    assert told(of_draft) == told(of_edition)
    assert of_draft.totals == of_edition.totals


def test_same_states_have_no_difference(process, basis, manual):
    found = compare_sides(Sides(Side(basis), Side(None, [manual])))
    assert found.clauses == []
    counts = load_book_counts(found, [])
    assert (
        counts.whole.unchanged
        == counts.whole.totals.either
        == basis.entries.filter(kind="clause").count()
    )


def test_outlines_of_editions_are_read_once(
    process, basis, drafter, admin, django_assert_num_queries
):
    clause = factories.clause_at(process, "5.1")
    change = ReviseClause(clause, clause.lock_version, Text(body="ถ้อยคำใหม่"))
    apply_changes(drafter, "edit", "ปรับถ้อยคำ", [change])
    newer = factories.make_edition("2565", by=admin)
    first = fates_of(Side(basis), Side(newer))

    with django_assert_num_queries(1):  # the clauses that differ
        again = fates_of(Side(basis), Side(newer))

    assert first == again == {"5.1": Fate.REWORDED}


def test_group_whose_draft_may_not_be_read_is_left_out(process, basis, manual, admin):
    fin = factories.make_manual(factories.make_group("FIN"))
    secret = factories.make_section(fin, "การยืมเงิน", kind="process")
    factories.make_clause(secret, "วงเงินที่ยังไม่เปิดเผย")
    edition = factories.make_edition("2565", by=admin)
    found = compare_sides(Sides(Side(edition), Side(None, [manual])))
    assert set(found.totals) == {manual.pk}
    assert found.clauses == []


@pytest.mark.parametrize("seed", range(3))
def test_counts_add_up_whatever_happened(process, manual, basis, drafter, admin, seed):
    """Series of acts drawn at random; the counts against those of the entries themselves."""
    chance = random.Random(seed)
    other = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )

    def some() -> Clause:
        live = (
            Clause.objects.live()
            .select_related("section", "parent")
            .exclude(kind="step")
            .order_by("pk")
        )
        return chance.choice(list(live))

    def words() -> Text:
        return Text(body=f"ถ้อยคำ {chance.random()}")

    def reword() -> None:
        clause = some()
        if clause.kind == "text":
            apply_changes(
                drafter,
                "edit",
                "แก้",
                [ReviseClause(clause, clause.lock_version, words())],
            )

    def split() -> None:
        clause = some()
        split_clause(
            clause, clause.lock_version, [words(), words()], by=drafter, reason="แยก"
        )

    def join() -> None:
        one, two = some(), some()
        join_clauses(
            [(one, one.lock_version), (two, two.lock_version)],
            words(),
            by=drafter,
            reason="รวม",
        )

    def move() -> None:
        clause = some()
        place = Position(chance.choice([process, other]), clause.part)
        move_clause(clause, clause.lock_version, place, by=drafter, reason="ย้าย")

    def retire() -> None:
        clause = some()
        retire_clause(clause, clause.lock_version, by=drafter, reason="เลิกใช้")

    def add() -> None:
        apply_changes(drafter, "add", "เพิ่ม", [AddClause(words(), Position(process, 5))])

    for _ in range(25):
        try:
            chance.choice([reword, split, join, move, retire, add])()
        except ChangeRefused:
            continue
    edition = factories.make_edition("2565", by=admin)
    found = compare_sides(Sides(Side(basis), Side(edition)))
    counts = load_book_counts(found, []).whole

    def entries(of: Edition) -> dict:
        rows = EditionEntry.objects.filter(edition=of, kind="clause").select_related(
            "parent"
        )
        return {
            row.uuid: (
                row.blob_id,
                row.path.rpartition("/")[2],
                row.section_id,
                row.part,
                row.parent.uuid,
            )
            for row in rows
        }

    old, new = entries(basis), entries(edition)
    assert counts.totals == (len(old), len(new), len(old.keys() | new.keys()))
    assert sum(number for _, number in counts.cells) == counts.totals.either
    told = Counter(each.pair.uuid for each in found.clauses)
    assert set(told.values()) <= {1}
    differing = {
        uuid for uuid in old.keys() | new.keys() if old.get(uuid) != new.get(uuid)
    }
    reordered = {each.pair.uuid for each in found.clauses if each.is_moved}
    assert differing <= set(told) <= differing | reordered
    for each in found.clauses:
        uuid = each.pair.uuid
        if each.fate == Fate.REWORDED:
            assert old[uuid][0] != new[uuid][0]
        elif each.fate == Fate.ADDED:
            assert uuid not in old
        elif each.fate == Fate.RETIRED:
            assert uuid not in new
        elif each.fate == Fate.RENUMBERED:
            assert (old[uuid][0], old[uuid][2:]) == (new[uuid][0], new[uuid][2:])
