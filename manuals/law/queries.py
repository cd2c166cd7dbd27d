"""What stands in the registry of laws, and what loading the shipped one would do to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from hearing_portal.postgres.search_forms import having_terms
from hearing_portal.shipped_lists import ShippedPlan, compare_with_shipped, plan_new_row

from ..models import Clause, LegalSource, LegalSuccession, Section, TextBlob
from ..queries import load_draft_sections
from .mentions import AppliedLaw, LawNames, RepealedLaws
from .shipped_files import SHIPPED_SOURCES, ListedSource, read_listed_sources
from .successions import Successions

MOST_LAWS_FOUND = 10


def count_legal_sources() -> int:
    """How many laws the registry has."""
    return LegalSource.objects.count()


def load_repealed_laws() -> RepealedLaws:
    """One query."""
    return repealed_laws_among(list(LegalSource.objects.all()))


def repealed_laws_among(registry: Sequence[LegalSource]) -> RepealedLaws:
    """Those of a registry, which is read anew only when something in it is otherwise: that takes many milliseconds, and
    pages of readers ask for it. The laws it gives are shared: nobody changes them."""
    fields = []
    for column in LegalSource._meta.concrete_fields:
        if column.attname != "as_shipped":
            fields.append(column.attname)
    said = tuple(tuple(getattr(source, name) for name in fields) for source in registry)
    return _read_registry(_Registry(said, registry))


@dataclass(frozen=True, slots=True)
class _Registry:
    said: tuple[tuple[object, ...], ...]
    sources: Sequence[LegalSource] = field(compare=False)


@lru_cache(maxsize=2)
def _read_registry(registry: _Registry) -> RepealedLaws:
    return RepealedLaws(registry.sources)


def find_repealed_in_draft(laws: RepealedLaws) -> list[AppliedLaw]:
    """The repealed laws that clauses of the working draft refer to or name. Three queries, none when no law is
    repealed."""
    if not laws.by_key:
        return []
    applied: list[AppliedLaw] = []
    for clause in find_applying_clauses(laws, load_draft_sections()):
        applied += clause.laws
    return applied


class ApplyingClause(NamedTuple):
    """A clause that refers to or names repealed laws, by its id and that of its section."""

    clause_id: int
    section_id: int
    laws: list[AppliedLaw]


def find_applying_clauses(
    laws: RepealedLaws, sections: Iterable[Section]
) -> list[ApplyingClause]:
    """Those among the live clauses of the sections. One query, none when no law is repealed."""
    if not laws.by_key:
        return []
    section_ids = [section.pk for section in sections]
    may_apply = Q(plain__regex=laws.hint) | Q(data__source__in=list(laws.by_key))
    clauses = (
        Clause.objects.live().filter(may_apply, section__in=section_ids).order_by()
    )
    found: list[ApplyingClause] = []
    for pk, section_id, plain, cited in clauses.values_list(
        "pk", "section", "plain", "data__source"
    ):
        applied = laws.applied_in(plain, cited or "")
        if applied:
            found.append(ApplyingClause(pk, section_id, applied))
    return found


def count_applying_clauses() -> dict[int, int]:
    """{manual id: how many clauses of its working draft refer to or name a repealed law}. Four queries."""
    laws = load_repealed_laws()
    if not laws.by_key:
        return {}
    standing = {section.pk: section for section in load_draft_sections()}
    counts: dict[int, int] = {}
    for found in find_applying_clauses(laws, standing.values()):
        manual_id = standing[found.section_id].manual_id
        counts[manual_id] = counts.get(manual_id, 0) + 1
    return counts


def load_sources_by_title() -> dict[str, str]:
    """{full title: key}, as process_text.read_process wants it. One query."""
    return dict(LegalSource.objects.values_list("full_title", "key"))


def find_legal_sources(*, words: str = "", status: str = "") -> QuerySet[LegalSource]:
    """The latest first, each with `cited` (how many clauses of the draft cite it) and its successions. Two queries for
    a page of them. `words`: each in a title or the note, in either digits."""
    later = LegalSuccession.objects.select_related("to_source").order_by(
        "to_source__year_be", "pk"
    )
    sources = LegalSource.objects.annotate(
        cited=Count("citations__clause", distinct=True)
    )
    sources = having_terms(sources, words, "full_title", "short_title", "note")
    if status:
        sources = sources.filter(status=status)
    return sources.order_by("-year_be", "short_title").prefetch_related(
        Prefetch("successions", later)
    )


def load_successions() -> Successions:
    """Of the whole registry. One query."""
    return Successions(
        LegalSuccession.objects.select_related("from_source", "to_source")
    )


class CitingSection(NamedTuple):
    """A section of the working draft with how many of its clauses cite or name a law; `first` is the first of them."""

    section: Section
    clauses: int
    first: UUID


def find_citing_sections(source: LegalSource) -> list[CitingSection]:
    """In book order; the sections come with their manuals and groups. A text that only says that the law is repealed
    does not count. Four queries."""
    names = LawNames(list(LegalSource.objects.all()))
    standing = {section.pk: section for section in load_draft_sections()}
    concerned = Q(data__source=source.key)
    hint = names.hint_for([source])
    if hint:  # else another law has all of its names
        concerned |= Q(plain__regex=hint)
    clauses = Clause.objects.live().filter(concerned, section__in=list(standing))
    clauses = clauses.order_by("part", "rank", "pk")
    citing: dict[int, list[UUID]] = {}
    for section_id, uuid, plain, cited in clauses.values_list(
        "section", "uuid", "plain", "data__source"
    ):
        if cited == source.key or names.applies(plain, source):
            citing.setdefault(section_id, []).append(uuid)
    found = []
    for pk, section in standing.items():
        if pk in citing:
            uuids = citing[pk]
            found.append(CitingSection(section, len(uuids), first=uuids[0]))
    return found


def find_references_to_source(source: LegalSource) -> list[str]:
    """The words of what refers to the source, now or formerly: while something does, it cannot be removed. Three
    queries at most."""
    found: list[str] = []
    if (
        source.citations.exists()
        or TextBlob.objects.filter(content__data__source=source.key).exists()
    ):
        found.append("ข้อในร่างหรือในฉบับที่จัดทำแล้ว")
    if LegalSuccession.objects.filter(
        Q(from_source=source) | Q(to_source=source)
    ).exists():
        found.append("ความสัมพันธ์กับกฎหมายฉบับอื่นในทะเบียน")
    return found


def find_sources_by_title(typed: str) -> list[LegalSource]:
    """The one with exactly this title, short or full; else those that have each word in a title."""
    title = " ".join(typed.split())
    exact = list(LegalSource.objects.filter(Q(full_title=title) | Q(short_title=title)))
    if exact:
        return exact[:1]
    sources = having_terms(
        LegalSource.objects.all(), title, "full_title", "short_title"
    )
    return list(sources)


def find_laws_named(text: str) -> list[LegalSource]:
    """The laws of the registry that a text names, each once; else those whose title has all of its words, ten at most.
    Two queries at most."""
    if not text.strip():
        return []
    names = LawNames(list(LegalSource.objects.all()))
    named = {mention.source.pk: mention.source for mention in names.find_in(text)}
    if named:
        return list(named.values())
    return find_sources_by_title(text)[:MOST_LAWS_FOUND]


def find_successors_in_force(source: LegalSource) -> list[LegalSource]:
    """What is in force instead of a repealed law. One query."""
    return load_successions().in_force_after(source)


@dataclass(frozen=True, slots=True)
class PlannedSuccession:
    """A succession of the list that the registry lacks, by the keys of the list."""

    earlier: str
    later: str
    kind: LegalSuccession.Kind


@dataclass(slots=True)
class LawPlan:
    """What loading the shipped registry does, or did."""

    sources: ShippedPlan[LegalSource] = field(default_factory=ShippedPlan)
    successions: list[PlannedSuccession] = field(default_factory=list)

    @property
    def does_nothing(self) -> bool:
        return self.sources.does_nothing and not self.successions


def plan_legal_sources(path: Path = SHIPPED_SOURCES) -> LawPlan:
    """What loading would do now; changes nothing. Two queries.

    A source of the list is the one that was loaded from it; or one with its full title, made by hand or loaded when the
    list had another short title for it. A succession that was loaded before and is gone was taken away by hand: it
    stays away.
    """
    plan = LawPlan()
    by_listed_key: dict[str, LegalSource] = {}
    by_title: dict[str, LegalSource] = {}
    taken_keys: set[str] = set()
    listed_sources = read_listed_sources(path)
    listed_keys = {listed["key"] for listed in listed_sources}
    for source in LegalSource.objects.all():
        taken_keys.add(source.key)
        shipped = source.as_shipped or {}
        if shipped.get("key") in listed_keys:
            by_listed_key[shipped["key"]] = source
        else:
            by_title[source.full_title] = source
            by_title[shipped.get("full_title", source.full_title)] = source
    found_by_key: dict[str, LegalSource | None] = {}
    for listed in listed_sources:
        found = by_listed_key.get(listed["key"]) or by_title.get(listed["full_title"])
        found_by_key[listed["key"]] = found
        if found is None:
            key = free_source_key(listed["key"], taken_keys)
            taken_keys.add(key)
            plan.sources.rows.append(plan_new_row(LegalSource(key=key), listed))
        else:
            plan.sources.rows.append(compare_with_shipped(found, listed))
    plan.successions = _plan_successions(listed_sources, found_by_key)
    return plan


def _plan_successions(
    listed_sources: list[ListedSource],
    found_by_key: dict[str, LegalSource | None],
) -> list[PlannedSuccession]:
    stored = set(LegalSuccession.objects.values_list("from_source", "to_source"))
    planned: list[PlannedSuccession] = []
    for listed in listed_sources:
        earlier = found_by_key[listed["key"]]
        loaded_before: list[str] = []
        if earlier is not None and earlier.as_shipped is not None:
            loaded_before = earlier.as_shipped.get("successions", [])
        kind = LegalSuccession.Kind.AMENDS
        if listed["status"] == LegalSource.Status.REPEALED:
            kind = LegalSuccession.Kind.REPLACES
        for later_key in listed["successions"]:
            if later_key in loaded_before or later_key not in found_by_key:
                continue
            later = found_by_key[later_key]
            if earlier and later and (earlier.pk, later.pk) in stored:
                continue
            planned.append(PlannedSuccession(listed["key"], later_key, kind))
    return planned


def free_source_key(wanted: str, taken: set[str]) -> str:
    """`wanted`, or with a number behind it where another source has it."""
    key = wanted[:80]
    number = 2
    while key in taken:
        key = f"{wanted[:74]} ({number})"
        number += 1
    return key
