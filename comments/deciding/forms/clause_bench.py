"""The form of the bench of a clause: which proposals are used, what is chosen where they clash, and the words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.http import QueryDict

from hearing_portal.web.forms import ThaiTextField
from hearing_portal.web.http import parse_uuid
from manuals.content import Content, ContentRefused, content_from_json
from manuals.wording import WORDING_LIMIT, wording_fields

from ...limits import TEXT_LIMIT
from .wording import WORDS_PREFIX, WordingForm

STATE_PREFIX = "state-"
SEEN_PREFIX = "seen-"
CLASH_PREFIX = "clash-"
OWN_PREFIX = "own-"
SALT = "comments.deciding.clause-bench"


class ToggleState(StrEnum):
    """What the drafter does with a comment at the bench."""

    WAIT = "wait"
    TAKE = "take"
    REFUSE = "refuse"
    # How the page sends one back that waits and is not accepted because of what is used: worked out anew each time
    EXCLUDED = "excluded"
    # It is to wait although what is used says something else
    HOLD = "hold"


class ClauseBenchForm(WordingForm):
    """The words field by field ("words-NAME") and the reasons. `began` is the content the fields began as: what differs
    from it is the drafter's own. Cleans to `content`. What is chosen (`state-UUID`, `seen-UUID`, `clash-KEY`,
    `own-KEY`) depends on what waits, and is read by the properties."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    began = forms.CharField(widget=forms.HiddenInput)
    reason = ThaiTextField(
        label="เหตุผลที่จะตอบผู้เสนอที่ใช้ถ้อยคำ",
        max_length=TEXT_LIMIT,
        required=False,
        help_text="จำเป็นเมื่อถ้อยคำที่ใช้ต่างจากที่เสนอ อย่างน้อย 20 ตัวอักษร",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    refusal_reason = ThaiTextField(
        label="เหตุผลที่จะตอบผู้เสนอที่ไม่เห็นชอบ",
        max_length=TEXT_LIMIT,
        required=False,
        help_text="จำเป็นเมื่อมีเรื่องที่ไม่เห็นชอบ อย่างน้อย 20 ตัวอักษร",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: QueryDict, *, current: Content) -> None:
        super().__init__(data)
        self.sent = data
        self.base = read_began(data.get("began", "")) or current
        self.begin_words(self.base)

    @property
    def states(self) -> dict[UUID, str]:
        return {
            uuid: state
            for uuid, state in self._by_uuid(STATE_PREFIX).items()
            if state in list(ToggleState)
        }

    @property
    def seen(self) -> dict[UUID, str]:
        """{comment that the page listed: the fingerprint of its proposal, "" for none}"""
        return self._by_uuid(SEEN_PREFIX)

    @property
    def choices(self) -> dict[str, str]:
        return self._after(CLASH_PREFIX)

    @property
    def own_words(self) -> dict[str, str]:
        """As the text policy leaves them; what it refuses is none."""
        field = ThaiTextField(max_length=WORDING_LIMIT, required=False)
        cleaned = {}
        for key, text in self._after(OWN_PREFIX).items():
            try:
                cleaned[key] = field.clean(text)
            except forms.ValidationError:
                cleaned[key] = ""
        return cleaned

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data["content"] = self.base
        if not self.errors:
            self.cleaned_data["content"] = self.clean_words(self.base)
        return self.cleaned_data

    def _after(self, prefix: str) -> dict[str, str]:
        sent: Mapping[str, str] = self.data
        return {
            name.removeprefix(prefix): sent[name]
            for name in sent
            if name.startswith(prefix)
        }

    def _by_uuid(self, prefix: str) -> dict[UUID, str]:
        found = {}
        for text, value in self._after(prefix).items():
            uuid = parse_uuid(text)
            if uuid is not None:
                found[uuid] = value
        return found


def write_began(content: Content) -> str:
    """What the fields begin as, as a form sends it back unchanged."""
    return signing.dumps(content.as_json(), salt=SALT, compress=True)


def read_began(sent: str) -> Content | None:
    try:
        return content_from_json(signing.loads(sent, salt=SALT))
    except (signing.BadSignature, ContentRefused):
        return None


def form_with_words(
    data: QueryDict, words: Content, *, began: Content, lock_version: int
) -> ClauseBenchForm:
    """The form as it goes on from `data`: its fields show `words`."""
    going_on = data.copy()
    for name in [each for each in going_on if each.startswith(WORDS_PREFIX)]:
        del going_on[name]
    for item in wording_fields(words):
        going_on[WORDS_PREFIX + item.name] = item.text
    going_on["began"] = write_began(began)
    going_on["lock_version"] = str(lock_version)
    return ClauseBenchForm(going_on, current=began)
