"""The log of acts: append-only, in the order in which acts were committed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .kinds import Category


class Act(models.Model):
    """One thing somebody did to one subject. Holds no name: people stand in it by their id, and what is said of a
    person by the username."""

    # Said by the database when it is written, of what the clock did to a session when that came about
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    code = models.CharField(max_length=40)
    category = models.CharField(max_length=12, choices=Category)
    subject = models.CharField(max_length=12)
    subject_key = models.CharField(max_length=100, blank=True)
    label = models.CharField(max_length=500, blank=True)
    manual = models.CharField(max_length=40, blank=True)
    # Stays when the group was a mistake and is removed: the log tells of that, too
    work_group = models.ForeignKey(
        "directory.WorkGroup",
        models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )
    detail = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["by", "-id"], name="act_by_person"),
            models.Index(fields=["category", "-id"], name="act_by_category"),
            models.Index(fields=["work_group", "-id"], name="act_by_group"),
            models.Index(
                fields=["subject", "subject_key", "-id"], name="act_by_subject"
            ),
            models.Index(fields=["at"], name="act_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__in=Category.values),
                name="act_category_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
