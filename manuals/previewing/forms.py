"""Making a link to the working draft, and its password where somebody follows it."""

from uuid import uuid4

from django import forms

from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

from .services import LONGEST


class PreviewLinkForm(FormLayout, forms.Form):
    """A link to come has its uuid from the first form on: sent twice, it is made once."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    purpose = ThaiTextField(
        label="ใช้เพื่อ",
        max_length=200,
        multiline=False,
        help_text="เช่น เสนอผู้บริหารพิจารณาก่อนประชาพิจารณ์ ไม่ต้องระบุชื่อบุคคล",
        error_messages={"required": "โปรดระบุว่าใช้ลิงก์นี้เพื่อสิ่งใด"},
    )
    ends_on = BeDateField(
        label="ใช้ได้ถึงวันที่",
        help_text=f"วัน/เดือน/ปี พ.ศ. เช่น 20/09/2565 ไม่เกิน {LONGEST} วันนับจากวันนี้",
        error_messages={"required": "โปรดกรอกวันสิ้นสุดการใช้ลิงก์"},
    )


class PreviewPasswordForm(FormLayout, forms.Form):
    autofocus = "password"
    password = forms.CharField(
        label="รหัสผ่าน",
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="ผู้ที่ส่งลิงก์ให้ท่านเป็นผู้แจ้งรหัสผ่าน",
        error_messages={"required": "โปรดกรอกรหัสผ่าน"},
    )
