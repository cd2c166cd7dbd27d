"""Asking somebody to look at a process or a clause of the working draft."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .clause import Clause
from .section import Section


class ReviewRequest(models.Model):
    """ขอให้ตรวจ: of the whole section, or of one clause, which stood in the section then. It waits for an answer until
    a ReviewAnswer or a ReviewClosing stands."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="review_requests")
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="review_requests"
    )
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["asked", "-id"], name="review_request_by_asked"),
            models.Index(fields=["by", "-id"], name="review_request_by_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked=F("by")), name="nobody_asks_oneself_to_review"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class ReviewAnswer(models.Model):
    """What the asked person found; `at_version` is the version of the section in which they read it."""

    request = models.OneToOneField(ReviewRequest, models.PROTECT, related_name="answer")
    text = models.TextField()
    at_version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text[:40]


class ReviewClosing(models.Model):
    """The request is done with: closed after its answer, or withdrawn before one."""

    class Kind(models.TextChoices):
        CLOSED = "closed", "ปิดคำขอแล้ว"
        WITHDRAWN = "withdrawn", "ถอนคำขอแล้ว"

    request = models.OneToOneField(
        ReviewRequest, models.PROTECT, related_name="closing"
    )
    kind = models.CharField(max_length=9, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["closed", "withdrawn"]),
                name="review_closing_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
