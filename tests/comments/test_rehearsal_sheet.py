"""What a rehearsal's players read of a stream, and the sheet made of what they found."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from comments.rehearsal.judging import judge
from comments.rehearsal.playing.streams import RoomLog
from comments.rehearsal.queries import StoredDay
from comments.rehearsal.sheet import describe_sheet, write_sheet
from hearing_portal.live.channels import BEAT, as_chunk

WELL = StoredDay(comments=40, acknowledged=40, missing=0, doubled=0, untold=0, hands=30)
QUICK = {"number": 40, "p50": 0.1, "p95": 0.2, "p99": 0.3, "most": 0.4}


def played(**more: Any) -> dict[str, Any]:
    """A day without a fault."""
    return {
        "people": 60,
        "web_processes": 2,
        "posts": {str(number): True for number in range(40)},
        "refused": 0,
        "sent_again": 3,
        "lost": 0,
        "behind": 0,
        "rooms": {str(number): [] for number in range(10)},
        "streams": {"most": 60, "lost": 30, "gaps": 0, "renewed": 0, "told_twice": 0},
        "pages_lost": 0,
        "pages_opened_again": 2,
        "hands": {"asked": 10, "raised": 30},
        "doors": {"a_second": 17.0, **QUICK},
        "doors_shut": 0,
        "cut": 12,
        "replaced_after": 4.0,
        **dict.fromkeys(
            ("seen", "pages", "followed", "last_call", "catching_up"), QUICK
        ),
        "machine": {
            "processors": 2,
            "shares": {
                "portal": 0.3,
                "database": 0.2,
                "players": 0.1,
                "others": 0.01,
            },
            "memory": {"portal": 500e6, "database": 80e6, "players": 60e6},
        },
        **more,
    }


def broken_rows(told: dict[str, Any], stored: StoredDay = WELL) -> list[str]:
    return [row.key for row in judge(told, stored) if not row.is_kept]


def test_a_day_without_a_fault_is_a_go():
    told = played()
    rows = judge(told, WELL)
    at = datetime(2026, 9, 20, 8, tzinfo=UTC)

    text = write_sheet(told, rows, minutes=5, at=at)

    assert broken_rows(told) == []
    assert text.splitlines()[1].startswith("60 คน 5 นาที เมื่อ 20")
    assert "ผล: ไป\n" in text
    assert "สิ่งที่ต้องทำ" not in text
    assert describe_sheet(told, rows, minutes=5, at=at)["go"] is True


@pytest.mark.parametrize(
    ("more", "stored", "broken"),
    [
        ({}, replace(WELL, missing=1), ["stored_once"]),
        ({}, replace(WELL, doubled=1), ["stored_once"]),
        ({}, replace(WELL, untold=1), ["events_lost"]),
        ({}, replace(WELL, hands=29), ["hands"]),
        ({"hands": {"asked": 9, "raised": 30}}, WELL, ["hands"]),
        ({"lost": 1}, WELL, ["events_lost"]),
        ({}, replace(WELL, acknowledged=39), ["all_acknowledged"]),
        ({"behind": 1}, WELL, ["streams"]),
        ({"pages": {**QUICK, "p95": 1.01}}, WELL, ["pages"]),
        ({"seen": {**QUICK, "p95": None}}, WELL, ["seen"]),
        ({"followed": {**QUICK, "p99": 2.1}}, WELL, ["followed_by_almost_all"]),
        ({"doors_shut": 1}, WELL, ["doors"]),
        ({"last_call": {**QUICK, "most": 31.0}}, WELL, ["last_call"]),
        ({"replaced_after": None}, WELL, ["replaced"]),
    ],
)
def test_each_fault_is_a_no_go(
    more: dict[str, Any], stored: StoredDay, broken: list[str]
):
    assert broken_rows(played(**more), stored) == broken


@pytest.mark.parametrize(
    ("shares", "processes", "advice"),
    [
        ({"others": 0.4}, 2, "โปรดปิดโปรแกรมเหล่านั้นแล้วซ้อมใหม่"),
        ({"portal": 0.4}, 2, "ตั้ง PORTAL_WEB_PROCESSES=4"),
        ({"portal": 0.7}, 2, "ใช้เครื่องที่มีหน่วยประมวลผลมากขึ้น"),
    ],
)
def test_what_to_do_follows_from_what_the_machine_did(
    shares: dict[str, float], processes: int, advice: str
):
    told = played(pages={**QUICK, "p95": 3.0}, web_processes=processes)
    told["machine"]["shares"] |= shares
    rows = judge(told, WELL)
    at = datetime(2026, 9, 20, tzinfo=UTC)

    text = write_sheet(told, rows, minutes=5, at=at)

    assert "ผล: ไม่ไป (ไม่เป็นไปตามเกณฑ์ 1 จาก 14 รายการ)" in text
    assert advice in text.partition("สิ่งที่ต้องทำ")[2]


def test_a_stream_is_read_the_same_wherever_it_is_torn():
    events = [{"n": 7, "id": 70, "kind": "clause", "about": "5", "at": 1_700_000}]
    batch = as_chunk(f"id: 7\ndata: {json.dumps(events)}\n\n")
    gap = as_chunk("id: 9\nevent: gap\ndata: {}\n\n")
    whole = as_chunk("retry: 1500\n\n") + batch + BEAT + gap
    found = set()

    for torn in range(len(whole)):
        log = RoomLog()
        first, rest = log.read(whole[:torn])
        second, nothing = log.read(rest + whole[torn:])
        assert nothing == b""
        messages = [*first, *second]
        found.add(
            (
                tuple((each.kind, each.position, each.pause) for each in messages),
                tuple(number for each in messages for number, _ in each.events),
            )
        )

    assert found == {
        ((("retry", 0, 1.5), ("message", 7, 0), ("beat", 0, 0), ("gap", 9, 0)), (7,))
    }
    assert (log.events[70].kind, log.events[70].at) == ("clause", 1700.0)
