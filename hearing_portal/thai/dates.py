"""Dates as people write them: Buddhist Era, full month names, Bangkok time. Machines keep UTC and ISO."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hearing_portal.refusals import Refusal
from hearing_portal.thai.numbering import MONTHS, TO_ARABIC_DIGITS

BANGKOK = ZoneInfo("Asia/Bangkok")
BE_OFFSET = 543
FIRST_YEAR, LAST_YEAR = 2400, 2700  # พ.ศ., of a date that somebody types
OCTOBER = 10
SHORT_MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]


class DateRefused(Refusal):
    """A typed date that does not exist or cannot be read; `message_th` says what to type."""


def be_date(day: date) -> str:
    """20 กันยายน 2565, which no end of a line parts. A datetime is taken to Bangkok first."""
    day = _bangkok_date(day)
    return _joined(day.day, MONTHS[day.month - 1], be_year(day))


def be_date_short(day: date) -> str:
    """20 ก.ย. 2565 (the year in full: 65 could be either era)."""
    day = _bangkok_date(day)
    return _joined(day.day, SHORT_MONTHS[day.month - 1], be_year(day))


def be_dates(first: date, last: date) -> str:
    """20 กันยายน 2565 – 22 กันยายน 2565; a single day once."""
    if _bangkok_date(first) == _bangkok_date(last):
        return be_date(first)
    return f"{be_date(first)} – {be_date(last)}"


def be_datetimes_short(first: datetime, last: datetime) -> str:
    """20 ก.ย. 2565 08.30 น. – 22 ก.ย. 2565 16.30 น.; the day once where it is one, and so the minute."""
    if be_datetime_short(first) == be_datetime_short(last):
        return be_datetime_short(first)
    if _bangkok_date(first) == _bangkok_date(last):
        return f"{be_datetime_short(first)} – {be_time(last)}"
    return f"{be_datetime_short(first)} – {be_datetime_short(last)}"


def be_datetime(moment: datetime) -> str:
    """20 กันยายน 2565 เวลา 10.42 น., in Bangkok. ValueError for a time without a zone."""
    return f"{be_date(moment)} เวลา\u00a0{be_time(moment)}"


def be_datetime_short(moment: datetime) -> str:
    """20 ก.ย. 2565 10.42 น., which no end of a line parts: it stands in narrow columns."""
    return f"{be_date_short(moment)}\u00a0{be_time(moment)}"


def be_time(moment: datetime) -> str:
    """10.42 น., in Bangkok; no line ends before the น."""
    return f"{to_bangkok(moment):%H.%M}\u00a0น."


def be_year(day: date) -> int:
    return day.year + BE_OFFSET


def fiscal_year(day: date) -> int:
    """The Thai fiscal year (พ.ศ.) of a day: October belongs to the next year. 1 October 2021 → 2565."""
    day = _bangkok_date(day)
    if day.month >= OCTOBER:
        return be_year(day) + 1
    return be_year(day)


def fiscal_year_range(year_be: int) -> tuple[date, date]:
    """First and last day of a fiscal year: 2565 → 1 October 2021, 30 September 2022."""
    year = year_be - BE_OFFSET
    return date(year - 1, OCTOBER, 1), date(year, 9, 30)


def to_bangkok(moment: datetime) -> datetime:
    """The same moment on a Bangkok clock. ValueError for a time without a zone: nobody can know which."""
    if moment.tzinfo is None:
        raise ValueError(f"no time zone: {moment}")
    return moment.astimezone(BANGKOK)


def to_utc(day: date, clock: time = time.min) -> datetime:
    """The moment at which a Bangkok clock shows `clock` on `day`, in UTC."""
    return datetime.combine(day, clock, tzinfo=BANGKOK).astimezone(UTC)


def day_range(day: date) -> tuple[datetime, datetime]:
    """Start (included) and end (excluded) of a Bangkok day, in UTC."""
    return to_utc(day), to_utc(day + timedelta(days=1))


# 29/02/2567, 29-2-2567, 29.2.2567
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})")
# 29 กุมภาพันธ์ 2567, วันที่ 29 ก.พ. พ.ศ. 2567
_WITH_MONTH_NAME = re.compile(
    r"(?:วันที่\s*)?(\d{1,2})\s*([ก-๎.]+)\s*(?:พ\.\s?ศ\.\s*)?(\d{1,4})"
)


def _number_months() -> dict[str, int]:
    """{name: number} of every spelling: มกราคม, ม.ค. and มค are all 1."""
    numbers: dict[str, int] = {}
    for number, (name, short_name) in enumerate(
        zip(MONTHS, SHORT_MONTHS, strict=True), start=1
    ):
        numbers[name] = number
        numbers[short_name] = number
        numbers[short_name.replace(".", "")] = number
    return numbers


_MONTH_NUMBERS = _number_months()


def parse_be_date(typed: str) -> date:
    """A date typed as 29/02/2567, 29 กุมภาพันธ์ 2567 or 29 ก.พ. 2567, in Thai or Arabic digits.

    Raises DateRefused, in Thai: unreadable, a year that is not พ.ศ., a day that does not exist (29/02/2568).
    """
    shortened = typed.strip()[
        :60
    ]  # no date is longer, and the patterns need not meet a whole book
    day, month, year_be = _read_numbers(shortened.translate(TO_ARABIC_DIGITS))
    if not FIRST_YEAR <= year_be <= LAST_YEAR:
        # What is wrong with a year outside of the range, and which one was meant where that is known
        if year_be < 1000:
            explanation = f"ปี {year_be} ไม่ใช่ปี พ.ศ. สี่หลัก โปรดกรอกปี พ.ศ. เช่น 29/02/2567"
        elif FIRST_YEAR <= year_be + BE_OFFSET <= LAST_YEAR:
            explanation = f"ปี {year_be} ไม่ใช่ปี พ.ศ. หากหมายถึง ค.ศ. {year_be} โปรดกรอกปี พ.ศ. {year_be + BE_OFFSET}"
        else:
            explanation = f"ปี {year_be} อยู่นอกช่วงที่กรอกได้ คือ พ.ศ. {FIRST_YEAR} ถึง {LAST_YEAR} โปรดตรวจปีที่กรอก"
        raise DateRefused(explanation)
    if not 1 <= month <= 12:
        raise DateRefused(f"ไม่มีเดือนที่ {month} โปรดกรอก วัน/เดือน/ปี พ.ศ. เช่น 29/02/2567")
    try:
        return date(year_be - BE_OFFSET, month, day)
    except ValueError:
        message = f"ไม่มีวันที่ {_joined(day, MONTHS[month - 1], year_be)} ในปฏิทิน โปรดตรวจวันและเดือนอีกครั้ง"
        raise DateRefused(message) from None


def _read_numbers(typed: str) -> tuple[int, int, int]:
    """(day, month, year) as typed; nothing is checked but that there are three numbers."""
    numbers = _NUMBERS.fullmatch(typed)
    if numbers:
        return int(numbers[1]), int(numbers[2]), int(numbers[3])
    named = _WITH_MONTH_NAME.fullmatch(typed)
    if named:
        name = named[2].removesuffix(
            "พ.ศ."
        )  # the pattern takes it for a part of the month's name
        month = _MONTH_NUMBERS.get(name)
        if month:
            return int(named[1]), month, int(named[3])
    raise DateRefused("รูปแบบวันที่ไม่ถูกต้อง โปรดกรอก วัน/เดือน/ปี พ.ศ. เช่น 29/02/2567")


def _joined(day: int, month: str, year_be: int) -> str:
    return f"{day}\u00a0{month}\u00a0{year_be}"


def _bangkok_date(day: date) -> date:
    if isinstance(day, datetime):
        return to_bangkok(day).date()
    return day
