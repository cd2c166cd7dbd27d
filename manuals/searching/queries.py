"""Finding clauses of an edition: exact phrases first, then words ranked. Digits, marks and case do not matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hearing_portal.postgres.statements import fetch_written
from hearing_portal.thai.text import search_form

from ..models import BlobIndex, Edition, EditionEntry, Manual
from .clause_number import NumberedQuery, read_clause_number
from .search_query import SearchQuery, index_name

MOST_HITS = 300  # clauses that are ranked and can be paged through, of each kind
MOST_FOR_WORD = 150  # candidates that one word brings; a word with as many says little
MOST_COUNTED = 50  # clauses that are counted to tell a frequent phrase from a rare one
PAGE = 20
MOST_TITLES = 20  # processes and units that are listed above the clauses


class Place(NamedTuple):
    """Where a clause stands. `part` is that of a process; 0 in a chapter, which has none."""

    section_id: int
    part: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Entry ids in their order: those with the number that was typed, those with the exact phrase, both as they stand
    in the book, then those with its words, the best first. `places` has the place of each."""

    query: SearchQuery
    edition: Edition
    phrase: list[int]
    ranked: list[int]
    numbered: list[int] = field(default_factory=list)
    places: Mapping[int, Place] = field(default_factory=dict)

    @property
    def ids(self) -> list[int]:
        return self.numbered + self.phrase + self.ranked

    @property
    def has_exact(self) -> bool:
        return bool(self.numbered or self.phrase)

    @property
    def process_count(self) -> int:
        """In how many processes the clauses stand."""
        found = [self.places[pk] for pk in self.ids]
        processes = {place.section_id for place in found if place.part}
        return len(processes)

    @property
    def chapter_count(self) -> int:
        """In how many chapters, which are no processes."""
        found = [self.places[pk] for pk in self.ids]
        chapters = {place.section_id for place in found if not place.part}
        return len(chapters)

    @property
    def exact_number(self) -> str:
        """How many have the exact phrase, as far as they were counted: 12, or 300+."""
        number = len(self.phrase)
        if number >= MOST_HITS:
            return f"{number}+"
        return str(number)

    @property
    def is_capped(self) -> bool:
        longer = max(len(self.numbered), len(self.phrase), len(self.ranked))
        return longer >= MOST_HITS

    def page(self, number: int) -> list[int]:
        """The ids of a page of PAGE, from 1."""
        end = number * PAGE
        return self.ids[end - PAGE : end]


def find_hits(
    query: SearchQuery, edition: Edition, manual: Manual | None = None
) -> SearchResult:
    """The clauses of a sealed edition (of one manual, if given). One query for a word, up to three for more; one or two
    more for a clause number."""
    exact = find_exact(query, edition, manual)
    return add_ranked(exact, manual)


def find_exact(
    query: SearchQuery, edition: Edition, manual: Manual | None = None
) -> SearchResult:
    """Those with the clause number or the exact phrase. One query; two or three for a clause number."""
    if not query:
        return SearchResult(query, edition, phrase=[], ranked=[])
    scope = _scope(edition, manual)
    places: dict[int, Place] = {}
    numbered: list[int] = []
    clause_number = read_clause_number(query)
    if clause_number is not None:
        numbered = _keep(places, _find_numbered(clause_number, scope, edition, manual))
    phrase_values = {
        **scope,
        "phrase": _like_pattern(query.phrase),
        "most": MOST_HITS,
    }
    with_phrase = _keep(places, fetch_written(PHRASE, phrase_values))
    return SearchResult(
        query,
        edition,
        phrase=_without(numbered, with_phrase),
        ranked=[],
        numbered=numbered,
        places=places,
    )


def add_ranked(exact: SearchResult, manual: Manual | None = None) -> SearchResult:
    """What `find_exact` found, and those with the words, the best first. None to two queries: each costs more, and is
    asked only when those before it left the list short."""
    query = exact.query
    clause_number = read_clause_number(query)
    is_enough = (
        len(exact.phrase) >= MOST_HITS
        or query.is_one_word
        or bool(exact.numbered)
        # A number and nothing else: who asks for a clause that is none wants no others that say "ข้อ"
        or (clause_number is not None and not clause_number.rest)
    )
    if not query or is_enough:
        return exact
    scope = _scope(exact.edition, manual)
    places = dict(exact.places)
    with_all = _keep(places, _find_all_words(query, scope))
    ranked = _without(exact.phrase, with_all)
    if len(exact.phrase) + len(ranked) < PAGE and query.telling_words:
        with_some = _keep(places, _find_some_words(query, scope))
        ranked += _without([*exact.phrase, *ranked], with_some)
    return replace(exact, ranked=ranked, places=places)


def count_phrases(
    phrases: Sequence[str], edition: Edition, manual: Manual | None = None
) -> dict[str, int]:
    """{phrase, in search form: clauses that have it, at most MOST_COUNTED}; without those that none has. One query."""
    if not phrases:
        return {}
    values: dict[str, _Value] = {**_scope(edition, manual), "most": MOST_COUNTED}
    counts = []
    for number, phrase in enumerate(phrases):
        values[f"pattern{number}"] = _like_pattern(phrase)
        counts.append(COUNT_PHRASE.format(number=number))
    counted = fetch_written(" UNION ALL ".join(counts), values)
    number_of = {}
    for place, number in counted:
        if number:
            number_of[phrases[place]] = number
    return number_of


def find_titles(
    query: SearchQuery, edition: Edition, manual: Manual | None = None
) -> list[EditionEntry]:
    """Entries of processes and units whose title or document code has the phrase or all its words, at most MOST_TITLES,
    in the order of the book. One query: an edition has some hundred sections."""
    if not query:
        return []
    sections = edition.entries.filter(kind="section").select_related(
        "edition", "manual__work_group"
    )
    if manual is not None:
        sections = sections.filter(manual=manual)
    found = []
    for section in sections.order_by("ordinal"):
        doc_code = section.data.get("doc_code", "")
        text = search_form(f"{section.title} {doc_code}")
        if query.phrase in text or all(term in text for term in query.terms):
            found.append(section)
    return found[:MOST_TITLES]


def is_indexed(edition: Edition) -> bool:
    """Whether the edition was indexed at all: what to say when nothing is found. One without clauses needs no index."""
    blobs = edition.entries.filter(kind="clause").values("blob")
    if BlobIndex.objects.filter(blob__in=blobs, tokenizer=index_name()).exists():
        return True
    return not blobs.exists()


# --- the statements

type _Value = int | str | list[str] | list[int] | None
type _Hit = tuple[int, int, int]  # entry, section, part

# The index knows wordings (blobs); an edition's entries say which of them stand in it, and where. One wording may
# stand in several clauses: each is a hit.
SCOPED = """
    manuals_blobindex i
    JOIN manuals_editionentry e ON e.blob_id = i.blob_id AND e.edition_id = %(edition)s
         AND (%(manual)s::bigint IS NULL OR e.manual_id = %(manual)s)
"""
# Served by the trigram index on search_text
PHRASE = f"""
    SELECT e.id, e.section_id, e.part FROM {SCOPED}
    WHERE i.tokenizer = %(tokenizer)s AND i.search_text LIKE %(phrase)s
    ORDER BY e.ordinal LIMIT %(most)s
"""
# A UNION rather than OR, so that each half is served by its own index: tsv for the words, trigrams for what was typed
# apart (a part may be half a word, or two). The shorter a clause, the more of it is what was looked for.
ALL_WORDS = f"""
    SELECT id, section_id, part FROM (
        -- all words, wherever in the clause
        (SELECT e.id, e.section_id, e.part, e.ordinal, length(i.search_text) AS length FROM {SCOPED}
         WHERE i.tokenizer = %(tokenizer)s AND i.tsv @@ %(words)s::tsquery LIMIT %(most)s)
        UNION
        -- all parts, letter by letter
        (SELECT e.id, e.section_id, e.part, e.ordinal, length(i.search_text) FROM {SCOPED}
         WHERE i.tokenizer = %(tokenizer)s AND {{has_parts}} LIMIT %(most)s)
    ) AS candidate ORDER BY length, ordinal LIMIT %(most)s
"""
# Each word brings at most most_for_word clauses, and is worth the less the more it brings (as an inverse document
# frequency; 1.5 keeps the logarithm above 0 where it brings one). A clause gets the points of its words.
SOME_WORDS = f"""
    WITH of_word AS MATERIALIZED (
        -- each word with the clauses it brings
        SELECT word, hit.* FROM unnest(%(words)s::text[]) AS word CROSS JOIN LATERAL (
            SELECT e.id, e.section_id, e.part, e.ordinal FROM {SCOPED}
            WHERE i.tokenizer = %(tokenizer)s AND i.tsv @@ word::tsquery LIMIT %(most_for_word)s
        ) hit
    ), worth AS MATERIALIZED (
        -- what a clause gets for having the word
        SELECT word, 1 / ln(1.5 + count(*)) AS points FROM of_word GROUP BY word
    )
    SELECT id, section_id, part FROM of_word JOIN worth USING (word)
    GROUP BY id, section_id, part, ordinal ORDER BY sum(points) DESC, ordinal LIMIT %(most)s
"""
# A clause's number is the last element of its path; the boxes of part 9 have numbers of their own. What was typed
# behind the number stands in the title of the process, or else in the clause
NUMBERED = f"""
    SELECT e.id, e.section_id, e.part FROM {SCOPED}
    WHERE i.tokenizer = %(tokenizer)s AND e.part <> 9 AND e.path LIKE ANY(%(numbers)s)
          AND (e.section_id = ANY(%(titled)s) OR i.search_text LIKE %(rest)s)
    ORDER BY e.section_id = ANY(%(titled)s) DESC, e.ordinal LIMIT %(most)s
"""
# One of these for each phrase, so that the database knows each when it chooses how to find it
COUNT_PHRASE = f"""
    SELECT {{number}} AS place, count(*) FROM (
        SELECT 1 FROM {SCOPED}
        WHERE i.tokenizer = %(tokenizer)s AND i.search_text LIKE %(pattern{{number}})s LIMIT %(most)s
    ) AS hit
"""


def _scope(edition: Edition, manual: Manual | None) -> dict[str, _Value]:
    return {
        "edition": edition.pk,
        "manual": None if manual is None else manual.pk,
        "tokenizer": index_name(),
    }


def _find_numbered(
    clause_number: NumberedQuery,
    scope: Mapping[str, _Value],
    edition: Edition,
    manual: Manual | None,
) -> list[_Hit]:
    """The clauses with this number, of the processes whose title has the rest first. One query, two with a rest."""
    titled = []
    for section in find_titles(clause_number.rest, edition, manual):
        if section.section_id is not None:
            titled.append(section.section_id)
    values = {
        **scope,
        "numbers": [f"%/{number}" for number in clause_number.spellings],
        "titled": titled,
        "rest": _like_pattern(clause_number.rest.phrase),
        "most": MOST_HITS,
    }
    return fetch_written(NUMBERED, values)


def _find_all_words(query: SearchQuery, scope: Mapping[str, _Value]) -> list[_Hit]:
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
        # One part is the phrase itself, which was looked for already
        has_parts = "FALSE"
    return fetch_written(ALL_WORDS.format(has_parts=has_parts), values)


def _find_some_words(query: SearchQuery, scope: Mapping[str, _Value]) -> list[_Hit]:
    """Those with some of the words that tell something, the best first. A word found in fewer clauses is worth more."""
    values = {
        **scope,
        "words": [_lexeme(word) for word in query.telling_words],
        "most_for_word": MOST_FOR_WORD,
        "most": MOST_HITS,
    }
    return fetch_written(SOME_WORDS, values)


def _keep(places: dict[int, Place], hits: Sequence[_Hit]) -> list[int]:
    """The ids of the hits in their order; their places are put down in `places`."""
    ids = []
    for pk, section_id, part in hits:
        places[pk] = Place(section_id, part)
        ids.append(pk)
    return ids


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
