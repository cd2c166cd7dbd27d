"""The words of clauses that comments are about, references in them by the numbers of their edition."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from hearing_portal.thai.markup import OBJECT_MARKER, referenced_uuids
from manuals.content import Content
from manuals.models import EditionEntry
from manuals.reading.names import LinkTargets, reference_words
from manuals.reading.told_words import ToldWords, load_edition_words
from manuals.wording import entry_content, field_label

from ...models import Comment


class WordingLine(NamedTuple):
    """A field of a clause; `label` is empty where it is the only one. `text` has one character for each reference, so
    that a span is counted as the portal counts it; `references` say what they are called."""

    field: str
    label: str
    text: str
    references: tuple[str, ...] = ()

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """[(words, the reference behind them)], "" for none behind the last."""
        words = self.text.split(OBJECT_MARKER)
        return list(zip(words, [*self.references, ""], strict=True))

    @property
    def to_mark(self) -> SafeString:
        """As HTML without a blank around it: a span of it may be marked, and composer.js counts a reference as one
        letter."""
        html = ""
        for words, reference in self.pieces:
            html += escape(words)
            if reference:
                html += f"<span data-reference>{escape(reference)}</span>"
        return mark_safe(html)

    @property
    def words(self) -> str:
        return "".join(words + reference for words, reference in self.pieces)


def wording_lines(
    entry: EditionEntry, told: ToldWords | None = None
) -> list[WordingLine]:
    """A clause as it stands in its edition, field by field, the empty ones left out; nothing for what is no clause. No
    query, those of load_edition_words where it refers to another and `told` does not know what that is called."""
    content = entry_content(entry)
    if content is None:
        return []
    if told is None:
        told = load_edition_words([entry])[entry.edition_id]
    return content_lines(content, told.read_in(entry.section_id))


def content_lines(content: Content, targets: LinkTargets) -> list[WordingLine]:
    fields = content.fields()
    lines = []
    for name, text in fields:
        label = field_label(content, name) if len(fields) > 1 else ""
        cited = referenced_uuids(content.stored_text(name))
        references = [reference_words(uuid, targets) for uuid in cited]
        lines.append(WordingLine(name, label, text, tuple(references)))
    return lines


class ShownQuotes:
    """What the comments of a page quote: references are looked up once for all of them, by the first that is shown.
    Comments come with their entries and the wordings of these."""

    def __init__(self, comments: Iterable[Comment]) -> None:
        self._comments = comments

    def words_of(self, comment: Comment) -> str:
        """No query where no quote has a reference, else those of load_edition_words for all."""
        if OBJECT_MARKER not in comment.quote:
            return comment.quote
        told = self._told[comment.entry.edition_id]
        return tell_span(
            comment.entry, comment.field, comment.span_start or 0, comment.quote, told
        )

    @cached_property
    def _told(self) -> Mapping[int, ToldWords]:
        return load_edition_words(
            comment.entry
            for comment in self._comments
            if OBJECT_MARKER in comment.quote
        )


def tell_span(
    entry: EditionEntry, field: str, start: int, words: str, told: ToldWords
) -> str:
    """`words` that stand in a field of the clause from `start` on, with what the references in them are called."""
    content = entry_content(entry)
    if content is None:
        return words
    before = dict(content.fields()).get(field, "")[:start]
    stored = content.stored_text(field)
    return told.fill_span(words, before, stored, entry.section_id)
