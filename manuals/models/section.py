"""A section: a node of a manual's tree. A section of kind process has the nine parts."""

import uuid
from typing import Self

import reversion
from django.conf import settings
from django.db import models
from django.db.models import Q

from ..content import AppliesTo
from .manual import Manual


@reversion.register()
class Retirement(models.Model):
    """The act of taking a section or a clause out of the manual; bringing it back is a new act."""

    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.reason


class LiveQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Nodes of a manual's tree."""

    def live(self) -> Self:
        return self.filter(retired__isnull=True)


@reversion.register()
class Section(models.Model):
    class Kind(models.TextChoices):
        FRONT = "front", "ส่วนนำ"
        MISSION = "mission", "ภารกิจ"
        UNIT = "unit", "งาน"
        PROCESS = "process", "กระบวนงาน"
        CHAPTER = "chapter", "หมวด"
        ANNEX = "annex", "ภาคผนวก"

    class Origin(models.TextChoices):
        KEPT = "kept", "คงเดิม"
        REVISED = "revised", "ปรับปรุง"
        NEW = "new", "เกิดขึ้นใหม่"
        ADDITIONAL = "additional", "เพิ่มเติม"
        MERGED = "merged", "รวมกระบวนงาน"

        @property
        def short_label(self) -> str:
            """For a badge or a narrow column."""
            if self is Section.Origin.NEW:
                return "ใหม่"
            return str(self.label)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    manual = models.ForeignKey(Manual, models.PROTECT, related_name="sections")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    rank = models.CharField(max_length=200, db_collation="C")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=300)
    data = models.JSONField(default=dict, blank=True)  # {"doc_code", "indicator"}
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.KEPT)
    applies_to = models.CharField(
        max_length=9, choices=AppliesTo, default=AppliesTo.BOTH
    )
    version = models.PositiveIntegerField(default=0)
    retired = models.ForeignKey(
        Retirement, models.PROTECT, null=True, blank=True, related_name="sections"
    )

    objects = LiveQuerySet.as_manager()

    class Meta:
        ordering = ["manual", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["manual", "parent", "rank"],
                condition=Q(retired__isnull=True),
                nulls_distinct=False,
                name="one_live_section_per_place",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="section_is_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["front", "mission", "unit", "process", "chapter", "annex"]
                ),
                name="section_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_process(self) -> bool:
        return self.kind == self.Kind.PROCESS


@reversion.register()
class SectionLineage(models.Model):
    """Where a section came from, when it did not keep its uuid."""

    class Kind(models.TextChoices):
        SPLIT = "split", "แยก"
        MERGED = "merged", "รวม"
        REPLACED = "replaced", "แทน"
        COPIED = "copied", "คัดลอก"

    from_section = models.ForeignKey(Section, models.PROTECT, related_name="successors")
    to_section = models.ForeignKey(Section, models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_section", "to_section"],
                name="one_lineage_per_section_pair",
            ),
            models.CheckConstraint(
                condition=~Q(from_section=models.F("to_section")),
                name="section_does_not_descend_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_section_id} → {self.to_section_id} ({self.kind})"
