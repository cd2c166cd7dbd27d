"""The forms under a comment: a reply to it, and the objection of its author to the answer."""

from collections.abc import Mapping

from django import forms

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

from ...limits import TEXT_LIMIT
from ...models import Comment
from ..comment_input import CommentInput
from .keyed import KeyedForm


class ReplyForm(KeyedForm):
    text = ThaiTextField(
        label="คำตอบของท่าน",
        max_length=TEXT_LIMIT,
        error_messages={"required": "โปรดเขียนคำตอบก่อนส่ง"},
    )

    @property
    def comment_input(self) -> CommentInput:
        """A reply is part of the talk: of the type that counts for and against nothing."""
        return CommentInput(type=Comment.Type.ASK, text=self.cleaned_data["text"])


class ObjectionForm(FormLayout, forms.Form):
    hints: Mapping[str, str] = {
        "text": "ขอให้ทบทวนได้ครั้งเดียว คณะทำงานจะพิจารณาอีกครั้งก่อนเผยแพร่ฉบับ"
    }

    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    text = ThaiTextField(
        label="เหตุผลที่ขอให้ทบทวน",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "โปรดระบุเหตุผลที่ขอให้ทบทวน"},
    )
