"""Where the processes of an edition came from, as the edition itself keeps it, so that which process became which can
be told wherever it is read (docs/decisions/0192-an-edition-tells-where-its-processes-came-from.md)."""

from collections.abc import Iterable, Mapping, Set
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from ...models import (
    ClauseChange,
    EditionEntry,
    Section,
    SectionLineage,
    SectionVersion,
)
from ...models.edition import HAS_WORDS_OF, SPLIT_FROM
from ...models.section_survivors import find_section_survivors
from ...models.taken_in import from_archives_alone
from ...models.undone import section_lines_in_force

type Pair = tuple[int, int]


class SectionNode(Protocol):
    """A section that will be an entry."""

    uuid: UUID
    section_id: int | None
    data: dict[str, Any]


def hold_section_lineage(sections: Iterable[SectionNode]) -> None:
    """Write into the data of each of a book's sections what it was split off from, where that is in the book too, or in
    an earlier edition, and some of what went along stands here yet, and the sections that stand nowhere any more and
    whose clauses it has. What an edition from elsewhere tells of sections that this portal never had is carried on. Two
    queries, three more where one was divided, and those of find_section_survivors."""
    of_book = {section.section_id: section for section in sections}
    lines = section_lines_in_force().exclude(kind=SectionLineage.Kind.COPIED)
    sources = set()
    splits: list[Pair] = []
    rows = lines.order_by("pk").values_list("kind", "from_section", "to_section")
    for kind, source, target in rows:
        sources.add(source)
        if kind == SectionLineage.Kind.SPLIT and target in of_book:
            splits.append((source, target))
    left_again = _find_left_again() if splits else set()
    uuid_of_source = _find_known_sources({source for source, _ in splits}, of_book)
    # What stands first: it is where the words were as long as both stood
    for source, target in sorted(splits, key=lambda split: split[0] not in of_book):
        if (source, target) not in left_again and source in uuid_of_source:
            of_book[target].data.setdefault(SPLIT_FROM, uuid_of_source[source])
    held = _find_told_elsewhere(of_book)
    left = Section.objects.filter(pk__in=sources - of_book.keys())
    uuid_of = {section.pk: str(section.uuid) for section in left}
    for pk, survivors in find_section_survivors(left).items():
        for survivor in survivors:
            if survivor.pk in of_book:
                held.setdefault(survivor.pk, set()).add(uuid_of[pk])
    for survivor_id, uuids in held.items():
        of_book[survivor_id].data[HAS_WORDS_OF] = sorted(uuids)


def _find_known_sources(
    ids: Set[int], of_book: Mapping[int | None, SectionNode]
) -> dict[int, str]:
    """{section: its uuid} of those that are in the book, or were in an edition before. One query where some are not in
    the book."""
    found = {pk: str(of_book[pk].uuid) for pk in ids & of_book.keys()}
    left = ids - of_book.keys()
    if left:
        entries = EditionEntry.objects.filter(section__in=left, kind="section")
        rows = entries.order_by("section").distinct("section")
        found |= {pk: str(uuid) for pk, uuid in rows.values_list("section", "uuid")}
    return found


def _find_left_again() -> set[Pair]:
    """[(section, what was split off from it)] of which every clause that went along stands elsewhere by now."""
    splitting = SectionVersion.objects.filter(
        revision=OuterRef("revision"),
        section=OuterRef("to_section"),
        action=SectionVersion.Action.SPLIT,
    )
    moves = ClauseChange.objects.filter(Exists(splitting), to_section__isnull=False)
    moves = moves.exclude(from_section=None).exclude(from_section=F("to_section"))
    standing = moves.filter(clause__retired=None, clause__section__retired=None)
    pairs = ("from_section", "to_section")
    kept = standing.filter(clause__section=F("to_section"))
    return set(standing.values_list(*pairs)) - set(kept.values_list(*pairs))


def _find_told_elsewhere(
    of_book: Mapping[int | None, SectionNode],
) -> dict[int, set[str]]:
    """{section: uuids of sections that never stood here, and whose clauses it has as an edition says}."""
    entries = EditionEntry.objects.filter(
        kind=EditionEntry.Kind.SECTION, data__has_key=HAS_WORDS_OF
    )
    told: dict[int, set[str]] = {}
    rows = list(entries.values_list("section", f"data__{HAS_WORDS_OF}"))
    left = {section for section, _ in rows} - of_book.keys()
    # What has their words left as well: then what has its words
    onward = find_section_survivors(Section.objects.filter(pk__in=left)) if left else {}
    for section, uuids in rows:
        survivors = [each.pk for each in onward.get(section, ())]
        for pk in [section] if section in of_book else survivors:
            if pk in of_book:
                told.setdefault(pk, set()).update(uuids)
    named: set[str] = set().union(*told.values())
    here = Section.objects.filter(uuid__in=named)
    here = here.exclude(pk__in=from_archives_alone())
    known = {str(uuid) for uuid in here.values_list("uuid", flat=True)}
    known |= {str(section.uuid) for section in of_book.values()}
    return {pk: uuids - known for pk, uuids in told.items() if uuids - known}
