"""What is asked of single elements of a Word file."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn


def made(element: Any) -> tuple[str, str]:
    return element.get(qn("w:author"), ""), element.get(qn("w:date"), "")


def is_end_taken_out(paragraph: Any) -> bool:
    """Whether the paragraph was joined to the next one, or taken out whole."""
    path = f"{qn('w:pPr')}/{qn('w:rPr')}"
    properties = paragraph.find(path)
    if properties is None:
        return False
    return any(
        properties.find(qn(name)) is not None for name in ("w:del", "w:moveFrom")
    )


def is_moved_here(paragraph: Any) -> bool:
    """Whether all of it was put here as a move, with the changes tracked."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:moveTo')}") is not None


def is_row_taken_out(row: Any) -> bool:
    properties = row.find(qn("w:trPr"))
    return properties is not None and properties.find(qn("w:del")) is not None


def is_row_hidden(row: Any) -> bool:
    hidden = row.find(f"{qn('w:trPr')}/{qn('w:hidden')}")
    return hidden is not None and hidden.get(qn("w:val"), "1") not in (
        "0",
        "false",
        "off",
    )


def table_rows_of(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:ins"), qn("w:customXml")):
            inner = child.find(qn("w:sdtContent"))
            yield from table_rows_of(child if inner is None else inner)


def cells_of(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:customXml")):
            inner = child.find(qn("w:sdtContent"))
            yield from cells_of(child if inner is None else inner)


def span_of(properties: Any) -> int:
    span = properties.find(qn("w:gridSpan")) if properties is not None else None
    if span is None:
        return 1
    value = span.get(qn("w:val"), "1")
    return min(int(value), 60) if value.isdigit() and value != "0" else 1


def is_in_box(block: Any, cell: Any) -> bool:
    """Whether a text box stands between the block and what it is within: a cell, a drawing."""
    for ancestor in block.iterancestors():
        if ancestor is cell:
            return False
        if ancestor.tag == qn("w:txbxContent"):
            return True
    return False
