"""The summary that is signed."""

from django import forms

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField
from hearing_portal.web.http import read_id
from manuals.models import Edition

from ..limits import SUMMARY_LIMIT
from ..models import Conclusion, Hearing
from .services import sign_conclusion


class SummaryForm(FormLayout, forms.Form):
    hints = {
        "summary": "ข้อสรุปที่ลงนามแล้วแสดงแก่ผู้เข้าร่วมประชาพิจารณ์และใช้ในที่ประชุมรวม การแก้ไขภายหลังเป็นการลงนามใหม่ ฉบับก่อนยังเก็บไว้",
    }

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    summary = ThaiTextField(
        label="ข้อสรุป",
        max_length=SUMMARY_LIMIT,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "โปรดเขียนข้อสรุปก่อนลงนาม"},
    )

    def save(
        self, hearing: Hearing, group: WorkGroup | None, edition: Edition, *, by: User
    ) -> Conclusion:
        return sign_conclusion(
            hearing,
            group,
            edition,
            self.cleaned_data["summary"],
            by=by,
            seen=read_id(self.cleaned_data["seen"]),
        )


def summary_values(latest: Conclusion | None) -> dict[str, object]:
    """What a fresh form holds: the words that stand."""
    if latest is None:
        return {"seen": "0", "summary": ""}
    return {"seen": str(latest.pk), "summary": latest.summary}
