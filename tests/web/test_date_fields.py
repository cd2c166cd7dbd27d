"""Days and clock times typed in Buddhist Era and Bangkok time, and shown again as they were typed."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from hearing_portal.web.date_fields import (
    BeDateField,
    ClockField,
    joined_moment,
    split_moment,
)


@pytest.mark.parametrize(
    "typed",
    ["29/02/2567", "29/2/2567", "๒๙/๐๒/๒๕๖๗", "29 กุมภาพันธ์ 2567", " 29 ก.พ. 2567 "],
)
def test_day_is_read_as_people_write_it(typed):
    assert BeDateField().clean(typed) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("29/02/2568", r"ไม่มีวันที่ 29\\xa0กุมภาพันธ์"),  # as the list of messages is shown
        ("20/09/2022", "พ.ศ."),
        ("เมื่อวาน", "รูปแบบวันที่ไม่ถูกต้อง"),
        ("\x00", "รูปแบบวันที่ไม่ถูกต้อง"),
    ],
)
def test_day_that_does_not_exist_is_refused_in_thai(typed, told):
    with pytest.raises(ValidationError, match=told):
        BeDateField().clean(typed)


def test_needed_day_says_so_and_optional_one_is_none():
    with pytest.raises(ValidationError, match="โปรดกรอกวันที่"):
        BeDateField().clean("")
    assert BeDateField(required=False).clean("") is None


def test_stored_day_is_shown_in_the_era_it_is_typed_in():
    assert BeDateField().prepare_value(date(2022, 9, 2)) == "02/09/2565"
    assert BeDateField().prepare_value("ผิด") == "ผิด"


@pytest.mark.parametrize(
    ("typed", "clock"),
    [("8.30", time(8, 30)), ("16:00", time(16)), ("๙.๐๕ น.", time(9, 5)), ("", None)],
)
def test_clock_is_read_as_people_write_it(typed, clock):
    assert ClockField(required=False).clean(typed) == clock


@pytest.mark.parametrize("typed", ["24.00", "8.60", "บ่าย", "8", "\x00", "1" * 10_000])
def test_clock_that_does_not_exist_is_refused(typed):
    with pytest.raises(ValidationError, match=r"08\.30"):
        ClockField().clean(typed)


def test_moment_is_joined_in_bangkok_and_split_again():
    moment = joined_moment(date(2022, 9, 20), time(8, 30))
    assert moment == datetime(2022, 9, 20, 1, 30, tzinfo=UTC)
    assert split_moment(moment) == (date(2022, 9, 20), time(8, 30))
    assert joined_moment(None, time(8, 30)) is None
    assert split_moment(None) == (None, None)
