"""Tags of pages that belong to a hearing."""

from django import template
from django.template import Context

from manuals.models import Manual

from ..hearings.presentation import session_status
from ..hearings.queries import GroupSessions
from ..links import entry_url
from ..models import Comment

register = template.Library()


@register.inclusion_tag("comments/hearings/session_bar.html", takes_context=True)
def session_bar(context: Context, group_sessions: GroupSessions, manual: Manual) -> dict[str, object]:
    """The one line that says whether one may speak now, and where everybody is."""
    state = session_status(group_sessions)
    discussed = group_sessions.discussed if state.is_open else None
    return {
        "state": state,
        "group_sessions": group_sessions,
        "discussed": discussed,
        "discussed_url": entry_url(discussed, manual) if discussed else "",
        "digits_style": context.get("digits_style", "thai"),
    }


@register.filter
def issue_label(issue: str) -> str:
    """ซับซ้อน for "complex"."""
    return str(Comment.IssueClass(issue).label)
