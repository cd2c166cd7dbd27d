"""Where what somebody was asked to look at stands now."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ..models import Clause, ClauseChange, ReviewRequest, Section
from ..models.section_survivors import find_section_survivors, most_frequent
from ..models.survivors import (
    find_parts_split_off,
    find_survivors,
    stands,
    where_written,
)


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """The section where it stands, and the clause, where one was asked about. `has_moved`: that was joined to another
    one, or divided and left, and these have its words."""

    section: Section
    clause: Clause | None = None
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class AskedClauses:
    """Of a whole section that was asked about: the `clauses` that it had then, or what has their words, wherever these
    stand now, and what was written in it since. What came in from other sections is none of them. Of a clause: that, or
    what has its words, and what was split off from it since.

    `sections` are those where they stand, the one that was asked about first, else the one with the most of them.
    `is_whole`: they are all that stands there, in the section that was asked about."""

    sections: list[Section]
    clauses: list[Clause]
    is_whole: bool


def find_places(requests: Iterable[ReviewRequest]) -> dict[int, AskedPlace]:
    """{request id: its place}. The requests come with section, clause and that one's section. No query, one for each
    generation where something was joined to something else."""
    rows = list(requests)
    clauses = find_survivors(row.clause for row in rows if row.clause is not None)
    sections = find_section_survivors(row.section for row in rows if row.clause is None)
    places = {}
    for row in rows:
        if row.clause is not None:
            [clause, *_] = clauses.get(row.clause.pk, [row.clause])
            has_moved = clause != row.clause
            places[row.pk] = AskedPlace(clause.section, clause, has_moved)
        else:
            [section, *_] = sections.get(row.section.pk, [row.section])
            places[row.pk] = AskedPlace(section, has_moved=section != row.section)
    return places


def find_asked_place(request: ReviewRequest) -> AskedPlace:
    return find_places([request])[request.pk]


def find_asked_clauses(request: ReviewRequest) -> AskedClauses:
    """Three queries, and one for each generation of what was split off, and of what has the words of what left."""
    if request.clause is not None:
        return _find_of_clause(request)
    section = request.section
    then = list(_find_standing_then(section, request.at).select_related("section"))
    parts = Clause.objects.filter(
        pk__in=find_parts_split_off({each.pk for each in then})
    )
    then += parts.select_related("section")
    wanted = {clause.pk for clause in then}
    for survivors in find_survivors(then).values():
        wanted.update(clause.pk for clause in survivors)
    found = _find_standing(wanted, or_written_in=section)
    sections = most_frequent([clause.section for clause in found])
    if not stands(section):
        return AskedClauses(sections, found, is_whole=False)
    others = [each for each in sections if each != section]
    shown = [clause.pk for clause in found]
    others_there = Clause.objects.live().filter(section=section).exclude(pk__in=shown)
    return AskedClauses(
        [section, *others], found, is_whole=not others and not others_there.exists()
    )


def _find_of_clause(request: ReviewRequest) -> AskedClauses:
    clause = request.clause
    assert clause is not None
    made_since = ClauseChange.objects.filter(
        clause=OuterRef("pk"), from_blob=None, revision__date_created__gt=request.at
    )
    parts = Clause.objects.filter(
        Exists(made_since), pk__in=find_parts_split_off({clause.pk})
    )
    asked = [clause, *parts.select_related("section")]
    survivors = find_survivors(asked)
    found = _find_standing({where_written(each, survivors).pk for each in asked})
    sections = most_frequent([each.section for each in found])
    return AskedClauses(sections, found, is_whole=False)


def _find_standing(
    pks: Set[int], *, or_written_in: Section | None = None
) -> list[Clause]:
    standing = Clause.objects.live().filter(section__retired=None)
    found = standing.filter(pk__in=pks)
    if or_written_in is not None:
        found |= standing.filter(_was_written_in(or_written_in), section=or_written_in)
    found = found.select_related("section__manual__work_group")
    return list(found.order_by("section", "part", "rank"))


def _find_standing_then(section: Section, at: datetime) -> QuerySet[Clause]:
    """The clauses that stood in the section at that time."""
    came_in = ClauseChange.objects.filter(to_section=section)
    last = ClauseChange.objects.filter(
        clause=OuterRef("pk"), revision__date_created__lte=at
    )
    place = Subquery(last.order_by("-pk").values("to_section")[:1])
    clauses = Clause.objects.filter(pk__in=came_in.values("clause"))
    return clauses.annotate(place_then=place).filter(place_then=section.pk)


def _was_written_in(section: Section) -> Exists:
    """Whether the clause began there: it came from no other section."""
    beginning = ClauseChange.objects.filter(
        clause=OuterRef("pk"), from_blob=None, to_section=section
    )
    return Exists(beginning)
