"""Forms: what they are bound to, and fields for Thai text, cleaned by the one text policy."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict

from hearing_portal.thai.text import TextRefused, clean_text


def posted_data(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: None shows a fresh one."""
    return request.POST if request.method == "POST" else None


def form_status(form: forms.BaseForm) -> int:
    """The HTTP status of a page with the form: 422 for one that came back with mistakes."""
    return 422 if form.is_bound else 200


class ThaiTextField(forms.CharField):
    """Text as the portal stores it (hearing_portal.thai.text). `max_length` counts code points.

    What a person typed stays, spaces at the ends too; nothing but spaces counts as empty. The browser gets no
    maxlength: it would cut a pasted text without a word. `changes` is how many places the policy changed.
    """

    def __init__(self, *, max_length: int, multiline: bool = True, **options: Any) -> None:
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
            cleaned = clean_text(str(value), max_length=self.limit, multiline=self.multiline)
        except TextRefused as refusal:
            raise forms.ValidationError(refusal.message_th, code=refusal.code) from refusal
        self.changes = cleaned.changes
        return cleaned.text


def text_changes(form: forms.Form) -> int:
    """In how many places the text policy changed what came in; for `changes_note`."""
    changes = 0
    for field in form.fields.values():
        if isinstance(field, ThaiTextField):
            changes += field.changes
    return changes


def choose_among[Row: Model](form: forms.Form, name: str, rows: QuerySet[Row]) -> None:
    """The rows a form's ModelChoiceField offers, where they are known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} chooses no rows")
    field.queryset = rows


def offer_choices(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """The words a form's ChoiceField offers, where they are known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = choices
