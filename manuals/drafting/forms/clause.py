"""The form of a clause: its words field by field, how it is numbered, for whom it is, and why it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField

from hearing_portal.thai.emphasis import (
    emphasise,
    has_signs,
    read_emphasis,
    show_emphasis,
)
from hearing_portal.thai.markup import (
    read_uuid,
    referenced_uuids,
    tell_stray_marks,
    write_placeholder,
)
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

from ...content import AppliesTo, Content, ContentRefused
from ...models import Clause
from ...wording import WORDING_LIMIT, body_field, reworded_content, wording_fields
from .knows import KnowsForm
from .promise import PromiseForm
from .reason import ReasonField

WORDS_PREFIX = "words-"  # of the names of the fields of the wording
LETTERS_A_ROW = 60
MOST_ROWS = 16
MOST_REFERENCES = 100
EMPHASIS_ACTS = {"bold": "strong", "italic": "em"}
NUMBERINGS = [
    (Clause.Numbering.DECIMAL, "1.1 เลขต่อจากส่วน"),
    (Clause.Numbering.PAREN, "1) เลขวงเล็บ"),
    (Clause.Numbering.PARENS, "(1) เลขในวงเล็บ"),
    (Clause.Numbering.LETTER, "ก. ตัวอักษร"),
    (Clause.Numbering.LETTER_PAREN, "ก) ตัวอักษรวงเล็บ"),
    (Clause.Numbering.LETTER_PARENS, "(ก) ตัวอักษรในวงเล็บ"),
    (Clause.Numbering.BULLET, "• จุดนำ"),
    (Clause.Numbering.NONE, "ไม่มีเลข"),
]


# Of the fields: what says how, why and on which version the clause is saved
NOT_OF_THE_CONTENT = (
    "references",
    "lock_version",
    "read_sha",
    "numbering",
    "reason",
    "promise",
    "upload",
)


class ClauseForm(FormLayout, KnowsForm, PromiseForm):
    """`base` is the content that the fields began as, bold and italic words between signs: cross-references and other
    marks stay where its words stay.

    Cleans to `content`: the whole content as it will be. Fields that a kind has beside its words (a citation's source)
    are added by `_add_own_fields`, and read by `_with_own_values`. `read` is the content that was read; a kind whose
    fields come and go (a table) gives a `base` of another shape by `_base_of`.
    """

    acted = ""  # the button whose work the form shows
    told = ""  # what that button could not do
    own_template = ""  # of fields that do not stand one below the other

    references = forms.CharField(
        widget=forms.HiddenInput, required=False
    )  # UUIDs that were put in since it was read
    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    read_sha = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    numbering = forms.ChoiceField(label="เลขหน้าข้อ", choices=NUMBERINGS)
    applies_to = forms.ChoiceField(label="ใช้กับ", choices=AppliesTo.choices)
    reason = ReasonField(
        label="เหตุผลหรือสิ่งที่แก้",
        help_text="ปรากฏในประวัติของหมวด และในตารางเหตุผลของการแก้ไข",
        required_words="โปรดระบุเหตุผลหรือสิ่งที่แก้ เพื่อให้ผู้อ่านประวัติทราบ",
    )

    def __init__(self, data: Any = None, *, base: Content, **options: Any) -> None:
        super().__init__(data, **options)
        self.read = base
        self.base = self._base_of(base, self._values)
        self.base = replace(self.base, body=show_emphasis(self.base.body))
        self.new_references = read_references(self._values.get("references"))
        self.is_unkept = self.is_bound  # what stands in it is stored nowhere yet
        self.wording = wording_fields(self.base)
        for item in self.wording:
            rows = len(item.text) // LETTERS_A_ROW + item.text.count("\n") + 2
            self.fields[WORDS_PREFIX + item.name] = ThaiTextField(
                label=item.label,
                max_length=max(WORDING_LIMIT, 2 * len(item.text)),
                required=False,
                initial=item.text,
                widget=forms.Textarea(attrs={"rows": min(rows, MOST_ROWS)}),
            )
        self._add_own_fields()

    @property
    def _values(self) -> Mapping[str, Any]:
        """What the fields hold: as sent, or as a fresh form begins."""
        return self.data if self.is_bound else self.initial

    @property
    def known_references(self) -> list[str]:
        """The UUIDs that ⟦1⟧, ⟦2⟧ … stand for in its words."""
        return [*referenced_uuids(self.base.referring), *self.new_references]

    @property
    def body_name(self) -> str:
        """Of the field that holds marks, and cross-references that are put in by a button."""
        return WORDS_PREFIX + body_field(self.base)

    @property
    def body_label(self) -> str:
        return str(self.fields[self.body_name].label)

    @property
    def has_other_words(self) -> bool:
        """Whether words are written in fields that hold no emphasis."""
        return len(self.wording) > 1

    @property
    def has_words_without_references(self) -> bool:
        """Whether of all its fields the body alone holds cross-references."""
        return self.has_other_words and len(self.base.referring_fields) == 1

    @property
    def words_bound(self) -> list[BoundField]:
        return [self[WORDS_PREFIX + item.name] for item in self.wording]

    @property
    def own_bound(self) -> list[BoundField]:
        """Of the fields that only this kind has."""
        return []

    def clean(self) -> dict[str, Any]:
        """What the content lacks is told together with what is wrong with other fields; a field that is wrong counts
        as it was."""
        super().clean()
        wrong = set(self.errors)
        texts = {}
        for item in self.wording:
            name = WORDS_PREFIX + item.name
            # A field that was not sent keeps its words
            if name in self.data and name not in wrong:
                texts[item.name] = self.cleaned_data[name]
        try:
            content = (
                reworded_content(self.base, texts, new_references=self.new_references)
                or self.base
            )
            content = replace(content, body=read_emphasis(content.body))
            if wrong.isdisjoint(self._names_of_own_values):
                content = self._with_own_values(content)
            content.check()
        except ContentRefused as refusal:
            raise forms.ValidationError("ข้อนี้ไม่มีช่องที่ส่งมา โปรดเปิดหน้านี้อีกครั้ง") from refusal
        self.cleaned_data["content"] = content
        has_right_words = not any(name.startswith(WORDS_PREFIX) for name in wrong)
        if has_right_words and not any(text.strip() for _, text in content.fields()):
            first = WORDS_PREFIX + self.wording[0].name
            self.add_error(first, "โปรดกรอกถ้อยคำ หากไม่ต้องการข้อนี้แล้ว โปรดใช้ “ยกเลิกข้อ”")
        if self.body_name in wrong:
            return self.cleaned_data
        if has_signs(content.body):
            self.add_error(
                self.body_name,
                "ตัวหนาหรือตัวเอนมีเครื่องหมายไม่ครบคู่ โปรดเติม ⟦/หนา⟧ หรือ ⟦/เอน⟧ หรือลบทั้งคู่",
            )
        self._check_marks(content)
        if not _are_clauses(self.new_references):
            self.add_error(self.body_name, "ไม่พบข้อที่อ้างถึง โปรดลบการอ้างนั้น แล้วเลือกข้อใหม่")
        return self.cleaned_data

    def _check_marks(self, content: Content) -> None:
        """Half a mark of a reference, or one that leads nowhere, is not stored as words untold."""
        read = dict(self.read.fields())
        written = dict(content.fields())
        known = len(self.known_references)
        for item in self.wording:
            name = WORDS_PREFIX + item.name
            if name in self.errors:
                continue
            before = read.get(item.name, "")
            if item.name in content.referring_fields:
                told = tell_stray_marks(written.get(item.name, ""), before, known)
            else:
                typed = str(self.cleaned_data.get(name, ""))
                told = tell_stray_marks(typed, before, 0)
            if told:
                self.add_error(name, told)

    @property
    def _names_of_own_values(self) -> set[str]:
        """Of the fields that _with_own_values reads."""
        return set(self.fields) - {
            *NOT_OF_THE_CONTENT,
            *(WORDS_PREFIX + item.name for item in self.wording),
        }

    def after_act(self, act: str, left: dict[str, str]) -> dict[str, str]:
        """`left` as the fields will be once a button of the form has done its work: "add-row", "cut-row:r2"."""
        tag = EMPHASIS_ACTS.get(act)
        if tag is not None:
            words = left.get(self.body_name, "")
            emphasised = emphasise(words, left.get("emphasis_words", "").strip(), tag)
            return {**left, self.body_name: emphasised, "emphasis_words": ""}
        if act != "insert-reference":
            return left
        [uuid] = read_references(left.get("reference_target"))[:1] or [""]
        if not uuid:
            return left
        known = self.known_references
        new = self.new_references
        if uuid not in known:
            known = [*known, uuid]
            new = [*new, uuid]
        words = left.get(self.body_name, "").rstrip()
        placed = f"{words} {write_placeholder(known.index(uuid) + 1)}".lstrip()
        return {**left, "references": ",".join(new), self.body_name: placed}

    def tell_after_act(self, act: str, left: Mapping[str, str]) -> str:
        """What a person should know of the button's work on `left`; "" where it is seen."""
        if act in EMPHASIS_ACTS:
            words = left.get("emphasis_words", "").strip()
            if not words:
                return "โปรดพิมพ์คำที่จะเน้น แล้วกดปุ่มอีกครั้ง"
            if words not in left.get(self.body_name, ""):
                return f"ไม่พบ “{words}” ในช่อง “{self.body_label}” โปรดพิมพ์คำที่จะเน้นให้ตรงกับในช่องนั้น"
        if act == "insert-reference" and not read_references(
            left.get("reference_target")
        ):
            return "โปรดเลือกข้อที่อ้างถึง แล้วกดปุ่มอีกครั้ง"
        return ""

    def _base_of(self, content: Content, values: Mapping[str, Any]) -> Content:
        return content

    def _add_own_fields(self) -> None:
        """For the kinds that have more than words."""

    def _with_own_values(self, content: Content) -> Content:
        """Raises ContentRefused."""
        return replace(content, applies_to=self.cleaned_data["applies_to"])


def read_references(typed: object) -> list[str]:
    """The UUIDs of a hidden field, each once."""
    uuids = {read_uuid(part): None for part in str(typed or "").split(",")}
    return [uuid for uuid in uuids if uuid][:MOST_REFERENCES]


def _are_clauses(uuids: Sequence[str]) -> bool:
    """One query, none for none."""
    return not uuids or Clause.objects.filter(uuid__in=uuids).count() == len(uuids)
