"""Part 9 of a process: the standard table (แบบสรุปมาตรฐานงาน), whose second column draws the chart again row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from manuals.content import PARTS, SHAPES, Step
from manuals.entries import EntryView
from manuals.flowchart import ChartCell, chart_column, steps_from_entries, text_width

from .clause_words import branch_phrases, reference_labels
from .clauses import SHORT_TABLE, ClauseRenderer, PrintedClause, entry_anchor
from .typesetter import NO_HTML, Html, Typesetter


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of the standard table; `chart` is the style of its chart cell, the words beside the arrows around it."""

    anchor: str
    label: str
    shape: str
    shape_name: str
    chart: Html
    above: bool
    word_below: Html
    word_back: Html
    word_ahead: Html
    detail: Html
    duration: Html
    standard: Html
    actor: Html
    note: Html
    branches: list[Html]
    system: Html


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """What summary.html shows: the head of the form, the rows, and whatever else stands in part 9."""

    number: str
    title: str
    code: str
    indicator: Html
    rows: list[SummaryRow]
    clauses: list[PrintedClause]
    is_short: bool

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.clauses)


def summary_table(section: EntryView, entries: Sequence[EntryView], renderer: ClauseRenderer) -> SummaryTable:
    """`entries` are all clauses of the process."""
    typesetter = renderer.typesetter
    labels = {**reference_labels(entries), **typesetter.labels}
    cells = {}
    for cell in chart_column(steps_from_entries(entries)):
        cells[cell.step.uuid] = cell
    rows = []
    others = []
    for entry in entries:
        if entry.part != 9 or entry.content is None:
            continue
        if isinstance(entry.content, Step):
            row = summary_row(
                entry,
                entry.content,
                cells[str(entry.uuid)],
                renderer,
                labels,
            )
            rows.append(row)
        else:
            others.append(entry)
    return SummaryTable(
        number=typesetter.plain_text("9"),
        title=PARTS[9],
        code=typesetter.plain_text(section.data.get("doc_code", "")),
        indicator=typesetter.compact(section.data.get("indicator", "")),
        rows=rows,
        clauses=renderer.tree(others),
        is_short=len(rows) <= SHORT_TABLE,
    )


def summary_row(
    entry: EntryView,
    step: Step,
    cell: ChartCell,
    renderer: ClauseRenderer,
    labels: Mapping[str, str],
) -> SummaryRow:
    typesetter = renderer.typesetter
    system = renderer.audience(entry)
    if step.system:
        words = typesetter.compact(f"ระบบ: {step.system}")
        system = Html(words + system)
    branches = []
    for phrase in branch_phrases(step, labels):
        branches.append(typesetter.compact(phrase))
    return SummaryRow(
        anchor=entry_anchor(entry),
        label=typesetter.plain_text(entry.label),
        shape=step.shape,
        shape_name=SHAPES[step.shape],
        chart=cell_style(cell),
        above=cell.above,
        word_below=typesetter.compact(cell.word_below),
        word_back=word_beside_shape(cell.word_back, typesetter),
        word_ahead=word_beside_shape(cell.word_ahead, typesetter),
        detail=typesetter.body(step.body, compact=True),
        duration=typesetter.compact(step.duration_text),
        standard=typesetter.compact(step.standard),
        actor=typesetter.compact(step.actor),
        note=typesetter.compact(step.note),
        branches=branches,
        system=system,
    )


def word_beside_shape(word: str, typesetter: Typesetter) -> Html:
    """A word that is too wide beside the shape is left out; the remarks of the row say it anyway."""
    if text_width(word) * WORD_SIZE > WORD_ROOM:
        return NO_HTML
    return typesetter.compact(word)


# ---------- the lines of the chart column, in millimetres from the padding edge of the cell ----------
COLUMN = 40.0  # its width
BORDER = 0.35
LANE = 3.0  # from the side of the cell to the line that goes back or ahead
DECISION_WIDTH, BOX_WIDTH = 27.0, 23.0
ARROW = 2.2  # length of an arrow head
WORD_SIZE, WORD_ROOM = 2.82, 12.0  # 8 point letters, what stands free beside a shape


class BackgroundLine(NamedTuple):
    """A line or arrow head as one layer of a CSS background."""

    image: str  # name of a variable of the style sheet
    position: str
    size: str


def cell_style(cell: ChartCell) -> Html:
    """The lines of a cell as backgrounds: they follow the height of the row and run over page breaks."""
    lines: list[BackgroundLine] = []
    if cell.above and cell.below:
        lines.append(BackgroundLine("--line", "center", ".8pt 100%"))
    elif cell.above:
        lines.append(BackgroundLine("--line", "center top", ".8pt 50%"))
    elif cell.below:
        lines.append(BackgroundLine("--line", "center bottom", ".8pt 50%"))
    shape_width = BOX_WIDTH
    if cell.step.shape == "decision":
        shape_width = DECISION_WIDTH
    shape_edge = (COLUMN - BORDER - shape_width) / 2
    # A line back leaves its row upwards and reaches an earlier one from below; a line ahead the other way round
    lines += side_lines(
        cell.back,
        shape_edge,
        side="left",
        leaves="top",
        arrives="bottom",
    )
    lines += side_lines(
        cell.ahead,
        shape_edge,
        side="right",
        leaves="bottom",
        arrives="top",
    )
    if not lines:
        return NO_HTML
    images = []
    positions = []
    sizes = []
    for line in lines:
        images.append(f"var({line.image})")
        positions.append(line.position)
        sizes.append(line.size)
    style = [
        f"background-image:{','.join(images)}",
        f"background-position:{','.join(positions)}",
        f"background-size:{','.join(sizes)}",
    ]
    return Html(";".join(style))


def side_lines(
    parts: Iterable[str],
    shape_edge: float,
    *,
    side: str,
    leaves: str,
    arrives: str,
) -> list[BackgroundLine]:
    """A line at LANE from one side of the cell; a source leaves towards `leaves`, a target is reached from `arrives`.

    `shape_edge` is the distance from the cell's side to the shape.
    """
    lines = []
    lane = f"{side} {LANE}mm"
    if "through" in parts:
        lines.append(BackgroundLine("--line", f"{lane} top", ".8pt 100%"))
    if "source" in parts:
        to_shape = f"{shape_edge - LANE:.2f}mm"
        lines.append(BackgroundLine("--line", f"{lane} {leaves}", ".8pt 50%"))
        lines.append(BackgroundLine("--line", f"{lane} center", f"{to_shape} .8pt"))
    if "target" in parts:
        to_arrow = f"{shape_edge - LANE - ARROW:.2f}mm"
        arrow = f"{side} {shape_edge - ARROW:.2f}mm"
        head = "--head-left"
        if side == "left":
            head = "--head-right"
        lines.append(BackgroundLine("--line", f"{lane} {arrives}", ".8pt 50%"))
        lines.append(BackgroundLine("--line", f"{lane} center", f"{to_arrow} .8pt"))
        lines.append(BackgroundLine(head, f"{arrow} center", "2.2mm 1.8mm"))
    return lines
