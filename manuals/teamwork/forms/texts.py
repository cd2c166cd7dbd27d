"""Forms in which those who draft write to each other."""

from uuid import uuid4

from django import forms

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

TEAM_TEXT_LIMIT = 2000
ROWS = 3


class NoteForm(FormLayout, forms.Form):
    """A note to come has its uuid from the first form on: sent twice, it is stored once."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = ThaiTextField(
        label="บันทึกถึงผู้ร่วมยกร่าง",
        max_length=TEAM_TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": ROWS}),
        help_text="คณะทำงานยกร่างของคู่มือนี้และผู้ดูแลระบบเท่านั้นที่เห็น ไม่เป็นความคิดเห็นของประชาพิจารณ์",
        error_messages={"required": "โปรดเขียนข้อความที่จะบันทึก"},
    )


class NoteAnswerForm(FormLayout, forms.Form):
    text = ThaiTextField(
        label="คำตอบ",
        max_length=TEAM_TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": ROWS}),
        error_messages={"required": "โปรดเขียนคำตอบ"},
    )
