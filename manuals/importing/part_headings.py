"""The headings of the nine parts, as old manuals write them: with and without a number, in Thai and in English."""

import re

from rapidfuzz import fuzz

from hearing_portal.thai.numbering import arabic_digits

from ..content import PARTS

# "6. …", "๖) …", "6.…", "ส่วนที่ 6 …"; not the 5.1 of a clause
HEADING = re.compile(
    r"^\s*(?:ส่วนที่\s*)?([1-9๑-๙])(?:\s*[.)]\s*|\s+)(?![\d๐-๙])(.+?)\s*$"
)
TITLE_BEHIND_HEADING = re.compile(r"ชื่องาน\s*\(\s*กระบวนงาน\s*\)\s*[:\-–—]?\s*(\S.*)")
# Fuzz.ratio from which a numbered line counts as one of the nine headings
LIKE_HEADING = 70
MOST_LEFT_OUT = 2  # parts that may be missing before a heading without a number

# Other names of each part, beside the official one
VARIANTS: dict[int, tuple[str, ...]] = {
    1: (
        "ชื่องาน",
        "ชื่อกระบวนงาน",
        "ชื่อกระบวนการ",
        "ชื่องาน/กระบวนงาน",
        "Process name",
    ),
    2: (
        "วัตถุประสงค์ของงาน",
        "วัตถุประสงค์ของกระบวนงาน",
        "จุดประสงค์",
        "Objective",
        "Objectives",
    ),
    3: (
        "ขอบเขต",
        "ขอบเขตงาน",
        "ขอบเขตการปฏิบัติงาน",
        "ขอบข่าย",
        "ขอบข่ายงาน",
        "ขอบข่ายของงาน",
        "Scope",
    ),
    4: (
        "คำนิยาม",
        "นิยาม",
        "นิยามศัพท์",
        "นิยามศัพท์เฉพาะ",
        "คำนิยามศัพท์",
        "Definition",
        "Definitions",
    ),
    5: (
        "ขั้นตอนปฏิบัติงาน",
        "ขั้นตอนการดำเนินงาน",
        "ขั้นตอนการทำงาน",
        "วิธีปฏิบัติงาน",
        "วิธีการปฏิบัติงาน",
        "Procedure",
        "Procedures",
        "Work procedure",
    ),
    6: (
        "Flow Chart",
        "Flow",
        "Work Flow",
        "Work Flow การปฏิบัติงาน",
        "Process Flow",
        "แผนผัง",
        "แผนผังการปฏิบัติงาน",
        "แผนผังขั้นตอนการปฏิบัติงาน",
        "แผนผังกระบวนงาน",
        "แผนผังการทำงาน",
        "แผนภูมิการปฏิบัติงาน",
        "แผนภูมิการทำงาน",
        "ผังการปฏิบัติงาน",
        "ผังขั้นตอนการปฏิบัติงาน",
        "ผังกระบวนงาน",
        "ผังงาน",
        "โฟลว์ชาร์ต",
        "โฟลว์ชาร์ท",
    ),
    7: (
        "แบบฟอร์ม",
        "แบบฟอร์มที่เกี่ยวข้อง",
        "แบบพิมพ์ที่ใช้",
        "แบบที่ใช้",
        "Form",
        "Forms",
    ),
    8: (
        "เอกสารอ้างอิง",
        "หลักฐานอ้างอิง",
        "เอกสารหรือหลักฐานอ้างอิง",
        "เอกสารและหลักฐานอ้างอิง",
        "เอกสารที่เกี่ยวข้อง",
        "กฎหมายที่เกี่ยวข้อง",
        "ระเบียบที่เกี่ยวข้อง",
        "กฎหมาย ระเบียบที่เกี่ยวข้อง",
        "กฎหมายและระเบียบที่เกี่ยวข้อง",
        "Reference",
        "References",
    ),
    9: (
        "สรุปมาตรฐานงาน",
        "มาตรฐานงาน",
        "แบบสรุปมาตรฐานกระบวนงาน",
        "ตารางสรุปมาตรฐานงาน",
        "Work standard",
    ),
}


def read_part_heading(line: str, current: int = 0) -> int:
    """The part whose heading the line is; 0 for none. `current` is the part the line stands in.

    With its number the name may be a little otherwise; without one it has to be a name of a part and nothing else, not
    indented, and of one of the next parts.
    """
    found = HEADING.match(line)
    if found:
        part = int(arabic_digits(found[1]))
        if part > current and _is_like_name_of(part, _letters(found[2])):
            return part
        return 0
    if line[:1].isspace():
        return 0
    first = current + 1
    last = min(first + MOST_LEFT_OUT, len(PARTS))
    for part in range(first, last + 1):
        if _is_name_of(part, _letters(line)):
            return part
    return 0


def read_heading_line(line: str, current: int = 0) -> tuple[int, str]:
    """The part whose heading the line is, and what stands behind the heading on the same line: "1. ชื่องาน (กระบวนงาน) :
    การยืมครุภัณฑ์". (0, "") for a line that is no heading."""
    found = HEADING.match(line)
    if found is not None:
        part = int(arabic_digits(found[1]))
        name, colon, rest = found[2].partition(":")
        if (
            colon
            and part > current
            and rest.strip()
            and _is_name_of(part, _letters(name))
        ):
            return part, rest.strip()
        titled = TITLE_BEHIND_HEADING.fullmatch(found[2])
        if titled is not None and part == 1 and current == 0:
            return part, titled[1]
    return read_part_heading(line, current), ""


def _is_like_name_of(part: int, name: str) -> bool:
    official_name = _letters(PARTS[part])
    if official_name in name or _is_name_of(part, name):
        return True
    return fuzz.ratio(name, official_name) >= LIKE_HEADING


def _is_name_of(part: int, name: str) -> bool:
    """Whether it is one of the part's names, or two of them: แผนผังการปฏิบัติงาน (Flow Chart)."""
    names = {_letters(each) for each in (PARTS[part], *VARIANTS[part])}
    if name in names:
        return True
    return any(
        name.startswith(first) and name[len(first) :] in names for first in names
    )


def _letters(text: str) -> str:
    return re.sub(r"[\s().:/]+", "", text).lower()
