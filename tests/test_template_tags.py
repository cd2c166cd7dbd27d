"""What templates say with our tags: digits of the reader, dates, redlines, signs."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from hearing_portal.directory.models import User
from hearing_portal.thai.diff import Segment
from tests import factories


def rendered(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("style", "text", "shown"),
    [
        ("thai", "ข้อ 5.3 ใช้ GF07 และ e-GP2", "ข้อ ๕.๓ ใช้ GF07 และ e-GP2"),
        ("arabic", "ข้อ ๕.๓ ภายใน ๓๐ นาที", "ข้อ 5.3 ภายใน 30 นาที"),
        ("thai", "<b>3</b>", "&lt;b&gt;๓&lt;/b&gt;"),
        (
            "thai",
            mark_safe('<a href="/9/" data-n="2">3 &#39;4&#39;</a>'),
            '<a href="/9/" data-n="2">๓ &#39;๔&#39;</a>',
        ),
        ("thai", None, ""),
    ],
)
def test_digits_follow_the_reader_but_leave_codes_and_markup(style, text, shown):
    assert rendered("{% digits text %}", text=text, digits_style=style) == shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("08.30 น. ลงทะเบียน", ["08.30 น."]),
        ("เวลา 09.00-12.00 น. แยกห้อง", ["09.00-12.00 น."]),
        ("๑๓.๐๐ – ๑๕.๓๐ น. (ต่อ)\n16:30 ปิด", ["๑๓.๐๐ – ๑๕.๓๐ น.", "16:30"]),
        ("09.00 นาฬิกา ถึง 10.00น.", ["09.00 นาฬิกา", "10.00น."]),
        ("ห้อง 12 ข้อ 5.3 งบ 1,250.000 บาท", []),
    ],
)
def test_time_in_a_typed_programme_is_not_parted(typed, kept):
    html = rendered("{{ programme|typed_lines }}", programme=f"<b>{typed}")
    assert re.findall(r'<span class="u-nowrap">(.*?)</span>', html) == kept
    words = html.replace("<br>", "\n").replace("</span>", "")
    assert words.replace('<span class="u-nowrap">', "") == f"&lt;b&gt;{typed}"


def test_headings_break_between_phrases_and_never_before_a_year():
    shown = rendered(
        "{% digits title|phrases %}", title="ร่าง<b> พ.ศ. 2565", digits_style="thai"
    )

    assert (
        shown
        == '<span class="u-phrase">ร่าง&lt;b&gt;</span> <span class="u-phrase">พ.ศ.\u00a0๒๕๖๕</span>'
    )


def test_dates_are_thai_for_people_and_iso_for_machines():
    at = datetime(2022, 9, 20, 3, 42, tzinfo=UTC)

    assert rendered("{% moment at %}", at=at) == (
        '<time datetime="2022-09-20T03:42:00+00:00">20\u00a0กันยายน\u00a02565 เวลา\u00a010.42\u00a0น.</time>'
    )
    assert rendered(
        "{% moment day %}|{{ day|be_date_short }}|{{ none|be_date }}|{% moment none %}",
        day=date(2024, 2, 29),
        none=None,
    ) == (
        '<time datetime="2024-02-29">29\u00a0กุมภาพันธ์\u00a02567</time>|29\u00a0ก.พ.\u00a02567||'
    )


def test_redline_is_escaped_and_keeps_line_ends():
    segments = [
        Segment("equal", "ก\n<b>"),
        Segment("del", "3 วัน"),
        Segment("ins", "5 วัน & คืน"),
    ]

    assert rendered(
        "{% diff_html segments %}", segments=segments, digits_style="thai"
    ) == ("ก<br>&lt;b&gt;<del>๓ วัน</del><ins>๕ วัน &amp; คืน</ins>")


def test_change_of_digits_only_stays_visible():
    segments = [Segment("del", "๕"), Segment("ins", "5"), Segment("equal", " วัน")]

    assert rendered(
        "{% diff_html segments %}", segments=segments, digits_style="thai"
    ) == ('<del translate="no">๕</del><ins translate="no">5</ins> วัน')
    assert rendered(
        "{% diff_html segments 'before' is_named=False %}", segments=segments
    ) == (
        '<del translate="no">๕</del> วัน'
        ' <span class="u-soft u-small">(เฉพาะรูปแบบเลข)</span>'
    )


def test_redline_of_what_people_typed_keeps_their_digits():
    segments = [Segment("equal", "๑๕ วัน "), Segment("del", "๓"), Segment("ins", "7")]

    assert (
        rendered("{% diff_html segments as_typed=True %}", segments=segments)
        == "๑๕ วัน <del>๓</del><ins>7</ins>"
    )


def test_reason_is_shown_as_it_was_typed():
    """`digits` is for words of the book (docs/decisions/0206); a reason is somebody's own."""
    turned = []
    for path in (Path(__file__).resolve().parent.parent / "templates").rglob("*.html"):
        for tag in re.findall(r"{% digits ([^%]*) %}", path.read_text()):
            if re.search(r"\b(reason|question|proposed)\b", tag):
                turned.append(f"{path.name}: {tag}")
    assert turned == []


def test_state_has_icon_and_word():
    badge = rendered("{% state_badge 'not_accepted' %}")

    assert badge.startswith(
        '<span class="state state--no"><svg class="icon" aria-hidden="true"><use href="'
    )
    assert badge.endswith('#x-lg"/></svg>ไม่เห็นชอบตามที่เสนอ</span>')


def test_offices_of_both_kinds_stand_apart():
    """With a blank between them alone, the sign of the second stands nearer to the figure before than to its word."""
    spaced = re.compile(
        r'class="[^"]*(?:\boffices|\brow\b|comment__offices|queue__offices|queue__stand|agenda__counts)|<dd>'
    )
    close = []
    for path in (Path(__file__).resolve().parent.parent / "templates").rglob("*.html"):
        text = path.read_text()
        for tag in re.finditer(r'{% office_(?:count|share) "secondary"', text):
            before = re.sub(
                r"<(span|p|strong)\b[^>]*>[^<]*</\1>", "", text[: tag.start()]
            )
            around = re.findall(r"<[a-z][^>]*>", before)[-1]
            if not spaced.search(around):
                close.append(path.name)
    assert close == []


def test_every_outcome_has_a_badge():
    from comments.models.disposition import Outcome
    from hearing_portal.templatetags.thai import STATES

    assert {value: STATES[value][2] for value in Outcome.values} == dict(
        Outcome.choices
    )


def test_count_never_parts_from_its_word():
    assert rendered("{{ n|count:'ความคิดเห็น' }}", n=2710) == "2,710\u00a0ความคิดเห็น"


def test_share_names_numbers_and_per_cent():
    row = " ".join(
        rendered(
            "{% support_row 'primary' 62 86 %}{% support_row 'secondary' 0 0 %}"
        ).split()
    )

    assert 'value="72" aria-label="สพป. เห็นชอบร้อยละ 72"' in row
    assert "62 จาก 86 เขต" in row
    assert 'value="0" aria-label="สพม. เห็นชอบร้อยละ 0"' in row
    assert "ยังไม่มี" in row  # never "0 จาก 0"


def test_figure_that_stands_alone_says_what_it_counts():
    from comments.tallies import OfficeTally

    shown = rendered(
        "{% office_share 'primary' tally %}",
        tally=OfficeTally(for_text=0, for_change=3),
    )

    assert (
        shown == '<span class="office office--primary">สพป. เห็นชอบ 0 จาก 3 เขต</span>'
    )


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["กรุงเทพมหานคร"], "กรุงเทพมหานคร"),
        (["ลำปาง"], "จังหวัดลำปาง"),
        (["กรุงเทพมหานคร", "นนทบุรี"], "กรุงเทพมหานคร และจังหวัดนนทบุรี"),
        (["ชลบุรี", "ระยอง", "ตราด"], "จังหวัดชลบุรี จังหวัดระยอง และจังหวัดตราด"),
        ([], ""),
    ],
)
def test_bangkok_is_no_changwat(names, shown):
    assert rendered("{{ names|provinces }}", names=names) == shown


@pytest.mark.django_db
def test_head_of_a_page_counts_several_groups_and_the_menu_names_them(
    dir_group, fin_group
):
    person = factories.make_facilitator(dir_group)
    assert roles_told(person) == ["ผู้ดำเนินเวที กลุ่มอำนวยการ"] * 2
    factories.make_role(person, "facilitator", group=fin_group)
    names = f"ผู้ดำเนินเวที {dir_group.short_name} และ{fin_group.short_name}"
    assert roles_told(person) == ["ผู้ดำเนินเวที 2 กลุ่มงาน", names]
    # An office speaks in many groups: it is the office that is named
    head = factories.make_office_head(factories.make_office("สพป.ลำปาง เขต 1"))
    assert roles_told(head) == ["ผอ.สพป.ลำปาง เขต 1"] * 2


def roles_told(person: User) -> list[str]:
    """At the head and in the menu, as the next request reads the person."""
    tags = ("{% my_role %}", "{% my_role in_full=True %}")
    return [rendered(tag, user=User.objects.get(pk=person.pk)) for tag in tags]


def test_attribute_and_link_stand_only_where_there_is_reason():
    assert rendered('<b {% attribute "open" mistakes %}>', mistakes=["ว่าง"]) == (
        "<b open>"
    )
    assert rendered('<b {% attribute "open" mistakes %}>', mistakes=[]) == "<b >"
    assert rendered("{% linked url words %}", url="/a/?b&c", words="<ข้อ>") == (
        '<a href="/a/?b&amp;c">&lt;ข้อ&gt;</a>'
    )
    assert rendered("{% linked url words %}", url="", words="<ข้อ>") == "&lt;ข้อ&gt;"


@pytest.mark.parametrize(
    ("digits_style", "theme", "html"),
    [
        ("arabic", "system", "<html>"),
        ("thai", "dark", '<html data-digits="thai" data-theme="dark">'),
    ],
)
def test_html_says_what_the_reader_chose(digits_style, theme, html):
    template = "<html{% reader_attributes %}>"

    assert rendered(template, digits_style=digits_style, theme=theme) == html
