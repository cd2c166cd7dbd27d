"""The search index of wordings: made after freezing, never inside the request that stores a text."""

from django.db import connection
from django.db.models import Exists, OuterRef

from hearing_portal.thai import words
from hearing_portal.thai.text import search_form

from ..models import BlobIndex, Edition, TextBlob
from .queries import search_words

BATCH = 1000
ADD = """
    INSERT INTO manuals_blobindex (blob_id, tokenizer, tokens, search_text, tsv)
    VALUES (%s, %s, %s, %s, array_to_tsvector(%s)) ON CONFLICT (blob_id, tokenizer) DO NOTHING
"""


def index_edition(edition: Edition) -> int:
    """Index the wordings of an edition that have no index of today's tokeniser; returns how many were added.

    Can be run again at any time; one that was interrupted goes on where it stopped.
    """
    tokenizer = words.TOKENIZER
    indexed = BlobIndex.objects.filter(blob=OuterRef("pk"), tokenizer=tokenizer)
    wanted = TextBlob.objects.filter(~Exists(indexed), pk__in=edition.entries.filter(kind="clause").values("blob"))
    waiting = list(wanted.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(waiting), BATCH):
        texts = TextBlob.objects.filter(pk__in=waiting[start : start + BATCH]).values_list("pk", "plain")
        with connection.cursor() as cursor:
            cursor.executemany(ADD, [_row(sha, tokenizer, plain) for sha, plain in texts])
    return len(waiting)


def _row(sha: str, tokenizer: str, plain: str) -> tuple[str, str, str, str, list[str]]:
    found = list(search_words(plain))
    return sha, tokenizer, " ".join(found), search_form(plain), list(dict.fromkeys(found))
