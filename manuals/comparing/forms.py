"""The forms of a comparison: what is compared, what its table of processes is narrowed to, why one was dropped."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from hearing_portal.web.form_rendering import FilterForm, FormLayout
from hearing_portal.web.forms import ThaiTextField

from ..models import Manual
from .fates import ProcessFate
from .sides import Side

REASON_LIMIT = 1000
# Among the fates that can be chosen: dropped, and nobody says why
WITHOUT_REASON = "without-reason"


class SidesForm(FormLayout, forms.Form):
    """Cleans to `old` and `new`: codes in the order of their days, whichever was chosen first."""

    old = forms.ChoiceField(label="เทียบ")
    new = forms.ChoiceField(label="กับ")

    def __init__(self, data: Any = None, *, sides: Sequence[Side]) -> None:
        """`sides` the newest first."""
        choices = [(side.code, side.title) for side in sides]
        initial = {}
        if len(choices) > 1:
            initial = {"old": choices[1][0], "new": choices[0][0]}
        super().__init__(data, initial=initial)
        self.age = {
            side.code: position for position, side in enumerate(sides)
        }  # 0 of the newest
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are choice fields
            self.fields[name].error_messages = {
                "required": "โปรดเลือกฉบับ",
                "invalid_choice": "ไม่มีฉบับนี้ให้เทียบ โปรดเลือกจากรายการ",
            }

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "old" in data and "new" in data:
            if data["old"] == data["new"]:
                self.add_error("new", "โปรดเลือกสองฉบับที่ต่างกัน")
                return data
            if self.age[data["old"]] < self.age[data["new"]]:
                data["old"], data["new"] = data["new"], data["old"]
        return data


class ProcessFilter(FilterForm):
    """What the table of processes is narrowed to; wrong choices narrow nothing."""

    q = ThaiTextField(
        label="ชื่อกระบวนงานบางส่วน หรือรหัส",
        max_length=200,
        multiline=False,
        required=False,
    )
    group = forms.ChoiceField(label="กลุ่มงานเดิมหรือใหม่", required=False)
    fate = forms.ChoiceField(
        required=False,
        choices=[("", ""), *ProcessFate.choices, (WITHOUT_REASON, "")],
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Any, *, manuals: Iterable[Manual]) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs["type"] = "search"
        choices = [("", "ทุกกลุ่มงาน")]
        for manual in manuals:
            if manual.work_group is not None:
                choices.append((manual.key, manual.display_name))
        self.fields["group"].choices = choices  # type: ignore[attr-defined]  # it is a choice field


class DropReasonForm(FormLayout, forms.Form):
    reason = ThaiTextField(
        label="เหตุผลที่ยกเลิก",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="ปรากฏในตารางเทียบกระบวนงานของฉบับที่ไม่มีกระบวนงานนี้แล้ว เช่น กฎหมายที่อ้างยกเลิกแล้ว หรือโอนภารกิจไปหน่วยงานใด",
        error_messages={"required": "โปรดระบุเหตุผลที่ยกเลิก"},
    )
