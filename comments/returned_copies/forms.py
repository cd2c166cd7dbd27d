"""Forms of taking in what offices sent back: the files, then whose each of them is."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User
from hearing_portal.thai.dates import be_datetime
from hearing_portal.thai.sentences import joined
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, choose_among
from manuals.importing.forms import SeveralFilesField, SeveralFilesInput

from ..limits import SHORT_REASON_LIMIT
from ..models import HearingSession
from ..speakers.forms import OfficeField
from ..speakers.queries import roles_of_speakers
from .answered_types import needs_type
from .choices import AS_READ, load_choices
from .reading import ReadCopy, TakenBefore

MEGABYTE = 1024 * 1024
MAX_FILES = 60
MAX_BYTES = 40 * MEGABYTE


class CopiesForm(forms.Form):
    """The files, as (name, bytes)."""

    sent = SeveralFilesField(
        label="ไฟล์ที่ สพท. ส่งคืน",
        help_text="ไฟล์ .docx หรือแบบตารางคำนวณ .xlsx เลือกได้หลายไฟล์พร้อมกัน "
        f"ไม่เกิน {MAX_FILES} ไฟล์ รวมไม่เกิน {MAX_BYTES // MEGABYTE} MB",
        allow_empty_file=True,
        widget=SeveralFilesInput(attrs={"accept": ".docx,.xlsx"}),
        error_messages={
            "required": "โปรดเลือกไฟล์",
            "missing": "โปรดเลือกไฟล์",
            "invalid": "โปรดเลือกไฟล์",
        },
    )

    def clean_sent(self) -> list[tuple[str, bytes]]:
        uploads = self.cleaned_data["sent"]
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(
                f"เลือกได้ครั้งละไม่เกิน {MAX_FILES} ไฟล์ โปรดแบ่งส่งเป็นหลายครั้ง"
            )
        if sum(upload.size for upload in uploads) > MAX_BYTES:
            raise forms.ValidationError(
                f"ไฟล์ทั้งหมดรวมกันเกิน {MAX_BYTES // MEGABYTE} MB โปรดแบ่งส่งเป็นหลายครั้ง"
            )
        return [(upload.name, upload.read()) for upload in uploads]


def _tell_alike(
    copies: Sequence[ReadCopy], waiting: Sequence[int], taken_in: TakenBefore
) -> dict[int, str]:
    """{place of a file: which one says the same}: one that was taken in before, or that stands before it here."""
    told = {}
    names: dict[str, str] = {}  # {what is said: the first file that says it}
    for number in waiting:
        content = copies[number].content_sha
        if not content:
            continue
        taken = taken_in.alike.get(content)
        if taken is not None:
            office = joined("ในนาม", taken.office.short_name)
            told[number] = (
                f"ไฟล์ {taken.name} ซึ่งนำเข้าแล้วเมื่อ {be_datetime(taken.at)} {office}"
            )
        elif content in names:
            told[number] = f"ไฟล์ {names[content]} ที่ส่งพร้อมกัน"
        names.setdefault(content, copies[number].name)
    return told


class ChosenCopy(NamedTuple):
    """A file that is to be taken in, by its place among those that were read, and whose it is."""

    number: int
    office: AreaOffice
    delegate: User | None


class ConfirmCopiesForm(FormLayout, forms.Form):
    """For each file that can be taken in: whether it is, its office and its delegate; once a reason where it is late.
    What a file says of names is offered, and chosen by who uploaded it."""

    reason = ThaiTextField(
        label="เหตุผลที่นำเข้าหลังปิดรับความคิดเห็น",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        error_messages={"required": "เวทีปิดรับความคิดเห็นแล้ว โปรดระบุเหตุผล"},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        session: HearingSession,
        copies: Sequence[ReadCopy],
        waiting: Sequence[int],
        taken_in: TakenBefore,
    ) -> None:
        super().__init__(data)
        self.session = session
        self.copies = copies
        self.numbers = list(waiting)
        self.alike = _tell_alike(copies, waiting, taken_in)
        if session.is_open:
            self.fields.pop("reason")
        self.offices = list(AreaOffice.objects.valid_on(timezone.localdate()))
        self.roles = list(roles_of_speakers(session.work_group))
        for number in self.numbers:
            copy = copies[number]
            office = self._office_in(copy)
            role = self._role_in(copy, office)
            self.fields[f"take-{number}"] = forms.BooleanField(
                label="นำเข้าไฟล์นี้",
                required=False,
                initial=number not in self.alike,
            )
            self.fields[f"office-{number}"] = OfficeField(
                label="สพท. เจ้าของไฟล์",
                required=False,
                widget=forms.TextInput(
                    attrs={"list": "offices", "autocomplete": "off"}
                ),
                initial=office.short_name if office else "",
            )
            self.fields[f"delegate-{number}"] = forms.CharField(
                label="ผู้แทน",
                max_length=200,
                required=False,
                widget=forms.TextInput(
                    attrs={"list": "delegates", "autocomplete": "off"}
                ),
                initial=role.user.get_full_name() if role else "",
            )
            choose_among(
                self,
                f"office-{number}",
                AreaOffice.objects.valid_on(timezone.localdate()),
            )

        self.marked_optional = tuple(f"delegate-{number}" for number in self.numbers)

    @property
    def delegates(self) -> list[str]:
        """For the list to choose from."""
        return sorted({role.user.get_full_name() for role in self.roles})

    def _office_in(self, copy: ReadCopy) -> AreaOffice | None:
        """The office that the form or the file's name tells."""
        told = " ".join([*copy.returned.person[:1], copy.name])
        squeezed = "".join(told.split())
        found = None
        for office in self.offices:
            name = "".join(office.short_name.split())
            # The longest: เขต 1 begins เขต 10
            if name in squeezed and (
                found is None or len(office.short_name) > len(found.short_name)
            ):
                found = office
        return found

    def _role_in(
        self, copy: ReadCopy, office: AreaOffice | None
    ) -> RoleAssignment | None:
        told = {" ".join(each.split()) for each in copy.returned.person[1:2]}
        told.update(copy.returned.authors[:1])
        for role in self.roles:
            if role.office == office and role.user.get_full_name() in told:
                return role
        return None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = []
        for number in self.numbers:
            if not data.get(f"take-{number}"):
                continue
            self._require_types(number)
            office = data.get(f"office-{number}")
            if office is None:
                if f"office-{number}" not in self.errors:
                    name = self.copies[number].name
                    self.add_error(
                        f"office-{number}", f"โปรดเลือก สพท. เจ้าของไฟล์ {name}"
                    )
                continue
            name = " ".join(data.get(f"delegate-{number}", "").split())
            delegate = None
            if name:
                delegate = self._delegate_named(name, office)
                if delegate is None:
                    self.add_error(
                        f"delegate-{number}",
                        joined("ไม่พบผู้แทนชื่อนี้ของ", office.short_name, "ในกลุ่มงานนี้")
                        + f" (ไฟล์ {self.copies[number].name}) เว้นว่างได้หากไม่มีบัญชี",
                    )
            chosen.append(ChosenCopy(number, office, delegate))
        if not chosen and not self.errors:
            raise forms.ValidationError("โปรดเลือกไฟล์ที่จะนำเข้าอย่างน้อยหนึ่งไฟล์")
        self.chosen = chosen
        return data

    def _count_without_type(self, copy: ReadCopy) -> int:
        chosen = load_choices(copy.upload)
        count = 0
        for place, item in enumerate(copy.returned.items):
            choice = chosen.get(place, AS_READ)
            is_unplaced = choice.entry_of(item) is None
            is_decided = choice.is_left_out or choice.type or is_unplaced
            count += needs_type(item) and not is_decided
        return count

    def _require_types(self, number: int) -> None:
        copy = self.copies[number]
        count = self._count_without_type(copy)
        if count:
            self.add_error(
                f"take-{number}",
                f"ยังไม่ทราบประเภท {count} เรื่อง (ไฟล์ {copy.name}) "
                "โปรดเลือกประเภทหรือเว้นไว้ใน “เลือกทีละเรื่อง” ก่อนนำเข้า",
            )

    def _delegate_named(self, name: str, office: AreaOffice) -> User | None:
        """Only one who may speak for the office: nobody is put a word into their mouth. Of two of one name neither."""
        found = {
            role.user
            for role in self.roles
            if role.office == office and role.user.get_full_name() == name
        }
        return found.pop() if len(found) == 1 else None
