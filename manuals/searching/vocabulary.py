"""The words of an edition, kept in memory: an edition never changes once it is sealed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock

from hearing_portal.thai import words
from hearing_portal.thai.script import cluster_ends
from hearing_portal.thai.spelling import Vocabulary
from hearing_portal.thai.text import search_form

from ..models import Edition, EditionWord
from .search_query import index_name, search_words

MOST_EDITIONS = 6  # kept at once; 10,000 words take about 5 MB


@dataclass(frozen=True, slots=True)
class EditionWords:
    """`titles` are those of its sections, in search form, each with the id of its manual."""

    vocabulary: Vocabulary
    titles: tuple[tuple[int, str], ...]

    def count_titles(self, phrase: str, manual: int | None) -> int:
        """How many sections (of one manual, if given) have the phrase in their title."""
        number = 0
        for manual_id, title in self.titles:
            if phrase in title and manual in (None, manual_id):
                number += 1
        return number


_loaded: dict[tuple[int, str], EditionWords] = {}
_loading = Lock()


def load_words(edition: Edition) -> EditionWords:
    """Two queries when this process asks for the first time, none later."""
    key = (edition.pk, index_name())
    known = _loaded.get(key)
    if known is not None:
        return known
    counted = EditionWord.objects.filter(edition=edition, tokenizer=index_name())
    frequencies = Counter(dict(counted.values_list("word", "clauses")))
    titles = []
    sections = edition.entries.filter(kind="section")
    for manual_id, title in sections.values_list("manual_id", "title"):
        titles.append((manual_id, search_form(title)))
        frequencies.update(set(search_words(title)))
    for word, number in list(frequencies.items()):
        for part in set(_parts_of_compound(word)):
            frequencies[part] += number
    loaded = EditionWords(Vocabulary(frequencies), tuple(titles))
    if loaded.vocabulary:  # an edition without words may be indexed later
        with _loading:
            if len(_loaded) >= MOST_EDITIONS:
                _loaded.pop(next(iter(_loaded)))
            _loaded[key] = loaded
    return loaded


def _parts_of_compound(word: str) -> Iterator[str]:
    """The words a compound is made of: งาน and สารบรรณ of งานสารบรรณ; การ, เกษียณอายุ, เกษียณ and
    อายุ of การเกษียณอายุ. Nothing of a simple word."""
    for end in cluster_ends(word):
        first = word[:end]
        second = word[end:]
        if len(first) < 2 or len(second) < 2:
            continue
        if words.is_word(first) and words.is_word(second):
            yield first
            yield second
            yield from _parts_of_compound(second)
