"""Form fields for days and clock times as Thai people write them: Buddhist Era, Bangkok time."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms

from hearing_portal.thai.dates import (
    DateRefused,
    be_year,
    parse_be_date,
    to_bangkok,
    to_utc,
)
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS

_CLOCK = re.compile(r"([01]?\d|2[0-3])\s*[.:]\s*([0-5]\d)(?:\s*น\.?)?")


class BeDateField(forms.Field):
    """A day typed as 20/09/2565 or 20 กันยายน 2565; cleans to a date, or None when left empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "วัน/เดือน/ปี พ.ศ. เช่น 20/09/2565")
        given_messages = options.get("error_messages", {})
        options["error_messages"] = {"required": "โปรดกรอกวันที่", **given_messages}
        super().__init__(**options)
        self.widget.attrs.setdefault("placeholder", "วัน/เดือน/ปี พ.ศ.")

    def prepare_value(self, value: object) -> object:
        if isinstance(value, date):
            return f"{value.day:02}/{value.month:02}/{be_year(value)}"
        return value

    def to_python(self, value: object) -> date | None:
        typed = _typed_text(value)
        if not typed:
            return None
        try:
            return parse_be_date(typed)
        except DateRefused as refusal:
            raise forms.ValidationError(refusal.message_th) from refusal


class ClockField(forms.Field):
    """A time of day typed as 9.00, 09:00 or 9.00 น.; cleans to a time, or None when left empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "เวลา 24 ชั่วโมง เช่น 08.30")
        super().__init__(**options)

    def prepare_value(self, value: object) -> object:
        if isinstance(value, time):
            return f"{value:%H.%M}"
        return value

    def to_python(self, value: object) -> time | None:
        typed = _typed_text(value)[:20]
        if not typed:
            return None
        found = _CLOCK.fullmatch(typed.translate(TO_ARABIC_DIGITS))
        if found is None:
            raise forms.ValidationError(
                "รูปแบบเวลาไม่ถูกต้อง โปรดกรอก ชั่วโมง.นาที เช่น 08.30 หรือ 16.00"
            )
        return time(int(found[1]), int(found[2]))


def _typed_text(value: object) -> str:
    return "" if value is None else str(value).strip()


def joined_moment(day: date | None, clock: time | None) -> datetime | None:
    """The moment of two fields, in UTC; a day without a clock time is its beginning."""
    if day is None:
        return None
    return to_utc(day, clock or time.min)


def split_moment(moment: datetime | None) -> tuple[date | None, time | None]:
    """A stored moment as the two fields show it, in Bangkok."""
    if moment is None:
        return None, None
    local = to_bangkok(moment)
    clock = local.time().replace(second=0, microsecond=0)
    return local.date(), clock
