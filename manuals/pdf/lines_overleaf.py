"""The lines of part 9's chart column where a row goes on overleaf. They are backgrounds of the cell, and WeasyPrint
draws those of the whole cell on each of its parts: a part without the shape has the lines alone that pass it."""

from collections.abc import Iterable, Iterator
from typing import Any

from .fitting import body_boxes

THICKNESS = 2.0  # CSS pixels, more than a line has: what is wider is a line to a side, or a head


def lead_lines_overleaf(document: Any) -> None:
    for parts in chart_cells(document):
        shapes = [number for number, part in enumerate(parts) if has_shape(part)]
        if len(parts) < 2 or not shapes:
            continue
        for number, part in enumerate(parts):
            if number != shapes[0] and part.background is not None:
                lines = passing_lines(
                    part.background.layers, is_below_shape=number > shapes[0]
                )
                part.background = part.background._replace(layers=list(lines))


def chart_cells(document: Any) -> Iterable[list[Any]]:
    """The cells of the chart column, each with its parts on one page after the other."""
    parts_of: dict[int, list[Any]] = {}
    for page in document.pages:
        for box in body_boxes(page):
            if box.element_tag == "td" and has_class(box, "shape"):
                parts_of.setdefault(id(box.element), []).append(box)
    return parts_of.values()


def has_shape(cell: Any) -> bool:
    return any(has_class(box, "box") for box in cell.descendants())


def has_class(box: Any, name: str) -> bool:
    return box.element is not None and name in box.element.get("class", "").split()


def passing_lines(layers: Iterable[Any], *, is_below_shape: bool) -> Iterator[Any]:
    """The upright lines that end or begin in the middle of the cell, where its shape stands, are drawn right through;
    those on the other side of the shape are none here."""
    for layer in layers:
        width, height = layer.size
        x, y = layer.position
        _, _, _, whole = layer.positioning_area
        if width > THICKNESS:
            continue
        is_whole = height > 0.9 * whole
        is_lower_half = y > 0.25 * whole
        if is_whole or is_lower_half == is_below_shape:
            yield layer._replace(position=(x, 0), size=(width, whole))
