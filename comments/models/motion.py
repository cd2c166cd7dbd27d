"""What a meeting notes on the clause it discusses, and how long it gives itself for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from manuals.models import EditionEntry

from ..limits import SHORT_REASON_LIMIT, TEXT_LIMIT
from .hearing import Discussion, HearingSession


class Motion(models.Model):
    """ที่ประชุมเห็นควร: noted by who runs the session; it advises and decides nothing. Append-only (trigger): a correction
    is a new row that names the one it `replaces`."""

    session = models.ForeignKey(HearingSession, models.PROTECT, related_name="motions")
    entry = models.ForeignKey(EditionEntry, models.PROTECT, related_name="+")
    words = models.CharField(max_length=SHORT_REASON_LIMIT)
    proposed = models.CharField(max_length=TEXT_LIMIT, blank=True)  # other words
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "-id"], name="motion_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="motion_says_something"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=models.F("id")),
                name="motion_replaces_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.entry_id} {self.words}"


class ClauseTimer(models.Model):
    """How long the meeting gives itself for what it discusses, from `at` on; 0 minutes: as long as it takes. The latest
    row of a discussion counts. Append-only (trigger)."""

    discussion = models.ForeignKey(Discussion, models.PROTECT, related_name="timers")
    minutes = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.discussion_id} {self.minutes}"
