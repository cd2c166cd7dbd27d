"""Writing XML: elements with escaped texts, and a clause's inline HTML as Akoma Ntoso's inline elements."""

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from hearing_portal.thai.markup import (
    REFERENCE_ATTRIBUTE,
    REFERENCE_TAG,
    fill_object_markers,
    mark_references,
    referenced_uuids,
)

from ...reading.names import CitedNames

INLINE = {"strong": "b", "em": "i", "u": "u", "sup": "sup", "sub": "sub"}


class XmlWriter:
    """One element a line; inside an element with texts no blank is added, for there it would be a text."""

    def __init__(self) -> None:
        self.lines: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>']
        self.open_tags: list[str] = []

    def open(self, tag: str, **attributes: str) -> None:
        self._write(f"<{tag}{write_attributes(attributes)}>")
        self.open_tags.append(tag)

    def close(self) -> None:
        tag = self.open_tags.pop()
        self._write(f"</{tag}>")

    def empty(self, tag: str, **attributes: str) -> None:
        self._write(f"<{tag}{write_attributes(attributes)}/>")

    def inline(self, tag: str, xml: str, **attributes: str) -> None:
        """An element with texts, given as XML."""
        self._write(f"<{tag}{write_attributes(attributes)}>{xml}</{tag}>")

    def as_bytes(self) -> bytes:
        return ("\n".join(self.lines) + "\n").encode()

    def _write(self, line: str) -> None:
        self.lines.append(" " * len(self.open_tags) + line)


def write_attributes(attributes: Mapping[str, str]) -> str:
    """In the order given. A name that Python keeps for itself has an underline behind it (class_)."""
    written = ""
    for name, value in attributes.items():
        written += f" {name.rstrip('_')}={quoteattr(value)}"
    return written


def write_text(text: str) -> str:
    return escape(text)


def write_uri(text: str) -> str:
    """What may stand in a URI stays as it is."""
    return quote(text, safe="/:?#[]@!$&'()*+,;=%-._~")


class References:
    """{uuid: eId} of what the clauses of an edition may refer to, and what that is called as a reader sees it in the
    section where the references stand."""

    def __init__(
        self, eids: Mapping[str, str], names: CitedNames, section_id: int | None = None
    ) -> None:
        self.eids = eids
        self.names = names
        self.section_id = section_id

    def read_in(self, section_id: int | None) -> "References":
        return References(self.eids, self.names, section_id)

    def write(self, uuid: str, label: str = "") -> str:
        """An element with the words of the reference, or `label`; what is not in the edition is named by its uuid."""
        eid = self.eids.get(uuid, "")
        href = f"#{eid}" if eid else f"/uuid/{uuid}"
        name = self.names.get(uuid)
        words = name.read_in(self.section_id).text if name is not None else ""
        return f"<ref href={quoteattr(write_uri(href))}>{escape(label or words)}</ref>"


def write_inline(body: str, references: References) -> str:
    """A stored body: its marks and links, and an element for each reference; its texts letter for letter."""
    reader = _InlineReader(references)
    reader.feed(body)
    reader.close()
    return "".join(reader.written)


def write_referring(stored: str, references: References) -> str:
    """A stored plain text, and an element for each reference in it."""
    elements = map(references.write, referenced_uuids(stored))
    return fill_object_markers(escape(mark_references(stored)), elements)


class _InlineReader(HTMLParser):
    """Reads stored bodies only: they are well-formed and hold nothing else than what is read here."""

    def __init__(self, references: References) -> None:
        super().__init__(convert_charrefs=True)
        self.references = references
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == REFERENCE_TAG:
            uuid = attributes.get(REFERENCE_ATTRIBUTE) or ""
            self.written.append(self.references.write(uuid))
        elif tag == "a":
            href = write_uri(attributes.get("href") or "")
            self.written.append(f"<a href={quoteattr(href)}>")
        elif tag in INLINE:
            self.written.append(f"<{INLINE[tag]}>")

    def handle_endtag(self, tag: str) -> None:
        if tag != REFERENCE_TAG:
            self.written.append(f"</{INLINE.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        self.written.append(escape(data))
