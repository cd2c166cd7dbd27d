"""Promises to draft: dispositions that accepted a comment and whose change of words is still owed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from hearing_portal.directory.models import WorkGroup
from manuals.models import ClauseChange
from manuals.models.put_back import still_stands

from ...models import Answer, ChangeCause, Comment, Disposition


@dataclass(frozen=True, slots=True)
class DraftingDebt:
    """A disposition whose draft is still owed, with the comments it answers now."""

    disposition: Disposition
    comments: list[Comment]


def find_drafting_debts(
    comments: QuerySet[Comment] | None = None,
) -> list[DraftingDebt]:
    """All debts, or those that answer one of `comments`; with assignee and the comments' entry (section, words,
    manual, group, and its clause where that stands now) and office. A promise whose words were undone or put back is
    owed again. Two queries."""
    answers = Answer.objects.filter(current=True)
    of_interest = answers.filter(disposition=OuterRef("pk"))
    if comments is not None:
        of_interest = of_interest.filter(comment__in=comments)
    kept_by = ChangeCause.objects.filter(
        still_stands("change"), disposition=OuterRef("pk")
    )
    dispositions = (
        Disposition.objects.filter(
            Exists(of_interest), ~Exists(kept_by), effect=Disposition.Effect.TO_DRAFT
        )
        .select_related("assignee")
        .order_by("pk")
    )
    debts = {}
    for disposition in dispositions:
        debts[disposition.pk] = DraftingDebt(disposition, [])
    answers = answers.filter(disposition__in=list(debts)).select_related(
        "comment__entry__manual__work_group",
        "comment__entry__section",
        "comment__entry__clause__section__manual",
        "comment__entry__blob",
        "comment__office",
    )
    for answer in answers.order_by("comment_id"):
        debts[answer.disposition_id].comments.append(answer.comment)
    return list(debts.values())


def find_later_changes(
    debts: Sequence[DraftingDebt], group: WorkGroup | None
) -> list[ClauseChange]:
    """Changes of the group's words since the first of these promises that no disposition has caused yet, the newest
    first. One query, none without debts."""
    if not debts:
        return []
    since = min(debt.disposition.decided_at for debt in debts)
    changes = ClauseChange.objects.filter(
        clause__section__manual__work_group=group,
        cause__isnull=True,
        revision__date_created__gte=since,
    )
    return list(
        changes.select_related(
            "revision", "clause__section", "to_blob", "from_blob"
        ).order_by("-pk")
    )


def changes_that_may_keep(
    debt: DraftingDebt, changes: Sequence[ClauseChange]
) -> list[ClauseChange]:
    """Those made after the promise in the process of one of its comments; for a comment on the whole manual, anywhere
    in the manual."""
    section_ids = {comment.entry.section_id for comment in debt.comments}
    is_about_manual = None in section_ids
    fitting = []
    for change in changes:
        is_later = change.revision.date_created >= debt.disposition.decided_at
        is_in_process = is_about_manual or change.clause.section_id in section_ids
        if is_later and is_in_process:
            fitting.append(change)
    return fitting
