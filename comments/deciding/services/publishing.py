"""Publishing a group's answers together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.refusals import Refusal, RefusalKind

from ...acts import ANSWER_PUBLISHED, ANSWERS_PUBLISHED, about_comment, about_group
from ...hearings.queries import sessions_with_state
from ...hearings.services.session_states import (
    BY_ANSWERS,
    close_settled_sessions,
    lock_session,
)
from ...live.services import record_decision
from ...models import (
    Answer,
    AnswerPublication,
    Comment,
    Disposition,
    Hearing,
    HearingSession,
    SessionState,
)
from ..queries.answers import OBJECTABLE, identify_answers, waiting_answers
from ..queries.blockers import (
    CommentBlocker,
    comments_of_group,
    find_publication_blockers,
    waiting_dispositions,
)


class PublishingRefused(Refusal):
    """Something still stands in the way; `blockers` name each."""

    kind = RefusalKind.CONFLICT

    def __init__(
        self, message_th: str, blockers: Sequence[CommentBlocker] = ()
    ) -> None:
        super().__init__(message_th)
        self.blockers = list(blockers)


class AnswersChanged(PublishingRefused):
    """Other answers wait now than the person had confirmed."""


def publish_answers(
    hearing: Hearing,
    group: WorkGroup | None,
    *,
    by: User,
    confirmed: str = "",
) -> AnswerPublication:
    """Publish all answers of the group that are not published yet; `confirmed` identifies those the person was told of
    (`identify_answers`), where a step told them. The same set sent twice gives the first publication again. The group's
    paused sessions close with it.

    Raises PublishingRefused with the blockers, AnswersChanged.
    """
    with act(by=by) as done:
        # Before the comments: who edits one in a session takes them in this order
        paused = find_paused_sessions(hearing, group)
        for session in paused:
            lock_session(session)
        # Deciding locks the comments too: nothing is decided differently while the set is put together
        comments = (
            comments_of_group(hearing, group)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        list(comments.values_list("pk"))
        published = find_publication_of(hearing, group, confirmed)
        if published is not None:
            return published
        waiting = list(find_publishable(hearing, group))
        if confirmed and confirmed != identify_answers(
            waiting_dispositions(hearing, group)
        ):
            raise AnswersChanged(
                "ผลที่รอเผยแพร่เปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ โปรดตรวจสอบอีกครั้งก่อนยืนยัน"
            )
        publication = AnswerPublication.objects.create(
            hearing=hearing,
            work_group=group,
            by=by,
            objections_until=objection_deadline(
                hearing, waiting_answers(hearing, group)
            ),
        )
        # {disposition: the first comment it answers}
        first_comments: dict[int, Comment] = {}
        answers = Answer.objects.filter(disposition__in=waiting).select_related(
            "comment__entry__manual"
        )
        for answer in answers.order_by("pk"):
            first_comments.setdefault(answer.disposition_id, answer.comment)
        for disposition in waiting:
            disposition.publication = publication
            disposition.save(update_fields=["publication"])
            answered = about_comment(first_comments[disposition.pk])
            done.record(ANSWER_PUBLISHED, answered, detail=disposition.outcome)
        record_decision(first_comments.values(), publication.pk)
        done.record(ANSWERS_PUBLISHED, about_group(group))
        close_settled_sessions(paused, by=by, reason=BY_ANSWERS)
    return publication


def find_paused_sessions(
    hearing: Hearing, group: WorkGroup | None
) -> list[HearingSession]:
    """Those that close when the group's answers are published: they could not be opened again. One query."""
    sessions = sessions_with_state(hearing).filter(work_group=group)
    paused = SessionState.State.PAUSED
    return [session for session in sessions if session.state == paused]


def find_publishable(
    hearing: Hearing, group: WorkGroup | None
) -> QuerySet[Disposition]:
    """The answers that can go out now. Raises PublishingRefused with the blockers."""
    blockers = find_publication_blockers(hearing, group)
    if blockers:
        raise PublishingRefused(
            f"ยังเผยแพร่ไม่ได้ มี {len(blockers)} เรื่องที่ต้องดำเนินการก่อน", blockers
        )
    waiting = waiting_dispositions(hearing, group)
    if not waiting.exists():
        raise PublishingRefused("ไม่มีผลการพิจารณาใหม่ที่จะเผยแพร่")
    return waiting


def objection_deadline(hearing: Hearing, answers: QuerySet[Answer]) -> datetime:
    """Until when these answers can be objected to if they are published now: no longer than now where nobody may. One
    query."""
    now = timezone.now()
    if not answers.filter(OBJECTABLE).exists():
        return now
    return now + timedelta(days=hearing.objection_days)


def find_publication_of(
    hearing: Hearing, group: WorkGroup | None, confirmed: str
) -> AnswerPublication | None:
    """The latest publication, if it is of the answers that `confirmed` identifies."""
    latest = (
        AnswerPublication.objects.filter(hearing=hearing, work_group=group)
        .order_by("-pk")
        .first()
    )
    if (
        latest is None
        or not confirmed
        or identify_answers(latest.dispositions.all()) != confirmed
    ):
        return None
    return latest
