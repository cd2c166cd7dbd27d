"""What has the words of a section that left the manual: its clauses keep their uuids wherever they go, so they are
followed, and not what came of the section (docs/decisions/0190-a-process-is-where-its-clauses-are.md).

They are the clauses that went elsewhere in the very act in which it left. What it was divided before, or kept when it
was retired, stands nowhere.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from .clause import Clause
from .section import Section, SectionLineage
from .survivors import find_survivors, stands, where_written
from .undone import section_lines_in_force
from .version import ClauseChange, SectionVersion

Kind = SectionLineage.Kind


def find_section_survivors(sections: Iterable[Section]) -> dict[int, list[Section]]:
    """{id of a section that stands no more: the sections in which the clauses stand that it had}, the one with the most
    of them first, with manual and group. Those whose clauses stand nowhere, and those that stand, are not in it. None
    where all stand; else one query, those of find_survivors, one for each generation where no clause of one went along,
    and one more where such a one was joined to another."""
    gone = {section.pk for section in sections if not stands(section)}
    if not gone:
        return {}
    taken_along = _find_taken_along(gone)
    places = find_standing_places(chain.from_iterable(taken_along.values()))
    survivors = {}
    for pk, clauses in taken_along.items():
        standing = [places[clause.pk] for clause in clauses if clause.pk in places]
        if standing:
            survivors[pk] = most_frequent(standing)
    followed = _follow_names(gone - taken_along.keys())
    names = _without_clauses(followed.keys())
    return survivors | {pk: followed[pk] for pk in names}


def find_standing_places(clauses: Iterable[Clause]) -> dict[int, Section]:
    """{clause id: the section where it stands, or what has its words} of those of which that can be said. The clauses
    come with their sections. The queries of find_survivors."""
    rows = list(clauses)
    survivors = find_survivors(rows)
    places = {}
    for clause in rows:
        now = where_written(clause, survivors)
        if stands(now):
            places[clause.pk] = now.section
    return places


def most_frequent(sections: Sequence[Section]) -> list[Section]:
    """Each once, the most frequent first."""
    return [section for section, _ in Counter(sections).most_common()]


def find_standing_kin(sections: Iterable[Section]) -> dict[int, list[Section]]:
    """{id of a section: the nearest that stand and came of it, whatever they say}: what may be meant, for somebody to
    choose from. With manual and group. One query for each generation, none without sections."""
    wanted = {section.pk for section in sections}
    came_of: dict[int, list[Section]] = {}
    generation = wanted
    while generation:
        onward = set()
        for line in _lines_of_descent(generation):
            came_of.setdefault(line.from_section_id, []).append(line.to_section)
            if not stands(line.to_section):
                onward.add(line.to_section_id)
        generation = onward - came_of.keys()
    return {pk: _nearest_standing(pk, came_of) for pk in wanted & came_of.keys()}


def _nearest_standing(
    section_id: int, came_of: Mapping[int, list[Section]]
) -> list[Section]:
    standing: dict[int, Section] = {}
    seen = {section_id}
    level = [section_id]
    while level:
        beyond = []
        for section in chain.from_iterable(came_of.get(pk, ()) for pk in level):
            if section.pk in seen:
                continue
            seen.add(section.pk)
            if stands(section):
                standing[section.pk] = section
            else:
                beyond.append(section.pk)
        level = beyond
    return list(standing.values())


def _find_taken_along(section_ids: Collection[int]) -> dict[int, list[Clause]]:
    """{section: the clauses that went elsewhere in the act in which it left}. One query."""
    taken_along: dict[int, list[Clause]] = {}
    changes = ClauseChange.objects.filter(
        from_section__in=section_ids, revision=_last_act("from_section")
    )
    changes = changes.exclude(to_section=None).exclude(to_section=F("from_section"))
    changes = changes.select_related("clause__section__manual__work_group")
    for change in changes.order_by("pk"):
        assert change.from_section_id is not None
        taken_along.setdefault(change.from_section_id, []).append(change.clause)
    return taken_along


def _last_act(section: str) -> Subquery:
    """That which retired a section is its last one."""
    versions = SectionVersion.objects.filter(section=OuterRef(section))
    return Subquery(versions.order_by("-number").values("revision")[:1])


def _without_clauses(section_ids: Collection[int]) -> set[int]:
    """Those of which nothing but a name left. One query, none without any."""
    if not section_ids:
        return set()
    retired_with = ClauseChange.objects.filter(
        from_section=OuterRef("pk"), revision=_last_act("from_section")
    )
    sections = Section.objects.filter(pk__in=section_ids)
    sections = sections.exclude(
        Exists(Clause.objects.live().filter(section=OuterRef("pk")))
    ).exclude(Exists(retired_with))
    return set(sections.values_list("pk", flat=True))


def _follow_names(section_ids: Collection[int]) -> dict[int, list[Section]]:
    """{section without clauses: what it was joined to}, as long as nobody divided that since. One query for each
    generation, none without any."""
    joined_to: dict[int, SectionLineage] = {}
    generation = set(section_ids)
    while generation:
        found = _find_undivided_joins(generation)
        joined_to |= found
        onward = {row.to_section_id for row in found.values()}
        generation = onward - joined_to.keys()
    survivors = {}
    for pk in section_ids:
        section = _last_of_names(pk, joined_to)
        if section is not None and stands(section):
            survivors[pk] = [section]
    return survivors


def _last_of_names(
    section_id: int, joined_to: Mapping[int, SectionLineage]
) -> Section | None:
    section = None
    seen = {section_id}
    while section_id in joined_to:
        section = joined_to[section_id].to_section
        section_id = section.pk
        if stands(section) or section_id in seen:
            break
        seen.add(section_id)
    return section


def _find_undivided_joins(section_ids: Collection[int]) -> dict[int, SectionLineage]:
    divided = section_lines_in_force().filter(
        kind=Kind.SPLIT, from_section=OuterRef("to_section"), pk__gt=OuterRef("pk")
    )
    joins = _lines_of_descent(section_ids).exclude(kind=Kind.SPLIT)
    return {join.from_section_id: join for join in joins.filter(~Exists(divided))}


def _lines_of_descent(section_ids: Collection[int]) -> QuerySet[SectionLineage]:
    lines = section_lines_in_force().filter(from_section__in=section_ids)
    lines = lines.exclude(kind=Kind.COPIED).order_by("pk")
    return lines.select_related("to_section__manual__work_group")
