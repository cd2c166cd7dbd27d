"""The form of one overlap: what kind it is, its two sides, and what shows it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from hearing_portal.acts.overtaking import version_of
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, offer_choices
from manuals.models import Section

from ...limits import AGENCY_LIMIT, TEXT_LIMIT
from ...models import Comment, Overlap
from ...permissions import can_keep_overlaps
from ..comment_reading import read_other_side
from ..overlap_input import OverlapInput, OverlapSide
from ..queries.places import (
    find_choosable_processes,
    find_clause_by_number,
    load_readable_clauses,
)
from ..services.registering import OVERLAP_FIELDS
from ..words import KIND_MEANINGS

GROUP = "group:"
PROCESS = "process:"
NUMBER_LIMIT = 30
NOT_OWN = "ท่านบันทึกได้เฉพาะเรื่องที่มีกลุ่มงานของท่านเป็นฝ่ายใดฝ่ายหนึ่ง โปรดเลือกกลุ่มงานของท่าน"


class OverlapForm(FormLayout, forms.Form):
    """A side's place is a whole group or one of its processes; the number of a clause makes it narrower."""

    marked_optional = ("number_a", "number_b", "agency")

    kind = forms.ChoiceField(
        label="ลักษณะ",
        choices=[
            (value, f"{label}: {KIND_MEANINGS[Overlap.Kind(value)]}")
            for value, label in Overlap.Kind.choices
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกลักษณะของเรื่อง"},
    )
    place_a = forms.ChoiceField(
        label="ฝ่ายที่ 1 กลุ่มงานหรือกระบวนงาน",
        error_messages={"required": "โปรดเลือกกลุ่มงานหรือกระบวนงานของฝ่ายที่ 1"},
    )
    number_a = ThaiTextField(
        label="ฝ่ายที่ 1 เลขข้อ",
        max_length=NUMBER_LIMIT,
        multiline=False,
        required=False,
        help_text="เช่น 5.2 หรือ 5.4 1)",
    )
    place_b = forms.ChoiceField(
        label="ฝ่ายที่ 2 กลุ่มงานหรือกระบวนงาน",
        required=False,
        help_text="เว้นว่างเมื่อฝ่ายที่ 2 เป็นหน่วยงานภายนอก",
    )
    number_b = ThaiTextField(
        label="ฝ่ายที่ 2 เลขข้อ",
        max_length=NUMBER_LIMIT,
        multiline=False,
        required=False,
        help_text="เช่น 5.2 หรือ 5.4 1)",
    )
    agency = ThaiTextField(
        label="หน่วยงานภายนอก",
        max_length=AGENCY_LIMIT,
        multiline=False,
        required=False,
        widget=forms.TextInput(attrs={"list": "agencies"}),
        help_text="ชื่อเต็ม เช่น องค์การบริหารส่วนจังหวัด",
    )
    evidence = ThaiTextField(
        label="สิ่งที่แสดงว่าซ้ำซ้อน",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="ไม่ต้องระบุชื่อบุคคล",
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        by: User,
        initial: Mapping[str, Any] | None = None,
        processes: Sequence[Section],
        groups: Sequence[WorkGroup],
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.by = by
        self.processes = {str(process.uuid): process for process in processes}
        self.groups = {group.key: group for group in groups}
        choices = place_choices(groups, processes)
        offer_choices(self, "place_a", [("", "เลือก"), *choices])
        offer_choices(self, "place_b", [("", "ไม่มี"), *choices])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        side_a = self._read_side("a")
        side_b = self._read_side("b")
        agency = data.get("agency", "")
        if side_b.work_group is None:
            side_b = OverlapSide(agency=agency)
            if not agency and "place_b" not in self.errors:
                self.add_error("place_b", "โปรดเลือกฝ่ายที่ 2 หรือระบุหน่วยงานภายนอก")
        elif agency:
            self.add_error(
                "agency", "เลือกฝ่ายที่ 2 ไว้แล้ว โปรดเว้นช่องนี้ หรือเลือก “ไม่มี” ในฝ่ายที่ 2"
            )
        groups = [side_a.work_group, side_b.work_group]
        if any(groups) and not can_keep_overlaps(self.by, groups):
            self.add_error("place_a", NOT_OWN)
        data["side_a"] = side_a
        data["side_b"] = side_b
        return data

    def _read_side(self, letter: str) -> OverlapSide:
        place = self.cleaned_data.get(f"place_{letter}") or ""
        number = self.cleaned_data.get(f"number_{letter}", "")
        process = self.processes.get(place.removeprefix(PROCESS))
        group = self.groups.get(place.removeprefix(GROUP))
        if process is not None:
            group = process.manual.work_group
        if not number:
            return OverlapSide(group, process)
        if process is None:
            self.add_error(f"number_{letter}", "โปรดเลือกกระบวนงานที่มีข้อนี้ก่อน")
            return OverlapSide(group)
        clause_id = find_clause_by_number(
            load_readable_clauses(self.by, process), number
        )
        clause = process.clauses.filter(pk=clause_id or 0).first()
        if clause is None:
            self.add_error(
                f"number_{letter}", f"กระบวนงานนี้ไม่มีข้อ {number} โปรดตรวจเลขข้อ"
            )
        return OverlapSide(group, process, clause)

    @property
    def overlap_input(self) -> OverlapInput:
        """Call after is_valid()."""
        data = self.cleaned_data
        return OverlapInput(
            data["kind"], data["side_a"], data["side_b"], data["evidence"]
        )


type PlaceChoice = tuple[str, str]


def place_choices(
    groups: Sequence[WorkGroup], processes: Sequence[Section]
) -> list[Any]:
    """[(group's name, [(value, word)])]: the whole group first, then its processes."""
    of_group: dict[int, list[PlaceChoice]] = {}
    for process in processes:
        group = process.manual.work_group
        if group is not None:
            choice = (f"{PROCESS}{process.uuid}", process.title)
            of_group.setdefault(group.pk, []).append(choice)
    choices = []
    for group in groups:
        whole = (f"{GROUP}{group.key}", f"{group.name} ทั้งกลุ่มงาน")
        choices.append((group.name, [whole, *of_group.get(group.pk, [])]))
    return choices


def place_value(group: WorkGroup | None, process: Section | None) -> str:
    if process is not None:
        return f"{PROCESS}{process.uuid}"
    return f"{GROUP}{group.key}" if group is not None else ""


# -- what stands in the form at first


def initial_of_comment(
    comment: Comment, groups: Sequence[WorkGroup], processes: Sequence[Section]
) -> dict[str, Any]:
    """What the comment says of both sides. It comes with entry, section, manual and group."""
    entry = comment.entry
    other = read_other_side(comment, groups, processes)
    process = entry.section
    known = {section.pk for section in processes}
    if process is not None and process.pk not in known:
        process = None
    is_clause = process is not None and entry.clause_id is not None
    return {
        "kind": Overlap.Kind.SAME_TASK,
        "place_a": place_value(entry.manual.work_group, process),
        "number_a": entry.cite if is_clause else "",
        "place_b": place_value(other.group, other.process),
        "number_b": other.number,
        "agency": other.agency,
    }


def initial_of_overlap(overlap: Overlap, numbers: Mapping[int, str]) -> dict[str, Any]:
    """`numbers` is {clause id: how it is cited}."""
    return {
        "kind": overlap.kind,
        "place_a": place_value(overlap.work_group_a, overlap.section_a),
        "number_a": numbers.get(overlap.clause_a_id or 0, ""),
        "place_b": place_value(overlap.work_group_b, overlap.section_b),
        "number_b": numbers.get(overlap.clause_b_id or 0, ""),
        "agency": overlap.agency,
        "evidence": overlap.evidence,
        "version": version_of(overlap, OVERLAP_FIELDS),
    }


def make_overlap_form(
    data: QueryDict | None,
    *,
    by: User,
    comment: Comment | None = None,
    initial: Mapping[str, Any] | None = None,
) -> OverlapForm:
    """With what the comment says where one is given. Two queries."""
    processes = find_choosable_processes(by)
    groups = list(WorkGroup.objects.filter(manual__isnull=False))
    if comment is not None:
        initial = initial_of_comment(comment, groups, processes)
    return OverlapForm(data, by=by, initial=initial, processes=processes, groups=groups)
