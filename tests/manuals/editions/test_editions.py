"""Editions: the whole tree as it stood, sealed; and what became of every node between two of them."""

import contextlib
import hashlib
import json
import random
import uuid as uuids
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from hearing_portal.directory.models import User
from hearing_portal.thai.text import POLICY_VERSION
from manuals.content import Text
from manuals.drafting.changes import AddClause, ChangeRefused, Position, RetireClause, ReviseClause, ReviseSection
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import move_clause, move_section, rename_section, retire_clause, split_clause
from manuals.editions.services.comparing import compare_editions
from manuals.editions.services.freezing import FreezeRefused, freeze_edition, manifest_sha, recompute_manifest_sha
from manuals.importing.process_text import read_process
from manuals.importing.services.importing import import_process
from manuals.models import Clause, Edition, EditionEntry, Manual, Section, TextBlob
from manuals.queries import load_draft_entries, load_edition_entries
from tests.factories import (
    PROCESS_TEXT,
    clause_at,
    make_clause,
    make_edition,
    make_group,
    make_manual,
    make_section,
)

pytestmark = pytest.mark.django_db


def shown(entries: list) -> list[tuple]:
    """What a reader sees of each clause, without the ids of where it is stored."""
    return [
        (entry.uuid, entry.part, entry.label, entry.cite, entry.depth, entry.numbering, entry.content, entry.sha)
        for entry in entries
        if entry.kind == "clause"
    ]


# -- freezing ------------------------------------------------------------------------------------------------


def test_frozen_edition_holds_the_whole_live_tree(edition: Edition, manual: Manual, unit, process) -> None:
    entries = load_edition_entries(edition)
    assert [(entry.kind, entry.label, entry.title) for entry in entries if entry.kind != "clause"] == [
        ("manual", "", "คู่มือการปฏิบัติงาน กลุ่มอำนวยการ"),
        ("section", "1", "งานสารบรรณ"),
        ("section", "1.1", "การรับหนังสือราชการ"),
    ]
    assert shown(entries) == shown(load_draft_entries(process))
    assert len(shown(entries)) == Clause.objects.live().count() == 17
    assert entries[2].data == {
        "doc_code": "OPM-01-01",
        "indicator": "ร้อยละ 95 ของหนังสือส่งถึงกลุ่มภายในวันทำการเดียวกัน",
        "kind": "process",
        "origin": "kept",
    }


def test_entries_know_their_parents_paths_and_places(edition: Edition, process: Section) -> None:
    entry = edition.entries.get(uuid=clause_at(process, "5.3 1) ก.").uuid)
    above = []
    node = entry
    while node.parent is not None:
        node = node.parent
        above.append((node.kind, node.path))
    assert entry.path == "DIR/1.1/5.3 1) ก."
    assert above == [
        ("clause", "DIR/1.1/5.3 1)"),
        ("clause", "DIR/1.1/5.3"),
        ("section", "DIR/1.1"),
        ("section", "DIR/1"),
        ("manual", "DIR"),
    ]
    assert list(edition.entries.values_list("ordinal", flat=True)) == list(range(1, 21))


def test_frozen_edition_is_sealed_and_says_by_whom(edition: Edition, admin: User) -> None:
    edition.refresh_from_db()
    assert (edition.made_by, edition.policy_version, edition.kind) == (admin, POLICY_VERSION, "hearing")
    assert edition.sealed_at is not None
    assert len(edition.manifest_sha) == 64


def test_later_acts_leave_the_edition_as_it_was(edition: Edition, process: Section, drafter: User) -> None:
    before = load_edition_entries(edition)
    first = clause_at(process, "5.1")
    retire_clause(first, 1, by=drafter, reason="ระบบเปิดเอง")
    apply_changes(
        drafter,
        "edit",
        "แก้",
        [ReviseClause(clause_at(process, "5.1"), 1, Text(body="ตรวจทุกฉบับ"))],
    )
    rename_section(process, process.version + 2, "ชื่อใหม่", by=drafter, reason="เปลี่ยนชื่อ")
    assert load_edition_entries(edition) == before
    assert recompute_manifest_sha(edition) == edition.manifest_sha


def test_retired_sections_and_clauses_are_not_frozen(process: Section, drafter: User, admin: User) -> None:
    gone = clause_at(process, "5.3")
    retire_clause(gone, 1, by=drafter, reason="ระบบจัดลำดับเอง")
    other = make_section(process.manual, "งานเดิม", by=drafter)
    make_clause(other, "ข้อของงานเดิม", part=0, by=drafter)
    other.refresh_from_db()
    apply_changes(drafter, "retire", "เลิก", [ReviseSection(other, other.version, {}, retire_reason="เลิก")])
    edition = make_edition(by=admin)
    assert not edition.entries.filter(uuid__in=[gone.uuid, other.uuid]).exists()
    assert edition.entries.filter(kind="clause").count() == 12
    assert not edition.entries.filter(section=other).exists()


def test_edition_of_some_manuals_holds_only_those(process: Section, drafter: User, admin: User) -> None:
    finance = make_manual(make_group("FIN"))
    make_section(finance, "งานการเงิน", by=drafter)
    edition = make_edition(by=admin, manuals=[finance])
    assert list(edition.entries.values_list("path", flat=True)) == ["FIN", "FIN/1"]


def test_taken_code_and_empty_draft_are_refused(edition: Edition, admin: User) -> None:
    with pytest.raises(FreezeRefused, match="มีฉบับรหัส HEARING-2565 อยู่แล้ว"):
        make_edition("HEARING-2565", by=admin)
    assert Edition.objects.count() == 1


def test_nothing_is_frozen_of_nothing(admin: User) -> None:
    with pytest.raises(FreezeRefused, match="ยังไม่มีคู่มือ"):
        make_edition(by=admin)
    assert not Edition.objects.exists()


def test_freezing_twice_gives_the_same_entries_and_the_same_manifest(edition: Edition, admin: User) -> None:
    again = make_edition("AGAIN", by=admin, basis=edition)
    assert again.manifest_sha == edition.manifest_sha
    assert compare_editions(edition, again) == []


# -- the manifest ----------------------------------------------------------------------------------------------


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def test_manifest_is_the_hash_of_hashes_model_md_describes() -> None:
    one, two, three, four = (uuids.UUID(int=number) for number in range(4))
    rows = [
        ("", "manual", one, "m", 7, None),
        ("1", "section", two, "s", 7, 8),
        ("5.1", "clause", three, "c", 7, 8),
        ("", "manual", four, "n", 9, None),
    ]
    own = sha(f"\tmanual\t{one}\tm\n".encode())
    section = sha(f"1\tsection\t{two}\ts\n5.1\tclause\t{three}\tc\n".encode())
    other = sha(sha(f"\tmanual\t{four}\tn\n".encode()))
    assert manifest_sha(rows) == hashlib.sha256(sha(own + section) + other).hexdigest()


def test_manifest_of_an_edition_can_be_recomputed(edition: Edition) -> None:
    assert recompute_manifest_sha(edition) == edition.manifest_sha


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE manuals_editionentry SET label = '5.9' WHERE label = '5.2'",
        "UPDATE manuals_editionentry SET title = 'อื่น' WHERE kind = 'manual'",
        "UPDATE manuals_editionentry SET data = '{}' WHERE label = '1.1'",
        "UPDATE manuals_editionentry SET applies_to = 'primary' WHERE label = '1.1'",
        "UPDATE manuals_editionentry SET blob_id = (SELECT blob_id FROM manuals_editionentry WHERE label = '2.1')"
        " WHERE label = '5.2'",
        "UPDATE manuals_editionentry SET ordinal = ordinal + 100 WHERE label = '2.1'",
        "DELETE FROM manuals_editionentry WHERE label = '5.2'",
    ],
)
def test_manifest_shows_what_somebody_changed_behind_the_triggers(edition: Edition, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table has pending events
        cursor.execute("ALTER TABLE manuals_editionentry DISABLE TRIGGER edition_entry_never_changes")
        cursor.execute(change)
        assert cursor.rowcount == 1
    assert recompute_manifest_sha(edition) != edition.manifest_sha


def test_manifest_knows_wordings_by_their_hash(edition: Edition) -> None:
    entry = edition.entries.filter(kind="clause").select_related("blob").first()
    text = json.dumps(entry.blob.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert entry.blob_id == hashlib.sha256(text.encode()).hexdigest()


# -- the seal ----------------------------------------------------------------------------------------------------


def test_sealed_edition_takes_no_entry_and_no_change(edition: Edition, entry: EditionEntry) -> None:
    def insert() -> None:
        EditionEntry.objects.create(
            edition=edition, kind="manual", manual=entry.manual, uuid=uuids.uuid4(), ordinal=99, path="X"
        )

    def retitle() -> None:
        edition.title = "ชื่ออื่น"
        edition.save(update_fields=["title"])

    def relabel() -> None:
        entry.label = "5.9"
        entry.save(update_fields=["label"])

    acts: list[Callable[[], object]] = [insert, retitle, relabel, entry.delete, edition.delete]
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert recompute_manifest_sha(edition) == edition.manifest_sha
    assert Edition.objects.get().title == "ร่างรับฟังความคิดเห็น พ.ศ. 2565"


def test_failed_freeze_leaves_no_edition(process: Section, admin: User) -> None:
    """A wording without its blob cannot come from apply_changes; by another way in, it stops the freeze."""
    Clause.objects.filter(pk=clause_at(process, "5.2").pk).update(sha="f" * 64)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        freeze_edition(code="BROKEN", kind="snapshot", title="เสีย", by=admin)
    assert not Edition.objects.exists()


# -- comparing -----------------------------------------------------------------------------------------------------


def differences(old: Edition, new: Edition) -> list[tuple]:
    """(place in the new edition or else the old one, kind, states) in the order compare_editions gives."""
    paths = dict(EditionEntry.objects.values_list("pk", "path"))
    return [(paths[item.new_id or item.old_id], item.kind, item.states) for item in compare_editions(old, new)]


def test_compare_names_every_changed_node_and_nothing_else(
    edition: Edition, manual: Manual, unit: Section, process: Section, drafter: User, admin: User
) -> None:
    reworded, retired = clause_at(process, "5.1"), clause_at(process, "5.3 2)")
    moved, split = clause_at(process, "5.3 1) ข."), clause_at(process, "2.2")
    apply_changes(drafter, "edit", "แก้", [ReviseClause(reworded, 1, Text(body="เปิดระบบทุกชั่วโมง"))])
    retire_clause(retired, 1, by=drafter, reason="ซ้ำ")
    move_clause(moved, 1, Position(process, 5), by=drafter, reason="เป็นข้อของตนเอง")
    split_clause(split, 1, [Text(body="เพื่อให้เป็นแนวเดียวกัน"), Text(body="เพื่อลดขั้นตอน")], by=drafter, reason="แยก")
    process.refresh_from_db()
    rename_section(process, process.version, "การรับหนังสือด้วยระบบ", by=drafter, reason="ใช้ระบบ")
    values = {"data": {"doc_code": "OPM-01-77"}, "applies_to": "primary"}
    unit.refresh_from_db()
    apply_changes(drafter, "edit", "รหัส", [ReviseSection(unit, unit.version, values)])
    added = make_section(manual, "งานประสานงาน", by=drafter)
    make_clause(added, "ประสานงานกับทุกกลุ่ม", part=0, by=drafter)

    assert differences(edition, make_edition(by=admin)) == [
        ("DIR/1", "section", ("redescribed",)),
        ("DIR/1.1", "section", ("retitled",)),
        ("DIR/1.1/2.2", "clause", ("reworded",)),
        ("DIR/1.1/2.3", "clause", ("added",)),
        ("DIR/1.1/5.1", "clause", ("reworded",)),
        ("DIR/1.1/5.3 2)", "clause", ("removed",)),
        ("DIR/1.1/5.4", "clause", ("moved",)),
        ("DIR/2", "section", ("added",)),
        ("DIR/2/1", "clause", ("added",)),
    ]


def test_compare_sees_what_moved_among_its_siblings(edition: Edition, process: Section, drafter, admin) -> None:
    """Only the one that moved, not those whose numbers changed with it."""
    first = clause_at(process, "5.1")
    move_clause(clause_at(process, "5.3"), 1, Position(process, 5, before=first.uuid), by=drafter, reason="ทำก่อน")
    assert differences(edition, make_edition(by=admin)) == [("DIR/1.1/5.1", "clause", ("moved",))]


def test_compare_sees_clauses_and_sections_that_changed_their_home(
    edition: Edition, process: Section, drafter: User, admin: User
) -> None:
    finance = make_manual(make_group("FIN"))
    work = make_section(finance, "งานการเงิน", by=drafter)
    clause = clause_at(process, "2.1")
    apply_changes(drafter, "move", "ย้ายและแก้", [ReviseClause(clause, 1, Text(body="เพื่อความถูกต้อง"), Position(work, 2))])
    process.refresh_from_db()
    move_section(process, process.version, parent=work, by=drafter, reason="งานเปลี่ยนมือ")
    assert differences(edition, make_edition(by=admin)) == [
        ("FIN", "manual", ("added",)),
        ("FIN/1", "section", ("added",)),
        ("FIN/1/2.1", "clause", ("reworded", "moved")),
        ("FIN/1.1", "section", ("moved",)),
    ]


@pytest.mark.parametrize("fate", ["retired", "moved away"])
def test_compare_sees_an_only_child_that_took_its_parents_place(
    edition: Edition, manual: Manual, process: Section, drafter: User, admin: User, fate: str
) -> None:
    """It and its new parent are as far from their counterparts of then; only the section itself is farther."""
    section = make_section(manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    before = make_clause(section, "ข้อแรก", by=drafter)
    child = make_clause(section, "ข้อย่อย", parent=before, numbering="paren", by=drafter)
    old = make_edition(by=admin)
    move_clause(child, 1, Position(section, 5, before=before.uuid), by=drafter, reason="ขึ้นแทน")
    if fate == "retired":
        retire_clause(before, 1, by=drafter, reason="ซ้ำ")
    else:
        move_clause(before, 1, Position(process, 5), by=drafter, reason="เป็นเรื่องการรับ")
    elsewhere = ("DIR/1.1/5.4", "clause", ("moved",))
    gone = ("DIR/2/5.1", "clause", ("removed",))
    position = ("DIR/2/5.1", "clause", ("moved",))
    expected = [gone, position] if fate == "retired" else [elsewhere, position]
    assert differences(old, make_edition(by=admin)) == expected


def test_compare_sees_a_parent_replaced_above_its_child(
    edition: Edition, process: Section, drafter: User, admin: User
) -> None:
    """The new parent stands exactly where the old one stood: no id is nearer or farther."""
    parent = clause_at(process, "5.3 1)")
    children = [clause_at(process, f"5.3 1) {letter}") for letter in ("ก.", "ข.")]
    above = parent.parent.uuid
    new = AddClause(Text(body="หนังสือด่วน"), Position(process, 5, above, numbering="paren", after=parent.uuid))
    moves = [
        ReviseClause(child, 1, position=Position(process, 5, new.uuid, child.rank, "letter")) for child in children
    ]
    apply_changes(drafter, "edit", "แทน", [new, *moves, RetireClause(parent, 1, reason="แทนด้วยข้อใหม่")])
    assert differences(edition, make_edition(by=admin)) == [
        ("DIR/1.1/5.3 1)", "clause", ("removed",)),
        ("DIR/1.1/5.3 1)", "clause", ("added",)),
        ("DIR/1.1/5.3 1) ก.", "clause", ("moved",)),
        ("DIR/1.1/5.3 1) ข.", "clause", ("moved",)),
    ]


def test_compare_backwards_turns_added_and_removed_round(edition: Edition, process, drafter, admin) -> None:
    make_clause(process, "ส่งหนังสือไปยังกลุ่ม", by=drafter)
    new = make_edition(by=admin)
    assert differences(edition, new) == [("DIR/1.1/5.4", "clause", ("added",))]
    assert differences(new, edition) == [("DIR/1.1/5.4", "clause", ("removed",))]


def test_cost_of_freezing_does_not_grow_with_the_draft(
    process: Section, drafter: User, admin: User, assert_same_queries: Callable[..., None]
) -> None:
    def add_two() -> None:
        for _ in range(2):
            import_like(process, drafter)

    assert_same_queries(12, lambda: make_edition(by=admin), add_two)


def import_like(process: Section, by: User) -> Section:
    return import_process(process.manual, read_process(PROCESS_TEXT), by=by, unit=process.parent)


def test_blobs_are_shared_between_editions(edition: Edition, admin: User) -> None:
    before = TextBlob.objects.count()
    make_edition("AGAIN", by=admin)
    assert TextBlob.objects.count() == before


@pytest.mark.parametrize("seed", range(3))
def test_compare_agrees_with_a_comparison_node_by_node(manual: Manual, drafter, admin, seed: int) -> None:
    """After many acts: added, removed, reworded and re-parented nodes are those a plain reading finds, and what
    is called moved is just enough to explain the order of every list of siblings."""
    chance = random.Random(seed)
    sections = [make_section(manual, f"กระบวนงาน {number}", kind="process", by=drafter) for number in range(2)]
    for number in range(12):
        make_clause(chance.choice(sections), f"ข้อ {number}", part=chance.choice([2, 5]), by=drafter)
    old = make_edition("OLD", by=admin)
    for number in range(15):
        shuffle_something(chance, sections, drafter, number)
    new = make_edition("NEW", by=admin)

    before, after = (by_uuid(edition) for edition in (old, new))
    found = {item.uuid: set(item.states) for item in compare_editions(old, new)}
    assert {uuid for uuid, states in found.items() if "added" in states} == set(after) - set(before)
    assert {uuid for uuid, states in found.items() if "removed" in states} == set(before) - set(after)
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
    return {entry.uuid: entry for entry in edition.entries.select_related("parent")}


def home(entry: EditionEntry) -> tuple:
    return entry.parent and entry.parent.uuid, entry.section_id if entry.kind == "clause" else None, entry.part


def shuffle_something(chance: random.Random, sections: list[Section], by: User, number: int) -> None:
    rows = Clause.objects.live().select_related("section", "parent").order_by("pk")
    clause, target = chance.sample(list(rows), 2)
    match chance.choice(["add", "reword", "retire", "below", "beside", "beside", "beside"]):
        case "add":
            make_clause(clause.section, f"แทรก {number}", part=clause.part, by=by)
        case "reword":
            change = ReviseClause(clause, clause.lock_version, Text(body=f"แก้ {number}"))
            apply_changes(by, "edit", "แก้", [change])
        case "retire":
            retire_clause(clause, clause.lock_version, by=by, reason="ซ้ำ")
        case "below":
            position = Position(target.section, target.part, target.uuid, numbering="paren")
            with contextlib.suppress(ChangeRefused):
                move_clause(clause, clause.lock_version, position, by=by, reason="ย้าย")
        case "beside":
            parent = target.parent.uuid if target.parent else None
            position = Position(target.section, target.part, parent, numbering=target.numbering, before=target.uuid)
            with contextlib.suppress(ChangeRefused):
                move_clause(clause, clause.lock_version, position, by=by, reason="ย้าย")
