"""The words of a chart's boxes line by line, as print and painted pictures set them: each shape is made as high as
the lines that `line_spans` counts, so these are the lines it gets. Imports no Django."""

import math
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from hearing_portal.thai.numbering import Digits, display_digits
from manuals.flowchart import PRINT, Box
from manuals.flowchart.measure import line_spans
from manuals.flowchart.sizes import shape_words_width, side_words_width

from .typesetter import Html, as_html


class Run(NamedTuple):
    """Words of one look: the number of a row is a "caption", who does it beside a decision "quiet"."""

    text: str
    look: Literal["", "caption", "quiet"] = ""


type Line = list[Run]


def box_lines(box: Box, digits: Digits) -> list[Line]:
    """What stands in a box of the printed chart, in the reader's digits."""
    width, em = words_room(box)
    lines: list[Line] = []
    for runs in _paragraphs(box):
        lines += _broken(runs, width, em, digits)
    return lines


def words_room(box: Box) -> tuple[float, float]:
    """(width, em) that the size of the box was counted with."""
    match box.role:
        case "shape":
            return shape_words_width(box.shape, PRINT), PRINT.text_size
        case "side":
            return side_words_width(box.shape, PRINT), PRINT.side_text_size
        case "who":
            return box.width, PRINT.side_text_size
        case "word":
            return box.width, PRINT.label_text_size
    return math.inf, PRINT.text_size


def _paragraphs(box: Box) -> list[Line]:
    """What begins on a line of its own."""
    actor = [Run(box.actor, "quiet")]
    match box.role:
        case "who":
            return [
                runs for runs in ([Run(box.text, "caption")], actor) if runs[0].text
            ]
        case "side":
            words = [Run(box.text)]
            if box.label:
                words.insert(0, Run(f"{box.label} ", "caption"))
            return [words, actor] if box.actor else [words]
    return [[Run(box.text)]]


def _broken(
    runs: Sequence[Run], width: float, em: float, digits: Digits
) -> Iterator[Line]:
    text = "".join(run.text for run in runs)
    # A digit becomes a digit: every letter keeps its place
    shown = "".join(display_digits(run.text, digits) for run in runs)
    for start, end in line_spans(text, width, em):
        line = []
        run_end = 0
        for run in runs:
            run_start, run_end = run_end, run_end + len(run.text)
            words = shown[max(start, run_start) : min(end, run_end)]
            if words:
                line.append(run._replace(text=words))
        yield line


def lines_html(text: str, width: float, em: float, digits: Digits) -> Html:
    """A text in its lines."""
    shown = display_digits(text, digits)
    spans = line_spans(text, width, em)
    return Html("<br>".join(as_html(shown[start:end]) for start, end in spans))
