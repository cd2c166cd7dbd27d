"""What stands in the way of publishing a group's answers."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from hearing_portal.directory.models import WorkGroup

from ...models import Answer, Comment, Disposition, Hearing


class AnswerBlocker(StrEnum):
    """Why a group's answers cannot be published yet."""

    UNANSWERED = "unanswered"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that must be done first; `kind` says what."""

    kind: StrEnum


@dataclass(frozen=True, slots=True)
class CommentBlocker(Blocker):
    """Something a comment still lacks. The comment comes with its entry: section, words, the manual and its group."""

    comment: Comment


def comments_of_group(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Comment]:
    """All of a hearing about the group's manual, replies left out: a reply is part of the talk, not a proposal."""
    return Comment.objects.filter(
        session__hearing=hearing, entry__manual__work_group=group, parent__isnull=True
    )


def waiting_dispositions(
    hearing: Hearing, group: WorkGroup | None
) -> QuerySet[Disposition]:
    """Decided, not published yet."""
    answers = Answer.objects.filter(
        disposition=OuterRef("pk"),
        current=True,
        comment__in=comments_of_group(hearing, group),
    )
    return Disposition.objects.filter(
        Exists(answers), publication__isnull=True
    ).order_by("pk")


def find_publication_blockers(
    hearing: Hearing, group: WorkGroup | None
) -> list[CommentBlocker]:
    """What must be done before the group's answers can be published. Two queries."""
    comments = comments_of_group(hearing, group).order_by("pk")
    comments = comments.select_related(
        "entry__manual__work_group", "entry__section", "entry__blob"
    )
    current_answers = Answer.objects.filter(comment=OuterRef("pk"), current=True)
    unconfirmed = current_answers.filter(
        disposition__outcome=Disposition.Outcome.NOT_ACCEPTED,
        disposition__confirmed_by__isnull=True,
    )
    blockers = []
    for comment in comments.filter(~Exists(current_answers)):
        blockers.append(CommentBlocker(AnswerBlocker.UNANSWERED, comment))
    for comment in comments.filter(Exists(unconfirmed)):
        blockers.append(CommentBlocker(AnswerBlocker.UNCONFIRMED, comment))
    return blockers
