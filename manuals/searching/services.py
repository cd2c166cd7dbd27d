"""The search index of wordings: made after freezing, never inside the request that stores a text."""

from django.db import connection
from django.db.models import Exists, OuterRef

from hearing_portal.thai import words
from hearing_portal.thai.text import search_form

from ..models import BlobIndex, Edition, TextBlob
from .search_query import search_words

BATCH = 1000
# Two requests may index the same wording at once: the first one stays
ADD_TO_INDEX = """
    INSERT INTO manuals_blobindex (blob_id, tokenizer, tokens, search_text, tsv)
    VALUES (%s, %s, %s, %s, array_to_tsvector(%s)) ON CONFLICT (blob_id, tokenizer) DO NOTHING
"""


def index_edition(edition: Edition) -> int:
    """Index the wordings of an edition that have no index of today's tokeniser; returns how many were added.

    Can be run again at any time; one that was interrupted goes on where it stopped.
    """
    tokenizer = words.TOKENIZER
    indexed = BlobIndex.objects.filter(
        blob=OuterRef("pk"),
        tokenizer=tokenizer,
    )
    blobs = edition.entries.filter(kind="clause").values("blob")
    waiting = TextBlob.objects.filter(~Exists(indexed), pk__in=blobs)
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
