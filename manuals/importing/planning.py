"""What taking a process in would do to the working draft of a manual, before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hearing_portal.thai.dates import be_datetime

from ..content import PARTS
from ..drafting.adopted import FindAdopted, find_nothing_adopted
from ..drafting.queries.titles import as_one_title
from ..models import Clause, ClauseChange, ImportedProcess, Manual, Section
from .adopted import KeptClause, load_kept_clauses
from .drafts import ProcessDraft
from .found_processes import FoundProcess
from .meanwhile import NOTHING, Meanwhile, load_meanwhile
from .services.revising import (
    RevisionCounts,
    count_changes,
    load_clauses_by_section,
    plan_sparing_revision,
)
from .services.taking import NEW_UNIT, NO_UNIT, Placement


@dataclass(frozen=True, slots=True)
class DecidedClause:
    """A clause whose words, or whose being cut, were adopted; `source` says what from."""

    clause: Clause
    source: str


@dataclass(frozen=True, slots=True)
class Effect:
    """`target` is the process that is revised, None for a new one; `is_same` says that nothing would change."""

    target: Section | None
    counts: RevisionCounts
    is_same: bool = False
    is_first_text: bool = False  # the target has no clause yet
    # What the hearing decided, and what others changed since the text was compared first, where it says otherwise
    decided: Sequence[DecidedClause] = ()
    overtaken: Sequence[DecidedClause] = ()
    meanwhile: Meanwhile = NOTHING


class DraftOfManual:
    """The units and processes of the manual's working draft. Two queries, however many files are compared with it."""

    def __init__(
        self, manual: Manual, find_adopted: FindAdopted = find_nothing_adopted
    ) -> None:
        self.find_adopted = find_adopted
        self.sources: dict[UUID, str] = {}
        self.overtaken: set[UUID] = set()
        self.meanwhile: dict[int, Meanwhile] = {}
        self.kept: dict[int, list[KeptClause]] = {}
        self.units: list[Section] = []
        self.processes: list[Section] = []
        sections = (
            Section.objects.live()
            .filter(manual=manual)
            .select_related("manual")
            .order_by("rank")
        )
        for section in sections:
            if section.kind == Section.Kind.UNIT:
                self.units.append(section)
            elif section.is_process:
                self.processes.append(section)
        self.by_uuid = {str(section.uuid): section for section in self.processes}
        self.by_title = {section.title: section for section in reversed(self.processes)}
        self.clauses: dict[int, list[Clause]] = {}

    def load_clauses(self, read: Mapping[Section, int]) -> None:
        """Of the processes that something is compared with, by the version they were read at first: with what was
        decided about them, and what others changed since."""
        self.clauses = load_clauses_by_section(read)
        adopted = self.find_adopted([target.pk for target in read]) if read else {}
        self.meanwhile = load_meanwhile(read)
        self.sources = {}
        for meanwhile in self.meanwhile.values():
            for change in meanwhile.changes:
                if change.clause.uuid not in adopted:
                    self.sources[change.clause.uuid] = _tell_who(change)
        self.overtaken = set(self.sources)
        self.sources |= adopted
        self.kept = load_kept_clauses(self.sources)

    def find_process(self, uuid: str) -> Section | None:
        return self.by_uuid.get(uuid)

    def guess_target(self, draft: ProcessDraft) -> Section | None:
        """The process of the same title; else of the title that the file's header names."""
        named = draft.headers.get("process", "")
        return self.by_title.get(draft.title) or self.by_title.get(named)

    def find_known(self, draft: ProcessDraft) -> UUID | None:
        """The process of the same title."""
        known = self.by_title.get(draft.title)
        return known.uuid if known is not None else None

    def find_namesake(
        self, draft: ProcessDraft, placement: Placement
    ) -> Section | None:
        """Another process of the draft with the title that this one will have."""
        title = as_one_title(draft.title)
        for process in self.processes:
            if (
                process.uuid != placement.target
                and as_one_title(process.title) == title
            ):
                return process
        return None

    def placement_of(self, process: ImportedProcess, draft: ProcessDraft) -> Placement:
        """As it was chosen; the version is the one that stands in the draft now."""
        known = self.find_known(draft)
        target = process.target
        if target is None:
            return Placement(unit=process.unit, known=known)
        current = self.find_process(str(target.uuid)) or target
        return Placement(target.uuid, current.version, process.unit, known=known)

    def guess(self, draft: ProcessDraft) -> Placement:
        """Where it most likely goes."""
        named = draft.headers.get("unit", "")
        unit = NEW_UNIT if named else NO_UNIT
        for each in self.units:
            if each.title == named:
                unit = str(each.uuid)
        known = self.find_known(draft)
        target = self.guess_target(draft)
        if target is None:
            return Placement(unit=unit, known=known)
        return Placement(target.uuid, target.version, unit, known=known)

    def effect(self, draft: ProcessDraft, placement: Placement) -> Effect:
        """Needs the clauses of the target."""
        target = self.find_process(str(placement.target or ""))
        if target is None:
            return Effect(None, RevisionCounts(added=len(draft.clauses)))
        clauses = self.clauses.get(target.pk, [])
        revision = plan_sparing_revision(
            target, clauses, draft, self.kept.get(target.pk, [])
        )
        decided: list[DecidedClause] = []
        overtaken: list[DecidedClause] = []
        for clause in revision.spared:
            spared = overtaken if clause.uuid in self.overtaken else decided
            spared.append(DecidedClause(clause, self.sources[clause.uuid]))
        wanted = [
            each
            for each in self.kept.get(target.pk, [])
            if each.clause.uuid in placement.kept
        ]
        changes = plan_sparing_revision(target, clauses, draft, wanted).changes
        return Effect(
            target,
            count_changes(changes),
            is_same=not changes,
            is_first_text=not clauses,
            decided=decided,
            overtaken=overtaken,
            meanwhile=self.meanwhile.get(target.pk, NOTHING),
        )

    def keep_words(
        self, placement: Placement, *, decided: bool = True, overtaken: bool = True
    ) -> Placement:
        """So that what was decided stays, and what others changed since. Needs the clauses of the target."""
        target = self.find_process(str(placement.target or ""))
        if target is None:
            return placement
        kept = []
        for each in self.kept.get(target.pk, []):
            is_overtaken = each.clause.uuid in self.overtaken
            if overtaken if is_overtaken else decided:
                kept.append(each.clause.uuid)
        return replace(placement, kept=tuple(kept))


def _tell_who(change: ClauseChange) -> str:
    user = change.revision.user
    name = user.get_full_name() if user is not None else ""
    when = be_datetime(change.revision.date_created)
    return " ".join(filter(None, [change.get_kind_display(), name, when]))


@dataclass(frozen=True, slots=True)
class PartCount:
    number: int
    name: str
    clauses: int


def count_parts(process: FoundProcess) -> list[PartCount]:
    """The parts that have clauses; part 1 is the title, part 6 is drawn from part 9."""
    counts: dict[int, int] = {}
    for clause in process.draft.clauses:
        counts[clause.part] = counts.get(clause.part, 0) + 1
    return [PartCount(part, PARTS[part], counts[part]) for part in sorted(counts)]
