"""What has the words of a clause that left the manual; of a section, see section_survivors.

It is what it was joined to by the very act in which it left, as long as nobody divided that: who rewords it
later rewords these words too. Wherever anything else happened (it was divided, or what it was joined to was; it was
brought back since), a line of descent says nothing of where the words went. Then it is only what came of it and says
them, letter by letter but for blanks, and mostly nothing is (docs/decisions/0188-lineage-alone-holds-no-words.md).

A copy is none of them: what was copied stands where it stood, or left for a reason of its own.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery

from .clause import Clause, ClauseLineage
from .edition import HAS_WORDS_OF, EditionEntry
from .section import Section
from .taken_in import from_archives_alone
from .undone import lines_in_force
from .version import ClauseChange


class LineOfDescent(NamedTuple):
    """To what came of something directly. `is_taken_in`: it was joined there by the act in which it left, and never
    came back since. `is_divided`: what came of it was divided since."""

    to: Clause
    is_split: bool
    is_taken_in: bool
    is_divided: bool


type Lines = dict[int, list[LineOfDescent]]  # {id: from it}


def stands(node: Clause | Section) -> bool:
    """Whether it is in the working draft. A clause comes with its section."""
    if isinstance(node, Clause):
        return node.retired_id is None and node.section.retired_id is None
    return node.retired_id is None


def find_survivors(
    clauses: Iterable[Clause], *, as_if_standing: Set[int] = frozenset()
) -> dict[int, list[Clause]]:
    """{id of a clause that stands no more: the nearest clauses that stand and have its words}, in the order in which
    they came to be, with section, manual, group and parent. The clauses come with their sections. Those whose words
    nothing has, and those that stand, are not in it. Clauses `as_if_standing` may have left: they have the words that
    they had then. One query for each generation, none where all stand."""
    gone = {clause.pk: clause for clause in clauses if not stands(clause)}
    lines = _find_lines(gone.keys(), lambda line: _goes_on(line, as_if_standing))
    survivors = {}
    for clause_id, clause in gone.items():
        having = _survivors_of(clause, lines, as_if_standing)
        if having:
            survivors[clause_id] = having
    return survivors


def find_standing_descendants(clause: Clause) -> list[Clause]:
    """The nearest clauses that stand and came of one that left, whatever they say: what may be meant, for somebody to
    choose from. None by a join that was taken back. With section, manual, group and parent. One query for each
    generation."""
    lines = {}
    for pk, found in _find_lines({clause.pk}, _goes_on).items():
        lines[pk] = [line for line in found if line.is_split or line.is_taken_in]
    return list({node.pk: node for node, _ in _reach(clause.pk, lines)}.values())


def find_parts_split_off(clause_ids: Collection[int]) -> set[int]:
    """Ids of all that was split off from these clauses, or from such a part. One query for each generation."""
    parts: set[int] = set()
    generation = set(clause_ids)
    while generation:
        lines = lines_in_force().filter(
            kind=ClauseLineage.Kind.SPLIT, from_clause__in=generation
        )
        found = set(lines.values_list("to_clause", flat=True))
        generation = found - parts - set(clause_ids)
        parts |= generation
    return parts


def find_survivors_named(uuids: Collection[str]) -> dict[str, Clause]:
    """{uuid: the first clause that has its words} of those of these clauses that left the draft, also of some that only
    editions from elsewhere tell of. None without any, else one query, one for each generation, and one where
    something never stood in this portal."""
    if not uuids:
        return {}
    left = list(
        Clause.objects.filter(uuid__in=uuids)
        .select_related("section")
        .annotate(never_stood=Q(section__in=from_archives_alone()))
    )
    stood = {str(clause.uuid) for clause in left if not clause.never_stood}
    told_of = _find_in_editions(set(uuids) - stood)
    survivors = find_survivors([*left, *told_of.values()])
    named = {}
    for uuid, clause in told_of.items():
        now = where_written(clause, survivors)
        if stands(now):
            named[uuid] = now
    for clause in left:
        if clause.pk in survivors:
            named[str(clause.uuid)] = survivors[clause.pk][0]
    return named


def _find_in_editions(uuids: Collection[str]) -> dict[str, Clause]:
    """{uuid: the clause that has its words in the newest edition that says so}."""
    if not uuids:
        return {}
    entries = EditionEntry.objects.filter(
        data__has_key=HAS_WORDS_OF, data__has_words_of__has_any_keys=sorted(uuids)
    ).select_related("clause__section__manual__work_group", "clause__parent")
    found = {}
    for entry in entries.order_by("edition", "-ordinal"):
        for uuid in entry.data[HAS_WORDS_OF]:
            if uuid in uuids and entry.clause is not None:
                found[uuid] = entry.clause
    return found


def where_written(
    clause: Clause, survivors: Mapping[int, Collection[Clause]]
) -> Clause:
    """Where what is about the clause is written now: in the first that survived it, else in itself."""
    return next(iter(survivors.get(clause.pk, ())), clause)


def find_joined_into(clauses: Iterable[Clause]) -> dict[int, list[Clause]]:
    """{id of a clause: those that stand no more and whose words it has}, or had when it left itself, in the order in
    which they left, with section and manual; the other way round of find_survivors. One query, one for each generation
    that there is, and those of find_survivors where one of these left."""
    nearest = {clause.pk for clause in clauses}
    parents = {}
    for clause_id, lines in lines_into(nearest).items():
        parents[clause_id] = [line.from_clause for line in lines]
    survivors = find_survivors(
        chain.from_iterable(parents.values()), as_if_standing=nearest
    )
    has_words_of: set[tuple[int, int]] = set()
    for gone_id, survivors_of_it in survivors.items():
        has_words_of.update((survivor.pk, gone_id) for survivor in survivors_of_it)
    joined = {}
    for clause_id in nearest:
        ancestors = _walk(clause_id, parents, lambda node: False)
        held = [node for node in ancestors if (clause_id, node.pk) in has_words_of]
        if held:
            joined[clause_id] = held
    return joined


def lines_into(clause_ids: Collection[int]) -> dict[int, list[ClauseLineage]]:
    """{id of a clause: the lines of descent that lead to it} of these, and of all that they came of, with both ends and
    section and manual of what was before. One query for each generation."""
    into: dict[int, list[ClauseLineage]] = {}
    generation = set(clause_ids)
    while generation:
        lines = lines_in_force().filter(to_clause__in=generation)
        lines = lines.exclude(kind=ClauseLineage.Kind.COPIED).order_by("pk")
        lines = lines.select_related(
            "from_clause__section__manual__work_group", "to_clause"
        )
        found = set()
        for line in lines:
            into.setdefault(line.to_clause_id, []).append(line)
            found.add(line.from_clause_id)
        generation = found - into.keys()
    return into


@dataclass(frozen=True, slots=True)
class Descent:
    """All that came of some clauses, in all generations, whether it stands or not."""

    lines: Lines

    @property
    def clause_ids(self) -> set[int]:
        """Of all that came of them."""
        return {line.to.pk for line in chain.from_iterable(self.lines.values())}

    def descendants_of(self, clause_id: int) -> set[int]:
        related = {pk: [line.to for line in found] for pk, found in self.lines.items()}
        return {node.pk for node in _walk(clause_id, related, lambda node: False)}

    def where_written(self, clause: Clause) -> Clause:
        """As where_written; the clause comes with its section."""
        if stands(clause):
            return clause
        return next(iter(_survivors_of(clause, self.lines)), clause)


def find_descent(clause_ids: Collection[int]) -> Descent:
    """Of clauses that may stand themselves. One query, and one for each generation that there is."""
    return Descent(_find_lines(set(clause_ids), lambda line: True))


def _survivors_of(
    gone: Clause, lines: Lines, as_if_standing: Set[int] = frozenset()
) -> list[Clause]:
    """The nearest first, each once."""
    having: dict[int, Clause] = {}
    for node, went_along in _reach(gone.pk, lines, as_if_standing):
        if went_along or says_words_of(node, gone):
            having.setdefault(node.pk, node)
    return list(having.values())


def _reach(
    start: int, lines: Lines, as_if_standing: Set[int] = frozenset()
) -> Iterator[tuple[Clause, bool]]:
    """What stands and came of it, the nearest first, and whether all its words went along by each act on the way.
    Beyond what stands only what was split off from that."""
    seen = set()
    level = [(line, True) for line in lines.get(start, ())]
    while level:
        beyond = []
        for line, went_along in level:
            node = line.to
            went_along = went_along and line.is_taken_in and not line.is_divided
            if node.pk == start or (node.pk, went_along) in seen:
                continue
            seen.add((node.pk, went_along))
            is_standing = stands(node) or node.pk in as_if_standing
            if is_standing:
                yield node, went_along
            if _goes_on(line, as_if_standing):
                for onward in lines.get(node.pk, ()):
                    if onward.is_split or not is_standing:
                        beyond.append((onward, went_along))
        level = beyond


def _goes_on(line: LineOfDescent, as_if_standing: Set[int] = frozenset()) -> bool:
    """Whether the words may have gone further from there."""
    if line.is_divided:
        return True
    return not stands(line.to) and line.to.pk not in as_if_standing


def says_words_of(node: Clause, gone: Clause) -> bool:
    """As it stood when it left. What has no words is found nowhere."""
    words = "".join(gone.plain.split())
    return bool(words) and words in "".join(node.plain.split())


def _find_lines(
    ids: Collection[int], goes_on: Callable[[LineOfDescent], bool]
) -> Lines:
    lines: Lines = {}
    generation = set(ids)
    known = set(ids)
    while generation:
        found = _lines_from(generation)
        lines |= found
        generation = set()
        for line in chain.from_iterable(found.values()):
            if line.to.pk not in known and goes_on(line):
                generation.add(line.to.pk)
                known.add(line.to.pk)
    return lines


def _walk(
    start: int, related: Mapping[int, list[Clause]], ends_at: Callable[[Clause], bool]
) -> Iterable[Clause]:
    """The nearest first, each once; nothing beyond those at which it ends."""
    reached: dict[int, Clause] = {}
    level = related.get(start, [])
    while level:
        beyond = []
        for node in level:
            if node.pk not in reached and node.pk != start:
                reached[node.pk] = node
                if not ends_at(node):
                    beyond += related.get(node.pk, [])
        level = beyond
    return reached.values()


def _lines_from(ids: Collection[int]) -> Lines:
    last_acts = ClauseChange.objects.filter(clause=OuterRef(OuterRef("from_clause")))
    taken_in = ClauseChange.objects.filter(
        clause=OuterRef("to_clause"),
        kind=ClauseChange.Kind.JOINED,
        revision=Subquery(last_acts.order_by("-pk").values("revision")[:1]),
    )
    # A line is as old as its act, or older where the act was done a second time
    divided = lines_in_force().filter(
        kind=ClauseLineage.Kind.SPLIT,
        from_clause=OuterRef("to_clause"),
        pk__gt=OuterRef("pk"),
    )
    rows = lines_in_force().filter(from_clause__in=ids)
    rows = rows.exclude(kind=ClauseLineage.Kind.COPIED).order_by("pk")
    rows = rows.annotate(is_taken_in=Exists(taken_in), is_divided=Exists(divided))
    rows = rows.select_related(
        "to_clause__section__manual__work_group", "to_clause__parent"
    )
    lines: Lines = {}
    for row in rows:
        is_split = row.kind == ClauseLineage.Kind.SPLIT
        is_taken_in = row.is_taken_in and not is_split
        line = LineOfDescent(row.to_clause, is_split, is_taken_in, row.is_divided)
        lines.setdefault(row.from_clause_id, []).append(line)
    return lines
