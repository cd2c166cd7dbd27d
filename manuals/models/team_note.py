"""What those who draft a manual note on a clause for each other; no comment of the hearing."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from .clause import Clause


class TeamNote(models.Model):
    """บันทึกของคณะทำงาน on a clause. It is settled while a NoteSettlement of it stands."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="team_notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class NoteAnswer(models.Model):
    """What a colleague answered to a note."""

    note = models.ForeignKey(TeamNote, models.PROTECT, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]


class NoteSettlement(models.Model):
    """The note is done with. Opening it again deletes the row; the log keeps both."""

    note = models.OneToOneField(TeamNote, models.PROTECT, related_name="settlement")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"settled {self.pk}"
