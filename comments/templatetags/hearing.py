"""Tags of pages that belong to a hearing."""

import time
from typing import NamedTuple

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.urls import reverse

from hearing_portal.directory.permissions import Visitor, load_roles
from manuals.models import EditionEntry, Manual

from ..citations import cite_entry
from ..hearings.presentation import (
    CommentingPermission,
    explain_extension,
    may_change_for,
    session_status,
)
from ..hearings.queries import GroupSessions
from ..links import entry_url
from ..models import Comment, Hearing, HearingSession, SessionState

register = template.Library()


@register.inclusion_tag("comments/hearings/session_bar.html", takes_context=True)
def session_bar(
    context: Context,
    group_sessions: GroupSessions,
    manual: Manual,
    permission: CommentingPermission | None = None,
) -> dict[str, object]:
    """The one line that says whether one may speak now, and where everybody is. Asked for alone, it comes with the
    `permission`: the buttons of the page follow it."""
    state = session_status(group_sessions)
    session = group_sessions.session
    user: Visitor = context.get("user") or AnonymousUser()
    asks_at = context.get("here", "")
    ticks = False
    if session is not None and load_roles(user).rows:
        asks_at = reverse("group-session", args=[session.hearing.key, manual.key])
        ticks = may_change_for(user, session)
    floor_url = ""
    if session is not None and state.is_open and load_roles(user).rows:
        floor_url = reverse("floor", args=[session.pk])
    discussed = group_sessions.discussed if state.is_open else None
    citation = ""
    if discussed:
        citation = f"ข้อ {discussed.cite}" if discussed.cite else discussed.title
    return {
        "state": state,
        "modifier": "" if state.is_open else state.kind,
        "citation": citation,
        "discussed_url": entry_url(discussed, manual) if discussed else "",
        "floor_url": floor_url,
        "digits_style": context.get("digits_style", "arabic"),
        "asks_at": asks_at,
        "ticks": ticks,
        "follow": follow_session(session, manual, discussed) if ticks else None,
        "permission": permission,
    }


class Following(NamedTuple):
    """How a page follows a session: where it asks, and what it shows."""

    url: str
    state: str
    entry: int | None
    at: int  # milliseconds since 1970


def follow_session(
    session: HearingSession | None, manual: Manual, discussed: EditionEntry | None
) -> Following | None:
    if session is None:
        return None
    url = reverse("group-session-live", args=[session.hearing.key, manual.key])
    return _follow(url, session, discussed)


@register.filter
def followed_at_work(
    session: HearingSession, discussed: EditionEntry | None
) -> Following:
    """How the page of who runs a session follows what others do in it."""
    return _follow(reverse("session-live", args=[session.pk]), session, discussed)


def _follow(
    url: str, session: HearingSession, discussed: EditionEntry | None
) -> Following:
    entry = discussed.pk if discussed is not None else None
    return Following(url, session.state or "", entry, int(time.time() * 1000))


@register.filter
def following(session: HearingSession, manual: Manual) -> Following | None:
    """How the desk of a group follows its session."""
    return follow_session(session, manual, None)


# {state: its sign and word}; empty for a session that was never opened
SESSION_STATES = {
    "": ("circle", "ยังไม่เปิด"),
    SessionState.State.OPENED: ("play-circle", "เปิดรับความคิดเห็น"),
    SessionState.State.PAUSED: ("hourglass-split", "พักเวที"),
    SessionState.State.CLOSED: ("stop-circle", "ปิดเวทีแล้ว"),
}


@register.filter
def session_state_icon(state: str | None) -> str:
    """The sign of "opened", for the tag icon."""
    return SESSION_STATES[state or ""][0]


@register.filter
def session_state_label(state: str | None) -> str:
    """เปิดรับความคิดเห็น for "opened"."""
    return SESSION_STATES[state or ""][1]


@register.filter
def extension(hearing: Hearing) -> str:
    """เปลี่ยนวันสิ้นสุดเป็น 22 กันยายน 2565 เพราะ…; empty where the last day was not moved."""
    return explain_extension(hearing)


@register.filter
def issue_label(issue: str) -> str:
    """ซับซ้อน for "complex"."""
    return str(Comment.IssueClass(issue).label)


@register.filter
def cited(entry: EditionEntry) -> str:
    """ข้อ 5.3. Needs the manual, and the wording of a clause without a number."""
    return cite_entry(entry)
