"""What an office says as a whole: its head confirms it for each manual. What its people say is in comment.py."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from hearing_portal.acts.history import ActHistory
from hearing_portal.directory.models import AreaOffice
from manuals.models import Edition, Manual

from ..limits import TEXT_LIMIT
from .hearing import Hearing


class OfficePosition(models.Model):
    """ความคิดเห็นในนาม สพท. on a manual in an edition. One row, changed until the hearing ends; its history has the
    earlier ones.

    `comment_ids` are those comments of the office's people that are the office's own. They and all others count one by
    one as before.
    """

    class Stance(models.TextChoices):
        SUPPORT = "support", "เห็นชอบ"
        SUPPORT_WITH_CHANGES = "support_with_changes", "เห็นชอบโดยขอแก้ไข"
        OBJECT = "object", "ไม่เห็นชอบ"

    # Each hearing is told by itself, also where two of them hear one edition
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="positions")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    manual = models.ForeignKey(Manual, models.PROTECT, related_name="+")
    office = models.ForeignKey(AreaOffice, models.PROTECT, related_name="positions")
    office_kind = models.CharField(max_length=10, choices=AreaOffice.Kind)
    stance = models.CharField(max_length=20, choices=Stance)
    comment_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    words = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField()

    history = ActHistory()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "edition", "manual", "office"],
                name="one_position_per_office_and_manual",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=["support", "support_with_changes", "object"]),
                name="stance_is_known",
            ),
            models.CheckConstraint(
                condition=Q(office_kind__in=["primary", "secondary"]),
                name="position_keeps_the_kind_of_its_office",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), TEXT_LIMIT),
                name="position_words_within_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.manual_id} {self.stance}"
