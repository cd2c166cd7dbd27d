import re
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from django.conf import settings as app_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from hearing_portal.thai.dates import (
    BANGKOK,
    DateRefused,
    be_date,
    be_date_short,
    be_dates,
    be_datetime,
    be_datetime_short,
    be_datetimes_short,
    day_range,
    fiscal_year,
    fiscal_year_range,
    parse_be_date,
    to_bangkok,
    to_utc,
)
from hearing_portal.thai.numbering import thai_digits

some = settings(derandomize=True, max_examples=100, deadline=None)
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


def test_date_in_full_and_short():
    day = date(2022, 9, 20)

    assert [be_date(day), be_date_short(day)] == [
        "20\u00a0กันยายน\u00a02565",
        "20\u00a0ก.ย.\u00a02565",
    ]


def test_moment_is_shown_on_a_bangkok_clock():
    moment = datetime(2022, 9, 19, 20, 5, tzinfo=UTC)

    assert be_datetime(moment) == "20\u00a0กันยายน\u00a02565 เวลา\u00a003.05\u00a0น."
    assert be_datetime_short(moment) == "20\u00a0ก.ย.\u00a02565\u00a003.05\u00a0น."
    assert be_date(moment) == "20\u00a0กันยายน\u00a02565"


def test_day_is_told_once_where_it_begins_and_ends_a_span():
    day, next_day = date(2026, 9, 29), date(2026, 9, 30)
    assert be_dates(day, day) == "29\u00a0กันยายน\u00a02569"
    assert (
        be_dates(day, next_day) == "29\u00a0กันยายน\u00a02569 – 30\u00a0กันยายน\u00a02569"
    )
    begins, ends = to_utc(day, time(8, 30)), to_utc(day, time(16, 30))
    within_a_minute = begins + timedelta(seconds=59)
    assert be_datetimes_short(begins, within_a_minute) == be_datetime_short(begins)
    assert (
        be_datetimes_short(begins, ends)
        == "29\u00a0ก.ย.\u00a02569\u00a008.30\u00a0น. – 16.30\u00a0น."
    )
    assert (
        be_datetimes_short(begins, to_utc(next_day))
        == "29\u00a0ก.ย.\u00a02569\u00a008.30\u00a0น. – 30\u00a0ก.ย.\u00a02569\u00a000.00\u00a0น."
    )


def test_moment_without_zone_is_an_error():
    with pytest.raises(ValueError, match="no time zone"):
        be_datetime(datetime(2022, 9, 20, 10, 42))


@pytest.mark.parametrize(
    "typed",
    [
        "29/02/2567",
        "๒๙/๐๒/๒๕๖๗",
        "29-2-2567",
        " 29 . 2 . 2567 ",
        "29 กุมภาพันธ์ 2567",
        "29 ก.พ. พ.ศ. 2567",
        "วันที่ 29 กพ 2567",
    ],
)
def test_typed_leap_day(typed):
    assert parse_be_date(typed) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("29/02/2568", "ไม่มีวันที่ 29\u00a0กุมภาพันธ์\u00a02568"),
        ("31 เมษายน 2567", "ไม่มีวันที่ 31\u00a0เมษายน\u00a02567"),
        ("0/1/2567", "ไม่มีวันที่ 0\u00a0มกราคม\u00a02567"),
        ("1/13/2567", "ไม่มีเดือนที่ 13"),
        ("29/02/67", "ปี 67 ไม่ใช่ปี พ.ศ."),
        ("29/02/2024", "ปี 2024 ไม่ใช่ปี พ.ศ. หากหมายถึง ค.ศ. 2024 โปรดกรอกปี พ.ศ. 2567"),
        ("1/1/2999", "ปี 2999 อยู่นอกช่วงที่กรอกได้ คือ พ.ศ. 2400 ถึง 2700 โปรดตรวจปีที่กรอก"),
        ("1/1/2399", "ปี 2399 อยู่นอกช่วงที่กรอกได้"),
        ("พรุ่งนี้", "รูปแบบวันที่ไม่ถูกต้อง"),
        ("29 กกกก 2567", "รูปแบบวันที่ไม่ถูกต้อง"),
        ("", "รูปแบบวันที่ไม่ถูกต้อง"),
        ("9" * 100_000, "รูปแบบวันที่ไม่ถูกต้อง"),
    ],
    ids=lambda value: value[:12],
)
def test_refused_date_says_what_to_type(typed, told):
    with pytest.raises(DateRefused) as caught:
        parse_be_date(typed)

    assert caught.value.message_th.startswith(told)
    assert "โปรด" in caught.value.message_th


@some
@given(
    days, st.sampled_from([str, thai_digits]), st.sampled_from([be_date, be_date_short])
)
def test_shown_date_can_be_typed_back(day, digits, shown):
    assert parse_be_date(digits(shown(day))) == day


def test_fiscal_year_begins_in_october():
    days = [date(2021, 9, 30), date(2021, 10, 1), date(2022, 9, 30), date(2022, 10, 1)]

    assert [fiscal_year(day) for day in days] == [2564, 2565, 2565, 2566]
    assert fiscal_year(datetime(2021, 9, 30, 18, 0, tzinfo=UTC)) == 2565


@some
@given(days)
def test_day_lies_in_its_fiscal_year(day):
    first, last = fiscal_year_range(fiscal_year(day))

    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (10, 1, 9, 30)


def test_bangkok_day_in_utc():
    assert day_range(date(2022, 9, 20)) == (
        datetime(2022, 9, 19, 17, 0, tzinfo=UTC),
        datetime(2022, 9, 20, 17, 0, tzinfo=UTC),
    )
    assert to_utc(date(2022, 9, 20), time(10, 42)) == datetime(
        2022, 9, 20, 3, 42, tzinfo=UTC
    )


@some
@given(
    st.datetimes(
        datetime(1950, 1, 1),
        datetime(2150, 1, 1),
        timezones=st.just(timezone(timedelta(hours=-5))),
    )
)
def test_zone_changes_the_clock_not_the_moment(moment):
    there = to_bangkok(moment)

    assert there == moment
    assert there.tzinfo is BANGKOK


@some
@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(UTC)))
def test_no_end_of_a_line_parts_a_date_or_a_time(moment):
    assert " " not in be_date(moment) + be_date_short(moment) + be_datetime_short(
        moment
    )
    assert len(be_datetime(moment).split(" ")) == 2


def test_no_sentence_leaves_a_plain_space_before_its_time():
    written = re.compile(r"เวลา (?:\{be_time|\{\{[^}]*\|be_time|<time|\$\{hour)")
    found = []
    for folder in ("comments", "manuals", "hearing_portal", "templates", "static/js"):
        for path in (app_settings.BASE_DIR / folder).rglob("*.*"):
            if path.suffix in (".py", ".html", ".js"):
                text = path.read_text(encoding="utf-8")
                found += [f"{path}: {words}" for words in written.findall(text)]
    assert found == []
