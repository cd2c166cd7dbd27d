"""Reading the manuals: trees of the working draft and of editions as EntryViews."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from .entries import EntryView
from .labels import label_clauses
from .models import Clause, Edition, EditionEntry, Section


@dataclass(frozen=True, slots=True)
class _ClauseNode:
    """A clause's row as labels.py wants it."""

    key: object
    parent_key: object | None
    part: int
    rank: str
    numbering: str
    kind: str
    clause: Clause


def load_draft_entries(section: Section) -> list[EntryView]:
    """The section as it stands in the working draft: its own view first, then its clauses in reading order. One
    query."""
    nodes = []
    # label_clauses sorts them
    for clause in Clause.objects.live().filter(section=section).order_by():
        node = _ClauseNode(
            key=clause.pk,
            parent_key=clause.parent_id,
            part=clause.part,
            rank=clause.rank,
            numbering=clause.numbering,
            kind=clause.kind,
            clause=clause,
        )
        nodes.append(node)

    section_view = EntryView(
        uuid=section.uuid,
        kind="section",
        title=section.title,
        section_kind=section.kind,
        data={**section.data, "origin": section.origin},
        applies_to=section.applies_to,
        section_id=section.pk,
    )
    views = [section_view]
    for labelled in label_clauses(nodes):
        clause = labelled.node.clause
        view = EntryView(
            uuid=clause.uuid,
            kind="clause",
            part=clause.part,
            label=labelled.label,
            cite=labelled.cite,
            depth=labelled.depth,
            numbering=clause.numbering,
            applies_to=clause.applies_to,
            content=clause.content,
            sha=clause.sha,
            clause_id=clause.pk,
            section_id=section.pk,
        )
        views.append(view)
    return views


def load_edition_entries(edition: Edition, section: Section | None = None) -> list[EntryView]:
    """The entries of an edition (of one section, or all) in its frozen order. One query."""
    entries = edition.entries.select_related("blob").order_by("ordinal")
    if section is not None:
        entries = entries.filter(section=section)
    return [entry_view(entry) for entry in entries]


def entry_view(entry: EditionEntry) -> EntryView:
    """Needs the entry's blob."""
    content = None
    if entry.blob is not None:
        content = entry.blob.as_content
    return EntryView(
        uuid=entry.uuid,
        kind=entry.kind,
        title=entry.title,
        part=entry.part,
        label=entry.label,
        cite=entry.cite,
        depth=entry.depth,
        numbering=entry.numbering or "none",
        applies_to=entry.applies_to,
        section_kind=entry.data.get("kind", ""),
        data=entry.data,
        content=content,
        sha=entry.blob_id or "",
        entry_id=entry.pk,
        clause_id=entry.clause_id,
        section_id=entry.section_id,
    )


def find_clauses_by_uuid(wanted: Iterable[UUID]) -> dict[UUID, Clause]:
    """One query; those that do not exist are left out."""
    return Clause.objects.in_bulk(list(wanted), field_name="uuid")


def live_processes(sections: QuerySet[Section] | None = None) -> QuerySet[Section]:
    """The processes of the working draft, or those among `sections`."""
    if sections is None:
        sections = Section.objects.all()
    return sections.filter(retired__isnull=True, kind=Section.Kind.PROCESS)
