"""Walls by their links, and what stands on one."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import constant_time_compare, salted_hmac

from manuals.models import EditionEntry

from ..models import HearingSession, WallRecall

BYTES = 15  # 120 bits: 24 letters


@dataclass(frozen=True, slots=True)
class FoundWall:
    """The session that a link is about; `is_recalled` where it was called back since."""

    session: HearingSession
    is_recalled: bool


def wall_ends_on(session: HearingSession) -> date:
    """The last day on which the link shows anything. Needs the hearing."""
    return session.hearing.closes_on


def count_wall_recalls(session: HearingSession) -> int:
    return WallRecall.objects.filter(session=session).count()


def wall_letters(session: HearingSession, recalls: int) -> str:
    """What the link ends with: k7mq-x3vd-…, small letters and the figures 2 to 7. None are stored; each recall makes
    other ones."""
    value = f"{session.pk} {recalls}"
    digest = salted_hmac("comments.wall", value, algorithm="sha256").digest()
    letters = b32encode(digest[:BYTES]).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def find_wall(pk: int, letters: str) -> FoundWall | None:
    """None for what never was a link. Two queries."""
    sessions = HearingSession.objects.select_related(
        "hearing", "work_group", "edition"
    ).with_state()
    session = sessions.filter(pk=pk).first()
    if session is None:
        return None
    recalls = count_wall_recalls(session)
    if constant_time_compare(letters, wall_letters(session, recalls)):
        return FoundWall(session, is_recalled=False)
    for earlier in range(recalls):
        if constant_time_compare(letters, wall_letters(session, earlier)):
            return FoundWall(session, is_recalled=True)
    return None


def find_words_before(
    session: HearingSession, entry: EditionEntry
) -> EditionEntry | None:
    """The same clause in the edition that the session's was made from; None for a new one. One query."""
    before = EditionEntry.objects.filter(
        edition=session.edition.basis_id, uuid=entry.uuid
    )
    return before.select_related("blob").first()
