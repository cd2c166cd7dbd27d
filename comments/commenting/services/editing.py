"""Editing one's own comment, until a facilitator's first act."""

from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.thai.harmless_edits import is_harmless_edit

from ...acts import COMMENT_CHANGED, COMMENT_REWORDED, about_comment
from ...hearings.commenting_context import require_open_session
from ...live.services import record_comment_events
from ...models import Comment, Disposition, HearingSession
from ..comment_input import CommentInput
from ..queries.comments import find_current_disposition
from ..refusals import (
    AlreadyTriaged,
    AlreadyWithdrawn,
    EditedMeanwhile,
    NotRegistered,
)
from .proposing import refuse_same_words, replace_proposal
from .supporting import let_supports_lapse


class _Said(NamedTuple):
    """What a comment says, its proposed words aside."""

    text: str
    type: str
    issue_class: str | None
    issue_data: dict[str, Any]

    @classmethod
    def by(cls, comment: Comment) -> "_Said":
        return cls(comment.text, comment.type, comment.issue_class, comment.issue_data)


def edit_comment(
    comment: Comment,
    comment_input: CommentInput,
    *,
    by: User,
    session: HearingSession | None = None,
    words: str = "",
    client_key: UUID | None = None,
) -> Comment:
    """New words for one's own comment until a facilitator's first act; the old ones stay in its history. Its supports
    were given to what it said: they lapse, unless only its text was edited and that is shown to be harmless.

    `session` is the one to speak in now, when it is no longer the comment's own. The marked span stays. `words` is
    the comment's words_mark in the form, "" where nobody says. The same key and body are the edit that was stored
    under it, whatever became of the comment since.
    Raises AlreadyTriaged, AlreadyWithdrawn, EditedMeanwhile, SessionClosed, NotRegistered.
    """
    edit_sha = ""
    if client_key is not None:
        edit_sha = comment_input.body_sha(
            comment.entry, parent=comment.parent, sender=[client_key, by.pk]
        )
    with act(by=by) as done:
        locked = Comment.objects.select_for_update(of=("self",))
        comment = locked.select_related("entry__blob", "entry__manual", "session").get(
            pk=comment.pk
        )
        if by.pk not in (comment.author_id, comment.recorded_by_id):
            raise NotRegistered(comment.entry.manual.work_group)
        if edit_sha and comment.history.filter(edit_sha=edit_sha).exists():
            return comment
        refuse_settled(comment)
        if words and words != comment.words_mark:
            raise EditedMeanwhile(comment)
        require_open_session(comment.session, session, has_text=comment_input.has_words)
        refuse_same_words(comment.entry, comment_input)
        before = _Said.by(comment)
        _store_edit(comment, comment_input, edit_sha)
        is_reworded = (before.text, before.type) != (comment.text, comment.type)
        act_kind = COMMENT_REWORDED if is_reworded else COMMENT_CHANGED
        done.record(act_kind, about_comment(comment), detail=comment.type)
        proposes_else = replace_proposal(comment, comment_input.proposed, done)
        if proposes_else or _stands_for_else(comment, before):
            let_supports_lapse(comment, by=by)
        record_comment_events([comment], can_be_read=False)
    return comment


def _store_edit(comment: Comment, comment_input: CommentInput, edit_sha: str) -> None:
    comment.type = comment_input.type
    comment.text = comment_input.text
    comment.issue_class = comment_input.issue_class or None
    comment.issue_data = comment_input.issue_data
    comment.edited_at = timezone.now()
    comment.edit_sha = edit_sha
    comment.save(
        update_fields=[
            *("type", "text", "issue_class", "issue_data"),
            *("edited_at", "edit_sha"),
        ]
    )


def _stands_for_else(comment: Comment, before: _Said) -> bool:
    """Whether it asks for something else than what supports were given to, its proposed words aside."""
    if _Said.by(comment)._replace(text="") != before._replace(text=""):
        return True
    return _says_else(comment, before.text)


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
