"""A comment that was not taken, in a real browser: why stands in sight, nothing typed is lost, nothing is stored
twice, and what the page says of it is one truth."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests import factories
from tests.journeys import names
from tests.journeys.conftest import expect_kept, sign_in_browser

pytestmark = pytest.mark.django_db(transaction=True)

IN_SIGHT = """summary => {
    const box = summary.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return summary.contains(seen);
}"""


@pytest.fixture
def composer(session, entry, edition, admin, secondary_delegate) -> str:
    """The address of the composer of a clause that others spoke of already."""
    factories.make_release(edition, "hearing", by=admin)
    factories.make_comment(session, entry, secondary_delegate)
    return f"/entries/{entry.pk}/comments/new/"


def hold_answer(page: Page) -> list:
    """What is sent from here on waits for the test."""
    held: list = []

    def hold(route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    page.route("**/entries/*/comments/", hold)
    return held


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_refusal_stands_in_sight_and_has_the_focus(
    composer, signed_in, delegate, width, height
):
    page = signed_in(delegate, width=width, height=height)
    page.goto(composer)

    page.get_by_role("button", name=names.SEND).click()

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    page.wait_for_function(IN_SIGHT, arg=summary.element_handle())


@pytest.mark.parametrize("width", [360, 1280])
def test_refusal_stands_in_sight_without_javascript(
    composer, open_context, delegate, live_server, width
):
    context = open_context(width, 740, java_script_enabled=False)
    sign_in_browser(context, delegate, live_server.url)
    page = context.new_page()
    page.goto(composer)

    page.get_by_role("button", name=names.SEND).click()

    expect(page.locator(".error-summary")).to_be_focused()


def test_sent_empty_no_draft_is_kept_and_none_is_told_of(composer, signed_in, delegate):
    page = signed_in(delegate, width=360)
    page.goto(composer)

    page.get_by_role("button", name=names.SEND).click()

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator(".composer__kept")).to_have_text("")
    expect_kept(page)


@pytest.mark.parametrize("status", [429, 503])
def test_portal_that_cannot_take_it_now_says_one_thing_until_it_is_sent(
    composer, signed_in, delegate, allow_outage, status
):
    page = signed_in(delegate, width=360)
    page.goto(f"{composer}?type=ask")
    page.get_by_role("button", name=names.SEND).click()
    page.locator(".error-summary").wait_for()
    page.locator("#id_text").fill("ส่งตอนระบบขัดข้อง")
    allow_outage(page)
    held = hold_answer(page)
    with page.expect_request("**/comments/"):
        page.get_by_role("button", name=names.SEND).click()

    held[0].fulfill(
        status=status,
        body="<div>โปรดรอสักครู่ แล้วส่งอีกครั้ง</div>",
        content_type="text/html",
        headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML"},
    )

    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    expect(page.locator("[data-outbox-of]")).to_contain_text(names.WILL_BE_SENT)
    expect(page.locator(".composer__kept")).to_contain_text(names.WILL_BE_SENT)
    expect(page.locator("#notices")).to_have_text("")
    expect(page.locator("#id_text")).to_have_value("")
    expect_kept(page, "outbox")
    page.unroute("**/entries/*/comments/")
    page.get_by_role("button", name=names.SEND_NOW).click()
    expect(page.locator("#notices")).to_contain_text(names.have_arrived(1))
    expect(page.locator(".composer__kept")).to_have_text("")
    expect_kept(page)
    page.goto("/my-comments/")
    expect(page.get_by_role("region", name=names.UNSENT_DRAFTS)).to_be_hidden()
    assert Comment.objects.filter(author=delegate).count() == 1


@pytest.mark.parametrize("status", [429, 503])
def test_words_of_a_refused_form_go_once_they_wait_and_those_typed_since_stay(
    composer, signed_in, delegate, allow_outage, status
):
    page = signed_in(delegate, width=360)
    page.goto(composer)
    words = page.locator("#id_text")
    words.fill("คำที่ยังไม่ครบ")
    page.get_by_role("button", name=names.SEND).click()
    page.locator(".error-summary").wait_for()
    page.locator("[name=type][value=ask]").check(force=True)
    words.fill("คำที่ครบแล้ว")
    allow_outage(page)
    held = hold_answer(page)
    with page.expect_request("**/comments/"):
        page.get_by_role("button", name=names.SEND).click()
    words.fill("คำของเรื่องถัดไป")

    held[0].fulfill(status=status, body="<div>โปรดรอสักครู่ แล้วส่งอีกครั้ง</div>")

    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    expect(words).to_have_value("คำของเรื่องถัดไป")
    expect(words).to_be_focused()
    expect(page.locator(".error-summary, .field__error")).to_have_count(0)
    expect(page.locator("[name=type]:checked")).to_have_count(0)
    expect_kept(page, "draft", "outbox")
    page.unroute("**/entries/*/comments/")
    page.get_by_role("button", name=names.SEND_NOW).click()
    expect(page.locator("#notices")).to_contain_text(names.have_arrived(1))
    assert Comment.objects.get(author=delegate).text == "คำที่ครบแล้ว"
    page.reload()
    expect(words).to_have_value("คำของเรื่องถัดไป")


@pytest.mark.parametrize("status", [429, 503])
def test_refused_form_is_empty_once_its_words_wait(
    composer, signed_in, delegate, allow_outage, status
):
    page = signed_in(delegate, width=360)
    page.goto(composer)
    words = page.locator("#id_text")
    words.fill("คำที่ยังไม่ครบ")
    page.get_by_role("button", name=names.SEND).click()
    page.locator(".error-summary").wait_for()
    page.locator("[name=type][value=ask]").check(force=True)
    words.fill("คำที่ครบแล้ว")
    allow_outage(page)
    held = hold_answer(page)
    with page.expect_request("**/comments/"):
        page.get_by_role("button", name=names.SEND).click()

    held[0].fulfill(status=status, body="<div>โปรดรอสักครู่ แล้วส่งอีกครั้ง</div>")

    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    expect(words).to_have_value("")
    expect(page.locator(".error-summary, .field__error")).to_have_count(0)
    expect_kept(page, "outbox")


def test_words_typed_while_the_refusal_is_on_its_way_stay(
    composer, signed_in, delegate
):
    page = signed_in(delegate, width=360)
    page.goto(composer)
    held = hold_answer(page)
    with page.expect_request("**/comments/"):
        page.get_by_role("button", name=names.SEND).click()
    page.locator("#id_text").press_sequentially("เขียนต่อ")

    held[0].continue_()

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("เขียนต่อ")
    expect(page.locator("#id_text")).to_be_focused()
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()
    expect_kept(page, "draft")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("เขียนต่อ")


def test_words_typed_while_the_comment_is_stored_wait_as_a_draft(
    composer, signed_in, delegate
):
    page = signed_in(delegate, width=360)
    page.goto(f"{composer}?type=ask")
    page.locator("#id_text").fill("เรื่องแรก")
    held = hold_answer(page)
    with page.expect_request("**/comments/"):
        page.get_by_role("button", name=names.SEND).click()
    page.locator("#id_text").press_sequentially(" และเรื่องที่สอง")

    held[0].continue_()

    expect(page.get_by_text(names.RECEIVED)).to_be_visible()
    expect(page.locator("#notices")).to_contain_text(names.DRAFT_IS_KEPT)
    expect_kept(page, "draft")
    page.goto(composer)
    expect(page.locator("#id_text")).to_have_value("เรื่องแรก และเรื่องที่สอง")


def test_gone_back_without_javascript_the_same_is_stored_once(
    composer, open_context, delegate, live_server
):
    context = open_context(360, java_script_enabled=False)
    sign_in_browser(context, delegate, live_server.url)
    page = context.new_page()
    page.goto(f"{composer}?type=ask")
    page.wait_for_url("**key=*")
    page.locator("#id_text").fill("ส่งครั้งเดียว")
    page.get_by_role("button", name=names.SEND).click()
    page.wait_for_url("**/comments/*-*/")
    first = page.url

    page.go_back()
    page.locator("#id_text").fill("ส่งครั้งเดียว")
    page.get_by_role("button", name=names.SEND).click()
    expect(page).to_have_url(first)
    expect(page.get_by_text(names.RECEIVED)).to_be_visible()
    own = Comment.objects.filter(author=delegate)
    assert own.count() == 1

    page.go_back()
    page.locator("#id_text").fill("ส่งอีกอย่างหนึ่ง")
    page.get_by_role("button", name=names.SEND).click()
    expect(page.locator("#id_text")).to_have_value("ส่งอีกอย่างหนึ่ง")
    expect(page.get_by_text("ส่งครั้งเดียว")).to_be_visible()
    edit = page.get_by_role("link", name=names.EDIT_FIRST)
    assert edit.get_attribute("href") == f"/comments/{own.get().uuid}/edit/"
    page.get_by_role("button", name=names.SEND_AS_ANOTHER).click()
    expect(page.get_by_text(names.RECEIVED)).to_be_visible()
    assert list(own.order_by("pk").values_list("text", flat=True)) == [
        "ส่งครั้งเดียว",
        "ส่งอีกอย่างหนึ่ง",
    ]


def test_gone_back_without_javascript_the_same_reply_is_stored_once(
    composer, session, entry, open_context, delegate, live_server
):
    comment = Comment.objects.get(entry=entry)
    context = open_context(360, java_script_enabled=False)
    sign_in_browser(context, delegate, live_server.url)
    page = context.new_page()
    page.goto(f"/comments/{comment.uuid}/")

    def reply(text: str) -> None:
        page.get_by_text(names.REPLY, exact=True).click()
        page.get_by_label(names.YOUR_REPLY).fill(text)
        page.get_by_role("button", name=names.SEND_REPLY).click()
        page.wait_for_url("**#comment-*")

    reply("ตอบครั้งเดียว")
    first = page.url
    page.go_back()
    reply("ตอบครั้งเดียว")

    expect(page).to_have_url(first)
    assert comment.replies.get().text == "ตอบครั้งเดียว"
    page.go_back()
    reply("ตอบอีกอย่างหนึ่ง")
    assert comment.replies.count() == 2
