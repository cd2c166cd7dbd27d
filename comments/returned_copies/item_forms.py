"""The form where single things of a file are left out, or recorded as another type or class."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from hearing_portal.web.form_rendering import FormLayout

from ..issue_classes import ISSUE_CHOICES
from ..models import Comment
from .choices import AS_READ, ItemChoice
from .entry_names import EntryNames
from .presentation import ItemRow

LEAVE_OUT = "leave-out"
UNKNOWN_ENTRY = "ไม่พบข้อนี้ หรือมีหลายข้อที่ใช้เลขเดียวกัน โปรดเลือกจากรายการที่แสดงเมื่อพิมพ์"
NO_ENTRY = "โปรดระบุข้อ หากไม่ประสงค์จะบันทึก เลือก “เว้นไว้ ไม่บันทึก”"


class ItemsForm(FormLayout, forms.Form):
    """Two fields for each item, by its place in the file; before them which entry it is about, where the file does not
    tell. Cleans to `choices`. `names` may be None where all have one."""

    dense = True

    def __init__(
        self,
        data: Any = None,
        *,
        rows: Sequence[ItemRow],
        chosen: Mapping[int, ItemChoice],
        names: EntryNames | None,
    ) -> None:
        super().__init__(data)
        self.names = names
        self.rows = rows
        self.choices: dict[int, ItemChoice] = {}
        for row in rows:
            choice = chosen.get(row.place_in_file, AS_READ)
            as_read = f"ตามไฟล์ ({row.type_read or 'ไม่บันทึก'})"
            if row.needs_type:
                as_read = f"โปรดเลือกประเภท (ไฟล์ระบุ {row.type_read})"
            if row.is_unplaced:
                self._add_entry(row, choice)
            self.fields[f"type-{row.place_in_file}"] = forms.ChoiceField(
                label="บันทึกเป็น",
                required=False,
                choices=[
                    ("", as_read),
                    *Comment.Type.choices,
                    (LEAVE_OUT, "เว้นไว้ ไม่บันทึก"),
                ],
                initial=LEAVE_OUT if choice.is_left_out else choice.type,
                error_messages={"invalid_choice": "โปรดเลือกจากรายการ"},
            )
            self.fields[f"class-{row.place_in_file}"] = forms.ChoiceField(
                label="ประเด็น",
                required=False,
                choices=[("", "ไม่ระบุ"), *ISSUE_CHOICES],
                initial=choice.issue_class,
                error_messages={"invalid_choice": "โปรดเลือกจากรายการ"},
            )

    def _add_entry(self, row: ItemRow, choice: ItemChoice) -> None:
        assert self.names is not None
        said = self.names.names.get(UUID(choice.entry), "") if choice.entry else ""
        self.fields[f"entry-{row.place_in_file}"] = forms.CharField(
            label="เกี่ยวกับข้อ",
            required=False,
            max_length=400,
            widget=forms.TextInput(attrs={"list": "entries", "autocomplete": "off"}),
            initial=said,
        )

    @property
    def fields_of_items(self) -> list[list[forms.BoundField]]:
        fields = []
        for row in self.rows:
            names = ["entry"] if row.is_unplaced else []
            names += ["type", "class"]
            fields.append([self[f"{name}-{row.place_in_file}"] for name in names])
        return fields

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in self.rows:
            place = row.place_in_file
            chosen = data.get(f"type-{place}", "")
            is_left_out = chosen == LEAVE_OUT
            entry = self._entry_said(row, data.get(f"entry-{place}", ""))
            has_decided = chosen or data.get(f"class-{place}", "")
            is_told = bool(entry) or is_left_out or f"entry-{place}" in self.errors
            if row.is_unplaced and has_decided and not is_told:
                self.add_error(f"entry-{place}", NO_ENTRY)
            self.choices[place] = ItemChoice(
                is_left_out=is_left_out,
                type="" if is_left_out else chosen,
                issue_class=data.get(f"class-{place}", ""),
                entry=entry,
            )
        return data

    def _entry_said(self, row: ItemRow, typed: str) -> str:
        if not typed.strip() or self.names is None:
            return ""
        uuid = self.names.find(typed, row.near)
        if uuid is None:
            self.add_error(f"entry-{row.place_in_file}", UNKNOWN_ENTRY)
            return ""
        return str(uuid)
