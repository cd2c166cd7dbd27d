"""The book of an edition as everybody may have it: one PDF, printed once."""

from django.db import models

from hearing_portal.jobs.models import StoredFile

from .edition import Edition


class PublishedBook(models.Model):
    """เล่มที่เผยแพร่: the PDF of an edition for everybody who may read it. Immutable by trigger.

    `pages` is {uuid of an entry: the number printed on the page where it begins}, in Arabic digits. `stand` is a ZIP of
    the records whose common hash the book prints, as they stood when it was printed.
    """

    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="published_book"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.JSONField()
    stand = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.edition_id} {self.file_id[:12]}"
