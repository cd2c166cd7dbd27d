"""Stored words as the printer's HTML: digits of the reader, cross-references filled in, words that stay together.

`Typesetter.text` and `.body` give HTML, `.plain_text` and `.plain_body` exactly the words that HTML shows. White
space is the only thing the two may differ in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from hearing_portal.thai.markup import read_start_tag
from hearing_portal.thai.numbering import Digits, display_digits

_TAG = re.compile(r"<(/?)([a-z]+)(?:\s[^<>]*)?>")
_TOKEN = re.compile(r"(<[^<>]*>)")
_INLINE = {"strong", "em", "u", "sup", "sub", "ins", "del"}

_NUMBER = r"[0-9๐-๙][0-9๐-๙,./:-]*"
_UNITS = "นาที|ชั่วโมง|วันทำการ|วัน|เดือน|ปี|บาท|คน|ฉบับ|ครั้ง|ข้อ|หน้า|เขต|แห่ง|ราย|บรรทัด|รอบ|แผ่น|ชุด|เครื่อง|คัน|กม\\.|น\\."
_MONTHS = "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
_TOGETHER = (
    rf"พ\.ศ\. {_NUMBER}",
    rf"{_NUMBER} (?:{_MONTHS})(?: {_NUMBER})?",
    rf"{_NUMBER} (?:{_UNITS})(?![ก-ฮะ-ฺเ-๎])",
    rf"ไปลำดับที่ {_NUMBER}",
    rf"(?:มาตรา|ข้อ|ร้อยละ|ลำดับที่|ลำดับ|ครั้งที่|ส่วนที่|กระบวนงาน) {_NUMBER}",
    rf"\(ฉบับที่ {_NUMBER}\)",
    rf"(?:แบบ|แบบที่) (?:[ก-ฮ]{{1,3}}\. ?)?{_NUMBER}",
)
_TERMS = (
    "หรือไม่|อำนวยการ|สั่งการ|อิเล็กทรอนิกส์|การศึกษา|ข้าราชการ|ปฏิบัติงาน|ปฏิบัติการ|เจ้าพนักงาน|ธุรการ|เจ้าหน้าที่|ผู้อำนวยการ|ผู้รับผิดชอบ|"
    "มอบหมาย|ดำเนินการ|พิจารณา|คณะกรรมการ|สถานศึกษา|สำนักงาน|เขตพื้นที่|งบประมาณ|เสนอ|อนุมัติ|รับผิดชอบ|แล้วเสร็จ|ครบถ้วน|เอกสาร|หนังสือ|ระยะเวลา|มาตรฐาน|ความลับ|ข้อมูลข่าวสาร|ข้อสรุป|ถูกต้อง|ลงทะเบียน|ความเร่งด่วน|แก้ไข|ทำด้วยมือ"
)
_KEPT = re.compile("|".join(_TOGETHER))
_KEPT_TIGHT = re.compile("|".join((*_TOGETHER, f"(?:{_TERMS})")))
_REPEAT = re.compile(r"[ \u00a0]+ๆ")


@dataclass(frozen=True, slots=True)
class Typesetter:
    """`labels` gives the words of a cross-reference: {uuid: "ข้อ 5.4"}."""

    digits: Digits = "thai"
    labels: Mapping[str, str] = field(default_factory=dict)

    def plain_text(self, text: str) -> str:
        return display_digits(text, self.digits)

    def text(self, text: str) -> str:
        """Plain text for a running paragraph."""
        return _kept_together(self.plain_text(text), _KEPT)

    def tight(self, text: str) -> str:
        """Plain text for a narrow place: cells, charts and headings also keep the office's terms whole."""
        return _kept_together(self.plain_text(text), _KEPT_TIGHT)

    def plain_body(self, body: str) -> str:
        return "".join(piece for piece, _ in self._pieces(body))

    def body(self, body: str, *, tight: bool = False) -> str:
        """A stored body: inline marks stay, links become their words, references their labels."""
        pattern = _KEPT_TIGHT if tight else _KEPT
        return "".join(tag or _kept_together(piece, pattern) for piece, tag in self._pieces(body))

    def _pieces(self, body: str) -> list[tuple[str, str]]:
        """[(words, "")] and [("", tag)] in order; tags that are not inline marks are left out."""
        pieces: list[tuple[str, str]] = []
        opened: list[str] = []
        for token in _TOKEN.split(body):
            if uuid := read_start_tag(token):
                pieces.append((self.plain_text(self.labels.get(uuid, "")), ""))
            elif tag := _TAG.fullmatch(token):
                pieces += _inline_tag(tag, opened)
            elif token:
                pieces.append((self.plain_text(unescape(token)), ""))
        pieces += [("", f"</{name}>") for name in reversed(opened)]
        return pieces


def _inline_tag(tag: re.Match[str], opened: list[str]) -> list[tuple[str, str]]:
    closing, name = tag[1], tag[2]
    if name == "br":
        return [("\n", "")]
    if name not in _INLINE:
        return []
    if not closing:
        opened.append(name)
        return [("", f"<{name}>")]
    if opened and opened[-1] == name:
        opened.pop()
        return [("", f"</{name}>")]
    return []


def _kept_together(text: str, pattern: re.Pattern[str]) -> str:
    """Escaped HTML with `.tie` around what a line end must not part, and the space before ๆ glued."""
    out, at = [], 0
    for found in pattern.finditer(text):
        out += [_escaped(text[at : found.start()]), f'<span class="tie">{escape(found.group())}</span>']
        at = found.end()
    out.append(_escaped(text[at:]))
    return "".join(out)


def _escaped(text: str) -> str:
    text = escape(text, quote=False).replace("\n", "<br>").replace("\t", " ")
    return _REPEAT.sub('<span class="nb"> ๆ</span>', text)
