"""What a drafter has chosen and typed at the bench of a clause and not saved yet."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from manuals.models import Clause


class BenchDraft(models.Model):
    """งานปรับถ้อยคำที่ค้างไว้. `values` are the form's fields as sent, {name: [value, …]}. One for each person and clause;
    it is gone once the results are saved. Nothing of it is in the log: only who left it ever sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="+")
    values = models.JSONField()
    saved_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "clause"], name="one_bench_draft_per_person_and_clause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.clause_id}"
