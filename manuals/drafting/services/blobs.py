"""Storing wordings once under their hash."""

import hashlib
from collections.abc import Iterable

from ...content import Content, content_sha, plain_text
from ...models import TextBlob


def store_blobs(contents: Iterable[Content]) -> dict[str, Content]:
    """Store each content that is not stored yet; returns {sha: content}. Equal contents share one row.

    In the order of the hashes: two acts that store the same wordings wait for each other in one direction only.
    """
    by_sha = {content_sha(content): content for content in contents}
    blobs = []
    for sha in sorted(by_sha):
        content = by_sha[sha]
        plain = plain_text(content)
        blob = TextBlob(
            sha=sha,
            content=content.as_json(),
            plain=plain,
            text_sha=hashlib.sha256(plain.encode()).hexdigest(),
        )
        blobs.append(blob)
    TextBlob.objects.bulk_create(blobs, ignore_conflicts=True, batch_size=2000)
    return by_sha
