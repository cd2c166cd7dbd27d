"""The structure tree of a printed document, made fit for a book.

WeasyPrint tags what it prints. Added here: every HTML element with an id carries it as /ID, so a clause can be found
in the file; running heads and the heads of tables that go on overleaf are artefacts, so nobody hears them again;
anonymous boxes are no second heading or paragraph; ids of table heads differ between documents; an IDTree lists all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as weasyprint_tags

from .text_layer import require_version

ORIGINAL_TREE = weasyprint_tags._build_box_tree
NULL = b"null"


@dataclass(slots=True)
class _Notes:
    """What is noted while the tree of one file is built."""

    pages_of: dict[str, list[int]] = field(default_factory=dict)
    opened: list[Any] = field(default_factory=list)
    heads: list[Any] = field(default_factory=list)
    artefacts: dict[int, set[int]] = field(default_factory=dict)  # page → marked content
    unlinked: set[int] = field(default_factory=set)  # numbers of objects


def install() -> None:
    """Patch WeasyPrint in this process (again is harmless). Raises TextLayerUnsupported on another version."""
    require_version()
    weasyprint_tags._build_box_tree = build_box_tree


def build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: int, nums: dict, annotations: list, tags: dict
) -> Iterator:
    """WeasyPrint's function of the same name.

    An element on several pages has one structure element on each: the second is named `id~2`, and so on.
    """
    notes = pdf.__dict__.setdefault("structure_notes", _Notes())
    html = getattr(box, "element", None)
    built = ORIGINAL_TREE(box, parent, pdf, page_number, nums, annotations, tags)
    if isinstance(box, boxes.MarginBox) or _is_head_again(box, html, notes):
        _leave_out(built, box, pdf, page_number, nums, tags)
        return
    name = _claim(notes, html, page_number)
    is_anonymous = html is not None and bool(notes.opened) and notes.opened[-1] is html
    notes.opened.append(html)
    for element in built:
        if name:
            element["ID"] = pydyf.String(name)
        if is_anonymous and element["S"] == parent["S"]:
            element["S"] = "/NonStruct"
        yield element
    notes.opened.pop()


def _is_head_again(box: Any, html: Any, notes: _Notes) -> bool:
    if not isinstance(box, boxes.TableRowGroupBox) or html is None or html.tag != "thead":
        return False
    seen = any(head is html for head in notes.heads)
    notes.heads.append(html)
    return seen


def _leave_out(built: Iterator, box: Any, pdf: Any, page_number: int, nums: dict, tags: dict) -> None:
    """Build the elements of a box but link none of them, and note its marked content as artefacts."""
    notes = pdf.structure_notes
    marked = {tags[child]["mcid"] for child in box.descendants() if child in tags}
    before = len(pdf.objects)
    for _ in built:
        pass
    notes.unlinked |= {thing.number for thing in pdf.objects[before:]}
    notes.artefacts.setdefault(page_number, set()).update(marked)
    nums.update(dict.fromkeys(marked, NULL))


def _claim(notes: _Notes, html: Any, page_number: int) -> str | None:
    """The name of the part of an element on a page; None without id and for anonymous boxes inside the element."""
    name = html.get("id") if html is not None else None
    if not name:
        return None
    pages = notes.pages_of.setdefault(name, [])
    if page_number in pages:
        return None
    pages.append(page_number)
    return name if len(pages) == 1 else f"{name}~{len(pages)}"


def finish(pdf: Any, mark: str) -> None:
    """Before the file is written. `mark` is different for every document of a book."""
    notes = pdf.__dict__.get("structure_notes")
    if notes is None:
        return
    by_reference = {thing.reference: thing for thing in pdf.objects}
    pages = [thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page"]
    for page_number, marked in notes.artefacts.items():
        _make_artefacts(by_reference[pages[page_number]["Contents"]], marked)
    names: list[tuple[bytes, Any]] = []
    root: Any = None
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary) or thing.number in notes.unlinked:
            continue
        _name_head(thing, mark)
        if thing.get("Type") == "/StructElem" and "ID" in thing:
            names.append((thing["ID"].string.encode(), thing))
        elif thing.get("Type") == "/StructTreeRoot":
            root = thing
    names.sort(key=lambda pair: pair[0])
    flat = [each for _, element in names for each in (element["ID"], element.reference)]
    root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(flat)})


def _make_artefacts(stream: Any, marked: set[int]) -> None:
    for at, item in enumerate(stream.stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in marked:
            stream.stream[at - 1] = "/Artifact"
            stream.stream[at] = pydyf.Dictionary({"Type": "/Pagination"})


def _name_head(element: Any, mark: str) -> None:
    """WeasyPrint counts the heads of tables anew in each document."""
    if element.get("S") == "/TH" and "ID" in element:
        element["ID"] = pydyf.String(f"{mark}-{element['ID'].string}")
    elif element.get("S") == "/TD" and "Headers" in element.get("A", {}):
        heads = [pydyf.String(f"{mark}-{head.string}") for head in element["A"]["Headers"]]
        element["A"]["Headers"] = pydyf.Array(heads)


def structure_elements(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every structure element of a PDF in reading order."""
    waiting = [file.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node.K)


def first_content(element: Mapping) -> int | None:
    """The first marked content of an element, or None."""
    for child in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
        if isinstance(child, int):
            return child
        if isinstance(child, pikepdf.Dictionary) and "/K" in child:
            found = first_content(child)
            if found is not None:
                return found
    return None
