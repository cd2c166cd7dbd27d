"""What went out in the rows of the form as a spreadsheet, and whose row one is that came back."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from hearing_portal.thai.diff import diff_tokens
from hearing_portal.thai.numbering import arabic_digits, display_digits
from manuals.content import Step, Table
from manuals.entries import EntryView
from manuals.importing.matching import ALIKE
from manuals.word_export.document import clause_words, told_fields
from manuals.word_export.returned_fields import returned_texts, with_placeholders
from manuals.word_export.sent_words import SentInDigits, SentWords

ABOUT_ALL = "ทั้งกระบวนงานหรือหัวข้อนี้"  # the words of a row about a manual or process


@dataclass(frozen=True, slots=True)
class SentRow:
    """`section` is the first cell that is seen, `words` the clause as it went out, with Arabic digits."""

    entry: EntryView
    section: str
    cite: str
    words: str


class SentRows:
    """Ready for a file to be held against it."""

    def __init__(self, sent: SentWords) -> None:
        self.way: SentInDigits = sent.ways[-1]  # Arabic
        self.by_uuid: dict[UUID, SentRow] = {}
        self.by_sight: dict[tuple[str, str, str], list[UUID]] = {}
        section = ""
        for entry in sent.entries.values():
            words = ABOUT_ALL
            cite = ""
            if entry.content is None:
                section = f"{entry.label} {entry.title}".strip()
            else:
                cite = entry.cite
                words = "\n".join(text for _, text in self.fields_of(entry))
            row = SentRow(entry, section, cite, words)
            self.by_uuid[entry.uuid] = row
            self.by_sight.setdefault(_sight(section, cite, words), []).append(
                entry.uuid
            )

    def fields_of(self, entry: EntryView) -> list[tuple[str, str]]:
        """[(field, words)] of a clause, each a line of its cell; "" for the words of all that Word shows in one."""
        content = entry.clause_content
        cited = self.way.cited_in(entry)
        pieces = [("", clause_words(content, cited).text)]
        if isinstance(content, Step | Table):
            fields = told_fields(content, cited)
            pieces += [each for each in fields if each[0] != "text"]
        return [piece for piece in pieces if piece[1]]

    def seen_as(self, section: str, cite: str, words: str) -> UUID | None:
        """The entry whose row looks so; None where none does, or several."""
        found = self.by_sight.get(_sight(section, cite, words), [])
        return found[0] if len(found) == 1 else None

    def proposed(self, entry: EntryView, edited: str) -> dict[str, str]:
        """{field: words} that were changed in the cell of the clause's own words; none where nobody can tell which."""
        pieces = self.fields_of(entry)
        if len(pieces) == 1:
            return self.fields_in(entry, edited)
        lines = [line for line in edited.split("\n") if line.strip()]
        sizes = [len(text.split("\n")) for _, text in pieces]
        if len(lines) != len(pieces) or any(size > 1 for size in sizes):
            return {}
        texts = {}
        for (name, before), after in zip(pieces, lines, strict=True):
            if same_words(before, after):
                continue
            if name == "branches":
                return {}  # drawn in the step's own form
            if name:
                cited = self.way.cited_in(entry)
                texts[name] = with_placeholders(entry, cited, name, after)
            else:
                first = self.fields_in(entry, after)
                texts |= first or {"text": after}
        return texts

    def fields_in(self, entry: EntryView, words: str) -> dict[str, str]:
        """Of the words of a clause as Word shows them in one paragraph."""
        cited = self.way.cited_in(entry)
        if isinstance(entry.content, Step):
            return {"text": with_placeholders(entry, cited, "text", words)}
        told = clause_words(entry.clause_content, cited).text
        return returned_texts(entry, cited, told, words)


def same_words(one: str, other: str) -> bool:
    """However their digits and spaces are written."""
    return _bare(one) == _bare(other)


def are_alike(one: str, other: str) -> bool:
    """Whether the one may be the other reworded."""
    return fuzz.ratio(_bare(one), _bare(other)) >= ALIKE or _bare(one) in _bare(other)


def with_digits_of(before: str, after: str) -> str:
    """`after` with the digits that `before` has, where its words stayed: the form went out in one way of digits."""
    one, other = arabic_digits(before), arabic_digits(after)
    if len(one) != len(before) or len(other) != len(after):
        return after
    pieces = []
    for op in diff_tokens(one, other):
        if op.tag == "equal":
            pieces.append(before[op.old_start : op.old_end])
        else:
            pieces.append(after[op.new_start : op.new_end])
    return "".join(pieces)


def _sight(section: str, cite: str, words: str) -> tuple[str, str, str]:
    return _bare(section), _bare(cite), _bare(words)


def _bare(words: str) -> str:
    return "".join(display_digits(words, "arabic").split())


def joined_cells(cells: Iterable[object]) -> str:
    return " | ".join(text for cell in cells if (text := str(cell).strip()))
