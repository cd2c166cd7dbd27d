"""The lines of a part as clauses that hang below each other.

A new kind of number goes one level down, a known one back up. A list goes on behind whatever stands between its items:
(1) (2), a paragraph, (3) is one list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from hearing_portal.thai.numbering import Label
from hearing_portal.thai.text import escape_plain

from ..content import Content, Reference, Table, Text, plain_text, written_words
from ..source import BOOKMARK, SourceLine, uuid_in_table
from .drafts import ClauseDraft, DoubtKind, ProcessDraft
from .figures import add_figure
from .label_sequence import NumberedLine
from .law_citations import add_locator
from .office_marks import read_office_mark

# The content of a line, by its words and how deep it hangs
type MakeContent = Callable[[str, int], Content]


def _never(words: str) -> bool:
    return False


def read_tree(
    part: int,
    lines: Sequence[NumberedLine],
    make_content: MakeContent,
    draft: ProcessDraft,
    *,
    numbering: str = "none",
    is_about_parent: Callable[[str], bool] = _never,
) -> None:
    """Adds the clauses to the draft. `numbering` is that of a line without a number; `is_about_parent` says that a line
    belongs to the citation it hangs below and is no clause of its own."""
    tree = _Tree()
    for position, numbered in enumerate(lines):
        if numbered.line.kind == "row":
            before = lines[position - 1].line if position else None
            if before is None or _table_of(before) != _table_of(numbered.line):
                rows = _rows_from(lines[position:])
                table = _read_table(part, rows, tree.above_paragraph())
                _add_table(table, draft)
            continue
        if numbered.is_introduction:
            body = escape_plain(numbered.words)
            draft.clauses.append(
                ClauseDraft(part, Text(body=body), place=numbered.line.place)
            )
            continue
        if numbered.line.kind == "figure":
            add_figure(part, numbered.line, tree.above_paragraph(), draft)
            continue
        above = tree.find_above(numbered, lines[position + 1 :])
        label = numbered.label
        if above and is_about_parent(numbered.words):
            cited = above[-1].clause
            if isinstance(cited.content, Reference):
                add_locator(cited, numbered.words)
                if label is not None:
                    draft.understood.append(label.number)
                continue
        words, applies_to = read_office_mark(numbered.words, numbered.line, draft)
        clause = ClauseDraft(
            part=part,
            content=replace(make_content(words, len(above)), applies_to=applies_to),
            numbering=numbering if label is None and not above else "none",
            source_label=label.number if label is not None else "",
            place=numbered.line.place,
            bookmark=numbered.line.bookmark,
        )
        if label is not None:
            clause.numbering = label.kind
        if above:
            clause.parent = above[-1].clause.uuid
            if label is not None and label.kind == "decimal" and not label.above:
                # No style of ours is "1." below 5.1
                clause.numbering = "paren"
                message = (
                    f"เลข {label.number}. ที่อยู่ใต้ข้ออื่น แสดงเป็น {label.number}) โปรดตรวจ"
                )
                draft.doubt(DoubtKind.LABEL, message, numbered.line, clause.uuid)
        tree.add(numbered, clause, above)
        draft.clauses.append(clause)


def _table_of(line: SourceLine) -> str:
    """ตารางที่ 2, of a row; "" of a line that is none."""
    return line.place.rpartition(" แถวที่")[0] if line.kind == "row" else ""


def _rows_from(lines: Sequence[NumberedLine]) -> list[SourceLine]:
    """The rows of the table that the lines begin with."""
    rows = []
    for numbered in lines:
        if _table_of(numbered.line) != _table_of(lines[0].line):
            break
        rows.append(numbered.line)
    return rows


def _read_table(
    part: int, rows: Sequence[SourceLine], above: UUID | None
) -> ClauseDraft:
    """A table between clauses; its first row is the head."""
    width = max(len(row.cells) for row in rows)
    columns = []
    for number in range(width):
        title = rows[0].cells[number] if number < len(rows[0].cells) else ""
        columns.append({"id": f"c{number + 1}", "title": title})
    body = []
    for number, row in enumerate(rows[1:], start=1):
        cells = {}
        for column, cell in zip(columns, row.cells, strict=False):
            if cell:
                cells[column["id"]] = cell
        body.append({"id": f"r{number}", "cells": cells})
    table = Table(columns=columns, rows=body)
    bookmark = rows[0].bookmark
    named = uuid_in_table(bookmark)
    if named is not None:
        bookmark = f"{BOOKMARK}{named.hex}"
    return ClauseDraft(
        part, table, parent=above, place=rows[0].place, bookmark=bookmark
    )


def _add_table(table: ClauseDraft, draft: ProcessDraft) -> None:
    """As a clause; in a file of ours the paragraph above it may be the same one."""
    last = draft.clauses[-1] if draft.clauses else None
    if last is None or not table.bookmark or last.bookmark != table.bookmark:
        draft.clauses.append(table)
        return
    words = written_words(last.content.kind, plain_text(last.content))
    last.content = replace(
        table.content,
        body=escape_plain(" ".join(words.split("\n"))),
        applies_to=last.content.applies_to,
    )


class _Level(NamedTuple):
    """The kind of a number, and of a decimal how many dots it has: 5.4 and 5.4.1 are two levels."""

    numbering: str
    dots: int


@dataclass(frozen=True, slots=True)
class _OpenItem:
    """An item that the next line may hang below."""

    level: _Level
    clause: ClauseDraft


type _Above = list[_OpenItem]  # what an item hangs below, the outermost first


@dataclass(slots=True)
class _OpenList:
    """A list that may go on: its kind, its last number, and what it hangs below."""

    kind: str
    last: int
    above: _Above


class _Tree:
    def __init__(self) -> None:
        self.open_items: _Above = []
        self.lists: list[_OpenList] = []  # the innermost last
        self.by_number: dict[str, _Above] = {}  # {"5.4": it, and all it hangs below}

    def find_above(
        self, numbered: NumberedLine, following: Sequence[NumberedLine]
    ) -> _Above:
        label = numbered.label
        if label is None:
            return self._above_paragraph(numbered, following)
        if label.kind == "decimal" and label.above in self.by_number:
            return self.by_number[label.above]
        going_on = self._find_list(label)
        if going_on is not None:
            return going_on.above
        return self._items_above(_level_of(label))

    def above_paragraph(self) -> UUID | None:
        """What the clause before hangs below."""
        return self.open_items[-1].clause.parent if self.open_items else None

    def add(self, numbered: NumberedLine, clause: ClauseDraft, above: _Above) -> None:
        label = numbered.label
        item = _OpenItem(_level_of(label), clause)
        self.open_items = [*above, item]
        if numbered.article:
            self.by_number[numbered.article] = self.open_items
        if label is None:
            return
        self._close_lists(above)
        if label.kind == "decimal":
            self.by_number[label.number] = self.open_items
        elif label.kind != "bullet":
            for each in list(self.lists):
                if each.kind == label.kind and _same(each.above, above):
                    self.lists.remove(each)
            self.lists.append(_OpenList(label.kind, label.ordinal, above))

    def _find_list(self, label: Label) -> _OpenList | None:
        """The list that has the number before this one."""
        if label.kind in ("decimal", "bullet"):
            return None
        for each in reversed(self.lists):
            if each.kind == label.kind and each.last < label.ordinal:
                return each
        return None

    def _close_lists(self, above: _Above) -> None:
        """Those below an item that something else stands behind by now."""
        uuids = {item.clause.uuid for item in above}
        self.lists = [
            each
            for each in self.lists
            if not each.above or each.above[-1].clause.uuid in uuids
        ]

    def _above_paragraph(
        self, numbered: NumberedLine, following: Sequence[NumberedLine]
    ) -> _Above:
        """A line without a number is a paragraph; an indented one belongs to the outermost item, and one within a list
        to whatever the list hangs below."""
        following_label = next(
            (each.label for each in following if each.label is not None), None
        )
        if following_label is not None:
            going_on = self._find_list(following_label)
            if going_on is not None:
                return going_on.above
        if numbered.line.is_indented:
            return self._items_above(_level_of(None))[:1]
        return []

    def _items_above(self, level: _Level) -> _Above:
        """Those of the open items that an item of this level hangs below."""
        above = self.open_items
        is_known = False
        for position, item in enumerate(self.open_items):
            if item.level == level:
                above = self.open_items[:position]
                is_known = True
                break
        if level.numbering == "decimal" and level.dots and not is_known:
            # 5.4.1 hangs below 5.4, whatever other kinds of number came between
            decimals = []
            for item in above:
                is_decimal = item.level.numbering == "decimal"
                if is_decimal and item.level.dots < level.dots:
                    decimals.append(item)
            return decimals
        return above


def _level_of(label: Label | None) -> _Level:
    if label is None:
        return _Level("none", 0)
    dots = label.number.count(".") if label.kind == "decimal" else 0
    return _Level(label.kind, dots)


def _same(one: _Above, other: _Above) -> bool:
    uuids: list[list[UUID]] = []
    for items in (one, other):
        uuids.append([item.clause.uuid for item in items])
    return uuids[0] == uuids[1]
