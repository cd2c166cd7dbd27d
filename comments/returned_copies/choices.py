"""What the facilitator decided about single things in a file before it is taken in: left out, recorded as another type
or class than the file seemed to say, or of which entry they are. Waits beside the file, as long as it does."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from manuals.word_export.returned import ReturnedItem

from .refusals import CopiesGone
from .waiting import WAITING_FILES

NOTE = "choices"


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """`type` and `issue_class` are empty where the item stays as it was read; `entry` is the uuid of what it is about,
    where the file does not tell and somebody said it."""

    is_left_out: bool = False
    type: str = ""
    issue_class: str = ""
    entry: str = ""

    def entry_of(self, item: ReturnedItem) -> UUID | None:
        if item.uuid is None and self.entry:
            return UUID(self.entry)
        return item.uuid


AS_READ = ItemChoice()
type Choices = Mapping[int, ItemChoice]  # by the place of the item in its file


def keep_choices(upload: str, choices: Choices) -> None:
    """In place of those before. Raises CopiesGone where the file waits no more."""
    kept = {}
    for place, choice in choices.items():
        if choice != AS_READ:
            kept[str(place)] = asdict(choice)
    WAITING_FILES.put_note(upload, NOTE, json.dumps(kept).encode())


def load_choices(upload: str) -> dict[int, ItemChoice]:
    """Empty where nothing was decided, or the file waits no more."""
    try:
        return choices_from_json(WAITING_FILES.read_note(upload, NOTE))
    except CopiesGone:
        return {}


def choices_from_json(raw: bytes | str) -> dict[int, ItemChoice]:
    kept = json.loads(raw or "{}")
    return {int(place): ItemChoice(**choice) for place, choice in kept.items()}


def choices_json(choices: Choices) -> str:
    return json.dumps({str(place): asdict(each) for place, each in choices.items()})
