"""Writing down what those who follow a session are to be told."""

from collections.abc import Iterable

from django.db import transaction

from ..models import Comment, Event, HearingSession


def record_event(session: HearingSession, kind: str, about: str = "") -> None:
    """To be called inside the act's own transaction: what is rolled back is told to nobody.

    `kind` is one of Event.Kind; `about` a key (digits, or a uuid) of what the act is about, never words or a person.
    Nobody waits here for another: the publisher numbers the event once it is committed, and listeners are told within a
    second. The same event twice in a transaction is told twice; listeners read the state anew either way.
    """
    _require_act()
    Event.objects.create(session=session, kind=kind, about=about)


def record_comment_events(comments: Iterable[Comment], *, can_be_read: bool) -> None:
    """For comments that were written, moderated, edited or withdrawn. The entry is named only where its readers find
    something new, for they count these events; to the others only the desk's list has changed. One statement."""
    _require_act()
    events = []
    for comment in comments:
        about = str(comment.entry_id) if can_be_read else ""
        event = Event(
            session_id=comment.session_id, kind=Event.Kind.COMMENT, about=about
        )
        events.append(event)
    if events:
        Event.objects.bulk_create(events)


def record_decision(
    comments: Iterable[Comment], publication_id: int | None = None
) -> None:
    """Somebody advised or decided on these comments: each of their sessions is told that it happened, and on which
    clause never, for it is not published. With the publication once it is. One statement."""
    _require_act()
    about = "" if publication_id is None else str(publication_id)
    sessions = sorted({comment.session_id for comment in comments})
    events = []
    for session_id in sessions:
        event = Event(session_id=session_id, kind=Event.Kind.DECISION, about=about)
        events.append(event)
    if events:
        Event.objects.bulk_create(events)


def _require_act() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is written in the transaction of its act")
