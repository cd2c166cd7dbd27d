"""Forms of a request to look and of its answer."""

from collections.abc import MutableMapping, Sequence
from copy import copy
from typing import Any
from uuid import uuid4

from django import forms

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, offer_choices

from .seen_words import SeenWords

REVIEW_LIMIT = 2000


class ReviewRequestForm(FormLayout, forms.Form):
    """A request to come has its uuid from the first form on: sent twice, it is stored once."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    asked = forms.ChoiceField(
        label="ขอให้ผู้ใดตรวจ",
        help_text="คณะทำงานยกร่างของคู่มือนี้ ผู้ทรงคุณวุฒิ และผู้แทนสำนักส่วนกลาง",
        error_messages={
            "required": "โปรดเลือกผู้ที่จะขอให้ตรวจ",
            "invalid_choice": "ขอให้ผู้นี้ตรวจไม่ได้แล้ว โปรดเลือกจากรายการ",
        },
    )
    text = ThaiTextField(
        label="ขอให้ตรวจเรื่องใด",
        max_length=REVIEW_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="หน้าคำขอแสดงเฉพาะถ้อยคำที่ขอให้ตรวจ และข้อความนี้ ผู้ที่มีสิทธิอ่านร่างของกลุ่มงานอยู่แล้วยังอ่านร่างทั้งหมดได้",
        error_messages={"required": "โปรดระบุว่าขอให้ตรวจเรื่องใด"},
    )

    def __init__(
        self, data: Any = None, *, people: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        offer_choices(self, "asked", [("", "เลือกผู้ที่จะขอให้ตรวจ"), *people])


class ReviewAnswerForm(FormLayout, forms.Form):
    """`version` and `words` are those that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    words = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    text = ThaiTextField(
        label="ผลการตรวจ",
        max_length=REVIEW_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="ส่งแล้วแก้ไขไม่ได้ คณะทำงานยกร่างของคู่มือนี้เป็นผู้อ่าน",
        error_messages={"required": "โปรดกรอกผลการตรวจ"},
    )

    @property
    def seen(self) -> SeenWords:
        return SeenWords(
            self.cleaned_data.get("version") or 0,
            self.cleaned_data.get("words") or "",
        )

    def show_now(self, seen: SeenWords) -> None:
        """Sent again, it is about the words that the page shows now."""
        data = copy(self.data)  # what was posted cannot be changed
        assert isinstance(data, MutableMapping)
        data["version"] = str(seen.version)
        data["words"] = seen.words
        self.data = data
