"""The forms of people who say something: a comment with proposed wording, a reply, an objection."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from hearing_portal.directory.models import AreaOffice, RoleAssignment
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.web.form_rendering import FilterForm, FormLayout, IconRadio
from hearing_portal.web.forms import ThaiTextField
from manuals.content import Content, ContentRefused, content_from_json
from manuals.models import EditionEntry

from ..issue_classes import BY_VALUE, MEANINGS, IssueField, IssueMeaning
from ..limits import TEXT_LIMIT
from ..models import Amendment, Comment
from ..wording import WORDING_LIMIT, WordingField, inserted_content, insertion_fields, reworded_content, wording_fields
from .capacities import Capacity
from .comment_input import CommentInput

ANSWER_LIMIT = 300  # code points of one answer of an issue class
COUNT_LIMIT = 9999
AGREED = "เห็นชอบ"  # the text of an agreement without words
BROKEN_KEY = "รหัสของแบบนี้ใช้ไม่ได้ ข้อความของท่านยังอยู่ครบ โปรดกดส่งอีกครั้ง"
NO_SUCH_SPAN = "ช่วงข้อความที่เลือกไม่ตรงกับถ้อยคำของข้อนี้ โปรดเลือกใหม่ หรือยกเลิกการเลือก"
TYPE_ICONS = {
    Comment.Type.AGREE: "hand-thumbs-up",
    Comment.Type.AMEND: "pencil",
    Comment.Type.ADD: "plus-lg",
    Comment.Type.DELETE: "trash3",
    Comment.Type.ASK: "question-circle",
}
Type = Comment.Type
NO_ISSUE = "none"
NO_OFFICE = "expert"  # of experts and the central bureau, who speak for no office
ISSUE_PREFIX = "issue-"  # of the names of an issue class's questions


@dataclass(frozen=True, slots=True)
class IssueChoice:
    """An issue class as it stands in a form, with the questions that come with it."""

    meaning: IssueMeaning
    questions: list[BoundField]
    is_chosen: bool


class KeyedForm(FormLayout, forms.Form):
    """A form that stores at most once: the key is made with the form and comes back with it."""

    client_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": BROKEN_KEY, "invalid": BROKEN_KEY}
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        options["initial"] = {"client_key": uuids.uuid4(), **(options.get("initial") or {})}
        super().__init__(data, **options)

    def renew_key(self) -> None:
        """The same words under a new key: sending them again makes another comment."""
        self.data = self.data.copy()
        self.data["client_key"] = str(uuids.uuid4())

    def full_clean(self) -> None:
        """A broken key would be refused for ever: the form comes back with a new one."""
        super().full_clean()
        if self.is_bound and "client_key" in self.errors:
            self.renew_key()


class CountField(forms.CharField):
    """A small whole number, in Thai or Arabic digits; None when left empty."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)
        self.validators = []

    def to_python(self, value: object) -> int | None:
        typed = arabic_digits(str(value or "").strip())
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
            raise forms.ValidationError(f"โปรดกรอกเป็นจำนวนเต็ม 0–{COUNT_LIMIT:,}", code="invalid")
        return int(typed)


class CommentForm(KeyedForm):
    """What a person says about an entry. `said` is what the service takes.

    The fields of the wording are made from the entry: "words-NAME" start with the clause's own text, "new-NAME"
    are empty and for an insertion; "issue-CLASS-NAME" are the questions of an issue class.
    """

    entry = forms.IntegerField(widget=forms.HiddenInput, required=False)
    editing = forms.UUIDField(widget=forms.HiddenInput, required=False)
    type = forms.ChoiceField(
        label="ท่านเห็นอย่างไร",
        choices=Type.choices,
        widget=IconRadio(icons=TYPE_ICONS),
        error_messages={"required": "โปรดเลือกว่าท่านเห็นอย่างไร", "invalid_choice": "โปรดเลือกว่าท่านเห็นอย่างไร"},
    )
    text = ThaiTextField(
        label="ความเห็น",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        template_name="comments/commenting/composer/text_field.html",
    )
    issue_class = forms.ChoiceField(
        label="เป็นประเด็นแบบใด",
        choices=[("", "ไม่ระบุประเด็น"), *((meaning.value, meaning.word) for meaning in MEANINGS)],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "โปรดเลือกประเด็นจากรายการ หรือเลือกไม่ระบุประเด็น"},
        template_name="comments/commenting/issue_class_field.html",
    )
    capacity = forms.ChoiceField(
        label="ในนาม",
        required=False,
        error_messages={"invalid_choice": "ท่านแสดงความเห็นในนามนี้ไม่ได้ โปรดเลือกจากรายการ"},
        template_name="comments/commenting/composer/capacity_field.html",
    )
    field = forms.CharField(widget=forms.HiddenInput, required=False)
    span_start = forms.CharField(widget=forms.HiddenInput, required=False)
    span_end = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, about: EditionEntry, capacities: Sequence[Capacity] = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.about = about
        self.content: Content | None = about.blob.as_content if about.blob_id else None
        self.capacities = {capacity_key(capacity): capacity for capacity in capacities}
        self.initial.setdefault("entry", about.pk)
        self.fields["capacity"].choices = [(key, capacity_name(capacity)) for key, capacity in self.capacities.items()]
        self.wording = wording_fields(self.content) if self.content else []
        self.insertion = insertion_fields(self.content)
        self._add_wording("words", self.wording, "ถ้อยคำที่เสนอ")
        self._add_wording("new", self.insertion, "ถ้อยคำที่ขอเพิ่ม")
        for meaning in MEANINGS:
            for field in meaning.fields:
                self.fields[answer_name(meaning, field)] = _answer_field(field)

    def _add_wording(self, prefix: str, fields: Sequence[WordingField], only: str) -> None:
        """A clause of one field calls it by what it is for, not by its name in the content."""
        limit = max([WORDING_LIMIT, *(2 * len(field.text) for field in fields)])
        for field in fields:
            label = only if len(fields) == 1 else field.label
            rows = max(1, min(12, len(field.text) // 50 + 1))
            self.fields[f"{prefix}-{field.name}"] = ThaiTextField(
                label=label,
                max_length=limit,
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
        if name.startswith("words-"):
            return len(self.wording) == 1
        return name.startswith("new-") and len(self.insertion) == 1

    @property
    def wording_bound(self) -> list[BoundField]:
        return [self[f"words-{field.name}"] for field in self.wording]

    @property
    def insertion_bound(self) -> list[BoundField]:
        return [self[f"new-{field.name}"] for field in self.insertion]

    @property
    def issue_choices(self) -> list[IssueChoice]:
        """The issue classes, after the choice of none of them."""
        chosen = self["issue_class"].value() or ""
        choices = []
        for meaning in MEANINGS:
            questions = [self[answer_name(meaning, field)] for field in meaning.fields]
            choices.append(IssueChoice(meaning, questions, is_chosen=meaning.value == chosen))
        return choices

    @property
    def has_no_issue(self) -> bool:
        return not self["issue_class"].value()

    @property
    def quoted(self) -> str:
        """The marked words, when the form came back with a span that fits."""
        span = self._span(self["field"].value() or "", self["span_start"].value(), self["span_end"].value())
        return span[2] if span else ""

    def texts(self, prefix: str) -> dict[str, str]:
        """{field: cleaned text} of "words" or "new", those that were sent and could be read."""
        start = f"{prefix}-"
        return {
            name.removeprefix(start): value
            for name, value in self.cleaned_data.items()
            if name.startswith(start) and name in self.data
        }

    def written(self) -> tuple[str, Content | None, str]:
        """(text, proposed content, the clause's words) as far as they could be read: what others are compared with."""
        self.is_valid()
        base = self.about.blob.plain if self.about.blob_id else ""
        return self.cleaned_data.get("text") or "", self.cleaned_data.get("proposed"), base

    # -- cleaning

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("type")
        if kind and not cleaned.get("text") and "text" not in self.errors:
            if kind == Type.AGREE:
                cleaned["text"] = AGREED
            else:
                self.add_error("text", "โปรดเขียนความเห็น หรือเหตุผลของข้อเสนอ")
        self._refuse_broken(cleaned)
        self._clean_span(cleaned)
        self._clean_proposal(cleaned, kind)
        cleaned["issue_data"] = self._answers(cleaned)
        return cleaned

    def _refuse_broken(self, cleaned: dict[str, Any]) -> None:
        """Bytes that are no text reach us as U+FFFD: half of what was typed would be stored."""
        for name in [name for name in cleaned if name.startswith(("text", "words-", "new-", ISSUE_PREFIX))]:
            value = cleaned.get(name)
            if isinstance(value, str) and "\ufffd" in value and value != self.fields[name].initial:
                self.add_error(name, "พบอักขระที่ส่งมาไม่ครบ (�) โปรดลบอักขระนั้นแล้วพิมพ์ใหม่")

    def _clean_span(self, cleaned: dict[str, Any]) -> None:
        asked = [cleaned.get(name) or "" for name in ("field", "span_start", "span_end")]
        cleaned["span"] = None
        if not any(asked[1:]):
            return
        cleaned["span"] = self._span(*asked)
        if cleaned["span"] is None:
            self.add_error(None, NO_SUCH_SPAN)

    def _span(self, field: str, start: Any, end: Any) -> tuple[int, int, str] | None:
        """(start, end, quote) in code points of the field's text, when they lie inside it."""
        try:
            first, last = int(start), int(end)
        except (TypeError, ValueError):
            return None
        text = dict(self.content.fields()).get(field, "") if self.content else ""
        return (first, last, text[first:last]) if 0 <= first < last <= len(text) else None

    def _clean_proposal(self, cleaned: dict[str, Any], kind: str | None) -> None:
        cleaned["proposed"] = None
        words, new = self.texts("words"), self.texts("new")
        if sum(map(len, words.values())) > max(WORDING_LIMIT, 2 * sum(len(f.text) for f in self.wording)):
            self.add_error(None, f"ถ้อยคำที่เสนอยาวเกิน {WORDING_LIMIT:,} ตัวอักษร โปรดแบ่งเป็นหลายความเห็น")
            return
        try:
            rewording = reworded_content(self.content, words) if self.content else None
            insertion = inserted_content(self.content, new)
        except ContentRefused as refusal:
            raise forms.ValidationError("ถ้อยคำที่เสนอมีช่องที่ข้อนี้ไม่มี โปรดเปิดหน้าใหม่") from refusal
        cleaned["proposed"] = {Type.AMEND: rewording, Type.ADD: insertion}.get(kind)
        # Words typed under another type are not thrown away in silence
        if rewording and kind and kind != Type.AMEND:
            self.add_error("type", "ท่านแก้ถ้อยคำของข้อไว้ โปรดเลือก “ขอแก้ไข” หรือคืนถ้อยคำเดิมก่อนส่ง")
        if insertion and kind and kind != Type.ADD:
            self.add_error("type", "ท่านเขียนถ้อยคำที่ขอเพิ่มไว้ โปรดเลือก “ขอเพิ่ม” หรือลบถ้อยคำนั้นก่อนส่ง")

    def _answers(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The answers of the chosen class; those of the others were never asked."""
        meaning = BY_VALUE.get(cleaned.get("issue_class") or "")
        if meaning is None:
            return {}
        answers = {field.name: cleaned.get(answer_name(meaning, field)) for field in meaning.fields}
        return {name: value for name, value in answers.items() if value not in (None, "")}

    @property
    def comment_input(self) -> CommentInput:
        cleaned = self.cleaned_data
        span = cleaned["span"]
        return CommentInput(
            type=cleaned["type"],
            text=cleaned["text"],
            issue_class=cleaned["issue_class"] or None,
            issue_data=cleaned["issue_data"],
            field=cleaned["field"] if span else "",
            span=span[:2] if span else None,
            quote=span[2] if span else "",
            proposed=cleaned["proposed"],
        )

    @property
    def chosen_capacity(self) -> Capacity | None:
        """the capacity chosen; None leaves it to the service, which takes the first."""
        return self.capacities.get(self.cleaned_data["capacity"])


def capacity_key(capacity: Capacity) -> str:
    return capacity.office.key if capacity.office else capacity.role


def capacity_name(capacity: Capacity) -> str:
    return capacity.office.short_name if capacity.office else str(RoleAssignment.Role(capacity.role).label)


def answer_name(meaning: IssueMeaning, field: IssueField) -> str:
    return f"{ISSUE_PREFIX}{meaning.value}-{field.name}"


def _answer_field(field: IssueField) -> forms.Field:
    if field.is_number:
        return CountField(label=field.label)
    return ThaiTextField(label=field.label, max_length=ANSWER_LIMIT, multiline=False, required=False)


def initial_values(comment: Comment) -> dict[str, Any]:
    """The form's values for editing a comment: what was said, and the proposal in its fields."""
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
    for field in meaning.fields if meaning else ():
        values[answer_name(meaning, field)] = comment.issue_data.get(field.name)
    amendment = comment.amendments.active().order_by("-id").first()
    if amendment is not None and amendment.proposed and comment.type != Type.DELETE:
        prefix = "words" if amendment.op == Amendment.Op.REPLACE else "new"
        proposed = content_from_json(amendment.proposed)
        values |= {f"{prefix}-{field.name}": field.text for field in wording_fields(proposed)}
    return values


class GroupCommentsFilter(FilterForm):
    """What the comments on a group's manual are narrowed to; wrong choices narrow nothing."""

    field_template = "comments/commenting/filter_field.html"
    type = forms.ChoiceField(label="ประเภท", required=False, choices=[("", "ทุกประเภท"), *Type.choices])
    issue = forms.ChoiceField(
        label="ประเด็น",
        required=False,
        choices=[
            ("", "ทุกประเด็น"),
            (NO_ISSUE, "ไม่ระบุประเด็น"),
            *((meaning.value, meaning.word) for meaning in MEANINGS),
        ],
    )
    office = forms.ChoiceField(
        label="สพท.",
        required=False,
        choices=[
            ("", "สพป. และ สพม."),
            (AreaOffice.Kind.PRIMARY, "สพป."),
            (AreaOffice.Kind.SECONDARY, "สพม."),
            (NO_OFFICE, "ผู้ทรงคุณวุฒิและส่วนกลาง"),
        ],
    )
    process = forms.ChoiceField(label="กระบวนงาน", required=False)

    def __init__(self, data: Any, *, processes: Sequence[tuple[str, str]]) -> None:
        """`processes` are (section, its number and title)."""
        super().__init__(data, auto_id=False)
        self.fields["process"].choices = [("", "ทุกกระบวนงาน"), *processes]

    def chosen(self) -> dict[str, str]:
        """{name: value} of the filters that are set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ReplyForm(KeyedForm):
    text = ThaiTextField(label="คำตอบของท่าน", max_length=TEXT_LIMIT, error_messages={"required": "โปรดเขียนคำตอบก่อนส่ง"})

    @property
    def comment_input(self) -> CommentInput:
        """A reply is part of the talk: of the type that counts for and against nothing."""
        return CommentInput(type=Type.ASK, text=self.cleaned_data["text"])


class ObjectionForm(FormLayout, forms.Form):
    hints = {"text": "โต้แย้งได้ครั้งเดียว คณะทำงานจะพิจารณาอีกครั้งก่อนออกฉบับ"}

    text = ThaiTextField(
        label="เหตุผลที่โต้แย้ง",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "โปรดเขียนเหตุผลที่โต้แย้ง"},
    )
