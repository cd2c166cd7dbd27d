"""Writing in the browser: on two devices, two at once, with a line that drops, by keyboard alone, without scripts."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, DraftBuffer, Section
from tests import factories
from tests.journeys.conftest import expect_kept, sign_in_browser

pytestmark = pytest.mark.django_db(transaction=True)
TEXT_OF_AIMS = "a[href*='part=2'][href*='kind=text']"
ADD_TO_AIMS = f"details:has({TEXT_OF_AIMS}) > summary"
MOST_STOPS = 120  # of the tabulator on one page
FOCUS_IS_SEEN = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return true;
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(focused);
    const box = focused.getBoundingClientRect();
    const isDrawn = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    return isDrawn && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


def edit_url(clause: Clause) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"


def words_of(page: Page):
    return page.locator("[name=words-text]")


def open_with_clock(page: Page, url: str) -> None:
    page.clock.install()
    page.goto(url)
    page.wait_for_load_state("load")


def test_old_copy_of_one_device_does_not_replace_the_newer_one_of_another(
    signed_in, drafter, clause, allow_outage
):
    office, home = signed_in(drafter), signed_in(drafter, width=360)
    open_with_clock(office, edit_url(clause))
    allow_outage(office)
    office.context.set_offline(True)
    words_of(office).fill("พิมพ์ที่สำนักงานตอนสายหลุด")
    office.clock.run_for(10_000)
    expect_kept(office, "draft")
    open_with_clock(home, edit_url(clause))
    words_of(home).fill("พิมพ์ต่อที่บ้าน")
    home.clock.run_for(10_000)
    expect(home.locator("[data-kept]")).to_contain_text("เก็บร่างไว้แล้ว")

    office.context.set_offline(False)
    office.goto("/account/")
    office.goto(edit_url(clause))

    expect(office.get_by_text("มีร่างอีกฉบับที่ท่านพิมพ์ไว้")).to_be_visible()
    expect_kept(office)
    assert sorted(
        copy.values["words-text"][0] for copy in DraftBuffer.objects.all()
    ) == [
        "พิมพ์ต่อที่บ้าน",
        "พิมพ์ที่สำนักงานตอนสายหลุด",
    ]
    expect(words_of(office)).to_have_value("พิมพ์ต่อที่บ้าน")
    office.get_by_role("link", name="เขียนต่อจากร่างนั้น").click()
    expect(words_of(office)).to_have_value("พิมพ์ที่สำนักงานตอนสายหลุด")


NO_BEACON = "navigator.sendBeacon = () => true"  # it never arrives


@pytest.mark.parametrize(
    "address", ["clauses/{clause.uuid}/", "steps/", "clauses/new/?part=5&kind=text"]
)
def test_page_read_anew_right_after_typing_shows_what_was_typed(
    signed_in, drafter, clause, address
):
    page = signed_in(drafter)
    page.add_init_script(NO_BEACON)
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/"
    page.goto(draft + address.format(clause=clause))
    words = page.locator("textarea[name$='-text']").first
    before = words.input_value()
    words.press("Control+End")
    words.press_sequentially(" พิมพ์แล้วอ่านหน้าใหม่ทันที")

    page.reload()

    expect(words).to_have_value(f"{before} พิมพ์แล้วอ่านหน้าใหม่ทันที")
    expect(page.get_by_text("ร่างที่ท่านพิมพ์ค้างไว้").first).to_be_visible()
    expect_kept(page)


def test_draft_older_than_a_saved_version_stands_beside_it_with_the_comparison(
    signed_in, drafter, clause
):
    first, second = signed_in(drafter), signed_in(drafter, width=360)
    for page in (first, second):
        page.goto(edit_url(clause))
    words_of(first).fill("ร่างที่เขียนก่อน")
    expect(first.locator("[data-kept]")).to_contain_text("เก็บร่างไว้แล้ว")
    words_of(second).fill("ถ้อยคำที่บันทึกทีหลัง")
    second.locator("[name=reason]").fill("แก้")
    second.locator("#clause-form button.button--main").click()
    expect(second.get_by_text("บันทึกเป็นรุ่นที่").first).to_be_visible()

    second.goto(edit_url(clause))

    expect(words_of(second)).to_have_value("ถ้อยคำที่บันทึกทีหลัง")
    offered = second.locator(".notice", has_text="ร่างที่ค้างอยู่")
    offered.get_by_text("เทียบร่างนั้นกับที่บันทึกแล้ว").click()
    expect(offered.locator("ins").first).to_be_visible()
    offered.get_by_role("link", name="เขียนต่อจากร่างนั้น").click()
    expect(words_of(second)).to_have_value("ร่างที่เขียนก่อน")
    expect(second.get_by_text("ท่านแก้ไว้ในอีกหน้าต่างหนึ่ง")).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_new_clause_saved_again_after_going_back_is_the_same_clause(
    signed_in, drafter, process, has_scripts
):
    page = signed_in(drafter, java_script_enabled=has_scripts)
    page.goto(f"/groups/DIR/drafts/{process.uuid}/clauses/new/?part=5&kind=text")
    save = page.locator("#clause-form button.button--main")
    words_of(page).fill("ข้อใหม่ที่บันทึกแล้ว")
    page.locator("[name=reason]").fill("เพิ่ม")
    save.click()
    expect(page.get_by_text("บันทึกเป็นรุ่นที่").first).to_be_visible()
    page.go_back()
    words_of(page).fill("ข้อใหม่ที่แก้อีกครั้ง")
    page.locator("[name=reason]").fill("แก้")
    save.click()
    same = page.get_by_text("ถ้อยคำที่ส่งมายังไม่ได้บันทึก")
    expect(same.or_(page.get_by_text("บันทึกเป็นรุ่นที่")).first).to_be_visible()
    if same.is_visible():
        save.click()
    expect(page.get_by_text("บันทึกเป็นรุ่นที่").first).to_be_visible()

    new = Clause.objects.filter(section=process, plain__startswith="ข้อใหม่ที่")
    assert [clause.plain for clause in new] == ["ข้อใหม่ที่แก้อีกครั้ง"]


def test_who_signed_out_elsewhere_is_told_so_and_led_to_sign_in(
    signed_in, drafter, clause, allow_outage, live_server
):
    page = signed_in(drafter)
    allow_outage(page)
    page.goto(edit_url(clause))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    words_of(page).fill("พิมพ์หลังออกจากระบบ")
    told = page.locator("[data-kept]")
    expect(told).to_contain_text("ท่านออกจากระบบแล้ว เก็บร่างไว้ในเครื่องนี้ก่อน")
    link = told.get_by_role("link", name="เข้าสู่ระบบในแท็บใหม่")
    expect(link).to_have_attribute("target", "_blank")
    expect_kept(page, "draft")

    sign_in_browser(page.context, drafter, live_server.url)
    words_of(page).press_sequentially(" พิมพ์ต่อ")

    expect(told).to_contain_text("เก็บร่างไว้แล้ว")
    expect_kept(page)
    kept = DraftBuffer.objects.get().values["words-text"]
    assert kept[0].startswith("พิมพ์หลังออกจากระบบ")


def test_page_that_a_link_leads_to_lists_what_was_typed_last(
    signed_in, drafter, clause
):
    page = signed_in(drafter)
    page.goto(edit_url(clause))
    words_of(page).fill("พิมพ์แล้วกดลิงก์ทันที")

    page.locator(".crumbs a").last.click()

    expect(page.locator(".notice", has_text="พิมพ์ค้างไว้")).to_be_visible()
    assert DraftBuffer.objects.get().values["words-text"] == ["พิมพ์แล้วกดลิงก์ทันที"]


def test_marks_go_where_the_caret_is_and_a_dropped_draft_is_gone(
    signed_in, drafter, clause
):
    page = signed_in(drafter)
    page.goto(edit_url(clause))
    words_of(page).fill("ส่งหนังสือตาม ทุกวัน")
    page.locator("#emphasis > summary").click()
    page.locator("[name=emphasis_words]").fill("ทุกวัน")
    page.locator("[name=emphasis_words]").press("Enter")
    expect(words_of(page)).to_have_value("ส่งหนังสือตาม ⟦หนา⟧ทุกวัน⟦/หนา⟧")
    words_of(page).evaluate("field => field.setSelectionRange(13, 13)")  # behind ตาม
    page.locator("#references summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="แสดงข้อของหมวดนี้").click()
    page.get_by_role("button", name="แทรกในถ้อยคำ").click()
    expect(words_of(page)).to_have_value("ส่งหนังสือตาม⟦1⟧ ⟦หนา⟧ทุกวัน⟦/หนา⟧")
    with page.expect_navigation():
        page.get_by_role("button", name="เก็บร่างไว้ก่อน").click()

    page.goto(edit_url(clause))
    words_of(page).press_sequentially("พิมพ์เพิ่ม")
    with page.expect_navigation():
        page.get_by_role("button", name="ทิ้งร่างนี้").click()
    expect(page.get_by_text("ทิ้งร่างที่พิมพ์ค้างไว้แล้ว")).to_be_visible()
    page.goto(edit_url(clause))
    expect(words_of(page)).to_have_value(clause.plain)
    assert not DraftBuffer.objects.exists()


# -- two drafters, one clause


def test_conflict_of_two_drafters_is_merged(signed_in, drafter, second_drafter, clause):
    mine, theirs = signed_in(drafter), signed_in(second_drafter, width=360)
    before = clause.plain
    for page in (mine, theirs):
        page.goto(edit_url(clause))
    words_of(theirs).fill(f"{before} ภายในวันทำการเดียวกัน")
    theirs.locator("[name=reason]").fill("กำหนดเวลา")
    theirs.get_by_role("button", name="บันทึกเป็นรุ่นที่").click()
    expect(theirs.get_by_text("ภายในวันทำการเดียวกัน").first).to_be_visible()

    words_of(mine).fill(f"ให้{before}")
    mine.locator("[name=reason]").fill("ให้ชัดเจน")
    mine.get_by_role("button", name="บันทึกเป็นรุ่นที่").click()
    expect(mine.get_by_text("มีผู้บันทึกข้อนี้ก่อนท่าน")).to_be_visible()
    expect(words_of(mine)).to_have_value(f"ให้{before}")
    mine.get_by_role("button", name="ใช้ถ้อยคำที่รวม").click()
    expect(words_of(mine)).to_have_value(f"ให้{before} ภายในวันทำการเดียวกัน")
    mine.get_by_role("button", name="บันทึกเป็นรุ่นที่").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("การรับหนังสือราชการ")

    assert Clause.objects.get(pk=clause.pk).plain == f"ให้{before} ภายในวันทำการเดียวกัน"
    assert not DraftBuffer.objects.exists()
    mine.goto(edit_url(clause))
    expect_kept(mine)


# -- a line that drops


def test_words_sent_while_the_line_is_down_are_not_lost(
    signed_in, drafter, clause, allow_outage
):
    page = signed_in(drafter)
    page.goto(edit_url(clause))
    allow_outage(page)
    page.context.set_offline(True)
    words_of(page).fill("พิมพ์ก่อนสายหลุด")
    page.locator("[name=reason]").fill("ปรับปรุง")
    page.get_by_role("button", name="บันทึกเป็นรุ่นที่").click()
    expect(page.locator("[data-kept]")).to_contain_text("ยังไม่ได้บันทึก ไม่มีสัญญาณ")
    expect_kept(page, "draft")

    page.context.set_offline(False)
    page.get_by_role("button", name="บันทึกเป็นรุ่นที่").click()
    expect(page.get_by_text("พิมพ์ก่อนสายหลุด").first).to_be_visible()
    assert Clause.objects.get(pk=clause.pk).plain == "พิมพ์ก่อนสายหลุด"

    # Stored: what the device kept is done with, whatever became of the words since
    now = Clause.objects.get(pk=clause.pk)
    apply_changes(
        drafter,
        "edit",
        "แก้",
        [ReviseClause(now, now.lock_version, Text(body="ผู้อื่นแก้ต่อ"))],
    )
    page.goto(edit_url(clause))
    expect_kept(page)
    expect(words_of(page)).to_have_value("ผู้อื่นแก้ต่อ")
    assert not DraftBuffer.objects.exists()


def test_answer_that_never_came_costs_no_words(
    signed_in, drafter, clause, allow_outage
):
    page = signed_in(drafter)
    page.goto(edit_url(clause))
    allow_outage(page)
    words_of(page).fill("พิมพ์แล้วส่งไม่ถึง")
    page.locator("[name=reason]").fill("ปรับปรุง")
    page.route(f"**{edit_url(clause)}", lambda route: route.abort("connectionreset"))
    page.get_by_role("button", name="บันทึกเป็นรุ่นที่").click()
    page.wait_for_url("chrome-error://**")
    page.unroute(f"**{edit_url(clause)}")

    page.goto(edit_url(clause))

    expect(page.get_by_text("ร่างที่ท่านพิมพ์ค้างไว้")).to_be_visible()
    expect(words_of(page)).to_have_value("พิมพ์แล้วส่งไม่ถึง")
    expect_kept(page)


# -- a process from nothing to its printed page


def tab_to(page: Page, target: Locator) -> None:
    """By the tabulator alone; whatever has the focus on the way shows it."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate(
            "document.activeElement.outerHTML.slice(0, 200)"
        )
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the focus never came to {target}")


def follow(page: Page, target: Locator) -> None:
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_process_is_written_by_keyboard_alone(signed_in, drafter, unit):
    page = signed_in(drafter)
    keys = page.keyboard
    page.goto("/groups/DIR/drafts/")
    follow(page, page.get_by_role("link", name="เพิ่มกระบวนงาน"))
    expect(page.locator("[name=title]")).to_be_focused()
    keys.type("การส่งหนังสือราชการ")
    with page.expect_navigation():
        keys.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("การส่งหนังสือราชการ")
    process = Section.objects.get(title="การส่งหนังสือราชการ")
    tab_to(page, page.locator(ADD_TO_AIMS))
    keys.press("Enter")
    follow(page, page.locator(TEXT_OF_AIMS))
    tab_to(page, words_of(page))
    keys.type("เพื่อให้ส่งหนังสือได้ถูกต้อง")
    tab_to(page, page.locator("[name=reason]"))
    keys.press("Control+a")
    keys.type("จัดทำครั้งแรก")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.get_by_text("เพื่อให้ส่งหนังสือได้ถูกต้อง")).to_be_visible()

    follow(
        page, page.locator(f"a[href='/groups/DIR/drafts/{process.uuid}/steps/']").first
    )
    page.locator("[data-keys]:not([hidden])").wait_for(state="attached")
    tab_to(page, page.locator("tbody [data-cell=text]").first)
    keys.type("ร่างหนังสือ")
    keys.press("Control+Enter")
    keys.type("ส่งหนังสือ")
    tab_to(page, page.locator("[name=reason]"))
    keys.press("Control+a")
    keys.type("เขียนขั้นตอน")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator(".error-summary")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("การส่งหนังสือราชการ")

    page.emulate_media(media="print")
    for words in ("การส่งหนังสือราชการ", "เพื่อให้ส่งหนังสือได้ถูกต้อง", "ร่างหนังสือ", "ส่งหนังสือ"):
        expect(page.get_by_role("main").get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("link", name="กรอกตารางขั้นตอน")).to_be_hidden()
    assert [
        clause.plain
        for clause in Clause.objects.filter(section=process).order_by("part", "rank")
    ] == [
        *("เพื่อให้ส่งหนังสือได้ถูกต้อง", "ร่างหนังสือ", "ส่งหนังสือ"),
    ]


def test_process_is_written_without_scripts(signed_in, drafter, unit):
    page = signed_in(drafter, width=360, java_script_enabled=False)
    page.goto("/groups/DIR/drafts/")
    page.get_by_role("link", name="เพิ่มกระบวนงาน").click()
    page.locator("[name=title]").fill("การส่งหนังสือราชการ")
    page.get_by_role("button", name="เพิ่มกระบวนงาน").click()
    page.locator(ADD_TO_AIMS).click()
    page.locator(TEXT_OF_AIMS).click()
    words_of(page).fill("เพื่อให้ส่งหนังสือได้")
    page.get_by_role("button", name="เก็บร่างไว้ก่อน").click()
    page.get_by_role("link", name="เขียนต่อ").click()
    words_of(page).fill("เพื่อให้ส่งหนังสือได้ถูกต้อง")
    page.locator("[name=reason]").fill("จัดทำครั้งแรก")
    page.get_by_role("button", name="บันทึกเป็นรุ่นที่").click()
    expect(page.get_by_text("เพื่อให้ส่งหนังสือได้ถูกต้อง")).to_be_visible()
    process = Section.objects.get(title="การส่งหนังสือราชการ")
    assert [clause.plain for clause in Clause.objects.filter(section=process)] == [
        "เพื่อให้ส่งหนังสือได้ถูกต้อง"
    ]
    assert not DraftBuffer.objects.exists()


# -- dragged to another place


def drag(page: Page, menu: Locator, target: Locator) -> None:
    """Both stand on the page as it is."""
    start, end = menu.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + end["height"] / 2, steps=4)
    expect(target).to_have_class(re.compile("is-drop-place"))
    page.mouse.up()


def test_section_and_clause_are_dragged_to_where_the_form_then_moves_them(
    signed_in, drafter, unit, process
):
    other = factories.make_section(unit.manual, "งานประสานงาน", by=drafter)
    page = signed_in(drafter, height=1600)
    page.goto("/groups/DIR/drafts/")
    rows = {node: page.locator(f"#s-{node.uuid.hex[:8]}") for node in (process, other)}
    drag(page, rows[process].locator("summary"), rows[other])
    expect(page.locator("[name=where]")).to_have_value(f"in:{other.uuid}")
    page.locator("[name=reason]").fill("แบ่งงานใหม่")
    page.get_by_role("button", name="ย้าย").click()
    expect(rows[process]).to_be_visible()
    assert Section.objects.get(pk=process.pk).parent == other

    first, second = (factories.clause_at(process, cite) for cite in ("5.1", "5.2"))
    page.goto(f"/groups/DIR/drafts/{process.uuid}/#c-{first.uuid.hex[:8]}")
    places = {
        clause: page.locator(f"#c-{clause.uuid.hex[:8]}") for clause in (first, second)
    }
    places[first].scroll_into_view_if_needed()
    drag(page, places[first].locator("summary").first, places[second])
    expect(page.locator("[name=beside]")).to_have_value(str(second.uuid))


@pytest.mark.parametrize("next_page", ["/drafting/", "/groups/DIR/drafts/", "process"])
def test_new_clause_that_the_portal_did_not_take_is_offered_by_the_next_page(
    signed_in, drafter, process, allow_outage, next_page
):
    page = signed_in(drafter)
    allow_outage(page)
    page.add_init_script(NO_BEACON)
    draft = f"/groups/DIR/drafts/{process.uuid}/"
    page.route("**/buffers/**", lambda route: route.abort())
    page.goto(f"{draft}clauses/new/?part=5&kind=text")
    words_of(page).fill("ข้อใหม่ที่ระบบยังไม่ได้รับ")
    expect(page.locator("[data-kept]")).to_contain_text("ยังติดต่อระบบไม่ได้")
    page.unroute("**/buffers/**")

    page.goto(draft if next_page == "process" else next_page)

    page.locator("[data-left-drafts]").get_by_role("link", name="ดูร่างนั้น").click()
    expect(words_of(page)).to_have_value("ข้อใหม่ที่ระบบยังไม่ได้รับ")
    expect_kept(page)


def test_words_of_two_windows_on_one_clause_both_come_back(
    signed_in, drafter, clause, allow_outage
):
    page = signed_in(drafter)
    allow_outage(page)
    page.context.add_init_script(NO_BEACON)
    page.context.route("**/buffers/**", lambda route: route.abort())
    for words in ("พิมพ์ในหน้าต่างแรก", "พิมพ์ในหน้าต่างที่สอง"):
        window = page.context.new_page()
        window.goto(edit_url(clause))
        words_of(window).fill(words)
        expect(window.locator("[data-kept]")).to_contain_text("ยังติดต่อระบบไม่ได้")
        window.close()
    page.context.unroute("**/buffers/**")

    page.goto("/drafting/")

    expect_kept(page)
    kept = {copy.values["words-text"][0] for copy in DraftBuffer.objects.all()}
    assert kept == {"พิมพ์ในหน้าต่างแรก", "พิมพ์ในหน้าต่างที่สอง"}
