"""Words of a Word file whose look changes what they say: raised or lowered, struck through by hand, hidden."""

from collections.abc import Iterable
from typing import Any, Literal

from docx.oxml.ns import qn

from ..source import OddLook

type Kind = Literal["raised", "lowered", "struck", "hidden"]
_HEIGHTS: dict[str, Kind] = {"superscript": "raised", "subscript": "lowered"}
_TOLD: dict[str, str] = {
    "raised": "“{words}” เป็นตัวยกในไฟล์ แต่อ่านเป็นตัวอักษรธรรมดา โปรดตรวจว่าความหมายไม่เปลี่ยน",
    "lowered": "“{words}” เป็นตัวห้อยในไฟล์ แต่อ่านเป็นตัวอักษรธรรมดา โปรดตรวจว่าความหมายไม่เปลี่ยน",
    "struck": "“{words}” ขีดฆ่าไว้ในไฟล์ โปรดตัดออกหากไม่ใช่ข้อความที่ใช้",
    "hidden": "“{words}” ซ่อนไว้ในไฟล์ โปรดตัดออกหากไม่ใช่ข้อความที่ใช้",
}


def looks_of_run(run: Any) -> list[Kind]:
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return []
    looks: list[Kind] = []
    height = properties.find(qn("w:vertAlign"))
    if height is not None and height.get(qn("w:val"), "") in _HEIGHTS:
        looks.append(_HEIGHTS[height.get(qn("w:val"))])
    if _has(properties, "w:strike") or _has(properties, "w:dstrike"):
        looks.append("struck")
    if _has(properties, "w:vanish"):
        looks.append("hidden")
    return looks


def _has(properties: Any, name: str) -> bool:
    found = properties.find(qn(name))
    return found is not None and found.get(qn("w:val"), "1") not in (
        "0",
        "false",
        "off",
    )


def note_look(looks: list[OddLook], kind: Kind, start: int, text: str) -> None:
    """Of [start, end of the text): one look with what stands before it, where that looks the same."""
    for place, look in enumerate(looks):
        if look.kind == kind and look.end == start:
            looks[place] = OddLook(kind, look.start, len(text), text[look.start :])
            return
    if text[start:].strip():
        looks.append(OddLook(kind, start, len(text), text[start:]))


def looks_within(
    looks: Iterable[OddLook], start: int, shift: int, text: str
) -> list[OddLook]:
    """Those of a line whose `text` begins at `start` of its paragraph, by its own places."""
    within = []
    for look in looks:
        first = max(look.start, start) - shift
        last = min(look.end - shift, len(text))
        if max(first, 0) < last:
            first = max(first, 0)
            within.append(OddLook(look.kind, first, last, text[first:last]))
    return within


def doubts_of_looks(looks: Iterable[OddLook]) -> list[str]:
    """What a person is asked about them."""
    return [_TOLD[look.kind].format(words=look.words.strip()) for look in looks]
