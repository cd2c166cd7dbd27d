"""The step before a group's answers are published: to whom they go, and what can be done after."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.web.confirming import ConfirmingStep
from manuals.models import Manual

from ...hearings.queries import GroupSessions
from ...models import Comment, Hearing, HearingSession, SessionState
from ...permissions import can_run_session
from ..queries.answers import (
    Addressees,
    OutcomeCount,
    count_addressees,
    count_waiting_outcomes,
    waiting_answers,
)
from ..queries.lost_words import find_lost_words
from ..services.publishing import objection_deadline
from .held import HeldComments, find_held_of_answers
from .lost_words import ShownLostWords, show_lost_words


class OpenSession(NamedTuple):
    """A session of the group that still takes comments; `url` is where it is closed, empty for who may not."""

    session: HearingSession
    url: str


@dataclass(frozen=True, slots=True)
class PublishingStep:
    addressees: Addressees
    outcomes: list[OutcomeCount]
    objections_until: datetime | None  # None where the hearing takes no objections
    open_sessions: list[OpenSession]
    paused_sessions: list[HearingSession]  # close with the publication
    held: HeldComments  # of those that are answered
    lost: list[
        ShownLostWords
    ]  # adopted by one of the answers, and in the draft no more
    step: ConfirmingStep


def load_publishing_step(
    user: User,
    hearing: Hearing,
    manual: Manual,
    group_sessions: GroupSessions,
    *,
    confirmed: str,
    here: str,
    refusal: str = "",
) -> PublishingStep:
    """`confirmed` identifies the answers that are told; `here` is the address of the answers. Six queries at
    most."""
    answers = waiting_answers(hearing, manual.work_group)
    addressees = count_addressees(answers)
    held = find_held_of_answers(hearing, manual, answers)
    consequence = "เมื่อเผยแพร่แล้ว ผู้เสนอและผู้อ่านทุกคนเห็นผลและเหตุผลทันที เรียกคืนหรือแก้ไขไม่ได้"
    if held.comments:
        consequence = "เมื่อเผยแพร่แล้ว ผู้เสนอเห็นผลและเหตุผลทันที ผู้อ่านเห็นเฉพาะผลของความคิดเห็นที่แสดงแล้ว เรียกคืนหรือแก้ไขไม่ได้"
    step = ConfirmingStep(
        title="เผยแพร่ผลการพิจารณา",
        question=f"เผยแพร่ผลการพิจารณา {addressees.comments} ความคิดเห็นหรือไม่",
        consequence=consequence,
        to=here,
        back=here,
        act="ยืนยันการเผยแพร่ผล",
        icon="send",
        stay="ยังไม่เผยแพร่",
        sent=[("confirmed", confirmed), ("hearing", hearing.key)],
        refusal=refusal,
    )
    open_sessions = []
    paused_sessions = []
    for session in group_sessions.sessions:
        if session.state == SessionState.State.PAUSED:
            paused_sessions.append(session)
        if session.is_open:
            url = (
                reverse("session", args=[session.pk])
                if can_run_session(user, session)
                else ""
            )
            open_sessions.append(OpenSession(session, url))
    return PublishingStep(
        addressees=addressees,
        outcomes=count_waiting_outcomes(hearing, manual.work_group),
        objections_until=objection_deadline(hearing, answers)
        if hearing.takes_objections
        else None,
        open_sessions=open_sessions,
        paused_sessions=paused_sessions,
        held=held,
        lost=show_lost_words(
            find_lost_words(Comment.objects.filter(answers__in=answers))
        ),
        step=step,
    )
