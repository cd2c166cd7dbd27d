"""One opening of an editor's page. What it keeps never replaces what another one kept, unless it showed that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID, uuid4

from ..models import DraftBuffer

NO_SHEET = UUID(int=0)  # of a form that does not say which page it stood on


@dataclass(frozen=True, slots=True)
class Sheet:
    """`goes_on_from` is the stamp of the copy that the page showed when it was opened, empty for none."""

    uuid: UUID
    goes_on_from: str = ""

    @classmethod
    def open(cls, shown: DraftBuffer | None) -> Self:
        return cls(uuid4(), shown.stamp if shown is not None else "")

    @classmethod
    def from_form(cls, data: Mapping[str, str]) -> Self:
        try:
            return cls(UUID(data.get("sheet", "")), data.get("goes_on_from", ""))
        except ValueError:
            return cls(NO_SHEET)
