"""Rows of tables that are longer than a page. A row is kept whole where it can be; where it cannot, WeasyPrint moves it
to the next page first, and there leaves away the heads of the columns to win room. So the tables are looked at once
they are laid out, and such a row may run over the end of the page where it stands."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

RUNS_ON = "break-inside:auto;break-after:auto"
_OPENING = re.compile(r"<(table|tr)\b[^>]*>")
_SHORT = re.compile(r'(class="[^"]*?) ?\bshort\b')


class LongRows(NamedTuple):
    """Rows and tables that find no room where they are kept whole, counted from 0 in the order of the document."""

    rows: frozenset[int] = frozenset()
    tables: frozenset[int] = frozenset()

    def and_those_of(self, other: "LongRows") -> "LongRows":
        return LongRows(self.rows | other.rows, self.tables | other.tables)


def find_long_rows(document: Any) -> LongRows:
    """In the pages of WeasyPrint's document."""
    number_of: dict[int, int] = {}  # of each row and table, by its element
    page_of: dict[int, int] = {}  # the first that it stands on
    counts = {"table": 0, "tr": 0}
    found: dict[str, set[int]] = {"table": set(), "tr": set()}
    for page_number, page in enumerate(document.pages):
        for table in tables_on(page):
            if id(table.element) not in number_of:
                # Its rows too, of which the heads may be left away
                for element in table.element.iter():
                    if element.tag in counts:
                        number_of[id(element)] = counts[element.tag]
                        counts[element.tag] += 1
            for box in [table, *rows_below_head(table)]:
                key = id(box.element)
                goes_on = page_of.setdefault(key, page_number) < page_number
                if goes_on and box.style["break_inside"] == "avoid":
                    found[box.element.tag].add(number_of[key])
            pushing = row_instead_of_head(table)
            if pushing is not None:
                found["tr"].add(number_of[id(pushing.element)])
    return LongRows(frozenset(found["tr"]), frozenset(found["table"]))


def tables_on(page: Any) -> Iterator[Any]:
    body = page._page_box.children[0]
    for box in body.descendants():
        if isinstance(box, boxes.TableBox):
            yield box


def rows_below_head(table: Any) -> Iterator[Any]:
    for group in table.children:
        if not group.is_header:
            yield from group.children


def row_instead_of_head(table: Any) -> Any:
    """The first row of a part of a table that has lost its head to it; None of any other."""
    has_head = any(child.tag == "thead" for child in table.element)
    if not has_head or (table.children and table.children[0].is_header):
        return None
    return next(rows_below_head(table), None)


def let_run_on(html: str, long_rows: LongRows) -> str:
    """The HTML in which these rows and tables may be parted by the end of a page."""
    counts = {"tr": 0, "table": 0}

    def opened(found: re.Match[str]) -> str:
        tag, name = found[0], found[1]
        number = counts[name]
        counts[name] += 1
        if name == "tr" and number in long_rows.rows:
            return tag.replace("<tr", f'<tr style="{RUNS_ON}"', 1)
        if name == "table" and number in long_rows.tables:
            return _SHORT.sub(r"\1", tag, count=1)
        return tag

    return _OPENING.sub(opened, html)
