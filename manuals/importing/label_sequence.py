"""Which lines of a part begin with a number: one is a label where its neighbours make a sequence.

"จ. ลำปาง", "2.5 ล้านบาท" and a line that a page broke before "(๘)" look like labels and are text; "๕.๒ คะแนนเต็ม" looks
like an amount and is one where 5.1 stands before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hearing_portal.thai.numbering import (
    ARTICLE_WORDS,
    Label,
    has_foreign_label,
    letter_for,
    parse_label,
)

from ..source import SourceLine

MOST_MISSING = 2  # numbers that may be left out of a list that goes on
# A sentence that ends with the number of a clause, here without it: "ทุกข้อ" and "หัวข้อ" need none
_CITES = re.compile(r"(?:ตาม|ใน|ของ|และ|หรือ|ถึง|จาก|แห่ง|กับ|ตั้งแต่)(?:ข้อ|มาตรา)\s*$")
AGAIN = "เลขข้อ {number} ซ้ำกับข้อก่อนหน้า โปรดตรวจลำดับและระดับของข้อ"
OTHER_LEVEL = "ในไฟล์อยู่คนละระดับกับข้อก่อนหน้าที่ใช้เลขแบบเดียวกัน โปรดตรวจระดับของข้อ"
NO_NUMBER = "ในไฟล์อยู่ในระดับย่อยของรายการที่ไม่มีเลข โปรดตรวจระดับของข้อ"
type Series = tuple[
    str, str
]  # a list: kind of its numbers, and what they stand below ("5.4" of 5.4.1)


@dataclass(slots=True)
class NumberedLine:
    """A line with the label that it has, if any; `words` are those behind it. `article` is the 3 of a line "ข้อ 3";
    `is_introduction` marks words before a list that are no item of it."""

    line: SourceLine
    words: str
    label: Label | None = None
    article: str = ""
    is_introduction: bool = False
    doubts: list[str] = field(default_factory=list)


# Letters that number things; ป.๑ and ม.๑ are classes of a school
_NUMBERING_LETTERS = "กขคง"


def read_labels(
    lines: Sequence[SourceLine], own_numbers: set[str], *, cites: bool = False
) -> list[NumberedLine]:
    """`own_numbers` are those of the part: 5, and what the file prints before its heading. In a part that `cites`
    laws "ข้อ ๑" is a place in one."""
    candidates = [_candidate(line) for line in lines]
    if cites:
        candidates = [
            None if label is not None and _is_article(label) else label
            for label in candidates
        ]
    reader = _SequenceReader(candidates, own_numbers)
    numbered: list[NumberedLine] = []
    for number, line in enumerate(lines):
        is_cited = bool(number) and _CITES.search(lines[number - 1].words)
        if is_cited and line.label is None and candidates[number] is not None:
            numbered.append(reader.read_cited(number, line))
        else:
            numbered.append(reader.read(number, line))
    return numbered


def _candidate(line: SourceLine) -> Label | None:
    if line.label is not None or line.kind != "text":
        return line.label
    return parse_label(line.text)


def _is_article(label: Label) -> bool:
    return label.kind == "decimal" and bool(label.word)


def series_of(label: Label) -> Series:
    return label.word or label.kind, label.above


@dataclass(slots=True)
class _SequenceReader:
    candidates: Sequence[Label | None]
    own_numbers: set[str]
    last: dict[Series, int] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)  # decimal ones that were read
    article: str = ""  # the 3 of a line "ข้อ 3"
    levels: dict[Series, int] = field(default_factory=dict)  # in a Word file's lists

    def read(self, number: int, line: SourceLine) -> NumberedLine:
        label = self.candidates[number]
        if label is None:
            return self._read_plain(line)
        is_bullet = label.kind == "bullet" and not label.is_weak
        if line.label is not None or is_bullet or self._is_label(number, label):
            words = label.rest.strip() if line.label is None else line.words
            numbered = NumberedLine(line, words, label)
            self._doubt_again(numbered, label)
            self._doubt_level(numbered, label)
            self._take(label)
            return numbered
        numbered = self._read_plain(line)
        is_plain = label.is_weak and not label.word
        if not is_plain and not numbered.doubts:
            sign = line.words[: len(line.words) - len(label.rest.strip())].strip()
            numbered.doubts.append(
                f"“{sign}” ไม่ต่อจากเลขข้อก่อนหน้า จึงถือเป็นข้อความ โปรดตรวจ"
            )
        return numbered

    def read_cited(self, number: int, line: SourceLine) -> NumberedLine:
        """Behind "ตามข้อ" a number is the one that is cited, but for the next of its list, which may be either."""
        label = self.candidates[number]
        if label is None or self.last.get(series_of(label)) != label.ordinal - 1:
            return NumberedLine(line, line.words)
        numbered = self.read(number, line)
        numbered.doubts.append("เลขนี้อาจเป็นเลขที่ข้อความก่อนหน้าอ้างถึง โปรดตรวจ")
        return numbered

    def _doubt_again(self, numbered: NumberedLine, label: Label) -> None:
        """A second 5.2: one of them was miscounted, or a heading between them is missing."""
        is_again = label.number in self.numbers
        if not label.above:
            # A list that begins anew says nothing
            last = self.last.get(series_of(label))
            is_again = label.ordinal > 1 and label.ordinal == last
        if is_again and label.kind != "bullet":
            numbered.doubts.append(AGAIN.format(number=label.number))

    def _doubt_level(self, numbered: NumberedLine, label: Label) -> None:
        """What a Word file has a level further down, with numbers of the same kind."""
        series = series_of(label)
        level = numbered.line.list_level
        if self.levels.setdefault(series, level) != level:
            numbered.doubts.append(OTHER_LEVEL)

    def _read_plain(self, line: SourceLine) -> NumberedLine:
        numbered = NumberedLine(line, line.words)
        if line.kind == "text" and has_foreign_label(line.text):
            numbered.doubts.append(
                "เลขหน้าข้อไม่มีในแบบเลขของระบบ จึงเก็บไว้ในข้อความ โปรดเลือกแบบเลข"
            )
        if line.list_level:
            numbered.doubts.append(NO_NUMBER)
        article = parse_label(line.words.removeprefix("ข้อ").strip() + ".")
        if line.words.startswith("ข้อ") and article is not None:
            is_alone = not article.rest.strip(". ")
            if is_alone and article.kind == "decimal":
                self.article = numbered.article = article.number
                numbered.doubts.append(
                    "เลขข้อแบบ “ข้อ …” ไม่มีในแบบเลขของระบบ จึงเก็บไว้ในข้อความ โปรดเลือกแบบเลข"
                )
        return numbered

    def _is_label(self, number: int, label: Label) -> bool:
        if label.kind == "bullet":
            return self._has_like(number)
        series = series_of(label)
        last = self.last.get(series)
        goes_on = last is not None and label.ordinal == last + 1
        if label.kind == "decimal" and not self._stands_below_something(label):
            return goes_on and not label.is_weak
        if label.is_weak:
            return self._is_weak_label(number, label, goes_on=goes_on)
        if label.ordinal == 1 or goes_on:
            return True
        if label.kind == "decimal" and label.above:
            return True  # 7.3 behind 7.1 is one all the same, and the number is told
        if last is not None and last < label.ordinal <= last + 1 + MOST_MISSING:
            return True
        return self._is_followed(number, label)

    def _has_like(self, number: int) -> bool:
        """Whether another line of the part begins with the same weak bullet."""
        return any(
            other is not None and other.kind == "bullet" and other.is_weak
            for at, other in enumerate(self.candidates)
            if at != number
        )

    def _is_weak_label(self, number: int, label: Label, *, goes_on: bool) -> bool:
        if label.kind == "paren" and not self._counts_below(label.above):
            return False
        if label.kind == "decimal" and not label.word:
            comes_again = any(
                later is not None
                and later.kind == "decimal"
                and later.number == label.number
                for later in self.candidates[number + 1 :]
            )
            begins = label.ordinal == 1 and self._is_followed(number, label)
            return (goes_on or begins) and not comes_again
        if goes_on:
            return True
        return label.ordinal == 1 and self._is_followed(number, label)

    def _counts_below(self, letter: str) -> bool:
        """Whether ข of ข.๑ is the item before, or a letter that numbers things."""
        for (kind, _), ordinal in self.last.items():
            if kind.startswith("letter") and letter_for(ordinal) == letter:
                return True
        return letter in _NUMBERING_LETTERS

    def _is_followed(self, number: int, label: Label) -> bool:
        """Whether the next number of its list comes before this one comes again."""
        for later in self.candidates[number + 1 :]:
            if later is None or series_of(later) != series_of(label):
                continue
            return later.ordinal == label.ordinal + 1
        return False

    def _stands_below_something(self, label: Label) -> bool:
        """5.1 in part 5, 5.4.1 below a 5.4, 3.1 below "ข้อ 3", and a plain 1."""
        above = label.above
        if not above:
            return True
        first = above.partition(".")[0]
        return (
            above in self.own_numbers
            or above in self.numbers
            or above == self.article
            or first in self.own_numbers
        )

    def _take(self, label: Label) -> None:
        if label.kind == "bullet":
            return
        self.last[series_of(label)] = label.ordinal
        if label.kind != "decimal":
            return
        self.numbers.add(label.number)
        if label.above:
            # Lists of other kinds stand below an item, and end with it
            for series in list(self.last):
                if series[0] != "decimal" and not self._is_article_of(series, label):
                    self.last.pop(series)
                    self.levels.pop(series, None)
            self.levels.pop(("bullet", ""), None)

    def _is_article_of(self, series: Series, label: Label) -> bool:
        """Whether 1.1 stands below ข้อ 1, the last of a list of articles."""
        first = label.number.partition(".")[0]
        return (
            series[0] in ARTICLE_WORDS
            and first == str(self.last[series])
            and first not in self.own_numbers
        )
