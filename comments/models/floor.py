"""Who asks for the floor in a session, who has it, and where somebody was put by hand."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.directory.models import AreaOffice
from manuals.models import EditionEntry

from ..limits import SHORT_REASON_LIMIT
from .hearing import HearingSession


class SpeakerRequest(models.Model):
    """ขอพูด: from the asking to its end. What was asked never changes; once it has ended nothing does (triggers).

    `person` is empty where the facilitator wrote down an office that raised its hand; `office` where an expert asks.
    """

    class Subject(models.TextChoices):
        CLAUSE = "clause", "เรื่องข้อที่พิจารณา"
        PROCEDURE = "procedure", "เรื่องการดำเนินการประชุม"

    class Ending(models.TextChoices):
        SPOKEN = "spoken", "พูดแล้ว"
        WITHDRAWN = "withdrawn", "ถอนคำขอ"
        PASSED = "passed", "ไม่อยู่ในห้อง"

    session = models.ForeignKey(
        HearingSession, models.PROTECT, related_name="speaker_requests"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="speaker_requests",
    )
    office = models.ForeignKey(
        AreaOffice, models.PROTECT, null=True, blank=True, related_name="+"
    )
    office_kind = models.CharField(
        max_length=10, choices=AreaOffice.Kind, null=True, blank=True
    )
    subject = models.CharField(max_length=9, choices=Subject)
    # What was under discussion when the floor was asked for
    entry = models.ForeignKey(
        EditionEntry, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    called_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # given to speak
    ending = models.CharField(max_length=9, choices=Ending, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["session", "id"], name="speaker_request_by_session")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(ended_at__isnull=True),
                name="one_open_request_per_person_and_session",
            ),
            models.UniqueConstraint(
                fields=["session", "office"],
                condition=Q(ended_at__isnull=True, person__isnull=True),
                name="one_open_request_written_down_per_office",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(called_at__isnull=False, ended_at__isnull=True),
                name="one_speaker_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(office__isnull=False),
                name="speaker_request_is_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=True, office_kind__isnull=True)
                | Q(
                    office__isnull=False,
                    office_kind__isnull=False,
                    office_kind__in=["primary", "secondary"],
                ),
                name="speaker_request_keeps_the_kind_of_its_office",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=["clause", "procedure"]),
                name="subject_of_speaker_is_known",
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, called_by__isnull=True)
                | Q(
                    called_at__isnull=False,
                    called_by__isnull=False,
                    minutes__isnull=False,
                ),
                name="floor_is_given_by_somebody_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ending="")
                | Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    ending__in=["spoken", "withdrawn", "passed"],
                ),
                name="speaker_request_ends_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=~Q(ending="spoken") | Q(called_at__isnull=False),
                name="who_spoke_had_the_floor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.office_id or self.person_id} {self.subject}"

    @property
    def is_waiting(self) -> bool:
        return self.called_at is None and self.ended_at is None

    @property
    def is_speaking(self) -> bool:
        return self.called_at is not None and self.ended_at is None


class SpeakerMove(models.Model):
    """The facilitator put a request elsewhere in the line, and says why. The latest of a request counts. Append-only
    (trigger)."""

    request = models.ForeignKey(SpeakerRequest, models.PROTECT, related_name="moves")
    # Before whom; null: at the end of the line
    before = models.ForeignKey(
        SpeakerRequest, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=SHORT_REASON_LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="moved_speaker_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | ~Q(before=models.F("request")),
                name="nobody_is_moved_before_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} before {self.before_id}"
