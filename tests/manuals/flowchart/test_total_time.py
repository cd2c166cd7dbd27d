"""How long a process takes: two measures kept apart, the longest way, loops once."""

import pytest

from manuals.content import Step, read_duration
from manuals.entries import EntryView
from manuals.flowchart import TotalTime, read_time, total_time
from tests.manuals.pdf.book_factory import make_entries, steady


def make_rows(*rows: str) -> list[EntryView]:
    """Rows "time > rows it leads to": "3 วันทำการ > 2 4"."""
    ids = [steady(f"row {number}") for number in range(1, len(rows) + 1)]
    entries = []
    for own_id, row in zip(ids, rows, strict=True):
        time, _, ways = row.partition(">")
        branches = [{"to": str(ids[int(way) - 1]), "label": ""} for way in ways.split()]
        step = Step(body="ตรวจ", duration=read_duration(time.strip()), next=branches)
        entries.append(EntryView(uuid=own_id, kind="clause", part=9, content=step))
    return entries


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["1 ชั่วโมง", "3 วันทำการ", "30 วัน", "2 วันทำการ"], "5 วันทำการ 1 ชั่วโมง และ 30 วัน"),
        (["๓๐ วัน"], "30 วัน"),
        (["10 นาที", "๑.๕ ชม."], "1 ชั่วโมง 40 นาที"),
        (["6 ชั่วโมง", "1 ชั่วโมง", "10 นาที"], "1 วันทำการ"),
        # the longest way: 1, 3, 4, not 1, 2, 4
        (
            ["1 วันทำการ > 2 3", "2 วันทำการ > 4", "5 วันทำการ > 4", "1 วันทำการ"],
            "7 วันทำการ",
        ),
        # seven calendar days are five working days: the way of eight is longer than that of five
        (
            ["1 วันทำการ > 2 3", "8 วัน > 4", "5 วันทำการ > 4", "1 วันทำการ"],
            "2 วันทำการ และ 8 วัน",
        ),
        # back for want of papers: the row that only leads back lies on no way to the end
        (["1 วันทำการ", "2 วันทำการ > 4 3", "9 วันทำการ > 1", "3 วันทำการ"], "6 วันทำการ"),
        # a loop back, and one through a row that stands below
        (["1 วันทำการ", "2 วันทำการ > 1 3", "3 วันทำการ"], "6 วันทำการ"),
        (
            ["1 วันทำการ > 2 4", "1 วันทำการ > 3", "1 วันทำการ", "1 วันทำการ > 2"],
            "4 วันทำการ",
        ),
        (["1 วันทำการ > 1"], "1 วันทำการ"),
    ],
)
def test_total_is_of_the_longest_way_with_working_and_calendar_days_apart(rows, words):
    time = total_time(make_rows(*rows))

    assert time is not None
    assert time.words == words


@pytest.mark.parametrize(
    "unknown",
    ["", "ตามภารกิจ", "ไม่เกิน 10 วันทำการ", "15 วัน หรือ 30 วัน", "1 ภาคเรียน", "1.2.3 วัน"],
)
def test_total_of_what_is_not_known_is_not_told(unknown):
    assert read_time(unknown) is None
    assert total_time(make_rows("1 วันทำการ > 2 3", unknown, "2 วันทำการ")) is None
    assert total_time([]) is None


def test_a_chart_of_many_branches_is_measured_at_once():
    rows = [f"1 นาที > {number + 1} {number + 2}" for number in range(1, 199)]

    assert total_time(make_rows(*rows, "1 นาที", "1 นาที")) == TotalTime(
        working_minutes=200
    )


def test_complaints_take_21_working_days_and_30_days():
    time = total_time(make_entries("LAW/02-complaints"))

    assert time == TotalTime(working_minutes=21 * 420 + 60, calendar_days=30)
    assert time.words == "21 วันทำการ 1 ชั่วโมง และ 30 วัน"


def test_a_step_that_stands_twice_makes_no_total():
    (row,) = make_rows("1 วันทำการ")

    assert total_time([row, row]) is None
