"""The form that takes a list of delegates."""

from django import forms

from hearing_portal.spreadsheets import MAX_BYTES


class PeopleFileForm(forms.Form):
    """The uploaded list, as bytes."""

    file = forms.FileField(
        label="ไฟล์รายชื่อ",
        help_text="XLSX หรือ CSV ไม่เกิน 5 MB และ 5,000 แถว",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "โปรดเลือกไฟล์", "missing": "โปรดเลือกไฟล์", "invalid": "โปรดเลือกไฟล์"},
    )

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise forms.ValidationError("ไฟล์ใหญ่เกิน 5 MB โปรดลบรูปและแผ่นงานอื่นออก หรือแบ่งเป็นหลายไฟล์")
        raw: bytes = upload.read()
        return raw
