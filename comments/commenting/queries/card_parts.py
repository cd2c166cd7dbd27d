"""What a card shows beside the comment itself: its answers, what it proposes, its supporters, the replies to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from hearing_portal.directory.permissions import Visitor
from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import Edition, EditionEntry, EditionRelease

from ...models import (
    Amendment,
    Answer,
    ChangeCause,
    Comment,
    Disposition,
    Sight,
    Support,
    seer_of,
)
from ...results import ANSWER_UNDER_REVIEW


def load_shown_answers(comments: Iterable[Comment]) -> None:
    """Gives the rows `shown_answers`, the first one first, each with its disposition and publication, and `is_reviewed`
    where the author of its comment waits for a review. One query, one more where an answer names what says it
    already."""
    by_id: dict[int, Comment] = {}
    for comment in comments:
        comment.shown_answers = []
        by_id[comment.pk] = comment
    if not by_id:
        return
    answers = _find_answers(list(by_id))
    for answer in answers:
        by_id[answer.comment_id].shown_answers.append(answer)
    _load_what_they_point_to(answers)


def _load_what_they_point_to(answers: Iterable[Answer]) -> None:
    pointing: dict[int, list[Disposition]] = {}
    for answer in answers:
        entry_id = answer.disposition.points_to_id
        if entry_id is not None:
            pointing.setdefault(entry_id, []).append(answer.disposition)
    if not pointing:
        return
    for entry in _find_entries(list(pointing)):
        for disposition in pointing[entry.pk]:
            disposition.points_to = entry


def load_shown_amendments(comments: Iterable[Comment]) -> None:
    """Gives the rows `shown_amendments`: those not given up, the first one first. One query."""
    by_id: dict[int, Comment] = {}
    for comment in comments:
        comment.shown_amendments = []
        by_id[comment.pk] = comment
    if not by_id:
        return
    for amendment in _find_amendments(list(by_id)):
        if amendment.comment_id is not None:
            by_id[amendment.comment_id].shown_amendments.append(amendment)


@kept_statement
def _find_answers(comment_ids: list[int]) -> QuerySet[Answer]:
    """With `has_changes`: words were changed for the decision, or stood by it when it was made."""
    changes = ChangeCause.objects.filter(disposition=OuterRef("disposition"))
    answers = Answer.objects.filter(is_any_of("comment", comment_ids))
    answers = answers.annotate(has_changes=Exists(changes))
    answers = answers.annotate(is_reviewed=Exists(ANSWER_UNDER_REVIEW))
    return answers.select_related("disposition__publication").order_by("pk")


@kept_statement
def _find_entries(entry_ids: list[int]) -> QuerySet[EditionEntry]:
    """Each with the title of the manual's newest public edition, as `missing_in`, where that is newer than the entry's
    own and has not what the entry is of."""
    of_manual = EditionEntry.objects.filter(
        edition=OuterRef("pk"), uuid=OuterRef(OuterRef("manual__uuid"))
    )
    public = Edition.objects.sealed().filter(
        Exists(of_manual),
        Exists(
            EditionRelease.objects.filter(
                edition=OuterRef("pk"), audience=EditionRelease.Audience.PUBLIC
            )
        ),
    )
    newest = public.order_by("-sealed_at", "-pk")
    there = EditionEntry.objects.filter(
        edition=OuterRef("pk"), uuid=OuterRef(OuterRef("uuid"))
    )
    entries = EditionEntry.objects.filter(is_any_of("pk", entry_ids))
    entries = entries.annotate(newest=Subquery(newest.values("pk")[:1]))
    without_it = Edition.objects.filter(
        ~Exists(there),
        pk=OuterRef("newest"),
        sealed_at__gt=OuterRef("edition__sealed_at"),
    )
    entries = entries.annotate(missing_in=Subquery(without_it.values("title")[:1]))
    return entries.select_related("blob", "manual", "section")


@kept_statement
def _find_amendments(comment_ids: list[int]) -> QuerySet[Amendment]:
    amendments = Amendment.objects.active().filter(is_any_of("comment", comment_ids))
    return amendments.select_related("base_blob").order_by("id")


@dataclass(slots=True)
class Supporters:
    """The offices that support a comment ({office: its kind}), and those that did until its author changed it."""

    kinds: dict[int, str] = field(default_factory=dict)
    lapsed: set[int] = field(default_factory=set)


def find_supporters(comments: Sequence[Comment]) -> dict[int, Supporters]:
    """{comment: its supporters} of those that are or were supported. One query."""
    supporters: dict[int, Supporters] = {}
    if not comments:
        return supporters
    rows = _find_supports([comment.pk for comment in comments])
    for comment_id, office_id, kind, taken_back_at in rows:
        of_comment = supporters.setdefault(comment_id, Supporters())
        if taken_back_at is None:
            of_comment.kinds[office_id] = kind
        else:
            of_comment.lapsed.add(office_id)
    return supporters


@kept_statement
def _find_supports(comment_ids: list[int]) -> QuerySet[Support, tuple[Any, ...]]:
    supports = Support.objects.filter(
        Q(taken_back_at__isnull=True) | Q(lapsed=True),
        is_any_of("comment", comment_ids),
    )
    return supports.values_list(
        "comment_id", "office_id", "office__kind", "taken_back_at"
    )


def find_replies(comments: Sequence[Comment], user: Visitor) -> list[Comment]:
    """Those to the comments that the reader may see, the oldest first. One query."""
    seer = seer_of(user)
    parents = [comment.pk for comment in comments]
    if not parents:
        return []
    return _find_replies(parents, seer.id, seer.groups, sight=seer.sight)


@kept_statement
def _find_replies(
    parent_ids: list[int], seer_id: int, groups: list[int], *, sight: Sight
) -> QuerySet[Comment]:
    replies = Comment.objects.seen_within(sight, seer_id, groups)
    replies = replies.filter(is_any_of("parent", parent_ids))
    replies = replies.select_related("office", "author", "entry__manual__work_group")
    return replies.order_by("pk")
