"""Opening, pausing, closing and extending sessions; saying which clause is under discussion."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.thai.dates import be_date, be_datetime
from hearing_portal.thai.sentences import joined
from manuals.editions.services.releasing import release_to
from manuals.models import EditionEntry, EditionRelease

from ...acts import SESSION_EXTENDED, SESSION_STATE_CHANGED, about_session
from ...live.services import record_event
from ...models import Discussion, Event, HearingSession, SessionState
from ...permissions import can_administer
from ..queries import Settlement, find_settlements
from ..refusals import EditionNotReadable, SessionRefused, WentOnMeanwhile

State = SessionState.State
BY_TIME = "ตามเวลาที่กำหนด"
BY_FINAL = "เผยแพร่ฉบับสมบูรณ์แก่ประชาชนแล้ว"
BY_ANSWERS = "เผยแพร่ผลการพิจารณาของกลุ่มงานนี้แล้ว"
WITHOUT_REASON = "โปรดระบุเหตุผลที่ขยายเวลา ผู้แทนจะเห็นเหตุผลนี้"
# Out of which states a session may come into each (None: nobody has opened it yet)
ALLOWED_BEFORE: dict[str, set[str | None]] = {
    State.OPENED: {None, State.PAUSED, State.CLOSED},
    State.PAUSED: {State.OPENED},
    State.CLOSED: {State.OPENED, State.PAUSED},
}


def open_session(
    session: HearingSession,
    *,
    by: User,
    reason: str = "",
    releases_edition: bool = False,
) -> SessionState:
    """`releases_edition` lets the participants read the edition in the same act, where they may not yet."""
    with act(by=by, reason=reason):
        if releases_edition:
            _release_editions([session], by=by)
        return set_session_state(session, State.OPENED, by=by, reason=reason)


def pause_session(
    session: HearingSession, *, by: User, reason: str = ""
) -> SessionState:
    return set_session_state(session, State.PAUSED, by=by, reason=reason)


def close_session(
    session: HearingSession, *, by: User, reason: str = ""
) -> SessionState:
    return set_session_state(session, State.CLOSED, by=by, reason=reason)


def set_session_state(
    session: HearingSession,
    state: str,
    *,
    by: User | None,
    reason: str = "",
) -> SessionState:
    """Open, pause or close; asking for the state it has changes nothing. Closing ends the discussion.

    `by` is None where the announced time came. Raises SessionRefused when the session is not in a state that allows
    it, or when the times announced do not: an opening after them needs an extension first.
    """
    with act(by=by, reason=reason) as done:
        lock_session(session)
        session.forget_state()
        if by is not None and state != State.OPENED and session.is_opened_by_time:
            # The job is late, or the person quick: the history tells that it opened before it tells what follows
            set_session_state(session, State.OPENED, by=None, reason=BY_TIME)
        latest = session.states.order_by("-id").first()
        if latest is not None and latest.state == state == session.state:
            return latest
        if by is not None and session.state not in ALLOWED_BEFORE.get(state, set()):
            raise SessionRefused(
                "เวทีไม่ได้อยู่ในสถานะที่ทำเช่นนี้ได้ โปรดเปิดหน้านี้อีกครั้งเพื่อดูสถานะล่าสุด"
            )
        if state == State.OPENED:
            _require_openable(session, by)
        if state == State.CLOSED:
            discussion = session.discussions.order_by("-id").first()
            _end_discussion(session, discussion, by=by)
        made = SessionState(session=session, state=state, by=by, reason=reason.strip())
        if by is None:
            made.at = session.moment_of_state
        made.save()
        # What the clock did is told at its own time by every page, however late somebody wrote it down
        record_event(session, Event.Kind.STATE)
        done.record(
            SESSION_STATE_CHANGED[state],
            about_session(session),
            detail=session.kind,
            at=made.at,
        )
    session.forget_state()
    return made


def write_down_time(session: HearingSession) -> SessionState | None:
    """The row of what the clock did and no row tells yet, at its own time. None where there is nothing to tell."""
    if session.state == session.state_facts.acted_state or session.state is None:
        return None
    # Closed without ever having been open: there is nothing to end, and no row to tell
    if session.state_facts.acted_state is None and session.state == State.CLOSED:
        return None
    reason = reason_of_time(session)
    return set_session_state(session, session.state, by=None, reason=reason)


def write_down_closing(session: HearingSession) -> None:
    """Before another end makes it open again: the history tells that it was closed, however late the job is."""
    if session.state == State.CLOSED:
        write_down_time(session)


def reason_of_time(session: HearingSession) -> str:
    """Why it is in its state, where nobody brought it about."""
    if session.state == State.CLOSED and session.is_ended_by_final:
        return BY_FINAL
    return BY_TIME


class Obstacle(NamedTuple):
    """Why a session cannot be opened, in a few words beside its name and in sentences that say what to do.
    `is_lasting` where it never can: what was said in it is settled."""

    short: str
    message: str
    is_lasting: bool = False


def find_obstacles(
    sessions: Sequence[HearingSession], *, by: User | None
) -> dict[int, Obstacle]:
    """{session id: why it cannot be opened by hand}, of those that cannot. Four queries at most where one of them
    is not open, else none, if the sessions come with their states and editions. An edition that nobody may read is no
    obstacle: it can be released in the same act."""
    shut = [session for session in sessions if not session.is_open]
    settlements = find_settlements(shut) if shut else {}
    obstacles = {}
    for session in sessions:
        obstacle = None
        if session.pk in settlements:
            obstacle = _describe_settlement(session, settlements[session.pk])
        else:
            obstacle = _find_obstacle_of_time(session, by)
        if obstacle is not None:
            obstacles[session.pk] = obstacle
    return obstacles


def explain_settled(session: HearingSession) -> str:
    """Why a session is not opened again: what was said in it is answered, or went into a book that everybody reads.
    Empty for one that may be. Four queries at most."""
    settlement = find_settlements([session]).get(session.pk)
    if settlement is None:
        return ""
    return _describe_settlement(session, settlement).message


def _describe_settlement(session: HearingSession, settlement: Settlement) -> Obstacle:
    refusal = f"เวที{session} เปิดอีกไม่ได้"
    if settlement.final is not None:
        why = joined("เพราะเผยแพร่", settlement.final.title, "แก่ประชาชนแล้ว")
        advice = "หากต้องการรับฟังต่อ โปรดจัดทำฉบับใหม่ แล้วตั้งเวทีใหม่"
        return Obstacle(
            "เปิดอีกไม่ได้ เพราะเผยแพร่ฉบับสมบูรณ์แล้ว",
            f"{refusal} {why} {advice}",
            is_lasting=True,
        )
    why = "เพราะเผยแพร่ผลการพิจารณาของกลุ่มงานนี้แล้ว"
    advice = "หากต้องการรับฟังต่อ โปรดตั้งเวทีใหม่"
    return Obstacle(
        "เปิดอีกไม่ได้ เพราะเผยแพร่ผลการพิจารณาแล้ว",
        f"{refusal} {why} {advice}",
        is_lasting=True,
    )


def _require_not_settled(session: HearingSession) -> None:
    explanation = explain_settled(session)
    if explanation:
        raise SessionRefused(explanation)


def _find_obstacle_of_time(session: HearingSession, by: User | None) -> Obstacle | None:
    facts = session.state_facts
    if timezone.localdate() < facts.first_day:
        first_day = be_date(facts.first_day)
        way_out = "โปรดแจ้งผู้ดูแลระบบให้เปลี่ยนวันเริ่มต้นก่อน"
        if _may_administer(by):
            way_out = "โปรดเปลี่ยนวันเริ่มต้นที่หน้าประชาพิจารณ์ก่อน"
        message = (
            f"การประชาพิจารณ์เริ่ม {first_day} จึงยังเปิดเวทีไม่ได้ หากจะรับฟังก่อนวันนั้น {way_out}"
        )
        return Obstacle(f"เปิดได้ตั้งแต่ {first_day}", message)
    if timezone.localdate() > facts.last_day:
        last_day = be_date(facts.last_day)
        message = f"การประชาพิจารณ์สิ้นสุดแล้วเมื่อ {last_day} จึงเปิดเวทีไม่ได้ หากจะรับฟังต่อ {_extend_first(by)}"
        return Obstacle("เปิดไม่ได้ เพราะการประชาพิจารณ์สิ้นสุดแล้ว", message)
    if session.closes_at is not None and session.closes_at <= timezone.now():
        message = (
            f"เวที{session} สิ้นสุดเวลาแล้วเมื่อ {be_datetime(session.closes_at)} "
            f"หากจะรับฟังต่อ โปรดขยายเวลาพร้อมระบุเหตุผลก่อน"
        )
        return Obstacle("สิ้นสุดเวลาแล้ว ต้องขยายเวลาก่อนเปิด", message)
    return None


def _require_openable(session: HearingSession, by: User | None) -> None:
    if by is not None:
        _require_not_settled(session)
    obstacle = _find_obstacle_of_time(session, by)
    if obstacle is not None:
        raise SessionRefused(obstacle.message)
    if not session.state_facts.is_readable:
        raise EditionNotReadable([session], may_release=_may_administer(by))


def _may_administer(by: User | None) -> bool:
    return by is not None and can_administer(by)


def _extend_first(by: User | None) -> str:
    if _may_administer(by):
        return "โปรดขยายวันสิ้นสุดที่หน้าประชาพิจารณ์ก่อน"
    return "โปรดแจ้งผู้ดูแลระบบให้ขยายวันสิ้นสุดก่อน"


def _release_editions(sessions: Iterable[HearingSession], *, by: User) -> None:
    """Lets the participants read what these sessions run on, where they may not yet."""
    for session in sessions:
        session.forget_state()  # of the sessions before it one may run on the same edition
        if not session.state_facts.is_readable:
            release_to(session.edition, EditionRelease.Audience.HEARING, by=by)
            session.forget_state()


def extend_session(
    session: HearingSession,
    until: datetime,
    *,
    by: User,
    reason: str,
    reopens: bool = False,
) -> HearingSession:
    """Take comments until a later moment, and open again what the announced time had closed. The reason is shown.
    What somebody closed by hand stays closed, unless it `reopens` in the same act.

    Raises SessionRefused without a reason, for a moment that is past or not later, or after the hearing's last day.
    """
    if not reason.strip():
        raise SessionRefused(WITHOUT_REASON, field="reason")
    with act(by=by, reason=reason) as done:
        lock_session(session)
        session.refresh_from_db(fields=["opens_at", "closes_at"])
        session.forget_state()
        last_day = session.state_facts.last_day
        if session.closes_at is None and timezone.localdate(until) <= last_day:
            raise SessionRefused(
                f"เวทีนี้ไม่ได้กำหนดเวลาปิด จึงรับความคิดเห็นถึงสิ้นวันที่ {be_date(last_day)} อยู่แล้ว ไม่ต้องขยายเวลา "
                "หากต้องการกำหนดเวลาปิด โปรดกรอกที่หน้าแก้เวที หรือแจ้งผู้ดูแลระบบ",
                field="until_day",
            )
        if until <= timezone.now() or (
            session.closes_at is not None and until <= session.closes_at
        ):
            raise SessionRefused(
                "เวลาใหม่ต้องหลังเวลานี้และหลังเวลาปิดเดิม โปรดแก้วันหรือเวลา", field="until_day"
            )
        if timezone.localdate(until) > last_day:
            raise SessionRefused(
                f"การประชาพิจารณ์สิ้นสุดวันที่ {be_date(last_day)} โปรดเลือกเวลาไม่เกินวันนั้น "
                f"หากต้องการให้นานกว่านั้น {_extend_first(by)}",
                field="until_day",
            )
        if session.state == State.CLOSED:
            _require_not_settled(session)
        was_closed_by_time = is_closed_by_time(session)
        write_down_closing(session)
        session.closes_at = until
        session.extension_reason = reason.strip()
        session.save(update_fields=["closes_at", "extension_reason"])
        record_event(session, Event.Kind.STATE)
        done.record(
            SESSION_EXTENDED,
            about_session(session),
            detail=session.kind,
            note=be_datetime(until),
        )
        if was_closed_by_time:
            open_after_extension(session, by=by, reason=reason)
        elif reopens:
            set_session_state(session, State.OPENED, by=by, reason=reason)
    session.forget_state()
    return session


def is_closed_by_hand(session: HearingSession) -> bool:
    return session.state == State.CLOSED and not is_closed_by_time(session)


def is_closed_by_time(session: HearingSession) -> bool:
    """Whether it is closed and nobody did it by hand: the time came, written down by the job or not yet."""
    if session.state != State.CLOSED:
        return False
    latest = session.states.order_by("-id").first()
    return latest is None or latest.by_id is None or latest.state != State.CLOSED


def open_after_extension(
    session: HearingSession, *, by: User | None, reason: str
) -> SessionState:
    """What the time had closed takes comments again; its time is extended already."""
    return SessionState.objects.create(
        session=session, state=State.OPENED, by=by, reason=reason.strip()
    )


def set_session_states(
    session: HearingSession,
    others: Iterable[HearingSession],
    state: str,
    *,
    by: User,
    reason: str = "",
    releases_edition: bool = False,
) -> list[SessionState]:
    """The session, and with it those of the others that can come into the state, in one act."""
    with act(by=by, reason=reason):
        if state == State.OPENED:
            made = [
                open_session(
                    session, by=by, reason=reason, releases_edition=releases_edition
                )
            ]
        else:
            made = [set_session_state(session, state, by=by, reason=reason)]
        made += set_states_together(
            others,
            state,
            by=by,
            reason=reason,
            releases_edition=releases_edition,
            reopens=True,
        )
    return made


def set_states_together(
    sessions: Iterable[HearingSession],
    state: str,
    *,
    by: User,
    reason: str = "",
    releases_edition: bool = False,
    reopens: bool = False,
) -> list[SessionState]:
    """Open, pause or close all of these in one act: those that can come into the state, and no other. With
    `releases_edition` the participants may read from then on what is opened; what is closed opens again only with
    `reopens`, where each session was chosen by itself: only there one that is settled is an error.

    Raises SessionRefused when one that should open may not (its edition, its time): then none has changed.
    """
    changing = []
    allowed = ALLOWED_BEFORE[state]
    if not reopens:
        allowed = allowed - {State.CLOSED}
    with act(by=by, reason=reason):
        # Locked in one order, so that two who press at once do not wait for each other
        for session in sorted(sessions, key=lambda session: session.pk):
            lock_session(session)
            session.forget_state()
            if session.state != state and session.state in allowed:
                changing.append(session)
        if state == State.OPENED and not reopens and changing:
            settled = find_settlements(changing)
            changing = [session for session in changing if session.pk not in settled]
        if state == State.OPENED and releases_edition:
            _release_editions(changing, by=by)
        elif state == State.OPENED:
            unreadable = [
                session for session in changing if not session.state_facts.is_readable
            ]
            if unreadable:
                raise EditionNotReadable(unreadable, may_release=_may_administer(by))
        acts = []
        for each in changing:
            acts.append(set_session_state(each, state, by=by, reason=reason))
        return acts


def close_settled_sessions(
    sessions: Iterable[HearingSession], *, by: User, reason: str
) -> list[SessionState]:
    """Those that are open or paused are closed by the act that settles what was said in them."""
    return set_states_together(sessions, State.CLOSED, by=by, reason=reason)


def lock_session(session: HearingSession) -> None:
    """Until the act ends nobody else changes the session's state or its discussion."""
    HearingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _end_discussion(
    session: HearingSession,
    latest: Discussion | None,
    *,
    by: User | None,
) -> Discussion | None:
    """Nothing is discussed any more. `latest` is what the session discussed until now."""
    if latest is None or latest.entry_id is None:
        return latest
    record_event(session, Event.Kind.CLAUSE)
    return Discussion.objects.create(session=session, entry=None, by=by)


def discuss_entry(
    session: HearingSession,
    entry: EditionEntry | None,
    *,
    by: User,
    seen: int | None = None,
) -> Discussion | None:
    """Put an entry of the session's edition under discussion; None ends the discussion. Safe to repeat. `seen` is the
    id of the Discussion that the person went on from.

    Raises WentOnMeanwhile where that is over, SessionRefused for an entry of another edition or another group, and in
    a closed session.
    """
    with act(by=by):
        lock_session(session)
        latest = session.discussions.order_by("-id").first()
        if seen is not None and (latest is None or latest.pk != seen):
            raise WentOnMeanwhile
        if entry is None:
            return _end_discussion(session, latest, by=by)
        if latest is not None and latest.entry_id == entry.pk:
            return latest
        if entry.edition_id != session.edition_id:
            raise SessionRefused("ข้อนี้ไม่ได้อยู่ในฉบับที่เวทีนี้ใช้")
        if session.work_group_id not in (None, entry.manual.work_group_id):
            raise SessionRefused("ข้อนี้เป็นของกลุ่มงานอื่น จึงนำขึ้นอภิปรายในเวทีนี้ไม่ได้")
        session.forget_state()  # read again under the lock
        if session.state == State.CLOSED:
            raise SessionRefused("เวทีปิดแล้ว โปรดเปิดเวทีก่อนนำข้อขึ้นอภิปราย")
        record_event(session, Event.Kind.CLAUSE, str(entry.pk))
        return Discussion.objects.create(session=session, entry=entry, by=by)
