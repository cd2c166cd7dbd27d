"""Opening, pausing and closing sessions; saying which clause is under discussion."""

from django.db import transaction

from hearing_portal.directory.models import User, WorkGroup
from manuals.models import Edition, EditionEntry

from ..models import Discussion, Hearing, HearingSession, SessionState


class SessionRefused(Exception):
    """The act does not fit the session's state."""

    http_status = 409

    def __init__(self, message_th: str) -> None:
        super().__init__(message_th)
        self.message_th = message_th


ALLOWED = {
    SessionState.State.OPENED: {None, SessionState.State.PAUSED, SessionState.State.CLOSED},
    SessionState.State.PAUSED: {SessionState.State.OPENED},
    SessionState.State.CLOSED: {SessionState.State.OPENED, SessionState.State.PAUSED},
}


def create_hearing(*, by: User, **values: object) -> Hearing:
    hearing = Hearing(**values)
    hearing._history_user = by
    hearing.full_clean()
    hearing.save()
    return hearing


def create_session(
    *, hearing: Hearing, kind: str, work_group: WorkGroup | None, edition: Edition, by: User, **values: object
) -> HearingSession:
    """A session on a sealed edition. Raises SessionRefused for one that can still change."""
    if edition.sealed_at is None:
        raise SessionRefused("เวทีต้องใช้ฉบับที่ตรึงแล้ว โปรดตรึงฉบับก่อนตั้งเวที")
    session = HearingSession(hearing=hearing, kind=kind, work_group=work_group, edition=edition, **values)
    session._history_user = by
    session.save()
    return session


@transaction.atomic
def set_session_state(session: HearingSession, state: str, *, by: User, reason: str = "") -> SessionState:
    """Open, pause or close. Raises SessionRefused when the session is not in a state that allows it."""
    HearingSession.objects.select_for_update().get(pk=session.pk)
    latest = session.states.order_by("-id").first()
    current = latest.state if latest else None
    if current == state:
        return latest
    if current not in ALLOWED[state]:
        raise SessionRefused("เวทีไม่ได้อยู่ในสถานะที่ทำเช่นนี้ได้ โปรดเปิดหน้าใหม่เพื่อดูสถานะล่าสุด")
    return SessionState.objects.create(session=session, state=state, by=by, reason=reason)


def open_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, SessionState.State.OPENED, by=by, reason=reason)


def pause_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, SessionState.State.PAUSED, by=by, reason=reason)


def close_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, SessionState.State.CLOSED, by=by, reason=reason)


def discuss_entry(session: HearingSession, entry: EditionEntry | None, *, by: User) -> Discussion:
    """Put an entry of the session's edition under discussion; None ends the discussion."""
    if entry is not None and entry.edition_id != session.edition_id:
        raise SessionRefused("ข้อนี้ไม่ได้อยู่ในฉบับที่เวทีนี้ใช้")
    return Discussion.objects.create(session=session, entry=entry, by=by)
