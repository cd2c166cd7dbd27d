"""Stored words as the printer's HTML: digits of the reader, cross-references filled in, words that stay together.

`Typesetter.text` and `.body` give HTML, `.plain_text` and `.plain_body` exactly the words that HTML shows. White
space is the only thing the two may differ in. Imports no Django.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from hearing_portal.thai.markup import read_start_tag
from hearing_portal.thai.numbering import Digits, display_digits

_TAG = re.compile(r"<(/?)([a-z]+)(?:\s[^<>]*)?>")
_TOKEN = re.compile(r"(<[^<>]*>)")
_INLINE = {"strong", "em", "u", "sup", "sub", "ins", "del"}

# ---------- what a line end must not part ----------
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
# Terms of the offices that Pango's dictionary parts, or that read badly when parted in a narrow cell
_TERMS = (
    "หรือไม่|อำนวยการ|สั่งการ|อิเล็กทรอนิกส์|การศึกษา|ข้าราชการ|ปฏิบัติงาน|ปฏิบัติการ|"
    "เจ้าพนักงาน|ธุรการ|เจ้าหน้าที่|ผู้อำนวยการ|ผู้รับผิดชอบ|มอบหมาย|ดำเนินการ|พิจารณา|"
    "คณะกรรมการ|สถานศึกษา|สำนักงาน|เขตพื้นที่|งบประมาณ|เสนอ|อนุมัติ|รับผิดชอบ|แล้วเสร็จ|"
    "ครบถ้วน|เอกสาร|หนังสือ|ระยะเวลา|มาตรฐาน|ความลับ|ข้อมูลข่าวสาร|ข้อสรุป|ถูกต้อง|"
    "ลงทะเบียน|ความเร่งด่วน|แก้ไข|ทำด้วยมือ"
)
_KEPT = re.compile("|".join(_TOGETHER))
_KEPT_COMPACT = re.compile("|".join((*_TOGETHER, f"(?:{_TERMS})")))
_REPEAT = re.compile(r"[ \u00a0]+ๆ")


class Html(str):
    """Text that is HTML already: a template does not escape it again."""

    __slots__ = ()

    def __html__(self) -> "Html":
        return self


NO_HTML = Html()


class Piece(NamedTuple):
    """A part of a stored body: words, or an inline tag."""

    words: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Typesetter:
    """`labels` gives the words of a cross-reference: {uuid: "ข้อ 5.4"}."""

    digits: Digits = "thai"
    labels: Mapping[str, str] = field(default_factory=dict)

    def plain_text(self, text: str) -> str:
        return display_digits(text, self.digits)

    def text(self, text: str) -> Html:
        """Plain text for a running paragraph."""
        return keep_together(self.plain_text(text), _KEPT)

    def compact(self, text: str) -> Html:
        """Plain text for a narrow space: cells, charts and headings also keep the office's terms whole."""
        return keep_together(self.plain_text(text), _KEPT_COMPACT)

    def plain_body(self, body: str) -> str:
        words = ""
        for piece in self._pieces(body):
            words += piece.words
        return words

    def body(self, body: str, *, compact: bool = False) -> Html:
        """A stored body: inline marks stay, links become their words, references their labels."""
        pattern = _KEPT
        if compact:
            pattern = _KEPT_COMPACT
        html = []
        for piece in self._pieces(body):
            html.append(piece.tag or keep_together(piece.words, pattern))
        return Html("".join(html))

    def _pieces(self, body: str) -> list[Piece]:
        """The words and tags of a body in order; tags that are not inline marks are left out."""
        pieces: list[Piece] = []
        opened: list[str] = []
        for token in _TOKEN.split(body):
            uuid = read_start_tag(token)
            tag = _TAG.fullmatch(token)
            if uuid:
                label = self.labels.get(uuid, "")
                pieces.append(Piece(words=self.plain_text(label)))
            elif tag:
                piece = inline_tag(tag, opened)
                if piece:
                    pieces.append(piece)
            elif token:
                pieces.append(Piece(words=self.plain_text(unescape(token))))
        for name in reversed(opened):
            pieces.append(Piece(tag=f"</{name}>"))
        return pieces


def inline_tag(tag: re.Match[str], opened: list[str]) -> Piece | None:
    """The tag without its attributes, or None when it is left out. Keeps `opened`, the names of the open marks."""
    is_closing, name = tag[1], tag[2]
    if name == "br":
        return Piece(words="\n")
    if name not in _INLINE:
        return None
    if not is_closing:
        opened.append(name)
        return Piece(tag=f"<{name}>")
    if opened and opened[-1] == name:
        opened.pop()
        return Piece(tag=f"</{name}>")
    return None


def keep_together(text: str, pattern: re.Pattern[str]) -> Html:
    """Escaped HTML with `.tie` around what a line end must not part, and the space before ๆ glued."""
    html = []
    end = 0
    for found in pattern.finditer(text):
        html.append(_escaped(text[end : found.start()]))
        kept = escape(found.group())
        html.append(f'<span class="tie">{kept}</span>')
        end = found.end()
    html.append(_escaped(text[end:]))
    return Html("".join(html))


def _escaped(text: str) -> str:
    text = escape(text, quote=False).replace("\n", "<br>").replace("\t", " ")
    return _REPEAT.sub('<span class="nb"> ๆ</span>', text)
