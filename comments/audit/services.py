"""An admin's look at who wrote a comment: an act of its own."""

from collections.abc import Iterable

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ..acts import AUTHOR_REVEALED, about_comment
from ..models import Comment


def record_look_at_author(comment: Comment, *, by: User) -> None:
    """Write down that the person was told the author's name (product.md, "see a commenter's name")."""
    record_looks_at_authors([comment], by=by)


def record_looks_at_authors(comments: Iterable[Comment], *, by: User) -> None:
    """The same of several comments, in one act. Each needs its entry and its manual."""
    with act(by=by) as done:
        for comment in comments:
            done.record(AUTHOR_REVEALED, about_comment(comment))
