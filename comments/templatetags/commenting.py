"""Tags of the comments' templates."""

from django import template

from ..commenting.forms.replies import ReplyForm
from ..models import Comment

register = template.Library()


@register.simple_tag
def reply_form(comment: Comment, refused: ReplyForm | None = None) -> ReplyForm:
    """The form of a reply to the comment: the one that came back refused, else a fresh one."""
    return refused or ReplyForm(auto_id=f"reply-{comment.uuid}-%s")
