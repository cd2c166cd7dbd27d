"""Forms of the facilitator: show and hide, another class, advice, a session's state, what a speaker said."""

import uuid as uuids
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User
from hearing_portal.forms import ThaiTextField
from manuals.models import EditionEntry

from ..issue_classes import MEANINGS
from ..models import Comment, Disposition, Moderation, Reclassing, Recommendation, SessionState
from ..services.moderation import hide_comments, reclass_comment, recommend_outcome, show_comments
from .commenting import CommentForm

REASON_LIMIT = 500  # code points, as the column is wide
BULK_LIMIT = 200
NO_CLASS = "none"
# What people may decide or advise; taking back is the author's own act
OUTCOMES = [choice for choice in Disposition.Outcome.choices if choice[0] != Disposition.Outcome.WITHDRAWN]


class UUIDListField(forms.Field):
    """Several uuids under one name, each once, in the order sent."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, max_items: int = BULK_LIMIT, **options: Any) -> None:
        super().__init__(**options)
        self.max_items = max_items

    def to_python(self, value: Sequence[str] | None) -> list[uuids.UUID]:
        try:
            found = list(dict.fromkeys(uuids.UUID(text) for text in value or ()))
        except (ValueError, AttributeError, TypeError) as broken:
            raise forms.ValidationError("รายการที่เลือกใช้ไม่ได้ โปรดเปิดหน้าใหม่แล้วเลือกอีกครั้ง") from broken
        if len(found) > self.max_items:
            raise forms.ValidationError(f"เลือกได้ครั้งละไม่เกิน {self.max_items} เรื่อง")
        return found


class VisibilityForm(forms.Form):
    """Show or hide one comment or several. `save` takes the rows the view has fetched."""

    comment = UUIDListField(required=False)
    visibility = forms.ChoiceField(
        label="แสดงหรือซ่อน",
        choices=[(Moderation.Visibility.SHOWN, "แสดง"), (Moderation.Visibility.HIDDEN, "ซ่อน")],
        error_messages={"required": "โปรดเลือกว่าจะแสดงหรือซ่อน", "invalid_choice": "โปรดเลือกว่าจะแสดงหรือซ่อน"},
    )
    reason = ThaiTextField(label="เหตุผลที่ซ่อน", max_length=REASON_LIMIT, multiline=False, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("visibility") == Moderation.Visibility.HIDDEN and not cleaned.get("reason"):
            self.add_error("reason", "โปรดบอกเหตุผลที่ซ่อน ผู้เสนอและผู้อ่านจะเห็นเหตุผลนี้")
        return cleaned

    def save(self, comments: Sequence[Comment], *, by: User) -> list[Moderation]:
        if self.cleaned_data["visibility"] == Moderation.Visibility.SHOWN:
            return show_comments(comments, by=by)
        return hide_comments(comments, by=by, reason=self.cleaned_data["reason"])


class BulkVisibilityForm(VisibilityForm):
    comment = UUIDListField(error_messages={"required": "โปรดเลือกความเห็นอย่างน้อยหนึ่งเรื่อง"})


class ReclassForm(forms.Form):
    issue_class = forms.ChoiceField(
        label="ประเด็นใหม่",
        choices=[(NO_CLASS, "ไม่ระบุประเด็น"), *((m.value, f"{m.word}: {m.sense}") for m in MEANINGS)],
        error_messages={"required": "โปรดเลือกประเด็น", "invalid_choice": "โปรดเลือกประเด็นจากรายการ"},
    )
    reason = ThaiTextField(
        label="เหตุผลที่เปลี่ยน",
        max_length=REASON_LIMIT,
        multiline=False,
        error_messages={"required": "โปรดบอกเหตุผลที่เปลี่ยนประเด็น"},
    )

    def __init__(self, data: Any = None, *, comment: Comment, **options: Any) -> None:
        options.setdefault("initial", {"issue_class": comment.issue_class or NO_CLASS})
        super().__init__(data, **options)
        self.comment = comment

    def save(self, *, by: User) -> Reclassing:
        chosen = self.cleaned_data["issue_class"]
        issue_class = None if chosen == NO_CLASS else chosen
        return reclass_comment(self.comment, issue_class, by=by, reason=self.cleaned_data["reason"])


class RecommendationForm(forms.Form):
    outcome = forms.ChoiceField(
        label="ผลที่เสนอ",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกผลที่เสนอ", "invalid_choice": "โปรดเลือกผลที่เสนอ"},
    )
    reason = ThaiTextField(label="เหตุผล", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def save(self, comment: Comment, *, by: User) -> Recommendation:
        data = self.cleaned_data
        return recommend_outcome(comment, data["outcome"], by=by, reason=data["reason"])


class SessionStateForm(forms.Form):
    state = forms.ChoiceField(
        choices=SessionState.State.choices,
        error_messages={"required": "โปรดเลือกสถานะของเวที", "invalid_choice": "โปรดเลือกสถานะของเวที"},
    )
    reason = ThaiTextField(
        label="เหตุผลหรือหมายเหตุ",
        max_length=REASON_LIMIT,
        multiline=False,
        required=False,
        help_text="ผู้แทนจะเห็นข้อความนี้เมื่อเวทีพักหรือปิด",
    )


class DiscussionForm(forms.Form):
    """The entry to be discussed; empty ends the discussion."""

    entry = forms.ModelChoiceField(
        queryset=EditionEntry.objects.none(),
        required=False,
        error_messages={"invalid_choice": "ไม่พบข้อนี้ในฉบับที่เวทีใช้ โปรดเลือกใหม่"},
    )

    def __init__(self, data: Any = None, *, entries: QuerySet[EditionEntry], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["entry"].queryset = entries.select_related("manual")


class OfficeChoice(forms.ModelChoiceField):
    """An office chosen from the list or typed by its short name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"list": "offices", "autocomplete": "off"}))
        super().__init__(to_field_name="short_name", **options)

    def prepare_value(self, value: Any) -> Any:
        return value.short_name if isinstance(value, AreaOffice) else value

    def to_python(self, value: Any) -> AreaOffice | None:
        typed = " ".join(str(value or "").split())
        if not typed:
            return None
        found = None
        if "\x00" not in typed:
            found = self.queryset.filter(Q(short_name=typed) | Q(name=typed) | Q(key=typed)).first()
        if found is None:
            raise forms.ValidationError("ไม่พบ สพท. นี้ โปรดเลือกจากรายการ เช่น สพป.ลำปาง เขต 1")
        return found


class SpeakerForm(CommentForm):
    """A comment typed in for a speaker or from a paper form: the same questions, and whose words they are."""

    office = OfficeChoice(
        label="สพท. ของผู้พูด",
        queryset=AreaOffice.objects.none(),
        error_messages={"required": "โปรดเลือก สพท. ของผู้พูด"},
    )
    channel = forms.ChoiceField(
        label="ที่มา",
        choices=[
            (Comment.Channel.ROOM, Comment.Channel.ROOM.label),
            (Comment.Channel.PAPER, Comment.Channel.PAPER.label),
        ],
        initial=Comment.Channel.ROOM,
        widget=forms.RadioSelect,
        error_messages={"required": "โปรดเลือกที่มา", "invalid_choice": "โปรดเลือกที่มาจากรายการ"},
    )
    speaker = forms.CharField(
        label="ชื่อผู้ใช้ของผู้พูด",
        max_length=60,
        required=False,
        help_text="ถ้าผู้พูดมีบัญชี จะเห็นเรื่องนี้ในความเห็นของฉัน และโต้แย้งผลได้",
    )
    show = forms.BooleanField(label="แสดงทันที ผู้ดำเนินเวทีตรวจแล้ว", required=False, initial=True)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["office"].queryset = AreaOffice.objects.valid_on(timezone.localdate())

    def clean_speaker(self) -> User | None:
        """Only somebody who may speak for the office about this manual: nobody is put a word into their mouth."""
        username = self.cleaned_data["speaker"].strip()
        if not username:
            return None
        office = self.cleaned_data.get("office")
        delegate = Q(role=RoleAssignment.Role.DELEGATE, work_group=self.about.manual.work_group, office=office)
        head = Q(role=RoleAssignment.Role.OFFICE_HEAD, office=office)
        held = RoleAssignment.objects.now().filter(delegate | head, user__username=username, user__is_active=True)
        row = held.select_related("user").first() if office else None
        if row is None:
            raise forms.ValidationError("ไม่พบผู้แทนชื่อผู้ใช้นี้ของ สพท. ที่เลือกในกลุ่มงานนี้ เว้นว่างได้ถ้าไม่ทราบ")
        return row.user


class PlacingForm(forms.Form):
    """Where an unplaced comment belongs in the later edition; "gone" says that its place is no longer there."""

    GONE = "gone"
    resolution = forms.IntegerField(widget=forms.HiddenInput)
    entry = forms.CharField(
        label="ที่ในฉบับใหม่", max_length=20, error_messages={"required": "โปรดเลือกข้อ หรือเลือกว่าไม่มีที่ในฉบับนี้แล้ว"}
    )

    def __init__(self, data: Any = None, *, entries: QuerySet[EditionEntry], **options: Any) -> None:
        super().__init__(data, **options)
        self.entries = entries

    def clean_entry(self) -> EditionEntry | None:
        value = self.cleaned_data["entry"]
        if value == self.GONE:
            return None
        found = self.entries.filter(pk=value).first() if value.isascii() and value.isdigit() else None
        if found is None:
            raise forms.ValidationError("ไม่พบข้อนี้ในฉบับใหม่ โปรดเลือกใหม่")
        return found
