"""Undoing one's last act on a section, while nothing newer touched what it changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from reversion.models import Revision

from hearing_portal.directory.models import User
from hearing_portal.thai.sentences import joined

from ...models import Clause, ClauseChange, Manual, Section, SectionVersion
from ...models.version import DONE_AGAIN
from ..changes import Change, ChangeRefused, RetireClause, ReviseSection, StaleSection
from ..queries.last_acts import (
    NEVER_UNDONE,
    find_last_version,
    find_own_versions,
    find_touch_since,
    find_undone_act,
)
from .apply_changes import apply_changes
from .history import SectionState, load_section_at
from .locking import lock_sections
from .positions import children_first
from .putting_back import put_back_clauses
from .restoring import RESTORED_VALUES

Action = SectionVersion.Action
PLACE = ("manual", "parent", "rank")  # of a section's state
NOT_UNDONE = " จึงย้อนไม่ได้ โปรดแก้ไขเอง หรือเรียกคืนรุ่นเดิมจากประวัติ"


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
    """Everything that the person's last act on the section did, in every section it touched, is undone by a new act;
    what others did since to something else stays. What was undone is done `again` only where that is asked for. Lines
    of descent are no longer in force while their act is undone (lines_in_force).

    `version` is the one that the act made of the section. Raises StaleSection where the person has acted again since,
    and ChangeRefused for another person's act, for one that is never undone, where somebody touched since what it did,
    and where it is undone or done again already.
    """
    _lock(SectionVersion.objects.filter(section=section, number=version))
    section = Section.objects.select_related("manual").get(pk=section.pk)
    last = find_own_versions(section, by).first()
    if last is None or last.number != version:
        _refuse_another(section, version)
    _refuse(last)
    act = find_undone_act(last)
    if again and act is None:
        raise ChangeRefused("ไม่มีการแก้ไขที่ย้อนไว้ให้ทำซ้ำ โปรดเปิดหน้าร่างอีกครั้ง")
    if act is not None and not again:
        raise ChangeRefused(
            "ย้อนการแก้ไขนี้ไว้แล้ว หากต้องการการแก้ไขนั้นคืน โปรดเลือกทำซ้ำในหน้าร่าง"
        )

    acted = SectionVersion.objects.filter(revision=last.revision_id)
    undone = [_read(touched) for touched in acted]
    made = [item for item in undone if item.before is None]
    if len(made) > 1:
        raise ChangeRefused("เพิ่มหลายหมวดไว้พร้อมกัน จึงย้อนทีเดียวไม่ได้ โปรดยกเลิกทีละหมวด")
    reason = f"ย้อน{last.told_action} รุ่นที่ {last.number}"
    if act is not None:
        reason = f"{DONE_AGAIN}{act.told_action} รุ่นที่ {act.number}"
    changes: list[Change] = []
    changes += _undo_sections([item for item in undone if item.before], reason)
    changes += _undo_clauses(undone, last.revision, reason)
    changes += _undo_sections(made, reason)  # what it took in has left by then
    if not changes:
        raise ChangeRefused("การแก้ไขล่าสุดไม่ได้เปลี่ยนสิ่งใด จึงไม่มีสิ่งที่ต้องย้อน")
    undoes = last.undoes or last.revision
    return apply_changes(by, Action.UNDO, reason, changes, undoes=undoes)


def _lock(acts: QuerySet[SectionVersion]) -> None:
    """The trees of all manuals that the sections of the acts stand or stood in, then the sections."""
    acted = SectionVersion.objects.filter(revision__in=acts.values("revision"))
    ids = set(acted.values_list("section", flat=True))
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


def _refuse_another(section: Section, version: int) -> NoReturn:
    """The version that was named is no longer the person's last act, or never was theirs."""
    newest = find_last_version(section)
    if newest is None or newest.number != version:
        raise StaleSection(section)
    user = newest.revision.user
    raise ChangeRefused(
        joined(user.get_full_name() if user else "ผู้อื่น", "แก้ไขหมวดนี้หลังจากท่าน")
        + NOT_UNDONE
    )


def _refuse(last: SectionVersion) -> None:
    if last.action in NEVER_UNDONE:
        raise ChangeRefused("ถ้อยคำที่แก้ไขตามข้อเสนอย้อนที่นี่ไม่ได้ โปรดแก้ไขข้อนั้นเองพร้อมเหตุผล")
    touch = find_touch_since(last)
    if touch is not None:
        user = touch.revision.user
        name = user.get_full_name() if user else "ผู้อื่น"
        raise ChangeRefused(joined(name, "แก้ไขสิ่งเดียวกันหลังจากท่าน") + NOT_UNDONE)


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
            if row[name] != item.after[name]:
                values[name] = row[name]
        if row["retired"] and not item.after["retired"]:
            yield ReviseSection(section, section.version, values, retire_reason=reason)
            continue
        if not row["retired"] and item.after["retired"]:
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


def _undo_clauses(
    undone: list[_Undone], revision: Revision, reason: str
) -> Iterator[Change]:
    """The clauses that the act changed, and no others: back to where they stood, in the words they had; those it
    brought in leave."""
    changed = set(
        ClauseChange.objects.filter(revision=revision).values_list(
            "clause__uuid", flat=True
        )
    )
    rows = Clause.objects.select_related("parent", "section").in_bulk(
        changed, field_name="uuid"
    )
    touched = [item.section.pk for item in undone if item.before]
    live = list(Clause.objects.live().filter(section__in=touched))
    stood_before: set[UUID] = set()
    for item in undone:
        if item.before is None:
            continue
        states = [state for state in item.before.clauses if state.key in changed]
        stood_before.update(state.key for state in states)
        here = [clause for clause in live if clause.section_id == item.section.pk]
        yield from put_back_clauses(item.section, states, rows, here)
    added = []
    for clause in live:
        if clause.uuid in changed and clause.uuid not in stood_before:
            added.append(clause)
    for clause in children_first(added):
        yield RetireClause(clause, clause.lock_version, reason=reason)
