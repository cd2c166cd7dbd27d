"""Cards that bring people in on their own phones, and who is present in a session."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.directory.models import AreaOffice

from .hearing import Hearing, HearingSession


class InvitationCard(models.Model):
    """บัตรเข้าร่วมประชุม: signs a person in on the days of a hearing. Of the secret in its QR only the hash is kept. It is
    called back once a CardRecall stands. Append-only (trigger)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="cards")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitation_cards"
    )
    secret_sha = models.CharField(max_length=64, unique=True)
    # How many phones it signs in; null: as often as wanted
    most_uses = models.PositiveSmallIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["hearing", "person"], name="card_by_hearing_and_person"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(most_uses__isnull=True) | Q(most_uses__gte=1),
                name="card_signs_in_at_least_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.person_id}"


class CardRecall(models.Model):
    """The card signs nobody in from then on, and ends what it began. Append-only (trigger)."""

    card = models.OneToOneField(InvitationCard, models.PROTECT, related_name="recall")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"recalled {self.card_id}"


class CardUse(models.Model):
    """The card signed its person in on a phone. Append-only (trigger)."""

    card = models.ForeignKey(InvitationCard, models.PROTECT, related_name="uses")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.card_id} {self.at:%Y-%m-%d %H:%M}"


class Attendance(models.Model):
    """Somebody came to a session, or left it: the latest row of a person counts. Append-only (trigger)."""

    class State(models.TextChoices):
        ARRIVED = "arrived", "มาแล้ว"
        LEFT = "left", "ออกจากห้องแล้ว"

    class Method(models.TextChoices):
        CARD = "card", "ด้วยบัตร"
        HAND = "hand", "เจ้าหน้าที่บันทึก"

    session = models.ForeignKey(
        HearingSession, models.PROTECT, related_name="attendances"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendances"
    )
    office = models.ForeignKey(
        AreaOffice, models.PROTECT, null=True, blank=True, related_name="+"
    )
    office_kind = models.CharField(
        max_length=10, choices=AreaOffice.Kind, null=True, blank=True
    )
    state = models.CharField(max_length=7, choices=State)
    method = models.CharField(max_length=4, choices=Method)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["session", "person", "-id"], name="attendance_latest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["arrived", "left"]),
                name="attendance_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(method__in=["card", "hand"]),
                name="attendance_method_is_known",
            ),
            models.CheckConstraint(
                condition=Q(office__isnull=True, office_kind__isnull=True)
                | Q(
                    office__isnull=False,
                    office_kind__isnull=False,
                    office_kind__in=["primary", "secondary"],
                ),
                name="attendance_keeps_the_kind_of_its_office",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id} {self.state}"
