"""What can be put under discussion in a session, and what is: for who runs it, and who types in for its speakers."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.text import Truncator

from hearing_portal.web.choices import Option
from manuals.models import EditionEntry
from manuals.reading.presentation.numbers import number_processes
from manuals.reading.told_words import tell_edition_words

from ..citations import cite_entry, with_section_title
from ..models import HearingSession, SessionState
from ..tallies import OfficeTallies, tally_offices_by_entry
from .finding import FoundEntries, find_entries
from .queries import entries_of_session, find_neighbours

# Sections one discusses clause by clause
DISCUSSED_SECTIONS = ("process", "mission", "chapter", "front")


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """An entry that can be put under discussion."""

    entry: EditionEntry
    tallies: OfficeTallies
    words: str = ""  # of a clause
    process_title: str = ""  # told where the entries are of several processes

    @property
    def citation(self) -> str:
        return cite_entry(self.entry)


def _cite_or_nothing(entry: EditionEntry | None) -> str:
    if entry is None:
        return ""
    return cite_entry(entry)


@dataclass(frozen=True, slots=True)
class SessionAgenda:
    """`entries` are those of the chosen process, or those that were looked for; `processes` what can be chosen."""

    session: HearingSession
    acts: list[SessionState]
    processes: list[EditionEntry]
    process: EditionEntry | None = None
    entries: list[AgendaEntry] = field(default_factory=list)
    discussed: EditionEntry | None = None
    seen: int | None = None  # the Discussion that says so
    before: EditionEntry | None = None
    after: EditionEntry | None = None
    found: FoundEntries = field(default_factory=FoundEntries)

    @property
    def discussed_citation(self) -> str:
        return _cite_or_nothing(self.discussed)

    @property
    def before_citation(self) -> str:
        return _cite_or_nothing(self.before)

    @property
    def after_citation(self) -> str:
        return _cite_or_nothing(self.after)

    @property
    def is_closed(self) -> bool:
        return self.session.state == SessionState.State.CLOSED

    @property
    def process_options(self) -> list[Option]:
        options = []
        numbers = number_processes(self.processes)
        for process in self.processes:
            words = f"{numbers.get(process.pk, '')} {process.title}".strip()
            options.append(Option(str(process.section_id), words))
        return options

    @property
    def chosen_process(self) -> str:
        if self.process is None:
            return ""
        return str(self.process.section_id)

    @property
    def entry_options(self) -> list[Option]:
        """Each entry with the beginning of its words."""
        options = []
        for row in self.entries:
            label = row.citation
            if row.entry.blob is not None:
                beginning = Truncator(row.words).chars(50)
                label = f"{label} {beginning}".strip()
            if row.process_title:
                label = f"{label} · {row.process_title}"
            options.append(Option(str(row.entry.pk), label))
        return options


def find_agenda(
    session: HearingSession, process: str = "", typed: str = ""
) -> SessionAgenda:
    """Nine queries. `process` is the id of a section; the discussed one's, else the first, where it is none. `typed` is
    what is looked for instead of a process: some queries more."""
    entries = entries_of_session(session).select_related("blob", "manual__work_group")
    sections = entries.filter(kind="section", data__kind__in=DISCUSSED_SECTIONS)
    processes = list(sections.order_by("ordinal"))
    latest = session.discussions.order_by("-pk").first()
    discussed = None
    if latest is not None and latest.entry_id is not None:
        discussed = with_section_title(entries).filter(pk=latest.entry_id).first()
    chosen = _choose_process(processes, process, discussed)
    neighbours = find_neighbours(entries, discussed)
    acts = session.states.select_related("by").order_by("-at", "-pk")
    found = FoundEntries()
    if typed.strip():
        found = find_entries(session, entries, typed)
    rows = _tally_found(found) if found else _find_agenda_entries(entries, chosen)
    return SessionAgenda(
        session,
        acts=list(acts),
        processes=processes,
        process=chosen,
        entries=rows,
        discussed=discussed,
        seen=latest.pk if latest is not None else None,
        before=neighbours.before,
        after=neighbours.after,
        found=found,
    )


def _choose_process(
    processes: list[EditionEntry],
    wanted: str,
    discussed: EditionEntry | None,
) -> EditionEntry | None:
    by_section = {str(process.section_id): process for process in processes}
    if wanted in by_section:
        return by_section[wanted]
    if discussed is not None and str(discussed.section_id) in by_section:
        return by_section[str(discussed.section_id)]
    return next(iter(processes), None)


def _find_agenda_entries(
    entries: QuerySet[EditionEntry], process: EditionEntry | None
) -> list[AgendaEntry]:
    """The process itself and its clauses. Three queries, none without a process."""
    if process is None:
        return []
    clauses = entries.filter(section=process.section_id, kind="clause").order_by(
        "ordinal"
    )
    rows = [process, *clauses]
    tallies = tally_offices_by_entry([row.pk for row in rows])
    nobody = OfficeTallies()
    told = tell_edition_words(rows)
    return [AgendaEntry(row, tallies.get(row.pk, nobody), told[row.pk]) for row in rows]


def _tally_found(found: FoundEntries) -> list[AgendaEntry]:
    tallies = tally_offices_by_entry([entry.pk for entry in found.entries])
    told = tell_edition_words(found.entries)
    rows = []
    for entry in found.entries:
        process_title = ""
        if entry.kind == EditionEntry.Kind.CLAUSE:
            process_title = entry.section_title or ""
        rows.append(
            AgendaEntry(
                entry,
                tallies.get(entry.pk, OfficeTallies()),
                told[entry.pk],
                process_title,
            )
        )
    return rows
