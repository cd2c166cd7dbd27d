"""What the edits of a comment changed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from hearing_portal.thai.diff import diff_tokens, segments

from ...models import Amendment, Comment
from ...wording import Redline, redlines
from .cards import proposed_content


@dataclass(frozen=True, slots=True)
class Version:
    """What an edit changed, with the moment of it. Names stay out of the history."""

    at: datetime
    redlines: list[Redline]


def load_versions(comment: Comment) -> list[Version]:
    """The edits of a comment and its proposal, the latest first. Two queries."""
    versions = [
        Version(
            row.history_date, [Redline("ความเห็น", segments(diff_tokens(before.text, row.text), before.text, row.text))]
        )
        for before, row in pairwise(comment.history.order_by("history_id"))
        if row.text != before.text
    ]
    rows = list(Amendment.history.filter(comment_id=comment.pk).order_by("id", "history_id"))
    for before, row in pairwise(rows):
        changes = redlines(proposed_content(before), proposed_content(row)) if before.id == row.id else []
        if changes:
            versions.append(Version(row.history_date, changes))
    return sorted(versions, key=lambda version: version.at, reverse=True)
