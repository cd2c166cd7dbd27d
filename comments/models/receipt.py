"""Calling back the link of a receipt."""

from django.conf import settings
from django.db import models

from .comment import Comment


class ReceiptRecall(models.Model):
    """The link that the receipt of a comment had until then shows nothing any more; the receipt has another one.
    Immutable by trigger."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="receipt_recalls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.pk}"
