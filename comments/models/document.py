"""What is to be read for a hearing beside its edition: the announcement, the programme, what was handed out."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.jobs.models import StoredFile

from .hearing import Hearing


class HearingDocumentQuerySet(models.QuerySet["HearingDocument"]):
    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)


class HearingDocument(models.Model):
    """เอกสารประกอบการประชาพิจารณ์. Taking it away marks it; the row and its file stay.

    Name and type are the document's own: equal bytes may have been stored under others before.
    """

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        DOCX = (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "DOCX",
        )
        XLSX = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "XLSX",
        )
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100, choices=MediaType)
    size = models.PositiveBigIntegerField()  # bytes
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = HearingDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="removed_document_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> str:
        return str(self.MediaType(self.media_type).label)

    @property
    def download_name(self) -> str:
        """The title with the ending of what the file is, whatever it was called where it came from."""
        # A slash would begin a folder
        title = self.title.replace("/", "-").replace("\\", "-")
        return f"{title}.{self.kind_label.lower()}"
