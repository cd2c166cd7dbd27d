"""Forms: what they are bound to, and fields for Thai text, cleaned by the one text policy."""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from copy import copy
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

from hearing_portal.acts.overtaking import EditOvertaken, version_of
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import TextRefused, clean_text, visible_text

from .form_rendering import FormLayout


def posted_data(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: None shows a fresh one."""
    return request.POST if request.method == "POST" else None


def form_status(form: forms.BaseForm) -> int:
    """The HTTP status of a page with the form: 422 for one that came back with mistakes, 409 where somebody else was
    quicker."""
    if isinstance(form, VersionedForm) and form.stored_values:
        return 409
    return 422 if form.is_bound else 200


class StoredValue(NamedTuple):
    """A field that somebody else wrote meanwhile: what stands now, and what the person typed."""

    label: str
    stored: str
    typed: str


class VersionedForm(FormLayout, forms.Form):
    """A form about a row that others may edit at the same time: it carries the version that was read
    (hearing_portal.acts.overtaking)."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    field_words: Mapping[str, str] = {}  # what the fields of the row are called
    stored_values: Sequence[StoredValue] = ()  # after somebody else was quicker

    def tell(self, name: str, value: Any) -> str:
        """A value of the row in words."""
        return str(value)

    def take_overtaken(self, refusal: EditOvertaken) -> None:
        """What stands now beside what was typed. What was typed stays, and sent again it is taken."""
        stored_values = []
        for name in refusal.fields:
            stored = self.tell(name, getattr(refusal.row, name))
            typed = self.tell(name, self.cleaned_data.get(name))
            if stored != typed:
                stored_values.append(StoredValue(self.field_words[name], stored, typed))
        self.stored_values = stored_values
        self.add_error(None, refusal.message_th)
        data = copy(self.data)  # what was posted cannot be changed
        assert isinstance(data, MutableMapping)
        data["version"] = version_of(refusal.row, refusal.fields)
        self.data = data


class ThaiTextField(forms.CharField):
    """Text as the portal stores it (hearing_portal.thai.text). `max_length` counts code points.

    What a person typed stays, spaces at the ends too; what shows nothing counts as empty. The browser gets no
    maxlength: it would cut a pasted text without a word. `changes` is how many places the policy changed.
    """

    def __init__(
        self, *, max_length: int, multiline: bool = True, **options: Any
    ) -> None:
        options.setdefault("widget", forms.Textarea if multiline else forms.TextInput)
        super().__init__(strip=False, **options)
        self.limit = max_length
        self.multiline = multiline
        self.changes = 0
        # The policy has its own, kinder words for NUL, and it counts line ends as the person sees them
        self.validators = []

    def to_python(self, value: object) -> str:
        if value in self.empty_values or not str(value).strip():
            return ""
        try:
            cleaned = clean_text(
                str(value), max_length=self.limit, multiline=self.multiline
            )
        except TextRefused as refusal:
            raise forms.ValidationError(
                refusal.message_th, code=refusal.code
            ) from refusal
        text = visible_text(cleaned.text)
        self.changes = cleaned.changes if text else 0
        return text


class NameField(ThaiTextField):
    """A name or a code, in one line: blanks around it are seen by nobody, and none of it."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, multiline=False, **options)

    def to_python(self, value: object) -> str:
        return super().to_python(value).strip()


_TELEPHONE = re.compile(r"[\d\s()+-]+(ต่อ[\d\s-]+)?")
_FEWEST_DIGITS = 3  # 191


class TelephoneField(ThaiTextField):
    """A number as people write it, in either kind of digits: 0 2288 5861 ต่อ 12."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        super().__init__(max_length=max_length, multiline=False, **options)

    def to_python(self, value: object) -> str:
        typed = " ".join(super().to_python(value).split())
        if not typed:
            return ""
        digits = sum(letter.isdigit() for letter in typed.partition("ต่อ")[0])
        if not _TELEPHONE.fullmatch(typed) or digits < _FEWEST_DIGITS:
            raise forms.ValidationError(
                "หมายเลขโทรศัพท์มีได้เฉพาะตัวเลข ช่องว่าง + - ( ) และคำว่า “ต่อ” เช่น 0 2288 5861 ต่อ 12",
                code="invalid",
            )
        return typed


class DaysField(forms.Field):
    """A number of days from 0 to `most`, in either kind of digits."""

    def __init__(self, *, most: int, **options: Any) -> None:
        options.setdefault(
            "error_messages", {"required": f"โปรดกรอกจำนวนวัน 0 ถึง {most}"}
        )
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**options)
        self.most = most

    def to_python(self, value: object) -> int | None:
        typed = "" if value is None else str(value).strip()
        if not typed:
            return None
        digits = arabic_digits(typed)
        # The longest number that fits, before int() reads what may be a million digits
        if not (
            digits.isascii() and digits.isdigit() and len(digits) <= len(str(self.most))
        ):
            raise forms.ValidationError(f"จำนวนวันต้องเป็นตัวเลข 0 ถึง {self.most} โปรดแก้ไข")
        days = int(digits)
        if days > self.most:
            raise forms.ValidationError(f"จำนวนวันต้องเป็นตัวเลข 0 ถึง {self.most} โปรดแก้ไข")
        return days


def text_changes(form: forms.Form) -> int:
    """In how many places the text policy changed what came in; for `changes_note`."""
    changes = 0
    for field in form.fields.values():
        if isinstance(field, ThaiTextField):
            changes += field.changes
    return changes


def has_typed_text(form: forms.BaseForm) -> bool:
    """Whether a form that came back holds words the person wrote, other than those that stood in it."""
    for bound in form.visible_fields():
        if not isinstance(bound.field, ThaiTextField):
            continue
        typed = bound.data or ""
        if typed.strip() and bound.field.has_changed(bound.initial, typed):
            return True
    return False


def choose_among[Row: Model](form: forms.Form, name: str, rows: QuerySet[Row]) -> None:
    """The rows a form's ModelChoiceField offers, where they are known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} chooses no rows")
    field.queryset = rows


def offer_choices(
    form: forms.Form, name: str, choices: Sequence[tuple[str, str]]
) -> None:
    """The words a form's ChoiceField offers, where they are known only when the form is made. What they hold of the
    book may have Thai digits; all that is written has Arabic ones (hearing_portal/web/digits.py)."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = [(value, _in_arabic_digits(words)) for value, words in choices]


def _in_arabic_digits(words: Any) -> Any:
    """Of a choice, or of a group of choices."""
    if isinstance(words, str):
        return arabic_digits(words)
    if isinstance(words, list):
        return [(value, _in_arabic_digits(each)) for value, each in words]
    return words
