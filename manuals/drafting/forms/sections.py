"""Forms of the sections of a manual: a new one, what one says of itself, where it stands, why it is retired."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms

from hearing_portal.thai.markup import tell_stray_marks
from hearing_portal.thai.sentences import joined
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import (
    NameField,
    StoredValue,
    ThaiTextField,
    choose_among,
    offer_choices,
)

from ...content import AppliesTo
from ...models import Manual, Section
from ...queries import live_processes
from ..facts_merging import facts_of
from ..queries.contents import OutlineRow
from .promise import PromiseForm
from .reason import ReasonField

TITLE_LIMIT = 300
CODE_LIMIT = 40
INDICATOR_LIMIT = 500
Kind = Section.Kind
NEW_KINDS = (
    Kind.UNIT,
    Kind.PROCESS,
    Kind.FRONT,
    Kind.MISSION,
    Kind.CHAPTER,
    Kind.ANNEX,
)
USUAL_TITLES = {Kind.FRONT: "คำนำ", Kind.MISSION: "ภารกิจและอำนาจหน้าที่"}
OWN_DATA = ("doc_code", "indicator")
IN, AFTER = "in:", "after:"  # before a uuid among the places a section may move to
TO = "to:"  # before the key of another manual


class _FactsForm(FormLayout, forms.Form):
    """What a section says of itself. All but a process have a name only."""

    title = NameField(
        label="ชื่อ",
        max_length=TITLE_LIMIT,
        error_messages={"required": "โปรดกรอกชื่อ"},
    )
    doc_code = NameField(label="รหัสเอกสาร", max_length=CODE_LIMIT, required=False)
    indicator = ThaiTextField(
        label="ตัวชี้วัด",
        max_length=INDICATOR_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    applies_to = forms.ChoiceField(label="ใช้กับสำนักงานเขต", choices=AppliesTo.choices)
    origin = forms.ChoiceField(label="ที่มา", choices=Section.Origin.choices)

    def clean(self) -> dict[str, Any]:
        """What stands in the book as words has no marks of the editor."""
        super().clean()
        for name in ("title", "doc_code", "indicator"):
            typed = str(self.cleaned_data.get(name, ""))
            before = str(self.initial.get(name, ""))
            told = tell_stray_marks(typed, before, 0, has_emphasis=False)
            if told:
                self.add_error(name, told)
        return self.cleaned_data

    def _keep_name_only(self) -> None:
        for name in ("doc_code", "indicator", "applies_to", "origin"):
            del self.fields[name]

    @property
    def data_values(self) -> dict[str, str]:
        """Those of Section.data that are filled in."""
        values = {}
        for name in OWN_DATA:
            if self.cleaned_data.get(name):
                values[name] = self.cleaned_data[name]
        return values


class NewSectionForm(_FactsForm):
    """`uuid` is the section's, from the first form on: sent twice, it is added once."""

    marked_optional = ("doc_code", "indicator", "copy_of")
    autofocus = "title"
    field_order = (
        "uuid",
        "kind",
        "parent",
        "title",
        "doc_code",
        "indicator",
        "applies_to",
        "origin",
        "copy_of",
    )
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=[(kind.value, kind.label) for kind in NEW_KINDS],
    )
    parent = forms.ModelChoiceField(
        label="อยู่ในงาน",
        queryset=Section.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label="ไม่อยู่ในงานใด",
        error_messages={"invalid_choice": "งานที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่"},
    )
    copy_of = forms.ModelChoiceField(
        label="เริ่มจากสำเนาของ",
        queryset=Section.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label="ไม่คัดลอก เริ่มจากหน้าว่าง",
        help_text="คัดลอกทุกข้อและตารางขั้นตอน แก้สำเนาแล้วต้นฉบับไม่เปลี่ยน",
        error_messages={"invalid_choice": "กระบวนงานที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่"},
    )

    def __init__(
        self, data: Any = None, *, manual: Manual, kind: str, **options: Any
    ) -> None:
        options["initial"] = {
            "uuid": uuid4(),
            "kind": kind,
            "title": USUAL_TITLES.get(Kind(kind), ""),
            "origin": Section.Origin.NEW,
            "applies_to": AppliesTo.BOTH,
            **options.get("initial", {}),
        }
        super().__init__(data, **options)
        sections = Section.objects.live().filter(manual=manual)
        if kind == Section.Kind.PROCESS:
            choose_among(
                self, "parent", sections.filter(kind=Section.Kind.UNIT).order_by("rank")
            )
            copied = live_processes(sections).select_related("manual").order_by("title")
            choose_among(self, "copy_of", copied)
        else:
            self._keep_name_only()
            del self.fields["parent"]
            del self.fields["copy_of"]


class SectionFactsForm(_FactsForm):
    """Cleans to `values`: those of a section's own row."""

    stored_values: Sequence[StoredValue] = ()  # what both changed differently
    marked_optional = ("doc_code", "indicator")
    field_order = (
        "version",
        "title",
        "doc_code",
        "indicator",
        "applies_to",
        "origin",
        "reason",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = ReasonField(
        label="เหตุผลหรือสิ่งที่แก้",
        required_words="โปรดระบุเหตุผลหรือสิ่งที่แก้ เพื่อให้ผู้อ่านประวัติทราบ",
    )

    def __init__(self, data: Any = None, *, section: Section, **options: Any) -> None:
        options["initial"] = {
            "version": section.version,
            "title": section.title,
            "applies_to": section.applies_to,
            "origin": section.origin,
            **{name: section.data.get(name, "") for name in OWN_DATA},
            **options.get("initial", {}),
        }
        super().__init__(data, **options)
        self.section = section
        if not section.is_process:
            self._keep_name_only()

    def tell_clashes(self, typed: Mapping[str, str], names: Iterable[str]) -> None:
        """What stands now beside what was `typed`, for the fields of these names."""
        stored = facts_of(self.section)
        told = []
        for name in self.fields:
            if name in names:
                label = str(self.fields[name].label)
                told.append(
                    StoredValue(
                        label,
                        self._in_words(name, stored[name]),
                        self._in_words(name, typed.get(name, "")),
                    )
                )
        self.stored_values = told

    def _in_words(self, name: str, value: str) -> str:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return value
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # no groups

    @property
    def values(self) -> dict[str, Any]:
        values = {"title": self.cleaned_data["title"]}
        if self.section.is_process:
            kept = {}
            for name, value in self.section.data.items():
                if name not in OWN_DATA:
                    kept[name] = value
            values["data"] = {**kept, **self.data_values}
            values["applies_to"] = self.cleaned_data["applies_to"]
            values["origin"] = self.cleaned_data["origin"]
        return values


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Last below `parent` (None: at the top of the manual), or right `after` a section there."""

    manual: Manual
    parent: Section | None
    after: Section | None = None


class MoveSectionForm(FormLayout, forms.Form):
    """Cleans to `place`, a SectionPlace; below a unit stand processes alone. `rows` are the contents of the manual,
    `others` the other manuals that the person may write in, with their units."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    where = forms.ChoiceField(
        label="ย้ายไปไว้ที่",
        error_messages={
            "required": "โปรดเลือกที่ที่จะย้ายไป",
            "invalid_choice": "ที่ที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่",
        },
    )
    reason = ReasonField(
        label="เหตุผล",
        required_words="โปรดระบุเหตุผล เพื่อให้ผู้อ่านประวัติทราบ",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        section: Section,
        rows: Iterable[OutlineRow],
        others: Sequence[tuple[Manual, Sequence[Section]]] = (),
        **options: Any,
    ) -> None:
        options["initial"] = {"version": section.version, **options.get("initial", {})}
        super().__init__(data, **options)
        self.manual = section.manual
        self.manuals = {manual.key: manual for manual, _ in others}
        standing = _without(section, rows)
        self.sections = {str(row.section.uuid): row.section for row in standing}
        below = [(IN, "ระดับบนสุดของคู่มือ")]
        beside = []
        for row in standing:
            uuid, title = row.section.uuid, row.section.title
            if row.section.kind == Section.Kind.UNIT and section.is_process:
                below.append((f"{IN}{uuid}", title))
            if section.is_process or row.section.parent_id is None:
                beside.append((f"{AFTER}{uuid}", f"{'— ' * row.depth}{title}"))
        groups = [("ท้ายสุดใน", below), ("ต่อจาก", beside)]
        for manual, units in others:
            elsewhere = [(f"{TO}{manual.key}", "ระดับบนสุดของคู่มือ")]
            for unit in units if section.is_process else ():
                self.sections[str(unit.uuid)] = unit
                elsewhere.append((f"{IN}{unit.uuid}", unit.title))
            groups.append((joined("ท้ายสุดใน", manual.display_name), elsewhere))
        offer_choices(self, "where", [("", "เลือก"), *groups])  # type: ignore[list-item]  # groups of choices

    def clean(self) -> dict[str, Any]:
        super().clean()
        where = self.cleaned_data.get("where", "")
        if where.startswith(TO):
            self.cleaned_data["place"] = SectionPlace(
                self.manuals[where.removeprefix(TO)], None
            )
        elif where.startswith(IN):
            parent = self.sections.get(where.removeprefix(IN))
            self.cleaned_data["place"] = SectionPlace(
                parent.manual if parent else self.manual, parent
            )
        elif where.startswith(AFTER):
            after = self.sections[where.removeprefix(AFTER)]
            self.cleaned_data["place"] = SectionPlace(self.manual, after.parent, after)
        return self.cleaned_data


class RetireSectionForm(FormLayout, PromiseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = ReasonField(
        label="เหตุผลที่ยกเลิก",
        help_text="ปรากฏในประวัติ และในตารางเทียบกระบวนงาน",
        required_words="โปรดระบุเหตุผลที่ยกเลิก",
    )

    knows = forms.BooleanField(
        label="ทราบว่าความคิดเห็นข้างต้นยังรอผลหรือรอยกร่าง และต้องพิจารณาต่อหลังยกเลิก",
        error_messages={
            "required": "โปรดเปิดดูความคิดเห็นที่ยังรอ แล้วทำเครื่องหมายว่าทราบ หรือพิจารณาให้เสร็จก่อนยกเลิก"
        },
    )
    field_order = ("version", "knows", "reason")

    def __init__(
        self, data: Any = None, *, section: Section, asks: bool = False
    ) -> None:
        """It `asks` whether the person knows what waits."""
        super().__init__(data, initial={"version": section.version})
        if not asks:
            del self.fields["knows"]


class RetireTitlesForm(FormLayout, forms.Form):
    """Which of the processes that are titles only leave the manual, and why. Cleans `titles` to Sections."""

    titles = forms.MultipleChoiceField(
        label="กระบวนงานที่ไม่นำไว้ในเล่ม",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "โปรดเลือกกระบวนงานที่ไม่นำไว้ในเล่มอย่างน้อยหนึ่งกระบวนงาน",
            "invalid_choice": "มีกระบวนงานที่เลือกซึ่งมีผู้เขียนเนื้อหาหรือยกเลิกไปแล้ว โปรดเลือกจากรายการอีกครั้ง",
        },
    )
    reason = ReasonField(
        label="เหตุผลที่ยกเลิก",
        help_text="ปรากฏในประวัติ และในตารางเทียบคู่มือเดิมกับคู่มือใหม่",
        required_words="โปรดระบุเหตุผลที่ยกเลิก",
    )

    def __init__(
        self, data: Any = None, *, sections: Iterable[Section], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.sections = {str(section.uuid): section for section in sections}
        offer_choices(
            self,
            "titles",
            [(uuid, section.title) for uuid, section in self.sections.items()],
        )

    @property
    def rows(self) -> list[tuple[Section, bool]]:
        """[(process, whether it is chosen)]."""
        chosen = set(self["titles"].value() or ())
        return [(section, uuid in chosen) for uuid, section in self.sections.items()]

    def clean_titles(self) -> list[Section]:
        return [self.sections[uuid] for uuid in self.cleaned_data["titles"]]


def _without(section: Section, rows: Iterable[OutlineRow]) -> list[OutlineRow]:
    """The rows but for the section and what hangs below it."""
    left = []
    own = {section.pk}
    for row in rows:
        if row.section.pk in own or row.section.parent_id in own:
            own.add(row.section.pk)
        else:
            left.append(row)
    return left
