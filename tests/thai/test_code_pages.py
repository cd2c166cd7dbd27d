"""Thai that was read in another code page: read again where that can only be right, doubted where it cannot."""

from pathlib import Path

import pytest

from hearing_portal.thai.code_pages import (
    is_in_other_page,
    is_in_western_letters,
    read_in_thai_page,
    repair_page,
)

ROOT = Path(__file__).resolve().parent.parent.parent
LINE = "๕.๒ ส่งหนังสือ “ด่วนที่สุด” ให้ ผอ.สพท. ภายใน ๓ วันทำการ"
NOT_IN_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def as_mac_roman(text: str) -> str:
    return text.encode("cp874").decode("mac-roman")


def as_latin(text: str) -> str:
    return text.encode("cp874").decode("cp1252")


def as_bytes_of_utf8(text: str) -> str:
    letters = []
    for byte in text.encode():
        letters.append(
            chr(byte) if byte in NOT_IN_CP1252 else bytes([byte]).decode("cp1252")
        )
    return "".join(letters)


PAGES = [as_mac_roman, as_latin, as_bytes_of_utf8]


def test_mac_thai_comes_back_whole() -> None:
    text = "°“√®—¥∑”§Ÿà¡◊Õ"
    assert is_in_western_letters(text)
    assert read_in_thai_page(text) == "การจัดทำคู่มือ"


@pytest.mark.parametrize("page", PAGES)
def test_single_line_comes_back_whole_with_what_it_was(page) -> None:
    damaged = page(LINE)
    text, [repair] = repair_page(damaged)
    assert text == LINE
    assert repair == (damaged, LINE)
    text, _ = repair_page(f"ข้อความเดิม {damaged} ข้อความเดิม")
    assert text == f"ข้อความเดิม {LINE} ข้อความเดิม"
    assert read_in_thai_page(damaged) == LINE


@pytest.mark.parametrize(
    "line",
    [
        "āđāļ™āļ§āļ„",
        "¡ÒÃ",
        "°“√",
        as_bytes_of_utf8(LINE).replace("\x81", "").replace("\x8d", ""),
    ],
)
def test_what_cannot_be_read_again_is_found(line: str) -> None:
    assert repair_page(line) == (line, [])
    assert is_in_other_page(line)


@pytest.mark.parametrize(
    "line",
    [
        "café Noël Zürich créée",
        "ลงชื่อ…………………… (……………)",
        "ทำเครื่องหมาย “√” ในช่อง “☐” – ใช้ได้ • ๒๕ °C ± ½",
        "อัตรา ≥ ๘๐ % → ผ่าน",
    ],
)
def test_signs_of_a_whole_text_stay(line: str) -> None:
    assert repair_page(line) == (line, [])
    assert not is_in_other_page(line)


def test_no_line_of_our_own_texts_is_changed_or_doubted() -> None:
    for path in (ROOT / "fixtures" / "manuals").glob("2565/*/*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert repair_page(line) == (line, [])
            assert not is_in_other_page(line)
