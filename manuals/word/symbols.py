"""Signs of fonts that have pictures in the places of letters: Symbol, Wingdings, Webdings. A file names a place in the
font; here it becomes the character that looks so, where Unicode has one."""

from typing import Any, NamedTuple

from docx.oxml.ns import qn

PRIVATE, PLACES = 0xF000, 0x100  # where Word keeps the places of such a font
UNREAD = (
    "มีสัญลักษณ์ของแบบอักษร {font} รหัส {code:02X} {where} ซึ่งอ่านไม่ได้ โปรดเติมสัญลักษณ์ตามต้นฉบับ"
)
MOST_SHOWN = 20  # letters that tell where a sign stands

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x43: "👍", 0x44: "👎",
    0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x52: "☼", 0x6C: "●", 0x6D: "❍",
    0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "☐",
    0xAB: "★", 0xB6: "✰", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦",
    0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0x80: "⓪", **dict(zip(range(0x81, 0x8B), "①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    0x8B: "⓿", **dict(zip(range(0x8C, 0x96), "❶❷❸❹❺❻❼❽❾❿", strict=True)),
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x96: "•", 0x97: "●", 0xA3: "☐",
}  # fmt: skip
_WINGDINGS_3 = {
    0x21: "←", 0x22: "→", 0x23: "↑", 0x24: "↓", 0x70: "▲", 0x71: "▼", 0x74: "◀", 0x75: "▶", 0x7D: "▶",
}  # fmt: skip
_WEBDINGS = {
    0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼", 0x61: "✔", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✖",
}  # fmt: skip
_SYMBOL = {
    **{code: chr(code) for code in (*range(0x28, 0x2D), *range(0x2E, 0x40))},
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0x21: "!", 0x23: "#", 0x25: "%", 0x26: "&", 0x2D: "-", 0x5B: "[", 0x5D: "]", 0x7B: "{", 0x7C: "|", 0x7D: "}",
    0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD6: "√",
    0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒", 0xDF: "⇓", 0xE5: "∑",
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}

_FONTS_OF_RUN = f"{qn('w:rPr')}/{qn('w:rFonts')}"
_FONT = qn("w:ascii")


class UnreadSymbol(NamedTuple):
    """A sign that is not known, and how far into its paragraph it stands."""

    font: str
    code: int
    at: int

    def doubt(self, text: str) -> str:
        """`text` is that of the paragraph."""
        before = text[: self.at].rpartition("\n")[2].strip()[-MOST_SHOWN:]
        where = f"หลัง “{before}”" if before else "ที่ต้นข้อความ"
        return UNREAD.format(font=self.font or "อื่น", code=self.code, where=where)


def read_symbol(element: Any, at: int) -> str | UnreadSymbol:
    """The character that a w:sym looks like."""
    font = element.get(qn("w:font"), "")
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        code = 0
    return _character_of(font, code) or UnreadSymbol(font, code, at)


def symbol_font_of(run: Any) -> str:
    """The font of a run whose letters are signs; "" of any other."""
    fonts = run.find(_FONTS_OF_RUN)
    name: str = fonts.get(_FONT, "") if fonts is not None else ""
    return name if name.strip().lower() in _FONTS else ""


def read_letters(text: str, font: str, at: int) -> tuple[str, list[UnreadSymbol]]:
    """Of a text in such a font. Letters that no such font has stay: Word shows them in another one."""
    read = ""
    unread = []
    for letter in text:
        code = ord(letter)
        is_sign = code < PLACES or PRIVATE <= code < PRIVATE + PLACES
        character = letter
        if is_sign and not letter.isspace():
            character = _character_of(font, code)
            if not character:
                unread.append(UnreadSymbol(font, code, at + len(read)))
        read += character
    return read, unread


def _character_of(font: str, code: int) -> str:
    """Empty where none is known: in any other font a place outside the private use area is the character itself."""
    signs = _FONTS.get(font.strip().lower())
    is_private = PRIVATE <= code < PRIVATE + PLACES
    if signs is not None and (is_private or code < PLACES):
        return signs.get(code % PLACES, "")
    if is_private or not 0x20 <= code < 0x110000:
        return ""
    character = chr(code)
    return character if character.isprintable() else ""
