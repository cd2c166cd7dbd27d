"""The state of processes, derived from the latest check of each; the laws that one applies."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices

from ..content import Reference, plain_text
from ..entries import EntryView
from ..law.mentions import LawNames
from ..law.queries import load_successions
from ..models import ConformityCheck, LegalSource, Manual, Section
from ..queries import load_draft_clauses, load_draft_sections
from .standings import find_standings

Status = ConformityCheck.Status


class Conformity(TextChoices):
    """What is known of a process: the status of its latest check, while nothing changed since."""

    UNCHECKED = "unchecked", "ยังไม่ตรวจ"
    CONFORMING = Status.CONFORMING.value, Status.CONFORMING.label
    CONFLICTING = Status.CONFLICTING.value, Status.CONFLICTING.label
    OUTDATED = Status.OUTDATED.value, Status.OUTDATED.label
    NO_BASIS = Status.NO_BASIS.value, Status.NO_BASIS.label


@dataclass(frozen=True, slots=True)
class ProcessConformity:
    """`check` is the latest one, with who made it. `has_new_words` and `changed_laws` are why it counts no more."""

    section: Section
    check: ConformityCheck | None = None
    has_new_words: bool = False
    changed_laws: Sequence[str] = ()  # short titles

    @property
    def state(self) -> Conformity:
        if self.check is None or self.is_lapsed:
            return Conformity.UNCHECKED
        return Conformity(self.check.status)

    @property
    def is_lapsed(self) -> bool:
        return self.has_new_words or bool(self.changed_laws)


def load_conformity(processes: Iterable[Section]) -> dict[int, ProcessConformity]:
    """{section id: its state}. One query, three where a check was made of a process that applies laws."""
    sections = {process.pk: process for process in processes}
    checks = {}
    keys: set[str] = set()
    latest = ConformityCheck.objects.filter(section__in=list(sections)).order_by(
        "section_id", "-id"
    )
    for check in latest.distinct("section_id").select_related("by"):
        checks[check.section_id] = check
        keys.update(check.standing)
    sources: dict[str, LegalSource] = {}
    standings: dict[str, str] = {}
    if keys:
        sources = LegalSource.objects.in_bulk(keys, field_name="key")
        standings = find_standings(sources.values(), load_successions())
    states = {}
    for pk, section in sections.items():
        if pk not in checks:
            states[pk] = ProcessConformity(section)
            continue
        check = checks[pk]
        changed_laws = []
        for key, standing in check.standing.items():
            if standings.get(key) == standing:
                continue
            title = key
            if key in sources:
                title = sources[key].short_title
            changed_laws.append(title)
        has_new_words = check.at_version != section.version
        states[pk] = ProcessConformity(section, check, has_new_words, changed_laws)
    return states


def load_manual_conformity(manual: Manual) -> list[ProcessConformity]:
    """Of every process of the working draft, in book order. Five queries at most."""
    processes = []
    for section in load_draft_sections():
        if section.manual_id == manual.pk and section.is_process:
            processes.append(section)
    states = load_conformity(processes)
    return [states[process.pk] for process in processes]


def count_conformity(manuals: Iterable[Manual]) -> dict[int, Counter[Conformity]]:
    """{manual id: how many processes of its working draft are in each state}. Four queries at most."""
    sections = Section.objects.live().filter(manual__in=list(manuals))
    processes = sections.filter(kind=Section.Kind.PROCESS).order_by()
    counts: dict[int, Counter[Conformity]] = {}
    for process in load_conformity(processes).values():
        of_manual = counts.setdefault(process.section.manual_id, Counter())
        of_manual[process.state] += 1
    return counts


@dataclass(frozen=True, slots=True)
class ProcessLaw:
    """A law that clauses of a process refer to or name; those that only say it is repealed are left out."""

    source: LegalSource
    clauses: list[EntryView] = field(default_factory=list)
    successors: Sequence[LegalSource] = ()


@dataclass(frozen=True, slots=True)
class ProcessLaws:
    """The laws of a process in reading order, and how each stands now."""

    laws: Sequence[ProcessLaw]
    standings: Mapping[str, str]

    @property
    def repealed(self) -> list[LegalSource]:
        return [law.source for law in self.laws if law.source.is_repealed]


def load_process_laws(process: Section) -> ProcessLaws:
    """As the process and the registry stand now. Three queries."""
    sources = list(LegalSource.objects.all())
    by_key = {source.key: source for source in sources}
    names = LawNames(sources)
    successions = load_successions()
    laws: dict[str, ProcessLaw] = {}
    for entry in load_draft_clauses([process])[process.pk]:
        # Each law once
        content = entry.clause_content
        found: dict[int, LegalSource] = {}
        if isinstance(content, Reference) and content.source in by_key:
            cited = by_key[content.source]
            found[cited.pk] = cited
        for mention in names.find_in(plain_text(content)):
            if not mention.is_history:
                found.setdefault(mention.source.pk, mention.source)
        for source in found.values():
            if source.key not in laws:
                laws[source.key] = ProcessLaw(
                    source, successors=successions.in_force_after(source)
                )
            laws[source.key].clauses.append(entry)
    applied = [law.source for law in laws.values()]
    return ProcessLaws(list(laws.values()), find_standings(applied, successions))


def find_checks(process: Section) -> list[ConformityCheck]:
    """All of the process, the latest first, with who made them. One query."""
    return list(process.conformity_checks.select_related("by").order_by("-id"))
