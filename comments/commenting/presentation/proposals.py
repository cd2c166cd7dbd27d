"""What a comment proposes, as it is shown."""

from collections.abc import Mapping
from typing import Any

from manuals.content import Content, ContentRefused, content_from_json

from ...models import Amendment, Comment
from ...wording import Redline, redlines


def proposed_redlines(comment: Comment) -> list[Redline]:
    """The proposal that came with the comment as a word diff; empty when it has none (or gave it up).

    From the amendments fetched by `shown_comments`.
    """
    amendments = list(comment.amendments.all())
    if not amendments:
        return []
    amendment = amendments[-1]
    base = amendment.base_blob.as_content if amendment.base_blob is not None else None
    if amendment.op == Amendment.Op.DELETE:
        return redlines(base, None)
    proposed = stored_content(amendment.proposed)
    if proposed is None:
        return []
    if amendment.op == Amendment.Op.REPLACE:
        return redlines(base, proposed)
    return redlines(None, proposed)


def stored_content(proposed: Mapping[str, Any]) -> Content | None:
    """The content of an amendment's `proposed`; None when it was given up, or is none any more."""
    if not proposed:
        return None
    try:
        return content_from_json(proposed)
    except ContentRefused:
        return None
