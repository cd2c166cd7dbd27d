"""Noting what the meeting holds on a clause (docs/decisions/0154-motions-and-timers-of-a-room.md)."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from manuals.models import EditionEntry

from ..acts import MOTION_CORRECTED, MOTION_NOTED, about_session
from ..hearings.refusals import SessionClosed
from ..hearings.services.session_states import lock_session
from ..live.services import record_event
from ..models import Event, HearingSession, Motion
from .refusals import MotionRefused


def note_motion(
    session: HearingSession,
    entry: EditionEntry,
    *,
    words: str,
    proposed: str = "",
    by: User,
) -> Motion:
    """On what is discussed: raises MotionRefused where the room went on to another clause meanwhile, and
    SessionClosed. The same words on the same clause twice are noted once."""
    with act(by=by) as done:
        lock_session(session)
        session.forget_state()
        if not session.is_open:
            raise SessionClosed(session)
        latest = session.discussions.order_by("-pk").first()
        if latest is None or latest.entry_id != entry.pk:
            raise MotionRefused(
                "ที่ประชุมไปข้ออื่นแล้ว จึงยังไม่ได้บันทึก ข้อความยังอยู่ครบ "
                "โปรดนำข้อนั้นขึ้นอภิปรายอีกครั้ง หรือแก้ข้อความให้ตรงกับข้อที่กำลังอภิปราย แล้วบันทึก"
            )
        same = Motion.objects.filter(
            session=session,
            entry=entry,
            words=words,
            proposed=proposed,
            replaced_by__isnull=True,
        ).first()
        if same is not None:
            return same
        made = Motion.objects.create(
            session=session, entry=entry, words=words, proposed=proposed, by=by
        )
        record_event(session, Event.Kind.MOTION, str(made.pk))
        done.record(
            MOTION_NOTED, about_session(session), detail=session.kind, note=words
        )
    return made


def correct_motion(
    motion: Motion, *, words: str, proposed: str = "", by: User
) -> Motion:
    """Another row takes its place; both are kept. Also after the session: minutes are read later. Raises MotionRefused
    where somebody was quicker."""
    session = motion.session
    with act(by=by) as done:
        lock_session(session)
        if Motion.objects.filter(replaces=motion).exists():
            raise MotionRefused(
                "มีผู้แก้มตินี้ไปแล้ว จึงยังไม่ได้บันทึก ข้อความยังอยู่ครบ โปรดดูข้อความล่าสุดในหน้ามติของที่ประชุมก่อนแก้ใหม่"
            )
        made = Motion.objects.create(
            session=session,
            entry_id=motion.entry_id,
            words=words,
            proposed=proposed,
            replaces=motion,
            by=by,
        )
        record_event(session, Event.Kind.MOTION, str(made.pk))
        done.record(
            MOTION_CORRECTED, about_session(session), detail=session.kind, note=words
        )
    return made
