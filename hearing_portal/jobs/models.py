"""Work that takes longer than a page may, and the files that work and uploads leave behind."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

MAX_ATTEMPTS = 3


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: object) -> Self:
        """Everybody sees the work they asked for themselves."""
        return self.filter(asked_by=user)

    def unfinished(self) -> Self:
        return self.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])


class Job(models.Model):
    """งาน: one piece of long work, as the person who asked for it sees it."""

    class State(models.TextChoices):
        QUEUED = "queued", "รอดำเนินการ"
        RUNNING = "running", "กำลังดำเนินการ"
        DONE = "done", "เสร็จแล้ว"
        FAILED = "failed", "ไม่สำเร็จ"
        CANCELLED = "cancelled", "ยกเลิกแล้ว"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    params = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    result = models.ForeignKey(
        "StoredFile", models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    error = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    # Of the groups it is about by their keys; naming.py finds them
    group_names: Mapping[str, str] | None = None

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attempt__lte=MAX_ATTEMPTS),
                name="a_job_is_tried_three_times_at_most",
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(progress__lte=F("total")),
                name="a_job_gets_no_further_than_its_end",
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="a_lease_is_held_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], ended_at__isnull=True)
                | Q(state__in=["done", "failed", "cancelled"], ended_at__isnull=False),
                name="a_job_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""),
                name="a_failed_job_says_why",
            ),
            models.CheckConstraint(
                condition=Q(result__isnull=True) | Q(state="done"),
                name="only_a_done_job_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def has_ended(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def can_be_cancelled(self) -> bool:
        return not self.has_ended and not self.cancel_asked


class StoredFile(models.Model):
    """ไฟล์: bytes kept under their SHA-256; a row is never changed or deleted (a trigger refuses it)."""

    sha = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()  # bytes
    name = models.CharField(max_length=255)  # as it was first stored, for the download

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha__regex=r"^[0-9a-f]{64}$"),
                name="a_file_is_named_by_its_sha256",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie; the first two letters keep folders small."""
        return Path(settings.FILES_DIR) / self.sha[:2] / self.sha
