"""Links as their makers' list shows them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ..models import PreviewLink, Section
from ..models.section_survivors import find_section_survivors
from .queries import is_gone, is_over, is_recalled


@dataclass(frozen=True, slots=True)
class ShownLink:
    link: PreviewLink
    opened_at: datetime | None
    times: int
    is_recalled: bool
    is_over: bool
    left: str  # in words, that what it shows left the draft; "" while it stands

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
        if self.left:
            return "no", "slash-circle", f"เปิดไม่ได้ เพราะ{self.left}"
        return "yes", "unlock", "ใช้ได้"


def show_links(links: Iterable[PreviewLink]) -> list[ShownLink]:
    """They come with `opened_at` and `times` (find_links_for). The queries of find_section_survivors."""
    rows = list(links)
    gone = [link.section for link in rows if link.section is not None and is_gone(link)]
    went_elsewhere = find_section_survivors(gone)
    shown = []
    for link in rows:
        opened_at = getattr(link, "opened_at", None)
        shown.append(
            ShownLink(
                link,
                opened_at,
                getattr(link, "times", 0),
                is_recalled(link),
                is_over(link),
                _tell_gone(link, went_elsewhere),
            )
        )
    return shown


def tell_left(section: Section) -> str:
    """What became of a section that left the draft, to who may know no other. The queries of
    find_section_survivors."""
    assert section.retired is not None
    did = "ที่ลิงก์นี้แสดงยกเลิกแล้วเมื่อ"
    if section.pk in find_section_survivors([section]):
        did = "ที่ลิงก์นี้แสดงรวมเข้ากับกระบวนงานอื่นแล้วเมื่อ"
    day = be_date(section.retired.at)
    return joined(section.get_kind_display(), did, day, "จึงไม่มีในร่างให้ดู")


def _tell_gone(link: PreviewLink, went_elsewhere: Collection[int]) -> str:
    if not is_gone(link):
        return ""
    return "รวมเข้ากับกระบวนงานอื่นแล้ว" if link.section_id in went_elsewhere else "ยกเลิกแล้ว"
