"""The forms of a clause with a file: a form to be filled in, and a figure."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core import signing
from django.forms import BoundField

from ...content import Content, Figure, Form
from .clause import WORDS_PREFIX, ClauseForm

FILE_MEGABYTES = 10
_SIGNER = signing.Signer(salt="manuals.clause-file")


class FileForm(ClauseForm):
    """`file` is the file that the clause has by now: the hash it was read with, or a hash that the portal signed when
    the file came in. So a file that was sent with a refused form need not be sent again."""

    own_template = "manuals/drafting/clause_file.html"
    accepts = "PDF, DOCX, PNG หรือ JPEG"

    file = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def own_bound(self) -> list[BoundField]:
        return [self["upload"]]

    @property
    def file_sha(self) -> str:
        """Of the file it has by now; "" without one."""
        return self._read_file(str(self["file"].value() or ""))

    def after_act(self, act: str, left: dict[str, str]) -> dict[str, str]:
        left = super().after_act(act, left)
        return {**left, "file": ""} if act == "drop-file" else left

    def _add_own_fields(self) -> None:
        self.fields["upload"] = forms.FileField(
            label="ไฟล์",
            required=False,
            help_text=f"{self.accepts} ไม่เกิน {FILE_MEGABYTES} MB",
        )

    def _read_file(self, typed: str) -> str:
        assert isinstance(self.read, Form | Figure)
        if not typed or typed == self.read.file:
            return typed
        try:
            return _SIGNER.unsign(typed)
        except signing.BadSignature:
            return self.read.file

    def _with_own_values(self, content: Content) -> Content:
        content = super()._with_own_values(content)
        assert isinstance(content, Form | Figure)
        if "file" not in self.data:
            return content
        return replace(content, file=self._read_file(self.cleaned_data["file"]))


class FigureForm(FileForm):
    """A picture must be told to who cannot see it."""

    accepts = "PNG หรือ JPEG"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        content = cleaned.get("content")
        name = f"{WORDS_PREFIX}alt"
        is_told = name in self.errors
        if isinstance(content, Figure) and not content.alt.strip() and not is_told:
            self.add_error(name, "โปรดกรอกคำอธิบายแทนภาพ สำหรับผู้ที่มองไม่เห็นภาพ")
        return cleaned


def sign_file(sha: str) -> str:
    """What the hidden field holds of a file that came in."""
    return _SIGNER.sign(sha)
