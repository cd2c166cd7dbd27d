"""What a list of comments is narrowed to."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from hearing_portal.directory.models import AreaOffice
from hearing_portal.web.form_rendering import FilterForm
from hearing_portal.web.forms import offer_choices

from ...issue_classes import ISSUE_CHOICES, NO_CLASS
from ...models import Comment
from ...results import Result, with_result
from ...tallies import NO_OFFICE

WHOLE_MANUAL = "manual"  # of comments on the manual itself, in no section


class CommentFilterForm(FilterForm):
    """What any list of comments can be narrowed to; wrong choices narrow nothing."""

    field_template = "comments/commenting/filter_field.html"
    type = forms.ChoiceField(
        label="ประเภท",
        required=False,
        choices=[("", "ทุกประเภท"), *Comment.Type.choices],
    )
    issue = forms.ChoiceField(
        label="ประเด็น",
        required=False,
        choices=[
            ("", "ทุกประเด็น"),
            (NO_CLASS, "ไม่ระบุประเด็น"),
            *ISSUE_CHOICES,
        ],
    )


class GroupCommentsFilter(CommentFilterForm):
    """What the comments on a group's manual are narrowed to."""

    office = forms.ChoiceField(
        label="สพท.",
        required=False,
        choices=[
            ("", "สพป. และ สพม."),
            (AreaOffice.Kind.PRIMARY, "สพป."),
            (AreaOffice.Kind.SECONDARY, "สพม."),
            (NO_OFFICE, "ผู้ทรงคุณวุฒิและส่วนกลาง"),
        ],
    )
    result = forms.ChoiceField(
        label="ผล",
        required=False,
        choices=[("", "ทุกผล"), *Result.choices],
    )
    process = forms.ChoiceField(label="กระบวนงาน", required=False)

    def __init__(self, data: Any, *, processes: Sequence[tuple[str, str]]) -> None:
        """`processes` are (section, its number and title)."""
        super().__init__(data, auto_id=False)
        choices = [("", "ทุกกระบวนงาน"), (WHOLE_MANUAL, "คู่มือทั้งเล่ม"), *processes]
        offer_choices(self, "process", choices)

    def chosen(self) -> dict[str, str]:
        """{name: value} of the filters that are set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(
        self, comments: QuerySet[Comment], *, sees_decisions: bool
    ) -> QuerySet[Comment]:
        """The comments that the filters leave; by result as `result_of` tells it to this reader."""
        chosen = self.chosen()
        if "type" in chosen:
            comments = comments.filter(type=chosen["type"])
        if "issue" in chosen:
            issue = None if chosen["issue"] == NO_CLASS else chosen["issue"]
            comments = comments.filter(issue_class=issue)
        if "office" in chosen:
            kind = None if chosen["office"] == NO_OFFICE else chosen["office"]
            comments = comments.filter(office_kind=kind)
        if "result" in chosen:
            comments = with_result(
                comments, chosen["result"], sees_decisions=sees_decisions
            )
        if chosen.get("process") == WHOLE_MANUAL:
            comments = comments.filter(entry__section__isnull=True)
        elif "process" in chosen:
            comments = comments.filter(entry__section=int(chosen["process"]))
        return comments
