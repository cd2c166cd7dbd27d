"""What every form of a decision sends beside it: the comments that share the answer, and the decisions on them that
the person had before them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from hearing_portal.web.form_rendering import FormLayout

from ...models import Answer, Comment, Disposition
from ...moderating.forms import BULK_LIMIT, UUIDListField


def seen_value(uuid: UUID, decision: Disposition | None) -> str:
    """How a page says of a comment which decision on it is shown: "UUID:ID", ID 0 where none is."""
    key = decision.pk if decision is not None else 0
    return f"{uuid}:{key}"


class SeenDecisionsField(forms.Field):
    """Several values of `seen_value` under one name. Cleans to {comment uuid: disposition id, 0 for none}."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Sequence[str] | None) -> dict[UUID, int]:
        seen: dict[UUID, int] = {}
        try:
            for text in value or ():
                uuid, key = text.split(":")
                seen[UUID(uuid)] = int(key)
        except (ValueError, AttributeError, TypeError) as broken:
            raise forms.ValidationError(
                "หน้านี้ส่งข้อมูลไม่ครบถ้วน โปรดเปิดหน้านี้อีกครั้งแล้วบันทึกใหม่"
            ) from broken
        if len(seen) > BULK_LIMIT + 1:
            raise forms.ValidationError(f"เลือกได้ครั้งละไม่เกิน {BULK_LIMIT} เรื่อง")
        return seen


class SharedAnswerForm(FormLayout, forms.Form):
    """`also` are the comments that share the answer; `seen` says which decisions the page showed: of a comment it does
    not name, none."""

    also = UUIDListField(required=False)
    seen = SeenDecisionsField(required=False)

    def seen_decisions(self, comments: Iterable[Comment]) -> dict[int, int]:
        """{comment id: the decision on it that the person saw, 0 for none}. Of a valid form."""
        seen: Mapping[UUID, int] = self.cleaned_data["seen"]
        return {comment.pk: seen.get(comment.uuid, 0) for comment in comments}

    def rest_on(self, shown: Mapping[UUID, Disposition | None]) -> None:
        """The form is shown beside these decisions on comments: who sends it has seen them."""
        sent: Any = self.data
        so_far: Iterable[str] = (
            sent.getlist("seen") if self.is_bound else self.initial.get("seen", ())
        )
        values = {value.partition(":")[0]: value for value in so_far}
        for uuid, decision in shown.items():
            values[str(uuid)] = seen_value(uuid, decision)
        if self.is_bound:
            data = sent.copy()
            data.setlist("seen", list(values.values()))
            self.data = data
        else:
            self.initial["seen"] = list(values.values())

    def rest_on_answers(self, answers: Iterable[Answer]) -> None:
        """Decisions made meanwhile, which the refusal tells."""
        self.rest_on({answer.comment.uuid: answer.disposition for answer in answers})
