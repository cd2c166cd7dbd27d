"""Clause labels (1, 1.1, 1), ก., (ก)) made and read, and Thai or Arabic digits for the reader."""

import re
from typing import Literal, NamedTuple

MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
Numbering = Literal["decimal", "paren", "letter", "bullet", "none"]
Digits = Literal["thai", "arabic"]

# ECMA-376 §17.18.59: no ฃ ฅ ฆ ฤ ฦ
LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
BULLET = "•"

TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
TO_ARABIC_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_DIGIT = "0-9๐-๙"
_WEB_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.|mailto:)\S+", re.IGNORECASE
)
_CODE = re.compile(rf"[{_LATIN}{_DIGIT}]++(?:[-._/@:#%&+=~?]++[{_LATIN}{_DIGIT}]++)*+")
_AMOUNT = rf"[{_DIGIT}]++(?:[.,:/-][{_DIGIT}]++)*+"
# What offices count: after a Latin word a number of these is no part of a code ("PDF 3 ฉบับ")
COUNTED = (
    "นาที|ชั่วโมง|ชม\\.|วันทำการ|วัน|สัปดาห์|เดือน|ปีงบประมาณ|ปีการศึกษา|ปี|ภาคเรียน|บาท|คน|ฉบับ|ครั้ง|ข้อ|หน้า|เขต|แห่ง|รายการ|"
    "ราย|เรื่อง|บรรทัด|รอบ|แผ่น|ชุด|เครื่อง|คัน|คราว|ประเภท|ขั้นตอน|กลุ่มงาน|กลุ่ม|กระบวนงาน|ห้อง|ประเด็น|ด้าน|ตัวชี้วัด|ไฟล์|กม\\.|น\\."
)
_MONTH = "|".join(MONTHS)
# ISO 9001, ISO/IEC 27001, Windows 10; a year is no part of a code: e-GP 2565, DMC 2565
_NAMED_CODE = (
    rf"(?<![{_LATIN}{_DIGIT}-])[A-Z][A-Za-z/]++ (?!2[456][{_DIGIT}]{{2}}(?![{_DIGIT}])){_AMOUNT}"
    rf"(?! ?(?:(?:{COUNTED})(?! ?[{_DIGIT}])|{_MONTH}))"
)
_MEASURE = rf"{_AMOUNT} (?:[KMGT]B|[KMG]bps|dpi|[KMG]?Hz|px|kW|V|W|cm|mm|km|kg)(?![{_LATIN}{_DIGIT}])"  # 10 MB, 300 dpi
_STRETCH = re.compile(
    rf"(?i:{_WEB_ADDRESS.pattern})|{_NAMED_CODE}|{_MEASURE}|{_CODE.pattern}"
)
_HAS_LATIN = re.compile(f"[{_LATIN}]")


def display_digits(text: str, style: Digits) -> str:
    """`text` with its digits in the reader's style.

    Digits in web addresses, e-mail and anything spelt with Latin letters (GF07, 7F3K-91QD, ISO 9001, 10 MB) stay as
    typed.
    """
    if style not in ("thai", "arabic"):
        raise ValueError(f"unknown digits: {style}")
    table = TO_THAI_DIGITS if style == "thai" else TO_ARABIC_DIGITS

    def translate(found: re.Match[str]) -> str:
        stretch = found.group()
        if _HAS_LATIN.search(stretch):
            return stretch
        return stretch.translate(table)

    return _STRETCH.sub(translate, text)


def thai_digits(text: str) -> str:
    """`display_digits` in Thai: 5.4 → ๕.๔."""
    return display_digits(text, "thai")


def arabic_digits(text: str) -> str:
    """`display_digits` in Arabic: ๕.๔ → 5.4."""
    return display_digits(text, "arabic")


def label_for(
    numbering: Numbering,
    ordinal: int,
    prefix: str = "",
    *,
    enclosed: bool = False,
) -> str:
    """The label of the `ordinal`-th sibling (from 1), in Arabic digits: 5.4 (decimal, `prefix` 5), 1), ก., •.

    `enclosed` gives the form for one level deeper: (1) and (ก).
    """
    if ordinal < 1:
        raise ValueError(f"ordinals count from 1, not {ordinal}")
    match numbering:
        case "decimal":
            return f"{prefix}.{ordinal}" if prefix else f"{ordinal}"
        case "paren":
            return f"({ordinal})" if enclosed else f"{ordinal})"
        case "letter":
            letter = letter_for(ordinal)
            return f"({letter})" if enclosed else f"{letter}."
        case "bullet":
            return BULLET
        case "none":
            return ""
    raise ValueError(f"unknown numbering: {numbering}")


def letter_for(ordinal: int) -> str:
    """ก ข ค ง … ฮ, then กก ขข …, as Word's thaiLetters counts (LibreOffice also takes ฤ and ฦ)."""
    rounds, index = divmod(ordinal - 1, len(LETTERS))
    return LETTERS[index] * (rounds + 1)


LabelKind = Literal["decimal", "paren", "letter", "bullet"]


class Label(NamedTuple):
    """A label at the start of a line; `number` is "5.1" in Arabic digits, a letter, or "" for a bullet."""

    kind: LabelKind
    number: str
    rest: str


_NUMBER = f"[1-9๑-๙][{_DIGIT}]{{0,2}}"
# Tried in this order. Each pattern takes the blanks behind the label too; its first group that is not empty is the
# number.
_LABELS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    # 5.1, 5.1.2 and 5.1. but not the start of 5.1.2-3, 5.1/2565 or 5.10%
    (
        "decimal",
        re.compile(
            rf"({_NUMBER}(?:\.{_NUMBER}){{1,5}})(?:\.(?=\s|$)|(?![{_DIGIT}.%/:,-]))\s*"
        ),
    ),
    # 5. at the end of the line, before a blank, or with a word right behind it
    ("decimal", re.compile(rf"({_NUMBER})\.(?:\s+|$|(?=[^\W{_DIGIT}_]))")),
    ("paren", re.compile(rf"\(?({_NUMBER})\)\s*")),
    ("letter", re.compile(r"\(?([ก-ฮ])\)\s*|([ก-ฮ])\.(?:\s+|$)")),
    # Word's own bullets come as letters of its private use area; a dash needs a blank behind it
    ("bullet", re.compile(r"[•●○◦▪■□◆➢➤✓·\uf0b7\uf0a7\uf0d8]()\s*|[-–—*]()(?:\s+|$)")),
)
# What follows 14.30 or 2.5 when it is no label
_CLOCK_OR_AMOUNT = re.compile(r"(?:น\.|นาฬิกา|ล้าน|บาท|เมตร|กิโลเมตร|ชั่วโมง|คะแนน)")


def parse_label(line: str) -> Label | None:
    """The label a typed or imported line begins with, in Thai or Arabic digits, or None.

    Reads ๕.๑ / 5.1 / 5. / ๑) / (๑) / ก. / (ก) / ก) / - / •. A bare number is no label, nor a clock time or an
    amount (14.30 น., 2.5 ล้านบาท). "จ. ลำปาง" reads as a letter: only its neighbours can tell, so check the
    sequence.
    """
    line = line.lstrip()
    for kind, pattern in _LABELS:
        found = pattern.match(line)
        if found is None:
            continue
        rest = line[found.end() :]
        if kind == "decimal" and _CLOCK_OR_AMOUNT.match(rest):
            return None
        number = next(filter(None, found.groups()), "")
        return Label(kind, number.translate(TO_ARABIC_DIGITS), rest)
    return None
