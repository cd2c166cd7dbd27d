"""What a person calls an entry by, where they say which one a thing in a file is about."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.shortening import shorten
from manuals.entries import EntryView
from manuals.word_export.document import clause_words
from manuals.word_export.sources import WordSource

LONGEST_BEGINNING = 40  # letters that tell apart what is called alike
CLAUSE = "ข้อ"


class EntryNames:
    """The entries of a session in reading order. `names` is {uuid: what it is called}, each name once."""

    def __init__(self, source: WordSource) -> None:
        self.entries = {entry.uuid: entry for entry in source.entries}
        called = {}
        for entry in source.entries:
            called[entry.uuid] = source.names[str(entry.uuid)].read_in(None).text
        often = Counter(called.values())
        self.names: dict[UUID, str] = {}
        taken = set()
        for uuid, name in called.items():
            if often[name] > 1:
                name = f"{name} {_beginning_of(self.entries[uuid])}".strip()
            number = 1
            unique = name
            while unique in taken:
                number += 1
                unique = f"{name} ({number})"
            taken.add(unique)
            self.names[uuid] = unique
        self.by_name: Mapping[str, UUID] = {
            _plain(name): uuid for uuid, name in self.names.items()
        }

    def find(self, typed: str, near: UUID | None = None) -> UUID | None:
        """By its whole name, or by its number alone where one entry has it, else where one of the process does that
        `near` stands in."""
        wanted = _plain(typed)
        if wanted in self.by_name:
            return self.by_name[wanted]
        number = wanted.removeprefix(CLAUSE)
        found = []
        for entry in self.entries.values():
            if entry.content is not None and number and _plain(entry.cite) == number:
                found.append(entry)
        if len(found) > 1 and near in self.entries:
            section = self.entries[near].section_id
            found = [entry for entry in found if entry.section_id == section]
        return found[0].uuid if len(found) == 1 else None


def _beginning_of(entry: EntryView) -> str:
    if entry.content is None:
        return ""
    words = " ".join(clause_words(entry.content, {}).text.split())
    return f"“{shorten(words, LONGEST_BEGINNING)}”" if words else ""


def _plain(words: str) -> str:
    return "".join(arabic_digits(words).split())
