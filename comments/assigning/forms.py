"""The form that gives the ticked comments of a queue, or all that its filters leave, to somebody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.forms import offer_choices

from ..moderating.forms import ChosenCommentsForm

NOBODY = "nobody"


class AssignmentForm(ChosenCommentsForm):
    """`people` are those of the desk. Cleans `assignee` to one of them, or None."""

    # Its fields stand in the form of all bulk acts: a browser must not ask for them before another one of these
    use_required_attribute = False
    dense = True
    marked_optional = ("assigned_due",)

    assignee = forms.ChoiceField(
        label="ผู้พิจารณา",
        error_messages={
            "required": "โปรดเลือกผู้พิจารณา",
            "invalid_choice": "โปรดเลือกผู้พิจารณาของกลุ่มงานนี้",
        },
    )
    assigned_due = BeDateField(label="ภายในวันที่", required=False)

    def __init__(
        self, data: Any = None, *, people: Sequence[User], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "เลือกผู้พิจารณา")]
        for key, person in self.people.items():
            choices.append((key, person.get_full_name()))
        offer_choices(self, "assignee", [*choices, (NOBODY, "ยกเลิกการมอบหมาย")])

    def clean_assignee(self) -> User | None:
        return self.people.get(self.cleaned_data["assignee"])

    def clean_assigned_due(self) -> date | None:
        due: date | None = self.cleaned_data["assigned_due"]
        if due is not None and due < timezone.localdate():
            raise forms.ValidationError("วันครบกำหนดต้องไม่เป็นวันที่ผ่านมาแล้ว")
        return due
