"""Answers that a group writes once and gives often, and where each was used."""

import uuid as uuids
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from hearing_portal.directory.models import WorkGroup

from ..limits import TEXT_LIMIT
from .disposition import Disposition

NAME_LIMIT = 120


class AnswerBlockQuerySet(models.QuerySet["AnswerBlock"]):
    def standing(self) -> Self:
        """The latest wording of each block that was not put away."""
        later = AnswerBlock.objects.filter(uuid=OuterRef("uuid"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), is_put_away=False)


class AnswerBlock(models.Model):
    """A wording of a block; the latest of a `uuid` counts. The last one of a block that was put away says so: answers
    that were given with it keep it."""

    uuid = models.UUIDField(default=uuids.uuid4)
    work_group = models.ForeignKey(
        WorkGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answer_blocks",
    )
    name = models.CharField(max_length=NAME_LIMIT)
    text = models.TextField()
    is_put_away = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AnswerBlockQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["uuid", "-id"], name="answer_block_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(text=""), name="answer_block_has_words"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), TEXT_LIMIT),
                name="answer_block_text_within_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AnswerBlockUse(models.Model):
    """A disposition whose reason was begun with a block."""

    block = models.ForeignKey(AnswerBlock, models.PROTECT, related_name="uses")
    disposition = models.ForeignKey(
        Disposition, models.PROTECT, related_name="block_uses"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "disposition"], name="one_use_per_block_and_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block_id} → {self.disposition_id}"
