"""Whether a process agrees with the law, as somebody found when they checked it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .section import Section


class ConformityCheck(models.Model):
    """การตรวจความสอดคล้องกับกฎหมาย: one check of one process. Append-only by trigger; the latest row counts, for as
    long as the process stands at `at_version` and the laws it applies stand as `standing` says."""

    class Status(models.TextChoices):
        CONFORMING = "conforming", "สอดคล้อง"
        CONFLICTING = "conflicting", "ขัด"
        OUTDATED = "outdated", "ล้าสมัย"
        NO_BASIS = "no_basis", "ไม่มีฐานกฎหมาย"

    section = models.ForeignKey(
        Section, models.PROTECT, related_name="conformity_checks"
    )
    status = models.CharField(max_length=11, choices=Status)
    note = models.TextField(blank=True)
    at_version = models.PositiveIntegerField()
    standing = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["section", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="conforming") | ~Q(note=""),
                name="what_does_not_conform_is_explained",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["conforming", "conflicting", "outdated", "no_basis"]
                ),
                name="conformity_status_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["section", "-id"], name="latest_check_of_a_section")
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.status}"
