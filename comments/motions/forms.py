"""Noting what the meeting holds."""

from django import forms

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

from ..limits import SHORT_REASON_LIMIT, TEXT_LIMIT


class MotionForm(FormLayout, forms.Form):
    """`entry` and `replaces` go with it hidden: what the room discussed, or what is corrected."""

    dense = True
    marked_optional = ("proposed",)
    words = ThaiTextField(
        label="ที่ประชุมเห็นควร",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        help_text="เช่น ให้เพิ่มระยะเวลาตรวจสอบเอกสารเป็น 3 วัน",
        error_messages={"required": "โปรดพิมพ์ว่าที่ประชุมเห็นควรอย่างไร"},
    )
    proposed = ThaiTextField(
        label="ถ้อยคำที่เสนอ",
        max_length=TEXT_LIMIT,
        required=False,
        help_text="จอห้องประชุมแสดงส่วนที่ต่างจากร่าง",
    )
