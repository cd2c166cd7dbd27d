"""What a line of print keeps whole."""

from itertools import pairwise

import pytest

from hearing_portal.thai.line_ends import LONGEST, kept_spans, kept_terms, line_units
from manuals.flowchart import text_width

NARROWEST_CELL = 7.2  # em: the column of the responsible person, and a diamond's words


def kept(text: str) -> list[str]:
    return [text[start:end] for start, end in kept_spans(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("จัดการศึกษาภายใน 7 วันทำการ", ["จัดการศึกษา", "ภายใน", "7 วันทำการ"]),
        ("๗วัน", ["๗วัน"]),
        ("๑๕ วันนับแต่วันที่ 20 กันยายน 2565", ["นับแต่วันที่", "20 กันยายน 2565"]),
        ("ทุกวันทำการ", ["ทุกวันทำการ"]),
        ("คณะกรรมการปีงบประมาณ พ.ศ. 2565", ["คณะกรรมการ", "ปีงบประมาณ", "พ.ศ. 2565"]),
        ("ขนาดไม่เกิน 10 MB ตาม ISO 9001", ["ไม่เกิน", "10 MB", "ISO 9001"]),
        ("เรื่องต่าง ๆ", ["ง ๆ"]),
        ("แบบ ตสน. ๒ และ ตสน. ๓", ["แบบ ตสน. ๒", "ตสน. ๓"]),
        ("ทะเบียน ก.ค.ศ. ๑๖", ["ก.ค.ศ. ๑๖"]),
        ("ก ข", []),
    ],
)
def test_terms_and_numbers_with_what_they_count_are_kept_whole(text, words):
    assert kept(text)[-len(words) :] == words if words else kept(text) == []


def test_stretches_are_apart_and_pieces_are_the_text_again():
    text = (
        "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษามอบหมายนักวิชาการตรวจสอบภายใน ภายใน 3 วันทำการ ต่าง ๆ "
        * 3
    )
    spans = kept_spans(text)

    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join(line_units(text)) == text


def test_no_term_is_wider_than_the_narrowest_cell_and_each_stands_once():
    terms = kept_terms()

    assert {"การศึกษา", "วันทำการ", "คณะกรรมการ", "ปีงบประมาณ"} <= set(terms)
    assert len(terms) == len(set(terms))
    assert [term for term in terms if text_width(term) > NARROWEST_CELL] == []
    assert LONGEST * 0.6 <= NARROWEST_CELL
