"""Asking the offices, and their answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from hearing_portal.directory.models import AreaOffice
from hearing_portal.web.form_rendering import FormLayout, PickRadio
from hearing_portal.web.forms import ThaiTextField, choose_among, offer_choices

from ..models import Poll, Vote
from ..speakers.forms import OfficeField

OWN = "own"
# {key: (question, whether it is about the clause under discussion)}
QUESTIONS = {
    "as_drafted": ("เห็นชอบถ้อยคำของข้อนี้ตามร่าง", True),
    "amend": ("เห็นควรแก้ไขถ้อยคำของข้อนี้", True),
    "delete": ("เห็นควรตัดข้อนี้ออก", True),
    "next": ("พร้อมพิจารณาข้อถัดไป", False),
}


class PollForm(FormLayout, forms.Form):
    """What is asked: one of a fixed set, or own words."""

    dense = True
    marked_optional = ("own",)
    asked = forms.ChoiceField(
        label="คำถาม",
        choices=[
            *((key, words) for key, (words, _) in QUESTIONS.items()),
            (OWN, "คำถามอื่น"),
        ],
        error_messages={"required": "โปรดเลือกคำถาม", "invalid_choice": "โปรดเลือกคำถาม"},
    )
    own = ThaiTextField(
        label="คำถามอื่น", max_length=300, multiline=False, required=False
    )
    quorum = forms.ChoiceField(
        label="องค์ประชุม",
        choices=Poll.Quorum.choices,
        initial=Poll.Quorum.NONE,
        error_messages={"invalid_choice": "โปรดเลือกองค์ประชุมจากรายการ"},
    )
    hides_counts = forms.BooleanField(label="ไม่แสดงจำนวนจนกว่าจะสิ้นสุด", required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, has_clause: bool
    ) -> None:
        super().__init__(data, initial={} if has_clause else {"asked": OWN})
        self.has_clause = has_clause

    def clean(self) -> None:
        asked = self.cleaned_data.get("asked")
        own = self.cleaned_data.get("own")
        if asked == OWN and own == "":
            self.add_error("own", "โปรดพิมพ์คำถาม")
        if asked in QUESTIONS and QUESTIONS[asked][1] and not self.has_clause:
            self.add_error(
                "asked",
                "ยังไม่มีข้อที่กำลังอภิปราย โปรดนำข้อขึ้นอภิปรายก่อน หรือเลือกคำถามอื่น",
            )

    @property
    def question(self) -> str:
        asked = self.cleaned_data["asked"]
        if asked == OWN:
            return str(self.cleaned_data["own"])
        return QUESTIONS[asked][0]


class AnswerField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="คำตอบ",
            choices=Vote.Answer.choices,
            widget=PickRadio,
            error_messages={
                "required": "โปรดเลือกคำตอบ",
                "invalid_choice": "โปรดเลือกคำตอบจากรายการ",
            },
        )


class VoteForm(FormLayout, forms.Form):
    """The answer in the name of the person's office; which is asked for only where they speak for several."""

    answer = AnswerField()
    office = forms.ChoiceField(
        label="ในนาม",
        error_messages={
            "required": "โปรดเลือก สพท.",
            "invalid_choice": "โปรดเลือก สพท. ของท่าน",
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offices: Sequence[AreaOffice],
        given: str = "",
    ) -> None:
        super().__init__(data, initial={"answer": given})
        self.offices = {office.key: office for office in offices}
        if len(offices) > 1:
            names = [(office.key, office.short_name) for office in offices]
            offer_choices(self, "office", names)
        else:
            del self.fields["office"]

    @property
    def chosen_office(self) -> AreaOffice:
        if "office" in self.fields:
            return self.offices[self.cleaned_data["office"]]
        [office] = self.offices.values()
        return office


class RecordedVoteForm(FormLayout, forms.Form):
    """What the facilitator saw an office answer that has no phone."""

    dense = True
    office = OfficeField(
        label="สพท.",
        empty_label="เลือก สพท.",
        error_messages={"required": "โปรดเลือก สพท."},
    )
    answer = AnswerField()

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="recorded")
        choose_among(self, "office", AreaOffice.objects.valid_on(timezone.localdate()))
