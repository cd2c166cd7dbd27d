"""What an act leaves behind: wordings, lines of descent, versions of sections, changes of clauses, citations."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from reversion.models import Revision

from hearing_portal.directory.models import User

from ...content import Content, Reference
from ...models import (
    Citation,
    Clause,
    ClauseChange,
    ClauseLineage,
    LegalSource,
    Retirement,
    Section,
    SectionLineage,
    SectionVersion,
)
from .blobs import store_blobs
from .locking import LockedRows
from .revisions import write_revision


class ActRecord:
    """What a running act changed so far; `write` puts it into the tables once all changes are done."""

    def __init__(
        self,
        rows: LockedRows,
        actor: User,
        action: str,
        reason: str,
        undoes: Revision | None = None,
    ) -> None:
        self.undoes = undoes
        self.rows = rows
        self.actor = actor
        self.action = action
        self.reason = reason
        self.changed_sections: dict[int, Section] = {}
        self.clause_changes: list[ClauseChange] = []
        self.contents: list[Content] = []
        self.lineage: dict[tuple[UUID, UUID], str] = {}
        self.cited: list[tuple[Clause, Content]] = []
        # For reversion, besides sections and clauses
        self.other_rows: list[Retirement | ClauseLineage | SectionLineage] = []

    # --- while the changes are applied

    def mark_changed(self, section: Section) -> Section:
        """The section gets a new version. Returns the one object of its row."""
        section = self.rows.keep_section(section)
        self.changed_sections[section.pk] = section
        return section

    def record_change(
        self,
        clause: Clause,
        kind: str,
        *,
        sha_before: str | None,
        section_before: Section | None = None,
        reason: str = "",
    ) -> None:
        """Remember what happened to the clause; `reason` is the act's own unless given."""
        change = ClauseChange(
            clause=clause,
            kind=kind,
            from_blob_id=sha_before,
            from_section=section_before,
            reason=reason or self.reason,
        )
        if kind != ClauseChange.Kind.RETIRED:
            change.to_blob_id = clause.sha
            change.to_section = clause.section
            change.to_part = clause.part
            change.to_parent = clause.parent_uuid
            change.to_rank = clause.rank
            change.to_numbering = clause.numbering
        self.clause_changes.append(change)

    def record_content(self, clause: Clause, content: Content) -> None:
        """Before the clause takes the content: its wording is stored, and its citations follow."""
        self.contents.append(content)
        # Text cites nothing: only what is a reference, or was one, has citations to rebuild
        if isinstance(content, Reference) or clause.kind == Reference.kind:
            self.cited.append((clause, content))

    def record_descent(self, source: UUID, target: UUID, kind: str) -> None:
        self.lineage.setdefault((source, target), kind)

    def record_section_descent(
        self, source: Section, target: Section, kind: str
    ) -> None:
        """Both are rows already."""
        # One that was there goes into the revision as well: its own act may have been undone
        row, _ = SectionLineage.objects.get_or_create(
            from_section=source, to_section=target, defaults={"kind": kind}
        )
        self.other_rows.append(row)

    def create_retirement(self, reason: str) -> Retirement:
        retirement = Retirement.objects.create(reason=reason, by=self.actor)
        self.other_rows.append(retirement)
        return retirement

    # --- when all are done

    def write(self) -> list[ClauseChange]:
        """Raise the versions and write the revision: every row the act wrote, SectionVersions and ClauseChanges."""
        store_blobs(self.contents)
        self._write_lineage()
        for section in self.changed_sections.values():
            section.version += 1
            section.save()

        changed_clauses = [change.clause for change in self.clause_changes]
        changed_rows = [
            *self.changed_sections.values(),
            *changed_clauses,
            *self.other_rows,
        ]
        revision = write_revision(
            changed_rows,
            by=self.actor,
            reason=self.reason,
        )
        versions = []
        for section in self.changed_sections.values():
            version = SectionVersion(
                revision=revision,
                section=section,
                number=section.version,
                action=self.action,
                state=section_state(section),
                reason=self.reason,
                undoes=self.undoes,
            )
            versions.append(version)
        SectionVersion.objects.bulk_create(versions)
        for change in self.clause_changes:
            change.revision = revision
        written = ClauseChange.objects.bulk_create(self.clause_changes)
        if self.cited:
            rebuild_citations(self.cited)
        return written

    def _write_lineage(self) -> None:
        if not self.lineage:
            return
        named: set[UUID] = set()
        for pair in self.lineage:
            named.update(pair)
        clauses = Clause.objects.filter(uuid__in=named)
        id_of_clause = dict(clauses.values_list("uuid", "pk"))
        for (source, target), kind in self.lineage.items():
            # One that was there goes into the revision as well: its own act may have been undone
            row, _ = ClauseLineage.objects.get_or_create(
                from_clause_id=id_of_clause[source],
                to_clause_id=id_of_clause[target],
                defaults={"kind": kind},
            )
            self.other_rows.append(row)


def section_state(section: Section) -> dict[str, Any]:
    """A section's own row as JSON, as SectionVersion.state keeps it."""
    return {
        "title": section.title,
        "data": section.data,
        "kind": section.kind,
        "origin": section.origin,
        "applies_to": section.applies_to,
        "manual": section.manual.key,
        "parent": str(section.parent.uuid) if section.parent else None,
        "rank": section.rank,
        "retired": section.retired_id is not None,
    }


def rebuild_citations(cited: Sequence[tuple[Clause, Content]]) -> None:
    """Citation rows follow from the content of the clauses given."""
    clauses = []
    keys = set()
    for clause, content in cited:
        clauses.append(clause)
        if isinstance(content, Reference) and content.source:
            keys.add(content.source)
    Citation.objects.filter(clause__in=clauses).delete()
    sources = LegalSource.objects.in_bulk(keys, field_name="key")

    citations = []
    for clause, content in cited:
        if isinstance(content, Reference) and content.source in sources:
            citation = Citation(
                clause=clause,
                source=sources[content.source],
                locator=content.locator[:200],
            )
            citations.append(citation)
    Citation.objects.bulk_create(citations, ignore_conflicts=True)
