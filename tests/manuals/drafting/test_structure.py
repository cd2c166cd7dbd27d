"""Splitting, joining, moving, retiring: descent is true because it happened, and uuids stay."""

import pytest

from hearing_portal.directory.models import User
from manuals.content import Text
from manuals.drafting.changes import ChangeRefused, Position, StaleClause
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    move_section,
    rename_section,
    restore_clause,
    retire_clause,
    split_clause,
)
from manuals.models import Clause, ClauseLineage, Manual, Section, SectionLineage
from manuals.queries import load_draft_entries
from tests.factories import clause_at, make_group, make_manual, make_section

pytestmark = pytest.mark.django_db


def part_five(section: Section) -> list[tuple[str, str]]:
    entries = [entry for entry in load_draft_entries(section)[1:] if entry.part == 5]
    return [(entry.cite, entry.content.body) for entry in entries]


def descent() -> set[tuple]:
    return set(
        ClauseLineage.objects.values_list(
            "from_clause__body", "to_clause__body", "kind"
        )
    )


def actions(section: Section) -> list[str]:
    return list(section.versions.values_list("action", flat=True))


BEFORE = [
    ("5.1", "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง"),
    ("5.2", "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"),
    ("5.3", "จัดลำดับความเร่งด่วน"),
    ("5.3 1)", "หนังสือด่วนที่สุด ให้เสนอภายใน 30 นาที"),
    ("5.3 1) ก.", "กรณีเกี่ยวข้องหลายกลุ่ม ให้กลุ่มอำนวยการทำความเห็นก่อน"),
    ("5.3 1) ข.", "กรณีไม่ชัดเจน ให้หารือผู้อำนวยการกลุ่ม"),
    ("5.3 2)", "หนังสือทั่วไป ให้เสนอภายในวันทำการเดียวกัน"),
]


def test_split_clause_keeps_its_uuid_and_the_rest_descends_from_it(
    process: Section, drafter: User
) -> None:
    clause = clause_at(process, "5.2")
    contents = [
        Text(body="ตรวจสอบความครบถ้วนของหนังสือ"),
        Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย"),
        Text(body="ส่งคืน"),
    ]
    made = split_clause(clause, 1, contents, by=drafter, reason="คนละขั้นตอน")
    assert part_five(process)[:5] == [
        BEFORE[0],
        ("5.2", "ตรวจสอบความครบถ้วนของหนังสือ"),
        ("5.3", "ตรวจสอบสิ่งที่ส่งมาด้วย"),
        ("5.4", "ส่งคืน"),
        ("5.5", "จัดลำดับความเร่งด่วน"),
    ]
    assert made[0] == clause
    assert descent() == {
        ("ตรวจสอบความครบถ้วนของหนังสือ", "ตรวจสอบสิ่งที่ส่งมาด้วย", "split"),
        ("ตรวจสอบความครบถ้วนของหนังสือ", "ส่งคืน", "split"),
    }
    kinds = [clause.changes.order_by("-id")[0].kind for clause in made]
    assert (kinds, actions(process)) == (["split"] * 3, ["add", "import", "split"])


def test_joined_clauses_retire_into_the_first_with_their_children(
    process: Section, drafter: User
) -> None:
    one, other = clause_at(process, "5.2"), clause_at(process, "5.3")
    joined = join_clauses(
        [(one, 1), (other, 1)],
        Text(body="ตรวจและจัดลำดับ"),
        by=drafter,
        reason="ทำพร้อมกัน",
    )
    assert joined == one
    assert part_five(process) == [
        BEFORE[0],
        ("5.2", "ตรวจและจัดลำดับ"),
        *[(cite.replace("5.3", "5.2"), text) for cite, text in BEFORE[3:]],
    ]
    assert descent() == {("จัดลำดับความเร่งด่วน", "ตรวจและจัดลำดับ", "merged")}
    other.refresh_from_db()
    assert (other.retired.reason, actions(process)) == (
        "ทำพร้อมกัน",
        ["add", "import", "join"],
    )


def test_parent_takes_its_own_children_in(process: Section, drafter: User) -> None:
    family = [clause_at(process, cite) for cite in ("5.3", "5.3 1)", "5.3 1) ก.")]
    join_clauses(
        [(clause, 1) for clause in family],
        Text(body="จัดลำดับโดยย่อ"),
        by=drafter,
        reason="สั้นลง",
    )
    assert part_five(process)[2:] == [
        ("5.3", "จัดลำดับโดยย่อ"),
        ("5.3 1)", "หนังสือทั่วไป ให้เสนอภายในวันทำการเดียวกัน"),
        ("5.3 ก.", "กรณีไม่ชัดเจน ให้หารือผู้อำนวยการกลุ่ม"),
    ]


@pytest.mark.parametrize(
    "cites",
    [
        ["5.2"],
        ["5.2", "5.2"],
        ["5.2", "2.1"],
        ["5.3 1)", "5.3"],
        ["5.3 1) ก.", "5.2", "5.3"],
    ],
)
def test_clauses_that_do_not_stand_together_are_not_joined(
    process: Section, drafter: User, cites: list[str]
) -> None:
    clauses = [(clause_at(process, cite), 1) for cite in cites]
    with pytest.raises(ChangeRefused):
        join_clauses(clauses, Text(body="รวม"), by=drafter, reason="รวม")
    assert part_five(process) == BEFORE


def test_split_into_one_is_refused(process: Section, drafter: User) -> None:
    with pytest.raises(ChangeRefused):
        split_clause(
            clause_at(process, "5.2"), 1, [Text(body="ก")], by=drafter, reason="แยก"
        )


def test_stale_split_changes_nothing(process: Section, drafter: User) -> None:
    with pytest.raises(StaleClause):
        split_clause(
            clause_at(process, "5.2"),
            0,
            [Text(body="ก"), Text(body="ข")],
            by=drafter,
            reason="แยก",
        )
    assert part_five(process) == BEFORE


def test_clause_moves_with_all_below_it_to_another_section(
    process: Section, drafter: User
) -> None:
    other = make_section(process.manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    clause = clause_at(process, "5.3")
    family = [row.uuid for row in Clause.objects.filter(section=process, part=5)][2:]
    move_clause(clause, 1, Position(other, 5), by=drafter, reason="เป็นเรื่องการส่ง")
    assert part_five(process) == BEFORE[:2]
    assert part_five(other) == [
        (cite.replace("5.3", "5.1"), text) for cite, text in BEFORE[2:]
    ]
    assert {entry.uuid for entry in load_draft_entries(other)[1:]} >= set(family)
    assert (actions(process)[-1], actions(other)[-1], descent()) == (
        "move",
        "move",
        set(),
    )


def test_clause_moves_up_in_its_list_and_its_children_stay_below_it(
    process: Section, drafter: User
) -> None:
    first = clause_at(process, "5.1")
    changes = move_clause(
        clause_at(process, "5.3"),
        1,
        Position(process, 5, before=first.uuid),
        by=drafter,
        reason="ทำก่อน",
    )
    assert len(changes) == 1
    assert [text for _, text in part_five(process)] == [
        text for _, text in BEFORE[2:] + BEFORE[:2]
    ]


def test_retired_clause_takes_its_children_and_brings_them_back(
    process: Section, drafter: User
) -> None:
    earlier = clause_at(process, "5.3 2)")
    retire_clause(earlier, 1, by=drafter, reason="ซ้ำกับ 5.1")
    clause = clause_at(process, "5.3")
    retire_clause(clause, 1, by=drafter, reason="ระบบจัดลำดับเอง")
    assert part_five(process) == BEFORE[:2]
    clause.refresh_from_db()
    changes = restore_clause(
        clause, clause.lock_version, by=drafter, reason="ระบบยังไม่พร้อม"
    )
    assert [change.kind for change in changes] == ["restored"] * 4
    assert part_five(process) == BEFORE[:6]
    assert Clause.objects.get(pk=earlier.pk).retired.reason == "ซ้ำกับ 5.1"


def test_live_clause_is_not_brought_back(process: Section, drafter: User) -> None:
    with pytest.raises(ChangeRefused):
        restore_clause(clause_at(process, "5.2"), 1, by=drafter, reason="กดผิด")


def test_child_of_a_retired_clause_waits_for_its_parent(
    process: Section, drafter: User
) -> None:
    child = clause_at(process, "5.3 1)")
    retire_clause(clause_at(process, "5.3"), 1, by=drafter, reason="ระบบจัดลำดับเอง")
    child.refresh_from_db()
    with pytest.raises(ChangeRefused, match="เรียกคืนข้อหลักก่อน"):
        restore_clause(child, child.lock_version, by=drafter, reason="ใช้เฉพาะข้อนี้")


# -- sections --------------------------------------------------------------------------------------------------


def tree(manual: Manual) -> list[tuple[str, str | None]]:
    rows = Section.objects.live().filter(manual=manual).order_by("parent__rank", "rank")
    return [
        (row.title, row.parent and row.parent.title)
        for row in rows.select_related("parent")
    ]


def test_section_moves_to_another_manual_with_all_below_it(
    manual: Manual, unit: Section, process: Section, drafter: User
) -> None:
    annex = make_section(parent=process, title="ภาคผนวก", kind="annex", by=drafter)
    finance = make_manual(make_group("FIN"))
    versions = {row.pk: row.version for row in (unit, process, annex)}
    moved = move_section(
        unit, unit.version, manual=finance, by=drafter, reason="ตามการแบ่งกลุ่มงานใหม่"
    )
    assert (moved.manual, moved.uuid) == (finance, unit.uuid)
    assert tree(manual) == []
    assert sorted(tree(finance), key=str) == sorted(
        [
            ("งานสารบรรณ", None),
            ("การรับหนังสือราชการ", "งานสารบรรณ"),
            ("ภาคผนวก", "การรับหนังสือราชการ"),
        ],
        key=str,
    )
    now = {row.pk: row.version for row in Section.objects.filter(pk__in=versions)}
    assert now == {pk: version + 1 for pk, version in versions.items()}
    assert {row.state["manual"] for row in unit.versions.order_by("-number")[:1]} == {
        "FIN"
    }
    assert part_five(process) == BEFORE
    assert not SectionLineage.objects.exists()


def test_section_moves_among_its_siblings(manual: Manual, drafter: User) -> None:
    one, two, three = (
        make_section(manual, title, by=drafter) for title in ("หนึ่ง", "สอง", "สาม")
    )
    move_section(three, 1, before=one, by=drafter, reason="สำคัญกว่า")
    assert tree(manual) == [("สาม", None), ("หนึ่ง", None), ("สอง", None)]
    move_section(one, 1, by=drafter, reason="ไว้ท้าย")
    assert tree(manual) == [("สาม", None), ("สอง", None), ("หนึ่ง", None)]
    move_section(three, 2, after=two, by=drafter, reason="ตามลำดับงาน")
    assert tree(manual) == [("สอง", None), ("สาม", None), ("หนึ่ง", None)]


def test_section_moves_below_another_one(
    manual: Manual, unit: Section, process: Section, drafter: User
) -> None:
    other = make_section(manual, "งานประสานงาน", by=drafter)
    moved = move_section(
        process, process.version, parent=other, by=drafter, reason="งานเปลี่ยนมือ"
    )
    assert moved.parent == other
    with pytest.raises(ChangeRefused):
        move_section(other, other.version, parent=moved, by=drafter, reason="วน")


def test_section_beside_one_that_is_elsewhere_is_refused(
    manual: Manual, process: Section, drafter: User
) -> None:
    other = make_section(manual, "งานประสานงาน", by=drafter)
    with pytest.raises(ChangeRefused):
        move_section(other, 1, after=process, by=drafter, reason="ย้าย")


def test_renamed_section_is_the_same_one_at_a_new_version(
    process: Section, drafter: User
) -> None:
    version = process.version
    renamed = rename_section(
        process, version, "การรับหนังสือด้วยระบบ", by=drafter, reason="ใช้ระบบทั้งหมด"
    )
    assert (renamed.uuid, renamed.title, renamed.version) == (
        process.uuid,
        "การรับหนังสือด้วยระบบ",
        version + 1,
    )
    with pytest.raises(ChangeRefused, match="มีผู้แก้ไขหมวดนี้ไปก่อนแล้ว"):
        rename_section(
            process, version, "ชื่อของอีกคน", by=drafter, reason="ไม่รู้ว่าเปลี่ยนแล้ว"
        )
    with pytest.raises(ChangeRefused):
        rename_section(
            process, version + 1, "การรับหนังสือด้วยระบบ", by=drafter, reason="เหมือนเดิม"
        )
