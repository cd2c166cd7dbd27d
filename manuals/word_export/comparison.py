"""What comparing a copy and comparing a form both do: lines of a file, what went out, and what is found in them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from ..source import SourceLine, uuid_in_answer, uuid_in_bookmark
from .returned import ItemKind, ReturnedFile, ReturnedItem
from .returned_fields import find_quote
from .sent_words import SentInDigits, SentWords

STRUCK_OUT = "เสนอให้ตัด “{words}” ออก (ขีดฆ่าไว้ในไฟล์)"


class Comparison:
    """`returned` is what was found so far."""

    def __init__(
        self, lines: Sequence[SourceLine], sent: SentWords, way: SentInDigits
    ) -> None:
        self.lines = lines
        self.entries = sent.entries
        self.printed = sent.printed
        self.way = way
        self.cited_in = way.cited_in
        self.known = way.known
        self.by_key = way.by_key
        self.returned = ReturnedFile()
        self.counted: set[UUID] = set()  # entries that the file has, or had

    def count(self, node: UUID) -> None:
        self.returned.known += 1
        self.counted.add(node)

    def tell_remarks(self, line: SourceLine, beside: UUID | None) -> None:
        """Of the entry that the line is or stands below; of a clause that was taken out, where the remark was beside
        it."""
        for note in line.margin_notes:
            gone = uuid_in_bookmark(note.bookmark) or uuid_in_answer(note.bookmark)
            node = gone if gone in self.entries else beside
            if node is None:
                self.returned.leave(note.words, line.place)
                continue
            entry = self.entries[node]
            quote = line.text[note.start : note.end]
            name, start = find_quote(entry, line, quote, note.start)
            end = None if start is None else start + len(quote)
            self.returned.items.append(
                ReturnedItem(
                    "remark",
                    node,
                    line.place,
                    note.words,
                    field=name,
                    start=start,
                    end=end,
                    author=note.author,
                )
            )

    def add(
        self,
        kind: ItemKind,
        node: UUID,
        line: SourceLine,
        words: str,
        texts: Mapping[str, str] | None = None,
        before: str = "",
    ) -> None:
        author = next((each.author for each in line.changes if each.author), "")
        self.returned.items.append(
            ReturnedItem(
                kind,
                node,
                line.place,
                words,
                texts or {},
                author=author,
                words_before=before,
            )
        )

    def remark_struck(self, line: SourceLine, node: UUID) -> None:
        for look in line.looks:
            if look.kind == "struck":
                words = STRUCK_OUT.format(words=look.words.strip())
                self.add("remark", node, line, words)
