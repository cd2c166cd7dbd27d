"""Receipts by their links, and the places of a final edition they lead to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from manuals.models import Edition, EditionEntry, EditionRelease

from ..commenting.queries.comments import shown_comments
from ..models import Comment, ReceiptRecall
from .letters import is_of, receipt_letters

KEPT_FOR = timedelta(days=730)  # after the last day of the hearing


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """The comment that a link is about; `is_recalled` where it was called back since."""

    comment: Comment
    is_recalled: bool


def ends_on(comment: Comment) -> date:
    """The last day on which the link shows anything. Needs the session with its hearing."""
    return comment.session.hearing.closes_on + KEPT_FOR


def count_recalls(comment: Comment) -> int:
    """One query."""
    return ReceiptRecall.objects.filter(comment=comment).count()


def find_receipt(number: int, letters: str) -> FoundReceipt | None:
    """None for what never was a link. Two queries."""
    comments = shown_comments(Comment.objects.with_visibility())
    comments = comments.filter(pk=number, parent__isnull=True)
    comment = comments.select_related("session__hearing").first()
    if comment is None:
        return None
    recalls = count_recalls(comment)
    if is_of(letters, receipt_letters(comment, recalls)):
        return FoundReceipt(comment, is_recalled=False)
    earlier = (receipt_letters(comment, number) for number in range(recalls))
    if any(is_of(letters, each) for each in earlier):
        return FoundReceipt(comment, is_recalled=True)
    return None


def find_final_entries(clause_ids: Iterable[int]) -> list[EditionEntry]:
    """The clauses as they stand in the newest final edition that the public reads; none before there is one. Two
    queries."""
    final = (
        Edition.objects.filter(
            kind=Edition.Kind.FINAL,
            releases__audience=EditionRelease.Audience.PUBLIC,
        )
        .order_by("-sealed_at")
        .first()
    )
    if final is None:
        return []
    entries = final.entries.filter(clause__in=list(clause_ids)).order_by("ordinal")
    return list(
        entries.select_related("blob", "edition", "section", "manual__work_group")
    )
