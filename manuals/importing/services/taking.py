"""Taking the processes that somebody chose out of uploaded files into a manual: all of them in one act, or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.jobs.kinds import unwatched

from ...drafting.services.apply_changes import apply_changes
from ...drafting.services.locking import lock_section
from ...drafting.services.sections import add_section
from ...models import ImportedProcess, Manual, Section, SectionVersion
from ..adopted import load_kept_clauses
from ..drafts import ProcessDraft
from ..refusals import ProcessNotTaken
from .importing import import_process
from .revising import (
    RevisionCounts,
    count_changes,
    load_clauses_by_section,
    plan_sparing_revision,
    reason_of,
)

NO_UNIT = ""
NEW_UNIT = "new"  # the one the file names

# Hears how many processes are taken in; may raise to stop it
type Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a process goes: it revises the process `target` as it was read (`version`), or it is a new one in `unit`
    (a unit's uuid, NEW_UNIT or NO_UNIT). `kept` are the clauses of the target that stay as they are. `known` is the
    process of the same title that the person saw in the draft when they chose this."""

    target: UUID | None = None
    version: int = 0
    unit: str = NO_UNIT
    kept: tuple[UUID, ...] = ()
    known: UUID | None = None


class ImportOutcome(StrEnum):
    NEW = "new"
    REVISED = "revised"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class TakenProcess:
    """What became of one process, by the uuid of its section."""

    uuid: UUID
    title: str
    outcome: ImportOutcome
    counts: RevisionCounts


def take_processes(
    manual: Manual,
    chosen: Sequence[tuple[ProcessDraft, Placement]],
    *,
    by: User,
    progress: Progress = unwatched,
) -> list[TakenProcess]:
    """Raises ProcessNotTaken, and ChangeRefused or StaleClause as apply_changes does; then nothing is taken."""
    taken: list[TakenProcess] = []
    with act(by=by, reason="นำเข้าจากไฟล์"):
        units = _UnitsOfManual(manual, by=by)
        # {title: the first process of the manual that has it}
        titles = [draft.title for draft, _ in chosen]
        namesakes = Section.objects.live().filter(
            manual=manual, kind=Section.Kind.PROCESS, title__in=titles
        )
        same_titles = dict(namesakes.order_by("-rank").values_list("title", "uuid"))
        for draft, placement in chosen:
            if draft.refusals:
                raise ProcessNotTaken(
                    f"“{draft.title}” มีข้อความที่เก็บไม่ได้ โปรดแก้ไขไฟล์แล้วส่งใหม่"
                )
            if placement.target is None:
                namesake = same_titles.get(draft.title)
                if namesake is not None and namesake != placement.known:
                    raise ProcessNotTaken(
                        f"มีผู้เพิ่มกระบวนงานชื่อ “{draft.title}” หลังจากท่านเปิดหน้าตรวจ โปรดเลือกว่าจะปรับปรุงหรือเพิ่มเป็นกระบวนงานใหม่"
                    )
                unit = units.find(draft, placement.unit)
                section = import_process(manual, draft, by=by, unit=unit)
                counts = RevisionCounts(added=len(draft.clauses))
                taken.append(
                    TakenProcess(section.uuid, draft.title, ImportOutcome.NEW, counts)
                )
            else:
                taken.append(_revise(manual, draft, placement.target, placement, by=by))
            progress(len(taken))
    return taken


def _revise(
    manual: Manual, draft: ProcessDraft, target: UUID, placement: Placement, *, by: User
) -> TakenProcess:
    processes = Section.objects.live().filter(manual=manual, kind=Section.Kind.PROCESS)
    found = processes.filter(uuid=target).first()
    if found is None:
        raise ProcessNotTaken(
            f"กระบวนงานที่จะปรับปรุงด้วย “{draft.title}” ไม่มีในร่างแล้ว โปรดตรวจตัวอย่างและเลือกใหม่"
        )
    section = lock_section(found)
    if section.version != placement.version:
        raise ProcessNotTaken(
            f"มีผู้แก้ไข “{section.title}” หลังจากท่านเปิดหน้าตรวจ โปรดตรวจตัวอย่างล่าสุดแล้วนำเข้าอีกครั้ง"
        )
    clauses = load_clauses_by_section([section]).get(section.pk, [])
    kept = load_kept_clauses(placement.kept).get(section.pk, [])
    changes = plan_sparing_revision(section, clauses, draft, kept).changes
    if not changes:
        return TakenProcess(
            section.uuid, draft.title, ImportOutcome.SAME, RevisionCounts()
        )
    apply_changes(by, SectionVersion.Action.IMPORT, reason_of(draft), changes)
    return TakenProcess(
        section.uuid, draft.title, ImportOutcome.REVISED, count_changes(changes)
    )


class _UnitsOfManual:
    """The units of the manual; one that the files name is made when it is asked for first."""

    def __init__(self, manual: Manual, *, by: User) -> None:
        self.manual = manual
        self.by = by
        units = (
            Section.objects.live()
            .filter(manual=manual, kind=Section.Kind.UNIT)
            .select_related("manual")
        )
        self.by_uuid: Mapping[str, Section] = {str(unit.uuid): unit for unit in units}
        self.by_title = {unit.title: unit for unit in units}

    def find(self, draft: ProcessDraft, wanted: str) -> Section | None:
        """Raises ProcessNotTaken for a unit that is no more."""
        if wanted == NO_UNIT:
            return None
        if wanted == NEW_UNIT:
            title = draft.headers.get("unit", "")
            if not title:
                return None
            if title not in self.by_title:
                self.by_title[title] = add_section(
                    self.manual, Section.Kind.UNIT, title, by=self.by
                )
            return self.by_title[title]
        if wanted not in self.by_uuid:
            raise ProcessNotTaken(
                f"งานที่เลือกให้ “{draft.title}” ไม่มีในร่างแล้ว โปรดตรวจตัวอย่างและเลือกใหม่"
            )
        return self.by_uuid[wanted]


def mark_taken(process: ImportedProcess, taken: TakenProcess) -> None:
    """What became of a preview, within the transaction that took it in: the version, or none where the draft said just
    that already."""
    section = Section.objects.get(uuid=taken.uuid)
    process.taken_at = timezone.now()
    process.taken_section = section
    if taken.outcome != ImportOutcome.SAME:
        process.taken_version = section.versions.order_by("-number").first()
    process.save(update_fields=["taken_at", "taken_section", "taken_version"])
