"""Footnotes and endnotes of a Word file."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from .symbols import read_symbol


def footnotes_of(notes: Any, prefix: str = "") -> dict[str, str]:
    """{id: words} of footnotes, without the lines that part them from the text."""
    if notes is None:
        return {}
    found = {}
    for note in notes:
        if note.get(qn("w:type")) not in (None, "normal"):
            continue
        found[prefix + note.get(qn("w:id"), "")] = " ".join(plain_texts(note))
    return found


def plain_texts(element: Any) -> Iterator[str]:
    """The words of each paragraph that has some."""
    for paragraph in element.iter(qn("w:p")):
        text = "".join(map(_text_of, paragraph.iter(*_TEXTS))).strip()
        if text:
            yield text


_SIGNS = {
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_TEXTS = (qn("w:t"), qn("w:sym"), *_SIGNS)


def _text_of(element: Any) -> str:
    """A sign that is not known is as a letter that cannot be read: its line is doubted."""
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag == qn("w:sym"):
        symbol = read_symbol(element, 0)
        return symbol if isinstance(symbol, str) else "\ufffd"
    if element.tag == qn("w:tab") and element.getparent().tag == qn("w:tabs"):
        return ""  # a place to stop at, no sign
    return _SIGNS[element.tag]
