import random
import re
import unicodedata
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.util import reorder_vowels

from hearing_portal.thai.script import clusters
from hearing_portal.thai.text import (
    TextRefused,
    changes_note,
    clean_text,
    escape_plain,
    inline_plain,
    is_visible,
    map_inline_text,
    sanitize_inline,
    search_form,
    search_terms,
    without_idle_spaces,
)
from hearing_portal.thai.words import dictionary

some = settings(derandomize=True, max_examples=150, deadline=None)
AWKWARD = (
    "กขนรฤฦอเแโาะำๅัิีึืุู็่้๊๋์ํฺๆฯ๐๕ aBé\u0301\u0316\u0344\u0958\u1100\u1161 \n\t\u200b\u200c\u200d\ufeff\u202e"
    "\u2060\u00ad\u00a0\u2003\u2028\uf70a\uf710\uf0b7\U000e0041👍👩❤\ufe0f🏽&<>"
)
typed = st.text(st.sampled_from(AWKWARD), max_size=60)
anything = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufffc\ufffe\uffff"
    )
)


def cleaned(raw: str) -> str:
    return clean_text(raw, max_length=10_000).text


def refusal(raw: str, **options) -> TextRefused:
    with pytest.raises(TextRefused) as caught:
        clean_text(raw, **{"max_length": 100, **options})
    return caught.value


@pytest.mark.parametrize(
    ("raw", "stored", "changes"),
    [
        ("เเละเเก้ไข", "และแก้ไข", 2),
        ("จัดทําคํานํา", "จัดทำคำนำ", 3),
        ("น้ํา", "น้ำ", 1),
        ("นํ้า", "น้ำ", 1),
        ("นํา้", "น้ำ", 1),
        ("พ้ืนท่ี", "พื้นที่", 2),
        ("ปู่กก้ำ", "ปู่กก้ำ", 0),
        ("รู้", "รู้", 0),
        ("ร\u0e49\u0e39", "รู้", 1),
        ("กา่", "ก่า", 1),
        ("มๅก", "มาก", 1),
        ("ฤๅษี", "ฤๅษี", 0),
        ("อักษร ๅ และอักษร า", "อักษร ๅ และอักษร า", 0),
        ("ก\u202eข\u2066ค\u2060ง\ufeffจ\u00adฉ\U000e0067", "กขคงจฉ", 6),
        ("ก\u200bข\u200cค", "กขค", 2),
        (
            "การ\u200bทดสอบ\u00a0\u00a0สิบข้อ \uf0b7 รายการ\u00ad เเละ",
            "การทดสอบ  สิบข้อ • รายการ และ",
            6,
        ),
        ("หน\uf70aวย\u2003ที\uf713\u3000ฝ\uf717", "หน่วย ที่ ฝ์", 5),
        ("ที \uf70aผู\u00a0\uf70b ก \u0e48 \uf700าน", "ที่ผู้ ก \u0e48 ฐาน", 6),
        ("ป\uf714\uf710 ป\uf702\uf70a", "ปั้ ปี่", 5),  # their order is mended too
        ("\uf700าน กติก\uf70f\uf71a", "ฐาน กติกญ\u0e3a", 3),
        ("\uf0a7 ก \uf0d8 ข \uf0fc ค \uf0e0", "▪ ก ➢ ข ✓ ค →", 4),
        ("หนึ่ง\u2028สอง\u2029สาม", "หนึ่ง\nสอง\nสาม", 2),
        (
            "ก\ue123ข",
            "ก\ue123ข",
            0,
        ),  # nobody knows what it was: a difference shows it by its number
        (
            "👩\u200d👩\u200d👧 👩🏽\u200d💻 ❤\ufe0f\u200d🔥 ก\u200dข",
            "👩\u200d👩\u200d👧 👩🏽\u200d💻 ❤\ufe0f\u200d🔥 กข",
            1,
        ),
        ("e\u0301", "é", 1),
        ("ﬁ Ａ ½ กำ", "ﬁ Ａ ½ กำ", 0),
        ("ก่่่่่่", "ก่", 1),
        ("ก่่่", "ก่่่", 0),
        ("สองวรรค\r\n\r\n  เว้นวรรค  สองช่อง\rจบ", "สองวรรค\n\n  เว้นวรรค  สองช่อง\nจบ", 0),
        ("  ่ขึ้นต้นด้วยไม้เอก ", "  ่ขึ้นต้นด้วยไม้เอก ", 0),
        ("เ\ufeffเก", "แก", 2),
    ],
)
def test_policy_case(raw, stored, changes):
    assert clean_text(raw, max_length=100) == (stored, changes)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("ก\x00ข", "nul"),
        ("ก\ud83dข", "surrogate"),
        ("ก\x07", "control"),
        ("ก\x0b", "control"),
        ("ก\x85", "control"),
        ("ก\x7f", "control"),
        ("ก\uffff", "control"),
        ("ข้อ \ufffc", "object_marker"),
        ("ก" * 101, "too_long"),
    ],
)
def test_refused_with_advice_in_thai(raw, code):
    error = refusal(raw)

    assert error.code == code
    assert "โปรด" in error.message_th


def test_length_is_checked_before_anything_else():
    assert refusal("\x00" * 101).code == "too_long"
    assert "101 ตัวอักษร เกิน 100" in refusal("ก" * 101).message_th


def test_line_end_of_browser_counts_once():
    assert clean_text("ก\r\n" * 50, max_length=100) == ("ก\n" * 50, 0)


def test_text_that_grows_over_the_limit_is_refused():
    assert refusal("\u0958" * 100).code == "too_long"


def test_single_line_field_turns_line_ends_into_spaces():
    assert clean_text("ชื่อ\r\n\tงาน", max_length=100, multiline=False) == ("ชื่อ งาน", 1)


def test_changes_note_counts_places():
    assert [changes_note(0), changes_note(3)] == ["", "ปรับรูปอักขระ 3 แห่ง"]


@some
@given(st.one_of(typed, anything))
def test_cleaning_is_idempotent(raw):
    first = cleaned(raw)

    assert clean_text(first, max_length=10_000) == (first, 0)


@some
@given(st.one_of(typed, anything))
def test_clean_text_is_composed_and_has_at_most_three_marks_in_a_row(raw):
    text = cleaned(raw)
    runs = re.sub(
        r"[^\0]",
        lambda c: "m" if unicodedata.category(c.group()) in ("Mn", "Me") else ".",
        text,
    )

    assert unicodedata.is_normalized("NFC", text)
    assert "mmmm" not in runs
    assert "เเ" not in text
    assert "ํา" not in text


@some
@given(st.text(st.sampled_from("กขคงจ เแโาิีุู่้์ๆ๕5\nab"), max_size=40))
def test_reports_a_change_exactly_when_it_changed_something(raw):
    text, changes = clean_text(raw, max_length=100)

    assert (changes > 0) == (text != raw)


def test_agrees_with_pythainlp_on_marks_in_every_order():
    """Every cluster of the dictionary, its marks in every order, against the library's own reordering."""
    found = {cluster for word in dictionary() for cluster in clusters(word)}
    several = {cluster for cluster in found if re.fullmatch("[ก-ฮ][ะ-ฺ็-๎]{2,}", cluster)}
    orders = {
        cluster[0] + "".join(order)
        for cluster in several
        for order in permutations(cluster[1:])
    }
    said = {
        order: reorder_vowels(unicodedata.normalize("NFC", order)) for order in orders
    }

    assert len(said) > 500
    assert {order: cleaned(order) for order in said} == said


@pytest.mark.parametrize(
    "raw",
    [
        "่" * 20_000,
        "ก" + "่" * 99_999,
        "นํ้า" * 25_000,
        "กา่" * 33_000,
        "e" + "\u0301" * 99_999,
        "\u0f73" * 100_000,
        "\u200d" * 100_000,
        "👍\u200d" * 50_000,
        "เ" * 100_000,
        "<" * 100_000,
    ],
    ids=lambda raw: ascii(raw[:3]),
)
def test_long_awkward_text_is_answered(raw):
    """These took seconds to hours with quadratic passes: the run of the suite is the bound."""
    stored = clean_text(raw, max_length=100_000).text

    assert clean_text(stored, max_length=100_000) == (stored, 0)


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("พ.ศ. ๒๕๖๕", "พ.ศ. 2565"),
        ("จัดทําคํานํา", "จัดทำคำนำ"),
        ("พ้ืนที่\u200bการศึกษา", "พื้นที่การศึกษา"),
        ("ระบบ e-GP", "ระบบ  E-gp"),
        ("บรรทัด\n\t\u00a0ใหม่ ", "บรรทัด ใหม่"),
        ("กฏหมาย", "กฎหมาย"),
        ("ตามข้อ \ufffc และ", "ตามข้อ และ"),
        ("❤\ufe0f", "❤"),
        ("ครูและบุคลากร", "ครู และ บุคลากร"),
        ("AMSS++", "amss ++"),
        ("แฟ้ม 10MB", "แฟ้ม 10 mb"),
        ("๕ - ๗ วัน", "5-7 วัน"),
    ],
)
def test_search_forms_meet(written, looked_for):
    assert search_form(written) == search_form(looked_for)


def test_search_form_keeps_apart_what_is_put_apart_by_spaces_alone():
    assert search_form("กา กำ ก่า") == "กากำก่า"
    assert search_form("ข้อ 5.1 2 My Office") == "ข้อ5.1 2my office"
    assert search_form("เ เก ก า") == "เ เกก า"  # letters that would become others


@pytest.mark.parametrize("typed", ["สพป.ลำปาง เขต 1 (เดิม)", "สพป. ลำปาง เขต1(เดิม)"])
def test_search_terms_are_the_same_with_and_without_spaces_at_numbers(typed):
    assert search_terms(typed) == ["สพป.ลำปาง", "เขต", "1", "เดิม"]


def test_long_run_of_spaces_is_searched_through_once():
    assert len(without_idle_spaces(f"ก{' ' * 300_000}ข")) == 300_002


@some
@given(st.one_of(typed, anything))
def test_search_form_is_idempotent_and_blind_to_the_policy(raw):
    form = search_form(raw)

    assert search_form(form) == form
    assert search_form(cleaned(raw)) == form


REF = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ("ก &lt; ข &amp; ค", "ก &lt; ข &amp; ค"),
        ("<p>หนึ่ง</p><p>สอง<br>สาม</p>", "หนึ่ง\nสอง\nสาม"),
        ("<b>ก</b><strong>ข</strong><i>ค</i>", "<strong>กข</strong><em>ค</em>"),
        ("<em><strong>ก</strong>ข</em>", "<strong><em>ก</em></strong><em>ข</em>"),
        ("<u></u>ก<sup>2</sup><sub>3</sub>", "ก<sup>2</sup><sub>3</sub>"),
        ("<strong>จัดทํา</strong>", "<strong>จัดทำ</strong>"),
        (
            '<a href="https://a.go.th/?x=1&y=2" onclick="x()" class="c">ก</a>',
            '<a href="https://a.go.th/?x=1&amp;y=2">ก</a>',
        ),
        ('<a href="mailto:a@b.go.th">ก</a>', '<a href="mailto:a@b.go.th">ก</a>'),
        ('<a href="javascript:alert(1)">ก</a>', "ก"),
        (
            '<a href="//evil.example">ก</a><a href="/x">ข</a><a href="data:,x">ค</a>',
            "กขค",
        ),
        ("<script>alert(1)</script><style>x{}</style>ก", "ก"),
        ("<img src=x onerror=alert(1)>ก<svg></svg><!-- x -->ข", "กข"),
        (
            f'ตามข้อ <span data-ref="{REF.upper()}" class="x">5.<b>4</b></span> ต่อ',
            f'ตามข้อ <span data-ref="{REF}"></span> ต่อ',
        ),
        ('<span data-ref="x">ก</span><span>ข</span>', "กข"),
        (
            f'<strong><span data-ref="{REF}"></span></strong>',
            f'<strong><span data-ref="{REF}"></span></strong>',
        ),
        ("<strong>\ufeff</strong>เ<u>\u2060</u>เก", "แก"),
    ],
)
def test_inline_case(html, stored):
    assert sanitize_inline(html) == stored
    assert sanitize_inline(stored) == stored


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("ก\x00", "nul"),
        ("&#xFFFC;", "object_marker"),
        ("<b>\ufffc</b>", "object_marker"),
        ("&#7;", "control"),
        ("<b>" * 10_001, "too_many_tags"),
        ("ก" * 200_001, "too_long"),
    ],
)
def test_inline_refusals(html, code):
    with pytest.raises(TextRefused) as caught:
        sanitize_inline(html)

    assert caught.value.code == code


def test_plain_text_of_a_body_has_one_object_marker_per_reference():
    body = sanitize_inline(
        f'<em>ตามข้อ</em> <span data-ref="{REF}"></span> และ <span data-ref="{REF}"></span>'
    )

    assert inline_plain(body) == "ตามข้อ \ufffc และ \ufffc"


def test_text_of_a_body_can_be_mapped_without_touching_links_and_markers():
    body = (
        f'<a href="https://a.go.th/1">ข้อ 1</a> <span data-ref="{REF}"></span> &lt;2&gt;'
    )

    shown = map_inline_text(
        body, lambda text: text.translate({ord("1"): "๑", ord("2"): "๒"})
    )

    assert (
        shown
        == f'<a href="https://a.go.th/1">ข้อ ๑</a> <span data-ref="{REF}"></span> &lt;๒&gt;'
    )


@some
@given(st.one_of(typed, anything))
def test_plain_text_survives_the_way_through_html(raw):
    text = cleaned(raw)

    assert inline_plain(escape_plain(text)) == text
    assert sanitize_inline(escape_plain(text)) == escape_plain(text)


TAGS = [
    "<b>",
    "</b>",
    "<em>",
    "</em>",
    "<u>",
    "</u>",
    "<p>",
    "</p>",
    "<br>",
    "<a href='https://a.th'>",
    "</a>",
    "<x>",
]
pieces = st.sampled_from(
    [
        *TAGS,
        f"<span data-ref={REF}>",
        "</span>",
        "<",
        "&amp;",
        "&lt;b&gt;",
        "&",
        "ก",
        "เ",
        "ํ",
        "า",
        " ",
    ]
)


@some
@given(st.lists(pieces, max_size=25).map("".join))
def test_sanitizing_is_idempotent_and_keeps_only_allowed_tags(html):
    stored = sanitize_inline(html)
    tags = set(re.findall(r"<[^>]*>", stored))

    assert sanitize_inline(stored) == stored
    assert tags <= {
        *(
            "<strong>",
            "</strong>",
            "<em>",
            "</em>",
            "<u>",
            "</u>",
            '<a href="https://a.th">',
            "</a>",
        ),
        *(f'<span data-ref="{REF}">', "</span>"),
    }


def test_deep_and_wide_markup_is_answered():
    deep = "<b>" * 9_000 + "ก"
    mixed = "".join(
        random.Random(5).choice(["<b>", "</b>", "<i>", "</i>", "ก", "<li>"])
        for _ in range(9_000)
    )

    assert sanitize_inline(deep) == "<strong>ก</strong>"
    assert sanitize_inline(sanitize_inline(mixed)) == sanitize_inline(mixed)


FILLERS = (
    "\u3164\u2800\u115f\u1160\uffa0\u180e\ufe0f\u034f\u17b4\ufff9\ue000\U0001d159\u0e31"
)


@pytest.mark.parametrize("blank", FILLERS)
def test_signs_that_show_nothing_are_no_text(blank):
    assert not is_visible(blank * 3)
    assert not is_visible(f"{blank}\n ")
    assert is_visible(f"ก{blank}")
    assert is_visible(f"{blank}๕")


def test_what_is_read_is_visible():
    assert all(map(is_visible, ("ก", "เ", "๕", ".", "+", "🙂", "ตามมาตรา ๕")))
    assert not any(map(is_visible, ("", " ", "\u0e48")))
