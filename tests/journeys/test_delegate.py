"""A delegate in a real browser: from the first page to a comment with wording, on a telephone, by keyboard only,
without JavaScript, and while the hall's network comes and goes."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from comments.hearings.services.session_states import pause_session
from comments.models import Comment
from hearing_portal.directory.models import User
from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from tests import factories
from tests.journeys import names
from tests.journeys.conftest import sign_in_by_form

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "ตรวจสอบความครบถ้วนของหนังสือในระบบสารบรรณอิเล็กทรอนิกส์"
WHY = "ขอให้ตรวจในระบบ เพราะสมุดทะเบียนค้นย้อนหลังไม่ได้ ท่านผู้ใช้น้ำเสียงตรงกันทุกเขต"
RECEIVED = names.RECEIVED


@pytest.fixture
def scene(
    process, clause, dir_group, hearing, delegate, facilitator, admin
) -> dict[str, Any]:
    """An open online session on an edition that who takes part may read."""
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing), by=facilitator
    )
    delegate.set_password(factories.PASSWORD)
    delegate.save(update_fields=["password"])
    return {
        "process": process,
        "clause": clause,
        "entry": factories.entry_of(edition, clause),
    }


def clause_on(page: Page, scene: dict[str, Any]):
    return page.locator(f'[id^="c-{str(scene["clause"].uuid)[:8]}"]')


def walk_to_composer(page: Page, scene: dict[str, Any], delegate: User) -> None:
    """First page → sign in → contents → group → process → the clause's own button."""
    page.goto("/")
    main = page.get_by_role("main")
    main.get_by_role("link", name=names.SIGN_IN).click()
    sign_in_by_form(page, delegate)
    main.get_by_role("link", name="กลุ่มอำนวยการ", exact=True).click()
    main.get_by_role("link", name=re.compile("การรับหนังสือราชการ")).first.click()
    expect(clause_on(page, scene)).to_contain_text(scene["clause"].plain)
    clause_on(page, scene).get_by_role("link", name=names.COMMENT_ON).click()


def fill_in(page: Page) -> None:
    page.locator("[name=type][value=amend]").check(force=True)
    page.locator("#id_text").fill(WHY)
    page.locator("[name^=words-]").first.fill(WORDS)


def assert_stored(scene: dict[str, Any], delegate) -> None:
    """One row with the text, the proposed words and the office, as the person wrote them."""
    comment = Comment.objects.get()
    assert (comment.author, comment.entry, comment.type, comment.text) == (
        delegate,
        scene["entry"],
        "amend",
        WHY,
    )
    assert comment.office == delegate.office
    assert [amendment.proposed["body"] for amendment in comment.amendments.all()] == [
        WORDS
    ]


def test_telephone_from_first_page_to_sent_wording(scene, open_context, delegate):
    page = open_context(360, 740, has_touch=True, is_mobile=True).new_page()
    walk_to_composer(page, scene, delegate)
    fill_in(page)
    expect(page.locator(".composer__changes ins").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name=names.SEND).click()

    expect(page.get_by_text(RECEIVED).first).to_be_visible()
    assert_stored(scene, delegate)
    page.get_by_role("link", name=names.BACK_TO_READING).click()
    expect(clause_on(page, scene)).to_be_in_viewport()
    expect(clause_on(page, scene)).to_contain_text(names.comments(1))


def test_everything_works_without_javascript(scene, open_context, delegate):
    page = open_context(360, java_script_enabled=False).new_page()
    walk_to_composer(page, scene, delegate)
    fill_in(page)
    page.get_by_role("button", name=names.SHOW_CHANGES).click()
    assert "ในระบบสารบรรณอิเล็กทรอนิกส์" in "".join(page.locator("ins").all_text_contents())
    assert Comment.objects.count() == 0
    assert page.locator("#id_text").input_value() == WHY

    page.get_by_role("button", name=names.SEND).click()

    expect(page.get_by_text(RECEIVED).first).to_be_visible()
    assert_stored(scene, delegate)


# -- by keyboard only


def tab_to(page: Page, selector: str) -> None:
    """Tab until the focus stands on `selector`, and is seen there; nothing on the way may hold it."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(
            "selector => document.activeElement.matches(selector)", selector
        ):
            return
    pytest.fail(f"the keyboard never reached {selector}")


def follow(page: Page, selector: str, address: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def test_keyboard_alone_leads_to_a_sent_comment(scene, open_context, delegate):
    page = open_context().new_page()
    page.goto("/")
    follow(page, "main a[href^='/sign-in/']", "**/sign-in/**")
    page.keyboard.insert_text("somsri")  # the page put the focus there
    page.keyboard.press("Tab")
    page.keyboard.insert_text(factories.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    follow(page, "main a[href='/groups/DIR/']", "**/groups/DIR/")
    process = f"/groups/DIR/processes/{scene['process'].uuid}/"
    follow(page, f"main a[href='{process}']", f"**{process}")
    follow(
        page,
        f"main a[href='/entries/{scene['entry'].pk}/comments/new/']",
        "**/comments/new/",
    )

    write_by_keyboard(page)
    tab_to(page, ".composer__send")
    page.keyboard.press("Enter")

    expect(page.get_by_text(RECEIVED).first).to_be_visible()
    assert_stored(scene, delegate)


def write_by_keyboard(page: Page) -> None:
    """The type with the arrows, the text, and the words of the clause written anew."""
    tab_to(page, "[name=type]")
    for _ in range(5):
        if page.evaluate("document.activeElement.value") == "amend" and page.evaluate(
            "document.activeElement.checked"
        ):
            break
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "amend"
    tab_to(page, "[name=text]")
    page.keyboard.insert_text("ก" * 200_000)  # far more than fits: told, not put in
    expect(
        page.get_by_role("alert").filter(
            has_text="200,000 ตัวอักษร แต่ช่องนี้รับได้ 4,000 ตัวอักษร"
        )
    ).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("")
    page.keyboard.insert_text(WHY)
    expect(page.locator("[data-refused-paste]")).to_have_count(0)
    tab_to(page, "[name^=words-]")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(WORDS)


# -- while the network comes and goes


def open_composer(signed_in, scene: dict[str, Any], delegate) -> Page:
    page = signed_in(delegate, 360)
    page.goto(f"/entries/{scene['entry'].pk}/comments/new/")
    fill_in(page)
    expect(page.locator(".composer__changes ins").first).to_be_visible()
    return page


def test_comment_sent_while_offline_goes_by_itself_later(
    scene, signed_in, delegate, allow_outage
):
    page = open_composer(signed_in, scene, delegate)
    allow_outage(page)
    page.context.set_offline(True)
    page.get_by_role("button", name=names.SEND).click()
    waiting = page.locator("[data-outbox-of]")
    expect(waiting).to_contain_text(names.unsent(1))
    assert Comment.objects.count() == 0
    assert WHY in page.evaluate(
        "Object.values(localStorage).map(decodeURIComponent).join().replaceAll('+', ' ')"
    )

    page.context.set_offline(False)

    expect(waiting).to_be_hidden()
    assert_stored(scene, delegate)
    page.reload()
    page.goto("/my-comments/")
    expect(page.get_by_role("main")).to_contain_text(WHY)
    assert_stored(scene, delegate)


def test_waiting_comment_survives_a_closed_browser_page(
    scene, signed_in, delegate, allow_outage
):
    page = open_composer(signed_in, scene, delegate)
    allow_outage(page)
    page.context.set_offline(True)
    page.get_by_role("button", name=names.SEND).click()
    expect(page.locator("[data-outbox-of]")).to_contain_text(names.unsent(1))
    context = page.context
    page.close()
    context.set_offline(False)

    other = context.new_page()
    other.goto(f"/entries/{scene['entry'].pk}/comments/new/")

    expect(other.locator("[data-outbox-of]")).to_be_hidden()
    other.goto("/my-comments/")
    expect(other.get_by_role("main")).to_contain_text(WHY)
    assert_stored(scene, delegate)


def test_lost_answer_makes_no_second_row(scene, signed_in, delegate, allow_outage):
    """The comment arrived, its acknowledgement did not: it is sent again with the same key."""
    page = open_composer(signed_in, scene, delegate)
    allow_outage(page)
    sent = []

    def swallow(route: Route) -> None:
        if route.request.method == "POST" and not sent:
            sent.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route(f"**/entries/{scene['entry'].pk}/comments/", swallow)
    page.get_by_role("button", name=names.SEND).click()
    waiting = page.locator("[data-outbox-of]")
    expect(waiting).to_contain_text(names.unsent(1))
    assert sent == [200]
    assert_stored(scene, delegate)

    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name=names.SEND_NOW).click()

    expect(waiting).to_be_hidden()
    assert_stored(scene, delegate)


# -- while the session is paused or closed


def test_session_bar_tells_the_true_state_once_a_comment_was_refused(
    scene, signed_in, delegate, facilitator, hearing
):
    page = open_composer(signed_in, scene, delegate)
    bar = page.locator("#session-bar")
    expect(bar).to_contain_text(names.SESSION_IS_OPEN)
    pause_session(hearing.sessions.get(), by=facilitator, reason="พักรับประทานอาหาร")

    page.get_by_role("button", name=names.SEND).click()

    expect(page.locator("form.composer[data-refused]")).to_be_visible()
    expect(bar).to_contain_text("พักเวที")
    expect(bar).to_contain_text("พักรับประทานอาหาร")
    expect(page.locator("#id_text")).to_have_value(WHY)


# -- standing behind others, and words that are to go


def test_similar_comment_is_found_while_typing_supported_and_let_go(
    scene, signed_in, delegate, secondary_delegate, hearing
):
    session = hearing.sessions.get()
    text = "สมุดทะเบียนค้นย้อนหลังไม่ได้ ขอให้ตรวจความครบถ้วนในระบบ"
    theirs = factories.make_comment(
        session, scene["entry"], secondary_delegate, text=text
    )
    page = signed_in(delegate, 360)
    page.goto(f"/entries/{scene['entry'].pk}/comments/new/?type=amend")
    page.locator("#id_text").press_sequentially("ควรตรวจในระบบ สมุดทะเบียนค้นไม่ได้")
    near = page.locator(".composer__similar")
    expect(near).to_contain_text(text)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    near.get_by_role("button", name=names.SUPPORT).click()

    expect(near).to_contain_text(names.OFFICE_SUPPORTS)
    expect(page.locator("#id_text")).to_have_value("ควรตรวจในระบบ สมุดทะเบียนค้นไม่ได้")
    assert [support.office for support in theirs.supports.active()] == [delegate.office]
    near.get_by_role("link", name=names.SEE_COMMENT).click()
    page.get_by_role("button", name=names.WITHDRAW_SUPPORT).click()
    expect(page.get_by_role("button", name=names.SUPPORT)).to_be_visible()
    assert not theirs.supports.active().exists()
    assert Comment.objects.count() == 1


def test_marked_words_behind_a_reference_are_quoted_as_they_read(
    process, dir_group, hearing, delegate, facilitator, drafter, admin, signed_in
):
    first = factories.clause_at(process, "5.1")
    body = f"ตาม{write_reference(str(first.uuid))} ให้ตรวจสอบทุกวัน"
    own = factories.make_clause(process, Text(body=body), by=drafter)
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing), by=facilitator
    )
    entry = factories.entry_of(edition, own)
    page = signed_in(delegate, 360)
    page.goto(f"/entries/{entry.pk}/comments/new/?type=amend")
    field = page.locator(".sheet__words [data-field]")
    expect(field).to_have_text("ตามข้อ 5.1 ให้ตรวจสอบทุกวัน")
    # From inside the reference, which is marked as a whole, to the word behind it
    page.evaluate("""() => {
      const field = document.querySelector(".sheet__words [data-field]");
      const reference = field.querySelector("[data-reference]").firstChild;
      getSelection().setBaseAndExtent(reference, 2, field.lastChild, " ให้ตรวจสอบ".length);
    }""")
    page.get_by_role("button", name=names.QUOTE_CHOSEN_WORDS).click()
    expect(page.get_by_text("“ข้อ 5.1 ให้ตรวจสอบ”")).to_be_visible()
    page.locator("#id_text").fill("ควรระบุผู้ตรวจสอบ")

    page.get_by_role("button", name=names.SEND).click()

    expect(page.get_by_text(RECEIVED).first).to_be_visible()
    expect(page.get_by_text("“ข้อ 5.1 ให้ตรวจสอบ”")).to_be_visible()
    comment = Comment.objects.get()
    assert (comment.quote, comment.span_start) == ("\ufffc ให้ตรวจสอบ", 3)


def test_marked_words_alone_are_proposed_to_go(scene, signed_in, delegate):
    page = signed_in(delegate, 360)
    page.goto(f"/entries/{scene['entry'].pk}/comments/new/?type=delete")
    expect(page.get_by_text(names.WHOLE_CLAUSE_GOES)).to_be_visible()
    page.evaluate("""() => {
      const words = document.querySelector(".sheet__words [data-field]").firstChild;
      getSelection().setBaseAndExtent(words, 0, words, "ตรวจสอบ".length);
    }""")
    page.get_by_role("button", name=names.QUOTE_CHOSEN_WORDS).click()
    expect(page.get_by_text("“ตรวจสอบ”")).to_be_visible()
    expect(page.get_by_role("button", name=names.QUOTE_CHOSEN_WORDS)).to_be_hidden()
    expect(page.get_by_text(names.WHOLE_CLAUSE_GOES)).to_be_hidden()
    page.locator("#id_text").fill("คำนี้ซ้ำกับข้อก่อน")

    page.get_by_role("button", name=names.SEND).click()

    expect(page.get_by_text(RECEIVED).first).to_be_visible()
    comment = Comment.objects.get()
    words = scene["clause"].plain
    assert (comment.quote, comment.span_start) == ("ตรวจสอบ", 0)
    [amendment] = comment.amendments.all()
    assert (amendment.op, amendment.proposed["body"]) == (
        "replace",
        words.removeprefix("ตรวจสอบ"),
    )
