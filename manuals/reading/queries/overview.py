"""A manual at a glance, in rows and counts: its sections now and before, and what their clauses are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Collate

from ...edition_memory import kept_of_edition
from ...entries import EntryView
from ...models import Edition, EditionEntry, Manual, Section
from ...queries import entry_view

THAI = "th-x-icu"


def find_sections(
    manual: Manual, edition: Edition
) -> tuple[EditionEntry | None, list[EditionEntry]]:
    """(the manual's own entry, those of its sections in the order of the book). The first is None when the edition
    does not have the manual. One query."""
    manual_entry = None
    sections = []
    entries = edition.entries.filter(manual=manual).exclude(kind="clause")
    for entry in entries.order_by("ordinal"):
        if entry.kind == EditionEntry.Kind.MANUAL:
            manual_entry = entry
        else:
            sections.append(entry)
    return manual_entry, sections


def find_earlier_sections(
    manual: Manual, basis: Edition | None, present: Iterable[UUID]
) -> dict[UUID, EditionEntry]:
    """{uuid: entry} of the sections of the earlier edition: those the manual had then, and those `present` in it now.
    One query."""
    if basis is None:
        return {}
    stays = set(present)
    earlier = {}
    for entry in basis.entries.filter(kind="section").order_by("ordinal"):
        if entry.manual_id == manual.pk or entry.uuid in stays:
            earlier[entry.uuid] = entry
    return earlier


def find_sections_by_uuid(
    edition: Edition, wanted: Iterable[UUID]
) -> dict[UUID, EditionEntry]:
    """{uuid: entry} with its manual and group, in whatever manual of the edition it stands. One query."""
    rows = edition.entries.filter(kind="section", uuid__in=list(wanted))
    return {row.uuid: row for row in rows.select_related("manual__work_group")}


@kept_of_edition
def load_front_sections(
    edition: Edition, manual: Manual
) -> Sequence[Sequence[EntryView]]:
    """What stands before the processes (mission, aims, foreword): each section's entries. One query, none once this
    process has asked."""
    kinds = [
        Section.Kind.FRONT,
        Section.Kind.MISSION,
        Section.Kind.CHAPTER,
        Section.Kind.ANNEX,
    ]
    rows = edition.entries.filter(manual=manual, section__kind__in=kinds)
    rows = rows.exclude(kind="manual").select_related("blob")
    by_section: dict[int | None, list[EntryView]] = {}
    for row in rows.order_by("ordinal"):
        views = by_section.setdefault(row.section_id, [])
        views.append(entry_view(row))
    return tuple(by_section.values())


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """Of a section's clauses since an earlier edition: how many came, went, were reworded and stayed as they were."""

    added: int = 0
    removed: int = 0
    reworded: int = 0
    same: int = 0

    @property
    def changed(self) -> int:
        return self.added + self.removed + self.reworded

    @property
    def percent_changed(self) -> int:
        """At least 1 where anything changed."""
        if not self.changed:
            return 0
        total = self.changed + self.same
        return max(1, round(100 * self.changed / total))


# A clause that moved to another of these sections counts where it stands now, by its words alone
CHANGE_COUNTS = """
    WITH old AS (
        SELECT uuid, section_id, blob_id FROM manuals_editionentry
        WHERE edition_id = %(old)s AND kind = 'clause' AND section_id = ANY(%(sections)s)
    ), new AS (
        SELECT uuid, section_id, blob_id FROM manuals_editionentry
        WHERE edition_id = %(new)s AND kind = 'clause' AND section_id = ANY(%(sections)s)
    )
    SELECT
        coalesce(new.section_id, old.section_id),
        -- a clause of one edition only has no row of the other: compared with nothing it is neither of the last two
        count(*) FILTER (WHERE old.uuid IS NULL) AS added,
        count(*) FILTER (WHERE new.uuid IS NULL) AS removed,
        count(*) FILTER (WHERE old.blob_id <> new.blob_id) AS reworded,
        count(*) FILTER (WHERE old.blob_id = new.blob_id) AS same
    FROM old FULL JOIN new USING (uuid) GROUP BY 1
"""


def count_clause_changes(
    basis: Edition | None, edition: Edition, section_ids: Iterable[int | None]
) -> dict[int | None, ChangeCounts]:
    """{section: its counts}, without those that have no clause in either edition. One query."""
    if basis is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            CHANGE_COUNTS,
            {"old": basis.pk, "new": edition.pk, "sections": list(section_ids)},
        )
        found = {}
        for section_id, *counts in cursor.fetchall():
            found[section_id] = ChangeCounts(*counts)
        return found


@dataclass(frozen=True, slots=True)
class ClauseCounts:
    """How many clauses a section has, and how many of them are steps."""

    clauses: int = 0
    steps: int = 0


CLAUSE_COUNTS = """
    SELECT entry.section_id, count(*) AS clauses, count(*) FILTER (WHERE blob.content ->> 'kind' = 'step') AS steps
    FROM manuals_editionentry entry JOIN manuals_textblob blob ON blob.sha = entry.blob_id
    WHERE entry.edition_id = %s AND entry.section_id = ANY(%s) GROUP BY entry.section_id
"""


def count_clauses(
    edition: Edition, section_ids: Iterable[int | None]
) -> dict[int | None, ClauseCounts]:
    """{section: its counts}, without those that have no clause. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CLAUSE_COUNTS, [edition.pk, list(section_ids)])
        found = {}
        for section_id, *counts in cursor.fetchall():
            found[section_id] = ClauseCounts(*counts)
        return found


def clauses_of_kind(
    edition: Edition,
    section_ids: Iterable[int | None],
    kind: str,
    *,
    sort_by: str,
) -> QuerySet[EditionEntry]:
    """With their wordings; sorted by a value of the content's data, as Thai dictionaries do."""
    value = KeyTextTransform(sort_by, KeyTransform("data", "blob__content"))
    rows = edition.entries.filter(
        kind="clause",
        section__in=list(section_ids),
        blob__content__kind=kind,
    )
    return rows.select_related("blob").order_by(Collate(value, THAI), "ordinal")
