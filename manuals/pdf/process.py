"""One work process as a printable document: the nine parts, part 6 drawn, part 9 as the standard table.

Every function is pure: the same entries give the same HTML, so a process is printed again only when its words change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hearing_portal.thai.numbering import Digits
from manuals.content import PARTS, Form, Step
from manuals.entries import EntryView
from manuals.flowchart import steps_from_entries

from .book_source import NO_STATUS, LawNotes, Notes, ProcessStatus, Reasons
from .charts import (
    CHART_BEGIN,
    CHART_END,
    CHART_LEGEND,
    ChartSource,
    chart_html,
    draw_chart,
)
from .clause_words import AUDIENCES
from .clauses import SHORT_TABLE, ClauseRenderer, PrintedClause, entry_anchor
from .summary_table import summary_table
from .templates import render_template
from .typesetter import NO_HTML, Html, Labels, Typesetter


@dataclass(frozen=True, slots=True)
class ProcessPosition:
    """Where a process stands in the book, and its status there; `number` is its own ("1.4")."""

    group_name: str = ""
    unit: str = ""
    number: str = ""
    status: ProcessStatus = NO_STATUS


@dataclass(frozen=True, slots=True)
class FormTableRow:
    """A form of part 7."""

    anchor: str
    label: str
    name: Html
    has_code: bool
    code: Html  # and the audience


@dataclass(frozen=True, slots=True)
class ProcessPart:
    """One of the parts 1 to 8, as process.html shows it."""

    number: str
    title: str
    is_chart: bool = False
    clauses: list[PrintedClause] = field(default_factory=list)
    name: Html = NO_HTML  # of the process, in part 1
    chart: Html = NO_HTML
    forms: list[FormTableRow] = field(default_factory=list)
    has_codes: bool = False
    is_short: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.clauses or self.forms or self.name or self.is_chart)


def process_html(
    entries: Sequence[EntryView],
    *,
    digits: Digits = "thai",
    notes: Notes | None = None,
    reasons: Reasons | None = None,
    law_notes: LawNotes | None = None,
    labels: Labels | None = None,
    position: ProcessPosition = ProcessPosition(),
    pictures: frozenset[str] = frozenset(),
    drawn: bool = True,
) -> str:
    """The document of one process; `entries[0]` is its section, the others its clauses in reading order. Where the
    chart is not `drawn`, its room is kept for fitting.py, which draws it to the height it finds."""
    typesetter = Typesetter(digits, labels or {})
    renderer = ClauseRenderer(
        typesetter, notes or {}, reasons or {}, pictures, law_notes or {}
    )
    section = entries[0]
    clauses = list(entries[1:])
    parts = []
    for number in PARTS:
        if number < 9:
            parts.append(process_part(number, section, clauses, renderer, drawn))
    code = "กระบวนงาน"
    if position.number:
        code = typesetter.plain_text(f"กระบวนงาน {position.number}")
    return render_template(
        "process.html",
        section=section,
        title=typesetter.text(section.title),
        plain_title=typesetter.plain_text(section.title),
        code=code,
        facts=process_facts(section, clauses, position, typesetter),
        group=typesetter.plain_text(position.group_name),
        digits=digits,
        parts=parts,
        legend=CHART_LEGEND,
        summary=summary_table(section, clauses, renderer),
    )


def process_facts(
    section: EntryView,
    clauses: Sequence[EntryView],
    position: ProcessPosition,
    typesetter: Typesetter,
) -> list[Html]:
    """What stands below the title: the unit, the document's code, the number of steps, the origin, the audience."""
    facts = []
    if position.unit:
        facts.append(typesetter.text(position.unit))
    doc_code = section.data.get("doc_code")
    if doc_code:
        shown_code = typesetter.text(doc_code)
        facts.append(Html(f"รหัสเอกสาร <b>{shown_code}</b>"))
    steps = count_steps(clauses)
    if steps:
        facts.append(typesetter.text(f"{steps} ขั้นตอน"))
    if position.status.words:
        facts.append(typesetter.text(position.status.words))
    audience = AUDIENCES[section.applies_to]
    if audience:
        facts.append(Html(audience))
    return facts


def count_steps(entries: Sequence[EntryView]) -> int:
    return sum(isinstance(entry.content, Step) for entry in entries)


def process_part(
    number: int,
    section: EntryView,
    entries: Sequence[EntryView],
    renderer: ClauseRenderer,
    drawn: bool,
) -> ProcessPart:
    typesetter = renderer.typesetter
    own = []
    for entry in entries:
        if entry.part == number and entry.content is not None:
            own.append(entry)
    shown_number = typesetter.plain_text(str(number))
    title = PARTS[number]
    if number == 1:
        name = typesetter.text(section.title)
        return ProcessPart(
            shown_number,
            title,
            clauses=renderer.tree(own),
            name=name,
        )
    if number == 6:
        source = chart_source(section, entries, typesetter.digits)
        chart = chart_or_its_room(source, drawn)
        return ProcessPart(
            shown_number,
            title,
            is_chart=True,
            clauses=renderer.tree(own),
            chart=chart,
        )
    if number == 7:
        forms = form_rows(own, renderer)
        if forms:
            return ProcessPart(
                shown_number,
                title,
                forms=forms,
                has_codes=any(row.has_code for row in forms),
                is_short=len(forms) <= SHORT_TABLE,
            )
    return ProcessPart(shown_number, title, clauses=renderer.tree(own))


def chart_source(
    section: EntryView, entries: Sequence[EntryView], digits: Digits
) -> ChartSource:
    """What the chart of a process is drawn from, again with another height when its page is known."""
    return ChartSource(
        "6",
        PARTS[6],
        section.title,
        tuple(steps_from_entries(entries)),
        digits,
    )


def chart_or_its_room(source: ChartSource, drawn: bool) -> Html:
    """The chart, or the marks between which fitting.py will draw it; nothing without steps."""
    if not source.steps:
        return NO_HTML
    if not drawn:
        return Html(CHART_BEGIN + CHART_END)
    return Html(chart_html(source, draw_chart(source).panels))


def form_rows(own: Sequence[EntryView], renderer: ClauseRenderer) -> list[FormTableRow]:
    """The rows of part 7; none when anything else than forms of the highest level stands there."""
    typesetter = renderer.typesetter
    rows = []
    for entry in own:
        form = entry.content
        if not isinstance(form, Form) or entry.depth > 0:
            return []
        name = typesetter.text(form.name)
        note = typesetter.body(form.body)
        code = typesetter.text(form.code)
        row = FormTableRow(
            anchor=entry_anchor(entry),
            label=typesetter.plain_text(entry.label),
            name=Html(f"{name} {note}"),
            has_code=bool(form.code),
            code=Html(code + renderer.audience(entry)),
        )
        rows.append(row)
    return rows
