"""A clause: the smallest unit one can agree with, object to or amend."""

from uuid import UUID, uuid4

import reversion
from django.db import models
from django.db.models import F, Q

from ..content import AppliesTo, Content, content_from_json, written_words
from .legal_source import LegalSource
from .section import LiveQuerySet, Retirement, Section


@reversion.register()
class Clause(models.Model):
    """ข้อ. Written only by services.apply_changes; `plain` and `sha` are derived from the content there."""

    class Numbering(models.TextChoices):
        DECIMAL = "decimal", "1.1"
        PAREN = "paren", "1)"
        PARENS = "parens", "(1)"
        LETTER = "letter", "ก."
        LETTER_PAREN = "letter_paren", "ก)"
        LETTER_PARENS = "letter_parens", "(ก)"
        BULLET = "bullet", "•"
        NONE = "none", "ไม่มีเลข"

    class Kind(models.TextChoices):
        TEXT = "text", "ข้อความ"
        DEFINITION = "definition", "คำจำกัดความ"
        STEP = "step", "ขั้นตอนในผัง"
        FORM = "form", "แบบฟอร์ม"
        REFERENCE = "reference", "เอกสารอ้างอิง"
        TABLE = "table", "ตาราง"
        FIGURE = "figure", "ภาพ"
        NOTE = "note", "หมายเหตุ"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    section = models.ForeignKey(Section, models.PROTECT, related_name="clauses")
    part = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    rank = models.CharField(max_length=200, db_collation="C")
    numbering = models.CharField(
        max_length=16, choices=Numbering, default=Numbering.DECIMAL
    )
    kind = models.CharField(max_length=10, choices=Kind)
    applies_to = models.CharField(
        max_length=9, choices=AppliesTo, default=AppliesTo.BOTH
    )
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    plain = models.TextField(blank=True)
    sha = models.CharField(max_length=64)
    lock_version = models.PositiveIntegerField(default=1)
    retired = models.ForeignKey(
        Retirement, models.PROTECT, null=True, blank=True, related_name="clauses"
    )

    objects = LiveQuerySet.as_manager()

    class Meta:
        ordering = ["section", "part", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "part", "parent", "rank"],
                condition=Q(retired__isnull=True),
                nulls_distinct=False,
                name="one_live_clause_per_place",
            ),
            models.CheckConstraint(
                condition=~Q(kind="step") | Q(part=9),
                name="step_stands_in_part_nine",
            ),
            models.CheckConstraint(
                condition=Q(part__gte=0, part__lte=9),
                name="part_is_zero_to_nine",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="clause_is_not_its_own_parent",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "text",
                        "definition",
                        "step",
                        "form",
                        "reference",
                        "table",
                        "figure",
                        "note",
                    ]
                ),
                name="clause_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.plain[:60]

    @property
    def words(self) -> str:
        """As they are read: see written_words."""
        return written_words(self.kind, self.plain)

    @property
    def parent_uuid(self) -> UUID | None:
        """Needs the clause's parent."""
        return self.parent.uuid if self.parent else None

    @property
    def content(self) -> Content:
        stored = {
            "kind": self.kind,
            "body": self.body,
            "data": self.data,
            "applies_to": self.applies_to,
        }
        return content_from_json(stored)


@reversion.register()
class ClauseLineage(models.Model):
    """Where a clause came from, when it did not keep its uuid (a kept, reworded or moved one does)."""

    class Kind(models.TextChoices):
        SPLIT = "split", "แยก"
        MERGED = "merged", "รวม"
        REPLACED = "replaced", "แทน"
        COPIED = "copied", "คัดลอก"

    from_clause = models.ForeignKey(Clause, models.PROTECT, related_name="successors")
    to_clause = models.ForeignKey(Clause, models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_clause", "to_clause"],
                name="one_lineage_per_clause_pair",
            ),
            models.CheckConstraint(
                condition=~Q(from_clause=F("to_clause")),
                name="clause_does_not_descend_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_clause_id} → {self.to_clause_id} ({self.kind})"


class Citation(models.Model):
    """Derived from content by the service that writes the clause; rebuilt, never edited."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="citations")
    source = models.ForeignKey(LegalSource, models.PROTECT, related_name="citations")
    locator = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "source", "locator"], name="one_citation_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} → {self.source_id}"
