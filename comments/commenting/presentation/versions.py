"""What the edits of a comment changed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from hearing_portal.thai.diff import diff_tokens, segments
from manuals.drafting.told_words import tell_redlines
from manuals.wording import Redline, stored_content

from ...models import Amendment, Comment


@dataclass(frozen=True, slots=True)
class Version:
    """What an edit changed, with the moment of it. Names stay out of the history."""

    at: datetime
    redlines: list[Redline]


def load_versions(comment: Comment) -> list[Version]:
    """The edits of a comment and its proposal, the latest first. Two queries, up to three more where
    proposed words refer to a clause."""
    versions = []
    for before, after in pairwise(comment.history.order_by("history_id")):
        if after.text != before.text:
            ops = diff_tokens(before.text, after.text)
            text_diff = segments(ops, before.text, after.text)
            versions.append(
                Version(after.history_date, [Redline("ความคิดเห็น", text_diff)])
            )
    amendments = Amendment.history.filter(comment_id=comment.pk).order_by(
        "id", "history_id"
    )
    edits = []
    for before, after in pairwise(amendments):
        if before.id == after.id:  # else the history of another amendment begins
            edits.append((before, after))
    told = tell_redlines(
        (
            stored_content(before.proposed),
            stored_content(after.proposed),
            comment.entry.section_id,
        )
        for before, after in edits
    )
    for (_, after), changes in zip(edits, told, strict=True):
        if changes:
            versions.append(Version(after.history_date, changes))
    return sorted(versions, key=lambda version: version.at, reverse=True)
