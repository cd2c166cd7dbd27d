"""Why a process was dropped, told afterwards."""

from django.conf import settings
from django.db import models

from .section import Section


class DropReason(models.Model):
    """เหตุผลที่ยกเลิกกระบวนงาน ซึ่งระบุภายหลัง: of a process that no act says the reason of.

    Rows are only added; the latest one is the reason. What the acts themselves say stays as it was said. Immutable by
    trigger.
    """

    section = models.ForeignKey(Section, models.PROTECT, related_name="drop_reasons")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["section", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="drop_reason_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
