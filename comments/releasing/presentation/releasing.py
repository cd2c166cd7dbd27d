"""The step before an edition is released: who may read it from then on."""

from dataclasses import dataclass

from django.urls import reverse

from hearing_portal.thai.sentences import joined
from hearing_portal.web.confirming import ConfirmingStep
from manuals.models import Edition, EditionRelease

from ...deciding.presentation.held import HeldComments, find_held_on
from ...hearings.queries import count_participants
from ...models import (
    Answer,
    AnswerPublication,
    Comment,
    Disposition,
    HearingSession,
)
from ...models.visibility import answers_are_public


@dataclass(frozen=True, slots=True)
class ReleasingStep:
    """`people` have a role today; `sessions` take or will take comments on the edition, `opening` of them at once;
    `open_sessions` take them now, on any edition, while this one goes to the public; `closes_sessions` says that this
    ends them. With a final edition the public reads what was said: `opens_comments` without replies, None where it
    reads them already or reads none; `opens_answers` says that some are published; `unpublished` comments are
    decided and their authors not told. `held` are comments on another
    edition that goes to the public: a final one is not released while any is
    (docs/decisions/0064-held-comments-hold-the-book.md)."""

    is_public: bool
    people: int
    sessions: int
    opening: int
    open_sessions: list[HearingSession]
    closes_sessions: bool
    held: HeldComments | None
    opens_comments: int | None
    opens_answers: bool
    unpublished: int
    step: ConfirmingStep


def load_releasing_step(
    edition: Edition, audience: str, *, refusal: str = ""
) -> ReleasingStep:
    """Eight queries at most."""
    is_public = audience == EditionRelease.Audience.PUBLIC
    opens_comments = None
    if is_public and edition.kind == Edition.Kind.FINAL and not answers_are_public():
        opens_comments = (
            Comment.objects.with_visibility()
            .shown()
            .filter(parent__isnull=True)
            .count()
        )
    word = EditionRelease.Audience(audience).label
    step = ConfirmingStep(
        title="เผยแพร่ฉบับ",
        question=joined("เผยแพร่", edition.title, f"แก่{word}หรือไม่"),
        consequence="เมื่อเผยแพร่แล้ว เรียกคืนไม่ได้ ถ้อยคำในฉบับนี้แก้ไขไม่ได้",
        to=reverse("edition-releases", args=[edition.code]),
        back=reverse("release-gate", args=[edition.code]),
        act="ยืนยันการเผยแพร่ฉบับ",
        icon="unlock",
        stay="ยังไม่เผยแพร่",
        sent=[("audience", audience)],
        refusal=refusal,
    )
    open_sessions = []
    if is_public:
        running = HearingSession.objects.with_state().select_related("work_group")
        open_sessions = [session for session in running if session.is_open]
    held = None
    if is_public and edition.kind != Edition.Kind.FINAL:
        held = find_held_on(edition)
    sessions = list(HearingSession.objects.filter(edition=edition).with_state())
    return ReleasingStep(
        is_public,
        people=count_participants(),
        sessions=len(sessions),
        opening=sum(session.opens_with_release for session in sessions),
        open_sessions=open_sessions,
        closes_sessions=is_public and edition.kind == Edition.Kind.FINAL,
        held=held,
        opens_comments=opens_comments,
        opens_answers=bool(opens_comments) and AnswerPublication.objects.exists(),
        unpublished=_count_unpublished(),
        step=step,
    )


def _count_unpublished() -> int:
    decided = Answer.objects.filter(current=True, disposition__publication__isnull=True)
    return decided.exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN).count()
