"""Part 9 of a process: the standard table (แบบสรุปมาตรฐานงาน), whose second column draws the chart again row by row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from manuals.content import PARTS, Step
from manuals.entries import EntryView
from manuals.flowchart import ChartCell, chart_column, step_text, steps_from_entries
from manuals.flowchart.measure import count_lines

from .chart_words import lines_html
from .charts import data_uri
from .clause_words import branch_phrases, own_labels
from .clauses import SHORT_TABLE, ClauseRenderer, PrintedClause, entry_anchor
from .summary_shapes import (
    LABEL_WIDTH,
    LANE,
    TEXT_SIZE,
    CellShape,
    cell_shape,
    line_height,
)
from .typesetter import NO_HTML, Html, Labels, Typesetter


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """The label of a branch beside its arrow, placed by `style`. `name` as of CellLabel."""

    name: str
    words: Html
    style: str


@dataclass(frozen=True, slots=True)
class ChartShape:
    """The shape of a row with the step's words in it: a picture of the outline, the words over it."""

    name: str
    kind: str
    picture: str
    size: str
    lettering: str  # the style of words that are smaller than others
    words: Html
    words_style: str
    gap: str
    labels: list[ChartLabel]
    ways: Html  # the style of the arrows to words of branches, or ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A row of the standard table; `chart` is the style of its chart cell, with the lines. Both heights are estimates
    in millimetres: of the row, and of the words beside its shape."""

    anchor: str
    label: str
    height: float
    words_height: float
    shape: ChartShape
    chart: Html
    above: bool
    detail: Html
    duration: Html
    standard: Html
    actor: Html
    note: Html
    branches: list[Html]
    system: Html

    @property
    def is_tall(self) -> bool:
        # Where the shape is higher than the words, it would stand on the next page without them
        return self.words_height == self.height > TALL


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
    def keeps_last_rows(self) -> bool:
        """The last row stands on no page alone, unless the last two would nearly fill one."""
        return sum(row.height for row in self.rows[-2:]) <= SHORT_HEIGHT

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.clauses)


# Millimetres, as the style sheet has them
DETAIL_WIDTH, TIME_WIDTH, STANDARD_WIDTH, ACTOR_WIDTH, NOTE_WIDTH = 54, 24, 42, 29, 40
CELL_PADDING = 4.0
CELL_TEXT, CELL_LINE = 3.53, 5.47
SHORT_HEIGHT = 100.0  # of the rows that stay on one page, below the head of the form
TALL = 70.0  # of the words of a row that may run over the end of a page


def summary_table(
    section: EntryView, entries: Sequence[EntryView], renderer: ClauseRenderer
) -> SummaryTable:
    """`entries` are all clauses of the process."""
    typesetter = renderer.typesetter
    labels = {**typesetter.labels, **own_labels(entries)}
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
        indicator=typesetter.text(section.data.get("indicator", "")),
        rows=rows,
        clauses=renderer.tree(others),
        is_short=len(rows) <= SHORT_TABLE
        and sum(row.height for row in rows) <= SHORT_HEIGHT,
    )


def summary_row(
    entry: EntryView,
    step: Step,
    cell: ChartCell,
    renderer: ClauseRenderer,
    labels: Labels,
) -> SummaryRow:
    typesetter = renderer.typesetter
    shape = cell_shape(cell)
    system = renderer.audience(entry)
    if step.system:
        words = typesetter.text(f"ระบบ: {step.system}")
        system = Html(words + system)
    phrases = branch_phrases(step, labels)
    words_height = estimate_words_height(step, phrases, typesetter)
    branches = [typesetter.text(phrase) for phrase in phrases]
    return SummaryRow(
        anchor=entry_anchor(entry),
        label=typesetter.plain_text(entry.label),
        height=max(words_height, shape.height + 2 * shape.gap),
        words_height=words_height,
        shape=chart_shape(shape, typesetter),
        chart=cell_style(cell, shape),
        above=cell.above,
        detail=typesetter.body(step.body),
        duration=typesetter.text(step.duration_text),
        standard=typesetter.referring(step.standard),
        actor=typesetter.text(step.actor),
        note=typesetter.referring(step.note),
        branches=branches,
        system=system,
    )


def estimate_words_height(
    step: Step, branches: Sequence[str], typesetter: Typesetter
) -> float:
    """How high the longest of the cells beside the shape will be."""
    heights = []
    notes = [typesetter.plain_referring(step.note), *branches]
    if step.system:
        notes.append(step.system)
    for texts, width in (
        ([step_text(step)], DETAIL_WIDTH),
        ([step.duration_text], TIME_WIDTH),
        ([typesetter.plain_referring(step.standard)], STANDARD_WIDTH),
        ([step.actor], ACTOR_WIDTH),
        (notes, NOTE_WIDTH),
    ):
        lines = sum(
            count_lines(text, width - CELL_PADDING, CELL_TEXT) for text in texts
        )
        heights.append(lines * CELL_LINE + CELL_PADDING)
    return max(heights)


def chart_shape(shape: CellShape, typesetter: Typesetter) -> ChartShape:
    labels = []
    for label in shape.labels:
        label_style = placed(label.x, label.y, label.width, label.height)
        words = lines_html(label.text, LABEL_WIDTH, shape.em, typesetter.digits)
        labels.append(ChartLabel(label.name, words, label_style))
    area = shape.area
    lettering = ""
    if shape.em != TEXT_SIZE:
        lettering = (
            f";font-size:{shape.em:.3f}mm;line-height:{line_height(shape.em):.3f}mm"
        )
    return ChartShape(
        name=shape.name,
        kind=shape.kind,
        picture=data_uri(shape.svg),
        size=f"width:{shape.width:.2f}mm;height:{shape.height:.2f}mm",
        lettering=lettering,
        words=lines_html(shape.text, area.width, shape.em, typesetter.digits),
        words_style=placed(area.x, area.y, area.width, area.height),
        gap=f"height:{shape.gap:.2f}mm",
        labels=labels,
        ways=ways_style(shape),
    )


def ways_style(shape: CellShape) -> Html:
    picture = shape.ways_svg
    if not picture:
        return NO_HTML
    place = placed(0, -shape.gap, shape.width, shape.height + 2 * shape.gap)
    return Html(f"{place};background-image:url(&quot;{data_uri(picture)}&quot;)")


def placed(x: float, y: float, width: float, height: float) -> str:
    return f"left:{x:.2f}mm;top:{y:.2f}mm;width:{width:.2f}mm;height:{height:.2f}mm"


# ---------- the lines of the chart column, in millimetres from the padding edge of the cell ----------
ARROW = 2.2  # length of an arrow head


class BackgroundLine(NamedTuple):
    """A line or arrow head as one layer of a CSS background."""

    image: str  # name of a variable of the style sheet
    position: str
    size: str


def cell_style(cell: ChartCell, shape: CellShape) -> Html:
    """The lines of a cell as backgrounds: they follow the height of the row and run over page breaks."""
    lines: list[BackgroundLine] = []
    if cell.above and cell.below:
        lines.append(BackgroundLine("--line", "center", ".8pt 100%"))
    elif cell.above:
        lines.append(BackgroundLine("--line", "center top", ".8pt 50%"))
    elif cell.below:
        lines.append(BackgroundLine("--line", "center bottom", ".8pt 50%"))
    # A line back leaves its row upwards and reaches an earlier one from below; a line ahead the other way round
    lines += side_lines(
        cell.back,
        shape.left,
        side="left",
        leaves="top",
        arrives="bottom",
    )
    lines += side_lines(
        cell.ahead,
        shape.left,
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
