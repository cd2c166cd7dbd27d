"""The page of one comment: its way, its versions, and what its reader may do."""

from typing import Any

from hearing_portal.directory.models import User

from ...links import entry_url
from ...models import Comment
from ...permissions import can_see_hidden_text, can_work_at
from ..forms import ObjectionForm, ReplyForm
from ..queries.context import hall_of
from .cards import Reader
from .composer import closed_reason
from .progress import ways_of
from .versions import versions_of


def comment_page(
    comment: Comment,
    user: User,
    *,
    reply: ReplyForm | None = None,
    objection: ObjectionForm | None = None,
    edited: str = "",
) -> dict[str, Any]:
    """The context of comment_detail.html. `reply` and `objection` are forms that came back refused."""
    hall = hall_of(comment.entry)
    [way] = ways_of([comment], Reader(user, hall.open_session), with_replies=True)
    return {
        "hall": hall,
        "way": way,
        "entry": comment.entry,
        "place": way.card.place,
        "way_back": entry_url(comment.entry, comment.entry.manual),
        "reply": reply,
        "objection_form": objection or ObjectionForm(),
        "closed": closed_reason(hall),
        "versions": versions_of(comment) if can_see_hidden_text(user, comment) else [],
        "reclassings": comment.reclassings.all(),
        "edited": edited,
        "at_desk": can_work_at(user, comment.entry.manual.work_group),
    }
