"""Files that were sent for a manual, and what was read of them while an official puts it right."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from hearing_portal.jobs.models import StoredFile

from .edition import Edition
from .manual import Manual
from .section import Section
from .version import SectionVersion


class FileUpload(models.Model):
    """ชุดไฟล์ที่ส่ง: files sent together for one manual. `unread` is [[name, message]] of those nothing was read of.

    A job reads them; until then `read_at` is empty. Who writes the manual may discard them; the portal does, without
    `discarded_by`, what nobody took in for long.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    manual = models.ForeignKey(Manual, models.PROTECT, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    unread = models.JSONField(default=list, blank=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    discarded_at = models.DateTimeField(null=True, blank=True)
    # The archival edition that was made of it, where that is what became of it
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="uploads"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["manual", "-id"], name="upload_by_manual")]
        constraints = [
            models.CheckConstraint(
                condition=Q(discarded_by__isnull=True) | Q(discarded_at__isnull=False),
                name="upload_was_discarded_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(edition__isnull=True) | Q(discarded_at__isnull=True),
                name="upload_that_became_an_edition_is_not_discarded",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def kept_until(self) -> datetime:
        """When the portal discards what is not taken in."""
        return self.at + timedelta(days=FORGOTTEN_DAYS)


FORGOTTEN_DAYS = 60  # after which an upload is discarded that nobody took in
PASTED = "ข้อความที่วาง"  # the name of what was pasted into a form


class SentFile(models.Model):
    """ไฟล์ที่ส่ง: one that could be read, as it came; its hash is that of the stored file."""

    upload = models.ForeignKey(FileUpload, models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()  # from 1, as they were sent
    name = models.CharField(max_length=255)
    original = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["upload", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "number"], name="one_sent_file_per_number"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_pasted(self) -> bool:
        """Whether it is a text that was pasted. It once was called a file."""
        return self.name in (PASTED, f"{PASTED}.txt")

    @property
    def shown_name(self) -> str:
        return PASTED if self.is_pasted else self.name

    @property
    def download_name(self) -> str:
        return f"{PASTED}.txt" if self.is_pasted else self.name


class ImportedProcess(models.Model):
    """ตัวอย่างก่อนนำเข้า: a process as it was read of a file, and as it was put right since.

    - reading: what is told of it and does not change (importing/kept_readings.py)
    - rows: the clauses to be (importing/preview_rows.py); every act on them raises `lock_version`
    - target: the process of the draft that it revises, as it was at `base_version`; None for a new one, in `unit`
    - taken_*: what became of it; `taken_version` is None where the draft said just that already
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    file = models.ForeignKey(SentFile, models.PROTECT, related_name="processes")
    number = models.PositiveSmallIntegerField()  # among all of its upload, from 0
    title = models.CharField(max_length=300)
    reading = models.JSONField()
    rows = models.JSONField(default=list)
    lock_version = models.PositiveIntegerField(default=1)
    target = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="+"
    )
    base_version = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_section = models.ForeignKey(
        Section, models.PROTECT, null=True, blank=True, related_name="imports"
    )
    taken_version = models.ForeignKey(
        SectionVersion, models.PROTECT, null=True, blank=True, related_name="imports"
    )

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=True, base_version=0)
                | Q(target__isnull=False, base_version__gt=0),
                name="imported_process_knows_what_it_revises",
            ),
            models.CheckConstraint(
                condition=Q(taken_section__isnull=True, taken_version__isnull=True)
                | Q(taken_at__isnull=False),
                name="imported_process_was_taken_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title
