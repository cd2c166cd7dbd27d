"""Thai text that another program damaged: letters moved, lost or read in another code page.

PDFs and old Word files give such text, several kinds of it on one page. What a rule can only be right about is repaired
(`repair_line`); what reads better with another letter is named with a proposal and left alone (`find_suspicions`): so
many ทา and นา are words that nothing is guessed in silence. Pure: no database.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from hearing_portal.thai.likelihood import (
    LONGEST_WORD,
    RUN,
    count_strange,
    reading_cost,
    weigh_run,
    word_costs,
)
from hearing_portal.thai.script import CONSONANT, FOLLOW_VOWEL, LEAD_VOWEL, MARK, TONE
from hearing_portal.thai.words import tokenize

_ABOVE_OR_BELOW = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # what stands on a consonant
SURE = 5.0  # bits by which another letter must read better in a text that is whole otherwise
LIKELY = 2.0  # … in one that is damaged so for certain
AS_GOOD = -4.0  # … in one that lost its ำ
RARE = 14.0  # the cost from which a word is seldom
SHORT = 5  # letters of what may be a piece of a broken word
FREQUENT = 10.0  # … below which it is one of the most frequent
LOST_MARKS = (
    "\u0e48\u0e49\u0e47\u0e4c\u0e4a\u0e4b\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39"
)
MOST_PROPOSED = 12  # changes of one run; one that wants more is no word of a proposal


class Repair(NamedTuple):
    """What a rule put right, `kind` says which; the words around it before and after."""

    kind: str
    before: str
    after: str


class Suspicion(NamedTuple):
    """Words that may be damaged, and what may have been meant; "" where nobody can tell."""

    words: str
    proposal: str = ""


REPAIR_NAMES = {
    "policy": "จัดรูปอักขระ",
    "unseen": "ตัดอักขระที่มองไม่เห็น",
    "joined": "ต่อบรรทัดที่ตัดกลางประโยค",
    "am": "รวมสระอำที่แยกกัน",
    "unreadable": "ตัดอักขระที่อ่านไม่ได้",
    "moved": "ย้ายสระหรือวรรณยุกต์กลับที่เดิม",
    "stray": "ตัดสระหรือวรรณยุกต์ที่ลอยอยู่",
    "aa": "คืนสระอาที่กลายเป็นสระอำ",
    "closed": "ตัดช่องว่างกลางคำ",
    "spaced": "รวมอักษรที่เว้นวรรคทีละตัว",
    "page": "อ่านใหม่ตามรหัสอักขระภาษาไทย",
}
HALF = ("closed", "spaced")  # other spaces may be left between the letters of a word


@dataclass(slots=True)
class MendedLine:
    text: str
    repairs: list[Repair] = field(default_factory=list)


# --- what a rule repairs


def repair_line(line: str) -> MendedLine:
    """Of one line or cell: no rule looks beyond it."""
    mended = MendedLine(line)
    for kind, rule in _RULES:
        before = mended.text
        mended.text = rule(before)
        if mended.text != before:
            mended.repairs.append(Repair(kind, *_differing(before, mended.text)))
    return mended


def _differing(before: str, after: str) -> tuple[str, str]:
    """The stretches that differ, with the words they stand in."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    most = min(len(before), len(after)) - start
    while end < most and before[-1 - end] == after[-1 - end]:
        end += 1
    start = max(0, before.rfind(" ", 0, max(start - 1, 0)) + 1)
    tail = before.find(" ", len(before) - end + 1) if end else -1
    end = len(before) - tail if tail > 0 else 0
    return before[start : len(before) - end], after[start : len(after) - end]


# Some fonts have the ring of ำ under the number of a letter that nobody can know
_FOREIGN_IN_AM = re.compile(
    f"(?<=[{CONSONANT}])([{TONE}]?)[^\\x00-\\x7f\\s\u0e00-\u0e7f]+ ?า"
)


def _drop_unreadable(line: str) -> str:
    """U+FFFD stands for what a program could not read; before ำ it is half of it, with a space behind."""
    line = re.sub(f"(?<=[{CONSONANT}])\ufffd+(?=[{MARK}])", "", line)
    line = _replace_where(line, _FOREIGN_IN_AM, lambda found: f"{found[1]}ำ")
    return re.sub(
        f"(?<=[{CONSONANT}])\ufffd+ ?ำ ?(?=[{CONSONANT}{LEAD_VOWEL}]|$)", "ำ", line
    )


# No word begins with า: the space before it is half of a ำ, or behind a tone perhaps a space alone
_SPLIT_AM = re.compile(f"(?<=[{CONSONANT}])([{TONE}]?) ([าำ])")
_NIKHAHIT_BEHIND = re.compile("า([\u0e48-\u0e4b]?)\u0e4d ?")


def _join_am(line: str) -> str:
    """Where it stands for itself ("อักษร า") no word comes of it, and it stays."""
    line = _NIKHAHIT_BEHIND.sub(r"\1ำ", line)
    position = 0
    while True:
        found = _SPLIT_AM.search(line, position)
        if found is None:
            return line
        start, end = _chunk_around(line, found)
        head = line[start : found.start()] + found[1]
        tail = line[found.end() : end]
        ways = [line[start:end], f"{head}ำ{tail}"]
        if found[1] and found[2] == "า":
            ways.append(f"{head}า{tail}")
        best = min(ways, key=reading_cost)
        if reading_cost(best) + LIKELY > reading_cost(ways[0]):
            best = ways[0]
        line = line[:start] + best + line[end:]
        position = found.start() if best != ways[0] else found.end()


def _chunk_around(line: str, found: re.Match[str]) -> tuple[int, int]:
    """From the space before a match to the space behind it."""
    start = line.rfind(" ", 0, found.start()) + 1
    end = line.find(" ", found.end())
    return start, len(line) if end < 0 else end


# A mark one consonant too far right, with the space that a program put behind it
_MOVED = re.compile(
    f"([{CONSONANT}])([{CONSONANT}])([{_ABOVE_OR_BELOW}]+) "
    f"(?=[{CONSONANT}{LEAD_VOWEL}{FOLLOW_VOWEL}{_ABOVE_OR_BELOW}])"
)
_MOVED_OVER_VOWEL = re.compile(
    f"([{CONSONANT}][{_ABOVE_OR_BELOW}]*)([{LEAD_VOWEL}])([{_ABOVE_OR_BELOW}]+) ?"
)
_SPACE_IN_WORD = re.compile(f"(?<=[{MARK}ำ]) (?=[{CONSONANT}{LEAD_VOWEL}])")
_SPACE_BEFORE_VOWEL = re.compile(f" +(?=[ะ{_ABOVE_OR_BELOW}])")


def _move_marks(line: str) -> str:
    """Until nothing reads better any more."""
    line = _MOVED_OVER_VOWEL.sub(r"\1\3\2", line)
    line = _move_together(line)
    for _ in range(20):
        before = line
        line = _replace_where(
            line, _MOVED, lambda found: f"{found[1]}{found[3]}{found[2]}"
        )
        if line == before:
            break
    return line


def _close_words(line: str) -> str:
    """Takes out spaces that a program put behind or before marks."""
    line = _replace_where(line, _SPACE_BEFORE_VOWEL, _without_it)
    return _replace_where(line, _SPACE_IN_WORD, _without_it)


_MOVED_SEVERAL = re.compile(f"(?:[^ ]*[{_ABOVE_OR_BELOW}] ){{2,}}[^ ]+")


def _move_together(line: str) -> str:
    """Marks moved at several places of one word: none of them alone gives a word."""

    def moved(found: re.Match[str]) -> str:
        then = found[0]
        while _MOVED.search(then):
            then = _MOVED.sub(r"\1\3\2", then, count=1)
        is_better = reading_cost(then) + SURE <= reading_cost(found[0])
        return then if is_better else found[0]

    return _MOVED_SEVERAL.sub(moved, line)


def _without_it(found: re.Match[str]) -> str:
    return ""


def _replace_where(
    line: str, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]
) -> str:
    """The line with each match replaced by `new` where it reads better then. What only takes a space away needs letters
    that are strange with it: a space between two words stays, also where both together are a word."""
    position = 0
    while True:
        found = pattern.search(line, position)
        if found is None:
            return line
        start, end = _chunk_around(line, found)
        now = line[start:end]
        put = new(found)
        then = line[start : found.start()] + put + line[found.end() : end]
        if put:
            joined = found[0].replace(" ", "")
            joined = line[start : found.start()] + joined + line[found.end() : end]
            cost = min(reading_cost(now), reading_cost(joined))
            is_better = reading_cost(then) + SURE <= cost
        else:
            is_strange = count_strange(now) > 0
            is_better = is_strange and reading_cost(then) + SURE <= reading_cost(now)
        if is_better:
            line = line[:start] + then + line[end:]
            position = start
        else:
            position = found.start() + 1


_STRAY = re.compile(f"(?:(?<=[\\d๐-๙])|(?<![^\\s]))[{_ABOVE_OR_BELOW}]+")


def _drop_stray(line: str) -> str:
    """A mark behind a digit, a space or at the beginning stands on nothing."""
    return _STRAY.sub("", line)


_AM = re.compile("ำ")


def _restore_aa(line: str) -> str:
    """A line that has ำ and no า had most of them as า: each is า where that reads better."""
    if "ำ" not in line or "า" in line:
        return line

    def restored(found: re.Match[str]) -> str:
        return _best_words(found[0].replace("ำ", "า"))

    changed = RUN.sub(restored, line)
    if reading_cost(changed) + SURE > reading_cost(line):
        return line
    return changed


def _best_words(run: str) -> str:
    """The run with ำ for those of its า that make it read better, the best first."""
    while True:
        weighed = weigh_run(run)
        best = 0.0
        better = run
        for start, end, word, kind in _other_words(run, {Damage.AM}):
            gain = weighed.cost - weighed.cost_through(start, end, word)
            if kind == Damage.AM and gain > best:
                best = gain
                better = run[:start] + word + run[end:]
        if better == run:
            return run
        run = better


_SPACED_OUT = re.compile(
    f"(?:[{CONSONANT}{LEAD_VOWEL}{FOLLOW_VOWEL}][{MARK}{FOLLOW_VOWEL}]{{0,3}} ){{4,}}\\S+(?: \\S{{1,3}}(?!\\S))*"
)


def _join_spaced(line: str) -> str:
    """ก ต ร ว จ: single letters with spaces between."""
    return _SPACED_OUT.sub(_without_spaces, line)


def _without_spaces(found: re.Match[str]) -> str:
    joined = found[0].replace(" ", "")
    if reading_cost(joined) + SURE <= reading_cost(found[0]):
        return joined
    return found[0]


_RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("unreadable", _drop_unreadable),
    ("am", _join_am),
    ("spaced", _join_spaced),
    ("moved", _move_marks),
    ("closed", _close_words),
    ("stray", _drop_stray),
    ("aa", _restore_aa),
)


# --- what is only suspected


class Damage(StrEnum):
    """What a text is known to suffer from: there a little evidence more is enough."""

    AM = "am"  # ำ became า, or the other way round
    MARKS = "marks"  # tone marks and vowels above and below are lost
    OTHER = "other"


def find_suspicions(
    line: str, known: Collection[Damage] = frozenset()
) -> list[Suspicion]:
    """Words of a repaired line that another letter would make read better, and letters that belong to no word."""
    found = []
    for match in RUN.finditer(line):
        run = match[0]
        if is_abbreviation(run):
            continue
        if not known and _reads_well(run):
            continue
        proposal = _propose(run, known)
        if proposal != run:
            found.append(Suspicion(run, proposal))
        elif _is_strange(run, known):
            found.append(Suspicion(run))
    if "\ufffd" in line:
        found.append(Suspicion("\ufffd"))
    for match in _SIGN_OF_A_FONT.finditer(line):
        found.append(Suspicion(match[0]))
    if _LOST_NUMBER.match(line):
        found.append(Suspicion(line.strip()[:20]))
    return found


def is_abbreviation(run: str) -> bool:
    """Whether a run of letters has no vowel: สพท."""
    return _CONSONANTS_ONLY.fullmatch(run) is not None


def damage_of(suspicion: Suspicion) -> Damage:
    """What the difference between the words and the proposal says."""
    kind = None
    if suspicion.proposal:
        kind = _difference(suspicion.words, suspicion.proposal)
    return kind or Damage.OTHER


_CONSONANTS_ONLY = re.compile(f"[{CONSONANT}]{{1,5}}")
# The text policy knows the common ones
_SIGN_OF_A_FONT = re.compile("\\S*[\ue000-\uf8ff]\\S*")
_LOST_NUMBER = re.compile(r"\s*\.(?:\s*\.)*\s+(?=[\u0e01-\u0e4e])")
_MARK_ON_NOTHING = re.compile(
    f"(?:^|[ะาำ{LEAD_VOWEL}])[{_ABOVE_OR_BELOW}]|^[{FOLLOW_VOWEL}]|[{LEAD_VOWEL}]$"
)
STRANGE_SHARE = 0.15  # of the letters of a run: more than a name among words has


def _is_strange(run: str, known: Collection[Damage]) -> bool:
    """Whether letters belong to no word: in a text that is whole otherwise, so many that it is no name, or a mark that
    stands on nothing."""
    weighed = weigh_run(run)
    strange = weighed.strange_letters()
    if not strange:
        return False
    if known or strange > STRANGE_SHARE * len(run):
        return True
    return _MARK_ON_NOTHING.search(run) is not None


def _propose(run: str, known: Collection[Damage]) -> str:
    """The run with other words of the same letters, as long as each makes it read better; as it is where none does."""
    tried = {run}
    damages = set(known)
    for _ in range(MOST_PROPOSED):
        weighed = weigh_run(run)
        best = 0.0
        better = (run, Damage.OTHER)
        for start, end, word, kind in _other_words(run, damages):
            least = SURE
            if kind in damages:
                # นา and นำ are both words
                least = AS_GOOD if kind == Damage.AM else LIKELY
            gain = weighed.cost - weighed.cost_through(start, end, word) - least
            if gain > best:
                changed = run[:start] + word + run[end:]
                if changed not in tried:
                    best = gain
                    better = (changed, kind)
        changed, kind = better
        if changed == run:
            return run
        run = changed
        tried.add(run)
        if kind == Damage.MARKS:
            damages.add(
                kind
            )  # where one is lost, the next letter may have lost its own
    return run


_LOST_LETTERS = frozenset(LOST_MARKS)
_LIKE = str.maketrans({"ำ": "า", "ฏ": "ฎ", **dict.fromkeys(LOST_MARKS)})


@cache
def _words_by_letters() -> dict[str, list[str]]:
    """{letters without the marks that get lost: the words that have them}."""
    words: dict[str, list[str]] = {}
    for word in word_costs():
        words.setdefault(word.translate(_LIKE), []).append(word)
    return words


def _other_words(
    run: str, known: Collection[Damage]
) -> Iterator[tuple[int, int, str, Damage]]:
    """(start, end, word, what would have happened to it): ำ that became า, a mark that was lost, ฎ typed as ฏ.

    Marks are missed only in words that are seldom, unless the text is known to lack some: frequent words one behind the
    other are meant (คง and ค้าง are not คั่งค้าง).
    """
    weak = _places_to_doubt(run, known)
    if not any(weak):
        return
    words = _words_by_letters()
    weighed = weigh_run(run)
    starts = [at for at, letter in enumerate(run) if letter not in _LOST_LETTERS]
    letters = run.translate(_LIKE)
    ends = [*starts[1:], len(run)]
    for first, start in enumerate(starts):
        for last in range(first, min(len(starts), first + LONGEST_WORD)):
            end = ends[last]
            if weak[end] == weak[start]:
                continue
            found = words.get(letters[first : last + 1])
            if found is None:
                continue
            now = run[start:end]
            is_seldom = (
                Damage.MARKS in known or weighed.dearest_word(start, end) >= RARE
            )
            for word in found:
                kind = None if word == now else _difference(now, word)
                if kind is None or (kind == Damage.MARKS and not is_seldom):
                    continue
                yield start, end, word, kind


def _places_to_doubt(run: str, known: Collection[Damage]) -> list[int]:
    """How many letters before each place of the run are worth a look."""
    counts = [0]
    for word in weigh_run(run).words:
        cost = word_costs()[word.text] if word.is_known else inf
        is_weak = _is_weak(word.text, cost, known)
        for _ in word.text:
            counts.append(counts[-1] + is_weak)
    return counts


def _is_weak(word: str, cost: float, known: Collection[Damage]) -> bool:
    """Whether a word may be what damage left: a seldom one, or a short one with า, for what lost a ำ falls apart."""
    if Damage.MARKS in known or cost == inf:
        return True
    has_am = "า" in word or "ำ" in word
    if has_am and Damage.AM in known:
        return True
    if cost >= RARE and (len(word) <= SHORT or _has_likelier_twin(word)):
        return True
    if len(word) <= 3 and has_am:
        return cost >= FREQUENT
    return "ฏ" in word


@lru_cache(maxsize=20_000)
def _has_likelier_twin(word: str) -> bool:
    """Whether a frequent word has the same letters and more marks."""
    most = word_costs()[word] - LIKELY
    for other in _words_by_letters()[word.translate(_LIKE)]:
        is_likelier = word_costs()[other] <= most
        if is_likelier and other != word and _difference(word, other) is not None:
            return True
    return False


@lru_cache(maxsize=20_000)
def _reads_well(run: str) -> bool:
    """Whether the run falls into words of which none is weak: nothing better can be said of it."""
    costs = word_costs()
    for word in tokenize(run):
        cost = costs.get(word)
        if cost is None or _is_weak(word, cost, ()):
            return False
    return True


def _difference(now: str, word: str) -> Damage | None:
    """What would have made `now` of the word; None where the word lacks a mark that stands."""
    kind = Damage.OTHER
    at = 0
    for letter in word:
        there = now[at : at + 1]
        if there == letter:
            at += 1
        elif letter in _LOST_LETTERS:
            kind = Damage.MARKS
        elif there in ("า", "ำ"):
            kind = Damage.AM if kind == Damage.OTHER else kind
            at += 1
        else:
            at += 1  # ฏ
    return kind if at == len(now) else None


# --- a whole text


def share_of_words(lines: Iterable[str]) -> float:
    """Of the Thai letters, those inside words of the dictionary; 1 where there are none."""
    letters = 0
    strange = 0
    for line in lines:
        for run in RUN.findall(line):
            letters += len(run)
            if not is_abbreviation(run) and not _reads_well(run):
                strange += weigh_run(run).strange_letters()
    return 1 - strange / letters if letters else 1.0


LEAST_WORDS = 0.8  # share of letters inside words below which a text is none; whole ones have 0.998
LEAST_MARKS = 0.02  # tone marks to a letter; whole texts have 0.05 to 0.08
ENOUGH = 200  # letters below which a text is too short to be judged by its marks


def is_beyond_repair(lines: Sequence[str]) -> bool:
    """Whether so many marks are lost that nobody can say which, line by line."""
    text = "\n".join(lines)
    letters = len(re.findall("[\u0e01-\u0e4e]", text))
    if letters < ENOUGH:
        return False
    tones = len(re.findall(f"[{TONE}]", text))
    return tones < LEAST_MARKS * letters or share_of_words(lines) < LEAST_WORDS
