"""The form of the second person: which refusals they agree to, and what they had before them of each."""

from collections.abc import Sequence

from django import forms

from hearing_portal.web.form_rendering import FormLayout

MOST_CONFIRMED = 50
LONGEST_NUMBER = 15  # digits of an id


class ShownRefusalsField(forms.Field):
    """Several values of `shown_value` under one name. Cleans to {disposition id: answer ids}."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Sequence[str] | None) -> dict[int, list[int]]:
        shown = {}
        for text in (value or ())[:MOST_CONFIRMED]:
            refusal, _, answers = text.partition(":")
            numbers = [refusal, *answers.split(",")]
            if not all(_is_number(number) for number in numbers):
                raise forms.ValidationError(
                    "หน้านี้ส่งข้อมูลไม่ครบถ้วน โปรดเปิดหน้านี้อีกครั้งแล้วยืนยันใหม่"
                )
            shown[int(refusal)] = [int(number) for number in numbers[1:]]
        return shown


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


class ConfirmationForm(FormLayout, forms.Form):
    confirm = ShownRefusalsField(
        label="ผลที่ยืนยัน",
        error_messages={"required": "โปรดเลือกผลที่ท่านตรวจแล้วอย่างน้อยหนึ่งผล"},
    )
