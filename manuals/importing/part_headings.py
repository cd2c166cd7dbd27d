"""The headings of the nine parts, as old manuals write them: with and without a number, in Thai and in English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from hearing_portal.thai.numbering import LETTERS, TO_ARABIC_DIGITS
from hearing_portal.thai.shortening import shorten

from ..content import PARTS
from ..source import SourceLine
from .part_names import VARIANTS

# "6. …", "๖) …", "(6) …", "6.…", "ส่วนที่ 6 …", "ก. …", "A. …"; not the 5.1 of a clause
_NUMBERED = re.compile(
    r"^\s*(?:ส่วนที่\s*)?\(?\s*([1-9๑-๙]|[ก-ฮ](?=[.)])|[A-I](?=[.)]))(?:\s*[.)]\s*|\s+)(?![\d๐-๙])(.+?)\s*$"
)
# Fuzz.ratio from which a numbered line counts as one of the nine headings
LIKE_HEADING = 70
MISSPELT = 85  # … as a name with a letter or two other ones
_ITEM = re.compile(r"\s*([\d๐-๙]{1,2})([.)])(?![\d๐-๙])")
MOST_LEFT_OUT = 2  # parts that may be missing before a heading without a number
PLAIN_NAME = 8  # letters from which a name without a number is no common word
# Behind a heading, and no words of the part
_NO_WORDS = re.compile(r"\(?(?:ต่อ|ถ้ามี)\)?")


class PartHeading(NamedTuple):
    """The part whose heading a line is, what stands behind the heading on the same line, the number as printed (in
    Arabic digits, or a letter), and what is doubtful about it."""

    part: int
    rest: str = ""
    number: str = ""
    doubt: str = ""


@dataclass(slots=True)
class HeadingReader:
    """Finds the headings of one process, line by line. `found` are those so far; `last_item` is the number of the plain
    list ("1.", "2.") that the line before belongs to, `item_sign` what stands behind it."""

    found: list[PartHeading] = field(default_factory=list)
    last_item: int = 0
    item_sign: str = ""

    @property
    def current(self) -> int:
        return self.found[-1].part if self.found else 0

    def read(self, line: SourceLine) -> PartHeading | None:
        """None for a line that is no heading."""
        if line.kind != "text":
            return None
        heading = self._find(line)
        if heading is not None:
            self.found.append(heading)
            self.last_item = 0
            return heading
        item = _ITEM.match(line.text)
        if item is not None:
            self.last_item = int(item[1].translate(TO_ARABIC_DIGITS))
            self.item_sign = item[2]
        return None

    def is_repeated(self, line: SourceLine) -> bool:
        """Whether it is the heading of the part it stands in once more, as on the next page: "5. ขั้นตอน… (ต่อ)"."""
        if not self.current:
            return False
        _, text = _numbered(line)
        name = _match_name(self.current, text)
        return (
            name is not None and name.is_whole and bool(_NO_WORDS.fullmatch(name.rest))
        )

    def looks_like_one(self, line: SourceLine) -> int:
        """The part whose name a line without a number is, though it is no place for a heading; 0 for none."""
        number, text = _numbered(line)
        if number.isdigit():
            return self._passed_over(int(number), text)
        if number or line.label is not None or _NUMBERED.match(line.text):
            return 0
        for part in PARTS:
            name = _match_name(part, line.words)
            if name is not None and name.is_whole and not name.rest:
                return part
        return 0

    def _passed_over(self, part: int, text: str) -> int:
        """The part that a numbered line would head, were it not an item of the list before."""
        if part not in PARTS or part <= self.current:
            return 0
        is_like = _match_name(part, text) is not None or _is_like_name_of(part, text)
        return part if is_like else 0

    def _find(self, line: SourceLine) -> PartHeading | None:
        number, text = _numbered(line)
        if not number:
            return self._find_unnumbered(line)
        seen = {heading.part for heading in self.found}
        if number.isdigit() and int(number) in PARTS and int(number) > self.current:
            part = int(number)
            heading = self._numbered_as_its_part(part, number, text, line)
            if heading is not None:
                return heading
        # In another order, or with parts missing: only under a name of the part, and where the number goes on
        for part in PARTS:
            name = _match_name(part, text)
            if part in seen or name is None or not name.is_whole:
                continue
            if self._goes_on(number, part, line):
                return PartHeading(part, name.rest, number)
            if self._is_told_by_name(number, name, line):
                doubt = ""
                if number.isdigit():
                    doubt = f"ถือ “{shorten(line.words, 60)}” เป็นหัวข้อของส่วนที่ {part} ตามชื่อ แม้เลขไม่ต่อกัน โปรดตรวจ"
                return PartHeading(part, name.rest, number, doubt)
        return None

    def _numbered_as_its_part(
        self, part: int, number: str, text: str, line: SourceLine
    ) -> PartHeading | None:
        """Under its own number a name that is not quite the part's will do, but where a list goes on with it:
        "3. ขอบเขตชัดเจน" behind two objectives is the third."""
        name = _match_name(part, text)
        if self._is_next_item(number, line):
            is_name = name is not None and name.is_whole
            if not is_name and not _is_misspelt_name_of(part, text):
                return None
        if name is not None:
            return PartHeading(part, name.rest, number, name.doubt(part))
        if _is_like_name_of(part, text):
            return PartHeading(part, "", number, _doubt_name(part, text))
        return None

    def _is_next_item(self, number: str, line: SourceLine) -> bool:
        """Whether it goes on with the list of the line before, whose numbers are written the same way."""
        if not number.isdigit() or not self.last_item:
            return False
        sign = _ITEM.match(line.text)
        is_written_so = sign is not None and sign[2] == self.item_sign
        is_counted = line.label is not None
        return (is_counted or is_written_so) and int(number) == self.last_item + 1

    def _is_told_by_name(
        self, number: str, name: "_MatchedName", line: SourceLine
    ) -> bool:
        """Whatever its number: what ends the title, or where the numbers of the parts have not told them so far."""
        if any(heading.number == number for heading in self.found):
            return False
        if self.current == 1:
            return True
        is_by_name = any(
            heading.number not in ("", str(heading.part)) for heading in self.found
        )
        return is_by_name and not name.rest and not self._is_next_item(number, line)

    def _goes_on(self, number: str, part: int, line: SourceLine) -> bool:
        ordinal = _ordinal(number)
        if self._is_next_item(number, line):
            return False
        last = _ordinal(self.found[-1].number) if self.found else 0
        if ordinal == last + 1:
            return True
        # Each under its own number, whatever their order
        return number == str(part) and all(
            heading.number == str(heading.part) for heading in self.found
        )

    def _find_unnumbered(self, line: SourceLine) -> PartHeading | None:
        """It has to be a name of a part and nothing else, not indented, and of one of the next parts."""
        if line.is_indented or line.text[:1].isspace():
            return None
        seen = {heading.part for heading in self.found}
        first = self.current + 1
        last = min(first + MOST_LEFT_OUT, len(PARTS))
        are_numbered = any(heading.number for heading in self.found)
        for part in PARTS:
            if part in seen:
                continue
            name = _match_name(part, line.words)
            if name is None or not name.is_whole:
                continue
            is_alone = not name.rest or name.is_behind_colon
            if not is_alone:
                continue
            if first <= part <= last or line.level:
                return PartHeading(part, name.rest)
            if not are_numbered and len(_letters(line.words)) >= PLAIN_NAME:
                doubt = f"ถือ “{shorten(line.words, 60)}” เป็นหัวข้อของส่วนที่ {part} แม้ไม่อยู่ในลำดับเดิม โปรดตรวจ"
                return PartHeading(part, name.rest, "", doubt)
        return None


def read_part_heading(line: str, current: int = 0) -> int:
    """The part whose heading a line is when it stands in the part `current` of a text that has them in their order; 0
    for none."""
    found = [PartHeading(part, number=str(part)) for part in range(1, current + 1)]
    heading = HeadingReader(found).read(SourceLine(line, ""))
    return heading.part if heading is not None else 0


def _numbered(line: SourceLine) -> tuple[str, str]:
    """(number in Arabic digits, or a letter, or "", the words behind it)."""
    if line.label is not None:
        number = line.label.number
        if number and "." not in number:
            return number, line.words
        return "", line.words
    match = _NUMBERED.match(line.text)
    if match is None:
        return "", line.words
    return match[1].translate(TO_ARABIC_DIGITS), match[2]


def _ordinal(number: str) -> int:
    if number.isdigit():
        return int(number)
    if number in LETTERS:
        return LETTERS.index(number) + 1
    return ord(number[0]) - ord("A") + 1 if number else 0


class _MatchedName(NamedTuple):
    """A name of a part at the beginning of a text. `is_whole` unless more letters follow without a space."""

    name: str
    rest: str
    is_whole: bool
    is_behind_colon: bool = False

    def doubt(self, part: int) -> str:
        if self.is_whole:
            return ""
        return _doubt_name(part, self.name + self.rest)


def _doubt_name(part: int, text: str) -> str:
    return f"หัวข้อของส่วนที่ {part} พิมพ์ว่า “{shorten(text, 80)}” ระบบใช้ชื่อ “{PARTS[part]}” โปรดตรวจ"


def _match_name(part: int, text: str) -> _MatchedName | None:
    """The longest name of the part that the text begins with; a second one behind it is no words of the part."""
    found = _name_at(part, text)
    if found is None:
        return None
    name, rest = found
    bare = rest.lstrip()
    if bare and bare == rest and re.match(r"[\u0e01-\u0e4eA-Za-z\d]", bare):
        return _MatchedName(name, rest, is_whole=False)
    is_behind_colon = bare[:1] in (":", "-", "–", "—") and len(bare) > 1
    words = bare.lstrip(":-–— ").rstrip()
    if not any(letter.isalnum() for letter in words):
        return _MatchedName(name, "", is_whole=True)
    second = _name_at(part, words.strip("() "))
    if second is not None and not any(letter.isalnum() for letter in second[1]):
        words = ""
    return _MatchedName(name, words, True, is_behind_colon)


def _name_at(part: int, text: str) -> tuple[str, str] | None:
    """(the longest name of the part that the text begins with, what follows it)."""
    for letters in _names(part):
        position = 0
        for letter in letters:
            while position < len(text) and _IS_LITTLE.match(text[position]):
                position += 1
            if text[position : position + 1].lower() != letter:
                break
            position += 1
        else:
            while text[position : position + 1] in (")", "."):
                position += 1
            return text[:position], text[position:]
    return None


@cache
def _names(part: int) -> Sequence[str]:
    """In letters only, the longest first."""
    names = {_letters(name) for name in (PARTS[part], *VARIANTS[part])}
    return sorted(names, key=len, reverse=True)


def _is_like_name_of(part: int, text: str) -> bool:
    name = _letters(text)
    official_name = _letters(PARTS[part])
    return official_name in name or fuzz.ratio(name, official_name) >= LIKE_HEADING


def _is_misspelt_name_of(part: int, text: str) -> bool:
    """Whether all of it is a name of the part, but for a letter or two."""
    name = _letters(text)
    return any(fuzz.ratio(name, known) >= MISSPELT for known in _names(part))


_IS_LITTLE = re.compile(r"[\s().:/]")


def _letters(text: str) -> str:
    return _IS_LITTLE.sub("", text).lower()
