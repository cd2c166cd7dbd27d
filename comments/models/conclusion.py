"""What a hearing came to, in words that somebody signed. The figures beside them are counted (comments.conclusions)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from hearing_portal.directory.models import WorkGroup
from manuals.models import Edition

from ..limits import SUMMARY_LIMIT
from .hearing import Hearing


class Conclusion(models.Model):
    """ข้อสรุป of a group, signed by its facilitator, or of the whole hearing (no group), signed by an administrator.

    The latest row is the summary; a later wording is another signed row. Append-only (trigger).
    """

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="conclusions")
    work_group = models.ForeignKey(
        WorkGroup, models.PROTECT, null=True, blank=True, related_name="conclusions"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    summary = models.TextField()
    # What the hearing counted at that moment, {reader: {figure: number}}; None where it was signed before this was kept
    figures = models.JSONField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["hearing", "work_group", "-id"], name="conclusion_latest"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(summary=""), name="conclusion_has_summary"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("summary"), SUMMARY_LIMIT),
                name="conclusion_summary_within_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.work_group_id}"
