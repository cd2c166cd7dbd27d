"""Words that were promised: an app above the manuals knows of them, and hands them to the views of this room."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import UUID

from hearing_portal.directory.models import User

from ..content import Content
from ..models import ClauseChange, Section
from ..reading.names import reference_words
from ..reading.told_words import ToldWords
from ..wording import WordingField, wording_fields


@dataclass(frozen=True, slots=True)
class PromisedWords:
    """What somebody asked for, and the words they proposed for it, if any; `told` knows what these refer to."""

    asked: str
    proposed: Content | None = None
    told: ToldWords = field(default_factory=ToldWords)
    section_id: int | None = None

    @property
    def proposed_fields(self) -> list[WordingField]:
        """Those that say something, references by what they are called."""
        proposed = self.proposed
        if proposed is None:
            return []
        targets = self.told.read_in(self.section_id)
        told = proposed.told_fields(lambda uuid: reference_words(uuid, targets))
        fields = []
        for shown in wording_fields(proposed):
            shown = replace(shown, text=dict(told).get(shown.name, ""))
            if shown.text.strip():
                fields.append(shown)
        return fields


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that a change of words in this section may keep: its key in forms, what it is in a line, and all that
    was asked for. `behind` is the clause that something is to be added after. `is_of_manual`: it was asked of the whole
    manual, so that any of its sections may keep it. `url` leads to where it is written."""

    key: str
    words: str
    asked_for: Sequence[PromisedWords] = ()
    behind: UUID | None = None
    is_of_manual: bool = False
    url: str = ""

    @property
    def start(self) -> Content | None:
        """The words to begin with: the first that were proposed."""
        for words in self.asked_for:
            if words.proposed is not None:
                return words.proposed
        return None


class Promises(Protocol):
    def find(self, section: Section) -> Sequence[Promise]:
        """Those that wait, of the section, what is due first first."""

    def keep(self, key: str, changes: Sequence[ClauseChange], *, by: User) -> None:
        """The changes, of one act, keep the promise. Raises a Refusal when they cannot."""


class NoPromises:
    """Where nobody promises anything."""

    def find(self, section: Section) -> Sequence[Promise]:
        return ()

    def keep(self, key: str, changes: Sequence[ClauseChange], *, by: User) -> None:
        raise LookupError(key)


NO_PROMISES = NoPromises()


def find_promise(promises: Sequence[Promise], key: str) -> Promise | None:
    """None for a key that is none of theirs."""
    for promise in promises:
        if promise.key == key:
            return promise
    return None
