"""Links to the working draft for people without an account."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from .manual import Manual
from .section import Section


class PreviewLink(models.Model):
    """ลิงก์ดูร่าง: one manual, or one process of it, to whom has the address and the password, to the end of a day. Only
    hashes of the two are kept. It is called back once a PreviewRecall stands."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    manual = models.ForeignKey(Manual, models.PROTECT, related_name="preview_links")
    section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="preview_links"
    )
    purpose = models.CharField(max_length=200)
    secret_sha = models.CharField(max_length=64, unique=True)
    password = models.CharField(max_length=128)
    ends_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["by", "-id"], name="preview_link_by_maker")]

    def __str__(self) -> str:
        return self.purpose


class PreviewRecall(models.Model):
    """The link shows nothing from then on."""

    link = models.OneToOneField(PreviewLink, models.PROTECT, related_name="recall")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"recalled {self.pk}"


class PreviewOpening(models.Model):
    """Somebody gave the right password; who is not known."""

    link = models.ForeignKey(PreviewLink, models.PROTECT, related_name="openings")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["link", "-at"], name="preview_opening_by_link")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
