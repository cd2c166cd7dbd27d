"""Laws named in running text, as people write them: with either digits, other blanks, or the issuer left out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hearing_portal.thai.numbering import TO_ARABIC_DIGITS, TO_THAI_DIGITS

from ..models import LegalSource

# Written in either way; "พ.ศ." is left out, so that a title is followed by its year at once
_SPELLINGS = {
    "พ.ร.บ.": "พระราชบัญญัติ",
    "พรบ.": "พระราชบัญญัติ",
    "พ.ร.ป.": "พระราชบัญญัติประกอบรัฐธรรมนูญ",
    "พ.ร.ฎ.": "พระราชกฤษฎีกา",
    "พ.ร.ก.": "พระราชกำหนด",
    "สำนักนายกฯ": "สำนักนายกรัฐมนตรี",
    "คณะรักษาความสงบแห่งชาติ": "คสช.",
    "กระทรวงการคลัง": "กค.",
    "กระทรวงศึกษาธิการ": "ศธ.",
    "คณะกรรมการตรวจเงินแผ่นดิน": "คตง.",
    "พุทธศักราช": "",
    "พ.ศ.": "",
}
_BLANK = "[\\s\u00a0\u200b\u2060]"
# A spelling may hold blanks only behind a full stop ("พ. ศ.")
_SPELLING = "|".join(
    re.escape(word).replace(r"\.", rf"\.{_BLANK}*") for word in _SPELLINGS
)
_REWRITTEN = re.compile(rf"(?P<spelling>{_SPELLING})|{_BLANK}+")
_SPELT_OUT = re.compile(
    "|".join(re.escape(word) for word in set(_SPELLINGS.values()) if word)
)
_ISSUED = re.compile(r"^(?P<kind>ระเบียบ|หลักเกณฑ์)(?P<issuer>.*?)ว่าด้วย")
_NUMBERED = re.compile(r"^(คำสั่ง.*?\d+/\d{4})เรื่อง")
_PRIME_MINISTER = "สำนักนายกรัฐมนตรี"
_YEAR = re.compile(r"2[45]\d\d")
_YEAR_AT_END = re.compile(r"2[45]\d\d$")
_AMENDMENT = re.compile(r"\(ฉบับที่\d+\)")
_WORD_GOES_ON = re.compile(r"[ก-ฮะ-ๅ็-๎]")
# Said of the law directly before or behind its name: the text tells its history, it does not apply it
_REPEALED_BEFORE = re.compile(
    r"(?:ยกเลิก(?:ความใน)?|ใช้แทน|มาแทน|แทนที่):?(?:\(?\d{1,2}[.)])?[“\"]?$"
)
_REPEALED_BEHIND = re.compile(
    r"[”\"]?(?:และที่แก้ไขเพิ่มเติม)?,?"
    r"(?:\((?:ถูก)?ยกเลิก|(?:ซึ่ง|ที่)?(?:ได้)?(?:ถูก)?ยกเลิก(?:ไป)?แล้ว|(?:ซึ่ง|ซึ่งได้|ซึ่งถูก|ที่ถูก|ถูก)ยกเลิก)"
)
_LOOKED_AT = 40  # characters before and behind a name


class Normalised(NamedTuple):
    """A text in the one spelling names are compared in; each of its characters with where it came from."""

    text: str
    starts: list[int]
    ends: list[int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A law named in a text, and where: `text[start:end]`. `is_history` where the text says that it is repealed."""

    source: LegalSource
    start: int
    end: int
    is_history: bool = False


class LawNames:
    """The names of a registry, to be found in many texts: one pattern for all of them, so one pass over a text.

    At one place the longest name counts: that of an amendment, not the beginning it shares with the law it amends.
    A name that two sources share means the one in force.
    """

    def __init__(self, sources: Sequence[LegalSource]) -> None:
        self.sources: dict[str, LegalSource] = {}
        in_force_last = sorted(sources, key=lambda source: not source.is_repealed)
        for source in in_force_last:
            for name in names_of(source):
                self.sources[name] = source
        self._pattern: re.Pattern[str] | None = None
        if self.sources:
            self._pattern = re.compile(_alternation(self.sources))

    def find_in(self, text: str) -> Iterator[Mention]:
        """In reading order."""
        if self._pattern is None:
            return
        normalised = normalise(text)
        for found in self._pattern.finditer(normalised.text):
            source = self.sources[found[0]]
            if self._names_another(found, normalised, text):
                continue
            before = normalised.text[max(0, found.start() - _LOOKED_AT) : found.start()]
            behind = normalised.text[found.end() : found.end() + _LOOKED_AT]
            is_history = bool(
                _REPEALED_BEFORE.search(before) or _REPEALED_BEHIND.match(behind)
            )
            start = normalised.starts[found.start()]
            end = normalised.ends[found.end() - 1]
            yield Mention(source, start, end, is_history)

    def applies(self, text: str, source: LegalSource) -> bool:
        """Whether the text names the law otherwise than to say that it is repealed."""
        return any(
            mention.source.pk == source.pk and not mention.is_history
            for mention in self.find_in(text)
        )

    def _names_another(
        self, found: re.Match[str], normalised: Normalised, text: str
    ) -> bool:
        """Whether the text goes on so that it names another law: of a longer title, another year, an amendment that is
        in force."""
        name = found[0]
        behind = normalised.text[found.end() : found.end() + _LOOKED_AT]
        end = normalised.ends[found.end() - 1]
        following = text[end : end + 1]
        if name[-1].isdigit():
            if following.isdigit():
                return True
        elif _YEAR.match(behind) or _WORD_GOES_ON.match(following):
            # A name without a year ends where a word ends, which Thai shows by a blank or a sign only
            return True
        amendment = _AMENDMENT.match(behind)
        if amendment is None:
            return False
        amending = _YEAR_AT_END.sub("", name) + amendment[0]
        amendments = []
        for other, source in self.sources.items():
            if other.startswith(amending):
                amendments.append(source)
        return any(not source.is_repealed for source in amendments)

    @property
    def hint(self) -> str:
        """That of all repealed laws."""
        repealed = [source for source in self.sources.values() if source.is_repealed]
        return self.hint_for(repealed)

    def hint_for(self, sources: Iterable[LegalSource]) -> str:
        """A regular expression of Python and of PostgreSQL that fits every text naming one of the laws, and few
        others: by the year, in either digits; for a name without one by its longest stretch of letters."""
        wanted = {source.pk for source in sources}
        hints = set()
        for name, source in self.sources.items():
            if source.pk not in wanted:
                continue
            year = _YEAR.search(name)
            if year is not None:
                digits = []
                for digit in year[0]:
                    digits.append(f"[{digit}{digit.translate(TO_THAI_DIGITS)}]")
                hints.add("".join(digits))
            else:
                longest = max(_SPELT_OUT.split(name), key=len)
                letters = [re.escape(letter) for letter in longest]
                hints.add(f"{_BLANK}*".join(letters))
        return "|".join(sorted(hints))


def _alternation(names: Iterable[str]) -> str:
    """A regular expression for any of the names, the longest at a place: their common beginnings are read once."""
    by_letter: dict[str, list[str]] = {}
    ends_here = False
    for name in names:
        if name:
            by_letter.setdefault(name[0], []).append(name[1:])
        else:
            ends_here = True
    branches = []
    for letter, rests in sorted(by_letter.items()):
        branches.append(re.escape(letter) + _alternation(rests))
    if not branches:
        return ""
    if len(branches) == 1 and not ends_here:
        return branches[0]
    any_branch = f"(?:{'|'.join(branches)})"
    if ends_here:
        return f"{any_branch}?"
    return any_branch


def names_of(source: LegalSource) -> set[str]:
    """All that the source is called, in the one spelling: both titles, and those of a rule with and without who
    issued it (a rule of no named issuer is the Prime Minister's Office's), and of an order its number alone."""
    year = str(source.year_be)
    names = set()
    for title in (source.full_title, source.short_title):
        name = normalise(title).text
        names.add(name)
        if not re.search(r"\d", name):
            names.add(name + year)
        numbered = _NUMBERED.match(name)
        if numbered is not None:
            names.add(numbered[1])
        issued = _ISSUED.match(name)
        if issued is None:
            continue
        kind = issued["kind"]
        rest = name[issued.end("issuer") :]
        names.add(kind + rest)
        if not issued["issuer"]:
            names.add(kind + _PRIME_MINISTER + rest)
    names.discard("")
    return names


def normalise(text: str) -> Normalised:
    """Arabic digits, no blanks, no "พ.ศ.", abbreviated kinds and issuers in one spelling. Linear."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0

    def keep(until: int) -> None:
        pieces.append(text[done:until])
        starts.extend(range(done, until))
        ends.extend(range(done + 1, until + 1))

    for found in _REWRITTEN.finditer(text):
        keep(found.start())
        done = found.end()
        if found["spelling"]:
            spelling = re.sub(_BLANK, "", found["spelling"])
            written = _SPELLINGS[spelling]
            pieces.append(written)
            starts.extend([found.start()] * len(written))
            ends.extend([found.end()] * len(written))
    keep(len(text))
    rewritten = "".join(pieces)
    return Normalised(rewritten.translate(TO_ARABIC_DIGITS), starts, ends)


def find_repealed(names: LawNames, text: str) -> list[Mention]:
    """The repealed laws that a text applies: each law once, where it is named first."""
    found: dict[int, Mention] = {}
    for mention in names.find_in(text):
        if mention.source.is_repealed and not mention.is_history:
            found.setdefault(mention.source.pk, mention)
    return list(found.values())


class AppliedLaw(NamedTuple):
    """A repealed law that a clause still applies; `mention` where its text names it, None where it is a reference."""

    source: LegalSource
    mention: Mention | None


class RepealedCount(NamedTuple):
    """How many repealed laws are applied, and in how many places: a law counts once in a clause."""

    laws: int
    places: int


def count_applied(applied: Sequence[AppliedLaw]) -> RepealedCount:
    laws = {each.source.pk for each in applied}
    return RepealedCount(len(laws), len(applied))


class RepealedLaws:
    """The repealed laws of a registry, to be found in many clauses."""

    def __init__(self, sources: Sequence[LegalSource]) -> None:
        repealed = [source for source in sources if source.is_repealed]
        self.by_key = {source.key: source for source in repealed}
        self._names = LawNames(sources)
        self.hint = self._names.hint  # as LawNames has it
        self._hinted = re.compile(self.hint)

    def mentions_in(self, text: str) -> list[Mention]:
        """Every place where a text applies a repealed law, in reading order."""
        found = []
        for mention in self._names.find_in(text):
            if mention.source.is_repealed and not mention.is_history:
                found.append(mention)
        return found

    def applied_in(self, plain: str, cited: str = "") -> list[AppliedLaw]:
        """By a clause with this text that is a reference to `cited`, the key of a source. Each law once."""
        applied: list[AppliedLaw] = []
        if cited in self.by_key:
            applied.append(AppliedLaw(self.by_key[cited], None))
        if not self.by_key or not self._hinted.search(plain):
            return applied
        for mention in find_repealed(self._names, plain):
            if mention.source.key != cited:
                applied.append(AppliedLaw(mention.source, mention))
        return applied
