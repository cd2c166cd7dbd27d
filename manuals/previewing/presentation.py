"""Links as their makers' list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..models import PreviewLink
from .queries import is_gone, is_over, is_recalled


@dataclass(frozen=True, slots=True)
class ShownLink:
    link: PreviewLink
    opened_at: datetime | None
    times: int
    is_recalled: bool
    is_over: bool
    is_gone: bool  # what it shows left the manual

    @property
    def what(self) -> str:
        if self.link.section is not None:
            return self.link.section.title
        return f"ทั้งเล่ม {self.link.manual.display_name}"

    @property
    def can_be_recalled(self) -> bool:
        return not self.is_recalled and not self.is_over

    @property
    def state(self) -> tuple[str, str, str]:
        """(family of colours, sign, word)."""
        if self.is_recalled:
            return "no", "slash-circle", "เรียกคืนแล้ว"
        if self.is_over:
            return "wait", "clock", "หมดอายุแล้ว"
        if self.is_gone:
            return "no", "slash-circle", "เปิดไม่ได้ เพราะยกเลิกแล้ว"
        return "yes", "unlock", "ใช้ได้"


def show_links(links: Iterable[PreviewLink]) -> list[ShownLink]:
    """They come with `opened_at` and `times` (find_links_for)."""
    shown = []
    for link in links:
        opened_at = getattr(link, "opened_at", None)
        shown.append(
            ShownLink(
                link,
                opened_at,
                getattr(link, "times", 0),
                is_recalled(link),
                is_over(link),
                is_gone(link),
            )
        )
    return shown
