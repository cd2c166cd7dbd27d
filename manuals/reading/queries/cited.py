"""What references lead to: in editions, and as it once stood in the working draft."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONArray

from ...content import Content, Definition, Step, Text
from ...entries import EntryView
from ...labels import Labelled, label_clauses
from ...models import ClauseChange, EditionEntry, SectionVersion

# --- in editions


def find_cited_entries(
    wanted: Iterable[str], editions: Sequence[int] = ()
) -> list[EditionEntry]:
    """One entry of each of these nodes: that of the first of these editions that has it. What none of them has is told
    by the newest edition before the first of them, else by the newest of all. One query, none for nothing."""
    return _choose(_find_entries(wanted), editions)


def find_entries_by_edition(
    wanted: Iterable[str], editions: Collection[int]
) -> dict[int, list[EditionEntry]]:
    """{edition: find_cited_entries for it}. One query, none for nothing."""
    rows = _find_entries(wanted)
    return {edition: _choose(rows, [edition]) for edition in editions}


def place_of_entry(row: EditionEntry) -> tuple[str, str]:
    """(title, kind) of the section that a row from here stands in, as its own edition has them."""
    title, kind = getattr(row, "title_and_kind", None) or ("", "")
    return title, kind or ""


def _find_entries(wanted: Iterable[str]) -> Sequence[EditionEntry]:
    uuids = list(wanted)
    if not uuids:
        return []
    sections = EditionEntry.objects.filter(
        edition=OuterRef("edition"),
        section=OuterRef("section"),
        kind=EditionEntry.Kind.SECTION,
    )
    title_and_kind = sections.order_by().values_list(JSONArray("title", "data__kind"))
    rows = EditionEntry.objects.filter(uuid__in=uuids).select_related("blob")
    return list(rows.annotate(title_and_kind=Subquery(title_and_kind[:1])))


def _choose(
    rows: Sequence[EditionEntry], editions: Sequence[int]
) -> list[EditionEntry]:
    def closeness(row: EditionEntry) -> tuple[int, bool, int]:
        edition = row.edition_id
        if edition in editions:
            return -editions.index(edition), True, edition
        is_earlier = bool(editions) and edition < editions[0]
        return -len(editions), is_earlier, edition

    chosen: dict[UUID, EditionEntry] = {}
    for row in sorted(rows, key=closeness):
        chosen[row.uuid] = row
    return list(chosen.values())


# --- as it once stood in the working draft


NOW = 2**62  # later than any act


class Asked(NamedTuple):
    """A clause, and the act right after which it is asked for."""

    uuid: str
    revision: int


@dataclass(frozen=True, slots=True)
class PastClause:
    """A clause as it stood, with its number of then, in a section that was called so."""

    entry: EntryView
    section_title: str
    section_kind: str


def find_past_clauses(asked: Collection[Asked]) -> dict[Asked, PastClause]:
    """Each as it stood right after its act; what had left the draft by then as it stood last. Three queries, none for
    nothing."""
    if not asked:
        return {}
    looked_up = _find_places(asked)
    acts_of: defaultdict[int, set[int]] = defaultdict(set)
    for place in looked_up.values():
        acts_of[place.section].add(place.revision)
    named = _name_sections(acts_of)
    entries = _number_clauses(acts_of, {place.uuid for place in looked_up.values()})
    found = {}
    for each, place in looked_up.items():
        entry = entries.get(place)
        if entry is not None:
            title, kind = named.get((place.section, place.revision), ("", ""))
            found[each] = PastClause(entry, title, kind)
    return found


class _Place(NamedTuple):
    """Where a clause stood last, right after this act."""

    uuid: str
    section: int
    revision: int


def _find_places(asked: Collection[Asked]) -> dict[Asked, _Place]:
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
                places[each] = _Place(each.uuid, entered, each.revision)
            elif left is not None:  # as it was before it left
                places[each] = _Place(each.uuid, left, revision - 1)
    return places


def _name_sections(
    acts_of: Mapping[int, Collection[int]],
) -> dict[tuple[int, int], tuple[str, str]]:
    """{(section, act): (its title, its kind) right after it}."""
    versions = SectionVersion.objects.filter(section__in=list(acts_of))
    named = {}
    for section_id, revision, title, kind in versions.order_by("number").values_list(
        "section", "revision", "state__title", "state__kind"
    ):
        for act in acts_of[section_id]:
            if revision <= act:
                named[section_id, act] = (title or "", kind or "")
    return named


@dataclass(frozen=True, slots=True)
class _PastNode:
    """What labels.py needs of a clause as it stood."""

    key: UUID
    parent_key: UUID | None
    part: int
    rank: str
    numbering: str
    content: Content

    @property
    def kind(self) -> str:
        return self.content.kind


def _number_clauses(
    acts_of: Mapping[int, Collection[int]], wanted: Collection[str]
) -> dict[_Place, EntryView]:
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
        standing: dict[UUID, _PastNode] = {}
        waiting = deque(rows[section])
        for act in sorted(acts):
            while waiting and waiting[0].revision <= act:
                _carry_out(waiting.popleft(), section, standing)
            for labelled in label_clauses(standing.values()):
                uuid = str(labelled.node.key)
                if uuid in wanted:
                    entry = _past_entry(labelled, section)
                    entries[_Place(uuid, section, act)] = entry
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
    change: _PastChange, section: int, standing: dict[UUID, _PastNode]
) -> None:
    if change.to_blob is None or change.to_section != section:
        standing.pop(change.uuid, None)
        return
    standing[change.uuid] = _PastNode(
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


def _past_entry(labelled: Labelled[_PastNode], section: int) -> EntryView:
    node = labelled.node
    return EntryView(
        uuid=node.key,
        kind="clause",
        part=node.part,
        label=labelled.label,
        cite=labelled.cite,
        depth=labelled.depth,
        numbering=node.numbering,
        content=node.content,
        section_id=section,
    )
