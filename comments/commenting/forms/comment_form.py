"""The form of the composer: a comment on an entry, with proposed wording and the questions of an issue class."""

from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField

from hearing_portal.directory.models import RoleAssignment
from hearing_portal.thai.markup import tell_stray_marks
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.web.form_rendering import IconRadio
from hearing_portal.web.forms import ThaiTextField, offer_choices
from manuals.content import Content, ContentRefused, content_from_json
from manuals.models import EditionEntry
from manuals.wording import (
    WORDING_LIMIT,
    WordingField,
    changed_texts,
    entry_content,
    insertion_fields,
    reworded_content,
    tell_stray_marks_of,
    wording_fields,
)

from ...issue_classes import BY_VALUE, ISSUE_CHOICES, MEANINGS, IssueField, IssueMeaning
from ...limits import TEXT_LIMIT
from ...models import Amendment, Comment
from ..capacities import Capacity
from ..comment_input import AGREED, CommentInput
from ..services.proposing import proposed_content
from .keyed import KeyedForm

ANSWER_LIMIT = 300  # code points of one answer of an issue class
COUNT_LIMIT = 9999
NO_SUCH_SPAN = "ช่วงข้อความที่เลือกไม่ตรงกับถ้อยคำของข้อนี้ โปรดเลือกใหม่ หรือยกเลิกการเลือก"
TYPE_ICONS: dict[str, str] = {
    Comment.Type.AGREE: "hand-thumbs-up",
    Comment.Type.AMEND: "pencil",
    Comment.Type.ADD: "plus-lg",
    Comment.Type.DELETE: "trash3",
    Comment.Type.ASK: "question-circle",
}
Type = Comment.Type
# What the names of the fields made for an entry begin with
REWORDED_PREFIX = "words-"
INSERTED_PREFIX = "new-"
ISSUE_PREFIX = "issue-"


@dataclass(frozen=True, slots=True)
class IssueChoice:
    """An issue class as it stands in a form, with the questions that come with it."""

    meaning: IssueMeaning
    questions: list[BoundField]
    is_chosen: bool


class QuotedSpan(NamedTuple):
    """Marked words of a clause: [start, end) in code points of a field's text."""

    start: int
    end: int
    quote: str


class CountField(forms.Field):
    """A small whole number, in Thai or Arabic digits; None when left empty."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: object) -> int | None:
        typed = arabic_digits(str(value or "").strip())
        if not typed:
            return None
        is_number = typed.isascii() and typed.isdigit()
        if not is_number or len(typed) > 4:
            raise forms.ValidationError(
                f"โปรดกรอกเป็นจำนวนเต็ม 0–{COUNT_LIMIT:,}", code="invalid"
            )
        return int(typed)


class CommentForm(KeyedForm):
    """What a person says about an entry. `comment_input` is what the service takes.

    The fields of the wording are made from the entry: "words-NAME" start with the clause's own text, "new-NAME"
    are empty and for an insertion; "issue-CLASS-NAME" are the questions of an issue class. The form keeps the texts
    as they were typed: what is proposed is made of them when the comment is stored, or compared with others.
    """

    entry = forms.IntegerField(widget=forms.HiddenInput, required=False)
    editing = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # Another comment on the same entry that says the same: the author confirms it
    joins = forms.UUIDField(required=False)
    type = forms.ChoiceField(
        label="ท่านมีความคิดเห็นอย่างไร",
        choices=Type.choices,
        widget=IconRadio(icons=TYPE_ICONS),
        error_messages={
            "required": "โปรดเลือกว่าท่านมีความคิดเห็นอย่างไร",
            "invalid_choice": "โปรดเลือกว่าท่านมีความคิดเห็นอย่างไร",
        },
    )
    text = ThaiTextField(
        label="ความคิดเห็น",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        template_name="comments/commenting/composer/text_field.html",
    )
    issue_class = forms.ChoiceField(  # type: ignore[call-arg]  # the stubs do not know template_name
        label="เป็นประเด็นใด",
        choices=[("", "ไม่ระบุประเด็น"), *ISSUE_CHOICES],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "โปรดเลือกประเด็นจากรายการ หรือเลือกไม่ระบุประเด็น"},
        template_name="comments/commenting/issue_class_field.html",
    )
    capacity = forms.ChoiceField(  # type: ignore[call-arg]  # the stubs do not know template_name
        label="ในนาม",
        required=False,
        error_messages={
            "invalid_choice": "ท่านแสดงความคิดเห็นในนามนี้ไม่ได้ โปรดเลือกจากรายการ"
        },
        template_name="comments/commenting/composer/capacity_field.html",
    )
    field = forms.CharField(widget=forms.HiddenInput, required=False)
    span_start = forms.CharField(widget=forms.HiddenInput, required=False)
    span_end = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        about: EditionEntry,
        capacities: Sequence[Capacity] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.about = about
        self.initial.setdefault("entry", about.pk)
        self.content = entry_content(about)
        self.capacities = {capacity_key(capacity): capacity for capacity in capacities}
        names = []
        for capacity in capacities:
            names.append((capacity_key(capacity), capacity_name(capacity)))
        offer_choices(self, "capacity", names)
        self.wording: list[WordingField] = []
        if self.content is not None:
            self.wording = wording_fields(self.content)
        self.insertion = insertion_fields(self.content)
        self._add_wording(REWORDED_PREFIX, self.wording, label_of_one="ถ้อยคำที่เสนอ")
        self._add_wording(INSERTED_PREFIX, self.insertion, label_of_one="ถ้อยคำที่ขอเพิ่ม")
        # The questions of every issue class: which one is chosen is known when the form comes back
        for meaning in MEANINGS:
            for field in meaning.fields:
                name = answer_name(meaning, field)
                if field.is_number:
                    self.fields[name] = CountField(label=field.label)
                else:
                    self.fields[name] = ThaiTextField(
                        label=field.label,
                        max_length=ANSWER_LIMIT,
                        multiline=False,
                        required=False,
                    )

    def _add_wording(
        self,
        prefix: str,
        fields: Sequence[WordingField],
        *,
        label_of_one: str,
    ) -> None:
        """A clause of one field calls it by what it is for, not by its name in the content."""
        lengths = [len(field.text) for field in fields]
        longest = max(lengths, default=0)
        for field in fields:
            label = field.label
            if len(fields) == 1:
                label = label_of_one
            lines = len(field.text) // 50 + 1
            rows = max(1, min(12, lines))
            self.fields[prefix + field.name] = ThaiTextField(
                label=label,
                max_length=max(WORDING_LIMIT, 2 * longest),
                required=False,
                initial=field.text,
                widget=forms.Textarea(attrs={"rows": rows}),
            )

    # -- for the template

    shows_issue_examples = True

    def is_dense(self, name: str) -> bool:
        return name.startswith(ISSUE_PREFIX)

    def hides_label(self, name: str) -> bool:
        """A clause of one text says above its only field what it is for."""
        if name.startswith(REWORDED_PREFIX):
            return len(self.wording) == 1
        return name.startswith(INSERTED_PREFIX) and len(self.insertion) == 1

    @property
    def wording_bound(self) -> list[BoundField]:
        return [self[REWORDED_PREFIX + field.name] for field in self.wording]

    @property
    def insertion_bound(self) -> list[BoundField]:
        return [self[INSERTED_PREFIX + field.name] for field in self.insertion]

    @property
    def issue_choices(self) -> list[IssueChoice]:
        """The issue classes, after the choice of none of them."""
        chosen = self["issue_class"].value() or ""
        choices = []
        for meaning in MEANINGS:
            questions = [self[answer_name(meaning, field)] for field in meaning.fields]
            choices.append(
                IssueChoice(meaning, questions, is_chosen=meaning.value == chosen)
            )
        return choices

    @property
    def issue_key(self) -> Hashable:
        """Tells apart how the issue classes are offered, for the tag `remembered`. None where answers stand there."""
        has_answers = any(name.startswith("issue") for name in self.initial)
        if self.is_bound or has_answers:
            return None
        return type(self), self.auto_id, self.prefix

    @property
    def has_no_issue(self) -> bool:
        return not self["issue_class"].value()

    @property
    def quoted(self) -> QuotedSpan | None:
        """The marked words, when the form came back with a span that fits."""
        return self._read_span(
            field=self["field"].value() or "",
            start=self["span_start"].value(),
            end=self["span_end"].value(),
        )

    # -- cleaning

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind = self.cleaned_data.get("type")
        has_no_text = not self.cleaned_data.get("text") and "text" not in self.errors
        if kind == Type.AGREE and has_no_text:
            # Whoever agrees needs not say why
            self.cleaned_data["text"] = AGREED
        elif kind and has_no_text:
            self.add_error("text", "โปรดเขียนความคิดเห็น หรือเหตุผลของข้อเสนอ")
        self._refuse_broken_characters()
        self._clean_span()
        self._clean_wording()
        self._refuse_stray_marks()
        self.cleaned_data["issue_data"] = self._answers()
        return self.cleaned_data

    def _refuse_broken_characters(self) -> None:
        """U+FFFD stands where a program could not read what it was given: half of what was meant would be stored."""
        for name, value in list(self.cleaned_data.items()):
            is_typed = name.startswith(
                ("text", REWORDED_PREFIX, INSERTED_PREFIX, ISSUE_PREFIX)
            )
            if not is_typed or not isinstance(value, str):
                continue
            # A clause that has the character already may keep it
            if "\ufffd" in value and value != self.fields[name].initial:
                self.add_error(name, "พบอักขระที่ส่งมาไม่ครบ (�) โปรดลบอักขระนั้นแล้วพิมพ์ใหม่")

    def _refuse_stray_marks(self) -> None:
        """Half a mark of a reference, or one that leads nowhere, is not proposed as words untold."""
        made: Content | None = None
        if self.content is not None:
            with suppress(ContentRefused):
                made = reworded_content(
                    self.content, self.cleaned_data.get("reworded", {})
                )
        if made is not None and self.content is not None:
            for name, told in tell_stray_marks_of(made, self.content).items():
                self.add_error(REWORDED_PREFIX + name, told)
        for name, text in self.cleaned_data.get("inserted", {}).items():
            told = tell_stray_marks(text, "", 0, has_emphasis=False)
            if told:
                self.add_error(INSERTED_PREFIX + name, told)

    def _clean_span(self) -> None:
        field = self.cleaned_data.get("field") or ""
        start = self.cleaned_data.get("span_start")
        end = self.cleaned_data.get("span_end")
        self.cleaned_data["span"] = None
        if not start and not end:
            return
        span = self._read_span(field, start, end)
        if span is None:
            self.add_error(None, NO_SUCH_SPAN)
        self.cleaned_data["span"] = span

    def _read_span(self, field: str, start: Any, end: Any) -> QuotedSpan | None:
        """None when the numbers are none, or do not lie inside the field's text."""
        try:
            first = int(start)
            last = int(end)
        except (TypeError, ValueError):
            return None
        if self.content is None:
            return None
        text = dict(self.content.fields()).get(field, "")
        if not 0 <= first < last <= len(text):
            return None
        return QuotedSpan(first, last, text[first:last])

    def _clean_wording(self) -> None:
        """The texts typed, "reworded" and "inserted", and whether they go with the type of the comment."""
        self.cleaned_data["reworded"] = {}
        self.cleaned_data["inserted"] = {}
        reworded = self.typed_texts(REWORDED_PREFIX)
        inserted = self.typed_texts(INSERTED_PREFIX)
        length = sum(len(text) for text in reworded.values())
        length_now = sum(len(field.text) for field in self.wording)
        if length > max(WORDING_LIMIT, 2 * length_now):
            self.add_error(
                None,
                f"ถ้อยคำที่เสนอยาวเกิน {WORDING_LIMIT:,} ตัวอักษร โปรดแบ่งเป็นหลายความคิดเห็น",
            )
            return
        self.cleaned_data["reworded"] = reworded
        self.cleaned_data["inserted"] = inserted
        kind = self.cleaned_data.get("type")
        if not kind:
            return
        # Words typed under another type are not thrown away in silence
        if (
            kind != Type.AMEND
            and self.content is not None
            and changed_texts(self.content, reworded)
        ):
            self.add_error(
                "type", "ท่านแก้ถ้อยคำของข้อไว้ โปรดเลือก “ขอแก้ไข” หรือคืนถ้อยคำเดิมก่อนส่ง"
            )
        has_insertion = any(text.strip() for text in inserted.values())
        if kind != Type.ADD and has_insertion:
            self.add_error(
                "type", "ท่านเขียนถ้อยคำที่ขอเพิ่มไว้ โปรดเลือก “ขอเพิ่ม” หรือลบถ้อยคำนั้นก่อนส่ง"
            )

    def typed_texts(self, prefix: str) -> dict[str, str]:
        """{field: cleaned text} of the fields with the prefix, those that were sent and could be read."""
        texts = {}
        for name, value in self.cleaned_data.items():
            if name.startswith(prefix) and name in self.data:
                texts[name.removeprefix(prefix)] = value
        return texts

    def _answers(self) -> dict[str, Any]:
        """The answers of the chosen class; those of the others were never asked."""
        meaning = BY_VALUE.get(self.cleaned_data.get("issue_class") or "")
        if meaning is None:
            return {}
        answers = {}
        for field in meaning.fields:
            answer = self.cleaned_data.get(answer_name(meaning, field))
            if answer not in (None, ""):
                answers[field.name] = answer
        return answers

    # -- what was said

    @property
    def proposed(self) -> Content | None:
        """The content proposed, as far as the form could be read. Raises CommentRefused."""
        return proposed_content(
            self.about,
            self.cleaned_data.get("type", ""),
            reworded=self.cleaned_data["reworded"],
            inserted=self.cleaned_data["inserted"],
        )

    @property
    def comment_input(self) -> CommentInput:
        """What a valid form says. Raises CommentRefused."""
        said = CommentInput(
            type=self.cleaned_data["type"],
            text=self.cleaned_data["text"],
            issue_class=self.cleaned_data["issue_class"] or None,
            issue_data=self.cleaned_data["issue_data"],
            proposed=self.proposed,
        )
        span: QuotedSpan | None = self.cleaned_data["span"]
        if span is None:
            return said
        return replace(
            said,
            field=self.cleaned_data["field"],
            span=(span.start, span.end),
            quote=span.quote,
        )

    @property
    def chosen_capacity(self) -> Capacity | None:
        """None leaves it to the service, which takes the first."""
        return self.capacities.get(self.cleaned_data["capacity"])


def capacity_key(capacity: Capacity) -> str:
    if capacity.office is not None:
        return capacity.office.key
    return capacity.role


def capacity_name(capacity: Capacity) -> str:
    if capacity.office is not None:
        return capacity.office.short_name
    return str(RoleAssignment.Role(capacity.role).label)


def answer_name(meaning: IssueMeaning, field: IssueField) -> str:
    return f"{ISSUE_PREFIX}{meaning.value}-{field.name}"


def load_initial_values(comment: Comment) -> dict[str, Any]:
    """The form's values for editing a comment: what was said, and the proposal in its fields. One query."""
    values: dict[str, Any] = {
        "editing": comment.uuid,
        "type": comment.type,
        "text": comment.text,
        "issue_class": comment.issue_class or "",
        "field": comment.field,
        "span_start": comment.span_start,
        "span_end": comment.span_end,
    }
    meaning = BY_VALUE.get(comment.issue_class or "")
    if meaning is not None:
        for question in meaning.fields:
            values[answer_name(meaning, question)] = comment.issue_data.get(
                question.name
            )
    amendment = comment.amendments.active().order_by("-id").first()
    if amendment is not None and amendment.proposed and comment.type != Type.DELETE:
        prefix = INSERTED_PREFIX
        if amendment.op == Amendment.Op.REPLACE:
            prefix = REWORDED_PREFIX
        for field in wording_fields(content_from_json(amendment.proposed)):
            values[prefix + field.name] = field.text
    return values
