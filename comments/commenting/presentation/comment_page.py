"""The page of one comment: its progress, its versions, and what its reader may do."""

from typing import Any

from hearing_portal.directory.permissions import Visitor

from ...hearings.commenting_context import find_commenting_context
from ...models import Comment
from ...permissions import can_recommend, can_see_hidden_text, can_work_at
from ..forms.replies import ObjectionForm, ReplyForm
from .cards import CommentViewer
from .composer import find_closed_reason
from .progress import load_progress
from .quotes import wording_lines
from .versions import load_versions


def load_comment_page(
    comment: Comment,
    user: Visitor,
    *,
    reply: ReplyForm | None = None,
    objection: ObjectionForm | None = None,
    edited: str = "",
) -> dict[str, Any]:
    """The context of comment_detail.html. `reply` and `objection` are forms that came back refused."""
    commenting_context = find_commenting_context(comment.entry)
    viewer = CommentViewer(user, commenting_context.open_session)
    [progress] = load_progress([comment], viewer, with_replies=True)
    versions = []
    sees_words = can_see_hidden_text(user, comment)
    if sees_words:
        versions = load_versions(comment)
    group = comment.entry.manual.work_group
    at_desk = can_work_at(user, group)
    is_shown = comment.parent_id is None and (sees_words or not comment.is_hidden)
    may_advise = can_recommend(user, group) and not at_desk and is_shown
    return {
        "commenting_context": commenting_context,
        "progress": progress,
        "entry": comment.entry,
        "citation": progress.card.citation,
        "wording": wording_lines(comment.entry),
        "way_back": commenting_context.reading_url,
        "reply": reply,
        "objection_form": objection or ObjectionForm(),
        "closed": find_closed_reason(commenting_context),
        "versions": versions,
        "reclassings": comment.reclassings.all(),
        "edited": edited,
        "at_desk": at_desk,
        "may_advise": may_advise,
    }
