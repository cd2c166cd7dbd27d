"""Taking in a matrix that was filled in elsewhere: all that its plan says, in one act, by the services of its rooms."""

from collections.abc import Sequence

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup

from ...acts import MATRIX_RETURNED, about_group
from ...deciding.services.noting import note_comments
from ...deciding.services.ruling import decide_comments
from ...models import Comment
from ...moderating.services import reclass_comment, recommend_outcome
from ..refusals import MatrixOvertaken
from ..return_plan import ReturnPlan, RowChange
from ..returned_file import ReturnedRow, uuids_of
from .planning import plan_return


def return_matrix(
    rows: Sequence[ReturnedRow],
    groups: Sequence[WorkGroup],
    *,
    by: User,
    shown: str,
) -> ReturnPlan:
    """What the plan says, all of it or nothing. `shown` is the fingerprint of the plan that the person saw.

    Raises MatrixOvertaken where it is another one by now, and what the services of a row raise.
    """
    with act(by=by) as done:
        # Every writer of a comment's answer, advice and class locks it first: what is planned now stays so
        locked = Comment.objects.select_for_update(of=("self",))
        list(locked.filter(uuid__in=uuids_of(rows)).order_by("pk").values_list("pk"))
        plan = plan_return(rows, groups, by)
        if plan.fingerprint != shown:
            raise MatrixOvertaken
        noted = []
        for change in plan.changes:
            _do(change, by)
            if change.notes:
                noted.append(change.comment)
        if noted:
            note_comments(noted, by=by)
        touched = {change.comment.entry.manual.work_group for change in plan.changes}
        for group in sorted(touched, key=lambda each: each.order if each else 0):
            done.record(MATRIX_RETURNED, about_group(group), reason="")
    return plan


def _do(change: RowChange, by: User) -> None:
    comment = change.comment
    if change.reclasses:
        reclass_comment(
            comment,
            change.issue_class,
            by=by,
            reason=change.cells["issue_reason"],
            was=comment.issue_class or "",
        )
    if change.advice:
        latest = change.facts.recommendation
        recommend_outcome(
            comment,
            change.advice,
            by=by,
            reason=change.cells["advice_reason"],
            based_on=latest.pk if latest is not None else 0,
        )
    if change.ruling is not None:
        decided = change.facts.disposition
        based_on = {comment.pk: decided.pk if decided is not None else 0}
        decide_comments([comment], change.ruling, by=by, based_on=based_on)
