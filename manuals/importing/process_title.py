"""What a process is called: under the heading of part 1, or where that is missing, above the other parts."""

from hearing_portal.thai.shortening import shorten

from ..drafting.titles import as_title
from .drafts import DoubtKind, ProcessDraft
from .part_lines import Parts
from .refusals import TextNotRead

TITLE_LIMIT = 300  # of a section
FEWEST_PARTS = 2  # that make a process of a text without the heading of part 1, or without its title
UNTITLED = "กระบวนงานที่ยังไม่มีชื่อ"


def read_title(parts: Parts, draft: ProcessDraft) -> None:
    """Raises TextNotRead where nothing says what the process is called."""
    before = parts[0].lines
    if 1 in parts:
        draft.title = " ".join(line.words for line in parts[1].lines)
        if len(parts[1].lines) > 1:
            draft.doubt(
                DoubtKind.PART,
                f"ชื่อกระบวนงานในไฟล์ไม่ได้พิมพ์ต่อกัน ระบบต่อเป็น “{shorten(draft.title, 200)}” โปรดตรวจช่องว่างในชื่อ",
            )
    elif len(parts) - 1 >= FEWEST_PARTS:
        draft.title = draft.headers.get("process", "")
        if not draft.title and before:
            draft.title = before.pop().words
        if draft.title:
            draft.doubt(
                DoubtKind.PART,
                f"ไม่พบหัวข้อส่วนที่ 1 ระบบใช้ “{shorten(draft.title, 80)}” เป็นชื่อกระบวนงาน โปรดตรวจชื่อ",
            )
    if not draft.title:
        _name_untitled(parts, draft)
    for line in before:
        draft.doubt(
            DoubtKind.PART,
            f"พบบรรทัดที่ไม่ตรงรูปแบบก่อนส่วนที่ 1 โปรดเติมในข้อที่ถูกต้องหากต้องใช้: {shorten(line.words, 60)}",
        )
    draft.title = as_title(draft.title)
    for name in ("unit", "process"):
        if name in draft.headers:
            draft.headers[name] = as_title(draft.headers[name])
    titles = {"ชื่อกระบวนงาน": draft.title, "ชื่องาน": draft.headers.get("unit", "")}
    for name, title in titles.items():
        if len(title) > TITLE_LIMIT:
            draft.refusals.append(
                f"{name} ยาวเกิน {TITLE_LIMIT} ตัวอักษร โปรดตรวจว่าหัวข้อถัดไปขึ้นบรรทัดใหม่ตามรูปแบบ"
            )


def _name_untitled(parts: Parts, draft: ProcessDraft) -> None:
    """A form whose first part is missing or empty is read all the same: its name is told to be filled in."""
    words = [line for part in parts if part > 1 for line in parts[part].lines]
    if 1 in parts and not words:
        raise TextNotRead(
            "ไม่พบชื่อกระบวนงานใต้หัวข้อ “1. ชื่องาน (กระบวนงาน)” โปรดพิมพ์ชื่อต่อจากหัวข้อหรือในบรรทัดถัดไป แล้วลองอีกครั้ง"
        )
    if len(parts) - 1 < FEWEST_PARTS:
        raise TextNotRead(
            "ไม่พบหัวข้อ “1. ชื่องาน (กระบวนงาน)” โปรดตรวจว่าข้อความมีหัวข้อครบเก้าส่วน แล้วลองอีกครั้ง"
        )
    draft.title = UNTITLED
    missing = "ไม่พบชื่อกระบวนงานใต้หัวข้อส่วนที่ 1" if 1 in parts else "ไม่พบส่วนที่ 1"
    draft.doubt(
        DoubtKind.PART, f"{missing} จึงใช้ “{UNTITLED}” ไปก่อน โปรดแก้ไขชื่อกระบวนงานก่อนนำเข้า"
    )
