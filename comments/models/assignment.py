"""Who of a group's desk considers a comment, and until when. What was decided is in disposition.py."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from .comment import Comment


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> Self:
        """Those that count: the latest of each comment, where it did not take the comment from everybody."""
        later = Assignment.objects.filter(
            comment=OuterRef("comment"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later), assignee__isnull=False)


class Assignment(models.Model):
    """An act that gave a comment to somebody, or (without one) took it from everybody; the latest one counts."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="assignments")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["comment", "-id"], name="assignment_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(assignee__isnull=False),
                name="due_day_has_assignee",
            )
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} → {self.assignee_id}"
