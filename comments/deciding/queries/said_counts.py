"""How much was said of clauses of the draft, and of what they came of, in all hearings but rehearsals, and what of it
waits."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Self
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from hearing_portal.directory.models import AreaOffice
from manuals.models import Clause, EditionEntry, Section
from manuals.models.origins import Origin, find_origins, find_section_origins

from ...models import Answer, Comment, Disposition
from .drafting_debts import find_owed


@dataclass(slots=True)
class SaidCount:
    """Comments by the kind of office that speaks, "" for none; how many have no result, and how many wait for words.
    `comment_id` is the last one, which leads to its hearing."""

    by_kind: Counter[str] = field(default_factory=Counter)
    undecided: int = 0
    owed: int = 0
    comment_id: int = 0

    @property
    def comments(self) -> int:
        return self.by_kind.total()

    def add(self, other: Self) -> None:
        """Of other comments."""
        self.by_kind += other.by_kind
        self.undecided += other.undecided
        self.owed += other.owed
        self.comment_id = max(self.comment_id, other.comment_id)


@dataclass(frozen=True, slots=True)
class SaidOfOrigin:
    """Of a clause that a standing one came of; `is_divided`: that was split off from it."""

    heir: Clause
    origin: Clause
    is_divided: bool
    count: SaidCount


type SectionPair = tuple[Section, Section]


def count_said_of_clauses(clauses: Collection[UUID]) -> dict[UUID, SaidCount]:
    """{clause: what was said of it}, of those of which something was. One query, two more where
    some was decided, none for nothing."""
    if not clauses:
        return {}
    return _count(Q(entry__clause__uuid__in=list(clauses)), F("entry__clause__uuid"))


def count_said_of_sections(sections: Iterable[Section]) -> dict[int, SaidCount]:
    """{section id: what was said of it, and of the clauses that stand in it now}. Queries as count_said_of_clauses."""
    ids = [section.pk for section in sections]
    in_clauses = Q(entry__clause__section__in=ids, entry__clause__retired__isnull=True)
    of_section = Q(entry__clause=None, entry__section__in=ids)
    node = Coalesce("entry__clause__section", "entry__section")
    return _count(in_clauses | of_section, node)


type Origins = Mapping[Clause, Sequence[Origin[Clause]]]
"""As find_origins: of clauses that an act touches."""


def count_said_of_origins(origins: Origins) -> list[SaidOfOrigin]:
    """Each once, as far as it is about the words of the clause that came of it. No query without any."""
    counts = _count_origins(_spread(origins), _OF_CLAUSE)
    told = {}
    for heir, found in origins.items():
        for origin in found:
            key = origin.node.pk
            if key in counts and key not in told:
                is_divided = origin.part is not None
                told[key] = SaidOfOrigin(heir, origin.node, is_divided, counts[key])
    return list(told.values())


def count_said_of_section_origins(
    sections: Collection[Section], of_clauses: Origins
) -> dict[SectionPair, SaidCount]:
    """{(section, where it was said of): how much was said of what the section, or a clause that stands in it, came of}.
    The queries of find_section_origins, and where there are some those of _count, for sections and for clauses."""
    by_pk = {section.pk: section for section in sections}
    of_sections = find_section_origins(sections)
    said: dict[SectionPair, SaidCount] = defaultdict(SaidCount)
    counts = _count_origins(_spread(of_clauses), _OF_CLAUSE)
    pairs: dict[int, SectionPair] = {}
    for heir, clauses in of_clauses.items():
        for each in clauses:
            pair = (by_pk[heir.section_id], each.node.section)
            pairs.setdefault(each.node.pk, pair)
    for key, count in counts.items():
        said[pairs[key]].add(count)
    counts = _count_origins(_spread(of_sections), _OF_SECTION)
    pairs = {}
    for heir_id, found in of_sections.items():
        for origin in found:
            pairs.setdefault(origin.node.pk, (by_pk[heir_id], origin.node))
    for key, count in counts.items():
        said[pairs[key]].add(count)
    return said


_OF_CLAUSE = "entry__clause"
_OF_SECTION = "entry__section"


def _spread[Node: (Clause, Section)](
    origins: Mapping[Any, Sequence[Origin[Node]]],
) -> list[Origin[Node]]:
    return list(chain.from_iterable(origins.values()))


def find_origins_of_clauses(clauses: Collection[UUID]) -> Origins:
    """Without these clauses themselves. The queries of find_origins."""
    origins = find_origins(Clause.objects.filter(uuid__in=list(clauses)))
    return _without(origins, lambda clause: clause.uuid in clauses)


def find_origins_in_sections(sections: Collection[Section]) -> Origins:
    """Of the clauses that stand in these sections, without these clauses themselves. The queries of find_origins."""
    standing = Clause.objects.live().filter(section__in=list(sections))
    ids = {section.pk for section in sections}
    return _without(
        find_origins(standing),
        lambda clause: clause.section_id in ids and clause.retired_id is None,
    )


def _without(origins: Origins, is_own: Callable[[Clause], bool]) -> Origins:
    left = {}
    for heir, found in origins.items():
        others = [origin for origin in found if not is_own(origin.node)]
        if others:
            left[heir] = others
    return left


def _count_origins[Node: (Clause, Section)](
    origins: Sequence[Origin[Node]], path: str
) -> dict[int, SaidCount]:
    """{id of an origin: how much was said of it}; where a part was split off from it, in books without that part. No
    query without origins."""
    if not origins:
        return {}
    where = Q()
    for node, part in origins:
        of_node = Q(**{path: node.pk})
        if part is None:
            where |= of_node
            continue
        book = EditionEntry.objects.filter(edition=OuterRef("entry__edition"))
        with_part = book.filter(**{path.removeprefix("entry__"): part.pk})
        where |= of_node & ~Q(Exists(with_part))
    if path == _OF_SECTION:
        where &= Q(entry__clause=None)
    return _count(where, F(path))


def _count[Key](where: Q, node: Combinable) -> dict[Key, SaidCount]:
    """Replies and what its author took back count for nothing."""
    current = Answer.objects.filter(current=True, comment=OuterRef("pk"))
    withdrawn = current.filter(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    comments = Comment.objects.filter(where, ~Exists(withdrawn), parent__isnull=True)
    comments = comments.exclude(session__hearing__objection_days=0).order_by()
    rows = comments.annotate(node=node, is_decided=Exists(current))
    columns = ("node", "office_kind", "is_decided")
    counted = rows.values(*columns).annotate(number=Count("pk"), last=Max("pk"))
    found: dict[Key, SaidCount] = {}
    for key, kind, is_decided, number, last in counted.values_list(
        *columns, "number", "last"
    ):
        said = found.setdefault(key, SaidCount())
        said.by_kind[kind or ""] += number
        said.undecided += 0 if is_decided else number
        said.comment_id = max(said.comment_id, last)
    if not found:
        return found
    promised = [disposition.pk for disposition in find_owed(comments)]
    if promised:
        owed = rows.filter(Exists(current.filter(disposition__in=promised)))
        for key in owed.values_list("node", flat=True):
            found[key].owed += 1
    return found


OFFICE_KINDS = (*AreaOffice.Kind.values, "")
