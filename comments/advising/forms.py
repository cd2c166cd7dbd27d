"""The form by which a desk asks for advice on a comment."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearing_portal.directory.models import User
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, offer_choices

from ..limits import SHORT_REASON_LIMIT


class AdviceRequestForm(FormLayout, forms.Form):
    """`people` are who may be asked. Cleans `asked` to one of them."""

    dense = True
    marked_optional = ("question",)

    asked = forms.ChoiceField(
        label="ผู้ให้คำแนะนำ",
        error_messages={
            "required": "โปรดเลือกผู้ให้คำแนะนำ",
            "invalid_choice": "โปรดเลือกผู้ทรงคุณวุฒิหรือผู้แทนสำนักส่วนกลางของกลุ่มงานนี้",
        },
    )
    question = ThaiTextField(
        label="เรื่องที่ขอคำแนะนำ",
        max_length=SHORT_REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Any = None, *, people: Sequence[User], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "เลือกผู้ให้คำแนะนำ")]
        for key, person in self.people.items():
            choices.append((key, person.get_full_name()))
        offer_choices(self, "asked", choices)

    def clean_asked(self) -> User:
        return self.people[self.cleaned_data["asked"]]
