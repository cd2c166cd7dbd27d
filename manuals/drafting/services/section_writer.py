"""Adding, revising, moving, retiring and bringing back sections within an act."""

from ...models import Section
from ..changes import (
    POSITION_VALUES,
    SECTION_VALUES,
    AddSection,
    ChangeRefused,
    ReviseSection,
    StaleSection,
)
from ..titles import as_title
from .locking import LockedRows
from .positions import find_free_rank, section_siblings, stands_below
from .recording import ActRecord


def section_to_be(change: AddSection) -> Section:
    """What stands for the section in the positions of clauses that the same act adds to it."""
    return Section(uuid=change.uuid, manual=change.manual)


class SectionWriter:
    """Works on the rows that apply_changes has locked. A revised section is saved when the act is recorded."""

    def __init__(self, rows: LockedRows, record: ActRecord) -> None:
        self.rows = rows
        self.record = record
        self.moved: set[int] = set()

    def add(self, change: AddSection) -> None:
        parent = None
        if change.parent is not None:
            parent = self.rows.find_section(change.parent)
        section = Section(
            uuid=change.uuid,
            manual=change.manual,
            parent=parent,
            kind=change.kind,
            title=as_title(change.title),
            data=dict(change.data),
            origin=change.origin,
            applies_to=change.applies_to,
        )
        _check_parent(section)
        siblings = section_siblings(section)
        first = siblings.order_by("rank").first() if change.leads else None
        section.rank = change.rank or find_free_rank(
            siblings, before=first, after=change.after
        )
        section.save()
        for source, kind in change.descends_from:
            self.record.record_section_descent(source, section, kind)
        self.record.mark_changed(section)

    def revise(self, change: ReviseSection) -> None:
        section = self.rows.sections[change.section.pk]
        if section.version != change.version:
            raise StaleSection(section)
        unknown = set(change.values) - SECTION_VALUES
        if unknown:
            raise ValueError(f"a section has no values {sorted(unknown)}")

        changed_names = set()
        for name, given in change.values.items():
            value = as_title(given) if name == "title" else given
            if getattr(section, name) != value:
                setattr(section, name, value)
                changed_names.add(name)
        if not changed_names and not change.retire_reason:
            raise ChangeRefused("ไม่มีสิ่งที่เปลี่ยน จึงไม่ได้บันทึกรุ่นใหม่")
        if changed_names & POSITION_VALUES:
            self._place(section, change, is_only_restored=changed_names == {"retired"})
        if change.retire_reason:
            if section.children.filter(retired__isnull=True).exists():
                raise ChangeRefused("ยังมีหัวข้อย่อยอยู่ข้างใต้ โปรดย้ายหรือยกเลิกหัวข้อย่อยก่อน")
            section.retired = self.record.create_retirement(change.retire_reason)
        for successor, kind in change.succeeded_by:
            self.record.record_section_descent(section, successor, kind)
        self.record.mark_changed(section)

    def check_moved(self) -> None:
        """What moved to another manual took along what hangs below it."""
        if not self.moved:
            return
        for stored in Section.objects.live().filter(parent__in=self.moved):
            # Revised sections are not saved yet
            child = self.rows.sections.get(stored.pk, stored)
            if child.parent_id is None or child.retired_id is not None:
                continue  # the same act moved it to the top, or retired it
            parent = self.rows.sections.get(child.parent_id)
            if parent is not None and child.manual_id != parent.manual_id:
                raise ChangeRefused("หัวข้อย่อยต้องย้ายไปพร้อมกับหัวข้อหลักของตน")

    def _place(
        self, section: Section, change: ReviseSection, *, is_only_restored: bool
    ) -> None:
        _check_parent(section)
        self.moved.add(section.pk)
        siblings = section_siblings(section)
        if is_only_restored and not siblings.filter(rank=section.rank).exists():
            return  # it comes back to where it stood
        wanted_rank = change.values.get("rank")
        section.rank = wanted_rank or find_free_rank(
            siblings,
            after=change.after,
            before=change.before,
        )


def _check_parent(section: Section) -> None:
    """Refuse a parent in another manual, a retired one, one below the section itself, and anything but a process below
    a unit."""
    parent = section.parent
    if parent is None:
        return
    if parent.kind == Section.Kind.UNIT and section.kind != Section.Kind.PROCESS:
        raise ChangeRefused(
            f"ใต้งานมีได้เฉพาะกระบวนงาน โปรดวาง “{section.title}” ก่อนหรือหลังงานนั้น"
        )
    if parent.manual_id != section.manual_id:
        raise ChangeRefused("หัวข้อหลักอยู่ในคู่มือเล่มอื่น")
    if parent.retired_id:
        raise ChangeRefused("หัวข้อหลักยกเลิกแล้ว วางหัวข้อย่อยไว้ใต้หัวข้อนั้นไม่ได้")
    if section.pk and stands_below(parent, section):
        raise ChangeRefused("ย้ายหัวข้อไปไว้ใต้หัวข้อย่อยของตนเองไม่ได้")
