"""The forms of a resolution, of taking a matter up again, of what it changed, and of turning a proposal down."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, offer_choices

from ...limits import SHORT_REASON_LIMIT, SPLIT_LIMIT, TEXT_LIMIT
from ...models import Overlap
from ..words import resolution_choices

MOST_IDS = 200


class ResolutionForm(FormLayout, forms.Form):
    resolution = forms.ChoiceField(
        label="ข้อยุติ",
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกข้อยุติ"},
    )
    split_at = ThaiTextField(
        label="ขั้นตอนที่แบ่งความรับผิดชอบ",
        max_length=SPLIT_LIMIT,
        multiline=False,
        required=False,
        help_text="ระบุเมื่อแบ่งความรับผิดชอบตามขั้นตอน เช่น ข้อ 5.4 เป็นต้นไปให้กลุ่มกฎหมายและคดี",
    )
    reason = ThaiTextField(
        label="เหตุผล",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="ผู้อ่านทะเบียนจะเห็นเหตุผลนี้",
        error_messages={"required": "โปรดระบุเหตุผล"},
    )

    def __init__(self, data: QueryDict | None = None, *, overlap: Overlap) -> None:
        super().__init__(data)
        offer_choices(self, "resolution", resolution_choices(overlap))


class ReopeningForm(FormLayout, forms.Form):
    reason = ThaiTextField(
        label="เหตุผลที่นำกลับมาพิจารณา",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        error_messages={"required": "โปรดระบุเหตุผลที่นำกลับมาพิจารณา"},
    )


class IdListField(forms.Field):
    """Several ids under one name. Cleans to a list of numbers; what is no number is none."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        values: Iterable[str] = value or ()
        found = []
        for text in list(values)[:MOST_IDS]:
            if text.isascii() and text.isdigit() and len(text) < 18:
                found.append(int(text))
        return found


class ChangesForm(FormLayout, forms.Form):
    changes = IdListField(
        error_messages={"required": "โปรดเลือกการแก้ไขอย่างน้อยหนึ่งรายการ"}
    )


class DismissalForm(FormLayout, forms.Form):
    dense = True

    pairs = IdListField()
    reason = ThaiTextField(
        label="เหตุผลที่ไม่ถือว่าซ้ำซ้อน",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        error_messages={"required": "โปรดระบุเหตุผลที่ไม่ถือว่าซ้ำซ้อน"},
    )
