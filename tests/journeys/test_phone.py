"""The hearing on a telephone: nothing lies over what one reads, everything is in reach of a thumb and of the Tab key,
also when the letters are twice as large."""

import itertools
import re

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 360, "height": 640}
LONG = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย " * 12
# How far an element's top is below the bottom of the bar that stays at the top
BELOW_BAR = """([selector, bar]) => {
  const bottom = document.querySelector(bar)?.getBoundingClientRect().bottom ?? 0;
  return document.querySelector(selector).getBoundingClientRect().top - Math.max(0, bottom);
}"""


# The free space below each line of words of the crumbs, above the next one and above the head of the page
BELOW_CRUMBS = """() => {
  const tops = [];
  const bottoms = [];
  for (const item of document.querySelectorAll(".crumbs li")) {
    const words = document.createRange();
    words.selectNodeContents(item.querySelector("a")?.firstChild ?? item);
    const boxes = [...words.getClientRects()].filter((box) => box.width);
    tops.push(Math.min(...boxes.map((box) => box.top)));
    bottoms.push(Math.max(...boxes.map((box) => box.bottom)));
  }
  tops.push(document.querySelector(".page-head").getBoundingClientRect().top);
  return bottoms.map((bottom, place) => tops[place + 1] - bottom);
}"""


@pytest.fixture
def hall(process, dir_group, fin_group, hearing, facilitator, admin, drafter):
    """A room in session: the bar above the pages runs to two lines."""
    factories.make_manual(fin_group)
    for number in range(12):
        factories.make_clause(process, f"{LONG} {number}", by=drafter)
    law = factories.make_legal_source(
        "ระเบียบว่าด้วยการรักษาความปลอดภัยแห่งชาติ 2517",
        full_title="ระเบียบว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. 2517",
        year_be=2517,
        status="repealed",
    )
    factories.make_clause(process, f"ปฏิบัติตาม{law.full_title}", by=drafter)
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    session = factories.make_session(
        edition, dir_group, hearing=hearing, kind="room", venue="ห้องประชุมใหญ่ ชั้น 2"
    )
    session = factories.open_session(session, by=facilitator)
    clause = factories.clause_at(process, "5.2")
    factories.make_discussion(
        session, factories.entry_of(edition, clause), by=facilitator
    )
    return session


@pytest.fixture
def phone(hall, signed_in, delegate) -> Page:
    return signed_in(delegate, 360, height=640, has_touch=True, is_mobile=True)


def enlarge(page: Page, percent: int) -> None:
    """The letters of the browser's own setting: what is measured in them follows, widths of windows too."""
    size = 16 * percent // 100
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}}
    )


def test_name_of_a_repealed_law_takes_two_lines_where_it_has_to(phone, process):
    phone.goto(f"/groups/DIR/processes/{process.uuid}/")
    expect(phone.get_by_text("รักษาความปลอดภัยแห่งชาติ 2517 ยกเลิกแล้ว")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_crumbs_of_several_lines_touch_nothing_below_them(process, drafter, signed_in):
    title = "การขอใช้รถราชการส่วนกลางด้วยระบบจองรถออนไลน์และการรายงานผลการใช้รถ"
    section = factories.make_section(process.manual, title, kind="process", by=drafter)
    page = signed_in(drafter, 360)
    page.goto(f"/groups/DIR/drafts/{section.uuid}/versions/")
    free = page.evaluate(BELOW_CRUMBS)
    assert len(free) == 3
    assert min(free) >= 5


@pytest.mark.parametrize("percent", [100, 200])
def test_one_bar_stays_at_the_top_and_anchors_land_below_it(phone, process, percent):
    enlarge(phone, percent)
    phone.goto(f"/groups/DIR/processes/{process.uuid}/")
    for number in (5, 2, 9, 1, 8, 3, 7, 4, 6):
        link = phone.locator(f".parts__link[href='#part-{number}']")
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert min(box["width"], box["height"]) >= 44
        link.press("Enter")
        expect(phone.locator(f"#part-{number}")).to_be_in_viewport()
        assert phone.evaluate(BELOW_BAR, [f"#part-{number}", ".parts"]) > -1
    # No slit above the bar and no second bar. With large letters none stays: they need the height
    expect(phone.locator(".parts")).to_have_css(
        "position", "sticky" if percent == 100 else "static"
    )
    expect(phone.locator(".session-bar")).to_have_css("position", "static")
    if percent == 100:
        assert phone.locator(".parts").bounding_box()["y"] == 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("percent", [100, 200])
def test_anchors_land_below_a_session_bar_of_two_lines(phone, percent):
    enlarge(phone, percent)
    phone.goto("/groups/DIR/")
    phone.locator(".tabs__link[href='#duties-section'], .tabs__link").last.press(
        "Enter"
    )
    target = "#" + phone.evaluate("location.hash.slice(1)")
    expect(phone.locator(target)).to_be_in_viewport()
    assert phone.evaluate(BELOW_BAR, [target, ".session-bar"]) > -1


def test_bars_scroll_away_where_a_window_is_as_low_as_a_line_of_large_letters(
    phone, process
):
    phone.set_viewport_size(
        {"width": 180, "height": 320}
    )  # 200 % in a browser, of 360 × 640
    phone.goto(f"/groups/DIR/processes/{process.uuid}/")
    positions = phone.evaluate(
        "['.session-bar', '.parts', '.action-bar'].map(bar => getComputedStyle(document.querySelector(bar)).position)"
    )
    assert positions == ["static", "static", "static"]


def test_buttons_of_a_clause_are_quiet_until_it_is_reached(phone, process):
    phone.goto(f"/groups/DIR/processes/{process.uuid}/")
    clause = (
        phone.locator(".clause--quiet")
        .filter(has_text="เก็บสำเนา")
        .or_(phone.locator(".clause--quiet"))
        .first
    )
    button = clause.get_by_role("link", name=names.COMMENT_ON)
    expect(
        button
    ).to_be_visible()  # in sight before anything is touched, and named for who hears the page
    assert re.match("แสดงความคิดเห็น .+", button.get_attribute("aria-label"))
    frame = "button => getComputedStyle(button).borderTopColor"
    assert button.evaluate(frame) == "rgba(0, 0, 0, 0)"

    button.focus()

    phone.wait_for_function(
        "button => getComputedStyle(button).borderTopColor !== 'rgba(0, 0, 0, 0)'",
        arg=button.element_handle(),
    )


def test_contents_stand_in_the_first_screen_with_ones_own_groups_first(
    phone, dir_group
):
    phone.goto("/")
    assert phone.locator("#toc").bounding_box()["y"] < 400
    first = phone.locator(".contents__name").first
    expect(first).to_be_in_viewport(ratio=1)
    expect(first).to_have_text(dir_group.name)
    assert phone.locator(".contents__part").all_text_contents() == [
        "กลุ่มงานของท่าน",
        "กลุ่มงานอื่น",
    ]
    # What is under discussion is one touch away
    phone.locator(".contents__now").tap()
    phone.wait_for_url("**/processes/**")


def test_composer_shows_the_whole_clause_and_the_form(phone, process, hall):
    long_entry = hall.edition.entries.filter(
        kind="clause", blob__plain__startswith=LONG[:60]
    ).last()
    phone.goto(f"/entries/{long_entry.pk}/comments/new/")
    words = phone.locator(".sheet__words")
    assert LONG.strip()[-20:] in words.inner_text().replace("\u00a0", " ")
    expect(phone.locator(".choices__item").first).to_be_in_viewport()
    # By keyboard to the last of its words
    words.focus()
    phone.keyboard.press("End")
    phone.wait_for_function(
        "() => { const e = document.querySelector('.sheet__words');"
        " return e.scrollTop > 0 && e.scrollTop + e.clientHeight >= e.scrollHeight - 2 }"
    )
    # Folded it is one line, and the field being written in is not under it
    phone.locator(".sheet__cite").press("Enter")
    expect(words).to_be_hidden()
    phone.locator(".sheet__cite").press("Enter")
    phone.locator("#id_text").focus()
    assert phone.evaluate(BELOW_BAR, ["#id_text", ".sheet__scrim"]) >= 0


def test_error_goes_once_it_is_corrected(phone, hall, process):
    entry = factories.entry_of(hall.edition, factories.clause_at(process, "5.1"))
    phone.goto(f"/entries/{entry.pk}/comments/new/")
    phone.locator("[name=type][value=ask]").check(force=True)
    phone.get_by_role("button", name=names.SEND).click()
    text = phone.locator("#id_text")
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(phone.locator(".error-summary")).to_be_visible()

    text.fill("ขอทราบกำหนดเวลา")

    expect(text).to_have_attribute("aria-invalid", "false")
    expect(phone.locator("#id_text_error")).to_be_hidden()
    expect(phone.locator(".error-summary")).to_be_hidden()
    assert "id_text_error" not in (text.get_attribute("aria-describedby") or "")

    text.fill("")

    expect(text).to_have_attribute("aria-invalid", "true")
    expect(phone.locator("#id_text_error")).to_be_visible()


def test_acknowledgement_repeats_all_that_was_sent(phone, hall, process, delegate):
    entry = factories.entry_of(hall.edition, factories.clause_at(process, "5.1"))
    phone.goto(f"/entries/{entry.pk}/comments/new/")
    phone.locator("[name=type][value=amend]").check(force=True)
    phone.locator("#id_text").fill("ขอให้เปิดวันละสี่ครั้ง")
    words = phone.locator("[name^=words-]").first
    words.fill(words.input_value() + " ในระบบ")
    phone.locator("[name=issue_class][value=technology]").check(force=True)
    phone.locator("[name='issue-technology-system']").fill("AMSS++")
    phone.get_by_role("button", name=names.SEND).click()

    sent = phone.locator(".composer--sent")
    expect(sent).to_contain_text(names.RECEIVED)
    comment = Comment.objects.get()
    for told in (
        f"เลขที่ {comment.pk}",
        "ข้อ\u00a05.1",
        "การรับหนังสือราชการ",
        delegate.office.short_name,
        "ขอแก้ไข",
        "เทคโนโลยี",
        "AMSS++",
        entry.blob.plain,
        "ขอให้เปิดวันละสี่ครั้ง",
    ):
        expect(sent).to_contain_text(told)
    expect(sent.locator("time")).to_have_attribute(
        "datetime", re.compile(str(comment.made_at.year))
    )
    expect(sent.locator("ins")).to_contain_text(["ในระบบ"])


def test_every_step_of_a_comments_way_is_named(phone, hall, process, delegate):
    entry = factories.entry_of(hall.edition, factories.clause_at(process, "5.1"))
    factories.make_comment(hall, entry, delegate)
    phone.goto("/my-comments/")
    steps = phone.locator(".trail__name")
    assert steps.all_inner_texts() == [
        "ส่งแล้ว",
        "รับเรื่อง",
        "พิจารณา",
        "แก้ถ้อยคำ",
        "อยู่ในฉบับ",
    ]
    boxes = [step.bounding_box() for step in steps.all()]
    for box, following in itertools.pairwise(boxes):
        assert box["width"] > 20
        assert box["x"] + box["width"] <= following["x"] + 1
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 360
