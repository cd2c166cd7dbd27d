"""Forms of the administrators about work groups."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from hearing_portal.acts.overtaking import EditOvertaken, version_of
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.forms import ThaiTextField, VersionedForm

from ..field_words import GROUP_WORDS, tell_value
from ..models import User, WorkGroup
from ..people.services import PersonRefused
from .services import (
    CORRECTABLE,
    GroupFacts,
    GroupRefused,
    RolesAfterLastDay,
    add_work_group,
    change_work_group,
    next_order,
)

KEY = re.compile(r"[A-Z][A-Z0-9]{1,15}")


class WorkGroupForm(VersionedForm):
    """What may be corrected of a group."""

    field_words = GROUP_WORDS
    marked_optional = ("aliases", "valid_until")

    name = ThaiTextField(
        label="ชื่อเต็ม",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อเต็ม เช่น กลุ่มอำนวยการ"},
    )
    short_name = ThaiTextField(
        label="ชื่อย่อ",
        max_length=60,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อย่อ เช่น อำนวยการ"},
        help_text="ใช้แสดงในที่ที่มีพื้นที่จำกัด และใช้จับคู่เมื่อนำเข้ารายชื่อ",
    )
    kind = forms.ChoiceField(
        label="ประเภท",
        choices=WorkGroup.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกกลุ่มหรือหน่วย"},
    )
    order = forms.IntegerField(
        label="ลำดับในเล่ม",
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "โปรดกรอกลำดับ เช่น 1",
            **dict.fromkeys(
                ("invalid", "min_value", "max_value"), "โปรดกรอกลำดับ 1 ถึง 999"
            ),
        },
    )
    aliases = ThaiTextField(
        label="ชื่ออื่นที่เคยใช้",
        max_length=600,
        multiline=False,
        required=False,
        help_text="ใช้จับคู่เมื่อนำเข้ารายชื่อ หลายชื่อคั่นด้วยจุลภาค",
    )
    valid_from = BeDateField(
        label="วันจัดตั้ง", error_messages={"required": "โปรดกรอกวันจัดตั้งของกลุ่ม"}
    )
    valid_until = BeDateField(
        label="วันสิ้นสุดของกลุ่ม",
        required=False,
        help_text="กรอกเมื่อกลุ่มนี้ยุบหรือรวมกับกลุ่มอื่น เว้นว่างหากยังมีอยู่",
    )
    end_roles = forms.BooleanField(
        label="ให้บทบาทของทุกคนในกลุ่มนี้สิ้นสุดในวันเดียวกัน", required=False
    )

    def __init__(
        self, data: QueryDict | None = None, *, group: WorkGroup | None
    ) -> None:
        initial: dict[str, Any] = {}
        if group is not None:
            initial = {name: getattr(group, name) for name in CORRECTABLE}
            initial["aliases"] = ", ".join(group.aliases)
            initial["version"] = version_of(group, CORRECTABLE)
        super().__init__(data, initial=initial)
        self.group = group
        self.asks_about_roles = bool(data and data.get("end_roles"))

    def tell(self, name: str, value: Any) -> str:
        return tell_value(name, value)

    def clean(self) -> dict[str, Any]:
        for name in ("name", "short_name"):
            if name in self.cleaned_data:
                self.cleaned_data[name] = " ".join(self.cleaned_data[name].split())
        return self.cleaned_data

    def clean_aliases(self) -> list[str]:
        names = split_aliases(self.cleaned_data["aliases"])
        if names and max(len(name) for name in names) > 200:
            raise forms.ValidationError(
                "ชื่ออื่นแต่ละชื่อยาวได้ไม่เกิน 200 ตัวอักษร โปรดคั่นด้วยจุลภาค"
            )
        return names

    def save(self, *, by: User) -> WorkGroup | None:
        """None when the act was refused: the form then says why."""
        try:
            return self._act(by)
        except RolesAfterLastDay as refusal:
            self.asks_about_roles = True
            self.add_error(refusal.field, refusal.message_th)
        except GroupRefused as refusal:
            self.add_error(refusal.field, refusal.message_th)
        except EditOvertaken as refusal:
            self.take_overtaken(refusal)
        except PersonRefused as refusal:  # of a role that cannot end
            self.add_error("valid_until", refusal.message_th)
        return None

    def _act(self, by: User) -> WorkGroup:
        if self.group is None:
            raise TypeError("a new group has a form of its own")
        return change_work_group(self.group, by=by, **self.cleaned_data)


class NewWorkGroupForm(WorkGroupForm):
    """A group the directory does not know yet."""

    key = forms.CharField(
        label="รหัส",
        max_length=16,
        error_messages={
            "required": "โปรดกรอกรหัส เช่น DIR",
            "max_length": "รหัสยาวได้ไม่เกิน 16 ตัวอักษร",
        },
        help_text="ตัวอักษรอังกฤษตัวใหญ่และตัวเลข 2 ถึง 16 ตัว เช่น DIR อยู่ในที่อยู่เว็บของกลุ่ม เปลี่ยนภายหลังไม่ได้",
    )
    field_order = (
        "name",
        "short_name",
        "key",
        "kind",
        "order",
        "aliases",
        "valid_from",
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, group=None)
        for name in ("valid_until", "end_roles", "version"):
            del self.fields[name]
        self.initial["order"] = next_order()
        self.initial["kind"] = WorkGroup.Kind.GROUP
        self.initial["valid_from"] = timezone.localdate()

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip().upper()
        if not KEY.fullmatch(key):
            raise forms.ValidationError(
                "รหัสมีได้เฉพาะ A–Z และ 0–9 ขึ้นต้นด้วยตัวอักษร 2 ถึง 16 ตัว เช่น DIR"
            )
        return key

    def _act(self, by: User) -> WorkGroup:
        return add_work_group(GroupFacts(**self.cleaned_data), by=by)


def split_aliases(typed: str) -> list[str]:
    """Names between commas or semicolons, each once, in order."""
    names: dict[str, None] = {}
    for part in re.split("[,;]", typed):
        name = " ".join(part.split())
        if name:
            names[name] = None
    return list(names)
