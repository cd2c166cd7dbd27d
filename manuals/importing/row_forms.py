"""Forms of one row of a preview. Each carries the version of the preview that its page showed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import NameField, ThaiTextField

from ..content import PARTS, Figure, Step
from ..drafting.part_kinds import kinds_of_part
from ..models import Clause
from ..wording import WORDING_LIMIT, as_stored, wording_fields
from .preview_rows import OF_WORDS, PARTS_WITH_ROWS, PreviewRow
from .process_title import TITLE_LIMIT

NEW = "new"
ROWS = 4


class RowForm(FormLayout, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any = None, *, version: int, **options: Any) -> None:
        initial = {"version": version, **options.pop("initial", {})}
        super().__init__(data, initial=initial, **options)

    def show_version(self, version: int) -> None:
        """What was typed stays, and sent again it is about what stands now."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else {**self.data}
        data["version"] = str(version)
        self.data = data


class RowWordsForm(RowForm):
    """The words of each field of the row; cleans to `texts`."""

    def __init__(
        self, data: Any = None, *, row: PreviewRow, version: int, **options: Any
    ) -> None:
        super().__init__(data, version=version, **options)
        self.content = row.content
        self.is_figure = isinstance(row.content, Figure)
        self.names: dict[str, str] = {}
        for number, field in enumerate(wording_fields(row.content)):
            name = f"words-{number}"
            self.names[name] = field.name
            lines = ROWS if number == 0 or len(field.text) > 80 else 1
            self.fields[name] = ThaiTextField(
                label=field.label,
                max_length=WORDING_LIMIT,
                required=False,
                initial=field.text,
                widget=forms.Textarea(attrs={"rows": lines}),
            )

    def clean(self) -> dict[str, Any]:
        texts = {}
        for name, field in self.names.items():
            if name in self.cleaned_data:
                typed = self.cleaned_data[name]
                texts[field] = as_stored(self.content, field, typed)
        if self.names and not any(texts.values()) and not self.errors:
            empty = "ยังไม่มีถ้อยคำ หากไม่ใช้ข้อนี้ โปรดเลือก “เว้นไว้” ในหน้าตัวอย่างแทน"
            self.add_error(next(iter(self.names)), empty)
        if self.is_figure and not texts.get("alt", "").strip() and not self.errors:
            name = next(name for name, field in self.names.items() if field == "alt")
            self.add_error(name, "โปรดกรอกคำอธิบายแทนภาพ สำหรับผู้ที่มองไม่เห็นภาพ")
        self.cleaned_data["texts"] = texts
        return self.cleaned_data


class RowSplitForm(RowForm):
    text = ThaiTextField(
        label="ถ้อยคำของข้อ",
        max_length=WORDING_LIMIT * 2,
        widget=forms.Textarea(attrs={"rows": ROWS + 2}),
        help_text="เว้นบรรทัดว่างหนึ่งบรรทัดตรงที่จะขึ้นข้อใหม่ ถ้อยคำต้องคงเดิม",
        error_messages={"required": "โปรดคืนถ้อยคำเดิม แล้วเว้นบรรทัดว่างตรงที่จะแยก"},
    )


class RowPlaceForm(RowForm):
    part = forms.TypedChoiceField(
        label="ส่วน",
        coerce=int,
        choices=[(part, f"{part}. {PARTS[part]}") for part in PARTS_WITH_ROWS],
        help_text="ย้ายไปท้ายส่วนที่เลือก พร้อมข้อย่อย",
    )
    kind = forms.ChoiceField(
        label="ชนิดของข้อ",
        required=False,
        choices=[("", "ตามที่ใช้ในส่วนนั้น")],
    )
    numbering = forms.ChoiceField(
        label="เลขข้อ",
        required=False,
        choices=[("", "ตามที่ใช้กับชนิดนั้น"), *Clause.Numbering.choices],
    )

    def __init__(
        self, data: Any = None, *, row: PreviewRow, version: int, **options: Any
    ) -> None:
        initial = {
            "part": row.part,
            "kind": row.content.kind,
            "numbering": row.numbering,
        }
        super().__init__(data, version=version, initial=initial, **options)
        wanted = {*OF_WORDS, Step.kind, row.content.kind}
        kinds = [("", "ตามที่ใช้ในส่วนนั้น")]
        for kind in Clause.Kind:
            stands_somewhere = any(kind in kinds_of_part(p) for p in PARTS_WITH_ROWS)
            if kind.value in wanted and stands_somewhere:
                kinds.append((kind.value, str(kind.label)))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the row has is nothing that was asked for where the part is another one."""
        if self.cleaned_data.get("part") != self.initial["part"]:
            for name in ("kind", "numbering"):
                if self.cleaned_data.get(name) == self.initial[name]:
                    self.cleaned_data[name] = ""
        return self.cleaned_data


class RowMatchForm(RowForm):
    """Which clause of the draft the row is; cleans to `clause`, None for a new one."""

    clause = forms.ChoiceField(
        label="ข้อในร่าง",
        error_messages={"invalid_choice": "ข้อที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่"},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        row: PreviewRow,
        clauses: Sequence[tuple[UUID, str]],
        version: int,
        **options: Any,
    ) -> None:
        initial = {"clause": str(row.clause) if row.clause else NEW}
        super().__init__(data, version=version, initial=initial, **options)
        choices = [(NEW, "เป็นข้อใหม่ ไม่ตรงกับข้อใดในร่าง")]
        choices += [(str(uuid), words) for uuid, words in clauses]
        self.fields["clause"].choices = choices  # type: ignore[attr-defined]

    def clean_clause(self) -> UUID | None:
        chosen: str = self.cleaned_data["clause"]
        return None if chosen == NEW else UUID(chosen)


class TitleForm(RowForm):
    """What the process is called."""

    title = NameField(
        label="ชื่อกระบวนงาน",
        max_length=TITLE_LIMIT,
        error_messages={"required": "โปรดกรอกชื่อกระบวนงาน"},
    )


class SeenRowsForm(forms.Form):
    """The doubtful rows that were looked at, ticked one by one."""

    version = forms.IntegerField(min_value=1)
    accepted = forms.TypedMultipleChoiceField(
        coerce=UUID,
        error_messages={
            "required": "โปรดเลือกข้อที่ตรวจแล้วอย่างน้อยหนึ่งข้อ",
            "invalid_choice": "บางข้อที่เลือกตรวจแล้ว หรือไม่มีในตัวอย่างแล้ว โปรดเลือกใหม่",
        },
    )

    def __init__(self, data: Any, *, rows: Sequence[PreviewRow]) -> None:
        super().__init__(data)
        choices = [(str(row.uuid), "") for row in rows]
        self.fields["accepted"].choices = choices  # type: ignore[attr-defined]
