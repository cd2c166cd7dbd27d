"""Forms of the administrators: freezing an edition, asking for a book."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.web.forms import ThaiTextField, choose_among
from manuals.models import Edition


class FreezeForm(forms.Form):
    """A new edition from the working draft. `save` asks a job to do it."""

    code = forms.SlugField(
        label="รหัสฉบับ",
        max_length=40,
        help_text="ตัวอักษรละติน ตัวเลข และขีด เช่น 2565-D2 ใช้ซ้ำไม่ได้",
        error_messages={
            "required": "โปรดกรอกรหัสฉบับ",
            "invalid": "ใช้ได้เฉพาะตัวอักษรละติน ตัวเลข และขีด เช่น 2565-D2",
            "max_length": "รหัสฉบับยาวเกิน 40 ตัวอักษร โปรดตัดให้สั้นลง",
        },
    )
    kind = forms.ChoiceField(label="ประเภทฉบับ", choices=Edition.Kind.choices, initial=Edition.Kind.REVISED)
    title = ThaiTextField(
        label="ชื่อฉบับ",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อฉบับ เช่น ฉบับปรับปรุง พ.ศ. 2565"},
    )
    basis = forms.ModelChoiceField(
        label="เทียบกับฉบับ",
        queryset=Edition.objects.none(),
        required=False,
        empty_label="ไม่เทียบ",
        help_text="ฉบับก่อนหน้าที่จะแสดงรอยแก้เทียบ",
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        choose_among(self, "basis", Edition.objects.sealed())

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if Edition.objects.filter(code=code).exists():
            raise forms.ValidationError("มีฉบับรหัสนี้แล้ว และฉบับที่ตรึงแล้วเปลี่ยนไม่ได้ โปรดใช้รหัสอื่น")
        return code

    def save(self, *, by: User) -> Job:
        data = self.cleaned_data
        params = {
            "code": data["code"],
            "kind": data["kind"],
            "title": data["title"],
            "basis": data["basis"].code if data["basis"] else "",
        }
        return enqueue_job("freeze_edition", params, by)


class BookForm(forms.Form):
    """A book of an edition: the groups the person may export, digits."""

    edition = forms.ModelChoiceField(
        label="ฉบับ",
        queryset=Edition.objects.none(),
        empty_label="เลือกฉบับ",
        error_messages={"required": "โปรดเลือกฉบับ"},
    )
    group = forms.ModelChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.none(),
        required=False,
        to_field_name="key",
        error_messages={"required": "โปรดเลือกกลุ่มงานของท่าน"},
    )
    digits = forms.ChoiceField(
        label="ตัวเลขในเล่ม",
        choices=[("thai", "เลขไทย ๑ ๒ ๓"), ("arabic", "เลขอารบิก 1 2 3")],
        initial="thai",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        groups: QuerySet[WorkGroup],
        all_groups: bool,
        **options: Any,
    ) -> None:
        """`all_groups` says that the person may have the whole book."""
        super().__init__(data, **options)
        choose_among(self, "edition", Edition.objects.sealed())
        choose_among(self, "group", groups)
        group = self.fields["group"]
        group.required = not all_groups
        if isinstance(group, forms.ModelChoiceField):
            group.empty_label = "ทั้งสิบกลุ่มในเล่มเดียว" if all_groups else "เลือกกลุ่มงาน"

    def save(self, *, by: User) -> Job:
        data = self.cleaned_data
        params = {
            "edition": data["edition"].code,
            "group": data["group"].key if data["group"] else "",
            "digits": data["digits"],
        }
        return enqueue_job("export_book", params, by)
