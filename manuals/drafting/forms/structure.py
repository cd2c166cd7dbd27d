"""Forms of the acts on a clause that ask for more than a button: splitting, joining, moving, retiring."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms

from hearing_portal.thai.shortening import shorten_apart
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, offer_choices
from hearing_portal.web.http import parse_uuid

from ...content import PARTS, Content, ContentRefused
from ...entries import EntryView
from ...models import Clause, Section
from ...wording import WORDING_LIMIT, reworded_content, tell_stray_marks_of
from ..changes import ChangeRefused, Position
from ..cutting import cut_content, text_to_cut
from ..part_kinds import kinds_of_part
from ..place import NewClausePlace
from ..queries.arranging import find_beside
from ..queries.numbering import numbering_below, numbering_beside, numbering_on_top
from ..told_words import load_told_words
from .knows import KnowsForm
from .promise import PromiseForm
from .reason import ReasonField

WORDS_SHOWN = 60  # of a clause in a list to choose from
PART = "part-"  # before the number of a part among the choices
ROWS = 12
GONE_PLACE = "ที่ที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่"
HOW = [("after", "ถัดจากข้อที่เลือก ระดับเดียวกัน"), ("below", "เป็นข้อย่อยของข้อที่เลือก")]


class ClauseActForm(FormLayout, PromiseForm):
    """What every such act asks: the version and the words the person read, why, and which promise it keeps."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    read_sha = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    reason = ReasonField(
        label="เหตุผล",
        help_text="ปรากฏในประวัติของหมวด และในตารางเหตุผลของการแก้ไข",
        required_words="โปรดระบุเหตุผล เพื่อให้ผู้อ่านประวัติทราบ",
    )


class RetireClauseForm(ClauseActForm):
    """`family` says which clauses were read as going along."""

    family = forms.CharField(widget=forms.HiddenInput, required=False)


class SplitClauseForm(ClauseActForm):
    """Of the words of `content`, those that were read. Cleans to `contents`."""

    told = ""
    field_order = ("lock_version", "read_sha", "text", "reason")
    text = ThaiTextField(
        label="ถ้อยคำของข้อ",
        max_length=WORDING_LIMIT * 2,
        widget=forms.Textarea(attrs={"class": "input--tall", "rows": ROWS}),
        help_text="เว้นบรรทัดว่างหนึ่งบรรทัดตรงที่จะขึ้นข้อใหม่ ถ้อยคำต้องคงเดิม",
        error_messages={"required": "โปรดคืนถ้อยคำเดิม แล้วเว้นบรรทัดว่างตรงที่จะแยก"},
    )

    def __init__(self, data: Any = None, *, content: Content, **options: Any) -> None:
        super().__init__(data, **options)
        self.content = content
        self.fields["text"].initial = text_to_cut(content)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "text" in self.cleaned_data:
            try:
                self.cleaned_data["contents"] = cut_content(
                    self.content, self.cleaned_data["text"]
                )
            except ChangeRefused as refusal:
                self.add_error("text", refusal.message_th)
        return self.cleaned_data


class JoinClausesForm(KnowsForm, ClauseActForm):
    """Of the words of both as they were read, `joined`. Cleans to `content`: those words, as they were written over."""

    told = ""
    field_order = (
        "lock_version",
        "read_sha",
        "next",
        "next_version",
        "next_sha",
        "text",
        "reason",
    )
    next = forms.UUIDField(widget=forms.HiddenInput)
    next_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    next_sha = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    text = ThaiTextField(
        label="ถ้อยคำเมื่อรวมแล้ว",
        max_length=WORDING_LIMIT * 2,
        widget=forms.Textarea(attrs={"class": "input--tall", "rows": ROWS}),
        help_text="แก้ถ้อยคำให้ต่อกันสนิทได้ก่อนรวม",
        error_messages={"required": "โปรดกรอกถ้อยคำเมื่อรวมแล้ว"},
    )

    def __init__(self, data: Any = None, *, joined: Content, **options: Any) -> None:
        super().__init__(data, **options)
        self.joined = joined
        self.fields["text"].initial = text_to_cut(joined)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "text" in self.cleaned_data:
            try:
                reworded = reworded_content(
                    self.joined, {"text": self.cleaned_data["text"]}
                )
            except ContentRefused as refusal:
                raise forms.ValidationError(
                    "ข้อนี้ไม่มีช่องที่ส่งมา โปรดเปิดหน้านี้อีกครั้ง"
                ) from refusal
            content = reworded or self.joined
            self.cleaned_data["content"] = content
            for told in tell_stray_marks_of(content, self.joined).values():
                self.add_error("text", told)
        return self.cleaned_data


class MoveClauseForm(ClauseActForm):
    """Where in the section `target` the clause goes. Cleans to `position`. `entries` are those of the section that
    something can stand beside, `parts` those the clause may stand in."""

    field_order = ("lock_version", "beside", "how", "reason")
    beside = forms.ChoiceField(
        label="ย้ายไปไว้ที่",
        error_messages={
            "required": "โปรดเลือกที่ที่จะย้ายไป",
            "invalid_choice": GONE_PLACE,
        },
    )
    how = forms.ChoiceField(
        label="วางอย่างไร",
        choices=HOW,
        initial="after",
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        clause: Clause,
        target: Section,
        parts: Iterable[int],
        entries: Iterable[EntryView],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.clause = clause
        self.target = target
        first = {part: _place_in(part, "ต้น") for part in parts}
        _offer_places(self, first, entries)

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen = self.cleaned_data.get("beside", "")
        if chosen:
            self.cleaned_data["position"] = self._position(
                chosen, self.cleaned_data.get("how") or "after"
            )
        return self.cleaned_data

    def _position(self, chosen: str, how: str) -> Position:
        if chosen.startswith(PART):
            part = int(chosen.removeprefix(PART))
            first = Clause.objects.live().filter(
                section=self.target, part=part, parent=None
            )
            before = (
                first.exclude(pk=self.clause.pk)
                .order_by("rank")
                .values_list("uuid", flat=True)
                .first()
            )
            numbering = numbering_on_top(self.target.pk, part, self.clause)
            return Position(self.target, part, None, None, numbering, before=before)
        neighbour = find_beside(self.target, UUID(chosen))
        if neighbour is None:
            raise forms.ValidationError("ข้อที่เลือกไม่อยู่ที่นั่นแล้ว โปรดเลือกใหม่")
        if how == "below":
            numbering = numbering_below(neighbour, self.clause)
            return Position(
                self.target, neighbour.part, neighbour.uuid, None, numbering
            )
        numbering = numbering_beside(neighbour, self.clause)
        return Position(
            self.target,
            neighbour.part,
            neighbour.parent_uuid,
            None,
            numbering,
            after=neighbour.uuid,
        )


class NewPlaceForm(FormLayout, forms.Form):
    """Where a clause to come goes that cannot stand where it was begun; `part` as the last there. `numbered` is the
    kind of number that it had there."""

    beside = forms.ChoiceField(
        label="วางข้อใหม่ไว้ที่",
        error_messages={
            "required": "โปรดเลือกที่ที่จะวาง",
            "invalid_choice": GONE_PLACE,
        },
    )
    how = forms.ChoiceField(
        label="วางอย่างไร",
        choices=HOW,
        initial="after",
        widget=forms.RadioSelect,
        required=False,
    )
    numbered = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        parts: Iterable[int],
        entries: Iterable[EntryView],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        last = {part: _place_in(part, "ท้าย") for part in parts}
        _offer_places(self, last, entries)


def find_place_beside(
    section: Section, place: NewClausePlace, chosen: str, how: str
) -> NewClausePlace:
    """The place that was chosen in a NewPlaceForm; the one that was asked for where there is none such. One query."""
    if chosen.startswith(PART):
        number = chosen.removeprefix(PART)
        asked = dict(place.hidden_fields) | {"part": number, "parent": "", "after": ""}
        return NewClausePlace.from_form(asked) or place
    uuid = parse_uuid(chosen)
    beside = find_beside(section, uuid) if uuid is not None else None
    if beside is None or place.kind not in kinds_of_part(beside.part):
        return place
    if how == "below":
        return replace(place, part=beside.part, parent=beside.uuid, after=None)
    return replace(
        place, part=beside.part, parent=beside.parent_uuid, after=beside.uuid
    )


def _offer_places(
    form: forms.Form, parts: Mapping[int, str], entries: Iterable[EntryView]
) -> None:
    """The clauses of these parts to stand beside, below what the part itself is called as a place."""
    shown = list(entries)
    told = load_told_words(entry.clause_content.referring for entry in shown)
    grouped: dict[int, list[tuple[str, str]]] = {}
    for part, words in parts.items():
        grouped[part] = [(f"{PART}{part}", words)]
    texts = [told.of_content(each.clause_content, each.section_id) for each in shown]
    for entry, said in zip(shown, shorten_apart(texts, WORDS_SHOWN), strict=True):
        if entry.part in grouped:
            choice = (str(entry.uuid), f"{entry.cite} {said}".strip())
            grouped[entry.part].append(choice)
    groups = [(_part_title(part), choices) for part, choices in grouped.items()]
    offer_choices(form, "beside", [("", "เลือก"), *groups])  # type: ignore[list-item]  # groups of choices


def _part_title(part: int) -> str:
    return f"ส่วนที่ {part} {PARTS[part]}" if part in PARTS else "เนื้อหา"


def _place_in(part: int, end: str) -> str:
    """`end` is "ต้น" or "ท้าย"."""
    words = f"ส่วนที่ {part}" if part in PARTS else "เนื้อหา"
    return end + words
