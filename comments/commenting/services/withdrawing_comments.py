"""Withdrawing one's own comment, until a facilitator's first act."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...acts import DECIDED, about_comment
from ...live.services import record_comment_events
from ...models import Answer, Comment, Disposition
from ..queries.comments import find_current_disposition
from ..refusals import AlreadyTriaged, NotRegistered


def withdraw_comment(comment: Comment, *, by: User) -> Disposition:
    """The author takes it back before triage: a disposition "withdrawn"; the comment itself stays and counts.

    Withdrawing twice gives the first one again. Raises AlreadyTriaged, NotRegistered.
    """
    with act(by=by) as done:
        locked = Comment.objects.select_for_update(of=("self",)).select_related(
            "entry__manual"
        )
        comment = locked.get(pk=comment.pk)
        if comment.author_id != by.pk:
            raise NotRegistered(comment.entry.manual.work_group)
        current = find_current_disposition(comment)
        if current is not None and current.outcome == Disposition.Outcome.WITHDRAWN:
            return current
        if current is not None or comment.is_triaged:
            raise AlreadyTriaged
        disposition = Disposition.objects.create(
            outcome=Disposition.Outcome.WITHDRAWN, decided_by=by
        )
        Answer.objects.create(comment=comment, disposition=disposition)
        record_comment_events([comment], can_be_read=False)
        done.record(DECIDED, about_comment(comment), detail=disposition.outcome)
    return disposition
