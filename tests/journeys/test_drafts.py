"""Nothing typed is lost: drafts on the device, sending while offline, a device that keeps nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests import factories
from tests.journeys import names
from tests.journeys.conftest import expect_kept, sign_in_browser

pytestmark = pytest.mark.django_db(transaction=True)

CITED = "ข้อ\u00a05.2"
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('denied'); }});"


@pytest.fixture
def new_comment(session, entry, edition, admin, delegate, signed_in):
    """new_comment(): the composer of clause 5.2 on a phone, signed in as ครูสมศรี."""
    factories.make_release(edition, "hearing", by=admin)

    def open_composer(**options: object) -> Page:
        page = signed_in(delegate, width=360, **options)
        page.goto(f"/entries/{entry.pk}/comments/new/?type=ask")
        return page

    return open_composer


def test_draft_is_opened_again_and_gone_once_sent(new_comment):
    page = new_comment()
    page.locator("#id_text").fill("ร่างที่ยังไม่ได้ส่ง")
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()
    page.reload()

    expect(page.locator("#id_text")).to_have_value("ร่างที่ยังไม่ได้ส่ง")
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.RECEIVED)).to_be_visible()
    expect_kept(page)
    assert list(Comment.objects.values_list("type", "text")) == [
        ("ask", "ร่างที่ยังไม่ได้ส่ง")
    ]


def test_unsent_drafts_are_listed_on_the_page_of_ones_own_comments(
    new_comment, entry, comment, secondary_delegate, signed_in
):
    page = new_comment()
    page.locator("#id_text").fill("ร่างที่ยังไม่ได้ส่ง")
    page.goto(f"/comments/{comment.uuid}/")
    page.get_by_text("ตอบ", exact=True).click()
    page.get_by_label("คำตอบของท่าน").fill("คำตอบที่ยังไม่ได้ส่ง")
    page.goto("/my-comments/")
    drafts = page.get_by_role("region", name=names.UNSENT_DRAFTS)
    about_clause = f"ความคิดเห็นต่อ {CITED} {entry.section.title}"
    expect(drafts.locator("strong")).to_have_text(
        [f"คำตอบต่อความคิดเห็น {CITED}", about_clause]
    )

    drafts.locator(".notice").first.get_by_role(
        "button", name=names.DISCARD_DRAFT
    ).click()
    drafts.get_by_role("button", name=names.DISCARD_SURELY).click()
    expect(drafts.locator("strong")).to_have_text(about_clause)
    expect_kept(page, "draft")

    drafts.get_by_role("link", name=names.GO_ON_WRITING).click()
    expect(page.locator("#id_text")).to_have_value("ร่างที่ยังไม่ได้ส่ง")


def test_opened_draft_is_thrown_away_when_asked_twice(new_comment):
    page = new_comment()
    page.locator("#id_text").fill("ร่างที่ยังไม่ได้ส่ง")
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()
    page.reload()
    page.get_by_role("button", name=names.DISCARD_DRAFT).click()
    expect(page.locator("#id_text")).to_have_value("ร่างที่ยังไม่ได้ส่ง")

    page.get_by_role("button", name=names.DISCARD_SURELY).click()

    expect(page.locator("#id_text")).to_have_value("")
    expect_kept(page)


def test_two_pages_of_one_form_keep_their_words_beside_each_other(new_comment, entry):
    page = new_comment()
    second = page.context.new_page()
    second.goto(page.url)
    page.locator("#id_text").fill("เขียนในหน้าแรก")
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()

    second.locator("#id_text").fill("เขียนในหน้าที่สอง")
    expect_kept(second, "draft", "draft")
    second.reload()
    expect(second.locator("#id_text")).to_have_value("เขียนในหน้าแรก")
    second.locator("#id_text").press_sequentially("ก")
    second.get_by_role("button", name=names.USE_DRAFT).click()

    expect(second.locator("#id_text")).to_have_value("เขียนในหน้าที่สอง")
    expect_kept(second, "draft", "draft")


def test_menu_tells_beside_the_way_out_how_many_drafts_stay_on_the_device(new_comment):
    page = new_comment()
    kept = page.locator("[data-device-drafts]")
    menu = page.locator("[popovertarget=menu]").first
    menu.click()
    expect(page.get_by_role("button", name="ออกจากระบบ")).to_be_visible()
    expect(kept).to_be_hidden()
    page.keyboard.press("Escape")
    page.locator("#id_text").fill("ร่างที่ยังไม่ได้ส่ง")
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()

    menu.click()

    expect(kept).to_have_text("ร่างความคิดเห็น 1 ฉบับยังเก็บไว้ในเครื่องนี้ ดูร่าง")
    kept.get_by_role("link").click()
    expect(page.get_by_role("region", name=names.UNSENT_DRAFTS)).to_be_visible()


def test_drafts_of_somebody_else_on_the_same_device_are_not_listed(
    new_comment, secondary_delegate, live_server
):
    page = new_comment()
    page.locator("#id_text").fill("ร่างที่ยังไม่ได้ส่ง")
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()

    sign_in_browser(page.context, secondary_delegate, live_server.url)
    page.goto("/my-comments/")

    expect(page.get_by_text(names.NO_COMMENT_YET)).to_be_visible()
    expect(page.get_by_text(names.UNSENT_DRAFTS)).to_be_hidden()
    expect_kept(page, "draft")


def test_words_typed_before_the_scripts_came_are_kept_and_compared(new_comment):
    page = new_comment()
    held = []
    page.route(re.compile("composer.*js"), lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.locator("label", has=page.locator("[name=type][value=amend]")).click()
    page.get_by_label(names.PROPOSED_WORDS, exact=True).last.fill(
        "ตรวจสอบความถูกต้องครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
    )
    expect_kept(page)
    assert len(held) == 1

    held[0].continue_()

    expect(page.locator(".composer__changes ins")).to_have_text("ความถูกต้องครบถ้วน")
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()
    expect_kept(page, "draft")


def test_words_typed_early_leave_the_kept_draft_until_it_is_answered_for(new_comment):
    page = new_comment()
    page.locator("#id_text").fill("ร่างที่เก็บไว้ก่อน")
    expect_kept(page, "draft")
    held = []
    page.route(re.compile("composer.*js"), lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.locator("#id_text").fill("พิมพ์ใหม่")
    held[0].continue_()

    expect_kept(page, "draft", "draft")
    page.get_by_role("button", name=names.USE_DRAFT).click()
    expect(page.locator("#id_text")).to_have_value("ร่างที่เก็บไว้ก่อน")


WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วยก่อนลงทะเบียนรับในระบบสารบรรณอิเล็กทรอนิกส์"
STYLES_OF_TEXTS = """() => [...document.querySelectorAll("textarea")].map(field => {
  const {contain, wordBreak} = getComputedStyle(field);
  return `${field.name} ${contain} ${wordBreak}`;
})"""


def test_hundred_thousand_letters_without_a_blank_are_counted_and_refused_with_the_limit(
    new_comment,
):
    page = new_comment()
    text = (WORDS * 1_200)[:100_000]
    field = page.locator("#id_text")
    names_of_texts = page.evaluate(
        "[...document.querySelectorAll('textarea')].map(field => field.name)"
    )
    assert page.evaluate(STYLES_OF_TEXTS) == [
        f"{name} inline-size normal" for name in names_of_texts
    ]

    field.focus()
    page.keyboard.insert_text(text)
    expect(page.locator(".composer__count")).to_have_text(
        f"100,000 จาก 4,000 ตัวอักษร {names.MAKE_SHORTER}"
    )
    page.keyboard.type("กข")
    assert field.input_value() == text + "กข"
    assert "text inline-size break-all" in page.evaluate(STYLES_OF_TEXTS)
    page.get_by_role("button", name=names.SEND).click()

    expect(page.locator("#id_text_error")).to_contain_text("4,000")
    assert field.input_value() == text + "กข"
    assert "text inline-size break-all" in page.evaluate(STYLES_OF_TEXTS)
    page.locator("#id_text").fill("สั้นลงแล้ว")
    assert "text inline-size normal" in page.evaluate(STYLES_OF_TEXTS)
    assert Comment.objects.count() == 0


def test_comments_sent_offline_arrive_once_by_themselves(new_comment, allow_outage):
    page = new_comment()
    allow_outage(page)
    page.context.set_offline(True)
    for text in ("เรื่องแรก", "เรื่องที่สอง"):
        page.locator("#id_text").fill(text)
        page.get_by_role("button", name=names.SEND).click()
        expect(page.locator("#id_text")).to_have_value("")
    expect(page.get_by_text(names.unsent(2))).to_be_visible()
    expect_kept(page, "outbox", "outbox")
    assert Comment.objects.count() == 0

    page.context.set_offline(False)
    expect(page.get_by_text(names.UNSENT)).to_have_count(0)

    expect_kept(page)
    assert list(Comment.objects.values_list("text", flat=True)) == [
        "เรื่องแรก",
        "เรื่องที่สอง",
    ]


def test_lost_answer_makes_no_second_comment(new_comment, allow_outage):
    page = new_comment()
    allow_outage(page)
    page.route(
        "**/comments/", lambda route: (route.fetch(), route.abort("connectionreset"))
    )
    page.locator("#id_text").fill("ถึงแล้วแต่ไม่รู้")
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    assert Comment.objects.count() == 1
    page.unroute("**/comments/")

    page.get_by_role("button", name=names.SEND_NOW).click()
    expect(page.get_by_text(names.UNSENT)).to_have_count(0)

    assert Comment.objects.count() == 1


def test_device_without_storage_sends_all_the_same(new_comment):
    page = new_comment()
    page.add_init_script(NO_STORAGE)
    page.reload()
    page.locator("#id_text").fill("เครื่องนี้เก็บอะไรไม่ได้")
    expect(page.get_by_text(names.NOTHING_CAN_BE_KEPT)).to_be_visible()
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.RECEIVED)).to_be_visible()

    assert Comment.objects.get().text == "เครื่องนี้เก็บอะไรไม่ได้"


def test_session_closing_keeps_the_text_on_page_and_device(
    new_comment, session, facilitator
):
    page = new_comment()
    page.locator("#id_text").fill("พิมพ์ค้างตอนเวทีปิด")
    factories.make_session_state(session, "closed", by=facilitator, reason="ครบเวลา")
    page.get_by_role("button", name=names.SEND).click()

    expect(page.get_by_text(names.NOT_SENT_YET)).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("พิมพ์ค้างตอนเวทีปิด")
    expect_kept(page, "draft")
    assert Comment.objects.count() == 0


def test_reopened_session_is_noticed_and_takes_the_refused_words(
    new_comment, session, facilitator
):
    page = new_comment()
    page.locator("#id_text").fill("พิมพ์ค้างตอนพักเวที")
    factories.make_session_state(session, "paused", by=facilitator)
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.NOT_SENT_YET)).to_be_visible()
    bar = page.locator("#session-bar")
    page.evaluate(LOOK_AGAIN)
    expect(bar).to_contain_text(names.SESSION_IS_PAUSED)

    factories.make_session_state(session, "opened", by=facilitator)
    page.evaluate(LOOK_AGAIN)
    expect(bar).to_contain_text(names.SESSION_IS_OPEN)
    page.get_by_role("button", name=names.TRY_AGAIN).click()

    expect(page.get_by_text(names.RECEIVED)).to_be_visible()
    assert Comment.objects.get().text == "พิมพ์ค้างตอนพักเวที"


# -- told by the page itself, while somebody reads or writes

TICK = 20_000  # ms between two questions
HIDE = (
    "is => Object.defineProperty(document, 'hidden', {value: is, configurable: true})"
)


def open_ticking(page: Page, address: str) -> list[str]:
    """Opens it with a clock that stands still until the test lets it run; the list is what the bar has asked for."""
    asked: list[str] = []
    page.clock.install()
    page.on(
        "request",
        lambda request: (
            asked.append(request.url) if request.url.endswith("/session/") else None
        ),
    )
    with page.expect_response(lambda response: "/session-bar." in response.url) as got:
        page.goto(address)
    page.evaluate("address => import(address).then(() => 0)", got.value.url)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        "/entries/{entry.pk}/comments/new/?type=ask",
        "/entries/{entry.pk}/comments/",
        "/groups/DIR/",
        "/groups/DIR/processes/{entry.section.uuid}/",
        "/groups/DIR/comments/",
    ],
)
def test_page_tells_that_the_session_paused_and_opened_again_while_it_is_looked_at(
    session, entry, edition, admin, delegate, facilitator, signed_in, address
):
    factories.make_release(edition, "hearing", by=admin)
    page = signed_in(delegate, width=360)
    asked = open_ticking(page, address.format(entry=entry))
    bar = page.locator("#session-bar")
    expect(bar).to_contain_text(names.SESSION_IS_OPEN)

    factories.make_session_state(session, "paused", by=facilitator, reason="พักเที่ยง")
    page.clock.run_for(TICK)
    expect(bar).to_contain_text(names.SESSION_IS_PAUSED)
    expect(page.locator("#session-why")).to_contain_text("พักเที่ยง")

    factories.make_session_state(session, "opened", by=facilitator)
    page.clock.run_for(TICK)
    expect(bar).to_contain_text(names.SESSION_IS_OPEN)
    assert len(asked) == 2


@pytest.mark.parametrize(
    "address", ["/groups/DIR/", "/groups/DIR/processes/{entry.section.uuid}/"]
)
def test_ways_to_comment_follow_the_session_while_the_page_is_read(
    session, entry, edition, admin, delegate, facilitator, signed_in, address
):
    factories.make_release(edition, "hearing", by=admin)
    page = signed_in(delegate, width=360)
    open_ticking(page, address.format(entry=entry))
    ways = page.locator(".clause__acts, .action-bar").filter(has=page.locator("svg"))
    links = ways.get_by_role("link", name="แสดงความคิดเห็น")
    buttons = ways.get_by_role("button", name="แสดงความคิดเห็น", disabled=True)
    expect(links).not_to_have_count(0)
    expect(buttons).to_have_count(0)
    number = links.count()
    targets = links.evaluate_all("ways => ways.map(way => way.href)")

    factories.make_session_state(session, "paused", by=facilitator, reason="พักเที่ยง")
    page.clock.run_for(TICK)
    expect(buttons).to_have_count(number)
    expect(links).to_have_count(0)
    expect(page.locator(".clause__why").first).to_have_text("พักเวที")

    factories.make_session_state(session, "opened", by=facilitator)
    page.clock.run_for(TICK)
    expect(links).to_have_count(number)
    expect(page.locator(".clause__why")).to_have_count(0)
    assert links.evaluate_all("ways => ways.map(way => way.href)") == targets
    page.goto(targets[0])
    expect(page.locator("form.composer")).to_be_visible()


def test_ways_to_comment_open_on_a_page_that_was_asked_for_during_a_pause(
    session, entry, edition, admin, delegate, facilitator, signed_in
):
    factories.make_release(edition, "hearing", by=admin)
    factories.make_session_state(session, "paused", by=facilitator)
    page = signed_in(delegate)
    open_ticking(page, f"/groups/DIR/processes/{entry.section.uuid}/")
    way = page.locator(f"[data-comment-on='{entry.pk}']")
    expect(way).to_be_disabled()

    factories.make_session_state(session, "opened", by=facilitator)
    page.clock.run_for(TICK)
    way.click()

    expect(page.locator("form.composer")).to_be_visible()


def test_page_that_is_hidden_asks_nothing(
    session, entry, edition, admin, delegate, facilitator, signed_in
):
    factories.make_release(edition, "hearing", by=admin)
    page = signed_in(delegate)
    asked = open_ticking(page, "/groups/DIR/")
    factories.make_session_state(session, "paused", by=facilitator)
    page.evaluate(HIDE, True)
    page.clock.run_for(5 * TICK)
    page.evaluate(HIDE, False)
    page.clock.run_for(TICK)

    expect(page.locator("#session-bar")).to_contain_text(names.SESSION_IS_PAUSED)
    assert len(asked) == 1


def test_draft_written_during_a_pause_stays_when_the_page_is_asked_again(
    new_comment, session, facilitator
):
    factories.make_session_state(session, "paused", by=facilitator)
    page = new_comment()
    page.locator("#id_text").fill("ร่างระหว่างพัก")
    expect_kept(page, "draft")
    factories.make_session_state(session, "opened", by=facilitator)

    page.get_by_role("link", name=names.CHECK_AGAIN).click()

    expect(page.locator("#id_text")).to_have_value("ร่างระหว่างพัก")
    expect(page.get_by_role("button", name=names.SEND)).to_be_enabled()


def test_word_diff_follows_the_typing(new_comment):
    page = new_comment()
    page.locator("label", has=page.locator("[name=type][value=amend]")).click()
    page.get_by_label(names.PROPOSED_WORDS, exact=True).last.fill(
        "ตรวจสอบความถูกต้องครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
    )

    expect(page.locator(".composer__changes ins")).to_have_text("ความถูกต้องครบถ้วน")
    expect(page.locator(".composer__changes del")).to_have_text("ความครบถ้วน")
