"""The wall of a room: what its screen shows to whoever has the link."""

from django.conf import settings
from django.db import models

from .hearing import HearingSession


class WallRecall(models.Model):
    """The link that the wall of a session had until then shows nothing any more; the wall has another one. Immutable by
    trigger."""

    session = models.ForeignKey(
        HearingSession, models.PROTECT, related_name="wall_recalls"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.session_id} {self.pk}"
