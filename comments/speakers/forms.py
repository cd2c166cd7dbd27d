"""What was said in the room or stands on a paper form, typed in for somebody else."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User
from hearing_portal.web.form_rendering import PickRadio
from hearing_portal.web.forms import choose_among

from ..commenting.forms.comment_form import CommentForm
from ..models import Comment

if TYPE_CHECKING:
    OfficeChoices = forms.ModelChoiceField[AreaOffice]
else:
    OfficeChoices = forms.ModelChoiceField  # generic for type checkers alone


class OfficeField(OfficeChoices):
    """An office chosen from the list or typed by its short name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"list": "offices", "autocomplete": "off"}))
        super().__init__(queryset=AreaOffice.objects.none(), to_field_name="short_name", **options)

    def prepare_value(self, value: object) -> object:
        if isinstance(value, AreaOffice):
            return value.short_name
        return value

    def to_python(self, value: object) -> AreaOffice | None:
        typed = " ".join(str(value or "").split())
        if not typed:
            return None
        found = None
        if "\x00" not in typed and self.queryset is not None:
            is_meant = Q(short_name=typed) | Q(name=typed) | Q(key=typed)
            found = self.queryset.filter(is_meant).first()
        if found is None:
            raise forms.ValidationError("ไม่พบ สพท. นี้ โปรดเลือกจากรายการ เช่น สพป.ลำปาง เขต 1")
        return found


class SpeakerForm(CommentForm):
    """A comment typed in for a speaker or from a paper form: the same questions, and whose words they are."""

    office = OfficeField(
        label="สพท. ของผู้พูด",
        error_messages={"required": "โปรดเลือก สพท. ของผู้พูด"},
    )
    channel = forms.ChoiceField(
        label="ที่มา",
        choices=[
            (Comment.Channel.ROOM, Comment.Channel.ROOM.label),
            (Comment.Channel.PAPER, Comment.Channel.PAPER.label),
        ],
        initial=Comment.Channel.ROOM,
        widget=PickRadio,
        error_messages={"required": "โปรดเลือกที่มา", "invalid_choice": "โปรดเลือกที่มาจากรายการ"},
    )
    speaker = forms.CharField(
        label="ชื่อผู้ใช้ของผู้พูด",
        max_length=60,
        required=False,
        help_text="ถ้าผู้พูดมีบัญชี จะเห็นเรื่องนี้ในความเห็นของฉัน และโต้แย้งผลได้",
    )
    show = forms.BooleanField(
        label="แสดงทันที ผู้ดำเนินเวทีตรวจแล้ว",
        required=False,
        initial=True,
    )

    autofocus = "office"
    marked_optional = ("speaker",)
    shows_issue_examples = False

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["type"].label = "ผู้พูดเห็นอย่างไร"
        # The plain field: nothing is counted or kept on the device here
        self.fields["text"].template_name = None  # type: ignore[attr-defined]  # the stubs do not know it
        self.offices = AreaOffice.objects.valid_on(timezone.localdate())
        choose_among(self, "office", self.offices)

    def is_dense(self, name: str) -> bool:
        return name == "speaker" or super().is_dense(name)

    def hides_label(self, name: str) -> bool:
        return False

    def clean_speaker(self) -> User | None:
        """Only somebody who may speak for the office about this manual: nobody is put a word into their mouth."""
        username = self.cleaned_data["speaker"].strip()
        if not username:
            return None
        refusal = forms.ValidationError("ไม่พบผู้แทนชื่อผู้ใช้นี้ของ สพท. ที่เลือกในกลุ่มงานนี้ เว้นว่างได้ถ้าไม่ทราบ")
        office = self.cleaned_data.get("office")
        if office is None:
            raise refusal
        group = self.about.manual.work_group
        delegate = Q(
            role=RoleAssignment.Role.DELEGATE,
            work_group=group,
            office=office,
        )
        head = Q(role=RoleAssignment.Role.OFFICE_HEAD, office=office)
        roles = RoleAssignment.objects.now().filter(delegate | head)
        role = roles.filter(user__username=username, user__is_active=True).select_related("user").first()
        if role is None:
            raise refusal
        speaker: User = role.user
        return speaker
