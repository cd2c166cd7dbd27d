"""What was said in the room or stands on a paper form, typed in for somebody else."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.web.form_rendering import PickRadio
from hearing_portal.web.forms import choose_among

from ..commenting.forms.comment_form import CommentForm
from ..models import Comment
from ..tallies import NO_OFFICE
from .queries import find_speakers, roles_of_advisers, roles_of_speakers

if TYPE_CHECKING:
    OfficeChoices = forms.ModelChoiceField[AreaOffice]
else:
    OfficeChoices = forms.ModelChoiceField  # generic for type checkers alone


class OfficeField(OfficeChoices):
    """An office chosen from the list, known by its short name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=AreaOffice.objects.none(), to_field_name="short_name", **options
        )

    def prepare_value(self, value: object) -> object:
        if isinstance(value, AreaOffice):
            return value.short_name
        return value

    def to_python(self, value: object) -> AreaOffice | None:
        typed = " ".join(str(value or "").split())
        if typed in ("", NO_OFFICE):
            return None
        found = None
        if "\x00" not in typed and self.queryset is not None:
            is_meant = Q(short_name=typed) | Q(name=typed) | Q(key=typed)
            found = self.queryset.filter(is_meant).first()
        if found is None:
            raise forms.ValidationError(
                "ไม่พบ สพท. นี้ โปรดเลือกจากรายการ เช่น สพป.ลำปาง เขต 1"
            )
        return found


class SpeakerForm(CommentForm):
    """A comment typed in for a speaker or from a paper form: the same questions, and whose words they are: those of an
    office, or of an expert or somebody of the central bureau, who then is named."""

    # None only where somebody speaks for no office
    office = OfficeField(label="สพท. ของผู้แทน", required=False)
    channel = forms.ChoiceField(
        label="ที่มา",
        choices=[
            (Comment.Channel.ROOM, Comment.Channel.ROOM.label),
            (Comment.Channel.PAPER, Comment.Channel.PAPER.label),
        ],
        initial=Comment.Channel.ROOM,
        widget=PickRadio,
        error_messages={
            "required": "โปรดเลือกที่มา",
            "invalid_choice": "โปรดเลือกที่มาจากรายการ",
        },
    )
    speaker = forms.CharField(
        label="ผู้แทน",
        max_length=60,
        required=False,
        widget=forms.Select,
        help_text="หากผู้แทนมีบัญชี จะเห็นเรื่องนี้ในความคิดเห็นของฉัน และติดตามผลได้",
    )
    who = forms.CharField(
        label="ค้นหา สพท. หรือผู้แทน",
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": "เช่น ลำปาง 1 หรือ สมศรี",
                "data-narrows": "id_office id_speaker",
            }
        ),
    )
    show = forms.BooleanField(
        label="แสดงทันที ผู้ดำเนินเวทีตรวจแล้ว",
        required=False,
        initial=True,
    )

    autofocus = "who"
    marked_optional = ("speaker",)
    shows_issue_examples = False

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["type"].label = "ผู้แทนมีความคิดเห็นอย่างไร"
        # The plain field: nothing is counted or kept on the device here
        self.fields["text"].template_name = None  # type: ignore[attr-defined]  # the stubs do not know it
        offices = AreaOffice.objects.valid_on(timezone.localdate())
        choose_among(self, "office", offices)
        self._narrow(list(offices))

    def _narrow(self, offices: Sequence[AreaOffice]) -> None:
        """Offer the offices and people found by what is typed into `who`; all where nobody is found, or nothing is
        typed. Who was chosen already stays on offer."""
        who = str(self._value_of("who") or "")
        group = self.about.manual.work_group
        found = find_speakers(offices, group, who)
        self.found_nobody = not found
        if self.found_nobody:
            found = find_speakers(offices, group)
        chosen = self._value_of("office")
        if len(found.offices) == 1 and not chosen:
            self.initial["office"] = found.offices[0]
        office_names = []
        for office in offices:
            if office in found.offices or office.short_name == chosen:
                office_names.append(office.short_name)
        people = {}
        for role in found.people:
            place = role.office or role.get_role_display()
            people[role.user.username] = f"{role.user.get_full_name()} ({place})"
        offered = [(name, name) for name in office_names]
        if chosen == NO_OFFICE or any(role.office is None for role in found.people):
            offered.append((NO_OFFICE, "ผู้ทรงคุณวุฒิหรือผู้แทนสำนักส่วนกลาง"))
        self._offer("office", "เลือก สพท.", offered)
        self._offer("speaker", "ไม่ทราบ หรือไม่มีบัญชี", list(people.items()))

    def _value_of(self, name: str) -> object:
        """What was typed or chosen so far. A bound field would keep its first value for good."""
        values = self.data if self.is_bound else self.initial
        return values.get(name)

    def _offer(self, name: str, nothing: str, choices: list[tuple[str, str]]) -> None:
        widget = self.fields[name].widget
        if not isinstance(widget, forms.Select):
            raise TypeError(f"{name} is no select")
        widget.choices = [("", nothing), *choices]

    def hides_label(self, name: str) -> bool:
        return False

    def clean_office(self) -> AreaOffice | None:
        office: AreaOffice | None = self.cleaned_data["office"]
        if office is None and self._value_of("office") != NO_OFFICE:
            raise forms.ValidationError("โปรดเลือก สพท. ของผู้แทน", code="required")
        return office

    def clean_speaker(self) -> User | None:
        """Only somebody who may speak for the office about this manual, or for none: nobody is put a word into their
        mouth."""
        username = self.cleaned_data["speaker"].strip()
        if "office" in self.cleaned_data and self.cleaned_data["office"] is None:
            return self._find_adviser(username)
        if not username:
            return None
        refusal = forms.ValidationError(
            "ไม่พบผู้แทนชื่อผู้ใช้นี้ของ สพท. ที่เลือกในกลุ่มงานนี้ เว้นว่างได้หากไม่ทราบ"
        )
        office = self.cleaned_data.get("office")
        if office is None:
            raise refusal
        group = self.about.manual.work_group
        roles = roles_of_speakers(group).filter(office=office)
        role = roles.filter(user__username=username).first()
        if role is None:
            raise refusal
        speaker: User = role.user
        return speaker

    def _find_adviser(self, username: str) -> User:
        roles = roles_of_advisers(self.about.manual.work_group)
        role = roles.filter(user__username=username).first()
        if role is None:
            raise forms.ValidationError(
                "โปรดเลือกชื่อผู้ทรงคุณวุฒิหรือผู้แทนสำนักส่วนกลางของกลุ่มงานนี้ หรือเลือก สพท. ของผู้แทน"
            )
        adviser: User = role.user
        return adviser
