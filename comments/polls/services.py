"""Asking the offices to raise their hands, their answers, and the result that is kept.

It advises and decides nothing (docs/decisions/0150-hands-are-counted-by-offices.md).
"""

from django.db import connection
from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import AreaOffice, User
from manuals.models import EditionEntry

from ..acts import POLL_ASKED, POLL_ENDED, about_session
from ..arrivals.queries import (
    OfficeNumbers,
    count_present_offices,
    count_registered_offices,
)
from ..hearings.refusals import SessionClosed
from ..live.services import record_event
from ..models import Event, HearingSession, Poll, Vote
from .queries import count_votes
from .refusals import AnsweredMeanwhile, PollEnded, PollRefused

Standing = Vote.Standing
# Whose answer may take whose place; the same person may always change their own
RANK: dict[str, int] = {Standing.RECORDED: 0, Standing.DELEGATE: 1, Standing.HEAD: 2}


def ask_poll(
    session: HearingSession,
    *,
    question: str,
    entry: EditionEntry | None,
    hides_counts: bool = False,
    quorum: str = Poll.Quorum.NONE,
    by: User,
) -> Poll:
    """One at a time: raises PollRefused while another runs, and SessionClosed."""
    session.forget_state()
    if not session.is_open:
        raise SessionClosed(session, has_text=False)
    poll = Poll(
        session=session,
        entry=entry,
        question=question.strip(),
        hides_counts=hides_counts,
        quorum=quorum,
        asked_by=by,
    )
    with act(by=by) as done:
        Poll.objects.bulk_create([poll], ignore_conflicts=True)
        made = Poll.objects.filter(uuid=poll.uuid).first()
        if made is None:
            raise PollRefused("มีการยกมือที่ยังไม่สิ้นสุด โปรดสิ้นสุดการยกมือนั้นก่อน แล้วจึงถามข้อใหม่")
        record_event(session, Event.Kind.HAND, str(made.pk))
        done.record(
            POLL_ASKED, about_session(session), detail=session.kind, note=made.question
        )
    return made


def vote(
    poll: Poll,
    *,
    office: AreaOffice,
    answer: str,
    standing: str,
    by: User,
    seen: str = "",
) -> Vote:
    """The office's one answer: the first of a delegate stands until that person, or the head, changes it; the head's
    only the head changes. What a facilitator wrote down for an office gives way to its own people.

    `seen` is the mark of the answer that the page showed (Vote.mark), "" where nobody says: what is sent again, because
    its answer got lost, never takes the place of what the same person answered since, and is no news once it ended.
    Raises SessionClosed, PollEnded, AnsweredMeanwhile, and PollRefused where somebody else of the office answered.
    """
    sent_before = Vote.objects.filter(
        poll=poll, office=office, by=by, standing=standing, answer=answer
    ).first()
    if sent_before is not None:
        return sent_before
    if not poll.session.is_open:
        raise SessionClosed(poll.session, has_text=False)
    with act(by=by):
        _require_running(poll)
        fresh = Vote(
            poll=poll,
            office=office,
            office_kind=office.kind,
            answer=answer,
            standing=standing,
            by=by,
            at=timezone.now(),
        )
        # Whoever is quicker: the constraint lets one of two in
        Vote.objects.bulk_create([fresh], ignore_conflicts=True)
        standing_vote = Vote.objects.select_for_update().get(poll=poll, office=office)
        record_event(poll.session, Event.Kind.HAND, str(poll.pk))
        if standing_vote.at == fresh.at and standing_vote.by_id == by.pk:
            return standing_vote
        is_own = standing_vote.by_id == by.pk and standing_vote.standing == standing
        if is_own and standing_vote.answer == answer:
            return standing_vote
        if is_own and seen and seen != standing_vote.mark:
            raise AnsweredMeanwhile(standing_vote)
        _require_may_change(standing_vote, standing, by)
        standing_vote.answer = answer
        standing_vote.standing = standing
        standing_vote.by = by
        standing_vote.at = fresh.at
        standing_vote.save(update_fields=["answer", "standing", "by", "at"])
    return standing_vote


def _require_running(poll: Poll) -> None:
    """Until the act ends the poll does not end; votes do not wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ended_at FROM comments_poll WHERE id = %s FOR SHARE", [poll.pk]
        )
        (ended_at,) = cursor.fetchone()
    if ended_at is not None:
        poll.ended_at = ended_at
        raise PollEnded(poll)


def _require_may_change(standing_vote: Vote, standing: str, by: User) -> None:
    if standing_vote.by_id == by.pk and standing_vote.standing == standing:
        return
    both_recorded = standing_vote.standing == standing == Standing.RECORDED
    if both_recorded or RANK[standing] > RANK[standing_vote.standing]:
        return
    if standing_vote.standing == Standing.HEAD:
        raise PollRefused("ผอ.สพท. ตอบในนาม สพท. นี้แล้ว เปลี่ยนได้เฉพาะ ผอ.สพท.")
    raise PollRefused("สพท. นี้ตอบแล้ว ผู้ที่ตอบหรือ ผอ.สพท. เปลี่ยนคำตอบได้จนกว่าจะสิ้นสุดการยกมือ")


def end_poll(poll: Poll, *, by: User) -> Poll:
    """The counts of this moment are kept for good. Ending again changes nothing."""
    with act(by=by) as done:
        polls = Poll.objects.select_for_update(of=("self",))
        poll = polls.select_related("session__work_group").get(pk=poll.pk)
        if poll.ended_at is not None:
            return poll
        session = poll.session
        registered = count_registered_offices(session)
        present = count_present_offices(session)
        poll.result = {
            "answers": count_votes(poll),
            "registered": _as_row(registered),
            "present": _as_row(present),
            "needed": offices_needed(poll, registered, present),
        }
        poll.ended_by = by
        poll.ended_at = timezone.now()
        poll.save(update_fields=["result", "ended_by", "ended_at"])
        record_event(session, Event.Kind.HAND, str(poll.pk))
        done.record(
            POLL_ENDED, about_session(session), detail=session.kind, note=poll.question
        )
    return poll


def offices_needed(
    poll: Poll, registered: OfficeNumbers, present: OfficeNumbers
) -> int:
    """How many offices must answer: half of them, rounded up; 0 without a quorum."""
    match poll.quorum:
        case Poll.Quorum.REGISTERED:
            return (registered.total + 1) // 2
        case Poll.Quorum.PRESENT:
            return (present.total + 1) // 2
    return 0


def _as_row(numbers: OfficeNumbers) -> dict[str, int]:
    return {"primary": numbers.primary, "secondary": numbers.secondary}
