"""Undoing one's last act on a section, while nothing newer touched what it changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.thai.sentences import joined

from ...models import Clause, ClauseChange, Manual, Section, SectionVersion
from ...models.version import DONE_AGAIN
from ..changes import Change, ChangeRefused, RetireClause, ReviseSection, StaleSection
from ..queries.last_acts import NEVER_UNDONE, find_undone_act
from .apply_changes import apply_changes
from .history import SectionState, load_section_at
from .locking import lock_sections
from .positions import children_first
from .restoring import RESTORED_VALUES, restore_clauses

Action = SectionVersion.Action
PLACE = ("manual", "parent", "rank")  # of a section's state


@dataclass(frozen=True, slots=True)
class _Undone:
    """A section the act touched: as it stands, as it stood before (None: the act made it), and as the act left it."""

    section: Section
    before: SectionState | None
    after: dict[str, Any]

    @property
    def was_moved(self) -> bool:
        return self.before is None or any(
            self.before.row[name] != self.after[name] for name in PLACE
        )


@transaction.atomic
def undo_last_act(
    section: Section, version: int, *, again: bool = False, by: User
) -> list[ClauseChange]:
    """Everything that the section's last act did, in every section it touched, is undone by a new act. What was undone
    is done `again` only where that is asked for. Lines of descent are no longer in force while their act is undone
    (lines_in_force).

    `version` is the section's, as the person read it. Raises StaleSection, and ChangeRefused for another person's
    act, for one that another act followed, for one that is never undone, and where it is undone or done again already.
    """
    last = (
        SectionVersion.objects.select_related("revision__user")
        .filter(section=section)
        .latest("number")
    )
    acted = list(
        SectionVersion.objects.filter(revision=last.revision_id).select_related(
            "section"
        )
    )
    _lock(acted)
    undone = [_read(touched) for touched in acted]
    for item in undone:
        if item.section.pk == section.pk and item.section.version != version:
            raise StaleSection(item.section)
    _refuse(last, acted, undone, by=by)
    act = find_undone_act(last)
    if again and act is None:
        raise ChangeRefused("ไม่มีการแก้ไขที่ย้อนไว้ให้ทำซ้ำ โปรดเปิดหน้าร่างอีกครั้ง")
    if act is not None and not again:
        raise ChangeRefused(
            "ย้อนการแก้ไขนี้ไว้แล้ว หากต้องการการแก้ไขนั้นคืน โปรดเลือกทำซ้ำในหน้าร่าง"
        )

    reason = f"ย้อน{last.told_action} รุ่นที่ {last.number}"
    if act is not None:
        reason = f"{DONE_AGAIN}{act.told_action} รุ่นที่ {act.number}"
    changes: list[Change] = []
    changes += _undo_sections(undone, reason)
    changes += _undo_clauses(undone, reason)
    if not changes:
        raise ChangeRefused("การแก้ไขล่าสุดไม่ได้เปลี่ยนสิ่งใด จึงไม่มีสิ่งที่ต้องย้อน")
    return apply_changes(by, Action.UNDO, reason, changes)


def _lock(acted: Iterable[SectionVersion]) -> None:
    """The trees of all manuals the sections stand or stood in, then the sections."""
    ids = [touched.section_id for touched in acted]
    keys = set(
        SectionVersion.objects.filter(section__in=ids).values_list(
            "state__manual", flat=True
        )
    )
    trees = Manual.objects.filter(key__in=keys).values_list("pk", flat=True)
    lock_sections(ids, trees=trees)


def _read(touched: SectionVersion) -> _Undone:
    section = Section.objects.select_related("manual", "parent", "retired").get(
        pk=touched.section_id
    )
    before = None
    if touched.number > 1:
        before = load_section_at(section, touched.number - 1)
    return _Undone(section, before, touched.state)


def _refuse(
    last: SectionVersion,
    acted: list[SectionVersion],
    undone: list[_Undone],
    *,
    by: User,
) -> None:
    if last.revision.user_id != by.pk:
        name = last.revision.user.get_full_name() if last.revision.user else "ผู้อื่น"
        raise ChangeRefused(
            joined(name, "แก้ไขหมวดนี้หลังจากท่าน")
            + " จึงย้อนไม่ได้ โปรดแก้ไขเอง หรือเรียกคืนรุ่นเดิมจากประวัติ"
        )
    if last.action in NEVER_UNDONE:
        raise ChangeRefused("ถ้อยคำที่แก้ไขตามข้อเสนอย้อนที่นี่ไม่ได้ โปรดแก้ไขข้อนั้นเองพร้อมเหตุผล")
    if len(acted) > 1 and any(item.before is None for item in undone):
        raise ChangeRefused("เพิ่มหลายหมวดไว้พร้อมกัน จึงย้อนทีเดียวไม่ได้ โปรดยกเลิกทีละหมวด")
    for touched, item in zip(acted, undone, strict=True):
        if item.section.version != touched.number:
            title = item.section.title
            raise ChangeRefused(
                f"มีการแก้ไข “{title}” หลังจากนั้น จึงย้อนไม่ได้ โปรดแก้ไขเอง หรือเรียกคืนรุ่นเดิมจากประวัติ"
            )


def _undo_sections(undone: list[_Undone], reason: str) -> Iterator[ReviseSection]:
    """Those above before those below: a section goes back below one that is back."""
    moved = {item.section.pk for item in undone if item.was_moved}

    def depth(item: _Undone) -> int:
        parent_id = item.section.parent_id
        above = []
        for other in undone:
            if other.section.pk == parent_id and other.section.pk in moved:
                above.append(other)
        return 1 + depth(above[0]) if above else 0

    for item in sorted(undone, key=depth):
        section = item.section
        if item.before is None:
            yield ReviseSection(section, section.version, {}, retire_reason=reason)
            continue
        row = item.before.row
        values: dict[str, Any] = {}
        for name in RESTORED_VALUES:
            if row[name] != getattr(section, name):
                values[name] = row[name]
        if row["retired"] and section.retired_id is None:
            yield ReviseSection(section, section.version, values, retire_reason=reason)
            continue
        if not row["retired"] and section.retired_id is not None:
            values["retired"] = None
        before = None
        if item.was_moved:
            place, before = _find_old_place(section, row)
            values |= place
        if values:
            yield ReviseSection(section, section.version, values, before=before)


def _find_old_place(
    section: Section, row: dict[str, Any]
) -> tuple[dict[str, Any], Section | None]:
    """Its manual, parent and rank of then; where another section has that rank by now, the place before that one."""
    manual = Manual.objects.get(key=row["manual"])
    parent = Section.objects.get(uuid=row["parent"]) if row["parent"] else None
    standing = (
        Section.objects.live()
        .filter(manual=manual, parent=parent)
        .exclude(pk=section.pk)
    )
    there = standing.filter(rank=row["rank"]).first()
    rank = row["rank"] if there is None else None
    return {"manual": manual, "parent": parent, "rank": rank}, there


def _undo_clauses(undone: list[_Undone], reason: str) -> Iterator[Change]:
    touched = {item.section.pk for item in undone if item.before}
    stood_before: set[UUID] = set()
    for item in undone:
        if item.before:
            stood_before.update(state.key for state in item.before.clauses)
    clauses = Clause.objects.select_related("parent", "section")
    rows = clauses.in_bulk(stood_before, field_name="uuid")
    live = list(clauses.live().filter(section__in=touched))
    for item in undone:
        if item.before is None:
            continue
        here = [clause for clause in live if clause.section_id == item.section.pk]
        yield from restore_clauses(
            item.section, item.before.clauses, rows, here, may_come_from=touched
        )
    added = [clause for clause in live if clause.uuid not in stood_before]
    for clause in children_first(added):
        yield RetireClause(clause, clause.lock_version, reason=reason)
