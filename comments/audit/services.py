"""An admin's look at who wrote a comment: an act of its own."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ..acts import AUTHOR_REVEALED, about_comment
from ..models import Comment


def record_look_at_author(comment: Comment, *, by: User) -> None:
    """Write down that the person was told the author's name (product.md, "see a commenter's name")."""
    with act(by=by) as done:
        done.record(AUTHOR_REVEALED, about_comment(comment))
