"""The mail that tells a person once a day what is new for them, and what mail servers refused."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class DigestRound(models.Model):
    """A day on which the portal went through everybody with an address."""

    day = models.DateField(unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.day)


class Digest(models.Model):
    """What was sent to whom. Written before it is sent: a worker that dies sends nobody two."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField()
    address = models.EmailField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"], name="one_digest_a_day_and_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.user_id}"


class MailRefusal(models.Model):
    """What a mail server, or the way to it, answered instead of taking a message. Without an address nothing could be
    sent at all."""

    digest = models.ForeignKey(
        Digest, models.PROTECT, null=True, blank=True, related_name="refusals"
    )
    address = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="mail_refusal_has_words"
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]
