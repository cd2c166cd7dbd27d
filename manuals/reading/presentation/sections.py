"""A section as a page shows it: its parts and clauses, its flow chart, what changed since an earlier edition."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import Any

from hearing_portal.thai.diff import Segment, diff_tokens, segments

from ...content import PARTS, Reference
from ...entries import EntryView
from ...flowchart import FlowStep, alt_text, layout, steps_from_entries
from ...flowchart.svg import Drawing, draw_panel
from ...models import Section
from ...queries import find_file_names
from ..names import LinkTargets, clause_name
from ..queries.sections import EarlierWording, find_referred_laws
from .changes import mark_changes
from .clauses import ReadClause
from .links import find_link_targets

CHART_PART = 6


@dataclass(slots=True)
class ReadPart:
    """One of the nine parts, or part 0: all of a section that has none."""

    number: int
    title: str
    clauses: list[ReadClause] = field(default_factory=list)
    sidebar: Any = None
    chart: Drawing | None = None

    @property
    def heading_id(self) -> str:
        return f"part-{self.number}-head"

    @property
    def is_title(self) -> bool:
        """The first part of a process has no clauses: it is the name and its facts."""
        return self.number == 1

    @property
    def is_empty(self) -> bool:
        """Whether the page says that nothing stands in it."""
        return self.number > 1 and not self.clauses and self.chart is None

    @property
    def steps(self) -> list[ReadClause]:
        return [clause for clause in self.clauses if clause.content.kind == "step"]

    @property
    def others(self) -> list[ReadClause]:
        return [clause for clause in self.clauses if clause.content.kind != "step"]


@dataclass(slots=True)
class ReadSection:
    """`chart` is part 6, drawn from part 9; None without steps. `title_redline` only where the title changed."""

    entry: EntryView
    parts: list[ReadPart]
    chart: Drawing | None = None
    before: EntryView | None = None
    is_compared: bool = False
    shows_empty_parts: bool = False  # those of an undrafted process too, to write in
    title_redline: list[Segment] = field(default_factory=list)

    @property
    def clauses(self) -> Iterator[ReadClause]:
        for part in self.parts:
            yield from part.clauses

    @property
    def is_process(self) -> bool:
        return self.entry.section_kind == Section.Kind.PROCESS

    @property
    def is_drafted(self) -> bool:
        return any(not clause.is_gone for clause in self.clauses)

    @property
    def is_undrafted_process(self) -> bool:
        return self.is_process and not self.is_drafted

    @property
    def has_nine_parts(self) -> bool:
        """Whether the page leads to each of them."""
        return self.is_process and (self.is_drafted or self.shows_empty_parts)

    @property
    def shown_parts(self) -> list[ReadPart]:
        """All nine of a drafted process, only its name of one that nobody wrote yet."""
        if self.is_drafted or self.shows_empty_parts:
            return self.parts
        return self.parts[:1]

    @property
    def parts_with_clauses(self) -> list[ReadPart]:
        return [part for part in self.parts if part.clauses]

    @property
    def is_new(self) -> bool:
        """There is an earlier edition, and it does not have this section."""
        return self.is_compared and self.before is None

    @property
    def changes(self) -> int:
        return sum(clause.state != "" for clause in self.clauses)


def read_section(
    entries: Sequence[EntryView],
    earlier: EarlierWording | None = None,
    *,
    sidebars: Callable[[EntryView], Any] | None = None,
    now: str = "",
    shows_empty_parts: bool = False,
    outer_targets: LinkTargets | None = None,
    editions: Sequence[int] = (),
) -> ReadSection:
    """The section from its entries (itself first, then its clauses in reading order).

    With `earlier`, words that came and went are marked; clauses that are gone stand where they stood. `sidebars` says
    what the page puts beside an entry, `now` is the uuid of the step that is highlighted. `outer_targets` are those of
    references to other sections that are known already; the others are called as the first of `editions` that has them
    calls them: that of the entries, then the earlier one. At most three queries, six where something is in no edition.
    """
    section_entry = entries[0]
    clause_entries = entries[1:]
    section_before = None
    if earlier is not None:
        section_before = next(
            (entry for entry in earlier.entries if entry.uuid == section_entry.uuid),
            None,
        )
    # A section that is new as a whole is read, not compared: everything would be underlined
    clauses = _read_clauses(
        clause_entries,
        earlier,
        find_link_targets(
            section_entry.section_id,
            clause_entries,
            citing=[*clause_entries, *(earlier.entries if earlier else ())],
            outer=outer_targets,
            editions=editions,
        ),
        marks_changes=section_before is not None,
    )
    if sidebars is not None:
        for clause in clauses:
            if not clause.is_gone:
                clause.sidebar = sidebars(clause.entry)

    section = ReadSection(
        section_entry,
        parts=_sort_into_parts(section_entry, clauses),
        chart=draw_screen_chart(section_entry, clause_entries, now),
        before=section_before,
        is_compared=earlier is not None,
        shows_empty_parts=shows_empty_parts,
        title_redline=_redline_title(section_before, section_entry),
    )
    for part in section.parts:
        if part.number == CHART_PART:
            part.chart = section.chart
    return section


def _read_clauses(
    entries: Sequence[EntryView],
    earlier: EarlierWording | None,
    targets: LinkTargets,
    *,
    marks_changes: bool,
) -> list[ReadClause]:
    """The clauses with their laws, and, if asked, with what changed since the earlier wording."""
    earlier_entries = [] if earlier is None else list(earlier.entries)
    entry_before = {entry.uuid: entry for entry in earlier_entries}
    laws = find_referred_laws(
        [*earlier_entries, *entries]
    )  # of a clause in both, the words of now
    titles = {key: law.source.full_title for key, law in laws.cited.items()}
    if earlier is not None:
        both = [*earlier_entries, *entries]
        titles |= find_file_names(
            [entry.content for entry in both if entry.content is not None]
        )
    names_before = titles | _names_of(earlier_entries)
    names = names_before | _names_of(entries)
    clauses = []
    for entry in entries:
        clause = ReadClause(
            entry,
            before=entry_before.get(entry.uuid),
            targets=targets,
            names=names,
            names_before=names | names_before,
        )
        if isinstance(entry.content, Reference):
            clause.law = laws.cited.get(entry.content.source)
        clause.repealed = laws.named.get(entry.uuid, ())
        clauses.append(clause)
    if earlier is not None and marks_changes:
        return mark_changes(clauses, earlier, targets, names_before)
    return clauses


def _names_of(entries: Sequence[EntryView]) -> dict[str, str]:
    """What the clauses among them are called, by uuid."""
    names = {}
    for entry in entries:
        if entry.content is not None:
            names[str(entry.uuid)] = clause_name(entry)
    return names


def _redline_title(before: EntryView | None, now: EntryView) -> list[Segment]:
    """Empty where the title is what it was, or was none."""
    if before is None or before.title == now.title:
        return []
    return segments(diff_tokens(before.title, now.title), before.title, now.title)


def _sort_into_parts(section: EntryView, clauses: list[ReadClause]) -> list[ReadPart]:
    if section.section_kind != Section.Kind.PROCESS:
        return [ReadPart(0, "", clauses)]
    parts = {}
    for number, title in PARTS.items():
        parts[number] = ReadPart(number, title)
    for clause in clauses:
        number = clause.entry.part
        if number not in parts:  # 0: it belongs to none of the nine
            parts[number] = ReadPart(number, "")
        parts[number].clauses.append(clause)
    return sorted(parts.values(), key=attrgetter("number"))


def draw_screen_chart(
    section: EntryView, clauses: Sequence[EntryView], now: str = ""
) -> Drawing | None:
    """Part 6 from the steps among the clauses; None without steps."""
    steps = steps_from_entries(clauses)
    if not steps:
        return None
    return _draw_steps(tuple(steps), section.title, now)


@lru_cache(maxsize=512)
def _draw_steps(steps: Sequence[FlowStep], title: str, now: str) -> Drawing:
    panel = layout(steps, "screen").panels[0]  # the screen has no pages
    return draw_panel(panel, alt_text(steps, title, 1, 1), now)
