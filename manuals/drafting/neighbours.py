"""Between which two a clause or a section stood when somebody wanted it one place further."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.web.http import parse_uuid


@dataclass(frozen=True, slots=True)
class ListNeighbours:
    """What stands right above and below a clause or a section in its list; None at either end."""

    above: UUID | None = None
    next: UUID | None = None

    @classmethod
    def from_form(cls, data: Mapping[str, str]) -> Self:
        return cls(parse_uuid(data.get("above", "")), parse_uuid(data.get("next", "")))


class StaleNeighbours(Refusal):
    """Another neighbour stands there than the person saw, so that one place up or down is another one. `now` are those
    that stand there."""

    kind = RefusalKind.CONFLICT

    def __init__(self, now: ListNeighbours) -> None:
        super().__init__("ลำดับเปลี่ยนไปหลังเปิดหน้านี้ โปรดดูลำดับล่าสุดแล้วเลื่อนอีกครั้ง")
        self.now = now
