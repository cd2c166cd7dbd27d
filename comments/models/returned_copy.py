"""A Word file that an office sent back, and which comments came out of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.directory.models import AreaOffice
from hearing_portal.jobs.models import StoredFile

from ..limits import SHORT_REASON_LIMIT
from .comment import Comment
from .hearing import HearingSession


class ReturnedCopy(models.Model):
    """The file as it came, whose it is as the uploader says, and what was found in it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        HearingSession, models.PROTECT, related_name="returned_copies"
    )
    sha = models.CharField(max_length=64)
    # Of what it says, however the file was saved; "" where it says nothing, or was taken in before this was kept
    content_sha = models.CharField(max_length=64, blank=True, default="")
    name = models.CharField(max_length=255)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    office = models.ForeignKey(
        AreaOffice, models.PROTECT, related_name="returned_copies"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    report = models.JSONField(default=dict)  # {left_out: [words], notes: [words]}
    reason = models.CharField(max_length=SHORT_REASON_LIMIT, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "sha"], name="returned_copy_is_taken_in_once"
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="returned_copy_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReturnedComment(models.Model):
    """Where in its file a comment stood."""

    copy = models.ForeignKey(
        ReturnedCopy, models.PROTECT, related_name="returned_comments"
    )
    comment = models.OneToOneField(
        Comment, models.PROTECT, related_name="returned_comment"
    )
    place = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.place}"
