"""Forms of taking an edition in: the file, then what it is to be called here."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import NameField

from ..models import Edition
from .checking import CheckedFile
from .reading import MAX_BYTES, MEGABYTE

TOO_LARGE = f"ไฟล์ใหญ่เกิน {MAX_BYTES // MEGABYTE} MB โปรดตรวจว่าเป็นไฟล์ JSON ของฉบับ"


class EditionFileForm(FormLayout, forms.Form):
    sent = forms.FileField(
        label="ไฟล์ของฉบับ",
        help_text=f"ไฟล์ JSON ที่ส่งออกจากระบบนี้หรือระบบเดียวกันที่อื่น ไม่เกิน {MAX_BYTES // MEGABYTE} MB",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": "โปรดเลือกไฟล์",
            "missing": "โปรดเลือกไฟล์",
            "invalid": "โปรดเลือกไฟล์",
        },
    )

    def clean_sent(self) -> bytes:
        upload: UploadedFile[Any] = self.cleaned_data["sent"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        raw: bytes = upload.read()
        return raw


class OldBookForm(FormLayout, forms.Form):
    """What the edition is called that is made of sent files."""

    code = forms.SlugField(
        label="รหัสฉบับ",
        max_length=40,
        help_text="ใช้ตัวอักษรละติน ตัวเลข และขีด เช่น 2553-DIR",
        error_messages={
            "required": "โปรดกรอกรหัสฉบับ",
            "invalid": "ใช้ได้เฉพาะตัวอักษรละติน ตัวเลข และขีด เช่น 2553-DIR",
            "max_length": "รหัสฉบับยาวเกิน 40 ตัวอักษร โปรดตัดให้สั้นลง",
        },
    )
    title = NameField(
        label="ชื่อฉบับ",
        max_length=200,
        help_text="เช่น คู่มือการปฏิบัติงาน พ.ศ. 2553",
        error_messages={"required": "โปรดกรอกชื่อฉบับ"},
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Edition.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(f"รหัส {code} เป็นของฉบับอื่นแล้ว โปรดกำหนดรหัสอื่น")
        return code


class ArchivalForm(FormLayout, forms.Form):
    """The code of the edition in this portal; `plan` is what taking the file in under that code would do."""

    code = forms.SlugField(
        label="รหัสฉบับในระบบนี้",
        max_length=40,
        help_text="ตามไฟล์ หรือกำหนดใหม่เมื่อรหัสซ้ำกับฉบับอื่น ใช้ตัวอักษรละติน ตัวเลข และขีด",
        error_messages={
            "required": "โปรดกรอกรหัสฉบับ",
            "invalid": "ใช้ได้เฉพาะตัวอักษรละติน ตัวเลข และขีด เช่น 2565-D2",
            "max_length": "รหัสฉบับยาวเกิน 40 ตัวอักษร โปรดตัดให้สั้นลง",
        },
    )

    def __init__(self, data: QueryDict | None = None, *, file: CheckedFile) -> None:
        super().__init__(data, initial={"code": file.code})
        self.file = file
        self.plan = file.under_code(file.code)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        self.plan = self.file.under_code(code)
        return code

    def clean(self) -> dict[str, Any]:
        """What stands in the way is told above the form, all of it."""
        data = super().clean() or {}
        if "code" in data and self.plan.refusals:
            raise forms.ValidationError([*self.plan.refusals])
        return data
