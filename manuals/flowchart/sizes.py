"""How large the shapes of a chart are, by the words in them."""

from .measure import count_lines, short_text, text_width
from .media import Medium
from .steps import FlowStep

ROUNDED = (
    "start",
    "end",
)  # shapes with round ends: their words keep away from the ends
POINTED = (
    "document",
    "connector",
)  # shapes that end below in a wave or a point: their words stand above it

LABEL_GAP = 0.6  # millimetres between a label and the shape beside it


def main_shape_size(step: FlowStep, medium: Medium) -> tuple[float, float]:
    """Width and height of a shape of the main line."""
    if step.shape == "decision":
        return decision_size(step, medium)
    text = short_text(step.text)
    width = medium.main.width
    inner_width = shape_words_width(step.shape, medium)
    height = text_height(step, inner_width, medium) + medium.padding
    height = max(medium.least_height, height)
    if step.shape in POINTED:
        height += medium.padding  # for the wave or point below the words
    elif step.shape in ROUNDED:
        # An oval is as wide as its words, but neither a mere dot nor wider than the column
        longest = text
        actor_is_inside = not medium.actor_width
        if actor_is_inside and len(step.actor) >= len(text):
            longest = step.actor
        words_width = text_width(longest) * medium.text_size
        needed = words_width + 3 * medium.padding
        least_width = 0.62 * width
        width = min(width, max(least_width, needed))
    return width, height


def decision_size(step: FlowStep, medium: Medium) -> tuple[float, float]:
    """Width and height of a diamond as wide as the column.

    At a height h above its middle a diamond of width W and height H is W (1 - 2h / H) wide. A block of words of width
    w and height t fits when this is at least w for h = t / 2: H = t / (1 - w / W).
    """
    width = medium.main.width
    words_width = shape_words_width("decision", medium)
    words_height = text_height(step, words_width, medium)
    height = words_height / (1 - words_width / width)
    least_height = 2 * medium.least_height
    return width, max(least_height, height)


def shape_words_width(shape: str, medium: Medium) -> float:
    """The widest line of words in a shape of the main line."""
    if shape == "decision":
        return medium.decision_text_width
    return medium.main.width - medium.padding


def text_height(step: FlowStep, inner_width: float, medium: Medium) -> float:
    """The words of a shape, with the actor below where actors have no column."""
    text = short_text(step.text)
    lines = count_lines(text, inner_width, medium.text_size)
    if not medium.actor_width and step.actor:
        lines += count_lines(step.actor, inner_width, medium.text_size)
    return lines * medium.line_height


def side_box_size(step: FlowStep, actor: str, medium: Medium) -> tuple[float, float]:
    """Width and height of a box beside a decision; `actor` stands in it when it is not the decision's."""
    width = 0.0
    if medium.side is not None:
        width = medium.side.width
    inner_width = side_words_width(step.shape, medium)
    text = short_text(step.text)
    if step.label:
        text = f"{step.label} {text}"
    text_size = medium.side_text_size
    lines = count_lines(text, inner_width, text_size)
    if actor:
        lines += count_lines(actor, inner_width, text_size)
    height = lines * medium.side_line_height + 4
    return width, height


def side_words_width(shape: str, medium: Medium) -> float:
    """The widest line of words in a box beside a decision."""
    if medium.side is None:
        return 0.0
    if shape in ROUNDED:
        return medium.side.width - 6
    return medium.side.width - 2.4


def actor_height(step: FlowStep, medium: Medium) -> float:
    """The height of what stands left of a shape: the actor below the number of the row."""
    width = medium.actor_width
    text_size = medium.side_text_size
    lines = 0
    if step.actor:
        lines = count_lines(step.actor, width, text_size)
    caption = row_caption(step)
    if caption:
        lines += count_lines(caption, width, text_size)
    return lines * medium.side_line_height


def row_caption(step: FlowStep) -> str:
    """The number of the row and the clauses it explains."""
    words = []
    if step.label:
        words.append(step.label)
    if step.cites:
        clauses = ", ".join(step.cites)
        words.append(f"(ข้อ {clauses})")
    return " ".join(words)


def label_lines(label: str, medium: Medium) -> int:
    """Lines that the label of a branch takes over its arrow."""
    return count_lines(label, medium.label_width, medium.label_text_size)


def back_label_width(shape: str, medium: Medium) -> float:
    """The room of a label over the arrow into a lane at the left: a diamond recedes there, any other shape is as wide
    as the column."""
    if shape == "decision" or medium.side is None:
        return medium.label_width
    return medium.main.left - back_label_left(medium.lanes[0], medium) - LABEL_GAP


def back_label_left(lane_x: float, medium: Medium) -> float:
    return lane_x + 0.25 * medium.label_text_size


def circle_slot_height(label: str, medium: Medium) -> float:
    """The height a lettered circle takes at the right of a shape, with the label of its branch over it."""
    label_height = 0.0
    if label:
        label_height = label_lines(label, medium) * medium.label_line_height
    if medium.side is not None:  # the label stands left of the circle, over the arrow
        return max(medium.circle, 2 * label_height)
    return medium.circle + 2 * label_height
