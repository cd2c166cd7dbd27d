"""The form that says how far a process is."""

from collections.abc import MutableMapping
from copy import copy
from typing import Any

from django import forms

from hearing_portal.web.form_rendering import FormLayout, PickRadio
from hearing_portal.web.forms import ThaiTextField

from ...models import DraftingState
from ..queries.states import ProcessState

REASON_LIMIT = 300


class DraftingStateForm(FormLayout, forms.Form):
    """`read` names what stood on the page, `version` is the one of the words then."""

    marked_optional = ("reason",)
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    state = forms.ChoiceField(
        label="สถานะ",
        choices=DraftingState.choices,
        widget=PickRadio,
        error_messages={
            "required": "โปรดเลือกสถานะ",
            "invalid_choice": "ไม่มีสถานะนี้ โปรดเลือกจากรายการ",
        },
    )
    reason = ThaiTextField(
        label="เหตุผล",
        max_length=REASON_LIMIT,
        multiline=False,
        required=False,
        help_text="ต้องระบุเมื่อย้อนไปสถานะก่อนหน้า เช่น รอตรวจ กลับเป็น กำลังยกร่าง",
    )

    def __init__(
        self, data: Any = None, *, now: ProcessState, version: int, **options: Any
    ) -> None:
        initial = {"read": now.read, "version": version, "state": now.state.value}
        super().__init__(data, initial=initial, **options)

    def clean_state(self) -> DraftingState:
        return DraftingState(self.cleaned_data["state"])

    def read_again(self, now: ProcessState, version: int) -> None:
        """After somebody else was quicker: sent again, it is about what stands now."""
        data = copy(self.data)  # what was posted cannot be changed
        assert isinstance(data, MutableMapping)
        data["read"] = str(now.read)
        data["version"] = str(version)
        self.data = data
