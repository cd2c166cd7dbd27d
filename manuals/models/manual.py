"""A manual: the work of one group, independent of its wording."""

import uuid

import reversion
from django.db import models

from hearing_portal.directory.models import WorkGroup

BOOK = "BOOK"  # key of the manual that holds the book's own foreword


@reversion.register()
class Manual(models.Model):
    """คู่มือ. `work_group` is null only for the book's own foreword (key BOOK)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=16, unique=True)
    title = models.CharField(max_length=200)
    work_group = models.OneToOneField(
        WorkGroup, models.PROTECT, null=True, blank=True, related_name="manual"
    )

    class Meta:
        ordering = ["work_group__order", "key"]

    def __str__(self) -> str:
        return self.title

    @property
    def display_name(self) -> str:
        """The group's name; the foreword of the book has a title only."""
        if self.work_group is None:
            return self.title
        return self.work_group.name
