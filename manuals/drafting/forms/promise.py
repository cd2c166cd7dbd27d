"""The field in which a drafter says which promise their change keeps."""

from collections.abc import Sequence

from django import forms
from django.forms import BoundField

from ..promises import Promise, find_promise

NO_PROMISE = ("", "ไม่ใช่การยกร่างตามผลการพิจารณา")
GONE = "เรื่องที่เลือกยกร่างแล้วหรือไม่ได้รอยกร่าง โปรดเลือกจากรายการอีกครั้ง"


class PromiseForm(forms.Form):
    """A form of a change that may keep a promise; `promised` is the one that is chosen, None without."""

    promised: Promise | None = None

    def offer_promises(self, promises: Sequence[Promise], chosen: str = "") -> None:
        """The change may keep one of them; without any there is no such field. What is `chosen` goes before what was
        left in the form."""
        if not promises:
            return
        if chosen:
            self.initial["promise"] = chosen
        self.fields["promise"] = forms.ChoiceField(
            label="ยกร่างตามผลการพิจารณา",
            choices=[
                NO_PROMISE,
                *((promise.key, promise.words) for promise in promises),
            ],
            required=False,
            error_messages={"invalid_choice": GONE},
        )
        self.promised = find_promise(promises, str(self["promise"].value() or ""))

    @property
    def promise_bound(self) -> BoundField | None:
        return self["promise"] if "promise" in self.fields else None
