"""Editing one's own comment, until a facilitator's first act."""

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.thai.harmless_edits import is_harmless_edit

from ...acts import COMMENT_CHANGED, COMMENT_REWORDED, about_comment
from ...hearings.commenting_context import require_open_session
from ...models import Comment, Disposition, HearingSession
from ..comment_input import CommentInput
from ..queries.comments import find_current_disposition
from ..refusals import AlreadyTriaged, AlreadyWithdrawn, NotRegistered
from .proposing import refuse_same_words, replace_proposal
from .supporting import let_supports_lapse


def edit_comment(
    comment: Comment,
    comment_input: CommentInput,
    *,
    by: User,
    session: HearingSession | None = None,
) -> Comment:
    """New words for one's own comment until a facilitator's first act; the old ones stay in its history. Its supports
    were given to what it said: they lapse, unless only its text was edited and that is shown to be harmless.

    `session` is the one to speak in now, when it is no longer the comment's own. The marked span stays.
    Raises AlreadyTriaged, AlreadyWithdrawn, SessionClosed, NotRegistered.
    """
    with act(by=by) as done:
        locked = Comment.objects.select_for_update(of=("self",))
        comment = locked.select_related("entry__blob", "entry__manual", "session").get(
            pk=comment.pk
        )
        if by.pk not in (comment.author_id, comment.recorded_by_id):
            raise NotRegistered(comment.entry.manual.work_group)
        refuse_settled(comment)
        require_open_session(comment.session, session, has_text=comment_input.has_words)
        refuse_same_words(comment.entry, comment_input)
        is_reworded = (
            comment.text != comment_input.text or comment.type != comment_input.type
        )
        type_before, text_before = comment.type, comment.text
        issue_before = comment.issue_class, comment.issue_data
        comment.type = comment_input.type
        comment.text = comment_input.text
        comment.issue_class = comment_input.issue_class or None
        comment.issue_data = comment_input.issue_data
        comment.edited_at = timezone.now()
        comment.save(
            update_fields=["type", "text", "issue_class", "issue_data", "edited_at"]
        )
        act_kind = COMMENT_CHANGED
        if is_reworded:
            act_kind = COMMENT_REWORDED
        done.record(act_kind, about_comment(comment), detail=comment.type)
        proposes_else = replace_proposal(comment, comment_input.proposed, done)
        if (
            proposes_else
            or comment.type != type_before
            or (comment.issue_class, comment.issue_data) != issue_before
            or _says_else(comment, text_before)
        ):
            let_supports_lapse(comment, by=by)
    return comment


def _says_else(comment: Comment, text_before: str) -> bool:
    """Whether somebody stands behind it who had other words before them. Only then are words looked up: that takes
    longer than to store them."""
    if comment.text == text_before or not comment.supports.active().exists():
        return False
    return not is_harmless_edit(text_before, comment.text)


def refuse_settled(comment: Comment) -> None:
    """A comment that was answered, withdrawn or taken up by a facilitator stands as it is.

    Raises AlreadyWithdrawn, AlreadyTriaged. One query.
    """
    disposition = find_current_disposition(comment)
    if disposition is not None and disposition.outcome == Disposition.Outcome.WITHDRAWN:
        raise AlreadyWithdrawn
    if disposition is not None or comment.is_triaged:
        raise AlreadyTriaged
