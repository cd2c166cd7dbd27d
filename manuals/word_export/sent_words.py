"""What went out in a Word file, paragraph by paragraph and row by row, ready for files that come back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid5

from hearing_portal.thai.numbering import Digits, display_digits

from ..entries import EntryView
from ..reading.names import read_names_in
from ..word.blocks import Paragraph, Row, TableBlock
from ..word.table_rows import BETWEEN_CELLS
from .document import DocumentOptions, make_blocks
from .sources import WordSource

DIGITS: tuple[Digits, ...] = ("thai", "arabic")


class SentWords:
    """What went out, ready for many files to be held against it: `source` is what was exported, or more (a process or
    group that a file does not have was not in it), `printed` are words of the form itself."""

    def __init__(self, source: WordSource, printed: Collection[str] = ()) -> None:
        self.title = source.title
        self.entries = {entry.uuid: entry for entry in source.entries}
        self.printed = {squeezed(words) for words in (source.title, *printed)}
        for entry in source.entries:
            if entry.content is None:
                self.printed.add(squeezed(entry.title))
        # Numbers in the words went out in one of two ways
        self.ways = [SentInDigits(source, digits) for digits in DIGITS]


@dataclass(frozen=True, slots=True)
class KnownBlock:
    """A paragraph or row that went out: of which entry it is, and what."""

    key: UUID
    node: UUID
    section: UUID
    role: Literal["clause", "step", "cells", "heading", "fixed"]
    text: str
    kind: Literal["text", "row"]
    cells: Sequence[str] = ()
    row: str = ""  # the key of a table's row


class SentInDigits:
    """What went out with these digits in its references."""

    def __init__(self, source: WordSource, digits: Digits) -> None:
        self.digits = digits
        self.names = source.names
        self.cited: dict[int | None, dict[str, str]] = {}  # by section
        self.known = known_of(source, digits)
        self.by_key = {known.key: known for known in self.known}
        self.places = {known.key: place for place, known in enumerate(self.known)}
        self.texts = {squeezed(known.text) for known in self.known}

    def cited_in(self, entry: EntryView) -> dict[str, str]:
        """{uuid: what a reference to it says} in the section of the entry."""
        cited = self.cited.get(entry.section_id)
        if cited is None:
            targets = read_names_in(self.names, entry.section_id)
            cited = {
                uuid: display_digits(target.text, self.digits)
                for uuid, target in targets.items()
            }
            self.cited[entry.section_id] = cited
        return cited


def known_of(source: WordSource, digits: Digits) -> list[KnownBlock]:
    sections = {}
    section = UUID(int=0)
    for entry in source.entries:
        if entry.content is None:
            section = entry.uuid
        sections[entry.uuid] = section
    known = []
    for block in make_blocks(
        source.entries, DocumentOptions(digits, names=source.names)
    ):
        if isinstance(block, Paragraph):
            node = UUID(block.key.partition(":")[0])
            role: Literal["clause", "heading", "fixed"] = "fixed"
            key = uuid5(node, block.key)
            if block.bookmark is not None:
                key = block.bookmark
                role = "clause" if block.style == "text" else "heading"
            known.append(
                KnownBlock(key, node, sections[node], role, block.words.text, "text")
            )
        elif isinstance(block, TableBlock):
            node = UUID(block.key.partition(":")[0])
            is_steps = block.key.endswith(":steps")
            for row in block.rows:
                known.append(_known_row(row, node, sections[node], block, is_steps))
    return known


def _known_row(
    row: Row, node: UUID, section: UUID, table: TableBlock, is_steps: bool
) -> KnownBlock:
    cells = [cell.words.text for cell in row.cells]
    text = BETWEEN_CELLS.join(cells)
    # A table of one column is read as paragraphs
    kind: Literal["text", "row"] = "row" if len(cells) > 1 else "text"
    if is_steps and not row.is_head:
        step = UUID(row.key)
        return KnownBlock(step, step, section, "step", text, kind, cells)
    role: Literal["cells", "fixed"] = "fixed" if is_steps else "cells"
    key = uuid5(node, f"{table.key}:{row.key}")
    return KnownBlock(key, node, section, role, text, kind, cells, row.key)


def squeezed(text: str) -> str:
    """However its spaces stand: a program that saves a file may put others."""
    return " ".join(text.split())


def cells_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return [squeezed(each) for each in one] == [squeezed(each) for each in other]
