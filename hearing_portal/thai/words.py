"""Thai words: one dictionary for diffs, merges, indexes and repairs. No other module imports PyThaiNLP and nlpo3."""

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from types import ModuleType

from hearing_portal.thai.markup import OBJECT_MARKER, split_at_references
from hearing_portal.thai.script import cluster_ends, may_cut_cluster

MAX_LENGTH = 1_000_000
_RULES = 2  # raise when the splitting rules below change: stored tokens and diffs are keyed by TOKENIZER

_TERMS = Path(__file__).with_name("terms.txt")
_DICTIONARY_WORD = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e.]{2,}")
_CODE = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f0-9๐-๙"
# A run of Thai letters (an abbreviation's full stops with it), a code or number, blanks, a line end, a reference, other
# white space, or one other character. The first, a group of its own, alone needs the dictionary.
_PIECE = re.compile(
    r"((?:[\u0e01-\u0e3a\u0e40-\u0e4f\u0e5a\u0e5b]++\.?+)++)"
    rf"|([{_CODE}]++(?:(?:[-._]|(?<=[0-9๐-๙]),(?=[0-9๐-๙]))[{_CODE}]++)*+"
    rf"|[ \t]++|\n|{OBJECT_MARKER}|[^\S\n\t ]++"
    rf"|[^\u0e01-\u0e3a\u0e40-\u0e5b{_CODE}\s{OBJECT_MARKER}])"
)
_INLINE_TAG = re.compile(r"(<[^>]*>|&[a-z]+;)")


def tokenize(text: str) -> list[str]:
    """The words of `text`, spaces and signs among them: joined they are `text` again.

    No border falls inside a Thai character cluster; codes and numbers (GF07, e-GP, 5.4, 1,500) are one token,
    U+FFFC always its own. Thread-safe; loads the dictionary (about 0.2 s) on first use.
    Raises ValueError over `MAX_LENGTH` code points.
    """
    segmenter = _load_segmenter()
    return _tokenize(text, _split(text), lambda run: _words_of(run, segmenter))


def tokenize_both(old: str, new: str) -> tuple[list[str], list[str]]:
    """The words of two wordings that are compared, as `tokenize` has them but for the runs of letters that stand as
    often in either: those stay whole, since none of their words came or went, and are not looked up."""
    old_pieces = _split(old)
    new_pieces = _split(new)
    times = Counter(run for run, _ in old_pieces)
    times.subtract(run for run, _ in new_pieces)
    segmenter = _load_segmenter()

    @cache
    def words_of(run: str) -> list[str]:
        return _words_of(run, segmenter) if times[run] else [run]

    return _tokenize(old, old_pieces, words_of), _tokenize(new, new_pieces, words_of)


def tokenize_inline(html: str) -> list[str]:
    """The words of a stored inline body (text.sanitize_inline); every tag and every entity is one token."""
    tokens: list[str] = []
    for piece in _INLINE_TAG.split(html):
        if _INLINE_TAG.fullmatch(piece):
            tokens.append(piece)
        else:
            tokens += tokenize(piece)
    return tokens


def tokenize_referring(stored: str) -> list[str]:
    """The words of a stored plain text; every reference is one token."""
    tokens: list[str] = []
    for words, reference in split_at_references(stored):
        tokens += tokenize(words)
        if reference:
            tokens.append(reference)
    return tokens


def is_word(word: str) -> bool:
    """Whether the dictionary has `word`."""
    return word in dictionary()


@cache
def dictionary() -> frozenset[str]:
    """PyThaiNLP's words and our terms, but for those that splitting never meets (with spaces, digits)."""
    from pythainlp.corpus import thai_words

    words = thai_words() | _read_terms()
    return frozenset(word for word in words if _DICTIONARY_WORD.fullmatch(word))


def __getattr__(name: str) -> str:
    """`TOKENIZER`: engine, version and dictionary, worked out on first use. Equal names give equal tokens."""
    if name == "TOKENIZER":
        return _tokenizer_name(dictionary())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read_word_counts() -> dict[str, int]:
    """{word: how often the Thai National Corpus has it}, misspelt ones among them. Reads a file each time."""
    from pythainlp.corpus import tnc

    counts: dict[str, int] = tnc.unigram_word_freqs()
    return counts


def _read_terms() -> set[str]:
    """Our own words, one a line; # begins a comment."""
    terms: set[str] = set()
    for line in _TERMS.read_text(encoding="utf-8").splitlines():
        term = line.strip()
        if term and not term.startswith("#"):
            terms.add(term)
    return terms


@cache
def _tokenizer_name(words: frozenset[str]) -> str:
    listed = "\n".join(sorted(words))
    digest = hashlib.sha256(listed.encode()).hexdigest()[:10]
    engine = "newmm" if _nlpo3() is None else "nlpo3"
    release = version("pythainlp" if engine == "newmm" else "nlpo3")
    return f"{engine}-{release}-r{_RULES}-{digest}"


type Segmenter = Callable[[str], list[str]]  # of a run of Thai letters, its words

_loading = Lock()


def _nlpo3() -> ModuleType | None:
    """The library, or None where it has no build for the platform."""
    try:
        import nlpo3
    except ImportError:
        return None
    return nlpo3


@cache
def _loaded_nlpo3() -> Segmenter | None:
    """nlpo3 reads a dictionary only from a file, and keeps it for the life of the process."""
    library = _nlpo3()
    if library is None:
        return None
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.write("\n".join(sorted(dictionary())))
        file.flush()
        message, loaded = library.load_dict(file.name, "portal")
    if not loaded:
        raise RuntimeError(f"nlpo3 did not load the dictionary: {message}")
    return lambda run: library.segment(run, "portal")


@cache
def _loaded_newmm() -> Segmenter:
    """The same algorithm in Python, several times slower."""
    from pythainlp.tokenize.newmm import segment
    from pythainlp.util import Trie

    trie = Trie(dictionary())
    return lambda run: segment(run, trie)


def _load_segmenter() -> Segmenter:
    with _loading:  # or two threads would load the dictionary at once
        return _loaded_nlpo3() or _loaded_newmm()


type Piece = tuple[
    str, str
]  # of a text: a run of Thai letters and "", or "" and a stretch that is one token


def _split(text: str) -> list[Piece]:
    if len(text) > MAX_LENGTH:
        raise ValueError(
            f"text of {len(text)} code points is over the limit of {MAX_LENGTH}"
        )
    return _PIECE.findall(text)


def _tokenize(text: str, pieces: Iterable[Piece], words_of: Segmenter) -> list[str]:
    tokens: list[str] = []
    for run, token in pieces:
        if run:
            tokens += words_of(run)
        else:
            tokens.append(token)
    # Join what a border inside a cluster cut: a token that begins with a mark goes to the one before.
    if not may_cut_cluster(tokens):
        return tokens
    ends = set(cluster_ends(text))
    joined: list[str] = []
    position = 0
    is_cut = False
    for each in tokens:
        position += len(each)
        if is_cut:
            joined[-1] += each
        else:
            joined.append(each)
        is_cut = position not in ends
    return joined


def _words_of(run: str, segment: Segmenter) -> list[str]:
    """An abbreviation the dictionary has is one word; any other full stop is a token of its own, so that one that is
    put behind a word changes nothing but itself."""
    if "." not in run:
        return segment(run)
    tokens: list[str] = []
    done = 0
    for found in _abbreviations(several_stops=True).finditer(run):
        tokens += _split_at_lone_stops(run[done : found.start()], segment)
        tokens.append(found.group())
        done = found.end()
    return tokens + _split_at_lone_stops(run[done:], segment)


def _split_at_lone_stops(run: str, segment: Segmenter) -> list[str]:
    """The same without the abbreviations that have several full stops."""
    tokens: list[str] = []
    for part in re.findall(r"[^.]+\.?|\.", run):
        letters = part.removesuffix(".")
        abbreviation = _abbreviations(several_stops=False).search(part)
        if abbreviation and abbreviation.start() > 0:
            are_words = all(token in dictionary() for token in segment(letters))
            if are_words:
                abbreviation = None  # the "ม." of "ลงนาม."
        if abbreviation:
            letters = letters[: abbreviation.start()]
        if letters:
            tokens += segment(letters)
        if abbreviation:
            tokens.append(abbreviation.group())
        elif part.endswith("."):
            tokens.append(".")
    return tokens


@cache
def _abbreviations(*, several_stops: bool) -> re.Pattern[str]:
    """The dictionary's words with full stops, the longest at a place: those that end with their only one, which are
    found at an end, or all others."""
    words = []
    for word in dictionary():
        ends_with_its_only_stop = word.find(".") == len(word) - 1
        if "." in word and ends_with_its_only_stop != several_stops:
            words.append(word)
    words.sort(key=lambda word: (-len(word), word))
    pattern = "|".join(map(re.escape, words))
    return re.compile(pattern if several_stops else f"(?:{pattern})$")
