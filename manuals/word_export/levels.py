"""Clauses that a file that came back counts at another level, or in another way, than they went out."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from hearing_portal.thai.numbering import Label, display_digits, label_for, parse_label

from ..entries import EntryView
from .moved import FoundLine
from .returned import ReturnedItem
from .sent_words import SentInDigits


def tell_levels(
    found: Sequence[FoundLine], way: SentInDigits, entries: Mapping[UUID, EntryView]
) -> Iterator[ReturnedItem]:
    """An item for each such clause."""
    for line, known, _place in found:
        if known.role != "clause":
            continue
        entry = entries[known.node]
        sent = parse_label(f"{entry.label} x")
        counted = line.label
        # Pasted words have no number of their own, which says nothing of their level
        if sent is None or counted is None or _shape(sent) == _shape(counted):
            continue
        yield _tell(line.place, known.node, known.text, entry, counted, way)


def _shape(label: Label) -> tuple[str, int]:
    return label.kind, label.number.count(".")


def _tell(
    place: str,
    node: UUID,
    before: str,
    entry: EntryView,
    counted: Label,
    way: SentInDigits,
) -> ReturnedItem:
    name = way.cited_in(entry).get(str(node), "")
    shown = label_for(counted.kind, max(counted.ordinal, 1), counted.above)
    words = f"ขอเปลี่ยนระดับของ{name} ในไฟล์ขึ้นเลข “{shown}” แทน “{entry.label}”"
    return ReturnedItem(
        "move", node, place, display_digits(words, way.digits), words_before=before
    )
