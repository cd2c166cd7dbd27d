"""How far the writing of a process is, as its drafters say."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .section import Section


class DraftingState(models.TextChoices):
    """สถานะการยกร่าง, in the order in which a process passes through it."""

    NOT_BEGUN = "not_begun", "ยังไม่ยกร่าง"
    BEGUN = "begun", "กำลังยกร่าง"
    IN_REVIEW = "in_review", "รอตรวจ"
    READY = "ready", "พร้อมประชาพิจารณ์"

    @property
    def step(self) -> int:
        """0 for the first."""
        return list(DraftingState).index(self)


class DraftingStateChange(models.Model):
    """A process was said to be in a state. The latest row counts, as far as the words allow
    (teamwork/queries/states.py). `at_version` is the section's version then: what was written later is seen by it. `by`
    is None for what the portal said of processes that were heard before there were states."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="drafting_states")
    state = models.CharField(max_length=10, choices=DraftingState)
    reason = models.TextField(blank=True)
    at_version = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["section", "-id"]
        indexes = [
            models.Index(fields=["section", "-id"], name="drafting_state_by_section")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["not_begun", "begun", "in_review", "ready"]),
                name="drafting_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.state}"
