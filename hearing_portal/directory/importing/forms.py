"""The form that takes a list of people."""

from typing import Any

from django import forms

from hearing_portal.spreadsheets import MAX_BYTES


class SpreadsheetField(forms.FileField):
    """An XLSX or CSV file; cleans to its bytes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
            error_messages=dict.fromkeys(
                ("required", "missing", "invalid"), "โปรดเลือกไฟล์"
            ),
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> bytes:
        upload = super().clean(data, initial)
        if upload.size > MAX_BYTES:
            raise forms.ValidationError(
                "ไฟล์ใหญ่เกิน 5 MB โปรดลบรูปและแผ่นงานอื่นออก หรือแบ่งเป็นหลายไฟล์"
            )
        raw: bytes = upload.read()
        return raw


class PeopleFileForm(forms.Form):
    """The uploaded list, as bytes."""

    file = SpreadsheetField(
        label="ไฟล์รายชื่อ", help_text="XLSX หรือ CSV ไม่เกิน 5 MB และ 5,000 แถว"
    )
