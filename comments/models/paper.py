"""The forms that an office gives for the papers after a hearing."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.jobs.models import StoredFile


class PaperForm(models.Model):
    """แบบของหน่วยงาน for one kind of paper: a Word file with fields. The latest row counts; one without a file goes back
    to the portal's own form. Append-only (trigger)."""

    class Kind(models.TextChoices):
        REPORT = "report", "รายงานผลการประชาพิจารณ์"
        GROUP_SUMMARY = "group-summary", "สรุปประเด็นรายกลุ่ม"
        LETTER = "letter", "หนังสือแจ้งผลถึง สพท."
        MINUTES = "minutes", "รายงานการประชุม"
        REGISTER = "register", "บัญชีลงทะเบียน"
        ANNOUNCEMENT = "announcement", "ประกาศใช้คู่มือ"

    kind = models.CharField(max_length=20, choices=Kind)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Its own: equal bytes may have been stored under another name before
    name = models.CharField(max_length=255, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "-id"], name="paper_form_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "report",
                        "group-summary",
                        "letter",
                        "minutes",
                        "register",
                        "announcement",
                    ]
                ),
                name="paper_form_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(name=""),
                name="paper_form_name_belongs_to_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
