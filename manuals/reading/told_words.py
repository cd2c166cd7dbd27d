"""The words of clauses as lists, messages and choices show them: as written_words tells them, and what a reference
leads to by the number that it has."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    fill_object_markers,
    referenced_uuids,
    tell_markers,
    write_reference,
)

from ..content import Content, plain_text, written_words
from ..models import Clause, EditionEntry, TextBlob
from ..wording import Redline, redlines
from .names import CitedNames, LinkTargets, read_names_in, reference_words
from .presentation.changes import fill_references
from .presentation.links import name_entry
from .queries.cited import find_entries_by_edition


@dataclass(frozen=True, slots=True)
class ToldWords:
    """What all that the words of a page refer to is called. `section_id` is everywhere that of the section in which the
    words are read, None for none: elsewhere a clause is called with its own section."""

    names: CitedNames = field(default_factory=dict)
    _read: dict[int | None, LinkTargets] = field(default_factory=dict, compare=False)

    def read_in(self, section_id: int | None) -> LinkTargets:
        """What each of them is called in this section."""
        if section_id not in self._read:
            self._read[section_id] = read_names_in(self.names, section_id)
        return self._read[section_id]

    def fill(self, plain: str, stored: str, section_id: int | None) -> str:
        """The plain text of what is stored so, its references by their names."""
        if OBJECT_MARKER not in plain:
            return plain
        uuids = referenced_uuids(stored)
        if len(uuids) != plain.count(OBJECT_MARKER):
            return tell_markers(plain)
        targets = self.read_in(section_id)
        return fill_object_markers(
            plain, iter([reference_words(uuid, targets) for uuid in uuids])
        )

    def fill_span(
        self, words: str, before: str, stored: str, section_id: int | None
    ) -> str:
        """A stretch of the plain text of what is stored so, behind `before`, its references by their names."""
        if OBJECT_MARKER not in words:
            return words
        skipped = before.count(OBJECT_MARKER)
        uuids = referenced_uuids(stored)[skipped : skipped + words.count(OBJECT_MARKER)]
        return self.fill(words, "".join(map(write_reference, uuids)), section_id)

    def of_content(self, content: Content, section_id: int | None) -> str:
        filled = self.fill(plain_text(content), content.referring, section_id)
        return written_words(content.kind, filled)

    def of_clause(self, clause: Clause) -> str:
        if OBJECT_MARKER not in clause.plain:
            return clause.words
        return self.of_content(clause.content, clause.section_id)

    def of_blob(self, blob: TextBlob, section_id: int | None) -> str:
        if OBJECT_MARKER not in blob.plain:
            return blob.words
        return self.of_content(blob.as_content, section_id)

    def redlines(
        self, old: Content | None, new: Content | None, section_id: int | None
    ) -> list[Redline]:
        """As redlines of wording."""
        return self.fill_redlines(redlines(old, new), old, new, section_id)

    def fill_redlines(
        self,
        lines: Iterable[Redline],
        old: Content | None,
        new: Content | None,
        section_id: int | None,
    ) -> list[Redline]:
        """The lines of these two with what their references are called."""
        targets = self.read_in(section_id)
        filled = []
        for line in lines:
            parts = fill_references(
                list(line.segments),
                targets,
                stored_text_of(old, line.name),
                stored_text_of(new, line.name),
            )
            filled.append(line._replace(segments=parts))
        return filled


def referring_text_of(content: Content | None) -> str:
    """All of it that may refer to clauses, "" of nothing."""
    return content.referring if content is not None else ""


def stored_text_of(content: Content | None, name: str) -> str:
    """A text of it that may refer to clauses, "" of nothing."""
    return content.stored_text(name) if content is not None else ""


def referenced_in(stored: Iterable[str]) -> set[str]:
    """The UUIDs of all that these stored texts refer to."""
    cited: set[str] = set()
    for text in stored:
        cited.update(referenced_uuids(text))
    return cited


def load_edition_words(entries: Iterable[EditionEntry]) -> dict[int, ToldWords]:
    """{edition id: for what these entries say, references by the numbers of the edition itself}. The entries come with
    their wordings. One query, none where nothing refers."""
    cited: set[str] = set()
    editions = set()
    for row in entries:
        editions.add(row.edition_id)
        if row.blob is not None and OBJECT_MARKER in row.blob.plain:
            cited.update(referenced_uuids(row.blob.as_content.referring))
    found = find_entries_by_edition(cited, editions)
    words = {}
    for edition, rows in found.items():
        words[edition] = ToldWords(
            {uuid: name_entry(row) for uuid, row in rows.items()}
        )
    return words


def tell_edition_words(entries: Iterable[EditionEntry]) -> dict[int, str]:
    """{id: what the entry says}, "" for one without words. Queries as load_edition_words."""
    rows = list(entries)
    told = load_edition_words(rows)
    words = {}
    for row in rows:
        words[row.pk] = ""
        if row.blob is not None:
            words[row.pk] = told[row.edition_id].of_blob(row.blob, row.section_id)
    return words
