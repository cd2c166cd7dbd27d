"""Finding clauses of an edition: exact phrases first, then words ranked. Digits, marks and case do not matter."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from hearing_portal.thai import words
from hearing_portal.thai.text import search_form

from ..models import BlobIndex, Edition, EditionEntry, Manual
from .search_query import SearchQuery

MOST_HITS = 300  # clauses that are ranked and can be paged through, of each kind
MOST_FOR_WORD = 150  # candidates that one word brings; a word with as many says little
PAGE = 20


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Entry ids in their order: those with the exact phrase as they stand in the book, then those with its words,
    the best first."""

    query: SearchQuery
    edition: Edition
    phrase: list[int]
    ranked: list[int]

    @property
    def ids(self) -> list[int]:
        return self.phrase + self.ranked

    @property
    def exact_number(self) -> str:
        """How many have the exact phrase, as far as they were counted: 12, or 300+."""
        number = len(self.phrase)
        if number >= MOST_HITS:
            return f"{number}+"
        return str(number)

    @property
    def is_capped(self) -> bool:
        longer = max(len(self.phrase), len(self.ranked))
        return longer >= MOST_HITS

    def page(self, number: int) -> list[int]:
        """The ids of a page of PAGE, from 1."""
        end = number * PAGE
        return self.ids[end - PAGE : end]


def find_hits(query: SearchQuery, edition: Edition, manual: Manual | None = None) -> SearchResult:
    """The clauses of a sealed edition (of one manual, if given). One query for a word, up to three for more."""
    if not query:
        return SearchResult(query, edition, [], [])
    scope: dict[str, _Value] = {
        "edition": edition.pk,
        "manual": None,
        "tokenizer": words.TOKENIZER,
    }
    if manual is not None:
        scope["manual"] = manual.pk
    phrase_values = {
        **scope,
        "phrase": _like_pattern(query.phrase),
        "most": MOST_HITS,
    }
    with_phrase = _fetch_ids(PHRASE, phrase_values)
    # Each further query costs more: it is asked only when those before it left the list short
    ranked: list[int] = []
    if len(with_phrase) < MOST_HITS and not query.is_one_word:
        ranked = _without(with_phrase, _find_all_words(query, scope))
        if len(with_phrase) + len(ranked) < PAGE:
            with_some = _find_some_words(query, scope)
            ranked += _without([*with_phrase, *ranked], with_some)
    return SearchResult(query, edition, with_phrase, ranked)


def find_titles(query: SearchQuery, edition: Edition, manual: Manual | None = None) -> list[EditionEntry]:
    """Entries of processes and units whose title or document code has the phrase or all its words, at most PAGE, in
    the order of the book. One query: an edition has some hundred sections."""
    if not query:
        return []
    sections = edition.entries.filter(kind="section").select_related("edition", "manual__work_group")
    if manual is not None:
        sections = sections.filter(manual=manual)
    found = []
    for section in sections.order_by("ordinal"):
        doc_code = section.data.get("doc_code", "")
        text = search_form(f"{section.title} {doc_code}")
        if query.phrase in text or all(term in text for term in query.terms):
            found.append(section)
    return found[:PAGE]


def is_indexed(edition: Edition) -> bool:
    """Whether the edition was indexed at all: what to say when nothing is found."""
    blobs = edition.entries.filter(kind="clause").values("blob")
    return BlobIndex.objects.filter(blob__in=blobs, tokenizer=words.TOKENIZER).exists()


# --- the statements

type _Value = int | str | list[str] | None

# The index knows wordings (blobs); an edition's entries say which of them stand in it, and where. One wording may
# stand in several clauses: each is a hit.
SCOPED = """
    manuals_blobindex i
    JOIN manuals_editionentry e ON e.blob_id = i.blob_id AND e.edition_id = %(edition)s
         AND (%(manual)s::bigint IS NULL OR e.manual_id = %(manual)s)
"""
# Served by the trigram index on search_text
PHRASE = f"""
    SELECT e.id FROM {SCOPED} WHERE i.tokenizer = %(tokenizer)s AND i.search_text LIKE %(phrase)s
    ORDER BY e.ordinal LIMIT %(most)s
"""
# A UNION rather than OR, so that each half is served by its own index: tsv for the words, trigrams for what was typed
# apart (a part may be half a word, or two). The shorter a clause, the more of it is what was looked for.
ALL_WORDS = f"""
    SELECT id FROM (
        -- all words, wherever in the clause
        (SELECT e.id, e.ordinal, length(i.search_text) AS length FROM {SCOPED}
         WHERE i.tokenizer = %(tokenizer)s AND i.tsv @@ %(words)s::tsquery LIMIT %(most)s)
        UNION
        -- all parts, letter by letter
        (SELECT e.id, e.ordinal, length(i.search_text) FROM {SCOPED}
         WHERE i.tokenizer = %(tokenizer)s AND {{has_parts}} LIMIT %(most)s)
    ) AS candidate ORDER BY length, ordinal LIMIT %(most)s
"""
# Each word brings at most most_for_word clauses, and is worth the less the more it brings (as an inverse document
# frequency; 1.5 keeps the logarithm above 0 where it brings one). A clause gets the points of its words.
SOME_WORDS = f"""
    WITH of_word AS MATERIALIZED (
        -- each word with the clauses it brings
        SELECT word, hit.* FROM unnest(%(words)s::text[]) AS word CROSS JOIN LATERAL (
            SELECT e.id, e.ordinal FROM {SCOPED}
            WHERE i.tokenizer = %(tokenizer)s AND i.tsv @@ word::tsquery LIMIT %(most_for_word)s
        ) hit
    ), worth AS MATERIALIZED (
        -- what a clause gets for having the word
        SELECT word, 1 / ln(1.5 + count(*)) AS points FROM of_word GROUP BY word
    )
    SELECT id FROM of_word JOIN worth USING (word)
    GROUP BY id, ordinal ORDER BY sum(points) DESC, ordinal LIMIT %(most)s
"""


def _find_all_words(query: SearchQuery, scope: Mapping[str, _Value]) -> list[int]:
    """Those with all words, or with all parts that were typed apart; the shorter clause first."""
    lexemes = [_lexeme(word) for word in query.words]
    values = {
        **scope,
        "words": " & ".join(lexemes),
        "most": MOST_HITS,
    }
    conditions = []
    for number, term in enumerate(query.terms):
        values[f"term{number}"] = _like_pattern(term)
        conditions.append(f"i.search_text LIKE %(term{number})s")
    has_parts = " AND ".join(conditions)
    if len(conditions) < 2:
        has_parts = "FALSE"  # one part is the phrase itself, which was looked for already
    return _fetch_ids(ALL_WORDS.format(has_parts=has_parts), values)


def _find_some_words(query: SearchQuery, scope: Mapping[str, _Value]) -> list[int]:
    """Those with some of the words, the best first. A word found in fewer clauses is worth more."""
    values = {
        **scope,
        "words": [_lexeme(word) for word in query.words],
        "most_for_word": MOST_FOR_WORD,
        "most": MOST_HITS,
    }
    return _fetch_ids(SOME_WORDS, values)


def _fetch_ids(statement: str, values: Mapping[str, _Value]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [pk for (pk,) in cursor.fetchall()]


def _without(known: list[int], ids: list[int]) -> list[int]:
    """`ids` in their order, without those that are known."""
    known_ids = set(known)
    return [pk for pk in ids if pk not in known_ids]


def _like_pattern(text: str) -> str:
    """Texts that have `text` in them, its own % and _ taken as they are."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _lexeme(word: str) -> str:
    """A word as a tsquery takes it, whatever signs are in it."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
