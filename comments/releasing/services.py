"""Releasing an edition to the hearing or to the public, and asking for the book that everybody may have."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Self

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.refusals import Refusal, RefusalKind, TooMuchAtOnce
from manuals.editions.services.releasing import lock_edition, release_to
from manuals.models import Edition, EditionRelease
from manuals.reading.queries.editions import find_published_book

from ..deciding.queries.blockers import Blocker
from ..hearings.services.session_states import BY_FINAL, close_settled_sessions
from ..models import HearingSession
from .queries.book import EditionBook
from .queries.gate import find_release_blockers


class ReleaseRefused(Refusal):
    """Something still stands in the way; `blockers` name each."""

    kind = RefusalKind.CONFLICT

    def __init__(self, message_th: str, blockers: Sequence[Blocker] = ()) -> None:
        super().__init__(message_th)
        self.blockers = list(blockers)

    @classmethod
    def because_of(cls, blockers: Sequence[Blocker]) -> Self:
        return cls(f"ยังเผยแพร่ฉบับไม่ได้ มี {len(blockers)} เรื่องที่ต้องดำเนินการก่อน", blockers)


class BookRefused(Refusal):
    """The edition gets no book for everybody, or has one."""

    kind = RefusalKind.CONFLICT


def needs_gate(edition: Edition, audience: str) -> bool:
    return (
        edition.kind == Edition.Kind.FINAL
        and audience == EditionRelease.Audience.PUBLIC
    )


def release_edition(edition: Edition, audience: str, *, by: User) -> EditionRelease:
    """Release a sealed edition; safe to repeat. A final one to the public only when nothing blocks it; it closes the
    sessions on the editions before it, and its book is printed for everybody.

    Raises ReleaseRefused with the blockers.
    """
    if edition.sealed_at is None:
        raise ReleaseRefused("ฉบับนี้ยังจัดทำไม่แล้วเสร็จ จึงเผยแพร่ฉบับไม่ได้")
    with act(by=by):
        lock_edition(edition)  # two presses make one release
        existing = EditionRelease.objects.filter(
            edition=edition, audience=audience
        ).first()
        if existing is not None:
            return existing
        if needs_gate(edition, audience):
            blockers = find_release_blockers(EditionBook(edition))
            if blockers:
                raise ReleaseRefused.because_of(blockers)
            # Before the release: from then on nothing can be said in them
            running = HearingSession.objects.with_state().filter(
                edition__sealed_at__lt=edition.sealed_at
            )
            close_settled_sessions(
                running.select_related("work_group", "hearing", "edition"),
                by=by,
                reason=BY_FINAL,
            )
            # Who has too much waiting asks on the page of the edition
            with suppress(TooMuchAtOnce):
                enqueue_job("publish_book", {"edition": edition.code}, by)
        return release_to(edition, audience, by=by)


def ask_for_published_book(edition: Edition, *, by: User) -> Job:
    """The book of an edition that the public reads already. Raises Refusal and TooMuchAtOnce."""
    is_public = edition.releases.filter(audience=EditionRelease.Audience.PUBLIC)
    if not is_public.exists():
        raise BookRefused("ฉบับนี้ยังไม่ได้เผยแพร่แก่ประชาชน โปรดเผยแพร่ก่อนจัดทำเล่มสำหรับดาวน์โหลด")
    if find_published_book(edition) is not None:
        raise BookRefused("ฉบับนี้มีเล่มสำหรับดาวน์โหลดแล้ว")
    return enqueue_job("publish_book", {"edition": edition.code}, by)
