"""What the meeting noted, each motion as it was corrected last."""

from django.db.models import QuerySet

from manuals.models import EditionEntry

from ..models import HearingSession, Motion

SHOWN = 60


def standing_motions() -> QuerySet[Motion]:
    """Without those that a correction took the place of."""
    return Motion.objects.filter(replaced_by__isnull=True)


def find_motions(session: HearingSession) -> list[Motion]:
    """The latest first. One query."""
    motions = standing_motions().filter(session=session)
    with_things = motions.select_related(
        "entry__blob", "entry__section", "entry__manual", "by"
    )
    return list(with_things.order_by("-pk")[:SHOWN])


def find_latest_motion(session: HearingSession, entry_id: int) -> Motion | None:
    """On this clause. One query."""
    motions = standing_motions().filter(session=session, entry=entry_id)
    return motions.order_by("-pk").first()


def find_motions_on(entry: EditionEntry) -> list[Motion]:
    """In whatever session, the latest first. One query."""
    motions = list(standing_motions().filter(entry=entry).order_by("-pk")[:SHOWN])
    for motion in motions:
        motion.entry = entry
    return motions


def find_noted_motions(session: HearingSession) -> list[Motion]:
    """All rows, corrected ones too, in the order in which they were noted, for the minutes. One query."""
    motions = Motion.objects.filter(session=session).select_related(
        "entry__section", "entry__manual", "entry__blob"
    )
    return list(motions.order_by("pk"))
