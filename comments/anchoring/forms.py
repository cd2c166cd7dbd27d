"""Choosing where an unplaced comment belongs in a later edition."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from hearing_portal.web.http import read_id
from manuals.models import EditionEntry


class PlacingForm(forms.Form):
    """An entry of the later edition, or "gone": the edition has nothing any more that the comment is about."""

    GONE = "gone"
    resolution = forms.IntegerField(widget=forms.HiddenInput)
    entry = forms.CharField(
        label="ข้อในฉบับใหม่",
        max_length=20,
        error_messages={"required": "โปรดเลือกข้อ หรือเลือกว่าไม่มีข้อที่ตรงกันในฉบับนี้"},
    )

    def __init__(
        self, data: Any = None, *, entries: QuerySet[EditionEntry], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.entries = entries

    def clean_entry(self) -> EditionEntry | None:
        """None for "gone"."""
        sent = self.cleaned_data["entry"]
        if sent == self.GONE:
            return None
        entry = self.entries.filter(pk=read_id(sent)).first()
        if entry is None:
            raise forms.ValidationError("ไม่พบข้อนี้ในฉบับใหม่ โปรดเลือกใหม่")
        return entry
