import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearing_portal.thai.numbering import (
    LETTERS,
    arabic_digits,
    display_digits,
    display_pieces,
    has_foreign_label,
    label_for,
    letter_for,
    parse_label,
    plain_cite,
    thai_digits,
)

some = settings(derandomize=True, max_examples=150, deadline=None)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("5.4", "๕.๔"),
        ("พ.ศ. 2565", "พ.ศ. ๒๕๖๕"),
        ("เวลา 09.00 น. ถึง 16.30 น.", "เวลา ๐๙.๐๐ น. ถึง ๑๖.๓๐ น."),
        ("แบบ GF07 และ e-GP 2565", "แบบ GF07 และ e-GP ๒๕๖๕"),
        ("รหัส OPM-01-01 (7F3K-91QD)", "รหัส OPM-01-01 (7F3K-91QD)"),
        (
            "https://a.go.th/คู่มือ/2565?id=12 หน้า 3",
            "https://a.go.th/คู่มือ/2565?id=12 หน้า ๓",
        ),
        ("www.obec.go.th/2565 ปี 2565", "www.obec.go.th/2565 ปี ๒๕๖๕"),
        ("ส่ง office1@obec2.go.th ภายใน 3 วัน", "ส่ง office1@obec2.go.th ภายใน ๓ วัน"),
        ("กระดาษ A4 จำนวน 2 แผ่น", "กระดาษ A4 จำนวน ๒ แผ่น"),
        ("1,500.50 บาท 50% 30/9/2565", "๑,๕๐๐.๕๐ บาท ๕๐% ๓๐/๙/๒๕๖๕"),
        (
            "ตาม ISO 9001 และ ISO/IEC 27001:2013 ข้อ 3",
            "ตาม ISO 9001 และ ISO/IEC 27001:2013 ข้อ ๓",
        ),
        ("ไม่เกิน 10 MB 300 dpi 2 ไฟล์", "ไม่เกิน 10 MB 300 dpi ๒ ไฟล์"),
        ("Windows 10, PDF 3 ฉบับ ภายใน 5 นาที", "Windows 10, PDF ๓ ฉบับ ภายใน ๕ นาที"),
        ("ISO 9001 ไฟล์ ISO 9001 ฉบับปี 2558", "ISO 9001 ไฟล์ ISO 9001 ฉบับปี ๒๕๕๘"),
        ("ISO 27001 ชุดใหม่ Windows 10 เครื่อง", "ISO 27001 ชุดใหม่ Windows 10 เครื่อง"),
        ("Covid 19 ครั้งที่ 2, Covid 2563", "Covid 19 ครั้งที่ ๒, Covid ๒๕๖๓"),
        ("e-GP 3.0 และ O-NET 6", "e-GP 3.0 และ O-NET 6"),
        ("Ver. 2 version 2.1 Ver.3 RFC 2616", "Ver. 2 version 2.1 Ver.3 RFC 2616"),
        ("ISO\n9001 ครั้งที่ 2", "ISO\n9001 ครั้งที่ ๒"),
        (
            "ISO-9001 ISO\u00a09001 มอก. 9001-2559",
            "ISO-9001 ISO\u00a09001 มอก. 9001-2559",
        ),
        ("จัดทำ ISO\n9. ส่ง PDF\n2. ส่งต่อ", "จัดทำ ISO\n๙. ส่ง PDF\n๒. ส่งต่อ"),
        ("ส่ง PDF 3 ชุด PDF 3 ไฟล์", "ส่ง PDF ๓ ชุด PDF ๓ ไฟล์"),
        ("e-GP 3 ครั้ง O-NET 2 วัน", "e-GP ๓ ครั้ง O-NET ๒ วัน"),
        ("DMC 2565 และ DMC 10 มิถุนายน ก", "DMC ๒๕๖๕ และ DMC ๑๐ มิถุนายน ก"),
        ("ชั้นประถมศึกษาปีที่ 1 NT ชั้นประถมศึกษาปีที่ 3", "ชั้นประถมศึกษาปีที่ ๑ NT ชั้นประถมศึกษาปีที่ ๓"),
        ("ไข้หวัด H1N1 ระบบ 3G COVID-19 2 ราย", "ไข้หวัด H1N1 ระบบ 3G COVID-19 ๒ ราย"),
        (
            "เครื่อง 192.168.1.1 ถึง 10.0.0.0/24 (127.0.0.1:8080) ภายใน 3 วัน",
            "เครื่อง 192.168.1.1 ถึง 10.0.0.0/24 (127.0.0.1:8080) ภายใน ๓ วัน",
        ),
        ("192.168.0.0-192.168.0.255 2 เครื่อง", "192.168.0.0-192.168.0.255 ๒ เครื่อง"),
        ("ไอพี 8.8.8.8 และ 8.8.4.4 ข้อ 2", "ไอพี 8.8.8.8 และ 8.8.4.4 ข้อ ๒"),
        ("IPv4 10.1.1.1 IPv6 2001:0::1 ::1", "IPv4 10.1.1.1 IPv6 2001:0::1 ::1"),
        ("00:11:22:33:44:55 เวลา 12:30:45", "00:11:22:33:44:55 เวลา ๑๒:๓๐:๔๕"),
        ("v1.2.3 เวอร์ชัน 2.0 เวอร์ชัน 2565", "v1.2.3 เวอร์ชัน 2.0 เวอร์ชัน ๒๕๖๕"),
        ("port 443 สี #112233 ลำดับ #12", "port 443 สี #112233 ลำดับ #๑๒"),
        ("C:\\2565\\1 obec.go.th/แบบ/2565 1", "C:\\2565\\1 obec.go.th/แบบ/2565 ๑"),
        # The numbers of clauses have as many parts
        ("3.2.1 ข้อ 3.2.1.4 ดู 5.2.3.12", "๓.๒.๑ ข้อ ๓.๒.๑.๔ ดู ๕.๒.๓.๑๒"),
        ("1.2.3.4.0 300.1.1.1 8.8.8.8", "๑.๒.๓.๔.๐ ๓๐๐.๑.๑.๑ ๘.๘.๘.๘"),
        ("ข้อ5และ๖", "ข้อ๕และ๖"),
        ("", ""),
    ],
)
def test_thai_digits(stored, shown):
    assert thai_digits(stored) == shown


def test_arabic_digits_leave_what_was_typed_in_codes():
    assert arabic_digits("๕.๔ พ.ศ. ๒๕๖๕ GF๐๗ 7") == "5.4 พ.ศ. 2565 GF๐๗ 7"


def test_pieces_of_a_text_are_shown_as_in_the_whole():
    pieces = ["ตาม ISO ", "9001", " ภายใน ", "3", " วัน"]

    assert display_pieces(pieces, "thai") == ["ตาม ISO ", "9001", " ภายใน ", "๓", " วัน"]


def test_unknown_style_is_an_error():
    with pytest.raises(ValueError, match="roman"):
        display_digits("5", "roman")


@some
@given(st.text(st.sampled_from("0519๐๕ กขa-./:@ (https")))
def test_switching_digits_changes_digits_only_and_comes_back(text):
    thai = thai_digits(text)

    assert re.sub("[0-9๐-๙]", "0", thai) == re.sub("[0-9๐-๙]", "0", text)
    assert arabic_digits(thai) == arabic_digits(text)
    assert thai_digits(thai) == thai


@pytest.mark.parametrize(
    ("arguments", "label"),
    [
        (("decimal", 4, "5"), "5.4"),
        (("decimal", 2, "5.4"), "5.4.2"),
        (("decimal", 5, ""), "5"),
        (("paren", 1, "5.4"), "1)"),
        (("letter", 1, ""), "ก."),
        (("letter", 3, ""), "ค."),
        (("bullet", 7, ""), "•"),
        (("none", 1, "5"), ""),
    ],
)
def test_label(arguments, label):
    assert label_for(*arguments) == label


def test_the_style_of_the_bracket_is_a_kind_of_its_own():
    kinds = ("paren", "parens", "letter", "letter_paren", "letter_parens")
    labels = [label_for(kind, 2) for kind in kinds]
    assert labels == ["2)", "(2)", "ข.", "ข)", "(ข)"]


@pytest.mark.parametrize("cite", ["5.4 1) ก.", "5.4 (1) (ก)", "5.4 1) ก)"])
def test_brackets_do_not_make_another_number(cite):
    assert plain_cite(cite) == "5.4 1) ก."


def test_letters_skip_the_two_obsolete_and_ro_rakhang():
    assert [letter_for(n) for n in range(1, 10)] == list("กขคงจฉชซฌ")
    assert len(LETTERS) == len(set(LETTERS)) == 41
    assert set(map(chr, range(ord("ก"), ord("ฮ") + 1))) - set(LETTERS) == set("ฃฅฆฤฦ")


def test_letters_go_on_doubled():
    assert [letter_for(41), letter_for(42), letter_for(43), letter_for(83)] == [
        "ฮ",
        "กก",
        "ขข",
        "กกก",
    ]


@pytest.mark.parametrize(
    "arguments", [("decimal", 0, ""), ("letter", -1, ""), ("roman", 1, "")]
)
def test_impossible_label_is_an_error(arguments):
    with pytest.raises(ValueError, match=r"ordinals|unknown"):
        label_for(*arguments)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("๕.๑ เจ้าหน้าที่", ("decimal", "5.1", "เจ้าหน้าที่")),
        ("5.1 เจ้าหน้าที่", ("decimal", "5.1", "เจ้าหน้าที่")),
        ("๕.๑.๑๒ ก", ("decimal", "5.1.12", "ก")),
        ("5.1.2. ก", ("decimal", "5.1.2", "ก")),
        ("๕.๑เจ้าหน้าที่", ("decimal", "5.1", "เจ้าหน้าที่")),
        ("๙. แบบสรุปมาตรฐานงาน", ("decimal", "9", "แบบสรุปมาตรฐานงาน")),
        ("1.ชื่องาน", ("decimal", "1", "ชื่องาน")),
        ("5.1", ("decimal", "5.1", "")),
        ("    ๑) หนังสือด่วนที่สุด", ("paren", "1", "หนังสือด่วนที่สุด")),
        ("12)ก", ("paren", "12", "ก")),
        ("(๑) ก", ("parens", "1", "ก")),
        ("ก. กรณีแรก", ("letter", "ก", "กรณีแรก")),
        ("(ข) กรณีที่สอง", ("letter_parens", "ข", "กรณีที่สอง")),
        ("ค) กรณีที่สาม", ("letter_paren", "ค", "กรณีที่สาม")),
        ("- รายการ", ("bullet", "", "รายการ")),
        ("• รายการ", ("bullet", "", "รายการ")),
        ("\uf0b7\tรายการ", ("bullet", "", "รายการ")),
        ("๑ | เริ่มต้น | เปิดระบบ", None),
        ("09.00 น. และ", None),
        ("30/9/2565", None),
        ("1.5% ของ", None),
        ("2565. ก", None),
        ("ก.ค.ศ. กำหนด", None),
        ("พ.ศ. 2565", None),
        ("-5 องศา", None),
        ("การรับหนังสือ", None),
        ("", None),
    ],
)
def test_parse_label(line, label):
    found = parse_label(line)
    assert (found and found[:3]) == label


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("๕.๑) เจ้าหน้าที่ตรวจ", "5.1"),
        ("( ๑ ) x", "1"),
        ("5.1.ตรวจ", "5.1"),
        ("๑ ) x", "1"),
        ("(ก ) x", "ก"),
    ],
)
def test_careless_label_is_read(line, number):
    assert parse_label(line).number == number
    assert not parse_label(line).is_weak


@pytest.mark.parametrize(
    "line",
    ["14.30 น. เป็นต้นไป", "2.5 ล้านบาท", "๕.๒ คะแนนเต็ม", "5.3 ชั่วโมงสอน", "จ. ลำปาง"],
)
def test_label_that_may_be_an_amount_or_an_abbreviation_is_weak(line):
    assert parse_label(line).is_weak


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("ข้อ ๑ ยื่นคำขอ", ("decimal", "1", "ยื่นคำขอ", True, "ข้อ")),
        ("ขั้นตอนที่ ๓ : ตรวจ", ("decimal", "3", "ตรวจ", True, "ขั้นตอนที่")),
        ("ข.๑ คำขอ", ("paren", "ข.1", "คำขอ", True, "")),
        ("o คำขอ", ("bullet", "", "คำขอ", True, "o")),
        ("❖ คำขอ", ("bullet", "", "คำขอ", False, "")),
        ("\uf041 คำขอ", ("bullet", "", "คำขอ", False, "")),
    ],
)
def test_label_in_words_is_weak_and_a_sign_is_a_bullet(line, label):
    assert parse_label(line) == label


@pytest.mark.parametrize("line", ["a) x", "(iv) x", "B. x", "① x"])
def test_label_of_another_alphabet_is_none_of_ours(line):
    assert parse_label(line) is None
    assert has_foreign_label(line)


@pytest.mark.parametrize(
    ("line", "ordinal", "above"),
    [("5.4.2 x", 2, "5.4"), ("7. x", 7, ""), ("(ค) x", 3, ""), ("- x", 0, "")],
)
def test_label_knows_its_place_in_its_list(line, ordinal, above):
    label = parse_label(line)
    assert (label.ordinal, label.above) == (ordinal, above)


@some
@given(
    st.sampled_from(
        ["decimal", "paren", "parens", "letter", "letter_paren", "letter_parens"]
    ),
    st.integers(1, 41),
    st.sampled_from(["", "5", "5.4"]),
    st.sampled_from([str, thai_digits]),
)
def test_every_label_we_make_can_be_read(kind, ordinal, prefix, digits):
    label = label_for(kind, ordinal, prefix)
    bare_number = kind == "decimal" and not prefix

    found = parse_label(f"{digits(label)}{'.' if bare_number else ''} เนื้อความ")

    assert found[:3] == (kind, label.strip("()."), "เนื้อความ")
    assert found.ordinal == ordinal
