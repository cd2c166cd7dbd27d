"""What happened in a session, for those who follow it live."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .hearing import HearingSession


class Event(models.Model):
    """เหตุการณ์ในเวที. Written without a number in the transaction of the act it tells of; the publisher numbers what is
    committed, each session from one on, in the order in which its listeners are told.

    `about` names what it is about as a key (digits, or a uuid), never in words and never a person: everybody who may
    listen to the session is told. Rows are only added, and numbered once (triggers).
    """

    class Kind(models.TextChoices):
        STATE = "state"  # the session opened, paused, closed, or has other times
        CLAUSE = "clause"  # another clause is discussed, or none: about the EditionEntry's id
        # Posted, edited, withdrawn, shown or hidden: about the EditionEntry's id where its readers find something new
        COMMENT = "comment"
        # Recommended or decided, about nothing; published: about the AnswerPublication's id
        DECISION = "decision"
        TIMER = "timer"
        MOTION = "motion"
        SPEAKER = "speaker"
        HAND = "hand"
        ATTENDANCE = "attendance"

    session = models.ForeignKey(HearingSession, models.PROTECT, related_name="events")
    number = models.IntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    about = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(number=None), name="event_to_be_numbered"
            ),
            models.Index(fields=["session", "-id"], name="event_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"], name="one_event_per_session_and_number"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="event_numbers_begin_at_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("state", "clause", "comment", "decision", "timer"),
                        *("motion", "speaker", "hand", "attendance"),
                    ]
                ),
                name="event_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(about__regex="^[0-9a-f-]*$"),
                name="event_is_about_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.number} {self.kind}"
