"""Making cards, and where somebody with a card comes to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hearing_portal.directory.models import WorkGroup
from hearing_portal.web.form_rendering import FilterForm, FormLayout
from hearing_portal.web.forms import offer_choices

from ..models import HearingSession

HEADS = "heads"
ADVISERS = "advisers"
USES = {"1": "1 เครื่อง", "3": "ไม่เกิน 3 เครื่อง", "any": "ไม่จำกัด"}


class CardsForm(FormLayout, forms.Form):
    """For whom cards are made, and on how many phones each signs in."""

    dense = True
    whom = forms.ChoiceField(
        label="จัดทำบัตรให้",
        error_messages={
            "required": "โปรดเลือกว่าจะจัดทำบัตรให้ผู้ใด",
            "invalid_choice": "โปรดเลือกจากรายการ",
        },
    )
    uses = forms.ChoiceField(
        label="บัตร 1 ใบใช้เข้าสู่ระบบได้",
        choices=list(USES.items()),
        initial="1",
        error_messages={"invalid_choice": "โปรดเลือกจากรายการ"},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, groups: Sequence[WorkGroup]
    ) -> None:
        super().__init__(data)
        whom = [(group.key, f"ผู้แทน {group.name}") for group in groups]
        whom += [(HEADS, "ผอ.สพท."), (ADVISERS, "ผู้ทรงคุณวุฒิและผู้แทนสำนักส่วนกลาง")]
        offer_choices(self, "whom", whom)

    @property
    def most_uses(self) -> int | None:
        uses = self.cleaned_data["uses"]
        return None if uses == "any" else int(uses)


class FindPersonForm(FilterForm):
    find = forms.CharField(
        label="ค้นหา สพท. หรือชื่อ",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class ArrivalForm(FormLayout, forms.Form):
    """Which session of today the person comes to; none is a choice."""

    session = forms.ChoiceField(
        label="ลงทะเบียนเข้าร่วม",
        required=False,
        error_messages={"invalid_choice": "โปรดเลือกเวทีจากรายการ"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sessions: Sequence[HearingSession],
    ) -> None:
        self.sessions = {str(session.pk): session for session in sessions}
        first = next(iter(self.sessions), "")
        super().__init__(data, initial={"session": first})
        names = [(key, str(session)) for key, session in self.sessions.items()]
        offer_choices(self, "session", [*names, ("", "ยังไม่ลงทะเบียนเข้าร่วมเวที")])

    @property
    def chosen_session(self) -> HearingSession | None:
        return self.sessions.get(self.cleaned_data["session"])
