"""When a session opens and closes, as forms ask for it: two days, each with a clock time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django import forms
from django.utils import timezone

from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined, listed
from hearing_portal.web.date_fields import joined_moment

from ...models import Hearing, HearingSession
from ..services.announcing import find_room_sharers

WITHOUT_DAY = "มีเวลาแล้ว โปรดกรอกวันที่ด้วย"
OPENING_IS_PAST = (
    "เวลาเปิดผ่านไปแล้ว โปรดเลือกเวลาที่ยังไม่ถึง หรือเว้นวันและเวลาเปิดให้ว่าง แล้วกดเปิดเวทีเอง"
)
CLOSING_IS_PAST = (
    "เวลาปิดผ่านไปแล้ว โปรดเลือกเวลาที่ยังไม่ถึง หากต้องการปิดเวที โปรดกด “ปิดเวที” ที่หน้าดำเนินเวที"
)
CLOSES_FIRST = "เวลาปิดต้องหลังเวลาเปิด โปรดแก้วันหรือเวลา"
BEFORE_FIRST_DAY = "วันเปิดต้องไม่ก่อนวันเริ่มต้นของการประชาพิจารณ์ โปรดแก้วันนี้ หรือเลื่อนวันเริ่มต้นก่อน"
OPENS_AFTER_LAST_DAY = "วันเปิดต้องไม่เกินวันสิ้นสุดของการประชาพิจารณ์ โปรดแก้วันนี้ หรือขยายวันสิ้นสุดก่อน"
AFTER_LAST_DAY = "วันปิดต้องไม่เกินวันสิ้นสุดของการประชาพิจารณ์ โปรดแก้วันนี้ หรือขยายวันสิ้นสุดก่อน"


class SessionTimes(NamedTuple):
    opens_at: datetime | None
    closes_at: datetime | None


def read_times(form: forms.Form, prefix: str = "") -> SessionTimes:
    """Of the clean fields opens_day, opens_clock, closes_day and closes_clock, each behind the prefix. A day whose
    clock time could not be read is no moment yet."""
    data = form.cleaned_data
    moments = []
    for end in (f"{prefix}opens", f"{prefix}closes"):
        day = None if f"{end}_clock" in form.errors else data.get(f"{end}_day")
        moments.append(joined_moment(day, data.get(f"{end}_clock")))
    return SessionTimes(*moments)


def check_times(
    form: forms.Form, hearing: Hearing, prefix: str = "", *, kept: Collection[str] = ()
) -> None:
    """Puts what is wrong with the times into the form. `kept` are the ends ("opens", "closes") that the session has
    already: they may lie in the past, as the beginning of a session that runs does."""
    for end in ("opens", "closes"):
        day = f"{prefix}{end}_day"
        if (
            day not in form.errors
            and form.cleaned_data.get(f"{prefix}{end}_clock")
            and not form.cleaned_data.get(day)
        ):
            form.add_error(day, WITHOUT_DAY)
    now = timezone.now()
    opens_at, closes_at = read_times(form, prefix)
    if opens_at and opens_at <= now and "opens" not in kept:
        form.add_error(f"{prefix}opens_day", OPENING_IS_PAST)
    elif (
        opens_at
        and timezone.localdate(opens_at) < hearing.opens_on
        and "opens" not in kept
    ):
        form.add_error(f"{prefix}opens_day", BEFORE_FIRST_DAY)
    elif (
        opens_at
        and timezone.localdate(opens_at) > hearing.closes_on
        and "opens" not in kept
    ):
        form.add_error(f"{prefix}opens_day", OPENS_AFTER_LAST_DAY)
    if closes_at is None:
        return
    if opens_at and closes_at <= opens_at:
        form.add_error(f"{prefix}closes_day", CLOSES_FIRST)
    elif "closes" in kept:
        return
    elif closes_at <= now:
        form.add_error(f"{prefix}closes_day", CLOSING_IS_PAST)
    elif timezone.localdate(closes_at) > hearing.closes_on:
        form.add_error(f"{prefix}closes_day", AFTER_LAST_DAY)


SHARED_ROOM_LABEL = "ให้กลุ่มงานเหล่านี้ใช้ห้องเดียวกันในเวลาเดียวกัน"


def explain_shared_rooms(planned: Sequence[HearingSession]) -> str:
    """Which groups would sit in one room at one time, and what to do; empty where none would."""
    sentences = []
    for venue, names in find_room_sharers(planned).items():
        sentences.append(f"{joined(listed(names), 'ใช้ห้อง')} “{venue}” ในเวลาเดียวกัน")
    if not sentences:
        return ""
    return f"{' '.join(sentences)} โปรดแก้ห้อง หรือเลือกช่องนี้หากต้องการให้ใช้ห้องเดียวกัน"


def explain_ended(hearing: Hearing) -> str:
    """Why no session can be made any more; empty before the hearing's last day is over."""
    if hearing.closes_on >= timezone.localdate():
        return ""
    return f"การประชาพิจารณ์สิ้นสุดแล้วเมื่อ {be_date(hearing.closes_on)} เวทีที่ตั้งใหม่จึงเปิดไม่ได้ โปรดขยายวันสิ้นสุดที่หน้าประชาพิจารณ์ก่อน"
