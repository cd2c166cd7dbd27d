"""Any version can be read and restored, whatever happened in between."""

import random
from collections.abc import Callable

import pytest

from hearing_portal.directory.models import User
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
from manuals.drafting.services.history import SectionState, load_section_at
from manuals.drafting.services.restoring import restore_section
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    rename_section,
    restore_clause,
    retire_clause,
    split_clause,
)
from manuals.models import Clause, Section, SectionVersion
from tests.factories import clause_at, make_clause, make_section

pytestmark = pytest.mark.django_db


def live(section: Section) -> list[Clause]:
    rows = (
        Clause.objects.live()
        .select_related("parent", "section")
        .filter(section=section)
    )
    return list(rows.order_by("part", "rank"))


def remembered(section: Section) -> list[tuple]:
    """What the section says now, copied by hand from its rows."""
    section.refresh_from_db()
    rows = [
        (
            row.uuid,
            row.part,
            row.parent and row.parent.uuid,
            row.rank,
            row.numbering,
            row.content,
        )
        for row in live(section)
    ]
    return [(section.title, section.data), *sorted(rows, key=lambda row: str(row[0]))]


def said(state: SectionState) -> list[tuple]:
    rows = [
        (row.key, row.part, row.parent_key, row.rank, row.numbering, row.content)
        for row in state.clauses
    ]
    return [
        (state.row["title"], state.row["data"]),
        *sorted(rows, key=lambda row: str(row[0])),
    ]


def order(section: Section) -> list[tuple]:
    """What the section says, with places as an order among siblings: a restore may give fresh ranks."""
    rows, seen = [], {}
    for row in live(section):
        home = (row.part, row.parent and row.parent.uuid)
        seen[home] = seen.get(home, 0) + 1
        rows.append((row.uuid, *home, seen[home], row.numbering, row.content))
    return sorted(rows, key=lambda row: str(row[0]))


class Scribe:
    """Does one act at random, as a drafter would, on a section and its neighbour."""

    def __init__(
        self, section: Section, neighbour: Section, by: User, seed: int
    ) -> None:
        self.section, self.neighbour, self.by = section, neighbour, by
        self.chance = random.Random(seed)
        self.count = 0
        for _ in range(6):
            self.add()

    def words(self) -> Text:
        self.count += 1
        return Text(body=f"ถ้อยคำครั้งที่ {self.count}")

    def some(self, clauses: list[Clause]) -> Clause | None:
        return self.chance.choice(clauses) if clauses else None

    def do_one(self) -> None:
        acts: list[Callable[[], object]] = [
            self.add, self.add, self.add_below, self.reword, self.move, self.move_away, self.retire,
            self.bring_back, self.split, self.join, self.rename,
        ]  # fmt: skip
        self.chance.choice(acts)()

    def add(self) -> None:
        position = Position(self.section, self.chance.choice([2, 5]))
        apply_changes(self.by, "add", "เพิ่ม", [AddClause(self.words(), position)])

    def add_below(self) -> None:
        parent = self.some(live(self.section))
        if parent:
            position = Position(
                self.section, parent.part, parent.uuid, numbering="paren"
            )
            apply_changes(
                self.by, "add", "เพิ่มข้อย่อย", [AddClause(self.words(), position)]
            )

    def reword(self) -> None:
        clause = self.some(live(self.section))
        if clause:
            apply_changes(
                self.by,
                "edit",
                "แก้",
                [ReviseClause(clause, clause.lock_version, self.words())],
            )

    def move(self) -> None:
        """To another place of the same section, unless that is below itself."""
        clause, target = self.some(live(self.section)), self.some(live(self.section))
        if clause and target and clause != target:
            parent = target.parent.uuid if target.parent else None
            position = Position(
                self.section,
                target.part,
                parent,
                numbering=target.numbering,
                before=target.uuid,
            )
            self.try_act(
                lambda: move_clause(
                    clause, clause.lock_version, position, by=self.by, reason="ย้าย"
                )
            )

    def move_away(self) -> None:
        clause = self.some(live(self.section))
        if clause and self.chance.random() < 0.3:
            position = Position(self.neighbour, clause.part)
            move_clause(
                clause, clause.lock_version, position, by=self.by, reason="ย้ายไปหมวดอื่น"
            )

    def retire(self) -> None:
        clause = self.some(live(self.section))
        if clause:
            retire_clause(clause, clause.lock_version, by=self.by, reason="ซ้ำกับข้ออื่น")

    def bring_back(self) -> None:
        gone = Clause.objects.filter(
            section=self.section, retired__isnull=False
        ).order_by("pk")
        clause = self.some(list(gone.select_related("section", "parent")))
        if clause:
            self.try_act(
                lambda: restore_clause(
                    clause, clause.lock_version, by=self.by, reason="เรียกคืน"
                )
            )

    def split(self) -> None:
        clause = self.some(live(self.section))
        if clause:
            contents = [self.words(), self.words()]
            split_clause(
                clause, clause.lock_version, contents, by=self.by, reason="แยก"
            )

    def join(self) -> None:
        one, other = self.some(live(self.section)), self.some(live(self.section))
        if one and other:
            pair = [(one, one.lock_version), (other, other.lock_version)]
            self.try_act(
                lambda: join_clauses(pair, self.words(), by=self.by, reason="รวม")
            )

    def rename(self) -> None:
        self.count += 1
        title = f"ชื่อครั้งที่ {self.count}"
        self.section.refresh_from_db()
        rename_section(
            self.section, self.section.version, title, by=self.by, reason="เปลี่ยนชื่อ"
        )

    def try_act(self, act: Callable[[], object]) -> None:
        """Some draws ask for the impossible (below itself, a retired parent): refused, and nothing happened."""
        before = remembered(self.section)
        try:
            act()
        except ChangeRefused:
            assert remembered(self.section) == before


@pytest.fixture
def scribe_of(manual, drafter: User) -> Callable[[int], Scribe]:
    def make(seed: int) -> Scribe:
        section = make_section(manual, "การรับหนังสือราชการ", kind="process", by=drafter)
        neighbour = make_section(manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
        return Scribe(section, neighbour, drafter, seed)

    return make


@pytest.mark.parametrize("seed", range(4))
def test_every_version_reads_as_it_was_written(
    scribe_of: Callable[[int], Scribe], seed: int
) -> None:
    scribe = scribe_of(seed)
    section = scribe.section
    now = remembered(section)
    copies = {section.version: now}
    for _ in range(40):
        before = section.version
        scribe.do_one()
        now = remembered(section)
        assert section.version in (before, before + 1)
        copies[section.version] = now
    assert len(copies) > 20
    assert {
        number: said(load_section_at(section, number)) for number in copies
    } == copies
    assert sorted(copies) == list(
        section.versions.filter(number__gte=7).values_list("number", flat=True)
    )


@pytest.mark.parametrize("seed", range(4))
def test_every_version_can_be_restored_as_a_new_one(
    scribe_of: Callable[[int], Scribe], seed: int
) -> None:
    scribe = scribe_of(seed + 100)
    section = scribe.section
    scribe.move_away = lambda: (
        None
    )  # a clause that lives elsewhere is not taken back: tested below
    orders = {}
    for _ in range(25):
        scribe.do_one()
        section.refresh_from_db()
        orders[section.version] = (section.title, order(section))
    for number in random.Random(seed).sample(sorted(orders), 6):
        locks = dict(Clause.objects.values_list("uuid", "lock_version"))
        before = section.version
        try:
            restore_section(section, number, by=scribe.by, reason=f"กลับไปรุ่นที่ {number}")
        except ChangeRefused:
            section.refresh_from_db()
            assert (section.title, order(section)) == orders[number]
            continue
        section.refresh_from_db()
        assert (section.title, order(section)) == orders[number]
        assert section.version == before + 1
        assert all(row.lock_version >= locks[row.uuid] for row in Clause.objects.all())


def test_restored_version_is_a_new_one_and_history_stays(
    process: Section, drafter: User
) -> None:
    before = said(load_section_at(process, 2))
    clause = clause_at(process, "5.2")
    apply_changes(
        drafter, "edit", "แก้", [ReviseClause(clause, 1, Text(body="ตรวจทุกฉบับ"))]
    )
    [change] = restore_section(process, 2, by=drafter, reason="ของเดิมถูกต้อง")

    process.refresh_from_db()
    assert (
        said(load_section_at(process, 4)) == before != said(load_section_at(process, 3))
    )
    version = process.versions.get(number=4)
    assert (process.version, version.action, version.reason) == (
        4,
        "restore",
        "ของเดิมถูกต้อง",
    )
    assert (change.kind, change.clause.uuid, change.clause.lock_version) == (
        "reworded",
        clause.uuid,
        3,
    )


def test_form_opened_before_a_restore_is_stale_after_it(
    process: Section, drafter: User
) -> None:
    """reversion's revert() would roll lock_version back, and the old form would be accepted."""
    clause = clause_at(process, "5.2")
    read = clause.lock_version
    apply_changes(
        drafter, "edit", "แก้", [ReviseClause(clause, read, Text(body="ตรวจทุกฉบับ"))]
    )
    restore_section(process, 2, by=drafter, reason="ของเดิมถูกต้อง")
    assert Clause.objects.get(pk=clause.pk).lock_version == read + 2


def test_restoring_what_stands_already_is_refused(
    process: Section, drafter: User
) -> None:
    with pytest.raises(ChangeRefused, match="เหมือนกับรุ่นปัจจุบัน"):
        restore_section(process, process.version, by=drafter, reason="กดผิด")
    assert process.versions.count() == 2


def test_restore_does_not_take_a_clause_back_from_another_section(
    process: Section, manual, drafter: User
) -> None:
    other = make_section(manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    clause = clause_at(process, "5.2")
    move_clause(clause, 1, Position(other, 5), by=drafter, reason="เป็นเรื่องการส่ง")
    with pytest.raises(ChangeRefused, match="ย้ายไปอยู่หมวดอื่นแล้ว"):
        restore_section(process, 2, by=drafter, reason="กลับไปก่อนย้าย")
    assert Clause.objects.get(pk=clause.pk).section == other


def test_restore_undoes_a_reversed_order(manual, drafter: User) -> None:
    """The old ranks are taken by others then: every clause moves, none is lost."""
    section = make_section(manual, "การรับหนังสือราชการ", kind="process", by=drafter)
    clauses = [make_clause(section, f"ข้อ {number}", by=drafter) for number in range(4)]
    for clause in clauses[1:]:
        first = live(section)[0]
        move_clause(
            clause,
            1,
            Position(section, 5, before=first.uuid),
            by=drafter,
            reason="สลับลำดับ",
        )
    assert [row.plain for row in live(section)] == ["ข้อ 3", "ข้อ 2", "ข้อ 1", "ข้อ 0"]
    restore_section(section, 5, by=drafter, reason="ลำดับเดิม")
    assert [row.plain for row in live(section)] == ["ข้อ 0", "ข้อ 1", "ข้อ 2", "ข้อ 3"]


def test_restore_swaps_a_parent_and_its_child_back(manual, drafter: User) -> None:
    section = make_section(manual, "การรับหนังสือราชการ", kind="process", by=drafter)
    one = make_clause(section, "หนึ่ง", by=drafter)
    two = make_clause(section, "สอง", parent=one, numbering="paren", by=drafter)
    before = order(section)
    move_clause(two, 1, Position(section, 5), by=drafter, reason="ขึ้นบน")
    move_clause(one, 1, Position(section, 5, two.uuid), by=drafter, reason="ลงล่าง")
    restore_section(section, 3, by=drafter, reason="กลับที่เดิม")
    assert order(section) == before


def test_restore_brings_back_title_data_and_retires_what_came_later(
    process: Section, drafter: User
) -> None:
    before = order(process)
    title, data = process.title, process.data
    process.refresh_from_db()
    values = {"title": "ชื่อใหม่", "data": {"doc_code": "OPM-01-99"}, "origin": "revised"}
    apply_changes(
        drafter, "edit", "แก้ชื่อ", [ReviseSection(process, process.version, values)]
    )
    added = make_clause(process, "ข้อใหม่", by=drafter)
    make_clause(process, "ข้อย่อยใหม่", parent=added, numbering="paren", by=drafter)
    restore_section(process, 2, by=drafter, reason="ยังไม่พร้อมใช้")
    process.refresh_from_db()
    assert (process.title, process.data, process.origin, order(process)) == (
        title,
        data,
        "kept",
        before,
    )
    assert Clause.objects.get(pk=added.pk).retired.reason == "ยังไม่พร้อมใช้"


def test_unknown_version_does_not_exist(process: Section) -> None:
    with pytest.raises(SectionVersion.DoesNotExist):
        load_section_at(process, 99)


def test_reading_a_version_costs_two_queries(
    process: Section, drafter: User, assert_same_queries: Callable[..., None]
) -> None:
    def add_two() -> None:
        for _ in range(2):
            clause = make_clause(process, by=drafter)
            apply_changes(drafter, "retire", "ซ้ำ", [RetireClause(clause, 1)])

    assert_same_queries(2, lambda: load_section_at(process, 2), add_two)
