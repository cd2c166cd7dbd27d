"""Choosing a comment's place in a later edition."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from manuals.models import EditionEntry


class PlacingForm(forms.Form):
    """Where an unplaced comment belongs in the later edition; "gone" says that its place is no longer there."""

    GONE = "gone"
    resolution = forms.IntegerField(widget=forms.HiddenInput)
    entry = forms.CharField(
        label="ที่ในฉบับใหม่", max_length=20, error_messages={"required": "โปรดเลือกข้อ หรือเลือกว่าไม่มีที่ในฉบับนี้แล้ว"}
    )

    def __init__(self, data: Any = None, *, entries: QuerySet[EditionEntry], **options: Any) -> None:
        super().__init__(data, **options)
        self.entries = entries

    def clean_entry(self) -> EditionEntry | None:
        value = self.cleaned_data["entry"]
        if value == self.GONE:
            return None
        found = self.entries.filter(pk=value).first() if value.isascii() and value.isdigit() else None
        if found is None:
            raise forms.ValidationError("ไม่พบข้อนี้ในฉบับใหม่ โปรดเลือกใหม่")
        return found
