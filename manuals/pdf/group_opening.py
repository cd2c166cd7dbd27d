"""The pages of a group around its processes: number, mission, duties and overview; the list of what is not drafted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from hearing_portal.thai.text import inline_plain
from manuals.entries import EntryView
from manuals.flowchart import text_width, total_time

from .book_source import ManualSource, NumberedProcess, numbered_processes
from .clauses import ClauseRenderer, entry_anchor
from .process import count_steps
from .templates import render_template
from .typesetter import Html, Typesetter

# Lines of duties, units and processes that fit on the first page of a group
SHORT_OVERVIEW = 9
FIRST_PAGE = 130.0  # millimetres for mission and duties there
# Of the mission: width of a line in em, height of a line and gap of a paragraph in millimetres
LEAD_EM, LEAD_LINE, LEAD_GAP = 30.0, 7.8, 4.2
DUTY_EM, DUTY_LINE = 35.0, 8.1
MARK_CLASSES = {
    "new": "full",
    "same": "none",
    "undrafted": "none",
}  # of a process's status


@dataclass(frozen=True, slots=True)
class GroupFact:
    """A figure about the group; with a `target` it is filled in when the book is assembled."""

    name: str
    number: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A process in the overview of its group."""

    number: str
    title: Html
    steps: str
    time: Html
    state: str
    state_class: str
    target: str


@dataclass(frozen=True, slots=True)
class OverviewUnit:
    title: Html
    rows: list[OverviewRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DutyLine:
    label: str
    text: Html


@dataclass(frozen=True, slots=True)
class UndraftedProcess:
    uuid: str
    number: str
    title: Html


@dataclass(frozen=True, slots=True)
class UndraftedUnit:
    """The processes of a unit that have no words yet."""

    title: str
    processes: list[UndraftedProcess] = field(default_factory=list)


def opening_html(manual: ManualSource, typesetter: Typesetter) -> str:
    """The first pages of a group: its number, mission and duties, then all its processes."""
    duties = []
    for duty in manual.duties:
        label = typesetter.plain_text(duty.get("clause", ""))
        duties.append(DutyLine(label, typesetter.text(duty["text"])))
    units = overview_units(manual, typesetter)
    return render_template(
        "opening.html",
        digits=typesetter.digits,
        plain_title=typesetter.plain_text(manual.name),
        group=typesetter.plain_text(manual.name),
        key=manual.key,
        number=typesetter.plain_text(str(manual.group_no)),
        name=typesetter.text(manual.name),
        mission=ClauseRenderer(typesetter).flat(manual.mission_entries),
        duties=duties,
        duties_are_announced=manual.duties_are_announced,
        units=units,
        facts=group_facts(manual, typesetter),
        follows=overview_follows(manual, units),
    )


def group_facts(manual: ManualSource, typesetter: Typesetter) -> list[GroupFact]:
    processes = numbered_processes(manual)
    new = 0
    for process in processes:
        if process.status.kind == "new":
            new += 1
    return [
        GroupFact("กระบวนงาน", typesetter.plain_text(str(len(processes)))),
        GroupFact("ใหม่หรือเพิ่มเติม", typesetter.plain_text(str(new))),
        GroupFact("งานภายในกลุ่ม", typesetter.plain_text(str(len(manual.units)))),
        GroupFact("หน้า", target=f"count-{manual.key}"),
    ]


def overview_units(manual: ManualSource, typesetter: Typesetter) -> list[OverviewUnit]:
    units = []
    processes = numbered_processes(manual)
    for unit in manual.units:
        rows = []
        for process in processes:
            if process.unit is unit:
                rows.append(overview_row(process, typesetter))
        title = typesetter.text(unit.title)
        units.append(OverviewUnit(title, rows))
    return units


def overview_row(process: NumberedProcess, typesetter: Typesetter) -> OverviewRow:
    steps = count_steps(process.entries)
    shown_steps = "–"
    if steps:
        shown_steps = typesetter.plain_text(str(steps))
    time = Html("–")
    total = total_time(process.entries)
    if total is not None:
        time = typesetter.text(total.words)
    return OverviewRow(
        number=typesetter.plain_text(process.number),
        title=typesetter.text(process.section.title),
        steps=shown_steps,
        time=time,
        state=typesetter.plain_text(process.status.words),
        state_class=MARK_CLASSES.get(process.status.kind, ""),
        target=entry_anchor(process.section),
    )


# ---------- whether the overview follows at once, or begins a page ----------
def overview_follows(manual: ManualSource, units: Sequence[OverviewUnit]) -> bool:
    """It does when all fits on one page, or when the page before would be left half empty."""
    if opening_runs_over(manual.mission_entries, manual.duties):
        return True
    lines = len(manual.duties)
    for unit in units:
        lines += 2 * len(unit.rows) + 1
    return lines <= SHORT_OVERVIEW


def opening_runs_over(
    mission: Sequence[EntryView], duties: Sequence[Mapping[str, str]]
) -> bool:
    """Mission and duties go on overleaf."""
    paragraphs = 0
    mission_lines = 0
    for entry in mission:
        if entry.content:
            paragraphs += 1
            width = text_width(inline_plain(entry.content.body))
            mission_lines += ceil(width / LEAD_EM)
    duty_lines = 0
    for duty in duties:
        width = text_width(duty["text"])
        duty_lines += ceil(width / DUTY_EM)
    mission_height = mission_lines * LEAD_LINE + paragraphs * LEAD_GAP
    duties_height = duty_lines * DUTY_LINE
    return mission_height + duties_height > FIRST_PAGE


# ---------- what is not drafted yet ----------
def undrafted_html(manual: ManualSource, typesetter: Typesetter) -> str:
    """One list of a group's processes without a clause, instead of an empty page for each; "" without any."""
    units: dict[str, UndraftedUnit] = {}
    for process in numbered_processes(manual):
        if process.is_drafted:
            continue
        title = process.unit.title
        if title not in units:
            shown_title = typesetter.plain_text(title)
            units[title] = UndraftedUnit(shown_title)
        row = UndraftedProcess(
            uuid=str(process.section.uuid),
            number=typesetter.plain_text(process.number),
            title=typesetter.text(process.section.title),
        )
        units[title].processes.append(row)
    if not units:
        return ""
    return render_template(
        "undrafted.html",
        units=list(units.values()),
        key=manual.key,
        plain_title="กระบวนงานที่ยังไม่ยกร่าง",
        group=typesetter.plain_text(manual.name),
        digits=typesetter.digits,
    )
