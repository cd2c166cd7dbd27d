"""What somebody looks for, and the words that texts are found by. Pure: no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hearing_portal.thai import words
from hearing_portal.thai.script import order_marks
from hearing_portal.thai.text import search_form, search_terms, without_idle_spaces

LONGEST_QUERY = 200  # code points
LONGEST_WORD = 100  # code points; PostgreSQL takes lexemes of at most 2,046 bytes
MOST_WORDS = 12
# Words that stand in any text, whatever it is about. Lists of stop words have hundreds more, ครบถ้วน and ใช้ among them,
# by which people do look for a clause
_LINKING = (
    "กว่า กับ การ ก็ แก่ ของ ขึ้น คำ ความ คือ จะ จาก จึง ซึ่ง ด้วย ดัง โดย ได้ ต่อ ต้อง ตาม แต่ ถ้า ถึง ทั้ง ที่ ทุก นั้น นี้ ใน บาง เป็น ไป "
    "เพราะ เพื่อ มา มี เมื่อ แม้ ไม่ และ แล้ว ว่า ไว้ หรือ แห่ง ให้ อยู่ อัน อาจ อีก ใด"
)
LINKING_WORDS = frozenset(_LINKING.split())
_FORM = 5  # raise when the search form or the choice of words changes: what was indexed before is found no more


def index_name() -> str:
    """Under which texts are indexed. Equal names find each other: of the tokeniser, and of the search form."""
    return f"{words.TOKENIZER}-s{_FORM}"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for. `phrase` and `terms` (its parts: thai.text.search_terms) are in search form."""

    typed: str
    phrase: str = ""
    terms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrase)

    @property
    def is_one_word(self) -> bool:
        """Then whatever has the word has the phrase."""
        return self.words == (self.phrase,)

    @property
    def telling_words(self) -> tuple[str, ...]:
        """Those that say what is looked for: a clause that has ไม่มี and นี้ alone is near to nothing."""
        return tuple(word for word in self.words if word not in LINKING_WORDS)

    @property
    def needles(self) -> tuple[str, ...]:
        """What is marked in a hit, the longest first. Where the phrase stands nothing else is marked."""
        parts = dict.fromkeys((self.phrase, *self.terms, *self.words))
        return tuple(sorted(parts, key=len, reverse=True))


def read_query(typed: str) -> SearchQuery:
    """Any text as a query: cut to LONGEST_QUERY, NUL left out. Without a letter or digit in it, empty."""
    text = typed.replace("\x00", "")[:LONGEST_QUERY]
    phrase = search_form(text)
    if not _says_something(phrase):
        return SearchQuery(typed[:LONGEST_QUERY])

    terms: list[str] = []
    for term in search_terms(text):
        if _says_something(term) and term not in terms:
            terms.append(term)
    # With its marks in the stored order, so that the dictionary knows its words
    ordered, _ = order_marks(text)
    query_words: list[str] = []
    for word in search_words(ordered):
        if word not in query_words:
            query_words.append(word)
    return SearchQuery(
        typed=text,
        phrase=phrase,
        terms=tuple(terms[:MOST_WORDS]),
        words=tuple(query_words[:MOST_WORDS]),
        is_cut=len(typed) > LONGEST_QUERY,
    )


def search_words(text: str) -> Iterator[str]:
    """The words of `text` in the form they are looked for, without spaces and signs.

    Words are found in the text as it stands and formed afterwards: the dictionary knows ปฏิบัติ, not ปฎิบัติ.
    """
    for token in words.tokenize(without_idle_spaces(text)):
        word = _search_word(token)
        if word:
            yield word


@lru_cache(maxsize=20_000)
def _search_word(token: str) -> str:
    """A token in search form; nothing for spaces and signs."""
    word = search_form(token[:LONGEST_WORD]).replace(" ", "")
    if not _says_something(word):
        return ""
    return word


def _says_something(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
