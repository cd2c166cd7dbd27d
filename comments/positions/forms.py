"""What a head confirms for the office, and what the list of offices is narrowed to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.web.form_rendering import FilterForm, FormLayout, PickRadio
from hearing_portal.web.forms import ThaiTextField
from manuals.models import Manual

from ..limits import TEXT_LIMIT
from ..models import Comment, Hearing, OfficePosition
from .queries import OfficeStand
from .services import PositionInput, PositionRefused, confirm_position

NO_POSITION = "silent"
SAID_NOTHING = "nothing"


class PositionForm(FormLayout, forms.Form):
    marked_optional = ("words",)
    hints: Mapping[str, str] = {
        "words": "ผู้ดำเนินเวที คณะทำงานยกร่าง และผู้ดูแลระบบอ่านข้อความนี้ได้",
    }

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    stance = forms.ChoiceField(
        label="ความคิดเห็นในนาม สพท.",
        choices=OfficePosition.Stance.choices,
        widget=PickRadio,
        error_messages={"required": "โปรดเลือกความคิดเห็นในนาม สพท."},
    )
    comments = forms.TypedMultipleChoiceField(
        label="ความคิดเห็นที่เป็นของ สพท.", coerce=int, required=False
    )
    words = ThaiTextField(
        label="ข้อความในนาม สพท.",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, comments: Sequence[Comment], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["comments"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(comment.pk, str(comment.pk)) for comment in comments]
        field.error_messages["invalid_choice"] = (
            "ความคิดเห็นที่เลือกบางเรื่องถอนไปแล้ว หรือไม่ใช่ของ สพท. นี้ โปรดตรวจสอบอีกครั้ง"
        )

    def ticked(self) -> set[int]:
        """The comments that stand ticked: as sent, else as they were."""
        value = self["comments"].value() or []
        return {int(pk) for pk in value if str(pk).isascii() and str(pk).isdigit()}

    def save(
        self, office: AreaOffice, hearing: Hearing, manual: Manual, *, by: User
    ) -> OfficePosition | None:
        """None, with the mistake at its field, where the position lacks something."""
        data = self.cleaned_data
        position_input = PositionInput(
            data["stance"], data["comments"], data["words"], data["seen"]
        )
        try:
            return confirm_position(office, hearing, manual, position_input, by=by)
        except PositionRefused as refused:
            if not refused.field:
                raise
            self.add_error(refused.field, refused.message_th)
            return None


class OfficesFilter(FilterForm):
    """Which offices of a manual are listed; wrong choices narrow nothing."""

    stance = forms.ChoiceField(
        label="ความคิดเห็นในนาม สพท.",
        required=False,
        choices=[
            ("", "ทั้งหมด"),
            *OfficePosition.Stance.choices,
            (NO_POSITION, "ยังไม่ยืนยัน"),
            (SAID_NOTHING, "ยังไม่ยืนยันและไม่มีความคิดเห็น"),
        ],
    )
    kind = forms.ChoiceField(
        label="สพท.",
        required=False,
        choices=[("", "สพป. และ สพม."), *AreaOffice.Kind.choices],
    )

    def chosen(self) -> dict[str, str]:
        """{name: value} of the filters that are set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: Sequence[OfficeStand]) -> list[OfficeStand]:
        chosen = self.chosen()
        stance = chosen.get("stance", "")
        kind = chosen.get("kind", "")
        left = []
        for row in rows:
            if kind and row.office.kind != kind:
                continue
            if not stance or _has_stance(row, stance):
                left.append(row)
        return left


def _has_stance(row: OfficeStand, stance: str) -> bool:
    if stance == NO_POSITION:
        return row.is_silent
    if stance == SAID_NOTHING:
        return row.said_nothing
    return row.position is not None and row.position.stance == stance
