"""The shapes of the chart column of part 9, with the words of the step in them, and where the labels stand.

Millimetres. A row is as high as its highest cell, and its shape stands in the middle of that height: so everything
here is measured from the shape itself, and what it needs above and below is kept free by equal gaps.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from manuals.content import SHAPES
from manuals.flowchart import Box, ChartCell, short_text, text_width
from manuals.flowchart.chart import Edge, Point
from manuals.flowchart.measure import TEXT_LIMIT, count_lines, widest_word
from manuals.flowchart.paths import PathWriter, TextArea, arrow_head, text_area

from .clause_words import branch_phrase

INK, TINT = "#14181f", "#eef1f5"
PATHS = PathWriter(decimals=2)
STROKE = 0.28

COLUMN = 50.0  # the width of the cell, its borders included
BORDER = 0.35
LANE = 2.2  # from the side of the cell to the line that goes back or ahead
BOX_WIDTH, DECISION_WIDTH = 38.0, 40.0
TEXT_SIZE, LINE_HEIGHT = 2.82, 3.88  # 8 on 11 point
MOST_HEIGHT = 95.0  # of a cell: so much is left of the first page below the heads and a short first row
# The size of the words, and how many letters of a text are shown: the first that makes a cell no higher than that
FITTING_WORDS = (
    (TEXT_SIZE, TEXT_LIMIT),
    (TEXT_SIZE * 0.875, TEXT_LIMIT),
    (TEXT_SIZE * 0.75, TEXT_LIMIT),
    (TEXT_SIZE * 0.75, 90),
    (TEXT_SIZE * 0.75, 60),
    (TEXT_SIZE * 0.75, 30),
)
INSET = 1.4  # between outline and words
LEAST_HEIGHT = 7.0
WAVE = 2.0  # depth of the wave below a document, and of the point below a connector
MOST_RADIUS = 3.5  # of a start or end
DECISION_TEXT_WIDTHS = range(14, 30)
LEAST_DECISION = 12.0  # the height of the lowest diamond
ARROW_GAP = 2.8  # the least room above and below the shape
CLEAR = 0.4  # between a label and the outline or line next to it
LINE = 0.29  # how thick a line is, inwards from LANE: .8 point
OVERHANG = 0.2  # so far ไ and ใ reach out of their own width at the left
OFF_LANE = LINE + CLEAR + OVERHANG
OFF_MAIN_LINE = LINE / 2 + CLEAR + OVERHANG
LABEL_WIDTH = 18.0  # the widest label: more would reach the lane, or the arrow that comes in from above
WAY = 3.0  # the least length of an arrow to the words of a branch
HEAD, HEAD_WIDTH = 2.0, 2.2  # of an arrow


class CellLabel(NamedTuple):
    """The label of a branch, from the top left corner of the shape. `name` yes | no | ahead | leaves | comes."""

    name: str
    text: str
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class CellShape:
    """The shape of a row. `gap` is free above and below it, `area` has its words, measured from its corner."""

    kind: str
    text: str
    width: float
    height: float
    gap: float
    area: TextArea
    labels: list[CellLabel]
    is_reached: bool  # by the main line
    em: float  # the size of its words and labels

    @property
    def name(self) -> str:
        return SHAPES[self.kind]

    @property
    def most_lines(self) -> int:
        """How many lines of words its outline holds."""
        height = self.area.height
        if self.kind == "decision":
            height = self.height * (1 - self.area.width / self.width)
        return int((height + 0.01) / line_height(self.em))

    @property
    def left(self) -> float:
        """From the padding edge of the cell."""
        return (COLUMN - BORDER - self.width) / 2

    @property
    def svg(self) -> str:
        """The outline as a picture of exactly this size."""
        half = STROKE / 2
        box = Box(
            "shape",
            half,
            half,
            self.width - STROKE,
            self.height - STROKE,
            "",
            self.kind,
        )
        stroke = f"stroke='{INK}' stroke-width='{STROKE}'"
        fill = "#fff"
        match self.kind:
            case "decision":
                path = PATHS.diamond(box)
            case "document":
                # The trough swings a quarter of the wave below its box (PATHS.document)
                above_trough = replace(box, height=box.height - WAVE / 4)
                path = PATHS.document(above_trough, WAVE)
            case "connector":
                path = PATHS.connector(box, WAVE)
            case "start" | "end":
                fill = TINT
                path = PATHS.rounded_rectangle(box, min(box.height / 2, MOST_RADIUS))
            case _:
                path = PATHS.rectangle(box)
        view = f"0 0 {self.width:.2f} {self.height:.2f}"
        return (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{view}'><path "
            f"d='{path}' fill='{fill}' {stroke}/></svg>"
        )

    @property
    def ways_svg(self) -> str:
        """The arrows to and from the words of branches without a line, as a picture that lies below the shape, as
        wide as it and higher by both gaps; "" of most shapes."""
        paths = ""
        for label in self.labels:
            if label.name == "leaves":
                # From behind the shape, whose outline it need not know
                x = label.x + label.width / 2
                paths += way_path((x, self.height / 2), (x, label.y - CLEAR))
            elif label.name == "comes":
                middle = self.width / 2
                y = label.y + label.height / 2
                begin = (label.right + CLEAR, y)
                if self.is_reached:
                    paths += way_path(begin, (middle - LINE / 2, y))
                else:
                    paths += way_path(begin, (middle, y), (middle, 0))
        if not paths:
            return ""
        high = self.height + 2 * self.gap
        view = f"0 {-self.gap:.2f} {self.width:.2f} {high:.2f}"
        return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{view}'>{paths}</svg>"


def cell_shape(cell: ChartCell) -> CellShape:
    """The shape with its words as large and as whole as a page has room for; the remarks have all of them anyway."""
    for em, limit in FITTING_WORDS:
        shape = drawn_shape(cut_labels(cell, limit), em, limit)
        if shape.height + 2 * shape.gap <= MOST_HEIGHT:
            break
    return shape


def cut_labels(cell: ChartCell, limit: int) -> ChartCell:
    return replace(
        cell,
        word_below=short_text(cell.word_below, limit),
        word_back=short_text(cell.word_back, limit),
        word_ahead=short_text(cell.word_ahead, limit),
        leaving=tuple((short_text(label, limit), row) for label, row in cell.leaving),
    )


def drawn_shape(cell: ChartCell, em: float, limit: int) -> CellShape:
    text = short_text(cell.step.text, limit) or SHAPES[cell.step.shape]
    kind = cell.step.shape
    if kind == "decision":
        width = DECISION_WIDTH
        height, words_width = lowest_diamond(text, em)
    else:
        width = BOX_WIDTH
        words_width = width - 2 * INSET
        words_height = count_lines(text, words_width, em) * line_height(em)
        height = max(LEAST_HEIGHT, words_height + 2 * INSET)
        if kind in ("document", "connector"):
            height += WAVE
    box = Box("shape", 0, 0, width, height, text, kind)
    area = text_area(box, decision_width=words_width, inset=INSET, wave=WAVE)
    labels = list(place_labels(cell, width, height, em))
    highest = min((label.y for label in labels if label.name == "no"), default=0.0)
    labels += place_words_of_ways(cell, width, height, highest, em)
    gap = ARROW_GAP
    for label in labels:
        gap = max(gap, -label.y, label.bottom - height)
    return CellShape(kind, text, width, height, gap, area, labels, cell.above, em)


def line_height(em: float) -> float:
    return em / TEXT_SIZE * LINE_HEIGHT


def lowest_diamond(text: str, em: float) -> tuple[float, float]:
    """(height of the diamond, width of its words), the lowest that holds them.

    Words of width w and height t fit into a diamond of width W and height H when H = t / (1 - w / W).
    """
    sizes = []
    whole = widest_word(text) * em
    widths = [each for each in DECISION_TEXT_WIDTHS if each >= whole]
    # A word that is too wide for all of them is broken anyway
    for words_width in widths or DECISION_TEXT_WIDTHS:
        words_height = count_lines(text, words_width, em) * line_height(em)
        height = words_height / (1 - words_width / DECISION_WIDTH)
        sizes.append((max(height, LEAST_DECISION), words_width))
    return min(sizes)


# ---------- the labels of branches ----------
def place_labels(
    cell: ChartCell,
    width: float,
    height: float,
    em: float,
) -> Iterator[CellLabel]:
    """Below the shape beside the main line; above the line to a lane, and off the shape's own outline."""
    kind = cell.step.shape
    to_side = (COLUMN - BORDER - width) / 2
    if cell.word_below:
        size = label_size(cell.word_below, em)
        yield CellLabel(
            "yes", cell.word_below, width / 2 + OFF_MAIN_LINE, height + CLEAR, *size
        )
    for name, word in (("no", cell.word_back), ("ahead", cell.word_ahead)):
        if not word:
            continue
        label_width, label_height = label_size(word, em)
        # From the lane inwards: so far it reaches over the shape, whose outline recedes there
        inwards = LANE + OFF_LANE + label_width - to_side
        bottom = (
            height / 2 - outline_height(kind, inwards + CLEAR, width, height) - CLEAR
        )
        x = LANE + OFF_LANE - to_side
        if name == "ahead":
            x = width + to_side - LANE - OFF_LANE - label_width
        yield CellLabel(name, word, x, bottom - label_height, label_width, label_height)


def place_words_of_ways(
    cell: ChartCell, width: float, height: float, highest: float, em: float
) -> Iterator[CellLabel]:
    """The words of branches without a line: at the left of the main line, where below a shape nothing else stands;
    above it higher than the label of the line back, which begins at `highest`."""
    left = LANE + OFF_LANE - (COLUMN - BORDER - width) / 2
    if cell.leaving:
        words = "\n".join(branch_phrase(*each, space="\n") for each in cell.leaving)
        label_width, label_height = label_size(words, em)
        inwards = left + LABEL_WIDTH / 2
        x = inwards - label_width / 2
        edge = height / 2 + outline_height(cell.step.shape, inwards, width, height)
        y = max(height, edge + WAY) + CLEAR
        yield CellLabel("leaves", words, x, y, label_width, label_height)
    if cell.coming:
        words = f"จากลำดับที่ {', '.join(cell.coming)}"
        if text_width(words) * em > LABEL_WIDTH:
            words = words.replace(" ", "\n", 1)
        label_width, label_height = label_size(words, em)
        x = left + LABEL_WIDTH - label_width
        bottom = min(highest, HEAD / -2) - CLEAR
        yield CellLabel(
            "comes", words, x, bottom - label_height, label_width, label_height
        )


def way_path(*points: Point) -> str:
    """A line with an arrow head at its last point."""
    head = arrow_head(Edge(points), HEAD, HEAD_WIDTH / 2)
    line = PATHS.line([*points[:-1], head.base])
    stroke = f"fill='none' stroke='{INK}' stroke-width='{STROKE}'"
    return f"<path d='{line}' {stroke}/><path d='{PATHS.head(head)}' fill='{INK}'/>"


def label_size(word: str, em: float) -> tuple[float, float]:
    length = text_width(word) * em
    if length <= LABEL_WIDTH and "\n" not in word:
        return length, line_height(em)
    return LABEL_WIDTH, count_lines(word, LABEL_WIDTH, em) * line_height(em)


def outline_height(kind: str, inwards: float, width: float, height: float) -> float:
    """How far above its axis a shape reaches within so many millimetres of its tip."""
    if inwards <= 0:
        return 0.0
    if kind == "decision":
        return min(1.0, inwards / (width / 2)) * height / 2
    return height / 2
