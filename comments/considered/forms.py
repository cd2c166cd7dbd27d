"""What the list of what was considered is narrowed to."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from hearing_portal.thai.dates import be_date
from hearing_portal.web.form_rendering import FilterForm
from hearing_portal.web.forms import offer_choices

from .queries import ConsideredEntry


class ConsideredFilter(FilterForm):
    """By group and by day, of those on which something was taken up; wrong choices narrow nothing."""

    field_template = "comments/commenting/filter_field.html"
    group = forms.ChoiceField(label="กลุ่มงาน", required=False)
    day = forms.ChoiceField(label="วันที่", required=False)

    def __init__(self, data: Any, *, considered: Iterable[ConsideredEntry]) -> None:
        super().__init__(data, auto_id=False)
        groups: dict[str, str] = {}
        days: set[date] = set()
        for each in considered:
            if each.group.key:
                groups[each.group.key] = each.group.name
            days.update(localdate(time.at) for time in each.times)
        offer_choices(self, "group", [("", "ทุกกลุ่มงาน"), *groups.items()])
        named = [(day.isoformat(), be_date(day)) for day in sorted(days)]
        offer_choices(self, "day", [("", "ทุกวัน"), *named])
        self.is_valid()

    @property
    def group_key(self) -> str:
        chosen: str = self.cleaned_data.get("group", "")
        return chosen

    @property
    def chosen_day(self) -> date | None:
        chosen = self.cleaned_data.get("day")
        return date.fromisoformat(chosen) if chosen else None
