"""The form of the bench: the final words of a proposal, and what the drafter had read."""

from enum import StrEnum
from typing import Any, Self

from django import forms
from django.http import QueryDict

from hearing_portal.web.forms import ThaiTextField
from manuals.content import Content
from manuals.queries import find_wording
from manuals.wording import wording_fields

from ...limits import TEXT_LIMIT
from ...models import Amendment
from ..queries.proposals import Proposal
from .sharing import SharedAnswerForm
from .wording import WORDS_PREFIX, WordingForm


class BaseVersion(StrEnum):
    """Which version of the words the fields began as."""

    NONE = ""
    PROPOSED = "proposed"
    CURRENT = "current"


class AdoptionForm(WordingForm, SharedAnswerForm):
    """The final words, field by field ("words-NAME"), and what the drafter had read.

    `base` is the content the fields began as: its cross-references and marks stay where the words stay. Without one
    there are no fields: a deletion has no words, `as_proposed` takes them as they are, or no version is chosen yet.
    Cleans to `content`: the final words, None where there are no fields.
    """

    no_words = "โปรดกรอกถ้อยคำ หากต้องการตัดทั้งข้อ โปรดเห็นชอบข้อเสนอที่ขอตัด"

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
        self.begin_words(base)

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

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data["content"] = None
        if self.base is not None and not self.errors:
            self.cleaned_data["content"] = self.clean_words(self.base)
        return self.cleaned_data
