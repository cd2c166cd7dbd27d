"""Forms of the hearing desk: the hearing itself, and its sessions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.thai.dates import BE_OFFSET
from hearing_portal.web.date_fields import BeDateField, ClockField, joined_moment, split_moment
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, choose_among
from manuals.models import Edition, EditionEntry

from ..limits import SHORT_REASON_LIMIT
from ..models import Hearing, HearingSession, SessionState
from .refusals import SessionRefused
from .services.announcing import (
    SETTLED_FIELDS,
    change_hearing,
    change_session,
    create_hearing,
    create_session,
    has_begun,
)


class HearingForm(FormLayout, forms.Form):
    """The announced facts. Without a hearing (`hearing` None) the form makes the first one."""

    title = ThaiTextField(
        label="ชื่อการประชาพิจารณ์",
        max_length=200,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อ"},
    )
    opens_on = BeDateField(label="วันแรก")
    closes_on = BeDateField(label="วันสุดท้าย")
    venue = ThaiTextField(
        label="สถานที่",
        max_length=300,
        multiline=False,
        required=False,
    )
    programme = ThaiTextField(
        label="กำหนดการ",
        max_length=10_000,
        required=False,
    )
    moderation = forms.ChoiceField(
        label="ความเห็นในเวทีออนไลน์",
        choices=Hearing.Moderation.choices,
        widget=forms.RadioSelect,
        initial=Hearing.Moderation.SHOWN,
        help_text="ในห้องประชุมกลุ่ม ผู้ดำเนินเวทีตรวจก่อนแสดงเสมอ",
    )
    public = forms.BooleanField(
        label="ให้ประชาชนอ่านร่างที่รับฟังความเห็นได้",
        required=False,
        help_text="เปิดให้อ่านฉบับที่ใช้ในเวทีโดยไม่ต้องเข้าสู่ระบบ การตั้งค่านี้ไม่ได้ออกฉบับใด "
        "การออกฉบับให้ประชาชนทำที่หน้าออกฉบับ และความเห็นยังไม่แสดงต่อประชาชนจนกว่าจะออกฉบับสมบูรณ์",
    )

    marked_optional = ("venue", "programme")

    def __init__(self, data: Mapping[str, Any] | None = None, *, hearing: Hearing | None) -> None:
        initial = {}
        if hearing is not None:
            initial = {name: getattr(hearing, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        self.hearing = hearing

    def clean(self) -> dict[str, Any]:
        opens = self.cleaned_data.get("opens_on")
        closes = self.cleaned_data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "วันสุดท้ายมาก่อนวันแรก โปรดแก้วันใดวันหนึ่ง")
        return self.cleaned_data

    def save(self, *, by: User) -> Hearing:
        if self.hearing is not None:
            return change_hearing(self.hearing, by=by, **self.cleaned_data)
        year_be = self.cleaned_data["opens_on"].year + BE_OFFSET
        return create_hearing(by=by, key=find_free_key(year_be), **self.cleaned_data)


def find_free_key(year_be: int) -> str:
    """2565, or 2565-2 for a second hearing of the year. One query."""
    taken = set(Hearing.objects.values_list("key", flat=True))
    key = str(year_be)
    number = 1
    while key in taken:
        number += 1
        key = f"{year_be}-{number}"
    return key


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
        groups = WorkGroup.objects.valid_on(timezone.localdate())
        if session is not None and session.work_group_id is not None:
            # The session's own group stays a choice when it is no longer valid
            groups = groups | WorkGroup.objects.filter(pk=session.work_group_id)
        choose_among(self, "work_group", groups)
        choose_among(self, "edition", Edition.objects.sealed())
        for name in SETTLED_FIELDS:
            self.fields[name].disabled = self.is_settled

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
        for end in ("opens", "closes"):
            day = f"{end}_day"
            clock = f"{end}_clock"
            if day in self.errors:
                continue
            if data.get(clock) and not data.get(day):
                self.add_error(day, "มีเวลาแล้ว โปรดกรอกวันที่ด้วย")
        opens_at = self._moment("opens")
        closes_at = self._moment("closes")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_day", "เวลาปิดต้องหลังเวลาเปิด โปรดแก้วันหรือเวลา")
        return data

    def _moment(self, end: str) -> datetime | None:
        """When the session opens or closes ("opens", "closes")."""
        day = self.cleaned_data.get(f"{end}_day")
        clock = self.cleaned_data.get(f"{end}_clock")
        return joined_moment(day, clock)

    def save(self, *, by: User) -> HearingSession | None:
        """None when the act was refused: the form then says why."""
        values = {
            "kind": self.cleaned_data["kind"],
            "work_group": self.cleaned_data["work_group"],
            "edition": self.cleaned_data["edition"],
            "venue": self.cleaned_data["venue"],
            "opens_at": self._moment("opens"),
            "closes_at": self._moment("closes"),
        }
        try:
            if self.session is not None:
                return change_session(self.session, by=by, **values)
            return create_session(hearing=self.hearing, by=by, **values)
        except SessionRefused as refusal:
            self.add_error(None, refusal.message_th)
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


class SessionStateForm(FormLayout, forms.Form):
    dense = True
    marked_optional = ("reason",)

    state = forms.ChoiceField(
        choices=SessionState.State.choices,
        error_messages={"required": "โปรดเลือกสถานะของเวที", "invalid_choice": "โปรดเลือกสถานะของเวที"},
    )
    reason = ThaiTextField(
        label="เหตุผลหรือหมายเหตุ",
        max_length=SHORT_REASON_LIMIT,
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

    def __init__(self, data: Mapping[str, Any], *, entries: QuerySet[EditionEntry]) -> None:
        super().__init__(data)
        choose_among(self, "entry", entries.select_related("manual"))
