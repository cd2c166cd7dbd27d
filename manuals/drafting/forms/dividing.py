"""Forms of splitting a process, and of joining it with another one of its unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from hearing_portal.thai.markup import tell_stray_marks
from hearing_portal.thai.shortening import shorten
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import NameField, offer_choices

from ...entries import EntryView
from ...models import Clause, Section
from ...reading.names import clause_name, part_name
from ..dividing import SplitPoint, count_kinds
from .promise import PromiseForm
from .reason import ReasonField
from .sections import TITLE_LIMIT

WORDS_OF_CHOICE = 60
PART_FROM = "part-"  # before the number of a part among the choices
VERSION_OF = "version-"  # before the uuid of a process, for the version that was read
STEPS_STAY = "stay"
EXTENTS = [("all", "ถึงท้ายกระบวนงาน"), ("part", "ถึงท้ายส่วนเดียวกัน")]


class _DividingForm(FormLayout, PromiseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = ReasonField(
        label="เหตุผล",
        help_text="ปรากฏในประวัติ และในตารางเทียบกระบวนงาน",
        required_words="โปรดระบุเหตุผล เพื่อให้ผู้อ่านประวัติทราบ",
    )


class SplitSectionForm(_DividingForm):
    """`entries` are the clauses of the process in reading order, `words` what they say. Cleans to `point`. `uuid` is
    the new process's, from the first form on: sent twice, it is done once. What goes along from later parts is shown
    first (tell_leaving); then the form says which of these go, and `known` what was shown."""

    field_order = ("version", "uuid", "known", "start", "extent", "steps", "title")
    known = forms.CharField(widget=forms.HiddenInput, required=False)
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    start = forms.ChoiceField(
        label="แยกตั้งแต่",
        error_messages={
            "required": "โปรดเลือกข้อหรือส่วนที่จะแยก",
            "invalid_choice": "ข้อที่เลือกไม่มีในกระบวนงานนี้แล้ว โปรดเลือกใหม่",
        },
    )
    extent = forms.ChoiceField(label="ถึง", choices=EXTENTS, initial="all")
    steps = forms.ChoiceField(
        label="ขั้นตอนในผังที่แยกไป",
        required=False,
        help_text="ทางไปยังขั้นที่อยู่คนละกระบวนงานจะขาด โปรดแก้ไขตารางขั้นตอนของทั้งสองกระบวนงานหลังแยก",
        error_messages={"invalid_choice": "ขั้นตอนที่เลือกไม่มีในกระบวนงานนี้แล้ว โปรดเลือกใหม่"},
    )
    title = NameField(
        label="ชื่อกระบวนงานใหม่",
        max_length=TITLE_LIMIT,
        error_messages={"required": "โปรดกรอกชื่อกระบวนงานใหม่"},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        section: Section,
        entries: Iterable[EntryView],
        words: Mapping[UUID, str],
    ) -> None:
        super().__init__(data, initial={"version": section.version, "uuid": uuid4()})
        steps = [("", "ตามข้อหรือส่วนที่เลือก"), (STEPS_STAY, "คงทุกขั้นตอนไว้ในกระบวนงานเดิม")]
        groups: dict[int, list[tuple[str, str]]] = {}
        self.parts: dict[str, int] = {}
        for entry in entries:
            choices = groups.setdefault(
                entry.part,
                [(f"{PART_FROM}{entry.part}", f"ทั้ง{part_name(entry.part)}")],
            )
            # Rows of the table of steps lead to each other
            if entry.depth == 0 and entry.clause_content.kind != Clause.Kind.STEP:
                said = shorten(words.get(entry.uuid, ""), WORDS_OF_CHOICE)
                choices.append((str(entry.uuid), f"{clause_name(entry)} {said}"))
                self.parts[str(entry.uuid)] = entry.part
            elif entry.clause_content.kind == Clause.Kind.STEP:
                said = shorten(words.get(entry.uuid, ""), WORDS_OF_CHOICE)
                from_here = f"ตั้งแต่{clause_name(entry)} {said}"
                steps.append((str(entry.uuid), from_here))
        grouped = [
            (part_name(part) or "ส่วนอื่น", choices) for part, choices in groups.items()
        ]
        offer_choices(self, "start", [("", "เลือก"), *grouped])  # type: ignore[list-item]  # groups of choices
        if len(steps) > 2:
            offer_choices(self, "steps", steps)
        else:
            del self.fields["steps"]
        # What the page shows of them
        self.leaving = self.staying = ""
        if data is not None and self._is_shown(data):
            first = self._part_of(data.get("start", ""))
            later = [part for part in groups if first is not None and part > first]
            self._offer_parts({part: part_name(part) for part in later})

    def knows(self, leaving: Sequence[Clause]) -> bool:
        """Whether the form was sent by who was shown that these would go, or nothing of a later part would. `leaving`
        is what would go if every part went along."""
        first = self.cleaned_data["point"].part
        if all(clause.part == first for clause in leaving):
            return True
        return bool(self.cleaned_data["known"] == self._name_shown(leaving))

    def tell_leaving(
        self, leaving: Sequence[Clause], standing: Sequence[Clause]
    ) -> None:
        """Show what would go into the new process, and offer its later parts, all of them chosen. The form is bound."""
        gone = {clause.pk for clause in leaving}
        self.leaving = count_kinds(leaving)
        self.staying = count_kinds(each for each in standing if each.pk not in gone)
        first = self.cleaned_data["point"].part
        parts: dict[int, list[Clause]] = {}
        for clause in sorted(leaving, key=lambda clause: clause.part):
            if clause.part != first:
                parts.setdefault(clause.part, []).append(clause)
        words = {}
        for part, clauses in parts.items():
            words[part] = f"{part_name(part)} ({count_kinds(clauses)})"
        self._offer_parts(words)
        shown = QueryDict(mutable=True)
        for name in self.data:
            shown.setlist(name, self.data.getlist(name))  # type: ignore[attr-defined]  # what was posted
        shown["known"] = self._name_shown(leaving)
        shown.setlist("along", [str(part) for part in parts])
        self.data = shown

    def _name_shown(self, leaving: Sequence[Clause]) -> str:
        return f"{len(leaving)} {self._name_chosen(self.cleaned_data)}"

    def _name_chosen(self, data: Mapping[str, Any]) -> str:
        return f"{data.get('start')}/{data.get('extent')}/{data.get('steps') or ''}"

    def _is_shown(self, data: Mapping[str, Any]) -> bool:
        """Whether what goes along was shown for the very choice that is sent."""
        _, _, chosen = data.get("known", "").partition(" ")
        return bool(chosen == self._name_chosen(data))

    def _part_of(self, start: str) -> int | None:
        if start in self.parts:
            return self.parts[start]
        number = start.removeprefix(PART_FROM)
        return int(number) if number.isdigit() else None

    def _offer_parts(self, words: Mapping[int, str]) -> None:
        self.fields["along"] = forms.MultipleChoiceField(
            label="ส่วนถัดไปที่ไปด้วย",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="ส่วนที่ไม่เลือกคงไว้ในกระบวนงานเดิม",
            error_messages={"invalid_choice": "ส่วนที่เลือกไม่มีในกระบวนงานนี้แล้ว โปรดเลือกใหม่"},
        )
        self.later_parts = frozenset(words)
        offer_choices(
            self, "along", [(str(part), words[part]) for part in sorted(words)]
        )

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        told = tell_stray_marks(title, "", 0, has_emphasis=False)
        if told:
            raise forms.ValidationError(told)
        return title

    def clean(self) -> dict[str, Any]:
        super().clean()
        start = self.cleaned_data.get("start", "")
        alone = self.cleaned_data.get("extent") == "part"
        if not start:
            return self.cleaned_data
        if start.startswith(PART_FROM):
            part = int(start.removeprefix(PART_FROM))
            point = SplitPoint(part, of_part_alone=alone)
        else:
            point = SplitPoint(self.parts[start], UUID(start), of_part_alone=alone)
        steps = self.cleaned_data.get("steps", "")
        if steps == STEPS_STAY:
            point = replace(point, steps_stay=True)
        elif steps:
            point = replace(point, step=UUID(steps))
        if "along" in self.cleaned_data:
            going = {int(part) for part in self.cleaned_data["along"]}
            point = replace(point, parts_stay=self.later_parts - going)
        self.cleaned_data["point"] = point
        return self.cleaned_data


class JoinSectionsForm(_DividingForm):
    """`others` are the processes of the same unit; the form carries the versions in which they were read. Cleans
    `other` to a Section, and `other_version`."""

    field_order = ("version", "other", "reason")
    other = forms.ChoiceField(
        label="กระบวนงานที่รวมเข้ามา",
        error_messages={
            "required": "โปรดเลือกกระบวนงานที่จะรวมเข้ามา",
            "invalid_choice": "กระบวนงานที่เลือกไม่อยู่ในงานนี้แล้ว โปรดเลือกใหม่",
        },
    )

    def __init__(
        self, data: Any = None, *, section: Section, others: Sequence[Section]
    ) -> None:
        initial: dict[str, Any] = {"version": section.version}
        self.others = {str(other.uuid): other for other in others}
        for uuid, other in self.others.items():
            initial[f"{VERSION_OF}{uuid}"] = other.version
        super().__init__(data, initial=initial)
        for uuid in self.others:
            self.fields[f"{VERSION_OF}{uuid}"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, required=False
            )
        choices = [(uuid, other.title) for uuid, other in self.others.items()]
        offer_choices(self, "other", [("", "เลือก"), *choices])

    @property
    def versions_read(self) -> list[forms.BoundField]:
        return [self[f"{VERSION_OF}{uuid}"] for uuid in self.others]

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen = self.cleaned_data.get("other", "")
        if chosen:
            self.cleaned_data["other"] = self.others[chosen]
            read = self.cleaned_data.get(f"{VERSION_OF}{chosen}")
            self.cleaned_data["other_version"] = read or 0
        return self.cleaned_data
