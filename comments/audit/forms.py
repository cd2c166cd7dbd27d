"""What the audit log is narrowed to, from its address."""

from typing import Any

from django import forms
from django.forms import BoundField

from hearing_portal.acts.kinds import Category, SubjectKind
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.thai.dates import day_range
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FilterForm

from .queries import AuditFilter


class AuditFilterForm(FilterForm):
    """Wrong values are told and narrow nothing."""

    by = forms.CharField(label="ชื่อผู้ใช้ของผู้ดำเนินการ", required=False)
    kind = forms.ChoiceField(
        label="เรื่อง", required=False, choices=[("", "ทุกเรื่อง"), *Category.choices]
    )
    group = forms.ModelChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.all(),
        to_field_name="key",
        required=False,
        empty_label="ทุกกลุ่มงาน",
    )
    since = BeDateField(label="ตั้งแต่วันที่", required=False, help_text="")
    until = BeDateField(label="ถึงวันที่", required=False, help_text="")
    object = forms.CharField(required=False, widget=forms.HiddenInput)

    def hidden_fields(self) -> list[BoundField]:
        """What narrows nothing is not sent along."""
        fields = []
        for field in super().hidden_fields():
            if self.cleaned_data.get(field.name):
                fields.append(field)
        return fields

    def clean_by(self) -> User | None:
        username = self.cleaned_data["by"].strip()[:60]
        if not username:
            return None
        person = User.objects.filter(username=username).first()
        if person is None:
            raise forms.ValidationError(f"ไม่พบชื่อผู้ใช้ {username} โปรดตรวจตัวสะกด")
        return person

    def clean_object(self) -> tuple[str, str] | None:
        kind, _, key = self.cleaned_data["object"].partition(":")
        if kind not in SubjectKind or not key:
            return None
        return kind, key[:100]

    def clean(self) -> dict[str, Any]:
        since = self.cleaned_data.get("since")
        until = self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "วันสิ้นสุดต้องไม่ก่อนวันเริ่มต้น")
        return self.cleaned_data

    def wanted(self) -> AuditFilter:
        """Call after is_valid()."""
        data = self.cleaned_data
        since = data.get("since")
        until = data.get("until")
        return AuditFilter(
            by=data.get("by"),
            category=data.get("kind", ""),
            group=data.get("group"),
            since=day_range(since)[0] if since else None,
            until=day_range(until)[1] if until else None,
            subject=data.get("object"),
        )
