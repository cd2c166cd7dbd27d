"""The structure tree of a printed document, made fit for a book.

WeasyPrint tags what it prints. Added here: every HTML element with an id carries it as /ID, so a clause can be found
in the file; running heads and the heads of tables that go on overleaf are artefacts, so nobody hears them again;
anonymous boxes are no second heading or paragraph; ids of table heads differ between documents; an IDTree lists all.
"""

from collections.abc import Iterator
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
class StructureNotes:
    """What is noted while the tree of one file is built. Marked content is named by its number on the page (MCID)."""

    pages_of: dict[str, list[int]] = field(
        default_factory=dict
    )  # id of an HTML element → pages it stands on
    opened: list[Any] = field(
        default_factory=list
    )  # HTML elements of the boxes around this one
    heads: list[Any] = field(default_factory=list)  # <thead> elements seen
    artefacts: dict[int, set[int]] = field(
        default_factory=dict
    )  # page → marked content
    unlinked: set[int] = field(
        default_factory=set
    )  # numbers of objects that are in no tree


def install_structure() -> None:
    """Patch WeasyPrint in this process (again is harmless). Raises TextLayerUnsupported on another version."""
    require_version()
    weasyprint_tags._build_box_tree = build_box_tree


def build_box_tree(
    box: Any,
    parent: Any,
    pdf: Any,
    page_number: int,
    nums: dict[int, Any],
    annotations: list[Any],
    tags: dict[Any, Any],
) -> Iterator[Any]:
    """WeasyPrint's function of the same name.

    An element on several pages has one structure element on each: the second is named `id~2`, and so on.
    """
    notes: StructureNotes = pdf.__dict__.setdefault("structure_notes", StructureNotes())
    html = getattr(box, "element", None)
    built = ORIGINAL_TREE(
        box,
        parent,
        pdf,
        page_number,
        nums,
        annotations,
        tags,
    )
    if isinstance(box, boxes.MarginBox) or is_repeated_head(box, html, notes):
        # Running heads, and the head of a table on its second page: built, but linked nowhere
        marked = set()
        for child in box.descendants():
            if child in tags:
                marked.add(tags[child]["mcid"])
        first_object = len(pdf.objects)
        for _ in built:
            pass
        for thing in pdf.objects[first_object:]:
            notes.unlinked.add(thing.number)
        on_page = notes.artefacts.setdefault(page_number, set())
        on_page.update(marked)
        nums.update(dict.fromkeys(marked, NULL))
        return
    name = claim_name(notes, html, page_number)
    is_anonymous = False
    if html is not None and notes.opened:
        is_anonymous = notes.opened[-1] is html
    notes.opened.append(html)
    for element in built:
        if name:
            element["ID"] = pydyf.String(name)
        if is_anonymous and element["S"] == parent["S"]:
            element["S"] = "/NonStruct"
        yield element
    notes.opened.pop()


def is_repeated_head(box: Any, html: Any, notes: StructureNotes) -> bool:
    """The head of a table, seen before on an earlier page."""
    if not isinstance(box, boxes.TableRowGroupBox):
        return False
    if html is None or html.tag != "thead":
        return False
    seen = any(head is html for head in notes.heads)
    notes.heads.append(html)
    return seen


def claim_name(notes: StructureNotes, html: Any, page_number: int) -> str | None:
    """The name of the part of an element on a page; None without id and for anonymous boxes inside the element."""
    if html is None:
        return None
    name: str | None = html.get("id")
    if not name:
        return None
    pages = notes.pages_of.setdefault(name, [])
    if page_number in pages:
        return None
    pages.append(page_number)
    if len(pages) == 1:
        return name
    return f"{name}~{len(pages)}"


def finish_structure(pdf: Any, mark: str) -> None:
    """Before the file is written. `mark` is different for every document of a book."""
    notes = pdf.__dict__.get("structure_notes")
    if notes is None:
        return
    by_reference = {thing.reference: thing for thing in pdf.objects}
    pages = []
    named = []
    root: Any = None
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if thing.get("Type") == "/Page":
            pages.append(thing)
        if thing.number in notes.unlinked:
            continue
        rename_table_heads(thing, mark)
        if thing.get("Type") == "/StructElem" and "ID" in thing:
            named.append(thing)
        elif thing.get("Type") == "/StructTreeRoot":
            root = thing
    for page_number, marked in notes.artefacts.items():
        content = by_reference[pages[page_number]["Contents"]]
        mark_as_artefacts(content, marked)
    # A name tree is sorted by the bytes of its names
    named.sort(key=lambda element: element["ID"].string.encode())
    names = pydyf.Array()
    for element in named:
        names.append(element["ID"])
        names.append(element.reference)
    root["IDTree"] = pydyf.Dictionary({"Names": names})


def mark_as_artefacts(content: Any, marked: set[int]) -> None:
    """In the content stream of a page, as pydyf keeps it: a list in which each tag stands before its properties."""
    for at, item in enumerate(content.stream):
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("MCID") in marked:
            content.stream[at - 1] = "/Artifact"
            content.stream[at] = pydyf.Dictionary({"Type": "/Pagination"})


def rename_table_heads(element: Any, mark: str) -> None:
    """WeasyPrint counts the heads of tables anew in each document: `mark` before the number parts them."""
    if element.get("S") == "/TH" and "ID" in element:
        name = element["ID"].string
        element["ID"] = pydyf.String(f"{mark}-{name}")
    elif element.get("S") == "/TD" and "Headers" in element.get("A", {}):
        heads = []
        for head in element["A"]["Headers"]:
            heads.append(pydyf.String(f"{mark}-{head.string}"))
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


def first_content(element: pikepdf.Dictionary) -> int | None:
    """The first marked content of an element, or None."""
    children: list[Any] = [element.K]
    if isinstance(element.K, pikepdf.Array):
        children = list(element.K)
    for child in children:
        if isinstance(child, int):
            return child
        if isinstance(child, pikepdf.Dictionary) and "/K" in child:
            found = first_content(child)
            if found is not None:
                return found
    return None
