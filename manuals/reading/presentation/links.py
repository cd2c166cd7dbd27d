"""What clauses are called, and where they and their sections are read."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from hearing_portal.thai.markup import referenced_uuids

from ...content import Step
from ...entries import EntryView
from ...models import Edition, EditionEntry
from ...queries import entry_view
from ..names import (
    CitedName,
    LinkTarget,
    LinkTargets,
    clause_name,
    name_cited,
    read_names_in,
    section_words,
)
from ..queries.cited import (
    PastClause,
    find_cited_entries,
    find_last_states,
    place_of_entry,
)

type SectionPages = Callable[
    [EditionEntry], str
]  # of a section's row, with its edition and manual: where it is read


def clause_anchor(uuid: UUID) -> str:
    """The id of a clause on every page: the same in all editions."""
    return f"c-{uuid.hex[:8]}"


def page_in_edition(row: EditionEntry) -> str:
    return reverse("edition-section", args=[row.edition.code, row.uuid])


def pages_in_edition(edition: Edition) -> SectionPages:
    """Where the sections of an edition are read. An app that shows an edition in its own pages gives the views of
    searching and of permanent links another function like this one."""
    return page_in_edition


def name_entry(row: EditionEntry) -> CitedName:
    """Of a row that find_cited_entries gave: it leads to the permanent link."""
    if row.kind != EditionEntry.Kind.CLAUSE:
        kind = row.data.get("kind", "")
        return CitedName(
            section_words(row.title, kind, place_of_entry(row).manual_title)
        )
    place = place_of_entry(row)
    return name_cited(
        entry_view(row),
        section_title=place.title,
        section_kind=place.kind,
        manual_title=place.manual_title,
        href=reverse("clause", args=[row.uuid]),
    )


def name_past(past: PastClause) -> CitedName:
    return name_cited(
        past.entry,
        section_title=past.section_title,
        section_kind=past.section_kind,
        manual_title=past.manual_title,
    )


def name_in_editions(
    wanted: Collection[str], editions: Sequence[int] = ()
) -> dict[str, CitedName]:
    """As the first of these editions that has them calls them, without what none of them has: an edition says nothing
    that it does not hold. Where no edition is named, as the newest one calls them, or the draft when they left it; that
    leads nowhere, because nobody knows whether its reader may read where it stands. One query, none for nothing, and
    what name_last costs where something is in no edition."""
    names = {}
    for uuid, row in find_cited_entries(wanted, editions).items():
        name = name_entry(row)
        names[uuid] = name if editions else replace(name, href="")
    if editions:
        return names
    return names | name_last({uuid for uuid in wanted if uuid not in names})


def name_last(wanted: Collection[str]) -> dict[str, CitedName]:
    """As the working draft calls them, or called them when they left it. Three queries, none for nothing."""
    return {uuid: name_past(past) for uuid, past in find_last_states(wanted).items()}


def find_link_targets(
    section_id: int | None,
    clauses: Sequence[EntryView],
    citing: Iterable[EntryView],
    outer: LinkTargets | None = None,
    editions: Sequence[int] = (),
) -> dict[str, LinkTarget]:
    """Where the references of `citing` and the branches of steps lead, as they are read in this section: within it to
    the clause itself, else where `outer` says, else to the permanent link, called as in the first of these editions;
    what only the entries besides `clauses` refer to, as the first of the editions that has it calls it. Queries as
    name_in_editions, for each of both, none when nothing is left for it."""
    targets = dict(outer or {})
    for clause in clauses:
        row = clause.label if isinstance(clause.content, Step) else ""
        href = f"#{clause_anchor(clause.uuid)}"
        targets[str(clause.uuid)] = LinkTarget(clause_name(clause), href, row)

    if not editions:
        return targets
    of_clauses = _find_references(clauses)
    only_before = _find_references(citing) - of_clauses
    names = name_in_editions(of_clauses - set(targets), editions[:1])
    names |= name_in_editions(only_before - set(targets), editions)
    return targets | read_names_in(names, section_id)


def _find_references(entries: Iterable[EntryView]) -> set[str]:
    found: set[str] = set()
    for entry in entries:
        if entry.content is not None:
            found.update(referenced_uuids(entry.content.referring))
    return found
