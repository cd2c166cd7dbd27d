"""The overlap register: what two groups, or a group and an outside agency, both claim or neither does, with what shows
it and what was settled. Below it what the similarity search found, which proposes and never decides."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from hearing_portal.acts.history import ActHistory
from hearing_portal.directory.models import WorkGroup
from manuals.models import Clause, ClauseChange, Manual, Section, TextBlob

from ..limits import AGENCY_LIMIT, REASON_MINIMUM, SPLIT_LIMIT
from .comment import Comment


class Overlap(models.Model):
    """เรื่องซ้ำซ้อน. Side A is always a group of an area office; side B is a group, the same one too, or an outside
    agency by its name. Either group's side may name a process and a clause of it."""

    class Kind(models.TextChoices):
        SAME_TASK = "same_task", "งานซ้ำซ้อน"
        SAME_FORM = "same_form", "แบบฟอร์มซ้ำซ้อน"
        CONFLICTING_AUTHORITY = "authority", "อำนาจหน้าที่ทับซ้อน"
        GAP = "gap", "ไม่มีผู้รับผิดชอบ"

    class Resolution(models.TextChoices):
        OWNER_A = "owner_a", "ให้ฝ่ายที่ 1 รับผิดชอบ"
        OWNER_B = "owner_b", "ให้ฝ่ายที่ 2 รับผิดชอบ"
        SPLIT = "split", "แบ่งความรับผิดชอบตามขั้นตอน"
        JOINT = "joint", "ดำเนินการร่วมกัน"
        REMOVED = "removed", "ตัดออกจากคู่มือ"
        NO_OVERLAP = "no_overlap", "ตรวจสอบแล้วไม่ซ้ำซ้อน"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=9, choices=Kind)
    work_group_a = models.ForeignKey(
        WorkGroup, models.PROTECT, related_name="overlaps_as_a"
    )
    section_a = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+"
    )
    clause_a = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="+"
    )
    work_group_b = models.ForeignKey(
        WorkGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="overlaps_as_b",
    )
    section_b = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+"
    )
    clause_b = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.CharField(max_length=AGENCY_LIMIT, blank=True)
    evidence = models.TextField(blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)
    resolution = models.CharField(max_length=10, choices=Resolution, blank=True)
    # The step at which one side's work ends and the other's begins
    split_at = models.CharField(max_length=SPLIT_LIMIT, blank=True)
    reason = models.TextField(blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    history = ActHistory()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["same_task", "same_form", "authority", "gap"]),
                name="overlap_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(work_group_b__isnull=False, agency="")
                | (
                    Q(work_group_b__isnull=True, section_b__isnull=True) & ~Q(agency="")
                ),
                name="side_b_is_a_group_or_an_agency",
            ),
            models.CheckConstraint(
                condition=(Q(clause_a__isnull=True) | Q(section_a__isnull=False))
                & (Q(clause_b__isnull=True) | Q(section_b__isnull=False)),
                name="clause_of_a_side_has_its_section",
            ),
            models.CheckConstraint(
                condition=Q(clause_a__isnull=True)
                | Q(clause_b__isnull=True)
                | ~Q(clause_a=F("clause_b")),
                name="clause_does_not_overlap_itself",
            ),
            models.CheckConstraint(
                condition=Q(
                    resolution="",
                    reason="",
                    resolved_by__isnull=True,
                    resolved_at__isnull=True,
                )
                | (
                    Q(
                        resolution__in=[
                            "owner_a",
                            "owner_b",
                            "split",
                            "joint",
                            "removed",
                            "no_overlap",
                        ],
                        resolved_by__isnull=False,
                        resolved_at__isnull=False,
                    )
                    & Q(GreaterThanOrEqual(Length("reason"), REASON_MINIMUM))
                ),
                name="resolution_says_why_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=(Q(resolution="split") & ~Q(split_at=""))
                | (~Q(resolution="split") & Q(split_at="")),
                name="split_resolution_says_where",
            ),
        ]

    if TYPE_CHECKING:
        is_told: bool  # annotation of comments.overlaps.queries.register

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def is_resolved(self) -> bool:
        return self.resolution != ""

    @property
    def groups(self) -> list[WorkGroup]:
        """Of both sides, each once."""
        groups = [self.work_group_a]
        if self.work_group_b is not None and self.work_group_b != self.work_group_a:
            groups.append(self.work_group_b)
        return groups


class OverlapComment(models.Model):
    """A comment from which an overlap is known. It stands in the register once."""

    overlap = models.ForeignKey(Overlap, models.PROTECT, related_name="comment_rows")
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="overlap_row")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.overlap_id} ← {self.comment_id}"


class OverlapPair(models.Model):
    """Two clauses with nearly the same words, as they stood when the overlap was entered. `percent`: how alike."""

    overlap = models.ForeignKey(Overlap, models.PROTECT, related_name="pairs")
    clause_a = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    clause_b = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    blob_a = models.ForeignKey(TextBlob, models.PROTECT, related_name="+")
    blob_b = models.ForeignKey(TextBlob, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["overlap", "clause_a", "clause_b"],
                name="one_row_per_pair_of_clauses_and_overlap",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause_a_id} ~ {self.clause_b_id}"


class OverlapChange(models.Model):
    """A change of the draft that was made because of an overlap, where no comment tells it already."""

    overlap = models.ForeignKey(Overlap, models.PROTECT, related_name="change_rows")
    change = models.ForeignKey(ClauseChange, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["overlap", "change"], name="one_row_per_change_and_overlap"
            )
        ]

    def __str__(self) -> str:
        return f"{self.overlap_id} → {self.change_id}"


# -- what the similarity search found


class PairDismissal(models.Model):
    """Two wordings that somebody looked at and found to be no overlap: they are proposed no more, wherever they stand.
    `low` is the one whose hash comes first."""

    low = models.ForeignKey(TextBlob, models.PROTECT, related_name="+")
    high = models.ForeignKey(TextBlob, models.PROTECT, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["low", "high"], name="two_wordings_are_dismissed_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="dismissal_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low_id[:12]} {self.high_id[:12]}"


class SimilarPair(models.Model):
    """Two clauses of two groups' working drafts with nearly the same words. Derived: the search makes and removes it as
    words change. Clause A is that of the group that comes first in the book."""

    clause_a = models.ForeignKey(Clause, models.CASCADE, related_name="+")
    clause_b = models.ForeignKey(Clause, models.CASCADE, related_name="+")
    blob_a = models.ForeignKey(TextBlob, models.CASCADE, related_name="+")
    blob_b = models.ForeignKey(TextBlob, models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause_a", "clause_b"], name="two_clauses_are_alike_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause_a_id} ~ {self.clause_b_id}"


class SearchedClause(models.Model):
    """The wording of a clause, and the manual it stood in, when it was last compared with all others. Derived."""

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="+")
    blob = models.ForeignKey(TextBlob, models.CASCADE, related_name="+")
    manual = models.ForeignKey(Manual, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.clause_id} {self.blob_id[:12]}"
