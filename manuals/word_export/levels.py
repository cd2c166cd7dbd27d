"""Clauses that a file that came back counts at another level, in another way than they went out, or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from hearing_portal.thai.numbering import Label, display_digits, label_for, parse_label

from ..entries import EntryView
from ..source import SourceLine, uuid_in_bookmark
from .moved import FoundLine
from .returned import ReturnedItem
from .sent_words import SentInDigits


def tell_levels(
    found: Sequence[FoundLine], way: SentInDigits, entries: Mapping[UUID, EntryView]
) -> Iterator[ReturnedItem]:
    """An item for each such clause."""
    # A program that keeps no lists takes all numbers off, which nobody meant
    counts = any(line.label for line, known, _place in found if known.role == "clause")
    for line, known, _place in found:
        if known.role != "clause":
            continue
        entry = entries[known.node]
        sent = parse_label(f"{entry.label} x")
        counted = line.label
        if sent is None:
            continue
        # Lists of ours have one level, but for the numbers with dots
        is_deeper = line.list_level > 0 and sent.kind != "decimal"
        if counted is None:
            # Pasted words have no number of their own, which says nothing of their level
            is_own = uuid_in_bookmark(line.bookmark) == known.node
            # One that was typed is a change of the words
            is_typed = parse_label(line.text) is not None
            if is_typed or not is_own or not (counts or is_deeper):
                continue
        elif _shape(sent) == _shape(counted) and not is_deeper:
            continue
        yield _tell(line, known.node, known.text, entry, way)


def _shape(label: Label) -> tuple[str, int]:
    return label.kind, label.number.count(".")


def _tell(
    line: SourceLine,
    node: UUID,
    before: str,
    entry: EntryView,
    way: SentInDigits,
) -> ReturnedItem:
    name = way.cited_in(entry).get(str(node), "")
    counted = line.label
    came = "ไม่มีเลข"
    if counted is not None:
        shown = label_for(counted.kind, max(counted.ordinal, 1), counted.above)
        came = f"ขึ้นเลข “{shown}”"
    if counted is not None and counted.kind != "decimal" and line.list_level:
        came = f"อยู่ระดับย่อยลงไป {came}"
    words = f"ขอเปลี่ยนระดับของ{name} ในไฟล์{came} แทน “{entry.label}”"
    return ReturnedItem(
        "move", node, line.place, display_digits(words, way.digits), words_before=before
    )
