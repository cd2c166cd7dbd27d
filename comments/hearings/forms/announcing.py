"""What is announced: the hearing, its documents, a session."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.web.date_fields import BeDateField, ClockField, split_moment
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import DaysField, ThaiTextField, choose_among
from manuals.models import Edition

from ...limits import DOCUMENT_MEGABYTES, LONGEST_OBJECTION_TIME, SHORT_REASON_LIMIT
from ...models import Hearing, HearingDocument, HearingSession
from ..queries import editions_free_for, find_closing_ahead
from ..refusals import DaysTaken, DocumentRefused, HearingRefused, SessionRefused
from ..services.announcing import (
    SETTLED_FIELDS,
    WITHOUT_REASON_OF_DAY,
    WITHOUT_REASON_OF_TIME,
    change_hearing,
    change_session,
    create_hearing,
    create_session,
    has_begun,
)
from ..services.documents import add_document
from .session_times import (
    SHARED_ROOM_LABEL,
    check_times,
    explain_ended,
    explain_shared_rooms,
    read_times,
)

# Of a session, what may bring it into a room at a time at which another group sits there
WHERE_AND_WHEN = {
    *("kind", "work_group", "venue"),
    *("opens_day", "opens_clock", "closes_day", "closes_clock"),
}

LONGEST_AGO = timedelta(
    days=366
)  # that a hearing announced now may have begun; what is longer ago is a year mistyped
FARTHEST_AHEAD = timedelta(days=3 * 366)  # the same at the other end
LAST_DAY_IS_PAST = (
    "วันสิ้นสุดผ่านไปแล้ว จึงรับความคิดเห็นไม่ได้ โปรดเลือกวันนี้หรือวันหลังจากนี้ "
    "หากต้องการให้สิ้นสุดก่อนกำหนด โปรดเลือกวันนี้ แล้วปิดทุกเวที"
)
FAR_AHEAD = "วันดังกล่าวอยู่ถัดจากวันนี้เกิน 3 ปี โปรดตรวจปี พ.ศ. ที่กรอก"
BEGAN_LONG_AGO = "วันเริ่มต้นผ่านมาเกินหนึ่งปีแล้ว โปรดตรวจปี พ.ศ. ที่กรอก"


class HearingForm(FormLayout, forms.Form):
    """The announced facts. Without a hearing (`hearing` None) the form makes a new one."""

    title = ThaiTextField(
        label="ชื่อการประชาพิจารณ์",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อ"},
    )
    opens_on = BeDateField(label="วันเริ่มต้น")
    closes_on = BeDateField(label="วันสิ้นสุด")
    reason = ThaiTextField(
        label="เหตุผลที่เปลี่ยนวันสิ้นสุด",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        required=False,
        error_messages={"required": WITHOUT_REASON_OF_DAY},
        help_text="ต้องกรอกเมื่อเปลี่ยนวันสิ้นสุด ผู้แทนจะเห็นข้อความนี้",
    )
    moves_sessions = forms.BooleanField(
        label="ให้เวทีปิดตามวันสิ้นสุดใหม่",
        required=False,
        initial=True,
        help_text="เวทีที่กำหนดปิดในวันสิ้นสุดเดิม หรือหลังวันสิ้นสุดใหม่ จะปิดในวันสิ้นสุดใหม่ เวลาปิดของแต่ละเวทีคงเดิม หากไม่เลือก เวทีปิดในวันเดิม",
    )
    venue = ThaiTextField(
        label="สถานที่",
        max_length=300,
        multiline=False,
        required=False,
    )
    chairperson = ThaiTextField(
        label="ประธานการประชาพิจารณ์",
        max_length=200,
        multiline=False,
        required=False,
    )
    organiser = ThaiTextField(
        label="หน่วยงานผู้จัด",
        max_length=200,
        multiline=False,
        required=False,
    )
    speakers = ThaiTextField(
        label="วิทยากร",
        max_length=2000,
        required=False,
        help_text="บรรทัดละหนึ่งท่าน",
    )
    programme = ThaiTextField(
        label="กำหนดการ",
        max_length=10_000,
        required=False,
    )
    objection_days = DaysField(
        label="จำนวนวันที่ขอให้ทบทวนผลได้",
        most=LONGEST_OBJECTION_TIME,
        initial=14,
        help_text="นับจากวันที่เผยแพร่ผลการพิจารณา 0 คือการซ้อม ไม่เปิดให้ขอทบทวน และความคิดเห็นไม่นับในรายการตรวจสอบก่อนเผยแพร่ "
        "ผลที่เผยแพร่แล้วใช้กำหนดเดิม",
    )
    moderation = forms.ChoiceField(
        label="ความคิดเห็นในเวทีออนไลน์",
        choices=Hearing.Moderation.choices,
        widget=forms.RadioSelect,
        initial=Hearing.Moderation.SHOWN,
        help_text="ในห้องประชุมกลุ่ม ผู้ดำเนินเวทีตรวจก่อนแสดงเสมอ",
    )
    public = forms.BooleanField(
        label="ให้ประชาชนอ่านร่างที่รับฟังความคิดเห็นได้",
        required=False,
        help_text="เปิดให้อ่านฉบับที่ใช้ในเวทีโดยไม่ต้องเข้าสู่ระบบ การตั้งค่านี้ไม่ใช่การเผยแพร่ฉบับ "
        "การเผยแพร่ฉบับแก่ประชาชนทำที่หน้าเผยแพร่ฉบับ และความคิดเห็นยังไม่แสดงต่อประชาชนจนกว่าจะเผยแพร่ฉบับสมบูรณ์",
    )

    marked_optional = ("venue", "chairperson", "organiser", "speakers", "programme")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, hearing: Hearing | None
    ) -> None:
        initial = {}
        if hearing is not None:
            facts = self.base_fields.keys() - {"reason", "moves_sessions"}
            initial = {name: getattr(hearing, name) for name in facts}
        super().__init__(data, initial=initial)
        if hearing is None or not _has_first_day_come(hearing):
            del self.fields["reason"]
        if hearing is None or not find_closing_ahead(hearing).exists():
            del self.fields["moves_sessions"]
        _require_reason_of_change(self, "closes_on")
        self.hearing = hearing
        self.shares_days_with: Hearing | None = None  # why the days were refused

    def clean(self) -> dict[str, Any]:
        opens = self.cleaned_data.get("opens_on")
        closes = self.cleaned_data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "วันสิ้นสุดต้องไม่ก่อนวันเริ่มต้น โปรดแก้วันใดวันหนึ่ง")
        # Days that stand already stay: the facts of a hearing that has ended can be corrected
        today = timezone.localdate()
        if closes and closes < today and "closes_on" in self.changed_data:
            self.add_error("closes_on", LAST_DAY_IS_PAST)
        if opens and opens < today - LONGEST_AGO and "opens_on" in self.changed_data:
            self.add_error("opens_on", BEGAN_LONG_AGO)
        for name, day in (("opens_on", opens), ("closes_on", closes)):
            if day and day > today + FARTHEST_AHEAD and name in self.changed_data:
                self.add_error(name, FAR_AHEAD)
        return self.cleaned_data

    def save(self, *, by: User) -> Hearing | None:
        """None when it was refused: the form then says why."""
        try:
            if self.hearing is not None:
                return change_hearing(self.hearing, by=by, **self.cleaned_data)
            return create_hearing(by=by, **self.cleaned_data)
        except HearingRefused as refusal:
            if isinstance(refusal, DaysTaken):
                self.shares_days_with = refusal.other
            self.add_error(refusal.field, refusal.message_th)
            return None
        except (
            SessionRefused
        ) as refusal:  # one of the sessions that were to move with the last day
            self.add_error("moves_sessions", refusal.message_th)
            return None


def _has_first_day_come(hearing: Hearing) -> bool:
    """From then on another end needs a reason."""
    return hearing.opens_on <= timezone.localdate()


def _require_reason_of_change(form: forms.Form, *ends: str) -> None:
    """A form that came back with another end says that its reason is required, where there is one to give."""
    if "reason" in form.fields and set(ends) & set(form.changed_data):
        form.fields["reason"].required = True


class HearingDocumentForm(FormLayout, forms.Form):
    """A file to be read for the hearing, and what it is called."""

    title = ThaiTextField(
        label="ชื่อเอกสาร",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อเอกสาร"},
    )
    file = forms.FileField(
        label="ไฟล์",
        allow_empty_file=True,
        help_text=f"PDF, DOCX, XLSX, PNG หรือ JPEG ไม่เกิน {DOCUMENT_MEGABYTES} MB",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"}),
        error_messages={
            "required": "โปรดเลือกไฟล์",
            "missing": "โปรดเลือกไฟล์",
            "invalid": "โปรดเลือกไฟล์",
        },
    )

    def save(self, hearing: Hearing, *, by: User) -> HearingDocument | None:
        """None when the file was refused: the form then says why."""
        upload = self.cleaned_data["file"]
        try:
            return add_document(
                hearing,
                title=self.cleaned_data["title"],
                file=upload.file,
                size=upload.size,
                by=by,
            )
        except DocumentRefused as refusal:
            self.add_error(refusal.field, refusal.message_th)
            return None


class SessionForm(FormLayout, forms.Form):
    """A session of a hearing. What comments are about stays as it is once the session began."""

    kind = forms.ChoiceField(label="ประเภทเวที", choices=HearingSession.Kind.choices)
    work_group = forms.ModelChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.none(),
        to_field_name="key",
        required=False,
        empty_label="ที่ประชุมรวม ไม่แยกกลุ่ม",
    )
    edition = forms.ModelChoiceField(
        label="ฉบับที่รับฟัง",
        queryset=Edition.objects.none(),
        to_field_name="code",
        empty_label="เลือกฉบับ",
        error_messages={"required": "โปรดเลือกฉบับ"},
    )
    venue = ThaiTextField(
        label="ห้องหรือช่องทาง",
        max_length=200,
        multiline=False,
        required=False,
    )
    opens_day = BeDateField(label="เปิดวันที่", required=False)
    opens_clock = ClockField(label="เวลาเปิด", required=False)
    closes_day = BeDateField(label="ปิดวันที่", required=False)
    closes_clock = ClockField(label="เวลาปิด", required=False)
    reason = ThaiTextField(
        label="เหตุผลที่เปลี่ยนเวลาปิด",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        required=False,
        error_messages={"required": WITHOUT_REASON_OF_TIME},
        help_text="ต้องกรอกเมื่อเปลี่ยนหรือลบเวลาปิด ผู้แทนจะเห็นข้อความนี้",
    )

    # Stands on the page once another group sits in the room at the time
    shares_room = forms.BooleanField(label=SHARED_ROOM_LABEL, required=False)

    marked_optional = ("venue", "opens_day", "closes_day")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        hearing: Hearing,
        session: HearingSession | None = None,
    ) -> None:
        super().__init__(data, initial=_session_initial(session))
        self.hearing = hearing
        self.session = session
        self.is_settled = session is not None and has_begun(session)
        if session is None or not _has_first_day_come(hearing):
            del self.fields["reason"]
        groups = WorkGroup.objects.valid_on(timezone.localdate())
        if session is not None and session.work_group_id is not None:
            # The session's own group stays a choice when it is no longer valid
            groups = groups | WorkGroup.objects.filter(pk=session.work_group_id)
        choose_among(self, "work_group", groups)
        editions = Q(pk__in=editions_free_for(hearing))
        if session is not None:
            editions |= Q(pk=session.edition_id)
        choose_among(self, "edition", Edition.objects.sealed().filter(editions))
        for name in SETTLED_FIELDS:
            self.fields[name].disabled = self.is_settled
        _require_reason_of_change(self, "closes_day", "closes_clock")

    @property
    def page_title(self) -> str:
        if self.session is None:
            return "ตั้งเวที"
        return "แก้เวที"

    @property
    def save_label(self) -> str:
        if self.session is None:
            return "ตั้งเวที"
        return "บันทึก"

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("kind") == HearingSession.Kind.PLENARY:
            data["work_group"] = None
        elif not data.get("work_group") and "work_group" not in self.errors:
            self.add_error("work_group", "โปรดเลือกกลุ่มงานของเวทีนี้ เว้นว่างได้เฉพาะที่ประชุมรวม")
        if self.session is None and explain_ended(self.hearing):
            self.add_error(None, explain_ended(self.hearing))
        kept = []  # of the times, those that the session has already
        if self.session is not None:
            changed = set(self.changed_data)
            for end in ("opens", "closes"):
                if not changed & {f"{end}_day", f"{end}_clock"}:
                    kept.append(end)
        check_times(self, self.hearing, kept=kept)
        if set(self.changed_data) & WHERE_AND_WHEN and not data["shares_room"]:
            shared = explain_shared_rooms([self._planned_session()])
            if shared:
                self.add_error("shares_room", shared)
        return data

    def _planned_session(self) -> HearingSession:
        data = self.cleaned_data
        times = read_times(self)
        return HearingSession(
            pk=self.session.pk if self.session is not None else None,
            hearing=self.hearing,
            kind=data.get("kind", ""),
            work_group=data.get("work_group"),
            venue=data.get("venue", ""),
            opens_at=times.opens_at,
            closes_at=times.closes_at,
        )

    @property
    def asks_about_room(self) -> bool:
        """Whether the page has to ask if several groups share a room."""
        return bool(self["shares_room"].errors or self["shares_room"].value())

    def save(self, *, by: User) -> HearingSession | None:
        """None when the act was refused: the form then says why."""
        times = read_times(self)
        values = {
            "kind": self.cleaned_data["kind"],
            "work_group": self.cleaned_data["work_group"],
            "edition": self.cleaned_data["edition"],
            "venue": self.cleaned_data["venue"],
            "opens_at": times.opens_at,
            "closes_at": times.closes_at,
        }
        try:
            if self.session is not None:
                return change_session(
                    self.session,
                    by=by,
                    reason=self.cleaned_data.get("reason", ""),
                    **values,
                )
            return create_session(hearing=self.hearing, by=by, **values)
        except SessionRefused as refusal:
            self.add_error(refusal.field or None, refusal.message_th)
            return None


def _session_initial(session: HearingSession | None) -> dict[str, Any]:
    if session is None:
        return {}
    opens_day, opens_clock = split_moment(session.opens_at)
    closes_day, closes_clock = split_moment(session.closes_at)
    return {
        "kind": session.kind,
        "work_group": session.work_group,
        "edition": session.edition,
        "venue": session.venue,
        "opens_day": opens_day,
        "opens_clock": opens_clock,
        "closes_day": closes_day,
        "closes_clock": closes_clock,
    }
