"""What a chart is made of: steps in, boxes and edges out, and the columns and sizes of a medium."""

from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A row of part 9. `next` is ((uuid, word on the arrow), …); empty means the row below, none for an end."""

    uuid: str
    label: str
    text: str
    shape: str = "task"
    actor: str = ""
    next: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A thing with words. `role`: shape | side | who | word | letter | note; `shape` as in content.SHAPES.

    x, y is the top left corner. `label` is the number of the row, `align` how the words are set.
    """

    role: str
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


@dataclass(frozen=True, slots=True)
class Edge:
    """A line with an arrow head at its last point. Edges from or into a lettered circle carry its letter."""

    points: tuple[Point, ...]
    source: str = ""
    target: str = ""
    letter: str = ""


@dataclass(slots=True)
class Panel:
    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    panels: tuple[Panel, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Medium:
    """The columns and sizes of one medium, in its units (see the book's design for print)."""

    width: float
    main: tuple[float, float]  # left and right of the shapes
    side: tuple[float, float] | None  # left and right of the boxes beside a decision
    lanes: tuple[float, ...]  # x of the lines that go back, the inner one first
    skip: float  # x of the line that jumps ahead
    circle: float  # diameter
    circle_left: float  # left edge of the circles beside the shapes
    em: float
    line: float
    side_em: float
    side_line: float
    who_width: float  # 0: the actor stands inside the shape
    ask_width: float  # words inside a diamond
    gap: float
    entry: float  # what a line that comes in above a shape adds to the gap
    word_em: float
    word_line: float
    word_room: float  # the widest word over an arrow
    pad: float
    head: float  # length of an arrow head
    least: float  # height of the lowest shape

    @property
    def trunk(self) -> float:
        return (self.main[0] + self.main[1]) / 2


PRINT = Medium(
    width=160, main=(44, 108), side=(122, 160), lanes=(32,), skip=150, circle=6.4, circle_left=122,
    em=3.53, line=5.12, side_em=3.18, side_line=4.6, who_width=29, ask_width=37, gap=8, entry=3.4,
    word_em=3.0, word_line=4.4, word_room=14, pad=4.4, head=2.3, least=9,
)  # fmt: skip
SCREEN = Medium(
    width=340, main=(44, 296), side=None, lanes=(28, 12), skip=304, circle=28, circle_left=311,
    em=16, line=26, side_em=16, side_line=26, who_width=0, ask_width=150, gap=44, entry=16,
    word_em=16, word_line=24, word_room=84, pad=20, head=10, least=46,
)  # fmt: skip
MEDIA = {"print": PRINT, "screen": SCREEN}
