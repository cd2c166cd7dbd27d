"""What somebody meant who spelt it otherwise than the edition does: words of the edition that are spelt nearly so.

What is spelt well is left alone: whatever stands in the edition, and a word of the dictionary, unless the edition has
one of the same sound. What stands in the edition is misspelt there too where it is no word and a word of the dictionary
that is spelt nearly so stands there more often. A correction counts only when the edition really
has it, with all that was typed around it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hearing_portal.thai import words
from hearing_portal.thai.likelihood import RUN
from hearing_portal.thai.script import order_marks
from hearing_portal.thai.spelling import Candidate, Vocabulary
from hearing_portal.thai.text import search_form

from ..models import Edition, Manual
from .queries import count_phrases
from .search_query import SearchQuery
from .vocabulary import EditionWords, load_words

MOST_TERMS = 3  # parts between spaces that are looked into
MOST_TOKENS = 24  # of a part; a longer one is a sentence that was pasted
LONGEST_SPAN = 4  # tokens that may be pieces of one misspelt word
# Letters of a word that may be misspelt although its pieces are words
SHORTEST_OF_SPLINTERS = 8
SHORTEST_STRANGE = 4  # letters of what is no word and stands in the edition
MOST_TRIED = 12  # corrections that are looked for in the edition


@dataclass(frozen=True)
class _Term:
    """A part of what was typed, between spaces, in tokens."""

    tokens: tuple[str, ...]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        return tuple(search_form(token) for token in self.tokens)

    @property
    def text(self) -> str:
        return "".join(self.tokens)

    @property
    def form(self) -> str:
        return search_form(self.text)

    def unknown_to(self, vocabulary: Vocabulary) -> list[int]:
        """The tokens that no text of the edition has."""
        return [
            position
            for position, form in enumerate(self.forms)
            if form and form not in vocabulary
        ]

    @property
    def strange(self) -> list[int]:
        """The tokens of Thai letters that are no words."""
        return [
            position
            for position, token in enumerate(self.tokens)
            if len(token) >= SHORTEST_STRANGE
            and RUN.fullmatch(token)
            and not words.is_word(token)
        ]


@dataclass(frozen=True, slots=True)
class _Correction:
    """A term with one word of it put otherwise."""

    text: str
    distance: float
    frequency: int

    @property
    def form(self) -> str:
        return search_form(self.text)


def find_meant(
    query: SearchQuery, edition: Edition, manual: Manual | None = None
) -> str:
    """What was meant where what was typed stands nowhere, as it is spelt; empty when nothing is near, or nothing is
    wrong. One query, and two more when the process looks into the edition for the first time."""
    vocabulary = load_words(edition).vocabulary
    corrections: dict[int, list[_Correction]] = {}
    terms = _terms_of(query)
    for position, term in enumerate(terms):
        if vocabulary and len(corrections) < MOST_TERMS:
            found = _correct(term, vocabulary, term.unknown_to(vocabulary))
            if found:
                corrections[position] = found
    return _choose(terms, corrections, edition, manual)


def find_better_spelling(
    query: SearchQuery, edition: Edition, manual: Manual | None = None
) -> str:
    """What was meant where what was typed does stand in the edition, misspelt as it is; empty where it is made of
    words. No query then."""
    terms = _terms_of(query)
    corrections: dict[int, list[_Correction]] = {}
    for position, term in enumerate(terms):
        strange = term.strange
        if strange and len(corrections) < MOST_TERMS:
            found = _correct(term, load_words(edition).vocabulary, strange)
            good = [each for each in found if _is_made_of_words(each.text)]
            if good:
                corrections[position] = good
    return _choose(terms, corrections, edition, manual)


def _terms_of(query: SearchQuery) -> list[_Term]:
    ordered, _ = order_marks(query.typed)
    return [_Term(tuple(words.tokenize(part))) for part in ordered.split()]


def _is_made_of_words(text: str) -> bool:
    return not _Term(tuple(words.tokenize(text))).strange


def _choose(
    terms: Sequence[_Term],
    corrections: Mapping[int, list[_Correction]],
    edition: Edition,
    manual: Manual | None,
) -> str:
    """All that was typed with the nearest corrections that the edition has, each more often than what was typed."""
    if not corrections:
        return ""

    most_of_term = MOST_TRIED // len(corrections)
    forms = []
    for position, found in corrections.items():
        del found[most_of_term:]
        forms.append(terms[position].form)
        forms += [correction.form for correction in found]
    texts_with = _count_texts(forms, load_words(edition), edition, manual)
    is_corrected = False
    meant = [term.text for term in terms]
    for position, found in corrections.items():
        as_typed = texts_with[terms[position].form]
        standing = [each for each in found if texts_with[each.form] > as_typed]
        if standing:
            best = min(
                standing,
                key=lambda correction: (
                    correction.distance,
                    -texts_with[correction.form],
                ),
            )
            meant[position] = best.text
            is_corrected = True
    if not is_corrected:
        return ""
    return " ".join(meant)


def _count_texts(
    forms: Sequence[str],
    edition_words: EditionWords,
    edition: Edition,
    manual: Manual | None,
) -> dict[str, int]:
    """{form of what was typed, or may have been meant: how many clauses and titles have it}. One query."""
    in_clauses = count_phrases(forms, edition, manual)
    manual_id = None
    if manual is not None:
        manual_id = manual.pk
    texts_with = {}
    for form in forms:
        in_titles = edition_words.count_titles(form, manual_id)
        texts_with[form] = in_clauses.get(form, 0) + in_titles
    return texts_with


def _correct(
    term: _Term, vocabulary: Vocabulary, unknown: Sequence[int]
) -> list[_Correction]:
    """What the term may be with one word put otherwise, the nearest first. `unknown`: its tokens that are wrong."""
    if len(term.tokens) > MOST_TOKENS:
        return []
    if len(term.tokens) == 1 and not unknown:
        return []

    best: dict[str, _Correction] = {}
    for start, end in _spans(term, unknown):
        typed = "".join(term.forms[start:end])
        before = "".join(term.tokens[:start])
        behind = "".join(term.tokens[end:])
        is_one_token = end - start == 1
        for candidate in _candidates(
            typed, term, unknown, vocabulary, is_one_token=is_one_token
        ):
            text = f"{before}{_as_spelt(candidate.word)}{behind}"
            correction = _Correction(text, candidate.distance, candidate.frequency)
            known = best.get(correction.form)
            if known is None or correction.distance < known.distance:
                best[correction.form] = correction
    best.pop(term.form, None)
    return sorted(
        best.values(), key=lambda each: (each.distance, -each.frequency, each.text)
    )


def _spans(term: _Term, unknown: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of tokens that may be one misspelt word: with a token in them that the edition does not know, if any is
    unknown. A number is never misspelt."""
    count = len(term.tokens)
    for start in range(count):
        furthest = min(start + LONGEST_SPAN, count)
        for end in range(start + 1, furthest + 1):
            added = term.forms[end - 1]
            has_letter = any(letter.isalpha() for letter in added)
            has_digit = any(letter.isdigit() for letter in added)
            if has_digit or not has_letter:
                break
            has_unknown = any(start <= position < end for position in unknown)
            if has_unknown or not unknown:
                yield start, end


def _candidates(
    typed: str,
    term: _Term,
    unknown: Sequence[int],
    vocabulary: Vocabulary,
    *,
    is_one_token: bool,
) -> list[Candidate]:
    """The more of what was typed are words, the less is put otherwise. Of a misspelt long word the splitting makes
    short words (บุคคลากร: บุ คค ลา กร), which say little."""
    may_be_splinters = not is_one_token and len(typed) >= SHORTEST_OF_SPLINTERS
    if may_be_splinters:
        return vocabulary.near(typed)
    # A good word that the edition does not have may be taken for one that sounds the same (เกษียน, เกษียณ)
    is_one_good_word = len(term.tokens) == 1 and words.is_word(term.text)
    if not unknown or is_one_good_word:
        return vocabulary.sounding_like(typed)
    are_words = all(words.is_word(term.tokens[position]) for position in unknown)
    return vocabulary.near(typed, only_slight=are_words)


def _as_spelt(word: str) -> str:
    """A word in search form, as the dictionary spells it: the form has ฎ for ฏ too."""
    spelt = word.replace("ฎ", "ฏ")
    if spelt != word and not words.is_word(word) and words.is_word(spelt):
        return spelt
    return word
