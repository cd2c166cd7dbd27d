"""Finding clauses of an edition: exact phrases first, then words ranked. Digits, marks and case do not matter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection

from hearing_portal.thai import words
from hearing_portal.thai.markup import OBJECT_MARKER
from hearing_portal.thai.script import clusters, order_marks
from hearing_portal.thai.text import search_form

from ..models import BlobIndex, Edition, EditionEntry, Manual
from ..queries import entry_view
from ..reading.presentation import SectionPages, anchor_of, clause_name, page_in_edition

LONGEST_QUERY = 200  # code points
LONGEST_WORD = 100  # code points; PostgreSQL takes lexemes of at most 2,046 bytes
MOST_WORDS = 12
MOST_HITS = 300  # clauses that are ranked and can be paged through, of each kind
MOST_FOR_WORD = 150  # candidates that one word brings; a word with as many says little
PAGE = 20
EXCERPT = 260  # code points of a clause that are shown


def search_words(text: str) -> Iterator[str]:
    """The words of `text` in the form they are looked for, without spaces and signs.

    Words are found in the text as it stands and formed afterwards: the dictionary knows ปฏิบัติ, not ปฎิบัติ.
    """
    for token in words.tokenize(text):
        if word := _word(token):
            yield word


@lru_cache(maxsize=20_000)
def _word(token: str) -> str:
    """A token in search form; nothing for spaces and signs."""
    word = search_form(token[:LONGEST_WORD]).replace(" ", "")
    return word if any(letter.isalnum() for letter in word) else ""


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. `phrase` and `terms` (its parts between spaces) are in search form."""

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
    def needles(self) -> tuple[str, ...]:
        """What is marked in a hit, the longest first. Where the phrase stands nothing else is marked."""
        parts = dict.fromkeys((self.phrase, *self.terms, *self.words))
        return tuple(sorted(parts, key=len, reverse=True))


def read_query(typed: str) -> Query:
    """Any text as a query: cut to LONGEST_QUERY, NUL left out. Without a letter or digit in it, empty."""
    text = typed.replace("\x00", "")[:LONGEST_QUERY]
    phrase = search_form(text)
    if not any(letter.isalnum() for letter in phrase):
        return Query(typed[:LONGEST_QUERY])
    found = tuple(dict.fromkeys(search_words(_settled(text))))[:MOST_WORDS]
    terms = tuple(dict.fromkeys(term for term in phrase.split(" ") if any(map(str.isalnum, term))))
    return Query(text, phrase, terms[:MOST_WORDS], found, len(typed) > LONGEST_QUERY)


def _settled(text: str) -> str:
    """The query with its marks in the stored order, so that the dictionary knows its words."""
    ordered, _ = order_marks(text)
    return ordered


@dataclass(frozen=True, slots=True)
class Title:
    """A section whose title or document code has the phrase, in the order of the book."""

    title: str
    group: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found. `pieces` is the text around the first match, each piece with whether it matched."""

    entry: EditionEntry
    section_title: str
    pieces: list[tuple[str, bool]]
    is_exact: bool
    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """Entry ids in their order: those with the exact phrase as they stand in the book, then those with its words,
    the best first."""

    query: Query
    edition: Edition
    phrase: list[int]
    ranked: list[int]
    pages: SectionPages = page_in_edition

    @property
    def ids(self) -> list[int]:
        return self.phrase + self.ranked

    @property
    def is_capped(self) -> bool:
        return max(len(self.phrase), len(self.ranked)) >= MOST_HITS

    def page(self, number: int) -> list[Hit]:
        """The hits of a page of PAGE, from 1. Two queries."""
        wanted = self.ids[(number - 1) * PAGE : number * PAGE]
        rows = self.edition.entries.filter(pk__in=wanted).select_related("blob", "manual__work_group")
        entries = rows.in_bulk()
        sections = {entry.section_id for entry in entries.values()}
        rows = self.edition.entries.filter(kind="section", section__in=sections).select_related("edition", "manual")
        heads = {row.section_id: row for row in rows}
        exact = set(self.phrase)
        return [self._hit(entries[pk], heads[entries[pk].section_id], pk in exact) for pk in wanted]

    def _hit(self, entry: EditionEntry, head: EditionEntry, is_exact: bool) -> Hit:
        return Hit(
            entry=entry,
            section_title=head.title,
            pieces=excerpt(entry.blob.plain, self.query.needles),
            is_exact=is_exact,
            url=f"{self.pages(head)}#{anchor_of(entry.uuid)}",
            name=clause_name(entry_view(entry)),
        )


def find_hits(
    query: Query, edition: Edition, manual: Manual | None = None, pages: SectionPages = page_in_edition
) -> Found:
    """The clauses of a sealed edition (of one manual, if given), read at `pages`. One query for a word, up to three
    for more."""
    if not query:
        return Found(query, edition, [], [])
    scope = {"edition": edition.pk, "manual": manual.pk if manual else None, "tokenizer": words.TOKENIZER}
    phrase = _ids(PHRASE, scope | {"phrase": f"%{_like(query.phrase)}%", "most": MOST_HITS})
    found = dict.fromkeys(phrase)
    if len(found) < MOST_HITS and not query.is_one_word:
        found |= dict.fromkeys(_with_all_words(query, scope))
        if len(found) < PAGE:
            found |= dict.fromkeys(_with_some_words(query, scope))
    return Found(query, edition, phrase, list(found)[len(phrase) :], pages)


def _with_all_words(query: Query, scope: dict[str, object]) -> list[int]:
    """Those with all words, or with all parts that were typed apart; the shorter clause first."""
    parts = {f"term{number}": f"%{_like(term)}%" for number, term in enumerate(query.terms)}
    has_parts = " AND ".join(f"i.search_text LIKE %({name})s" for name in parts)
    # One part is the phrase itself, which was looked for already
    statement = ALL_WORDS.format(has_parts=has_parts if len(parts) > 1 else "FALSE")
    all_words = " & ".join(map(_lexeme, query.words))
    return _ids(statement, scope | parts | {"words": all_words, "most": MOST_HITS})


def _with_some_words(query: Query, scope: dict[str, object]) -> list[int]:
    """Those with some of the words, the best first. A word found in fewer clauses is worth more."""
    lexemes = [_lexeme(word) for word in query.words]
    return _ids(SOME_WORDS, scope | {"words": lexemes, "most_for_word": MOST_FOR_WORD, "most": MOST_HITS})


def find_titles(
    query: Query, edition: Edition, manual: Manual | None = None, pages: SectionPages = page_in_edition
) -> list[Title]:
    """Processes and units whose title or document code has the phrase or all its words. One query."""
    if not query:
        return []
    rows = edition.entries.filter(kind="section").select_related("edition", "manual__work_group").order_by("ordinal")
    if manual is not None:
        rows = rows.filter(manual=manual)
    found = []
    for row in rows:
        text = search_form(f"{row.title} {row.data.get('doc_code', '')}")
        if query.phrase in text or all(term in text for term in query.terms):
            group = row.manual.work_group
            name = group.name if group else row.manual.title
            found.append(Title(row.title, name, row.data.get("kind", ""), pages(row)))
    return found[:PAGE]


def is_indexed(edition: Edition) -> bool:
    """Whether the edition was indexed at all: what to say when nothing is found."""
    blobs = edition.entries.filter(kind="clause").values("blob")
    return BlobIndex.objects.filter(blob__in=blobs, tokenizer=words.TOKENIZER).exists()


SCOPED = """
    manuals_blobindex i
    JOIN manuals_editionentry e ON e.blob_id = i.blob_id AND e.edition_id = %(edition)s
         AND (%(manual)s::bigint IS NULL OR e.manual_id = %(manual)s)
"""
PHRASE = f"""
    SELECT e.id FROM {SCOPED} WHERE i.tokenizer = %(tokenizer)s AND i.search_text LIKE %(phrase)s
    ORDER BY e.ordinal LIMIT %(most)s
"""
ALL_WORDS = f"""
    SELECT id FROM (
        (SELECT e.id, e.ordinal, length(i.search_text) AS length FROM {SCOPED}
         WHERE i.tokenizer = %(tokenizer)s AND i.tsv @@ %(words)s::tsquery LIMIT %(most)s)
        UNION
        (SELECT e.id, e.ordinal, length(i.search_text) FROM {SCOPED}
         WHERE i.tokenizer = %(tokenizer)s AND {{has_parts}} LIMIT %(most)s)
    ) AS candidate ORDER BY length, ordinal LIMIT %(most)s
"""
SOME_WORDS = f"""
    WITH of_word AS MATERIALIZED (
        SELECT word, hit.* FROM unnest(%(words)s::text[]) AS word CROSS JOIN LATERAL (
            SELECT e.id, e.ordinal FROM {SCOPED}
            WHERE i.tokenizer = %(tokenizer)s AND i.tsv @@ word::tsquery LIMIT %(most_for_word)s
        ) hit
    ), worth AS MATERIALIZED (
        SELECT word, 1 / ln(1.5 + count(*)) AS points FROM of_word GROUP BY word
    )
    SELECT id FROM of_word JOIN worth USING (word)
    GROUP BY id, ordinal ORDER BY sum(points) DESC, ordinal LIMIT %(most)s
"""


def _ids(statement: str, values: dict[str, object]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def excerpt(text: str, needles: Sequence[str]) -> list[tuple[str, bool]]:
    """Up to EXCERPT code points of `text` around its first match, in pieces: (text, whether it matched).

    Pieces begin and end between Thai characters, never inside one; joined they are a stretch of the original.
    """
    pieces = marked(text, needles)
    before = 0
    for piece, is_match in pieces:
        if is_match:
            break
        before += len(piece)
    if len(text) <= EXCERPT or before == len(text):
        start = 0
    else:
        start = max(0, min(before - EXCERPT // 4, len(text) - EXCERPT))
    return _cut(pieces, start, start + EXCERPT)


def _cut(pieces: list[tuple[str, bool]], start: int, end: int) -> list[tuple[str, bool]]:
    """The stretch [start, end), widened to whole characters, with … where something is left out."""
    at, kept = 0, []
    for piece, is_match in pieces:
        inside = ""
        for cluster in clusters(piece):
            if at + len(cluster) > start and at < end:
                inside += cluster
            at += len(cluster)
        if inside:
            kept.append((inside, is_match))
    if start > 0:
        kept.insert(0, ("…", False))
    if end < at:
        kept.append(("…", False))
    return kept


def marked(text: str, needles: Sequence[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is one of the needles (in search form, tried in the order given).

    The search form of each character is made on its own and keeps its place, so that a match in the form leads
    back to whole characters of the original.
    """
    original = clusters(text)
    form, places = _form_with_places(original)
    hit = [False] * len(original)
    for needle in needles:
        if _mark(form, places, hit, needle) and needle == needles[0]:
            break
    pieces: list[tuple[str, bool]] = []
    for cluster, is_hit in zip(original, hit, strict=True):
        if pieces and pieces[-1][1] == is_hit:
            pieces[-1] = (pieces[-1][0] + cluster, is_hit)
        else:
            pieces.append((cluster, is_hit))
    return pieces


def _form_with_places(original: Sequence[str]) -> tuple[str, list[int]]:
    """The search form, and for each of its code points the index of the character it came from."""
    form: list[str] = []
    places: list[int] = []
    for index, cluster in enumerate(original):
        blank = cluster[0].isspace() or cluster == OBJECT_MARKER
        part = " " if blank and form and form[-1] != " " else ""
        part += _cluster_form(cluster[1:] if blank else cluster)
        form.extend(part)
        places.extend([index] * len(part))
    return "".join(form), places


_cluster_form = lru_cache(maxsize=20_000)(search_form)


def _mark(form: str, places: list[int], hit: list[bool], needle: str) -> bool:
    at, found = form.find(needle), False
    while needle and at >= 0:
        found = True
        for index in range(places[at], places[at + len(needle) - 1] + 1):
            hit[index] = True
        at = form.find(needle, at + len(needle))
    return found
