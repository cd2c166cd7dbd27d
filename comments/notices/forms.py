"""A person's own address, and that of a test message."""

from django import forms

from hearing_portal.web.form_rendering import FormLayout

LIMIT = 200
WRONG = "รูปแบบอีเมลไม่ถูกต้อง เช่น name@obec.go.th"


class AddressForm(FormLayout, forms.Form):
    marked_optional = ("email",)

    email = forms.EmailField(
        label="อีเมลของท่าน",
        max_length=LIMIT,
        required=False,
        help_text="ระบบส่งอีเมลวันละไม่เกินหนึ่งฉบับ เฉพาะวันที่มีเรื่องใหม่ เว้นว่างหากไม่ต้องการ",
        error_messages={"invalid": WRONG},
    )


class TestMessageForm(FormLayout, forms.Form):
    email = forms.EmailField(
        label="ส่งข้อความทดสอบถึง",
        max_length=LIMIT,
        error_messages={"invalid": WRONG, "required": "โปรดกรอกอีเมลปลายทาง"},
    )
