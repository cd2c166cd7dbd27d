"""Words written in a clause that was split meanwhile go to the clauses that it became."""

import pytest

from manuals.content import Text
from manuals.drafting.placing import place_in_pieces

BASE = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย แล้วลงทะเบียนรับ"
FIRST, SECOND = "ตรวจสอบความครบถ้วนของหนังสือ", "และสิ่งที่ส่งมาด้วย แล้วลงทะเบียนรับ"


def placed(mine: str, *pieces: str) -> list[str] | None:
    found = place_in_pieces(
        Text(body=BASE), Text(body=mine), [Text(body=piece) for piece in pieces]
    )
    return None if found is None else [content.body for content in found]


@pytest.mark.parametrize(
    ("mine", "expected"),
    [
        (BASE, [FIRST, SECOND]),
        (f"ให้{BASE}", [f"ให้{FIRST}", SECOND]),
        (f"{BASE}ทันที", [FIRST, f"{SECOND}ทันที"]),
        (f"{FIRST}ทุกฉบับ{SECOND}", [f"{FIRST}ทุกฉบับ", SECOND]),
        (f"ให้{BASE}ทันที", [f"ให้{FIRST}", f"{SECOND}ทันที"]),
    ],
)
def test_change_goes_to_the_piece_that_has_its_words(mine, expected):
    assert placed(mine, FIRST, SECOND) == expected


def test_words_changed_in_a_piece_since_are_kept():
    changed = f"{SECOND} ในระบบ"
    assert placed(f"ให้{BASE}", FIRST, changed) == [f"ให้{FIRST}", changed]


def test_change_across_two_pieces_is_left_to_the_person():
    assert (
        placed("ตรวจสอบความครบถ้วนของเอกสารทั้งหมด แล้วลงทะเบียนรับ", FIRST, SECOND) is None
    )
    assert placed(f"ให้{BASE}", f"ต้อง{FIRST}", SECOND) is None
