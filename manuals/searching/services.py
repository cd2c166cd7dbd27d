"""The search index of wordings: made after freezing, never inside the request that stores a text."""

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from hearing_portal.thai.text import search_form

from ..models import BlobIndex, Edition, EditionEntry, EditionWord, TextBlob
from .search_query import index_name, search_words

BATCH = 1000
# Two requests may index the same wording at once: the first one stays
ADD_TO_INDEX = """
    INSERT INTO manuals_blobindex (blob_id, tokenizer, tokens, search_text, tsv)
    VALUES (%s, %s, %s, %s, array_to_tsvector(%s)) ON CONFLICT (blob_id, tokenizer) DO NOTHING
"""
# In the order of the words, so that two that count at once never wait for each other
COUNT_WORDS = """
    INSERT INTO manuals_editionword (edition_id, tokenizer, word, clauses)
    SELECT e.edition_id, i.tokenizer, word, count(*)
    FROM manuals_editionentry e
    JOIN manuals_blobindex i ON i.blob_id = e.blob_id AND i.tokenizer = %(tokenizer)s
    CROSS JOIN LATERAL unnest(tsvector_to_array(i.tsv)) AS word
    WHERE e.edition_id = %(edition)s AND length(word) <= 100
    GROUP BY e.edition_id, i.tokenizer, word ORDER BY word
    ON CONFLICT (edition_id, tokenizer, word) DO UPDATE SET clauses = excluded.clauses
"""


def index_edition(edition: Edition) -> int:
    """Index the wordings of an edition that have no index of today's form; returns how many were added.

    Its words are counted too, for who spells them otherwise.

    Can be run again at any time; one that was interrupted goes on where it stopped.
    """
    blobs = edition.entries.filter(kind="clause").values("blob")
    indexed = index_wordings(TextBlob.objects.filter(pk__in=blobs))
    with connection.cursor() as cursor:
        cursor.execute(COUNT_WORDS, {"tokenizer": index_name(), "edition": edition.pk})
    return indexed


def index_wordings(blobs: QuerySet[TextBlob]) -> int:
    """Index those of the wordings that have no index of today's form; returns how many were added."""
    tokenizer = index_name()
    indexed = BlobIndex.objects.filter(
        blob=OuterRef("pk"),
        tokenizer=tokenizer,
    )
    waiting = blobs.filter(~Exists(indexed))
    shas = list(waiting.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(shas), BATCH):
        batch = TextBlob.objects.filter(pk__in=shas[start : start + BATCH])
        rows = []
        for sha, plain in batch.values_list("pk", "plain"):
            tokens = list(search_words(plain))
            rows.append(
                (
                    sha,
                    tokenizer,
                    " ".join(tokens),
                    search_form(plain),
                    list(dict.fromkeys(tokens)),
                )
            )
        with connection.cursor() as cursor:
            cursor.executemany(ADD_TO_INDEX, rows)
    return len(shas)


def index_unindexed() -> None:
    """Index the editions that are found by none of today's words: frozen by a version that split or formed them
    otherwise. One query when there is none."""
    counted = EditionWord.objects.filter(edition=OuterRef("pk"), tokenizer=index_name())
    clauses = EditionEntry.objects.filter(
        edition=OuterRef("pk"), kind=EditionEntry.Kind.CLAUSE
    )
    for edition in (
        Edition.objects.sealed()
        .filter(~Exists(counted), Exists(clauses))
        .order_by("-pk")
    ):
        index_edition(edition)
