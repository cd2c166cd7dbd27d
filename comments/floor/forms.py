"""Asking for the floor, giving it, and changing the order."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from hearing_portal.directory.models import AreaOffice
from hearing_portal.web.form_rendering import FormLayout, PickRadio
from hearing_portal.web.forms import ThaiTextField, choose_among, offer_choices

from ..limits import SHORT_REASON_LIMIT
from ..models import SpeakerRequest
from ..speakers.forms import OfficeField
from .ordering import PlaceInLine

MINUTES = (1, 2, 3, 5, 10)
USUAL_MINUTES = 3


class SubjectField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            label="ขอพูด",
            choices=SpeakerRequest.Subject.choices,
            initial=SpeakerRequest.Subject.CLAUSE,
            widget=PickRadio,
            error_messages={
                "required": "โปรดเลือกว่าขอพูดเรื่องใด",
                "invalid_choice": "โปรดเลือกว่าขอพูดเรื่องใด",
            },
            **options,
        )


class FloorRequestForm(FormLayout, forms.Form):
    """A person's own. The office is asked for only where they speak for several."""

    subject = SubjectField(
        help_text="เรื่องการดำเนินการประชุม เช่น เสนอให้พักหรือให้พิจารณาข้ออื่นก่อน จะได้พูดก่อน"
    )
    office = forms.ChoiceField(
        label="ในนาม",
        error_messages={
            "required": "โปรดเลือก สพท.",
            "invalid_choice": "โปรดเลือก สพท. ของท่าน",
        },
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, offices: Sequence[AreaOffice]
    ) -> None:
        super().__init__(data)
        self.offices = {office.key: office for office in offices}
        if len(offices) > 1:
            names = [(office.key, office.short_name) for office in offices]
            offer_choices(self, "office", names)
        else:
            del self.fields["office"]

    @property
    def chosen_office(self) -> AreaOffice | None:
        """None for an expert."""
        if "office" in self.fields:
            return self.offices[self.cleaned_data["office"]]
        return next(iter(self.offices.values()), None)


class WrittenRequestForm(FormLayout, forms.Form):
    """Of an office that raised its hand in the room."""

    dense = True
    office = OfficeField(
        label="สพท. ที่ขอพูด",
        empty_label="เลือก สพท.",
        error_messages={"required": "โปรดเลือก สพท."},
    )
    subject = SubjectField()

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="written")
        choose_among(self, "office", AreaOffice.objects.valid_on(timezone.localdate()))


class GivenFloorForm(forms.Form):
    minutes = forms.ChoiceField(
        label="ให้เวลา",
        choices=[(str(minutes), f"{minutes} นาที") for minutes in MINUTES],
        initial=str(USUAL_MINUTES),
        required=False,
        widget=forms.Select(attrs={"class": "input--dense filter-select"}),
    )

    @property
    def given_minutes(self) -> int:
        """The usual ones where none were chosen."""
        chosen = self.cleaned_data.get("minutes", "") if self.is_valid() else ""
        return int(chosen) if chosen else USUAL_MINUTES


class MoveForm(FormLayout, forms.Form):
    dense = True
    request = forms.ChoiceField(
        label="ผู้ขอพูด",
        error_messages={
            "required": "โปรดเลือกผู้ขอพูด",
            "invalid_choice": "คำขอพูดนี้สิ้นสุดแล้ว โปรดเลือกใหม่",
        },
    )
    before = forms.ChoiceField(
        label="ให้พูดก่อน",
        required=False,
        error_messages={"invalid_choice": "คำขอพูดนี้สิ้นสุดแล้ว โปรดเลือกใหม่"},
    )
    reason = ThaiTextField(
        label="เหตุผล",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        help_text="ทุกคนในเวทีเห็นเหตุผลนี้",
        error_messages={"required": "โปรดระบุเหตุผลที่เปลี่ยนลำดับ"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, places: Sequence[PlaceInLine]
    ) -> None:
        super().__init__(data, prefix="move")
        self.requests = {str(place.request.pk): place.request for place in places}
        names = [
            (str(place.request.pk), f"{place.number}. {name_speaker(place.request)}")
            for place in places
        ]
        offer_choices(self, "request", names)
        offer_choices(self, "before", [*names, ("", "ย้ายไปท้ายสุด")])


def name_speaker(request: SpeakerRequest) -> str:
    """The office; an expert is named by what they are."""
    if request.office is not None:
        return request.office.short_name
    return "ผู้ทรงคุณวุฒิหรือผู้แทนสำนักส่วนกลาง"
