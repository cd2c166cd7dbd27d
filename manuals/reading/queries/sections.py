"""What a section's page needs besides its entries: the earlier wording, the laws it cites, what it refers to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearing_portal.postgres.statements import kept_statement

from ...content import Reference, plain_text
from ...entries import EntryView
from ...law.queries import load_successions, repealed_laws_among
from ...models import ClauseChange, Edition, EditionEntry, LegalSource
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


def find_moved_clauses(uuids: Collection[UUID]) -> set[UUID]:
    """Those that somebody ever moved: of two that stand the other way round by now, the one to tell of. One query."""
    moves = ClauseChange.objects.filter(
        clause__uuid__in=uuids, kind=ClauseChange.Kind.MOVED
    )
    return set(moves.order_by().values_list("clause__uuid", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class ReferredLaw:
    """A law that a clause cites or names; `successors` are in force instead of a repealed one."""

    source: LegalSource
    successors: Sequence[LegalSource] = ()


@dataclass(frozen=True, slots=True)
class ReferredLaws:
    """`cited` is {key: law} of what references cite; `named` {uuid of a clause: the repealed laws that its words apply,
    without the one that it cites}."""

    cited: Mapping[str, ReferredLaw] = field(default_factory=dict)
    named: Mapping[UUID, Sequence[ReferredLaw]] = field(default_factory=dict)


def find_referred_laws(clauses: Iterable[EntryView]) -> ReferredLaws:
    """The laws that these clauses cite, and the repealed ones that they name. One query, none without clauses, a second
    where one of the laws is repealed."""
    contents = {}
    for clause in clauses:
        if clause.content is not None:
            contents[clause.uuid] = clause.content
    if not contents:
        return ReferredLaws()
    sources = _find_legal_sources()
    repealed = repealed_laws_among(sources)
    by_id = {source.pk: source for source in sources}
    applied = {}
    keys = set()
    for uuid, content in contents.items():
        own = content.source if isinstance(content, Reference) else ""
        keys.add(own)
        found = repealed.applied_in(plain_text(content), own)
        applied[uuid] = [
            by_id[law.source.pk] for law in found if law.mention is not None
        ]
    cited = [source for source in sources if source.key in keys]
    repealed_named: list[LegalSource] = []
    for named in applied.values():
        repealed_named += named
    laws = _with_successors([*cited, *repealed_named])
    referred = {}
    for uuid, named in applied.items():
        if named:
            referred[uuid] = [laws[source.pk] for source in named]
    return ReferredLaws({source.key: laws[source.pk] for source in cited}, referred)


@kept_statement
def _find_legal_sources() -> QuerySet[LegalSource]:
    return LegalSource.objects.all()


def _with_successors(sources: Sequence[LegalSource]) -> dict[int, ReferredLaw]:
    """By id. One query, none where no law is repealed."""
    if not any(source.is_repealed for source in sources):
        return {source.pk: ReferredLaw(source) for source in sources}
    successions = load_successions()
    laws = {}
    for source in sources:
        successors = successions.in_force_after(source) if source.is_repealed else []
        laws[source.pk] = ReferredLaw(source, successors)
    return laws
