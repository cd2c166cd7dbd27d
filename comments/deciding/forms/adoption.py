"""The form of the bench: the final words of a proposal, and what the drafter had read."""

from enum import StrEnum
from typing import Any, Self

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from hearing_portal.web.forms import ThaiTextField
from manuals.content import Content, ContentRefused
from manuals.queries import find_wording
from manuals.wording import (
    WORDING_LIMIT,
    reworded_content,
    tell_stray_marks_of,
    wording_fields,
)

from ...limits import TEXT_LIMIT
from ...models import Amendment
from ..queries.proposals import Proposal
from .sharing import SharedAnswerForm

WORDS_PREFIX = "words-"  # of the names of the fields of the wording
LETTERS_A_ROW = 60
MOST_ROWS = 12


class BaseVersion(StrEnum):
    """Which version of the words the fields began as."""

    NONE = ""
    PROPOSED = "proposed"
    CURRENT = "current"


class AdoptionForm(SharedAnswerForm):
    """The final words, field by field ("words-NAME"), and what the drafter had read.

    `base` is the content the fields began as: its cross-references and marks stay where the words stay. Without one
    there are no fields: a deletion has no words, `as_proposed` takes them as they are, or no version is chosen yet.
    Cleans to `content`: the final words, None where there are no fields.
    """

    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    read_sha = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    seen_proposal = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64
    )
    began = forms.ChoiceField(
        widget=forms.HiddenInput,
        required=False,
        choices=[(version, version) for version in BaseVersion],
    )
    as_proposed = forms.BooleanField(widget=forms.HiddenInput, required=False)
    reason = ThaiTextField(
        label="เหตุผลที่จะตอบผู้เสนอ",
        max_length=TEXT_LIMIT,
        required=False,
        help_text="จำเป็นเมื่อถ้อยคำที่ใช้ต่างจากที่เสนอ อย่างน้อย 20 ตัวอักษร",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, data: Any = None, *, base: Content | None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.base = base
        self.wording = wording_fields(base) if base is not None else []
        for item in self.wording:
            rows = len(item.text) // LETTERS_A_ROW + 1
            self.fields[WORDS_PREFIX + item.name] = ThaiTextField(
                label=item.label,
                max_length=max(WORDING_LIMIT, 2 * len(item.text)),
                required=False,
                initial=item.text,
                widget=forms.Textarea(attrs={"rows": min(rows, MOST_ROWS)}),
            )

    @classmethod
    def of_version(
        cls,
        proposal: Proposal,
        version: BaseVersion,
        words: Content | None,
        **kept: Any,
    ) -> Self:
        """A form to go on with: its fields began as `version`, on the clause as it stands, and show `words`. `kept`
        are values of the other fields."""
        base = None
        if version == BaseVersion.PROPOSED:
            base = proposal.proposed
        elif version == BaseVersion.CURRENT and not proposal.is_deletion:
            base = proposal.current
        initial: dict[str, Any] = {
            "lock_version": proposal.clause.lock_version,
            "read_sha": proposal.clause.sha,
            "seen_proposal": proposal.amendment.fingerprint,
            "began": version,
        }
        if base is not None and words is not None:
            for item in wording_fields(words):
                initial[WORDS_PREFIX + item.name] = item.text
        return cls(base=base, initial={**initial, **kept})

    @classmethod
    def as_sent(cls, data: QueryDict, proposal: Proposal) -> Self:
        """The fields belong to what the drafter had read, which may not be what the clause says by now."""
        began = data.get("began", "")
        base = None
        if proposal.is_deletion or data.get("as_proposed"):
            base = None
        elif began == BaseVersion.CURRENT:
            base = find_wording(data.get("read_sha", "")) or proposal.current
        elif began:
            base = proposal.proposed
        return cls(data, base=base)

    @property
    def version(self) -> BaseVersion:
        """Of a valid form."""
        return BaseVersion(self.cleaned_data["began"])

    @property
    def kept(self) -> dict[str, Any]:
        """What a form that goes on from this one keeps beside the words. Of a valid form."""
        data = self.cleaned_data
        return {
            "reason": data["reason"],
            "also": data["also"],
            "seen": self["seen"].value(),
            "seen_proposal": data["seen_proposal"],
        }

    def rest_on_proposal(self, amendment: Amendment) -> None:
        """The page shows the proposal as it stands now: who sends the form has read it."""
        sent: Any = self.data
        data = sent.copy()
        data["seen_proposal"] = amendment.fingerprint
        self.data = data

    @property
    def wording_bound(self) -> list[BoundField]:
        return [self[WORDS_PREFIX + item.name] for item in self.wording]

    def hides_label(self, name: str) -> bool:
        return name.startswith(WORDS_PREFIX) and len(self.wording) == 1

    def spoken_label(self, name: str) -> str:
        """The words above the only field, said again for who does not see them."""
        return "ถ้อยคำที่จะใช้" if self.hides_label(name) else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data["content"] = None
        if self.base is None or self.errors:
            return self.cleaned_data
        texts = {}
        for item in self.wording:
            name = WORDS_PREFIX + item.name
            if name in self.data:  # a field that was not sent keeps its words
                texts[item.name] = self.cleaned_data[name]
        try:
            content = reworded_content(self.base, texts) or self.base
        except ContentRefused as refusal:
            raise forms.ValidationError(
                "ถ้อยคำที่ส่งมีช่องที่ข้อนี้ไม่มี โปรดเปิดหน้านี้อีกครั้ง"
            ) from refusal
        if not any(text.strip() for _, text in content.fields()):
            first = WORDS_PREFIX + self.wording[0].name
            self.add_error(first, "โปรดกรอกถ้อยคำ หากต้องการตัดทั้งข้อ โปรดเห็นชอบข้อเสนอที่ขอตัด")
        for name, told in tell_stray_marks_of(content, self.base).items():
            self.add_error(WORDS_PREFIX + name, told)
        self.cleaned_data["content"] = content
        return self.cleaned_data
