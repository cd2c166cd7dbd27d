"""Taking an edition in from a file: it is sealed as it was sealed elsewhere, beside what stands here.

The working draft stays as it is. What the portal does not know yet (in an empty one: everything) is added by acts and
retired in the same transaction, so that it has a history and can be brought back into the draft.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID, uuid4

from hearing_portal.acts.services import act
from hearing_portal.directory.groups.services import GroupFacts, add_work_group
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import unwatched

from ...acts import EDITION_ARCHIVED, about_edition
from ...drafting.changes import (
    AddClause,
    AddSection,
    Change,
    DrawDescent,
    DrawSectionDescent,
    Position,
    ReviseSection,
)
from ...drafting.services.apply_changes import apply_changes
from ...drafting.services.blobs import store_blobs
from ...drafting.services.locking import hold_off_acts
from ...drafting.services.manuals import create_manual
from ...editions.services.freezing import DraftNode, copy_entries, manifest_sha
from ...editions.services.lineage import LINEAGE_KEYS
from ...law.services import SourceFacts, add_legal_source
from ...models import (
    ArchivalRecord,
    Clause,
    ClauseLineage,
    Edition,
    EditionEntry,
    LegalSource,
    Manual,
    Section,
    SectionLineage,
    SectionVersion,
)
from ...models.edition import HAS_WORDS_OF, SPLIT_FROM
from ...ranks import ranks_after
from ..edition_file import EditionFile, FileEntry
from ..queries import ArchivalPlan, plan_archival
from ..reading import CLAUSE, SECTION
from ..refusals import ArchivalRefused

Action = SectionVersion.Action
# Hears how many of how many manuals are done; may raise to stop it
type Progress = Callable[[int, int], None]


def archive_edition(
    file: EditionFile, *, by: User, code: str = "", progress: Progress = unwatched
) -> Edition:
    """The file's edition under its own code, or `code`; all of it or nothing. Raises ArchivalRefused, and what adding
    a group or a law raises."""
    reason = f"นำเข้าฉบับจดหมายเหตุ {code or file.code}"
    with act(by=by, reason=reason) as done:
        hold_off_acts()
        plan = plan_archival(file, code=code)
        if plan.refusals:
            raise ArchivalRefused(" ".join(plan.refusals))
        _add_surroundings(plan, by=by)
        writer = _NodeWriter(plan, by=by, reason=reason)
        writer.write(progress)
        store_blobs(entry.clause_content for entry in file.of_kind(CLAUSE))

        basis = None
        if file.basis:
            basis = Edition.objects.sealed().filter(code=file.basis).first()
        edition = Edition.objects.create(
            code=plan.code,
            kind=file.kind,
            title=file.title,
            made_by=by,
            basis=basis,
            policy_version=file.policy_version,
        )
        _seal(edition, file, writer.list_nodes())
        ArchivalRecord.objects.create(
            edition=edition,
            code=file.code,
            basis_code=file.basis,
            file_sha=file.file_sha,
            by=by,
        )
        done.record(
            EDITION_ARCHIVED,
            about_edition(edition),
            note=f"รหัสของไฟล์ {file.file_sha[:12]}",
        )
        return edition


def _seal(edition: Edition, file: EditionFile, nodes: list[DraftNode]) -> None:
    """As it was sealed elsewhere, at the time of then. RuntimeError where what was written is not what was read."""
    copy_entries(edition, nodes)
    sealed = manifest_sha(node.manifest_line for node in nodes)
    if sealed != file.manifest_sha:
        raise RuntimeError(
            f"{file.code} was read as {file.manifest_sha} and would be sealed as {sealed}"
        )
    edition.manifest_sha = sealed
    edition.sealed_at = file.sealed_at
    edition.save(update_fields=["manifest_sha", "sealed_at"])


def _add_surroundings(plan: ArchivalPlan, *, by: User) -> None:
    """Groups, manuals, laws and files that the portal does not have."""
    for group in plan.new_groups:
        facts = GroupFacts(
            key=group.key,
            name=group.name,
            short_name=group.short_name,
            kind=group.kind,
            valid_from=group.valid_from,
            order=group.order,
            valid_until=group.valid_until,
        )
        add_work_group(facts, by=by)
    groups = WorkGroup.objects.in_bulk(
        [group.key for group in plan.file.groups], field_name="key"
    )
    titles = {entry.uuid: entry.title for entry in plan.file.of_kind("manual")}
    for manual in plan.new_manuals:
        work_group = groups[manual.group] if manual.group is not None else None
        create_manual(
            manual.key,
            titles[manual.uuid],
            by=by,
            work_group=work_group,
            uuid=manual.uuid,
        )
    for source in plan.new_sources:
        source_facts = SourceFacts(
            full_title=source.full_title,
            short_title=source.short_title,
            year_be=source.year_be,
            kind=source.kind,
            status=LegalSource.Status.IN_FORCE,
            in_force_from=source.in_force_from,
            note=f"เพิ่มจากการนำเข้าฉบับ {plan.code} โปรดตรวจสถานะการใช้บังคับ",
        )
        add_legal_source(source_facts, by=by, key=source.key)
    for file in plan.file.files:
        store_file(file.content, media_type=file.media_type, name=file.name)


def _find_told_before(new: Collection[UUID], kind: str) -> list[tuple[UUID, UUID]]:
    """[(a node that comes with this file, what has its words)] as editions tell that are here already: newer ones,
    taken in before the older one. One query, none without any."""
    told: list[tuple[UUID, UUID]] = []
    if not new:
        return told
    names = sorted(map(str, new))
    entries = EditionEntry.objects.filter(
        kind=kind, data__has_key=HAS_WORDS_OF, data__has_words_of__has_any_keys=names
    )
    rows = entries.order_by("edition", "ordinal").values_list("uuid", "data")
    for target, data in rows:
        for held in map(UUID, data[HAS_WORDS_OF]):
            if held in new:
                told.append((held, target))
    return told


def _find_splits_told_before(new: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """[(a section that comes with this file, what was split off from it)] as such editions tell. One query, none
    without any."""
    if not new:
        return []
    entries = EditionEntry.objects.filter(
        kind=SECTION, **{f"data__{SPLIT_FROM}__in": sorted(map(str, new))}
    )
    rows = entries.order_by("edition", "ordinal")
    told = rows.values_list(f"data__{SPLIT_FROM}", "uuid")
    return [(UUID(source), target) for source, target in told]


class _NodeWriter:
    """Sections and clauses of the file that the portal does not have, manual by manual."""

    def __init__(self, plan: ArchivalPlan, *, by: User, reason: str) -> None:
        self.plan = plan
        self.by = by
        self.reason = reason
        self.manuals = Manual.objects.in_bulk(
            [manual.key for manual in plan.file.manuals], field_name="key"
        )
        self.entries = {entry.uuid: entry for entry in plan.file.entries}

    def write(self, progress: Progress) -> None:
        total = len(self.plan.file.manuals)
        for number, manual in enumerate(self.plan.file.manuals):
            progress(number, total)
            self._write_manual(self.manuals[manual.key])
        self._draw_descents()
        self._draw_section_descents()
        progress(total, total)

    def _write_manual(self, manual: Manual) -> None:
        entries = [
            entry for entry in self.plan.file.entries if entry.manual == manual.key
        ]
        added = self._add_sections(manual, entries)
        sections = Section.objects.select_related("manual", "parent").in_bulk(
            added, field_name="uuid"
        )
        clauses = defaultdict(list)
        strays = []
        for entry in entries:
            if entry.uuid not in self.plan.new_clauses:
                continue
            if entry.section in sections:
                clauses[entry.section].append(entry)
            else:
                strays.append(entry)
        for uuid in added:
            self._add_clauses(sections[uuid], clauses[uuid])
        if strays:
            # New clauses of sections that are here already: those sections stay as they are, so these stand by
            # themselves
            title = f"ข้อที่มีเฉพาะในฉบับ {self.plan.code}"
            change = AddSection(manual, Section.Kind.ANNEX, title, uuid=uuid4())
            apply_changes(self.by, Action.IMPORT, self.reason, [change])
            section = Section.objects.select_related("manual", "parent").get(
                uuid=change.uuid
            )
            # Two clauses of different sections never hang below each other
            self._add_clauses(section, strays)
            added.append(section.uuid)
        self._retire(added)

    def _add_sections(self, manual: Manual, entries: list[FileEntry]) -> list[UUID]:
        """The uuids, parents first. They stand behind what is in the manual until they are retired."""
        wanted = [entry for entry in entries if entry.uuid in self.plan.new_sections]
        last = (
            Section.objects.filter(manual=manual, parent=None).order_by("rank").last()
        )
        ranks = ranks_after(last.rank if last is not None else "", len(wanted))
        changes: list[Change] = []
        for entry, rank in zip(wanted, ranks, strict=True):
            data: dict[str, Any] = {
                name: value
                for name, value in entry.data.items()
                if name not in LINEAGE_KEYS  # what the edition tells, not the section
            }
            change = AddSection(
                manual,
                kind=data.pop("kind"),
                title=entry.title,
                # Below one that is here already it would come between what stands there
                parent=entry.parent if entry.parent in self.plan.new_sections else None,
                rank=rank,
                origin=data.pop("origin"),
                data=data,
                applies_to=entry.applies_to,
                uuid=entry.uuid,
            )
            changes.append(change)
        if changes:
            apply_changes(self.by, Action.IMPORT, self.reason, changes)
        return [entry.uuid for entry in wanted]

    def _add_clauses(self, section: Section, entries: list[FileEntry]) -> None:
        """Clauses of one section, parents first, in their order."""
        own = {entry.uuid for entry in entries}
        changes: list[Change] = []
        ranks = ranks_after("", len(entries))
        for entry, rank in zip(entries, ranks, strict=True):
            position = Position(
                section,
                part=entry.part,
                parent=entry.parent if entry.parent in own else None,
                rank=rank,
                numbering=entry.numbering,
            )
            changes.append(AddClause(entry.clause_content, position, uuid=entry.uuid))
        if changes:
            apply_changes(self.by, Action.IMPORT, self.reason, changes)

    def _draw_descents(self) -> None:
        """Between clauses that are both here by now. What the portal does not have is known by the edition alone."""
        pairs = []
        for entry in self.plan.file.of_kind(CLAUSE):
            if SPLIT_FROM in entry.data:
                source = UUID(entry.data[SPLIT_FROM])
                pairs.append((source, entry.uuid, ClauseLineage.Kind.SPLIT))
            for held in entry.data.get(HAS_WORDS_OF, ()):
                pairs.append((UUID(held), entry.uuid, ClauseLineage.Kind.MERGED))
        for source, target in _find_told_before(self.plan.new_clauses, CLAUSE):
            pairs.append((source, target, ClauseLineage.Kind.MERGED))
        named = {uuid for source, target, _ in pairs for uuid in (source, target)}
        here = Clause.objects.filter(uuid__in=named).values_list("uuid", flat=True)
        known = set(here)
        lines = ClauseLineage.objects.filter(from_clause__uuid__in=named)
        drawn = set(lines.values_list("from_clause__uuid", "to_clause__uuid"))
        changes: list[Change] = []
        for source, target, kind in pairs:
            if {source, target} <= known and (source, target) not in drawn:
                changes.append(DrawDescent(source, target, kind.value))
        if changes:
            apply_changes(self.by, Action.IMPORT, self.reason, changes)

    def _draw_section_descents(self) -> None:
        """The same between sections."""
        pairs = []
        for entry in self.plan.file.of_kind(SECTION):
            if SPLIT_FROM in entry.data:
                source = UUID(entry.data[SPLIT_FROM])
                pairs.append((source, entry.uuid, SectionLineage.Kind.SPLIT))
            for held in entry.data.get(HAS_WORDS_OF, ()):
                pairs.append((UUID(held), entry.uuid, SectionLineage.Kind.MERGED))
        for source, target in _find_told_before(self.plan.new_sections, SECTION):
            pairs.append((source, target, SectionLineage.Kind.MERGED))
        for source, target in _find_splits_told_before(self.plan.new_sections):
            pairs.append((source, target, SectionLineage.Kind.SPLIT))
        named = {uuid for source, target, _ in pairs for uuid in (source, target)}
        known = Section.objects.in_bulk(named, field_name="uuid")
        lines = SectionLineage.objects.filter(from_section__uuid__in=named)
        drawn = set(lines.values_list("from_section__uuid", "to_section__uuid"))
        changes: list[Change] = []
        for source, target, kind in pairs:
            if {source, target} <= known.keys() and (source, target) not in drawn:
                changes.append(
                    DrawSectionDescent(known[source], known[target], kind.value)
                )
        if changes:
            apply_changes(self.by, Action.IMPORT, self.reason, changes)

    def _retire(self, uuids: list[UUID]) -> None:
        """Those below first; nothing of the file is left in the working draft."""
        left = set(uuids)
        while left:
            sections = Section.objects.select_related("manual", "parent").filter(
                uuid__in=left
            )
            above = {section.parent_id for section in sections}
            lowest = [section for section in sections if section.pk not in above]
            changes: list[Change] = []
            for section in lowest:
                changes.append(
                    ReviseSection(
                        section, section.version, {}, retire_reason=self.reason
                    )
                )
            apply_changes(self.by, Action.RETIRE, self.reason, changes)
            left -= {section.uuid for section in lowest}

    def list_nodes(self) -> list[DraftNode]:
        """The file's entries with the rows of this portal that they are of."""
        sections = Section.objects.filter(uuid__in=self.plan.file.uuids_of(SECTION))
        clauses = Clause.objects.filter(uuid__in=self.plan.file.uuids_of(CLAUSE))
        section_ids = dict(sections.values_list("uuid", "pk"))
        clause_ids = dict(clauses.values_list("uuid", "pk"))
        nodes = []
        for entry in self.plan.file.entries:
            node = DraftNode(
                kind=entry.kind,
                uuid=entry.uuid,
                manual_id=self.manuals[entry.manual].pk,
                parent_uuid=entry.parent,
                section_id=section_ids[entry.section]
                if entry.section is not None
                else None,
                clause_id=clause_ids.get(entry.uuid),
                part=entry.part,
                label=entry.label,
                path=entry.path,
                title=entry.title,
                data=entry.data,
                applies_to=entry.applies_to,
                numbering=entry.numbering,
                blob=entry.sha,
            )
            nodes.append(node)
        return nodes
