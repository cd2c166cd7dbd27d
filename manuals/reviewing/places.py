"""Where what somebody was asked to look at stands now."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ..drafting.queries.arranging import find_coming_back
from ..models import Clause, ClauseChange, Retirement, ReviewRequest, Section
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

    @property
    def retirement(self) -> Retirement | None:
        """By which it left the draft; None while it stands."""
        if self.clause is not None and self.clause.retired is not None:
            return self.clause.retired
        return self.section.retired


@dataclass(frozen=True, slots=True)
class AskedClauses:
    """Of a whole section that was asked about: the `clauses` that it had then, or what has their words, wherever these
    stand now, and what was written in it since. What came in from other sections is none of them. Of a clause: that, or
    what has its words, and what was split off from it since.

    `left` are those of them that left the draft with their section, and of a clause all of these, where none stands; as
    they stood then, with their sections.
    `sections` are those where the others stand, the one that was asked about first, else the one with the most of them.
    `is_whole`: all of them are all that stands in the section that was asked about, or that left with it."""

    sections: list[Section]
    clauses: list[Clause]
    is_whole: bool
    left: list[Clause] = field(default_factory=list)


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
    left = _find_left(wanted, or_written_in=section)
    sections = most_frequent([clause.section for clause in found])
    shown = {clause.pk for clause in (*found, *left)}
    if stands(section):
        sections = [section, *(each for each in sections if each != section)]
        there = set(
            Clause.objects.live().filter(section=section).values_list("pk", flat=True)
        )
    else:
        there = {clause.pk for clause in find_coming_back(section)}
    is_whole = sections in ([], [section]) and shown == there
    return AskedClauses(sections, found, is_whole, left)


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
    left = [] if found else asked
    return AskedClauses(sections, found, is_whole=False, left=left)


def _find_standing(
    pks: Set[int], *, or_written_in: Section | None = None
) -> list[Clause]:
    standing = Clause.objects.live().filter(section__retired=None)
    found = standing.filter(pk__in=pks)
    if or_written_in is not None:
        found |= standing.filter(_was_written_in(or_written_in), section=or_written_in)
    found = found.select_related("section__manual__work_group")
    return list(found.order_by("section", "part", "rank"))


def _find_left(pks: Set[int], *, or_written_in: Section) -> list[Clause]:
    """Those that left the draft with the section in which they stood, with that. Two queries, two more for each such
    section."""
    asked = Clause.objects.filter(pk__in=pks)
    asked |= Clause.objects.filter(
        _was_written_in(or_written_in), section=or_written_in
    )
    gone = asked.filter(section__retired__isnull=False)
    sections = Section.objects.filter(pk__in=gone.values("section"))
    gone_ids = set(gone.values_list("pk", flat=True))
    left = []
    for section in sections.select_related("retired", "manual__work_group"):
        for clause in find_coming_back(section):
            if clause.pk in gone_ids:
                clause.section = section
                left.append(clause)
    return left


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
