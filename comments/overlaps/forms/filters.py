"""What the register is narrowed to, from its address."""

from django import forms
from django.forms import BoundField

from hearing_portal.directory.models import WorkGroup
from hearing_portal.web.form_rendering import FilterForm

from ...limits import AGENCY_LIMIT
from ...models import Overlap
from ..queries.register import OPEN, RESOLVED, OverlapFilter


class OverlapFilterForm(FilterForm):
    """Wrong values narrow nothing."""

    group = forms.ModelChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.all(),
        to_field_name="key",
        required=False,
        empty_label="ทุกกลุ่มงาน",
    )
    other = forms.ModelChoiceField(
        label="กับกลุ่มงาน",
        queryset=WorkGroup.objects.all(),
        to_field_name="key",
        required=False,
        empty_label="ทุกกลุ่มงาน",
    )
    kind = forms.ChoiceField(
        label="ลักษณะ",
        required=False,
        choices=[("", "ทุกลักษณะ"), *Overlap.Kind.choices],
    )
    state = forms.ChoiceField(
        label="ข้อยุติ",
        required=False,
        choices=[("", "ทั้งหมด"), (OPEN, "รอข้อยุติ"), (RESOLVED, "มีข้อยุติแล้ว")],
    )
    agency = forms.CharField(
        required=False, max_length=AGENCY_LIMIT, widget=forms.HiddenInput
    )
    outside = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def hidden_fields(self) -> list[BoundField]:
        """What narrows nothing is not sent along."""
        return [
            field
            for field in super().hidden_fields()
            if self.cleaned_data.get(field.name)
        ]

    def wanted(self) -> OverlapFilter:
        """Call after is_valid()."""
        data = self.cleaned_data
        return OverlapFilter(
            group=data.get("group"),
            other=data.get("other"),
            kind=data.get("kind", ""),
            state=data.get("state", ""),
            agency=data.get("agency", ""),
            is_outside=data.get("outside", False),
        )
