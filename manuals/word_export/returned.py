"""What somebody says in a Word file of ours that came back, told of the entry it is about, before anybody knows what
becomes of it."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal
from uuid import UUID

type ItemKind = Literal["amend", "add", "delete", "remark", "answer", "move"]


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """Something the file says of the entry `uuid`, found at `place` of the file; None where nobody can tell which entry
    it is about: `doubt` says why, and `near` which one it stands beside, if any.

    - words: what was written; of what was taken out, nothing
    - texts: {field: text} of the proposed wording as a form sends it; empty where the words do not tell which field
    - field, start, end: of a remark, the code points of the entry's text it stands beside
    - choice, reason: the first and the last column of a form
    - author: as the file names somebody
    - words_before: of a change, what was there
    """

    kind: ItemKind
    uuid: UUID | None
    place: str
    words: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    start: int | None = None
    end: int | None = None
    choice: str = ""
    reason: str = ""
    author: str = ""
    words_before: str = ""
    near: UUID | None = None
    doubt: str = ""

    def to_json(self) -> dict[str, Any]:
        kept = asdict(self)
        for name in ("uuid", "near"):
            kept[name] = str(kept[name]) if kept[name] else None
        return kept


def item_from_json(kept: Mapping[str, Any]) -> ReturnedItem:
    uuids = {}
    for name in ("uuid", "near"):
        uuids[name] = UUID(kept[name]) if kept.get(name) else None
    return ReturnedItem(**{**kept, **uuids})


@dataclass(slots=True)
class ReturnedFile:
    """All that one file says. `person` is what stands in the form where it asks who fills it in, `authors` whom the
    traces and remarks name, the most frequent first."""

    items: list[ReturnedItem] = field(default_factory=list)
    person: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    same: int = 0  # entries whose words are as they went out
    known: int = 0  # of our entries in the file, before it was changed
    spoken: int = 0  # of these, about which the file says something: of words, place, level, or beside them

    @property
    def placed(self) -> list[ReturnedItem]:
        return [item for item in self.items if item.uuid is not None]

    @property
    def unplaced(self) -> list[ReturnedItem]:
        """Of which nobody can tell what they are about."""
        return [item for item in self.items if item.uuid is None]

    @property
    def unspoken(self) -> int:
        return self.known - self.spoken

    def count_spoken(self, counted: Collection[UUID]) -> None:
        """`counted` are the entries that `known` counts."""
        self.spoken = len({item.uuid for item in self.items}.intersection(counted))

    def leave(
        self, words: str, place: str = "", near: UUID | None = None, doubt: str = ""
    ) -> None:
        """Words that stay without an entry until a person says which."""
        self.items.append(
            ReturnedItem("remark", None, place, words, near=near, doubt=doubt)
        )

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "items": [item.to_json() for item in self.items]}


def returned_from_json(kept: Mapping[str, Any]) -> ReturnedFile:
    """As to_json wrote it, or before things without an entry were items: then they were words alone."""
    items = [item_from_json(each) for each in kept["items"]]
    rest = {name: value for name, value in kept.items() if name != "unplaced"}
    returned = ReturnedFile(**{**rest, "items": items})
    for words in kept.get("unplaced", ()):
        returned.leave(words)
    return returned
