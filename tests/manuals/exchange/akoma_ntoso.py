"""Reading an Akoma Ntoso document back, for tests: what it says of each clause, by the clause's uuid."""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from hearing_portal.thai.markup import OBJECT_MARKER
from manuals.content import Content

VENDOR = Path(__file__).resolve().parents[2] / "vendor" / "akoma-ntoso-3.0"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(VENDOR / "akomantoso30.xsd"))


def read_valid(raw: bytes) -> Any:
    """The root element. Fails with the schema's own words."""
    document = etree.fromstring(raw)
    schema().assertValid(document)
    return document


def by_uuid(document: Any) -> dict[str, Any]:
    return {
        element.get("GUID"): element
        for element in document.iter()
        if element.get("GUID")
    }


def own_text(element: Any, *, name: str = "") -> list[str]:
    """The texts of a clause's own blocks, of those with the name where one is given."""
    holders = [
        child for child in element if child.tag in (f"{AKN}intro", f"{AKN}content")
    ]
    return [
        "".join(block.itertext())
        for holder in holders
        for block in holder.iter(f"{AKN}block")
        if name in ("", block.get("name"))
    ]


def stored_texts(element: Any, content: Content) -> list[tuple[str, str]]:
    """What Content.fields() says, read from the document alone: in its order, but without empty ones."""
    found = []
    for name, _ in content.fields():
        if name == "branches":
            labels = [text for text in own_text(element, name="next") if text]
            found.append((name, "; ".join(labels)))
        elif name == "alt":
            found.append((name, element.find(f".//{AKN}img").get("alt")))
        elif name.startswith(("column:", "cell:")):
            found.append((name, _cell(element, content, name)))
        else:
            [block] = [
                b
                for b in element.iter(f"{AKN}block")
                if b.get("name") == name and _is_own(b, element)
            ]
            found.append((name, _marked(block)))
    return found


def _is_own(block: Any, element: Any) -> bool:
    return block.getparent().getparent() is element


def _marked(block: Any) -> str:
    """A reference to a node is one character in the stored text; the name of a law is text."""
    text = block.text or ""
    for child in block:
        is_marker = child.tag == f"{AKN}ref" and not child.get("href").startswith(
            "/ontology/law/"
        )
        text += OBJECT_MARKER if is_marker else _marked(child)
        text += child.tail or ""
    return text


def _cell(element: Any, content: Any, name: str) -> str:
    rows = element.findall(f".//{AKN}table/{AKN}tr")
    columns = [column["id"] for column in content.columns]
    kind, *ids = name.split(":")
    if kind == "column":
        row, column = rows[0], ids[0]
    else:
        row = rows[1 + [each["id"] for each in content.rows].index(ids[0])]
        column = ids[1]
    [paragraph] = row[columns.index(column)]
    return paragraph.text
