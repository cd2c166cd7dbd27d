"""What references lead to: in editions, and as it once stood in the working draft."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from ...content import Content, Definition, Step, Text
from ...entries import ClauseState, EntryView, past_entry
from ...labels import label_clauses
from ...models import (
    ClauseChange,
    ClauseLineage,
    EditionEntry,
    Manual,
    Section,
    SectionVersion,
)
from ...models.edition import HAS_WORDS_OF
from ...models.undone import find_acts_of_lines

# --- in editions


def find_cited_entries(
    wanted: Iterable[str], editions: Sequence[int] = ()
) -> dict[str, EditionEntry]:
    """{uuid: its entry} of these nodes: that of the first of these editions that has it, or that has its words where it
    was joined to another clause; none where none of them has. Where no edition is named, its own of the newest. One
    query, none for nothing."""
    uuids = set(wanted)
    return _choose(_find_entries(uuids, editions), uuids, editions)


def find_entries_by_edition(
    wanted: Iterable[str], editions: Collection[int]
) -> dict[int, dict[str, EditionEntry]]:
    """{edition: find_cited_entries for it}. One query, none for nothing."""
    uuids = set(wanted)
    rows = _find_entries(uuids, editions)
    return {edition: _choose(rows, uuids, [edition]) for edition in editions}


class EntryPlace(NamedTuple):
    """The section that a row from here stands in and the title of its manual, as its own edition has them."""

    title: str = ""
    kind: str = ""
    manual_title: str = ""


def place_of_entry(row: EditionEntry) -> EntryPlace:
    place = getattr(row, "place", None) or ()
    return EntryPlace(*(each or "" for each in place))


def _find_entries(
    wanted: Collection[str], editions: Collection[int]
) -> Sequence[EditionEntry]:
    uuids = sorted(wanted)
    if not uuids:
        return []
    sections = EditionEntry.objects.filter(
        edition=OuterRef("edition"),
        section=OuterRef("section"),
        kind=EditionEntry.Kind.SECTION,
    )
    manuals = EditionEntry.objects.filter(
        edition=OuterRef("edition"),
        manual=OuterRef("manual"),
        kind=EditionEntry.Kind.MANUAL,
    )
    manual_title = Subquery(manuals.order_by().values("title")[:1])
    place = sections.order_by().values_list(
        JSONArray("title", "data__kind", manual_title)
    )
    named = Q(uuid__in=uuids)
    if editions:
        # The first condition is that of their index
        has_words = Q(data__has_key=HAS_WORDS_OF)
        named |= has_words & Q(data__has_words_of__has_any_keys=uuids)
        named &= Q(edition__in=list(editions))
    rows = EditionEntry.objects.filter(named).select_related("blob")
    return list(rows.annotate(place=Subquery(place[:1])))


def _choose(
    rows: Sequence[EditionEntry], wanted: Collection[str], editions: Sequence[int]
) -> dict[str, EditionEntry]:
    def closeness(row: EditionEntry) -> tuple[int, int]:
        edition = -editions.index(row.edition_id) if editions else row.edition_id
        return edition, -row.ordinal

    of_editions = [row for row in rows if not editions or row.edition_id in editions]
    chosen: dict[str, EditionEntry] = {}
    for row in sorted(of_editions, key=closeness):
        if editions:
            for uuid in row.data.get(HAS_WORDS_OF, ()):
                if uuid in wanted:
                    chosen[uuid] = row
        chosen[str(row.uuid)] = row
    return {uuid: row for uuid, row in chosen.items() if uuid in wanted}


# --- as it once stood in the working draft


NOW = 2**62  # later than any act


class Asked(NamedTuple):
    """A clause, and the act right after which it is asked for."""

    uuid: str
    revision: int


@dataclass(frozen=True, slots=True)
class PastClause:
    """A clause as it stood, with its number of then, in a section that was called so, and that was out of the manual
    then with all its clauses where it `left_with_section`."""

    entry: EntryView
    section_title: str
    section_kind: str
    manual_title: str = ""
    left_with_section: bool = False


def find_last_states(uuids: Iterable[str]) -> dict[str, PastClause]:
    """{uuid: the clause as it stands in the draft, or stood there last}. Three queries, one more where some stand in no
    process, none for nothing."""
    places = _find_places({Asked(uuid, NOW) for uuid in uuids})
    return {each.uuid: past for each, past in _load_past(places).items()}


class PastClauses(NamedTuple):
    """Those that stood in the draft, as they stood, and those that had left it by then with all their words. What never
    stood there is in neither."""

    standing: dict[Asked, PastClause]
    gone: set[Asked]


def find_past_clauses(asked: Collection[Asked]) -> PastClauses:
    """Each as the draft itself told it right after its act: what had been joined to another clause is that other one.
    Queries as find_last_states, and three for each generation of clauses that had left."""
    standing: dict[Asked, _Place] = {}
    gone: set[Asked] = set()
    places = _find_places(asked)
    while places:
        left = {}
        for each, place in places.items():
            if place.has_left:
                left[each] = place
            else:
                standing[each] = place
        joined = _find_joined_to(left)
        gone |= left.keys() - joined.keys()
        targets = {each: Asked(uuid, each.revision) for each, uuid in joined.items()}
        found = _find_places(set(targets.values()))
        places = {each: found[target] for each, target in targets.items()}
    past = _load_past(standing)
    for each in [each for each, clause in past.items() if clause.left_with_section]:
        del past[each]
        gone.add(each)
    return PastClauses(past, gone)


def _find_joined_to(left: Mapping[Asked, "_Place"]) -> dict[Asked, str]:
    """{what had left: the clause that it was joined to by the very act in which it left}, as far as that was not
    divided until the act asked for: then a line of descent does not say where the words went (decision 0188). Two
    queries, one where nothing was joined, none for nothing."""
    if not left:
        return {}
    sources = {place.uuid for place in left.values()}
    lines = ClauseLineage.objects.filter(
        Q(kind=ClauseLineage.Kind.MERGED, from_clause__uuid__in=sources)
        | Q(
            kind=ClauseLineage.Kind.SPLIT,
            from_clause__predecessors__from_clause__uuid__in=sources,
        )
    ).distinct()
    rows = {
        str(row[0]): row
        for row in lines.values_list(
            "pk", "kind", "from_clause__uuid", "to_clause__uuid"
        )
    }
    joins: dict[tuple[str, int], str] = {}
    divisions: defaultdict[str, list[int]] = defaultdict(list)
    for key, act in find_acts_of_lines(rows.keys()):
        _, kind, source, target = rows[key]
        if kind == ClauseLineage.Kind.MERGED:
            joins[str(source), act] = str(target)
        else:
            divisions[str(source)].append(act)
    joined = {}
    for each, place in left.items():
        to = joins.get((place.uuid, place.revision + 1))
        if to is None:
            continue
        since = [act for act in divisions[to] if place.revision < act]
        if not any(act <= each.revision for act in since):
            joined[each] = to
    return joined


def _load_past(looked_up: Mapping[Asked, "_Place"]) -> dict[Asked, PastClause]:
    acts_of: defaultdict[int, set[int]] = defaultdict(set)
    for place in looked_up.values():
        acts_of[place.section].add(place.revision)
    if not acts_of:
        return {}
    named, retired = _name_sections(acts_of)
    entries = _number_clauses(acts_of, {place.uuid for place in looked_up.values()})
    found = {}
    for each, place in looked_up.items():
        entry = entries.get((place.uuid, place.section, place.revision))
        if entry is not None:
            at = place.section, place.revision
            section = named.get(at, EntryPlace())
            found[each] = PastClause(entry, *section, left_with_section=at in retired)
    return found


type _StateKey = tuple[str, int, int]  # a clause, its section, the act


class _Place(NamedTuple):
    """Where a clause stood last, right after this act: the one before it left, where it `has_left`."""

    uuid: str
    section: int
    revision: int
    has_left: bool


def _find_places(asked: Collection[Asked]) -> dict[Asked, _Place]:
    if not asked:
        return {}
    moves: defaultdict[str, list[tuple[int, int | None, int | None]]] = defaultdict(
        list
    )
    changes = ClauseChange.objects.filter(
        clause__uuid__in={each.uuid for each in asked}
    ).order_by("revision", "pk")
    for uuid, act, blob, source, target in changes.values_list(
        "clause__uuid", "revision", "to_blob", "from_section", "to_section"
    ):
        moves[str(uuid)].append((act, source, target if blob else None))
    places = {}
    for each in asked:
        for revision, left, entered in moves[each.uuid]:
            if revision > each.revision:
                break
            if entered is not None:
                places[each] = _Place(each.uuid, entered, each.revision, has_left=False)
            elif left is not None:  # as it was before it left
                places[each] = _Place(each.uuid, left, revision - 1, has_left=True)
    return places


def _name_sections(
    acts_of: Mapping[int, Collection[int]],
) -> tuple[dict[tuple[int, int], EntryPlace], set[tuple[int, int]]]:
    """{(section, act): what it was called right after it}, and those that were retired then."""
    versions = SectionVersion.objects.filter(section__in=list(acts_of))
    rows = versions.order_by("number").values_list(
        *("section", "revision", "state__title"),
        *("state__kind", "state__manual", "state__retired"),
    )
    manuals: dict[str, str] = {}
    if any(kind != Section.Kind.PROCESS for _, _, _, kind, _, _ in rows):
        keys = {row[4] for row in rows}
        titles = Manual.objects.filter(key__in=keys).values_list("key", "title")
        manuals = dict(titles)
    named = {}
    retired: set[tuple[int, int]] = set()
    for section_id, revision, title, kind, manual, is_retired in rows:
        for act in acts_of[section_id]:
            if revision > act:
                continue
            at = section_id, act
            named[at] = EntryPlace(title or "", kind or "", manuals.get(manual, ""))
            if is_retired:
                retired.add(at)
            else:
                retired.discard(at)
    return named, retired


def _number_clauses(
    acts_of: Mapping[int, Collection[int]], wanted: Collection[str]
) -> dict[_StateKey, EntryView]:
    """The wanted clauses as they were numbered in these sections right after these acts."""
    changes = ClauseChange.objects.filter(
        Q(to_section__in=list(acts_of)) | Q(from_section__in=list(acts_of))
    ).order_by("revision", "pk")
    rows: defaultdict[int | None, list[_PastChange]] = defaultdict(list)
    for values in changes.values_list(
        "revision",
        "clause__uuid",
        "from_section",
        "to_section",
        "to_blob",
        "to_parent",
        "to_part",
        "to_rank",
        "to_numbering",
        "to_blob__content__kind",
        "to_blob__content__data__term",
    ):
        row = _PastChange(*values)
        for section in {row.from_section, row.to_section}:
            if section in acts_of:
                rows[section].append(row)
    entries = {}
    for section, acts in acts_of.items():
        standing: dict[UUID, ClauseState] = {}
        waiting = deque(rows[section])
        for act in sorted(acts):
            while waiting and waiting[0].revision <= act:
                _carry_out(waiting.popleft(), section, standing)
            for labelled in label_clauses(standing.values()):
                uuid = str(labelled.node.key)
                if uuid in wanted:
                    entry = past_entry(labelled, section)
                    entries[uuid, section, act] = entry
    return entries


class _PastChange(NamedTuple):
    """What an act did to a clause, and where that was."""

    revision: int
    uuid: UUID
    from_section: int | None
    to_section: int | None
    to_blob: str | None
    to_parent: UUID | None
    to_part: int | None
    to_rank: str | None
    to_numbering: str
    kind: str | None
    term: str | None


def _carry_out(
    change: _PastChange, section: int, standing: dict[UUID, ClauseState]
) -> None:
    if change.to_blob is None or change.to_section != section:
        standing.pop(change.uuid, None)
        return
    standing[change.uuid] = ClauseState(
        key=change.uuid,
        parent_key=change.to_parent,
        part=change.to_part or 0,
        rank=change.to_rank or "",
        numbering=change.to_numbering,
        content=_name_giver(change.kind, change.term),
    )


def _name_giver(kind: str | None, term: str | None) -> Content:
    """As much of a content as a clause's number and name need."""
    match kind:
        case Step.kind:
            return Step()
        case Definition.kind:
            return Definition(term=term or "")
    return Text()
