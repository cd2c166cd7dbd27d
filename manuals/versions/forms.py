"""Forms of the past: two versions to compare, a day to look at, why a version is restored."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from hearing_portal.thai.dates import be_datetime_short
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FilterForm, FormLayout

from ..drafting.forms.promise import PromiseForm
from ..drafting.forms.reason import ReasonField
from ..models import Section, SectionVersion


class VersionsToCompareForm(FilterForm):
    """Cleans to `older` and `newer`, in whichever order they were chosen; the newest is offered first. One query."""

    older = forms.TypedChoiceField(label="เทียบรุ่น", coerce=int)
    newer = forms.TypedChoiceField(label="กับรุ่น", coerce=int)

    def __init__(self, data: Any = None, *, section: Section) -> None:
        initial = {"older": max(section.version - 1, 1), "newer": section.version}
        super().__init__(data, initial=initial)
        versions = SectionVersion.objects.filter(section=section).order_by("-number")
        choices = []
        for number, made_at in versions.values_list("number", "revision__date_created"):
            choices.append((number, f"รุ่นที่ {number} · {be_datetime_short(made_at)}"))
        for name in ("older", "newer"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are choice fields
            self.fields[name].error_messages = {
                "required": "โปรดเลือกรุ่น",
                "invalid_choice": "ไม่มีรุ่นนี้ โปรดเลือกจากรายการ",
            }

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if "older" in data and "newer" in data:
            if data["older"] > data["newer"]:
                data["older"], data["newer"] = data["newer"], data["older"]
            if data["older"] == data["newer"]:
                self.add_error("newer", "โปรดเลือกสองรุ่นที่ต่างกัน")
        return data


class DayForm(FilterForm):
    """The day at whose end a manual is looked at."""

    day = BeDateField(label="ร่าง ณ สิ้นวันที่")

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > localdate():
            raise forms.ValidationError(
                "ยังไม่ถึงวันนี้ จึงยังไม่มีร่าง ณ สิ้นวัน โปรดเลือกวันนี้หรือวันก่อนหน้า"
            )
        return day


class RestoreForm(FormLayout, PromiseForm):
    """`version` is the one that stood when the person saw what would change."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = ReasonField(
        label="เหตุผลที่เรียกคืน",
        help_text="ปรากฏในประวัติของหมวด",
        required_words="โปรดระบุเหตุผลที่เรียกคืน เพื่อให้ผู้อ่านประวัติทราบ",
    )
    knows = forms.BooleanField(
        label="ทราบว่าความคิดเห็นข้างต้นยังรอผลหรือรอยกร่าง และต้องพิจารณาต่อหลังเรียกคืน",
        error_messages={
            "required": "โปรดเปิดดูความคิดเห็นที่ยังรอ แล้วทำเครื่องหมายว่าทราบ หรือพิจารณาให้เสร็จก่อนเรียกคืน"
        },
    )
    field_order = ("version", "knows", "reason")

    def __init__(
        self, data: Any = None, *, version: int = 0, asks: bool = False
    ) -> None:
        """It `asks` whether the person knows what waits of the clauses that are taken out."""
        super().__init__(data, initial={"version": version})
        if not asks:
            del self.fields["knows"]
