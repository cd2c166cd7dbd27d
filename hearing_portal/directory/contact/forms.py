"""The forms in which an administrator writes contact and privacy notice."""

from typing import Any

from django import forms
from django.http import QueryDict

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import TelephoneField, ThaiTextField

from ..models import ContactVersion, PrivacyNoticeVersion, User
from .services import Contact, change_contact, change_privacy_notice
from .texts import DEFAULT_PRIVACY_NOTICE


class ContactForm(FormLayout, forms.Form):
    """Whom to ask, and how they are reached."""

    name = ThaiTextField(
        label="ผู้ติดต่อ",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อบุคคล หรือชื่อกลุ่มและหน่วยงานที่ให้ติดต่อ"},
        help_text="เช่น กลุ่มพัฒนาระบบบริหาร สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน",
    )
    telephone = TelephoneField(
        label="โทรศัพท์",
        max_length=100,
        required=False,
        help_text="เช่น 0 2288 5861 หรือ 02 288 5861 ต่อ 12",
    )
    email = forms.EmailField(
        label="อีเมล",
        max_length=200,
        required=False,
        error_messages={"invalid": "รูปแบบอีเมลไม่ถูกต้อง เช่น name@obec.go.th"},
    )
    line = ThaiTextField(
        label="LINE",
        max_length=100,
        multiline=False,
        required=False,
        help_text="ชื่อบัญชี เช่น @portal",
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, contact: ContactVersion
    ) -> None:
        initial = {}
        for name in ("name", "telephone", "email", "line"):
            initial[name] = getattr(contact, name)
        super().__init__(data, initial={**initial, "based_on": contact.pk})

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in ("name", "line"):
            if name in data:
                data[name] = " ".join(data[name].split())
        ways = ("telephone", "email", "line")
        if not any(data.get(way) or way in self.errors for way in ways):
            self.add_error("telephone", "โปรดกรอกโทรศัพท์ อีเมล หรือ LINE อย่างน้อยหนึ่งช่องทาง")
        return data

    def save(self, *, by: User) -> ContactVersion:
        """Raises ContactRefused."""
        data = self.cleaned_data
        contact = Contact(data["name"], data["telephone"], data["email"], data["line"])
        return change_contact(contact, by=by, based_on=data["based_on"])


class PrivacyNoticeForm(FormLayout, forms.Form):
    """The notice as plain paragraphs."""

    text = ThaiTextField(
        label="ข้อความ",
        max_length=20_000,
        error_messages={"required": "โปรดกรอกข้อความของประกาศ"},
        help_text="เว้นหนึ่งบรรทัดเพื่อขึ้นย่อหน้าใหม่",
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    takes_shipped = forms.BooleanField(
        label="อ่านแล้ว และใช้ข้อความที่มากับระบบโดยไม่แก้ไข", required=False
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, notice: PrivacyNoticeVersion | None
    ) -> None:
        text = notice.text if notice else DEFAULT_PRIVACY_NOTICE
        super().__init__(
            data, initial={"text": text, "based_on": notice.pk if notice else None}
        )
        if notice is not None:
            del self.fields["takes_shipped"]

    def save(self, *, by: User) -> PrivacyNoticeVersion:
        """Raises ContactRefused."""
        data = self.cleaned_data
        return change_privacy_notice(
            data["text"].strip(),
            by=by,
            based_on=data["based_on"],
            takes_shipped=data.get("takes_shipped", False),
        )
