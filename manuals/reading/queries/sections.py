"""What a section's page needs besides its entries: the earlier wording, the laws it cites, what it refers to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ...content import Reference
from ...entries import EntryView
from ...law.queries import load_successions
from ...models import Edition, EditionEntry, LegalSource
from ...queries import entry_view


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """A section's own entries in an earlier edition, and those of clauses that stand in it today, in the order of then.

    `moved_away` are the clauses that stand in another section of the edition that is read.
    """

    entries: list[EntryView]
    moved_away: frozenset[UUID] = frozenset()


def find_earlier_wording(
    earlier: Edition,
    edition: Edition,
    section_id: int | None,
    present: Iterable[UUID],
) -> EarlierWording:
    """What `earlier` says of a section of `edition` and of the nodes `present` in it. One query."""
    stays = set(present)
    in_edition = EditionEntry.objects.filter(
        edition=edition,
        uuid=OuterRef("uuid"),
    )
    rows = (
        earlier.entries.filter(Q(section=section_id) | Q(uuid__in=stays))
        .select_related("blob")
        .annotate(is_in_edition=Exists(in_edition))
        .order_by("ordinal")
    )
    entries = []
    in_some_section = set()
    for row in rows:
        entries.append(entry_view(row))
        if row.is_in_edition:
            in_some_section.add(row.uuid)
    moved_away = in_some_section - stays
    return EarlierWording(entries, frozenset(moved_away))


@dataclass(frozen=True, slots=True)
class ReferredLaw:
    """A law that a clause cites; `successors` are in force instead of a repealed one."""

    source: LegalSource
    successors: Sequence[LegalSource] = ()


def find_cited_laws(clauses: Iterable[EntryView]) -> dict[str, ReferredLaw]:
    """{key: law} of the laws that these clauses cite. One query, none where nothing is cited, a second where one of
    them is repealed."""
    keys = set()
    for clause in clauses:
        if isinstance(clause.content, Reference) and clause.content.source:
            keys.add(clause.content.source)
    sources = LegalSource.objects.in_bulk(keys, field_name="key")
    cited = {key: ReferredLaw(source) for key, source in sources.items()}
    repealed = [source for source in sources.values() if source.is_repealed]
    if repealed:
        successions = load_successions()
        for source in repealed:
            cited[source.key] = ReferredLaw(source, successions.in_force_after(source))
    return cited


def find_newest_entries(wanted: Iterable[str]) -> Sequence[EditionEntry]:
    """The newest entry of each of these nodes, in whatever edition. One query, none for nothing."""
    rows = EditionEntry.objects.filter(uuid__in=list(wanted)).select_related("blob")
    newest = {}
    for row in rows.order_by("edition_id"):
        newest[row.uuid] = row
    return list(newest.values())
