"""Clause labels (1, 1.1, 1), ก., (ก)) made and read, and Thai or Arabic digits for the reader."""

import re
from collections.abc import Sequence
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
Numbering = Literal[
    "decimal",
    "paren",
    "parens",
    "letter",
    "letter_paren",
    "letter_parens",
    "bullet",
    "none",
]
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
_NAME_BEGINS = rf"(?<![{_LATIN}{_DIGIT}-])"
_NO_YEAR = rf"(?!2[456][{_DIGIT}]{{2}}(?![{_DIGIT}]))"  # DMC 2565, e-GP 2565
# Standards and versions: their number belongs to them whatever stands behind it, a counted thing too ("ISO 9001 ไฟล์"),
# and over a line's end, unless it is the number of the next line's item
_STANDARDS = "ISO/IEC|ISO|IEC|IEEE|RFC|TIS|มอก\\.|มตช\\."
_VERSIONS = (
    "Windows(?: Server)?|Android|iOS|macOS|TLS|COVID|Covid|covid|"
    "Version|version|VERSION|Ver\\.|ver\\.|Ver|ver|V\\.|v\\.|Release|Rev\\.|Port|port"
)
_NUMBER_OF_NAME = rf"(?:[ \u00a0]?\n(?!{_AMOUNT}[.)](?:[ \u00a0]|$))|[ \u00a0]|-| - )?"
_LISTED_CODE = (
    rf"{_NAME_BEGINS}(?<![ก-ฮ])(?:(?:{_STANDARDS}){_NUMBER_OF_NAME}"
    rf"|(?:{_VERSIONS}){_NUMBER_OF_NAME}{_NO_YEAR}){_AMOUNT}"
)
# Any other name with a capital: O-NET 6, e-GP 3.0; not where offices count things: PDF 3 ชุด
_NAMED_CODE = (
    rf"{_NAME_BEGINS}(?=[a-z/-]*+[A-Z])[A-Za-z][A-Za-z/-]*+[ \u00a0]{_NO_YEAR}{_AMOUNT}"
    rf"(?! ?(?:(?:{COUNTED})(?! ?[{_DIGIT}])|{_MONTH}))"
)
_MEASURE = rf"{_AMOUNT} (?:[KMGT]B|[KMG]bps|dpi|[KMG]?Hz|px|kW|V|W|cm|mm|km|kg)(?![{_LATIN}{_DIGIT}])"  # 10 MB, 300 dpi
# Addresses of machines, of figures alone: 192.168.1.1, 00:11:22:33:44:55. The number of a clause has four parts too
# (3.2.1.4), but none of them is 0 or has three figures; where all are small, the word before says what it is
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_MACHINE_ADDRESS = (
    rf"{_BYTE}(?:\.{_BYTE}){{3}}(?![{_DIGIT}]|\.[{_DIGIT}])(?:[/:][0-9]++)?"
)
_IS_NO_CLAUSE = r"(?=[0-9.]*?(?:(?<![0-9])0(?![0-9])|[0-9]{3}))"
_AND = r"(?: ?[,-] ?| (?:และ|หรือ|ถึง) ?)"
_MACHINE = (
    rf"(?<![{_LATIN}{_DIGIT}.-]){_IS_NO_CLAUSE}{_MACHINE_ADDRESS}(?: ?- ?{_MACHINE_ADDRESS})?"
    rf"|(?:ไอพี|IPv4|แอดเดรส|address|Address):? ?{_MACHINE_ADDRESS}(?:{_AND}{_MACHINE_ADDRESS})*+"
    rf"|(?<![{_LATIN}{_DIGIT}:-])(?:[0-9A-Fa-f]{{2}}[:-]){{5}}[0-9A-Fa-f]{{2}}(?![{_LATIN}{_DIGIT}:-])"
    r"|(?<![:.])::[0-9A-Fa-f][0-9A-Fa-f:]*+"
)
# A version by its Thai name, a colour, a folder, and an address that begins without its scheme and has Thai in it
_OTHER_CODE = (
    rf"เวอร์ชั่?น[ \u00a0]{_NO_YEAR}{_AMOUNT}|#[0-9A-Fa-f]{{6}}(?![{_LATIN}{_DIGIT}])"
    rf"|{_NAME_BEGINS}[A-Za-z]:\\\S++|\\\\[A-Za-z0-9]\S*+"
    rf"|{_NAME_BEGINS}[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,8}}\.[A-Za-z]{{2,}}/\S*+"
)
_NUMBERED_NAME = rf"(?i:{_WEB_ADDRESS.pattern})|{_LISTED_CODE}|{_NAMED_CODE}|{_MEASURE}"
_STRETCH = re.compile(rf"(?P<code>{_NUMBERED_NAME})|{_CODE.pattern}")
# Looked for at each letter only where a text may have one: few have
_RARE_STRETCH = re.compile(
    rf"(?P<code>{_NUMBERED_NAME}|{_MACHINE}|{_OTHER_CODE})|{_CODE.pattern}"
)
_MAY_HAVE_RARE = re.compile(
    r"::|[#\\]|เวอร์ชั|[0-9](?:\.[0-9]+){3}|(?:[0-9A-Fa-f]{2}[:-]){5}|\.[A-Za-z]{2,63}/"
)
_HAS_LATIN = re.compile(f"[{_LATIN}]")


def display_digits(text: str, style: Digits) -> str:
    """`text` with its digits in the reader's style.

    Digits in web addresses, e-mail, addresses of machines (192.168.1.1) and anything spelt with Latin letters (GF07,
    7F3K-91QD, ISO 9001, 10 MB) stay as typed.
    """
    if style not in ("thai", "arabic"):
        raise ValueError(f"unknown digits: {style}")
    table = TO_THAI_DIGITS if style == "thai" else TO_ARABIC_DIGITS

    def translate(found: re.Match[str]) -> str:
        stretch = found.group()
        if found["code"] or "::" in stretch or _HAS_LATIN.search(stretch):
            return stretch
        return stretch.translate(table)

    stretches = _RARE_STRETCH if _MAY_HAVE_RARE.search(text) else _STRETCH
    return stretches.sub(translate, text)


def display_pieces(pieces: Sequence[str], style: Digits) -> list[str]:
    """The pieces of one text as `display_digits` shows the whole of it: 9001 stays Arabic behind a piece "ISO "."""
    shown = display_digits("".join(pieces), style)
    cut = []
    end = 0
    for piece in pieces:
        # A digit becomes a digit: every letter keeps its place
        start, end = end, end + len(piece)
        cut.append(shown[start:end])
    return cut


def thai_digits(text: str) -> str:
    """`display_digits` in Thai: 5.4 → ๕.๔."""
    return display_digits(text, "thai")


def arabic_digits(text: str) -> str:
    """`display_digits` in Arabic: ๕.๔ → 5.4."""
    return display_digits(text, "arabic")


def label_for(numbering: Numbering, ordinal: int, prefix: str = "") -> str:
    """The label of the `ordinal`-th sibling (from 1), in Arabic digits: 5.4 (decimal, `prefix` 5), 1), (1), ก., •."""
    if ordinal < 1:
        raise ValueError(f"ordinals count from 1, not {ordinal}")
    match numbering:
        case "decimal":
            return f"{prefix}.{ordinal}" if prefix else f"{ordinal}"
        case "paren":
            return f"{ordinal})"
        case "parens":
            return f"({ordinal})"
        case "letter":
            return f"{letter_for(ordinal)}."
        case "letter_paren":
            return f"{letter_for(ordinal)})"
        case "letter_parens":
            return f"({letter_for(ordinal)})"
        case "bullet":
            return BULLET
        case "none":
            return ""
    raise ValueError(f"unknown numbering: {numbering}")


def plain_cite(cite: str) -> str:
    """One form for what people take for one number: 5.4 (1) is 5.4 1), and 5.4 1) (ก) is 5.4 1) ก."""
    cite = re.sub(r"\(([0-9]+)\)", r"\1)", cite)
    return re.sub(r"\(?([ก-ฮ]+)\)", r"\1.", cite)


def letter_for(ordinal: int) -> str:
    """ก ข ค ง … ฮ, then กก ขข …, as Word's thaiLetters counts (LibreOffice also takes ฤ and ฦ)."""
    rounds, index = divmod(ordinal - 1, len(LETTERS))
    return LETTERS[index] * (rounds + 1)


type LabelKind = Literal[
    "decimal", "paren", "parens", "letter", "letter_paren", "letter_parens", "bullet"
]


class Label(NamedTuple):
    """A label at the start of a line; `number` is "5.1" in Arabic digits, a letter, or "" for a bullet. `is_weak` where
    it may as well be text: an amount, an abbreviation's first letter. Only its neighbours can tell. `word` is what
    stands before the number, or for it: ข้อ of ข้อ ๑."""

    kind: LabelKind
    number: str
    rest: str
    is_weak: bool = False
    word: str = ""

    @property
    def ordinal(self) -> int:
        """Which one of its list it is, from 1; 0 for a bullet."""
        last = self.number.rpartition(".")[2]
        if last.isdigit():
            return int(last)
        if not last:
            return 0
        rounds = len(last) - 1
        return rounds * len(LETTERS) + LETTERS.find(last[0]) + 1

    @property
    def above(self) -> str:
        """What a decimal number stands below: 5 of 5.4, 5.4 of 5.4.1; "" of the others."""
        return self.number.rpartition(".")[0]


_NUMBER = f"[1-9๑-๙][{_DIGIT}]{{0,2}}"
_BLANK = r"[ \t\u00a0]"
# Tried in this order. Each pattern takes the blanks behind the label too; its first group that is not empty is the
# number.
_LABELS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    # 5.1) and (5.1)
    (
        "decimal",
        re.compile(rf"\(?{_BLANK}?({_NUMBER}(?:\.{_NUMBER}){{1,5}}){_BLANK}?\)\s*"),
    ),
    # 5.1, 5.1.2, 5.1. and 5.1.ตรวจ but not the start of 5.1.2-3, 5.1/2565 or 5.10%
    (
        "decimal",
        re.compile(
            rf"({_NUMBER}(?:\.{_NUMBER}){{1,5}})"
            rf"(?:\.(?=\s|$|[^\W{_DIGIT}_])|(?![{_DIGIT}.%/:,-]))\s*"
        ),
    ),
    # 5. at the end of the line, before a blank, or with a word right behind it
    ("decimal", re.compile(rf"({_NUMBER})\.(?:\s+|$|(?=[^\W{_DIGIT}_]))")),
    ("parens", re.compile(rf"\({_BLANK}*({_NUMBER}){_BLANK}*\)\s*")),
    ("paren", re.compile(rf"({_NUMBER}){_BLANK}?\)\s*")),
    ("letter_parens", re.compile(rf"\({_BLANK}*([ก-ฮ]){_BLANK}*\)\s*")),
    ("letter_paren", re.compile(rf"([ก-ฮ]){_BLANK}?\)\s*")),
    ("letter", re.compile(r"([ก-ฮ])\.(?:\s+|$)")),
    # Word's own bullets come as letters of its private use area; a dash needs a blank behind it
    (
        "bullet",
        re.compile(
            r"[•●○◦▪■□◆◇❖❑❏❐❒➢➤►▶▸‣★☆✓✔✦☞·\uf000-\uf0ff]()\s*|[-–—*]()(?:\s+|$)"
        ),
    ),
)
# What Word's second level becomes as plain text
_LETTER_O = re.compile(rf"([oO]){_BLANK}+(?=[\u0e01-\u0e4e“(])")
# ข้อ ๑, ขั้นตอนที่ ๓: a label where the numbers go on, and words otherwise ("ข้อ ๕ แห่งระเบียบ")
ARTICLE_WORDS = ("ข้อที่", "ข้อ", "ขั้นตอนที่", "ขั้นที่", "ลำดับที่", "กรณีที่")
_WORDED = re.compile(
    rf"({'|'.join(ARTICLE_WORDS)}){_BLANK}*({_NUMBER})(?![{_DIGIT}./-]){_BLANK}*[.):]?\s+(?=\S)"
)
# ข.๑: an item below ข.
_BELOW_LETTER = re.compile(
    rf"([ก-ฮ])\.{_BLANK}?({_NUMBER})(?:[.)](?![{_DIGIT}])|(?=\s))\s*(?=\S)"
)
# What follows 14.30 or 2.5 when it is no label
_CLOCK_OR_AMOUNT = re.compile(
    r"(?:น\.|นาฬิกา|ล้าน|แสน|หมื่น|พัน|บาท|เมตร|กิโล|ชั่วโมง|ชม\.|คะแนน|เท่า|ปี|เดือน|วัน|นาที)"
)
# Labels of other alphabets: what they number is text, and told
_FOREIGN = re.compile(
    r"\(?(?:[A-Za-z]|[ivxIVX]{1,5})[.)](?:\s+|(?=[\u0e01-\u0e4e]))|[①-⑳]\s*"
)


def parse_label(line: str) -> Label | None:
    """The label a typed or imported line begins with, in Thai or Arabic digits, or None.

    Reads ๕.๑ / 5.1 / 5.1) / 5. / ๑) / (๑) / ก. / (ก) / ก) / - / •, and ข้อ ๑ / ขั้นตอนที่ ๑ / ข.๑ / o. A bare number is no
    label. A clock time or an amount (14.30 น., 2.5 ล้านบาท) may be one, "จ. ลำปาง" reads as a letter, and "ข้อ ๕
    แห่งระเบียบ" as an article: they are weak, so check the sequence.
    """
    line = line.lstrip()
    for kind, pattern in _LABELS:
        found = pattern.match(line)
        if found is None:
            continue
        rest = line[found.end() :]
        number = next(filter(None, found.groups()), "")
        is_weak = kind == "letter" or bool(
            kind == "decimal" and _CLOCK_OR_AMOUNT.match(rest)
        )
        if kind.startswith("letter") and number not in LETTERS:
            continue
        return Label(kind, number.translate(TO_ARABIC_DIGITS), rest, is_weak)
    return _parse_weak_label(line)


def _parse_weak_label(line: str) -> Label | None:
    """What is a label only among its like."""
    found = _WORDED.match(line)
    if found is not None:
        number = found[2].translate(TO_ARABIC_DIGITS)
        return Label("decimal", number, line[found.end() :], True, found[1])
    found = _BELOW_LETTER.match(line)
    if found is not None and found[1] in LETTERS:
        number = f"{found[1]}.{found[2].translate(TO_ARABIC_DIGITS)}"
        return Label("paren", number, line[found.end() :], True)
    found = _LETTER_O.match(line)
    if found is not None:
        return Label("bullet", "", line[found.end() :], True, found[1])
    return None


def has_foreign_label(line: str) -> bool:
    """Whether a line begins with a), iv. or ①: a label to the eye, in no style of ours."""
    return _FOREIGN.match(line.lstrip()) is not None
