"""Announcing a hearing and its sessions, and changing what was announced."""

from collections.abc import Collection, Sequence
from copy import copy
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.refusals import Refusal
from hearing_portal.thai.dates import be_date, be_datetime, be_year, day_range
from hearing_portal.thai.sentences import joined, listed
from manuals.models import Edition, EditionEntry

from ...acts import (
    HEARING_ANNOUNCED,
    HEARING_CHANGED,
    HEARING_EXTENDED,
    SESSION_ANNOUNCED,
    SESSION_CHANGED,
    SESSION_EXTENDED,
    about_hearing,
    about_session,
)
from ...models import Comment, Hearing, HearingSession, SessionState
from ..locks import lock_hearings
from ..queries import find_closing_on, find_free_key, find_overlapping
from ..refusals import DaysTaken, EqualSession, HearingRefused, SessionRefused
from .session_states import (
    explain_settled,
    is_closed_by_time,
    open_after_extension,
    write_down_closing,
)

WITHOUT_REASON_OF_DAY = "โปรดระบุเหตุผลที่เปลี่ยนวันสิ้นสุด ผู้แทนจะเห็นเหตุผลนี้"
WITHOUT_REASON_OF_TIME = "โปรดระบุเหตุผลที่เปลี่ยนเวลาปิด ผู้แทนจะเห็นเหตุผลนี้"


def create_hearing(*, by: User, key: str = "", **values: object) -> Hearing:
    """Without a key it gets that of its year. Raises DaysTaken, and ValidationError for values that do not fit."""
    hearing = Hearing(key=key, **values)
    with act(by=by) as done:
        lock_hearings()
        if not key:
            hearing.key = find_free_key(be_year(hearing.opens_on))
        hearing.full_clean()
        _require_own_days(hearing)
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
    """A session on a sealed edition. Raises SessionRefused for one that can still change, that has no manual of the
    group, or that another hearing uses; for a time before the hearing's first day; beside an equal session."""
    _require_sealed(edition)
    _require_manual(edition, work_group)
    session = HearingSession(
        hearing=hearing, kind=kind, work_group=work_group, edition=edition, **values
    )
    with act(by=by) as done:
        _claim_edition(edition, hearing)
        _require_first_day(session)
        _require_no_equal(session)
        session.save()
        done.record(SESSION_ANNOUNCED, about_session(session), detail=session.kind)
    return session


# What comments and states are about: fixed once anybody has acted in the session
SETTLED_FIELDS = ("kind", "work_group", "edition")


def change_hearing(
    hearing: Hearing,
    *,
    by: User | None,
    reason: str = "",
    moves_sessions: bool = False,
    **values: object,
) -> Hearing:
    """Once it began, another last day needs a reason, which is shown: people rely on it
    (docs/decisions/0065-an-earlier-last-day-is-told-too.md). What an old last day had closed opens again with a later
    one.

    With `moves_sessions` the sessions that were to close on the old last day close on the new one, at the same time; so
    do all that were to close after a new one that is earlier.

    Raises HearingRefused without that reason, for days of another hearing, and when a hearing in which somebody spoke
    is to become a rehearsal; ValidationError for values that do not fit. Being public releases no edition by itself.
    """
    with act(by=by, reason=reason) as done:
        lock_hearings()
        hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
        before = copy(hearing)
        changed = _set_values(hearing, values)
        if not changed:
            return hearing
        if (
            hearing.opens_on.year != before.opens_on.year
            and not hearing.sessions.exists()
        ):
            hearing.key = find_free_key(be_year(hearing.opens_on))
            changed.append("key")
        is_extended = hearing.closes_on > before.closes_on
        if "closes_on" in changed:
            hearing.extension_reason = _reason_of_change(
                before, reason, HearingRefused(WITHOUT_REASON_OF_DAY, field="reason")
            )
            changed.append("extension_reason")
        hearing.full_clean()
        if {"opens_on", "closes_on"} & set(changed):
            _require_own_days(hearing, before)
            if moves_sessions:
                _close_by_last_day(hearing, by=by, reason=reason)
            _require_sessions_within(hearing)
        if hearing.is_rehearsal and not before.is_rehearsal:
            _require_silence(hearing)
        if is_extended:
            for session in list(hearing.sessions.with_state()):
                write_down_closing(session)
        hearing.save(update_fields=changed)
        if is_extended:
            done.record(
                HEARING_EXTENDED,
                about_hearing(hearing),
                note=be_date(hearing.closes_on),
            )
            if moves_sessions:
                _move_to_last_day(hearing, before, by=by, reason=reason)
            _open_what_the_last_day_closed(hearing, before, by=by, reason=reason)
        if not is_extended or set(changed) - {"closes_on", "extension_reason"}:
            new_end = ""
            if "closes_on" in changed and not is_extended:
                new_end = be_date(hearing.closes_on)
            done.record(HEARING_CHANGED, about_hearing(hearing), note=new_end)
    return hearing


def _reason_of_change(hearing: Hearing, reason: str, refusal: Refusal) -> str:
    """Before the hearing's first day times are planned; from then on people rely on them, and are told why they
    change."""
    if not reason.strip() and hearing.opens_on <= localdate():
        raise refusal
    return reason.strip()


def _move_to_last_day(
    hearing: Hearing, before: Hearing, *, by: User | None, reason: str
) -> None:
    """What is answered already stays as it is."""
    for session in list(find_closing_on(before, before.closes_on)):
        if session.closes_at is not None and not explain_settled(session):
            closes_at = session.closes_at + (hearing.closes_on - before.closes_on)
            change_session(session, by=by, reason=reason, closes_at=closes_at)


def _close_by_last_day(hearing: Hearing, *, by: User | None, reason: str) -> None:
    """What would close after the last day closes on it, at its time."""
    for session in list(_find_closing_after(hearing)):
        if session.closes_at is None:
            continue
        closes_at = session.closes_at + (
            hearing.closes_on - localdate(session.closes_at)
        )
        if session.opens_at is None or session.opens_at < closes_at:
            change_session(session, by=by, reason=reason, closes_at=closes_at)


def _find_closing_after(hearing: Hearing) -> QuerySet[HearingSession]:
    """The sessions that promise to take comments after the hearing's last day."""
    _, end = day_range(hearing.closes_on)
    return (
        hearing.sessions.filter(closes_at__gt=end)
        .select_related("hearing", "work_group", "edition")
        .order_by("pk")
    )


def _open_what_the_last_day_closed(
    hearing: Hearing, before: Hearing, *, by: User | None, reason: str
) -> None:
    """The job has written down what the last day closed; what somebody closed, or its own time did, stays closed, and
    so does what is answered already."""
    if before.closes_on >= localdate():
        return
    for session in hearing.sessions.with_state():
        was_closed_by_last_day = (
            session.acted_state == SessionState.State.CLOSED
            and is_closed_by_time(session)
            and not session.is_over
        )
        if was_closed_by_last_day and not explain_settled(session):
            open_after_extension(session, by=by, reason=reason)


def _require_sessions_within(hearing: Hearing) -> None:
    """What a session promises ("รับความคิดเห็นถึง …") lies within the days of its hearing."""
    start, _ = day_range(hearing.opens_on)
    too_long = [str(session) for session in _find_closing_after(hearing)]
    if too_long:
        raise HearingRefused(
            f"เวทีที่กำหนดปิดหลังวันสิ้นสุดที่กรอก ได้แก่ {listed(too_long)} "
            "โปรดเลือก “ให้เวทีปิดตามวันสิ้นสุดใหม่” เพื่อเปลี่ยนพร้อมกัน แก้เวลาของเวทีเหล่านั้นก่อน หรือเลือกวันที่ไม่ก่อนหน้านั้น",
            field="closes_on",
        )
    sessions = hearing.sessions.select_related("work_group").order_by("opens_at")
    too_early = sessions.filter(opens_at__lt=start).first()
    if too_early is not None and too_early.opens_at is not None:
        raise HearingRefused(
            f"เวที{too_early} เปิด {be_datetime(too_early.opens_at)} ก่อนวันเริ่มต้นที่กรอก "
            "โปรดแก้เวลาของเวทีก่อน หรือเลือกวันที่ไม่หลังจากนั้น",
            field="opens_on",
        )


def _require_own_days(hearing: Hearing, before: Hearing | None = None) -> None:
    """Days shared with another hearing `before` may stay shared: earlier portals allowed it."""
    others = find_overlapping(hearing.opens_on, hearing.closes_on).exclude(
        pk=hearing.pk
    )
    if before is not None:
        others = others.exclude(
            pk__in=find_overlapping(before.opens_on, before.closes_on).values("pk")
        )
    other = others.first()
    if other is None:
        return
    begins_in_it = other.opens_on <= hearing.opens_on <= other.closes_on
    raise DaysTaken(other, field="opens_on" if begins_in_it else "closes_on")


def _require_silence(hearing: Hearing) -> None:
    """What was said in earnest is answered before anything is released: it does not become a rehearsal's afterwards."""
    if Comment.objects.filter(session__hearing=hearing).exists():
        raise HearingRefused(
            "มีความคิดเห็นในประชาพิจารณ์ครั้งนี้แล้ว จึงเปลี่ยนเป็นการซ้อม (0 วัน) ไม่ได้ โปรดกรอกตั้งแต่ 1 วันขึ้นไป",
            field="objection_days",
        )


def change_session(
    session: HearingSession, *, by: User | None, reason: str = "", **values: object
) -> HearingSession:
    """Once the hearing began, another end needs a reason, whether later or earlier
    (docs/decisions/0066-an-earlier-closing-time-is-told-too.md).

    Raises SessionRefused without it, when kind, group or edition are to change after the session began, and for what
    create_session refuses.
    """
    with act(by=by, reason=reason) as done:
        session = HearingSession.objects.select_for_update().get(pk=session.pk)
        closed_at = session.closes_at
        was_closed_by_time = is_closed_by_time(session)
        write_down_closing(session)
        changed = _set_values(session, values)
        if not changed:
            return session
        _require_session_may_change(session, changed)
        is_extended = _is_later(session.closes_at, closed_at)
        if "closes_at" in changed:
            refusal = SessionRefused(WITHOUT_REASON_OF_TIME, field="reason")
            session.extension_reason = _reason_of_change(
                session.hearing, reason, refusal
            )
            changed.append("extension_reason")
        session.save(update_fields=changed)
        if is_extended:
            until = _spoken_end(session)
            done.record(
                SESSION_EXTENDED,
                about_session(session),
                detail=session.kind,
                note=until,
            )
            if (
                was_closed_by_time
                and not session.is_over
                and not explain_settled(session)
            ):
                open_after_extension(session, by=by, reason=reason)
        if not is_extended or set(changed) - {"closes_at", "extension_reason"}:
            new_end = ""
            if "closes_at" in changed and not is_extended:
                new_end = _spoken_end(session)
            done.record(
                SESSION_CHANGED,
                about_session(session),
                detail=session.kind,
                note=new_end,
            )
    session.forget_state()
    return session


def _require_session_may_change(
    session: HearingSession, changed: Collection[str]
) -> None:
    """`session` has the new values of its `changed` fields already. Raises SessionRefused."""
    settled_changed = set(changed) & set(SETTLED_FIELDS)
    if settled_changed and has_begun(session):
        raise SessionRefused(
            "เวทีนี้เริ่มแล้ว จึงเปลี่ยนประเภท กลุ่มงาน หรือฉบับไม่ได้ หากต้องการใช้ฉบับอื่นให้ตั้งเวทีใหม่"
        )
    _require_sealed(session.edition)
    if settled_changed:
        _require_manual(session.edition, session.work_group)
        _claim_edition(session.edition, session.hearing)
    if "opens_at" in changed:
        _require_first_day(session)
    if set(changed) & EQUALITY_FIELDS:
        _require_no_equal(session)


def _is_later(closes_at: datetime | None, before: datetime | None) -> bool:
    """Without a time a session takes comments until the hearing's last day is over."""
    return before is not None and (closes_at is None or closes_at > before)


def _spoken_end(session: HearingSession) -> str:
    if session.closes_at is None:
        return be_date(session.hearing.closes_on)
    return be_datetime(session.closes_at)


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
        raise SessionRefused("เวทีต้องใช้ฉบับที่จัดทำแล้ว โปรดจัดทำฉบับก่อนตั้งเวที")


def _require_manual(edition: Edition, work_group: WorkGroup | None) -> None:
    """Where nothing stands, nothing can be said. The plenary speaks of all manuals."""
    if work_group is None:
        return
    if not edition.entries.filter(
        kind=EditionEntry.Kind.MANUAL, manual__work_group=work_group
    ).exists():
        raise SessionRefused(
            joined(work_group.name, "ยังไม่มีคู่มือใน", edition.title)
            + " จึงตั้งเวทีไม่ได้ โปรดเพิ่มคู่มือของกลุ่มงานนี้แล้วจัดทำฉบับใหม่ หรือเลือกฉบับอื่น",
            field="work_group",
        )


def _claim_edition(edition: Edition, hearing: Hearing) -> None:
    """An edition is heard in one hearing: what is said of it, and the offices counted on it, are that hearing's."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    others = (
        HearingSession.objects.filter(edition=edition)
        .exclude(hearing=hearing)
        .select_related("hearing")
    )
    taken = others.first()
    if taken is not None:
        raise SessionRefused(
            f"{joined(edition.title, 'ใช้ใน')} “{taken.hearing.title}” แล้ว โปรดจัดทำฉบับใหม่สำหรับการประชาพิจารณ์ครั้งนี้ "
            "เพื่อไม่ให้ความคิดเห็นและจำนวนเขตของแต่ละครั้งปนกัน",
            field="edition",
        )


def _require_first_day(session: HearingSession) -> None:
    start, _ = day_range(session.hearing.opens_on)
    if session.opens_at is not None and session.opens_at < start:
        raise SessionRefused(
            f"การประชาพิจารณ์เริ่ม {be_date(session.hearing.opens_on)} เวทีจึงเปิดก่อนวันนั้นไม่ได้ โปรดแก้วันเปิด หรือเลื่อนวันเริ่มต้นก่อน",
            field="opens_day",
        )


# What makes two sessions of a hearing equal
EQUALITY_FIELDS = {"kind", "work_group", "edition", "venue", "opens_at", "closes_at"}


def _require_no_equal(session: HearingSession) -> None:
    """Nobody would know in which of two to speak, and a room cannot hold a group twice. What is closed is no matter."""
    of_group = HearingSession.objects.filter(
        hearing=session.hearing_id,
        kind=session.kind,
        work_group=session.work_group_id,
    )
    for other in (
        of_group.exclude(pk=session.pk).with_state().select_related("work_group")
    ):
        is_same_place = other.edition_id == session.edition_id
        if session.is_room:
            is_same_place = (
                not session.venue or not other.venue or other.venue == session.venue
            )
        if (
            is_same_place
            and _overlap(session, other)
            and other.state != SessionState.State.CLOSED
        ):
            raise EqualSession(other)


def find_room_sharers(planned: Sequence[HearingSession]) -> dict[str, list[str]]:
    """{room: the other groups that sit there at the time of one of the planned sessions of a hearing, those that are
    planned among them}; closed sessions are no matter. The planned ones need not be rows. One query."""
    venues = {session.venue for session in planned if session.is_room and session.venue}
    if not venues:
        return {}
    kept = [session.pk for session in planned if session.pk]
    stored = (
        HearingSession.objects.filter(
            hearing=planned[0].hearing, kind=HearingSession.Kind.ROOM, venue__in=venues
        )
        .exclude(pk__in=kept)
        .with_state()
        .select_related("work_group")
    )
    standing = [other for other in stored if other.state != SessionState.State.CLOSED]
    sharers: dict[str, list[str]] = {}
    for at, session in enumerate(planned):
        if not session.is_room or not session.venue:
            continue
        for other in [*planned[at + 1 :], *standing]:
            if (
                other.is_room
                and other.venue == session.venue
                and other.work_group_id != session.work_group_id
                and _overlap(session, other)
            ):
                names = sharers.setdefault(session.venue, [])
                for one in (session, other):
                    name = str(one.work_group)
                    if name not in names:
                        names.append(name)
    return sharers


def _overlap(one: HearingSession, other: HearingSession) -> bool:
    """A session without a time may begin, or end, whenever the hearing does."""
    ends_before = (
        one.closes_at is not None
        and other.opens_at is not None
        and one.closes_at <= other.opens_at
    )
    begins_after = (
        one.opens_at is not None
        and other.closes_at is not None
        and other.closes_at <= one.opens_at
    )
    return not ends_before and not begins_after


def has_begun(session: HearingSession) -> bool:
    """Whether it was ever opened or commented in."""
    return session.states.exists() or Comment.objects.filter(session=session).exists()
