"""Bytes from outside: Thai is read in both of its code pages, other letters are never taken for Thai."""

import pytest

from hearing_portal.thai.byte_texts import NoText, decode_thai


@pytest.mark.parametrize(
    "text",
    [
        "ขอแก้ข้อ ๕.๓ เป็น “๗ วันทำการ”",
        "ก. เเก้ พ.ศ. ๒๕๖๕ ฯลฯ",
        "ห้อง A ชั้น 2 (IT) ๑A",
        "plain",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_thai_is_read(text, encoding):
    assert decode_thai(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "raw", ["café", "señor", "Äpfel", "naïve résumé", "ÄÖÜ", "¤ÇÒÁ café"]
)
def test_other_letters_are_no_thai(raw):
    with pytest.raises(NoText):
        decode_thai(raw.encode("latin-1"))


@pytest.mark.parametrize(
    "raw",
    [
        *[b"\xab Paris \xbb", b"\xa7 5", b"\xa7\xa7 5-7", b"\xa9 2565", b"25 \xb0 C"],
        *[b"\xc0 la carte", b"\xe0 la carte", b"\xe0\xb8", b"IT \xe0\xb8"],
    ],
)
def test_signs_of_windows_and_a_cut_letter_are_no_thai(raw):
    with pytest.raises(NoText):
        decode_thai(raw)


@pytest.mark.parametrize(
    "text", ["ความคิดเห็น", "รอรอรอร"]
)  # of the latter every byte is a letter of Windows too
def test_half_of_a_letter_is_no_text(text):
    with pytest.raises(NoText):
        decode_thai(text.encode()[:-1])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "tis-620"])
def test_what_notepad_and_old_programs_write_is_read(encoding: str) -> None:
    text = "๑. ชื่องาน (กระบวนงาน)\r\nการรับหนังสือ PDF 3 ฉบับ"
    assert decode_thai(text.encode(encoding)) == text


def test_half_of_a_letter_in_utf_16_is_no_text():
    with pytest.raises(NoText):
        decode_thai(b"\xff\xfe\x01")
