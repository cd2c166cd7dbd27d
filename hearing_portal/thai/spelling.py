"""Which words somebody may have meant: how far apart two spellings are, to a Thai ear and to a Thai hand.

All words are in search form (thai.text.search_form). Pure: no database.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

SLIGHT = 0.5  # the cost of a difference that is easily made: another letter of the same sound, a mark left out
MOST_CANDIDATES = 6

# Letters that are taken for each other: they sound alike, or they look alike and stand on the same key
_TAKEN_FOR_EACH_OTHER = (
    "ศษสซ",
    "นณญรลฬ",
    "ทธฑฒ",
    "ดตฎฏ",
    "ถฐ",
    "ขคฆฅ",
    "ชฌฉ",
    "พภผ",
    "ฝฟ",
    "ยญ",
    "บป",
    "ใไ",
    "ะาั",
    "\u0e34\u0e35\u0e36\u0e37",
    "\u0e38\u0e39",
    "\u0e48\u0e49\u0e4a\u0e4b",
    "เแ",
)
_ALIKE = {
    (one, other)
    for letters in _TAKEN_FOR_EACH_OTHER
    for one in letters
    for other in letters
    if one != other
}  # fmt: skip
# Vowels above and below, tones, ็ and ์: one key that is easily missed
_MARKS = frozenset(
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
)


def most_distance(word: str) -> float:
    """How far a spelling may be from `word`: a short word has too many neighbours to guess among."""
    if len(word) <= 4:
        return SLIGHT
    if len(word) <= 7:
        return 1.0
    return 1.5


def spelling_distance(typed: str, word: str) -> float:
    """Damerau and Levenshtein's distance, where a difference that is easily made counts as SLIGHT.

    Words of one sound are SLIGHT apart however they are spelt.
    """
    if typed == word:
        return 0.0
    if sound_key(typed) == sound_key(word):
        return SLIGHT
    before: list[float] = []
    row = [0.0]
    for letter in word:
        row.append(row[-1] + _cost_of_one(letter))
    for i, typed_letter in enumerate(typed, start=1):
        before, above = row, before
        row = [before[0] + _cost_of_one(typed_letter)]
        for j, letter in enumerate(word, start=1):
            cheapest = min(
                before[j] + _cost_of_one(typed_letter),
                row[j - 1] + _cost_of_one(letter),
                before[j - 1] + _cost_of_other(typed_letter, letter),
            )
            is_swapped = (
                i > 1 and j > 1 and typed[i - 2 : i] == word[j - 1] + word[j - 2]
            )
            if is_swapped:
                cheapest = min(cheapest, above[j - 2] + 1)
            row.append(cheapest)
    return row[-1]


def _cost_of_one(letter: str) -> float:
    """Of a letter too many or too few."""
    return SLIGHT if letter in _MARKS else 1.0


def _cost_of_other(typed: str, meant: str) -> float:
    if typed == meant:
        return 0.0
    return SLIGHT if (typed, meant) in _ALIKE else 1.0


# --- the sound

_SILENT = re.compile(
    "[ก-ฮ][\u0e34\u0e38]?\u0e4c"
)  # a letter under ์, its vowel with it: สิทธิ์, พันธุ์
_TONES = re.compile("[\u0e47-\u0e4b]")
# รร sounds as ั before the letter that closes the syllable (ธรรม), as ัน where none does (บรรจุ, สรร)
_RO_HAN_CLOSED = re.compile("(?<=[ก-ฮ])รร(?=[ก-ฮ](?![ะ-\u0e3a]))")
_RO_HAN_OPEN = re.compile("(?<=[ก-ฮ])รร")
_SILENT_VOWEL = re.compile("(?<=[ตทธด])[\u0e34\u0e38]$")  # ชาติ, ธาตุ
_SAME_SOUND = str.maketrans(
    {
        **dict.fromkeys("ศษ", "ส"),
        **dict.fromkeys("ธฑฒ", "ท"),
        **dict.fromkeys("ฆฅ", "ค"),
        "ณ": "น",
        "ฎ": "ด",
        "ฏ": "ต",
        "ฐ": "ถ",
        "ฌ": "ช",
        "ภ": "พ",
        "ฬ": "ล",
        "ใ": "ไ",
    }
)
_LAST_SOUND = str.maketrans(
    {
        **dict.fromkeys("ญรล", "น"),
        **dict.fromkeys("ตทถจชซส", "ด"),
        **dict.fromkeys("ปพฟ", "บ"),
        **dict.fromkeys("ขค", "ก"),
    }
)


def sound_key(word: str) -> str:
    """Equal for words that sound alike and are spelt otherwise: สารบรรณ and สารบัน, ราชการ and ราชกาน, พัสดุ and พัศดุ."""
    key = _SILENT.sub("", word)
    key = _TONES.sub("", key)
    key = _RO_HAN_CLOSED.sub("\u0e31", key)
    key = _RO_HAN_OPEN.sub("\u0e31น", key)
    key = key.replace("ำ", "\u0e31ม").replace("\u0e31ย", "ไ")
    key = _SILENT_VOWEL.sub("", key)
    key = key.translate(_SAME_SOUND)
    if len(key) < 2:
        return key
    return key[:-1] + key[-1].translate(_LAST_SOUND)


# --- the words one may have meant


class Candidate(NamedTuple):
    """A word that may have been meant; `frequency` is the number of texts that have it."""

    word: str
    distance: float
    frequency: int


class Vocabulary:
    """The words of some texts with their frequencies, to be asked for those that are spelt nearly as typed."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = dict(frequencies)
        self._by_sound: dict[str, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        for word in self._frequencies:
            self._by_sound.setdefault(sound_key(word), []).append(word)
            self._by_length.setdefault(len(word), []).append(word)

    def __bool__(self) -> bool:
        return bool(self._frequencies)

    def __contains__(self, word: str) -> bool:
        return word in self._frequencies

    def near(self, typed: str, *, only_slight: bool = False) -> list[Candidate]:
        """Other words spelt nearly as `typed`, the nearest first, of equally near ones the most frequent; at most
        MOST_CANDIDATES. `only_slight`: none that is further than SLIGHT."""
        most = SLIGHT if only_slight else most_distance(typed)
        words = set(self._by_sound.get(sound_key(typed), []))
        # Those at most so many edits away, each edit counted as one
        edits = 1 if most <= 1 else 2
        for length in range(len(typed) - edits, len(typed) + edits + 1):
            found = process.extract_iter(
                typed,
                self._by_length.get(length, []),
                scorer=OSA.distance,
                score_cutoff=edits,
            )
            words.update(word for word, _, _ in found)
        words.discard(typed)
        return self._nearest(typed, words, most)

    def sounding_like(self, typed: str) -> list[Candidate]:
        """Other words that sound as `typed` does, the most frequent first; at most MOST_CANDIDATES."""
        words = set(self._by_sound.get(sound_key(typed), []))
        words.discard(typed)
        return self._nearest(typed, words, SLIGHT)

    def _nearest(
        self, typed: str, words: Iterable[str], most: float
    ) -> list[Candidate]:
        candidates = []
        for word in words:
            distance = spelling_distance(typed, word)
            if distance <= most:
                candidates.append(Candidate(word, distance, self._frequencies[word]))
        candidates.sort(key=lambda each: (each.distance, -each.frequency, each.word))
        return candidates[:MOST_CANDIDATES]
