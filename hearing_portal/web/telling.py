"""What a person is told once after an act."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from hearing_portal.thai.text import changes_note

from .forms import text_changes


def tell_done(request: HttpRequest, message: str, form: forms.Form) -> None:
    """What was done, and in how many places the text policy stored the words of the form otherwise than they came."""
    messages.success(request, f"{message} {changes_note(text_changes(form))}".strip())
