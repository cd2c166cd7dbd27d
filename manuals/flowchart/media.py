"""The columns and sizes of print and screen, each in its own units.

    | back lanes | actor | main column: the shapes | side column: boxes beside a decision | skip lane |

The screen is too narrow for a side column: there every shape stands on the main line, with its actor inside.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A column, from left to right."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Medium:
    """Sizes of text are those of the em, heights of lines their distance."""

    width: float
    main: Span
    side: Span | None
    lanes: tuple[float, ...]  # x of the lines that go back, the inner one first
    skip_lane: float  # x of the line that jumps ahead
    circle: float  # diameter
    circle_left: float  # left edge of the circles beside the shapes
    text_size: float
    line_height: float
    side_text_size: float
    side_line_height: float
    actor_width: float  # 0: the actor stands inside the shape
    decision_text_width: float  # words inside a diamond
    row_gap: float
    entry_gap: float  # what a line that comes in above a shape adds to the gap
    label_text_size: float
    label_line_height: float
    label_width: float  # the widest label of a branch over an arrow
    padding: float
    arrow_head: float  # its length
    least_height: float  # of the lowest shape

    @property
    def trunk(self) -> float:
        """x of the main line."""
        return self.main.middle

    @property
    def radius(self) -> float:
        """Of a lettered circle."""
        return self.circle / 2

    @property
    def side_left(self) -> float:
        """Where what stands at the right of the shapes begins: the side column, or the edge of the screen."""
        if self.side is None:
            return self.width
        return self.side.left


PRINT = Medium(
    width=160,
    main=Span(44, 108),
    side=Span(123.5, 160),
    lanes=(32,),
    skip_lane=150,
    circle=6.4,
    circle_left=123.5,
    text_size=3.53,
    line_height=5.12,
    side_text_size=3.18,
    side_line_height=4.6,
    actor_width=29,
    decision_text_width=37,
    row_gap=8,
    entry_gap=3.4,
    label_text_size=3.0,
    label_line_height=4.4,
    label_width=14,
    padding=4.4,
    arrow_head=2.3,
    least_height=9,
)
SCREEN = Medium(
    width=340,
    main=Span(44, 296),
    side=None,
    lanes=(28, 12),
    skip_lane=304,
    circle=28,
    circle_left=311,
    text_size=16,
    line_height=26,
    side_text_size=16,
    side_line_height=26,
    actor_width=0,
    decision_text_width=150,
    row_gap=44,
    entry_gap=16,
    label_text_size=16,
    label_line_height=24,
    label_width=84,
    padding=20,
    arrow_head=10,
    least_height=46,
)
MEDIA = {"print": PRINT, "screen": SCREEN}
