"""Announcing a hearing and its sessions, and changing what was announced."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from manuals.models import Edition

from ...acts import (
    HEARING_ANNOUNCED,
    HEARING_CHANGED,
    SESSION_ANNOUNCED,
    SESSION_CHANGED,
    about_hearing,
    about_session,
)
from ...models import Comment, Hearing, HearingSession
from ..refusals import SessionRefused


def create_hearing(*, by: User, **values: object) -> Hearing:
    hearing = Hearing(**values)
    hearing.full_clean()
    with act(by=by) as done:
        hearing.save()
        done.record(HEARING_ANNOUNCED, about_hearing(hearing))
    return hearing


def create_session(
    *,
    hearing: Hearing,
    kind: str,
    work_group: WorkGroup | None,
    edition: Edition,
    by: User,
    **values: object,
) -> HearingSession:
    """A session on a sealed edition. Raises SessionRefused for one that can still change."""
    _require_sealed(edition)
    session = HearingSession(hearing=hearing, kind=kind, work_group=work_group, edition=edition, **values)
    with act(by=by) as done:
        session.save()
        done.record(SESSION_ANNOUNCED, about_session(session), detail=session.kind)
    return session


# What comments and states are about: fixed once anybody has acted in the session
SETTLED_FIELDS = ("kind", "work_group", "edition")


def change_hearing(hearing: Hearing, *, by: User, **values: object) -> Hearing:
    """Raises ValidationError for values that do not fit. Being public releases no edition by itself."""
    with act(by=by) as done:
        hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
        changed = _set_values(hearing, values)
        if changed:
            hearing.full_clean()
            hearing.save(update_fields=changed)
            done.record(HEARING_CHANGED, about_hearing(hearing))
    return hearing


def change_session(session: HearingSession, *, by: User, **values: object) -> HearingSession:
    """Raises SessionRefused when kind, group or edition are to change after the session began, or when the
    edition can still change itself."""
    with act(by=by) as done:
        session = HearingSession.objects.select_for_update().get(pk=session.pk)
        changed = _set_values(session, values)
        if not changed:
            return session
        settled_changed = set(changed) & set(SETTLED_FIELDS)
        if settled_changed and has_begun(session):
            raise SessionRefused("เวทีนี้เริ่มแล้ว จึงเปลี่ยนประเภท กลุ่มงาน หรือฉบับไม่ได้ ถ้าต้องการใช้ฉบับอื่นให้ตั้งเวทีใหม่")
        _require_sealed(session.edition)
        session.save(update_fields=changed)
        done.record(SESSION_CHANGED, about_session(session), detail=session.kind)
    return session


def _set_values(row: Hearing | HearingSession, values: dict[str, object]) -> list[str]:
    """Set the values that differ; their names."""
    changed = []
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    return changed


def _require_sealed(edition: Edition) -> None:
    if edition.sealed_at is None:
        raise SessionRefused("เวทีต้องใช้ฉบับที่ตรึงแล้ว โปรดตรึงฉบับก่อนตั้งเวที")


def has_begun(session: HearingSession) -> bool:
    """Whether it was ever opened or commented in."""
    return session.states.exists() or Comment.objects.filter(session=session).exists()
