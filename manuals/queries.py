"""Reading the manuals: trees of the working draft and of editions as EntryViews."""

import uuid as uuids
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from .content import content_from_json
from .entries import EntryView
from .labels import label_clauses
from .models import Clause, Edition, EditionEntry, Section


@dataclass(frozen=True, slots=True)
class _Row:
    """A clause row as labels.py wants it."""

    key: object
    parent_key: object | None
    part: int
    rank: str
    numbering: str
    kind: str
    clause: Clause


def draft_entries(section: Section) -> list[EntryView]:
    """The section as it stands in the working draft: its own view first, then its clauses in reading order."""
    rows = [
        _Row(row.pk, row.parent_id, row.part, row.rank, row.numbering, row.kind, row)
        for row in Clause.objects.live().filter(section=section).order_by()
    ]
    views = [
        EntryView(
            uuid=section.uuid,
            kind="section",
            title=section.title,
            section_kind=section.kind,
            data={**section.data, "origin": section.origin},
            applies_to=section.applies_to,
            section_id=section.pk,
        )
    ]
    for item in label_clauses(rows):
        clause = item.node.clause
        views.append(
            EntryView(
                uuid=clause.uuid,
                kind="clause",
                part=clause.part,
                label=item.label,
                cite=item.cite,
                depth=item.depth,
                numbering=clause.numbering,
                applies_to=clause.applies_to,
                content=clause.content,
                sha=clause.sha,
                clause_id=clause.pk,
                section_id=section.pk,
            )
        )
    return views


def edition_entries(edition: Edition, section: Section | None = None) -> list[EntryView]:
    """The entries of an edition (of one section, or all) in its frozen order. One query."""
    entries = edition.entries.select_related("blob").order_by("ordinal")
    if section is not None:
        entries = entries.filter(section=section)
    return [entry_view(entry) for entry in entries]


def entry_view(entry: EditionEntry) -> EntryView:
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
        content=content_from_json(entry.blob.content) if entry.blob_id else None,
        sha=entry.blob_id or "",
        entry_id=entry.pk,
        clause_id=entry.clause_id,
        section_id=entry.section_id,
    )


def clauses_by_uuid(wanted: Iterable[uuids.UUID]) -> dict[uuids.UUID, Clause]:
    return {clause.uuid: clause for clause in Clause.objects.filter(uuid__in=list(wanted))}


def live_processes(sections: QuerySet[Section] | None = None) -> QuerySet[Section]:
    rows = Section.objects if sections is None else sections
    return rows.filter(retired__isnull=True, kind=Section.Kind.PROCESS)
