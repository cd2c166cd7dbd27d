"""What a flow chart is drawn as: panels of boxes and edges. x runs to the right and y down, in units of the medium."""

from dataclasses import dataclass, field
from typing import Literal

Point = tuple[float, float]  # x, y

# shape: of the main line        side: the shape beside a decision    who: the actor, left of a shape
# word: the label of a branch    letter: a lettered circle            note: "ต่อหน้าถัดไป"
BoxRole = Literal["shape", "side", "who", "word", "letter", "note"]


@dataclass(frozen=True, slots=True)
class Box:
    """A thing with words. `shape` as in content.SHAPES, for the roles "shape" and "side".

    x, y is the top left corner. `label` is the number of the row, `align` how the words are set.
    """

    role: BoxRole
    x: float
    y: float
    width: float
    height: float
    text: str
    shape: str = ""
    uuid: str = ""
    actor: str = ""
    cites: tuple[str, ...] = ()
    align: str = "center"
    label: str = ""

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle_x(self) -> float:
        return self.x + self.width / 2

    @property
    def middle_y(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A line with an arrow head at its last point. Edges from or into a lettered circle carry its letter."""

    points: tuple[Point, ...]
    source: str = ""
    target: str = ""
    letter: str = ""


@dataclass(slots=True)
class Panel:
    """What stands on one page, or on the screen."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    panels: tuple[Panel, ...]
    problems: tuple[str, ...] = ()
