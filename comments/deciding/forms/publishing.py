"""The form that confirms a publication of answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hearing_portal.web.form_rendering import FormLayout

from ...models import HearingSession


class PublishingForm(FormLayout, forms.Form):
    """`confirmed` identifies the answers that were told; while the group's sessions are open it is said knowingly."""

    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    while_open = forms.BooleanField(
        label="เผยแพร่ผลทั้งที่เวทียังเปิดรับความคิดเห็นอยู่",
        help_text="ความคิดเห็นที่เข้ามาหลังจากนี้ต้องพิจารณาและเผยแพร่ผลอีกครั้ง",
        error_messages={
            "required": "เวทียังเปิดอยู่ โปรดปิดเวทีก่อน หรือเลือกช่องนี้หากจะเผยแพร่ผลทั้งที่เวทียังเปิด"
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        open_sessions: Sequence[HearingSession],
    ) -> None:
        super().__init__(data)
        if not open_sessions:
            del self.fields["while_open"]
