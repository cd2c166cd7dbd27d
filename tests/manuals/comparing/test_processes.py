"""What became of every process between two states of the book, and why; the counts of both sides add up."""

import random

import pytest
from django.db import DatabaseError, transaction

from hearing_portal.directory.models import User
from manuals.comparing.fates import Evidence, ProcessFate
from manuals.comparing.queries.processes import (
    ComparedProcess,
    ProcessComparison,
    compare_processes,
)
from manuals.comparing.services import DropReasonRefused, give_drop_reason
from manuals.comparing.sides import Side, Sides
from manuals.content import Text
from manuals.drafting.changes import ChangeRefused, Position, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.sections import add_section, copy_section, retire_section
from manuals.drafting.services.structure import (
    move_clause,
    move_section,
    rename_section,
)
from manuals.drafting.services.undoing import undo_last_act
from manuals.models import Clause, DropReason, Edition, Manual, Section
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_manual(db) -> Manual:
    return factories.make_manual(factories.make_group("FIN"))


def make_process(manual: Manual, title: str, clauses: int, by: User) -> Section:
    section = factories.make_section(manual, title, kind="process", by=by)
    for number in range(clauses):
        factories.make_clause(section, f"{title} ข้อที่ {number}", by=by)
    section.refresh_from_db()
    return section


def retire(section: Section, reason: str, by: User) -> None:
    section.refresh_from_db()
    retire_section(section, section.version, by=by, reason=reason)


def move_clauses(
    source: Section, target: Section, number: int, by: User, reason: str = "อยู่ด้วยกัน"
) -> None:
    for clause in (
        Clause.objects.live().filter(section=source).order_by("rank")[:number]
    ):
        move_clause(
            clause, clause.lock_version, Position(target, 5), by=by, reason=reason
        )


def compared(old: Edition, by: User) -> ProcessComparison:
    """With an edition of what stands now."""
    return compare_processes(Sides(Side(old), Side(factories.make_edition(by=by))))


def told(found: ProcessComparison) -> dict[str, tuple[str, list[str], list[str]]]:
    """{title on the older side, else on the newer one: (fate, titles on the newer side, reasons)}."""
    return {
        (each.old.title if each.old else each.news[0].title): (
            each.fate.value,
            [new.title for new in each.news],
            list(each.reasons),
        )
        for each in found.processes
    }


def only(found: ProcessComparison, title: str) -> ComparedProcess:
    [row] = [each for each in found.processes if each.old and each.old.title == title]
    return row


def test_every_fate_is_told_with_its_reason(manual, other_manual, drafter, admin):
    for title in ("คงไว้", "ชื่อเดิม", "ย้ายไป", "เลิก"):
        make_process(manual, title, 2, drafter)
    first_unit = factories.make_section(manual, "งานหนึ่ง", by=drafter)
    second_unit = factories.make_section(manual, "งานสอง", by=drafter)
    inner = factories.make_section(
        manual, "ย้ายงาน", kind="process", parent=first_unit, by=drafter
    )
    old = factories.make_edition("2553", by=admin)
    at = {section.title: section for section in Section.objects.all()}
    rename_section(
        at["ชื่อเดิม"], at["ชื่อเดิม"].version, "ชื่อใหม่", by=drafter, reason="ชื่อสั้นลง"
    )
    move_section(
        at["ย้ายไป"],
        at["ย้ายไป"].version,
        manual=other_manual,
        by=admin,
        reason="ตามประกาศ",
    )
    move_section(
        inner, inner.version, parent=second_unit, by=drafter, reason="จัดงานใหม่"
    )
    retire(at["เลิก"], "ไม่มีกฎหมายรองรับ", drafter)
    make_process(manual, "เพิ่ม", 1, drafter)

    found = compared(old, admin)

    assert told(found) == {
        "คงไว้": ("kept", ["คงไว้"], []),
        "ชื่อเดิม": ("renamed", ["ชื่อใหม่"], ["ชื่อสั้นลง"]),
        "ย้ายไป": ("moved", ["ย้ายไป"], ["ตามประกาศ"]),
        "เลิก": ("dropped", [], ["ไม่มีกฎหมายรองรับ"]),
        "ย้ายงาน": ("rearranged", ["ย้ายงาน"], ["จัดงานใหม่"]),
        "เพิ่ม": ("new", ["เพิ่ม"], []),
    }
    assert (found.old_total, found.new_total, found.without_reason) == (5, 5, 0)
    row = only(found, "ย้ายงาน")
    assert row.old
    assert (row.old.number, row.old.unit, row.news[0].unit) == (
        "5.1",
        "งานหนึ่ง",
        "งานสอง",
    )


def test_joined_is_told_by_where_most_clauses_went(manual, drafter, admin):
    one, two, three = (
        make_process(manual, title, 4, drafter) for title in ("หนึ่ง", "สอง", "สาม")
    )
    old = factories.make_edition("2553", by=admin)
    move_clauses(two, one, 3, drafter)
    retire(two, "ซ้ำกัน", drafter)
    move_clauses(
        three, one, 1, drafter
    )  # one of four: no reason to say that they were joined
    retire(three, "เลิกใช้", drafter)

    found = compared(old, admin)

    assert told(found) == {
        "หนึ่ง": ("joined", ["หนึ่ง"], []),
        "สอง": ("joined", ["หนึ่ง"], ["ซ้ำกัน", "อยู่ด้วยกัน"]),
        "สาม": ("dropped", [], ["เลิกใช้"]),
    }
    [link] = only(found, "สอง").links
    assert (link.evidence, link.clauses, link.total, link.evidence.is_certain) == (
        Evidence.CLAUSES,
        3,
        4,
        False,
    )
    assert [partner.title for partner in only(found, "หนึ่ง").partners] == ["สอง"]
    assert dict(found.old) == {ProcessFate.JOINED: 2, ProcessFate.DROPPED: 1}
    assert dict(found.new) == {ProcessFate.JOINED: 1}


def test_split_is_told_by_where_most_clauses_came_from(manual, drafter, admin):
    whole = make_process(manual, "ทั้งหมด", 5, drafter)
    old = factories.make_edition("2553", by=admin)
    part = make_process(manual, "ส่วนที่แยก", 1, drafter)
    move_clauses(whole, part, 2, drafter, reason="แยกเรื่อง")

    found = compared(old, admin)

    assert told(found) == {"ทั้งหมด": ("split", ["ทั้งหมด", "ส่วนที่แยก"], ["แยกเรื่อง"])}
    assert (dict(found.old), dict(found.new)) == (
        {ProcessFate.SPLIT: 1},
        {ProcessFate.SPLIT: 2},
    )


def test_recorded_descent_is_certain_and_a_copy_is_concluded(manual, drafter, admin):
    joined, heir, original = (
        make_process(manual, title, 1, drafter) for title in ("ถูกรวม", "ผู้รับ", "ต้นฉบับ")
    )
    old = factories.make_edition("2553", by=admin)
    factories.make_section_lineage(joined, heir, "merged")
    retire(joined, "รวมแล้ว", drafter)
    copy_section(original, "ฉบับคัดลอก", by=drafter)
    retire(original, "เขียนใหม่", drafter)

    found = compared(old, admin)

    assert {title: row[:2] for title, row in told(found).items()} == {
        "ถูกรวม": ("joined", ["ผู้รับ"]),
        "ผู้รับ": ("joined", ["ผู้รับ"]),
        "ต้นฉบับ": ("replaced", ["ฉบับคัดลอก"]),
    }
    assert only(found, "ถูกรวม").links[0].evidence.is_certain
    assert only(found, "ต้นฉบับ").links[0].evidence == Evidence.COPIED


def test_copy_of_what_stays_is_new(manual, drafter, admin):
    original = make_process(manual, "ต้นฉบับ", 1, drafter)
    old = factories.make_edition("2553", by=admin)
    copy_section(original, "ฉบับคัดลอก", by=drafter)
    assert {title: row[0] for title, row in told(compared(old, admin)).items()} == {
        "ต้นฉบับ": "kept",
        "ฉบับคัดลอก": "new",
    }


def test_changed_clauses_of_a_kept_process_are_counted(process, clause, drafter, admin):
    old = factories.make_edition("2553", by=admin)
    target = make_process(process.manual, "อื่น", 1, drafter)
    move_clauses(process, target, 1, drafter)
    factories.make_clause(process, "ข้อใหม่", by=drafter)
    assert only(compared(old, admin), process.title).changed_clauses == 2


def test_undone_acts_on_a_process_give_no_reason(manual, drafter, admin):
    whole = make_process(manual, "ทั้งหมด", 4, drafter)
    unit = factories.make_section(manual, "งานสอง", by=drafter)
    old = factories.make_edition("2553", by=admin)
    rename_section(whole, whole.version, "ชื่อลอง", by=drafter, reason="ลองเปลี่ยนชื่อ")
    whole.refresh_from_db()
    move_section(whole, whole.version, parent=unit, by=admin, reason="จัดงานใหม่")
    own = whole.versions.get(reason="ลองเปลี่ยนชื่อ")
    undo_last_act(whole, own.number, by=drafter)  # of another fact than the move
    assert told(compared(old, admin))["ทั้งหมด"][2] == ["จัดงานใหม่"]


def test_undone_moves_of_clauses_give_no_reason(manual, drafter, admin):
    whole = make_process(manual, "ทั้งหมด", 4, drafter)
    old = factories.make_edition("2553", by=admin)
    part = make_process(manual, "ส่วนที่แยก", 1, drafter)
    move_clauses(whole, part, 1, drafter, reason="ลองแยก")
    whole.refresh_from_db()
    undo_last_act(whole, whole.version, by=drafter)
    move_clauses(whole, part, 2, drafter, reason="แยกเรื่อง")
    assert told(compared(old, admin))["ทั้งหมด"][2] == ["แยกเรื่อง"]


def test_file_that_says_why_gives_the_reason_of_a_kept_process(
    process, clause, drafter, admin
):
    old = factories.make_edition("2553", by=admin)
    for reason, words in (
        (f"ปรับปรุง {process.title}", "ตรวจสอบ"),
        ("ระเบียบใหม่ใช้แทน", "ตรวจสอบทุกฉบับ"),
    ):
        clause.refresh_from_db()
        revised = ReviseClause(clause, clause.lock_version, Text(body=words))
        apply_changes(drafter, "import", reason, [revised])
    assert list(only(compared(old, admin), process.title).reasons) == ["ระเบียบใหม่ใช้แทน"]
    process.refresh_from_db()
    undo_last_act(process, process.version, by=drafter)
    assert not only(compared(old, admin), process.title).reasons


def test_draft_that_may_not_be_read_says_only_where_a_process_went(
    manual, other_manual, drafter, admin
):
    gone = make_process(manual, "ย้ายไป", 1, drafter)
    make_process(other_manual, "ของกลุ่มอื่น", 1, drafter)
    old = factories.make_edition("2553", by=admin)
    move_section(gone, gone.version, manual=other_manual, by=admin, reason="ตามประกาศ")
    gone.refresh_from_db()
    rename_section(
        gone, gone.version, "ชื่อที่ยังไม่เปิดเผย", by=admin, reason="เหตุผลที่ยังไม่เปิดเผย"
    )

    found = compare_processes(Sides(Side(old), Side(None, [manual])))

    assert told(found) == {"ย้ายไป": ("moved", [], ["ตามประกาศ"])}
    assert found.processes[0].elsewhere == other_manual
    assert found.left_out == [other_manual]
    whole = compare_processes(Sides(Side(old), Side(None, [manual, other_manual])))
    assert told(whole)["ย้ายไป"][:2] == ("moved", ["ชื่อที่ยังไม่เปิดเผย"])


# --- reasons given afterwards


def drop_silently(section: Section, by: User) -> None:
    """As what was taken in with a file is retired: in the words it was added with."""
    retire(section, section.versions.get(number=1).reason, by)


def test_reason_is_given_afterwards_and_nothing_is_rewritten(manual, drafter, admin):
    gone = make_process(manual, "เลิก", 1, drafter)
    old = factories.make_edition("2553", by=admin)
    drop_silently(gone, drafter)
    found = compared(old, admin)
    assert (found.without_reason, only(found, "เลิก").lacks_reason) == (1, True)

    give_drop_reason(gone, "โอนภารกิจไปหน่วยงานอื่น", by=drafter)
    give_drop_reason(gone, "โอนภารกิจไปกรมอื่นตามกฎหมาย", by=drafter)
    give_drop_reason(gone, "โอนภารกิจไปกรมอื่นตามกฎหมาย", by=drafter)  # sent twice

    row = only(
        compare_processes(Sides(Side(old), Side(Edition.objects.first()))), "เลิก"
    )
    assert [given.reason for given in row.given] == [
        "โอนภารกิจไปกรมอื่นตามกฎหมาย",
        "โอนภารกิจไปหน่วยงานอื่น",
    ]
    assert not row.lacks_reason
    for change in (
        DropReason.objects.all().delete,
        lambda: DropReason.objects.update(reason="อื่น"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_reason_is_given_of_a_process_that_does_not_stand(process, drafter):
    with pytest.raises(DropReasonRefused, match="ยังอยู่ในร่าง"):
        give_drop_reason(process, "เหตุผล", by=drafter)
    assert not DropReason.objects.exists()


# --- whatever happened


@pytest.mark.parametrize("seed", range(3))
def test_counts_add_up_whatever_happened(manual, other_manual, drafter, admin, seed):
    chance = random.Random(seed)
    for number in range(6):
        make_process(
            chance.choice([manual, other_manual]),
            f"กระบวนงาน {number}",
            chance.randint(0, 4),
            drafter,
        )
    old = factories.make_edition("2553", by=admin)

    def some() -> Section:
        return chance.choice(
            list(Section.objects.live().filter(kind="process").order_by("pk"))
        )

    def act(number: int) -> None:
        section = some()
        match chance.randrange(5):
            case 0:
                rename_section(
                    section, section.version, f"ชื่อ {number}", by=drafter, reason="ชื่อ"
                )
            case 1:
                to = chance.choice([manual, other_manual])
                move_section(
                    section, section.version, manual=to, by=admin, reason="ย้าย"
                )
            case 2:
                retire(section, "เลิก", drafter)
            case 3:
                move_clauses(section, some(), chance.randint(1, 4), drafter)
            case _:
                add_section(manual, "process", f"ใหม่ {number}", by=drafter)

    for number in range(15):
        try:
            act(number)
        except ChangeRefused:
            continue
    found = compared(old, admin)

    processes = {
        side: {pk for pk, section in side.sections.items() if section.kind == "process"}
        for side in (Side(old), Side(Edition.objects.first()))
    }
    before, after = processes.values()
    assert (found.old_total, found.new_total) == (len(before), len(after))
    assert [each.old.section_id for each in found.processes if each.old] == [
        pk for pk in Side(old).sections if pk in before
    ]
    assert {new.section_id for each in found.processes for new in each.news} == after
    assert found.old[ProcessFate.NEW] == found.new[ProcessFate.DROPPED] == 0
    for fate in (
        ProcessFate.KEPT,
        ProcessFate.RENAMED,
        ProcessFate.MOVED,
        ProcessFate.REARRANGED,
    ):
        assert found.old[fate] == found.new[fate]
    assert found.without_reason == 0
