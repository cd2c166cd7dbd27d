"""Comments that say the same: one answer serves them all, and each is kept, counted and told."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from .comment import Comment


class CommentGroup(models.Model):
    """กลุ่มความคิดเห็นที่มีเนื้อหาเดียวกัน, as a person confirmed it. Who is in it, the groupings say."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class GroupingQuerySet(models.QuerySet["Grouping"]):
    def standing(self) -> Self:
        """Those that count: the latest of each comment, where it did not take the comment out."""
        later = Grouping.objects.filter(
            comment=OuterRef("comment"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later), group__isnull=False)

    def shared(self) -> Self:
        """Those that count, of groups with other comments than theirs."""
        others = Grouping.objects.standing().filter(group=OuterRef("group"))
        others = others.exclude(comment=OuterRef("comment"))
        return self.standing().filter(Exists(others))


class Grouping(models.Model):
    """An act that put a comment into a group, or (without one) took it out; the latest one counts."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="groupings")
    group = models.ForeignKey(
        CommentGroup, models.PROTECT, null=True, blank=True, related_name="groupings"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = GroupingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["comment", "-id"], name="grouping_latest")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.group_id}"
