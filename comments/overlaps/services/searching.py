"""The similarity search over the working drafts of all groups. It proposes pairs of clauses; people decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from manuals.models import BlobIndex, Clause, Section, TextBlob
from manuals.searching.search_query import index_name
from manuals.searching.services import index_wordings

from ...models import SearchedClause, SimilarPair
from ..similarity import Alike, find_alike

BATCH = 2000
# What groups do and by which forms: not why (part 2), with which words (4) or by which law (8)
TELLING_PARTS = (0, 5, 7, 9)
TELLING_SECTIONS = (Section.Kind.MISSION, Section.Kind.UNIT, Section.Kind.PROCESS)
# Different words of a wording that says enough to be compared; the name of a form is short
FEWEST_WORDS = 7
FEWEST_WORDS_OF_FORM = 3
# A wording that stands in so many places is a phrase of all manuals, and no task that two of them claim
MOST_PLACES = 12
# Held while one search runs: a second one, of another worker, has nothing to do
SEARCH_LOCK = 2565_0114


@dataclass(frozen=True, slots=True)
class StandingClause:
    """A clause of the working draft that says what a group does; `order` is its group's place in the book."""

    key: int
    sha: str
    kind: str
    manual: int
    order: tuple[int, str]

    @property
    def fewest_words(self) -> int:
        is_form = self.kind == Clause.Kind.FORM
        return FEWEST_WORDS_OF_FORM if is_form else FEWEST_WORDS


def search_similar_clauses() -> int:
    """Compares the clauses that changed since the last search with all others, and keeps what is alike; returns how
    many pairs were found. Three queries when nothing changed. Run again it finds the same."""
    with transaction.atomic():
        if not _take_turn() or not has_news():
            return 0
        standing = load_standing_clauses()
        compared = {
            clause: (sha, manual)
            for clause, sha, manual in SearchedClause.objects.values_list(
                "clause", "blob", "manual"
            )
        }
        changed = set()
        for clause in standing.values():
            if compared.get(clause.key) != (clause.sha, clause.manual):
                changed.add(clause.key)
        gone = compared.keys() - standing.keys()
        # What was found of other words, or at another place, holds no longer
        _forget(changed | gone)
        words = _load_words(standing)
        places = {key: standing[key].manual for key in words}
        found = list(find_alike(words, places=places, changed=changed))
        _keep(standing, found)
        SearchedClause.objects.bulk_create(
            [
                SearchedClause(
                    clause_id=key,
                    blob_id=standing[key].sha,
                    manual_id=standing[key].manual,
                )
                for key in sorted(changed)
            ],
            batch_size=BATCH,
        )
    return len(found)


def _take_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEARCH_LOCK])
        return bool(cursor.fetchone()[0])


def telling_clauses() -> QuerySet[Clause]:
    """Those of the working draft that say what a group does."""
    return (
        Clause.objects.live()
        .filter(
            section__retired__isnull=True,
            section__kind__in=TELLING_SECTIONS,
            section__manual__work_group__isnull=False,
            part__in=TELLING_PARTS,
        )
        .order_by()
    )


def has_news() -> bool:
    """Whether a clause came, went or says something else since the last search. Two queries."""
    as_compared = SearchedClause.objects.filter(
        clause=OuterRef("pk"), blob=OuterRef("sha"), manual=OuterRef("section__manual")
    )
    if telling_clauses().filter(~Exists(as_compared)).exists():
        return True
    standing = telling_clauses().filter(pk=OuterRef("clause"))
    return SearchedClause.objects.filter(~Exists(standing)).exists()


def load_standing_clauses() -> dict[int, StandingClause]:
    """{id: the clause}. One query."""
    standing = {}
    for key, sha, kind, manual, order, manual_key in telling_clauses().values_list(
        "pk",
        "sha",
        "kind",
        "section__manual",
        "section__manual__work_group__order",
        "section__manual__key",
    ):
        standing[key] = StandingClause(key, sha, kind, manual, (order, manual_key))
    return standing


def _load_words(standing: Mapping[int, StandingClause]) -> dict[int, frozenset[str]]:
    """{clause: its words}, of those that say enough and are no phrase of all manuals."""
    index_wordings(TextBlob.objects.filter(pk__in=_shas_of(standing.values())))
    tokens_of = {}
    shas = sorted(_shas_of(standing.values()))
    for start in range(0, len(shas), BATCH):
        rows = BlobIndex.objects.filter(
            tokenizer=index_name(), blob__in=shas[start : start + BATCH]
        )
        for sha, tokens in rows.values_list("blob", "tokens"):
            tokens_of[sha] = frozenset(tokens.split())
    places: dict[frozenset[str], int] = {}
    for clause in standing.values():
        own = tokens_of[clause.sha]
        places[own] = places.get(own, 0) + 1
    words = {}
    for clause in standing.values():
        own = tokens_of[clause.sha]
        if len(own) >= clause.fewest_words and places[own] <= MOST_PLACES:
            words[clause.key] = own
    return words


def _shas_of(clauses: Iterable[StandingClause]) -> set[str]:
    return {clause.sha for clause in clauses}


def _forget(keys: set[int]) -> None:
    SearchedClause.objects.filter(clause__in=keys).delete()
    SimilarPair.objects.filter(clause_a__in=keys).delete()
    SimilarPair.objects.filter(clause_b__in=keys).delete()


def _keep(standing: Mapping[int, StandingClause], found: Iterable[Alike]) -> None:
    pairs = []
    for alike in found:
        first = standing[alike.first]
        second = standing[alike.second]
        if second.order < first.order:
            first, second = second, first
        pairs.append(
            SimilarPair(
                clause_a_id=first.key,
                clause_b_id=second.key,
                blob_a_id=first.sha,
                blob_b_id=second.sha,
                percent=round(alike.likeness * 100),
            )
        )
    pairs.sort(key=lambda pair: (-pair.percent, pair.clause_a_id, pair.clause_b_id))
    SimilarPair.objects.bulk_create(pairs, batch_size=BATCH)
