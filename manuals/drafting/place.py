"""Where a clause to come will stand, as its form carries it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from hearing_portal.web.http import parse_uuid

from .part_kinds import kinds_of_part


@dataclass(frozen=True, slots=True)
class NewClausePlace:
    """Where a clause will stand, and as what: in the part, below `parent`, right behind `after` or last. `subject` is
    its uuid."""

    subject: UUID
    part: int
    kind: str
    parent: UUID | None = None
    after: UUID | None = None

    @classmethod
    def from_form(cls, data: Mapping[str, str]) -> Self | None:
        """None for a place or kind there is not."""
        subject = parse_uuid(data.get("subject", ""))
        part = data.get("part", "")
        kind = data.get("kind", "")
        if (
            subject is None
            or part not in set("0123456789")
            or kind not in kinds_of_part(int(part))
        ):
            return None
        return cls(
            subject,
            int(part),
            kind,
            parent=parse_uuid(data.get("parent", "")),
            after=parse_uuid(data.get("after", "")),
        )

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """[(name, value)] that bring it back with the form."""
        values = {
            "subject": self.subject,
            "part": self.part,
            "kind": self.kind,
            "parent": self.parent or "",
            "after": self.after or "",
        }
        return [(name, str(value)) for name, value in values.items()]
