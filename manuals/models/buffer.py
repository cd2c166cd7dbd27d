"""What somebody has typed into the editor and not saved yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from .clause import Clause
from .section import Section


class DraftBuffer(models.Model):
    """ร่างที่พิมพ์ค้างไว้: one form of the editor as a person left it on one page. Never in the version list.

    `subject` names what is written: the uuid of a clause, of one to come, or of the section whose table of steps it
    is. `values` are the form's fields as sent, {name: [value, …]}, so that the form can be shown as it was left.
    `sheet` names the page, one opening of the editor, that it was typed on.
    `base_lock_version` is what the clause had when the person began; 0 for a clause to come and for a table.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    subject = models.UUIDField()
    sheet = models.UUIDField()
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="+"
    )
    base_lock_version = models.PositiveIntegerField(default=0)
    values = models.JSONField()
    saved_at = models.DateTimeField(
        default=now
    )  # of a copy that came late: when it was typed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject", "sheet"],
                name="one_draft_buffer_per_person_subject_and_sheet",
            ),
            models.CheckConstraint(
                condition=Q(clause__isnull=True, base_lock_version=0)
                | (Q(clause__isnull=False) & ~Q(base_lock_version=0)),
                name="draft_buffer_of_a_clause_knows_its_version",
            ),
        ]
        indexes = [
            models.Index(fields=["section", "saved_at"], name="draft_buffer_by_section")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.subject}"

    @property
    def stamp(self) -> str:
        """Names these very words: typed on, the copy has another one."""
        return f"{self.sheet}@{self.saved_at.isoformat()}"
