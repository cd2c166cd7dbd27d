"""Showing, hiding, re-classing and recommending."""

import uuid as uuids
from collections.abc import Sequence
from typing import Any

from django import forms

from hearing_portal.directory.models import User
from hearing_portal.web.form_rendering import FormLayout, PickRadio
from hearing_portal.web.forms import ThaiTextField

from ..issue_classes import MEANINGS, NO_CLASS
from ..limits import SHORT_REASON_LIMIT, TEXT_LIMIT
from ..models import Comment, Disposition, Moderation, Reclassing, Recommendation
from .services import (
    UNCHOSEN_OUTCOMES,
    hide_comments,
    reclass_comment,
    recommend_outcome,
    show_comments,
)

BULK_LIMIT = 200
Visibility = Moderation.Visibility
OUTCOMES = [
    choice
    for choice in Disposition.Outcome.choices
    if choice[0] not in UNCHOSEN_OUTCOMES
]


class UUIDListField(forms.Field):
    """Several uuids under one name, each once, in the order sent."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, max_items: int = BULK_LIMIT, **options: Any) -> None:
        super().__init__(**options)
        self.max_items = max_items

    def to_python(self, value: Sequence[str] | None) -> list[uuids.UUID]:
        found: dict[uuids.UUID, None] = {}  # a dictionary keeps the order
        try:
            for text in value or ():
                found[uuids.UUID(text)] = None
        except (ValueError, AttributeError, TypeError) as broken:
            raise forms.ValidationError(
                "รายการที่เลือกใช้ไม่ได้ โปรดเปิดหน้านี้อีกครั้งแล้วเลือกใหม่"
            ) from broken
        if len(found) > self.max_items:
            raise forms.ValidationError(f"เลือกได้ครั้งละไม่เกิน {self.max_items} เรื่อง")
        return list(found)


class SeenVisibilitiesField(forms.Field):
    """What the page showed of its comments, "UUID:VISIBILITY" each. Cleans to {comment uuid: visibility}."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Sequence[str] | None) -> dict[uuids.UUID, str]:
        seen: dict[uuids.UUID, str] = {}
        try:
            for text in (value or ())[: BULK_LIMIT + 1]:
                uuid, visibility = text.split(":")
                seen[uuids.UUID(uuid)] = visibility
        except (ValueError, AttributeError, TypeError) as broken:
            raise forms.ValidationError(
                "หน้านี้ส่งข้อมูลไม่ครบถ้วน โปรดเปิดหน้านี้อีกครั้งแล้วบันทึกใหม่"
            ) from broken
        return seen


def listed_uuids(form: forms.Form, name: str) -> list[str]:
    """What such a field of the form holds as it was sent, right or wrong; of a fresh form, what it begins with."""
    values = form[name].value() or []
    return [str(value) for value in values]


class VisibilityForm(FormLayout, forms.Form):
    """Show or hide one comment or several. `save` takes the rows the view has fetched."""

    comment = UUIDListField(required=False)
    seen_visibility = SeenVisibilitiesField(required=False)
    visibility = forms.ChoiceField(
        label="แสดงหรือซ่อน",
        choices=[(Visibility.SHOWN, "แสดง"), (Visibility.HIDDEN, "ซ่อน")],
        error_messages={
            "required": "โปรดเลือกว่าจะแสดงหรือซ่อน",
            "invalid_choice": "โปรดเลือกว่าจะแสดงหรือซ่อน",
        },
    )
    reason = ThaiTextField(
        label="เหตุผลที่ซ่อน",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        required=False,
    )
    dense = True
    hints = {"reason": "ผู้เสนอและผู้อ่านเห็นเหตุผลนี้ ความคิดเห็นนี้ยังนับรวมและจะได้รับคำตอบ"}

    def clean(self) -> dict[str, Any]:
        super().clean()
        hides = self.cleaned_data.get("visibility") == Visibility.HIDDEN
        if hides and not self.cleaned_data.get("reason"):
            self.add_error("reason", "โปรดระบุเหตุผลที่ซ่อน ผู้เสนอและผู้อ่านจะเห็นเหตุผลนี้")
        return self.cleaned_data

    def save(self, comments: Sequence[Comment], *, by: User) -> list[Moderation]:
        """Raises ModerationOvertaken where the page showed a comment otherwise than it is now."""
        seen = self.cleaned_data["seen_visibility"]
        based_on = {}
        for comment in comments:
            if comment.uuid in seen:
                based_on[comment.pk] = seen[comment.uuid]
        if self.cleaned_data["visibility"] == Visibility.SHOWN:
            return show_comments(comments, by=by, based_on=based_on)
        return hide_comments(
            comments, by=by, reason=self.cleaned_data["reason"], based_on=based_on
        )


class ChosenCommentsForm(FormLayout, forms.Form):
    """The comments that are ticked in the queue, or (`whole`) all that its filters leave."""

    comment = UUIDListField(required=False)
    whole = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        is_whole = self.cleaned_data.get("whole")
        if (
            not is_whole
            and "comment" in self.cleaned_data
            and not self.cleaned_data["comment"]
        ):
            self.add_error("comment", "โปรดเลือกความคิดเห็นอย่างน้อยหนึ่งเรื่อง")
        return self.cleaned_data


class BulkVisibilityForm(ChosenCommentsForm, VisibilityForm):
    pass


ISSUE_CHOICES = [
    (meaning.value, f"{meaning.word}: {meaning.sense}") for meaning in MEANINGS
]


class ReclassForm(FormLayout, forms.Form):
    dense = True
    issue_class = forms.ChoiceField(
        label="ประเด็นใหม่",
        choices=[(NO_CLASS, "ไม่ระบุประเด็น"), *ISSUE_CHOICES],
        error_messages={
            "required": "โปรดเลือกประเด็น",
            "invalid_choice": "โปรดเลือกประเด็นจากรายการ",
        },
    )
    reason = ThaiTextField(
        label="เหตุผลที่เปลี่ยน",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        error_messages={"required": "โปรดระบุเหตุผลที่เปลี่ยนประเด็น"},
    )
    # The class that the page showed
    seen_class = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, comment: Comment, **options: Any) -> None:
        current = comment.issue_class or NO_CLASS
        super().__init__(
            data, initial={"issue_class": current, "seen_class": current}, **options
        )
        self.comment = comment

    def save(self, *, by: User) -> Reclassing:
        chosen = self.cleaned_data["issue_class"]
        issue_class = None if chosen == NO_CLASS else chosen
        seen = self.cleaned_data["seen_class"] or None
        return reclass_comment(
            self.comment,
            issue_class,
            by=by,
            reason=self.cleaned_data["reason"],
            was="" if seen == NO_CLASS else seen,
        )

    def rest_on_current(self) -> None:
        """A refusal has told what another did: who sends the form again has seen it."""
        self.comment.refresh_from_db(fields=["issue_class"])
        sent: Any = self.data
        data = sent.copy()
        data["seen_class"] = self.comment.issue_class or NO_CLASS
        self.data = data


class OutcomeForm(FormLayout, forms.Form):
    """A form in which one of the outcomes is chosen."""

    def give_key_to_acceptance(self) -> None:
        """The key A takes "accepted": where no proposal stands that it could adopt."""
        widget = self.fields["outcome"].widget
        if isinstance(widget, PickRadio):
            widget.key_value = Disposition.Outcome.ACCEPTED


class RecommendationForm(OutcomeForm):
    marked_optional = ("reason",)

    outcome = forms.ChoiceField(
        label="ผลที่เสนอ",
        choices=OUTCOMES,
        widget=PickRadio,
        error_messages={
            "required": "โปรดเลือกผลที่เสนอ",
            "invalid_choice": "โปรดเลือกผลที่เสนอ",
        },
    )
    reason = ThaiTextField(
        label="เหตุผล",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # The id of the latest recommendation on the page, 0 for none; empty where the page did not say
    seen_recommendation = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, comment: Comment, **options: Any) -> None:
        super().__init__(
            data, initial={"seen_recommendation": _latest_advice(comment)}, **options
        )
        self.comment = comment

    def save(self, *, by: User) -> Recommendation:
        data = self.cleaned_data
        return recommend_outcome(
            self.comment,
            data["outcome"],
            by=by,
            reason=data["reason"],
            based_on=data["seen_recommendation"],
        )

    def rest_on_current(self) -> None:
        """As ReclassForm: the refusal has told the advice of another."""
        sent: Any = self.data
        data = sent.copy()
        data["seen_recommendation"] = str(_latest_advice(self.comment))
        self.data = data


def _latest_advice(comment: Comment) -> int:
    latest = Recommendation.objects.by_facilitators().filter(comment=comment)
    latest = latest.order_by("-pk")
    return latest.values_list("pk", flat=True).first() or 0
