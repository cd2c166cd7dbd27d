"""The form of one answer block."""

from typing import Any

from django import forms

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

from ..limits import TEXT_LIMIT
from ..models import AnswerBlock
from ..models.answer_block import NAME_LIMIT


class BlockForm(FormLayout, forms.Form):
    name = ThaiTextField(
        label="ชื่อ",
        max_length=NAME_LIMIT,
        multiline=False,
        help_text="ชื่อสั้นสำหรับคณะทำงาน ผู้เสนอไม่เห็นชื่อนี้",
        error_messages={"required": "โปรดตั้งชื่อคำตอบมาตรฐาน"},
    )
    text = ThaiTextField(
        label="คำตอบ",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="แก้ไขเพิ่มเติมได้เมื่อนำไปใช้",
        error_messages={"required": "โปรดเขียนคำตอบ"},
    )
    # The wording that the page showed
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, block: AnswerBlock | None = None, **options: Any
    ) -> None:
        if block is not None:
            initial = {"name": block.name, "text": block.text, "seen": block.pk}
            options.setdefault("initial", initial)
        super().__init__(data, **options)
