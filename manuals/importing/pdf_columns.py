"""Tables of a PDF that have no rules: words that stand below each other at the same places of several lines, with wide
gaps before them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .pdf_areas import PageArea

# In points
WIDE = 14.0  # a gap between two columns; words of a line that is stretched to the margin stand closer
SAME = 3.0  # by which two beginnings of a column differ
FEWEST_ROWS = 3
MOST_PIECES = 5000  # of one page
FARTHEST = 2.5  # heights of a line between two rows of a table


class PrintedPiece(NamedTuple):
    """Words that are printed in one go. `is_label` where they are but the number of what stands behind them."""

    area: PageArea
    is_label: bool = False


type _Row = list[PrintedPiece]  # of one line, from left to right


def find_open_tables(pieces: Iterable[PrintedPiece]) -> list[PageArea]:
    """The areas in which at least three lines have a column beginning at the same place."""
    rows = [_segments(row) for row in _rows(pieces)]
    tables = []
    group: list[_Row] = []
    for row in rows:
        if group and not _is_next(group[-1], row):
            tables += _table_of(group)
            group = []
        group.append(row)
    return tables + _table_of(group)


def _rows(pieces: Iterable[PrintedPiece]) -> list[_Row]:
    """Pieces of one height beside each other, from the top down."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda each: -_middle(each)):
        last = rows[-1][0].area if rows else None
        if last is not None and last.bottom <= _middle(piece) <= last.top:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda each: each.area.left) for row in rows]


def _middle(piece: PrintedPiece) -> float:
    return (piece.area.bottom + piece.area.top) / 2


def _segments(row: _Row) -> _Row:
    """Pieces without a wide gap between them are one; so is a number with what it stands before."""
    segments: _Row = []
    for piece in row:
        last = segments[-1] if segments else None
        if last is not None and (
            last.is_label or piece.area.left - last.area.right < WIDE
        ):
            segments[-1] = PrintedPiece(_around([last, piece]))
        else:
            segments.append(piece)
    return segments


def _is_next(above: _Row, row: _Row) -> bool:
    height = max(piece.area.top - piece.area.bottom for piece in above)
    return above[0].area.bottom - row[0].area.top <= FARTHEST * height


def _table_of(rows: Sequence[_Row]) -> list[PageArea]:
    """That of the lines between the first and the last one that has a column in common with others."""
    starts = sorted(segment.area.left for row in rows for segment in row[1:])
    in_table = []
    for number, row in enumerate(rows):
        if any(_count_near(starts, each.area.left) >= FEWEST_ROWS for each in row[1:]):
            in_table.append(number)
    if not in_table:
        return []
    inside = rows[in_table[0] : in_table[-1] + 1]
    return [_around([segment for row in inside for segment in row])]


def _count_near(starts: Sequence[float], place: float) -> int:
    """`starts` are sorted."""
    return bisect_right(starts, place + SAME) - bisect_left(starts, place - SAME)


def _around(pieces: Sequence[PrintedPiece]) -> PageArea:
    return PageArea(
        min(piece.area.left for piece in pieces),
        min(piece.area.bottom for piece in pieces),
        max(piece.area.right for piece in pieces),
        max(piece.area.top for piece in pieces),
    )
