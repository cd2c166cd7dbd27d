"""Charts as the templates draw them in SVG: a grid of bars or of shades, each with its number, each number a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

WIDTH = 1216  # of every chart: as wide as the page on a screen of 1,280
LABELS = 272  # where the names of the rows end
HEAD = 40  # the heads of the columns
ROW = 34
BAR = 16  # how high a bar is
NUMBER = 46  # room that a bar leaves for its number
SHADES = 5


class LinkedFigure(NamedTuple):
    """A number with the rows it counts; `words` say it where it stands alone ("12 จาก 40"), `of` says what it is in a
    table ("ส่งต่อ")."""

    number: int
    url: str = ""
    words: str = ""
    of: str = ""

    @property
    def shown(self) -> str:
        return self.words or f"{self.number:,}"

    @property
    def counts_nothing(self) -> bool:
        """Whether a phone may leave it out: "0 จาก 62" says of how many, and stands beside what it is compared with."""
        return not self.number and not self.words


class ChartColumn(NamedTuple):
    """`family` is the colour of its bars; a column of sums is not shaded."""

    title: str
    family: str = ""
    is_total: bool = False


class ChartRow(NamedTuple):
    title: str
    figures: Sequence[LinkedFigure]
    url: str = ""
    is_total: bool = False


class FigureCell(NamedTuple):
    """A figure where it is drawn."""

    figure: LinkedFigure
    column: ChartColumn
    x: float
    y: float
    width: float
    text_x: float
    text_y: float
    shade: int
    spoken: str


class DrawnRow(NamedTuple):
    row: ChartRow
    text_y: float
    rule_y: float
    cells: list[FigureCell]


class DrawnColumn(NamedTuple):
    column: ChartColumn
    x: float


@dataclass(frozen=True)
class FigureChart:
    """Rows of groups and columns of figures. `is_shaded` draws shades, else bars; bars of a column without `own_scale`
    are as long as those of another for the same number."""

    name: str  # in ids
    title: str
    columns: Sequence[ChartColumn]
    rows: Sequence[ChartRow]
    note: str = ""
    is_shaded: bool = False
    unit: str = "เรื่อง"
    most: int = 0  # what the longest bar stands for; the largest number where it is 0

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.rows) + 4

    @property
    def labels(self) -> int:
        return LABELS

    @property
    def bar(self) -> int:
        return BAR

    @property
    def cell_height(self) -> int:
        return ROW - 2

    @property
    def _step(self) -> float:
        return round((WIDTH - LABELS) / max(len(self.columns), 1), 1)

    @property
    def drawn_columns(self) -> list[DrawnColumn]:
        columns = []
        for number, column in enumerate(self.columns):
            x = LABELS + number * self._step
            columns.append(
                DrawnColumn(
                    column, round(x + self._step / 2 if self.is_shaded else x, 1)
                )
            )
        return columns

    @cached_property
    def drawn_rows(self) -> list[DrawnRow]:
        most = self.most or self._largest()
        drawn = []
        for number, row in enumerate(self.rows):
            top = HEAD + number * ROW
            cells = []
            for place, figure in enumerate(row.figures):
                cells.append(self._draw(row, figure, place, top, most))
            drawn.append(DrawnRow(row, top + 22, top + ROW - 0.5, cells))
        return drawn

    def _largest(self) -> int:
        numbers = [0]
        for row in self.rows:
            if not row.is_total:
                numbers += [figure.number for figure in row.figures]
        return max(numbers)

    def _draw(
        self, row: ChartRow, figure: LinkedFigure, place: int, top: int, most: int
    ) -> FigureCell:
        column = self.columns[place]
        x = LABELS + place * self._step
        share = min(figure.number / most, 1) if most else 0
        spoken = f"{row.title} {column.title} {figure.shown} {self.unit}".strip()
        if self.is_shaded:
            shade = 0
            if figure.number and not row.is_total and not column.is_total:
                shade = max(1, round(share * SHADES))
            return FigureCell(
                figure=figure,
                column=column,
                x=round(x + 1, 1),
                y=top + 1,
                width=round(self._step - 2, 1),
                text_x=round(x + self._step / 2, 1),
                text_y=top + 22,
                shade=shade,
                spoken=spoken,
            )
        width = 0.0
        if not row.is_total:
            room = self._step - max(NUMBER, 10 * len(figure.shown) + 16)
            width = round(share * room, 1)
        return FigureCell(
            figure=figure,
            column=column,
            x=round(x, 1),
            y=top + 9,
            width=width,
            text_x=round(x + width + (6 if width else 0), 1),
            text_y=top + 22,
            shade=0,
            spoken=spoken,
        )
