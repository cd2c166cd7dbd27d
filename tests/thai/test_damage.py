"""Damaged Thai: what a rule can only be right about is repaired, the rest is doubted or refused, never kept so."""

import csv
from pathlib import Path

import pytest

from hearing_portal.thai.code_pages import is_in_western_letters, read_in_thai_page
from hearing_portal.thai.damage import (
    Damage,
    find_suspicions,
    repair_line,
    share_of_words,
)
from hearing_portal.thai.text import clean_text

ROOT = Path(__file__).resolve().parent.parent.parent
# Observed in real manuals: class, damaged, intended, and the repair that is safe
PAIRS = list(
    csv.DictReader(
        (Path(__file__).parent / "damaged_pairs.csv").open(encoding="utf-8-sig")
    )
)
SAFE = [pair for pair in PAIRS if pair["repair"].startswith("rule")]
OTHERS = [pair for pair in PAIRS if not pair["repair"].startswith("rule")]
FURNITURE = "P"


def damaged(pair: dict[str, str]) -> str:
    return f"{pair['class'][:2]}{pair['damaged']}"


def read_text(text: str) -> str:
    return repair_line(clean_text(text, max_length=1000).text).text


@pytest.mark.parametrize("pair", SAFE, ids=damaged)
def test_what_a_rule_is_right_about_is_repaired(pair: dict[str, str]) -> None:
    assert read_text(pair["damaged"]) == pair["intended"]


@pytest.mark.parametrize(
    "pair", [pair for pair in OTHERS if pair["class"][0] != FURNITURE], ids=damaged
)
def test_what_no_rule_repairs_is_never_kept_silently(pair: dict[str, str]) -> None:
    text = pair["damaged"].replace(" … ", "\n")
    if is_in_western_letters(text):
        assert read_in_thai_page(text) in (pair["intended"], None)
        return
    lines = [read_text(line) for line in text.split("\n")]
    if lines == [pair["intended"]]:
        return
    suspected = [find_suspicions(line) for line in lines]
    assert any(suspected)


@pytest.mark.parametrize(
    ("line", "proposal"),
    [
        ("สานักงาน", "สำนักงาน"),
        ("จัดทาขึ้น", "จัดทำขึ้น"),
        ("วาดวยงานสารบรรณ", "ว่าด้วยงานสารบรรณ"),
        ("กฏหมาย", "กฎหมาย"),
    ],
)
def test_another_letter_that_reads_better_is_proposed(line: str, proposal: str) -> None:
    assert repair_line(line).text == line
    assert [each.proposal for each in find_suspicions(line)] == [proposal]


def test_repairs_are_told_with_the_words_before_and_after() -> None:
    mended = repair_line("ตามระเบียบส านักนายก ข้อ 2540้ กำรบริหำร")
    assert [repair[1:] for repair in mended.repairs] == [
        ("ระเบียบส านักนายก", "ระเบียบสำนักนายก"),
        ("2540้", "2540"),
    ] or [repair.kind for repair in mended.repairs] == ["am", "stray"]


@pytest.mark.parametrize(
    "line",
    [
        "ใส่อักษร า หลังพยัญชนะ",
        "ที่ ดิน ปฏิบัติ การ ทำ งาน",  # a space between two words, though both are one word too
        "คำนำ",
        "ต่าง ๆ",
        "น. และ ๑๔.๐๐ น.",
        "ก.ค.ศ. พ.ศ. ๒๕๖๕",
        "ลูกหนี้คงค้าง",
    ],
)
def test_whole_words_are_left_alone(line: str) -> None:
    assert repair_line(line).text == line


UNITS = """
    แกรม ไบต์ กิโลไบต์ เมกะไบต์ เมกะไบท์ กิกะไบต์ เทราไบต์ เมกะบิต พิกเซล ดีพีไอ ลูเมน ลักซ์ วัตต์ กิโลวัตต์ โวลต์
    แอมแปร์ มิลลิแอมป์ เฮิรตซ์ เดซิเบล มิลลิเมตร มิลลิลิตร มิลลิวินาที กิโลแคลอรี เคลวิน บีทียู รีม แพ็ก เปอร์เซ็นต์
    เปอร์เซ็นไทล์ ตร.ม. ลบ.ม.
"""


@pytest.mark.parametrize("unit", UNITS.split())
def test_loan_words_of_units_are_not_doubted(unit: str) -> None:
    for line in (f"กระดาษ 80 {unit} ต่อครั้ง", f"ไม่เกิน ๘๐{unit} ต่อครั้ง"):
        assert repair_line(line).text == line
        assert find_suspicions(line) == [], line


def test_no_character_of_our_own_texts_is_changed_or_doubted() -> None:
    changed = []
    for path in sorted((ROOT / "fixtures" / "manuals").glob("2565/*/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if repair_line(line).repairs or find_suspicions(line):
                changed.append(line)
    assert changed == []


def test_in_a_text_that_lost_its_am_a_word_is_doubted_too() -> None:
    line = "และการนาเงินส่งคลัง"
    assert find_suspicions(line) == []
    assert [each.proposal for each in find_suspicions(line, {Damage.AM})] == [
        "และการนำเงินส่งคลัง"
    ]


def test_share_of_words_tells_a_text_from_what_is_left_of_one() -> None:
    assert share_of_words(["การรับหนังสือราชการ"]) == 1
    assert share_of_words(["กลมนเทศการศกษา"]) < 0.9
