"""Comments that did not arrive, in a real browser: told of on every page, sent by themselves, never lost, never sent
in the name of somebody else, and opened again where the portal refused them."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from comments.models import Comment
from comments.polls.services import ask_poll
from tests import factories
from tests.database import without_triggers
from tests.journeys import names
from tests.journeys.conftest import expect_kept, sign_in_by_form

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "ความคิดเห็นที่ส่งตอนสัญญาณหาย"
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts.push(entry.value);
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def composer(entry) -> str:
    return f"/entries/{entry.pk}/comments/new/"


@pytest.fixture
def send_offline(
    session, edition, admin, composer, signed_in, allow_outage
) -> Callable[..., Page]:
    """send_offline(person): somebody wrote and pressed send without a network; the page stands as it is then."""
    factories.make_release(edition, "hearing", by=admin)

    def write(person, words: str = WORDS) -> Page:
        page = signed_in(person, width=360)
        page.goto(f"{composer}?type=ask")
        page.locator("#id_text").fill(words)
        allow_outage(page)
        page.context.set_offline(True)
        page.get_by_role("button", name=names.SEND).click()
        expect(page.get_by_text(names.unsent(1))).to_be_visible()
        return page

    return write


def stored() -> list[tuple[str, str]]:
    return list(Comment.objects.order_by("pk").values_list("author__username", "text"))


def hold_posts(page: Page, status: int) -> None:
    """The portal, or what stands before it, answers every post like this for now."""

    def answer(route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=status, body="<p>later</p>", content_type="text/html")
        else:
            route.continue_()

    page.context.route("**/entries/*/comments/", answer)


def open_settled(page: Page, path: str) -> None:
    """A page whose fonts are there before it tells of what waits: shifts from here on are the telling's."""
    held = []
    page.route("**/js/outbox.js", lambda route: held.append(route))
    page.goto(path)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    page.evaluate("window.shifts = []")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.unroute("**/js/outbox.js")


def test_any_page_sends_what_waits_and_says_so(send_offline, process, delegate):
    written = send_offline(delegate)
    written.close()  # or it would send as soon as the network is back
    written.context.set_offline(False)

    page = written.context.new_page()
    page.goto(f"/groups/DIR/processes/{process.uuid}/")

    expect(page.locator("#notices")).to_contain_text(names.have_arrived(1))
    expect(page.get_by_text(names.UNSENT)).to_have_count(0)
    expect_kept(page)
    assert stored() == [("somsri", WORDS)]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_cannot_be_taken_now_waits_on_every_page_and_moves_nothing(
    send_offline, process, delegate, status
):
    page = send_offline(delegate)
    hold_posts(page, status)
    page.context.add_init_script(SHIFTS)
    page.context.set_offline(False)

    open_settled(page, f"/groups/DIR/processes/{process.uuid}/")
    expect(page.get_by_text(names.unsent(1))).to_be_in_viewport()
    assert sum(page.evaluate("window.shifts")) < 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect_kept(page, "outbox")
    assert stored() == []

    page.context.unroute("**/entries/*/comments/")
    page.get_by_role("button", name=names.SEND_NOW).click()
    expect(page.get_by_text(names.UNSENT)).to_have_count(0)
    expect_kept(page)
    assert stored() == [("somsri", WORDS)]


def test_expired_session_asks_to_sign_in_and_sends_afterwards(send_offline, delegate):
    page = send_offline(delegate)
    Session.objects.all().delete()
    page.context.set_offline(False)

    expect(page.get_by_text(names.SIGN_IN_AS_WRITER)).to_be_visible()
    expect_kept(page, "outbox")
    assert stored() == []
    page.locator("[data-outbox-of]").get_by_role("link", name=names.SIGN_IN).click()
    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    sign_in_by_form(page, delegate)

    expect(page.get_by_text(names.HAVE_ARRIVED)).to_be_visible()
    expect_kept(page)
    assert stored() == [("somsri", WORDS)]


def sign_in_elsewhere(page: Page, person) -> Page:
    """Another person signs in on the same device, in another tab."""
    tab = page.context.new_page()
    tab.goto("/account/")
    tab.get_by_role("button", name=names.SIGN_OUT).last.click()
    tab.goto("/sign-in/")
    sign_in_by_form(tab, person)
    return tab


def test_nothing_goes_out_in_the_name_of_who_signed_in_later(
    send_offline, process, delegate, secondary_delegate
):
    page = send_offline(delegate)
    hold_posts(page, 503)
    page.context.set_offline(False)
    tab = sign_in_elsewhere(page, secondary_delegate)
    page.context.unroute("**/entries/*/comments/")

    tab.goto(
        f"/groups/DIR/processes/{process.uuid}/"
    )  # the later person's page leaves it alone
    expect(tab.get_by_role("link", name=names.COMMENT_ON).first).to_be_visible()
    expect(tab.get_by_text(names.UNSENT)).to_have_count(0)
    page.evaluate(
        "dispatchEvent(new Event('online'))"
    )  # the first person's page still stands open
    expect(page.get_by_text(names.SIGN_IN_AS_WRITER)).to_be_visible()

    expect_kept(page, "outbox")
    assert stored() == []
    tab = sign_in_elsewhere(tab, delegate)
    expect(tab.get_by_text(names.HAVE_ARRIVED)).to_be_visible()
    expect_kept(page)
    assert stored() == [("somsri", WORDS)]


def test_form_of_who_was_signed_in_before_is_not_sent_as_the_later_person(
    session, edition, admin, composer, signed_in, delegate, secondary_delegate
):
    factories.make_release(edition, "hearing", by=admin)
    page = signed_in(delegate, width=360)
    page.goto(f"{composer}?type=ask")
    sign_in_elsewhere(page, secondary_delegate)
    page.locator("#id_text").fill(WORDS)

    page.get_by_role("button", name=names.SEND).click()

    expect(page.get_by_text(names.OTHER_ACCOUNT)).to_be_visible()
    expect(page.locator("#id_text")).to_have_value(WORDS)
    assert stored() == []
    page.get_by_role("button", name=names.SEND).click()
    expect(page.get_by_text(names.RECEIVED)).to_be_visible()
    assert stored() == [(secondary_delegate.username, WORDS)]


@pytest.fixture
def refused(send_offline, session, facilitator, delegate) -> Page:
    """The session closed before the comment got through."""
    page = send_offline(delegate)
    factories.make_session_state(session, "closed", by=facilitator, reason="ครบเวลา")
    page.context.set_offline(False)
    page.goto("/my-comments/")
    return page


def test_refusal_is_told_in_the_words_of_the_portal_and_opened_again(
    refused, composer, session, facilitator
):
    page = refused
    expect(page.locator("[data-outbox-of]")).to_contain_text("เวทีปิดแล้วเมื่อ")
    expect(page.locator("[data-outbox-of]")).to_contain_text("เหตุผล: ครบเวลา")
    expect_kept(page, "outbox")
    assert stored() == []

    factories.open_session(session, by=facilitator)
    page.get_by_role("link", name=names.OPEN_REFUSED).click()
    expect(page.locator("#id_text")).to_have_value(WORDS)
    expect(page.locator("[name=type][value=ask]")).to_be_checked()
    page.locator("#id_text").fill(f"{WORDS} แก้แล้ว")
    expect(
        page.get_by_text(names.CHANGES_ARE_KEPT).filter(visible=True)
    ).to_be_visible()
    page.get_by_role("button", name=names.SEND).click()

    expect(page.get_by_text(names.RECEIVED)).to_be_visible()
    expect_kept(page)
    assert stored() == [("somsri", f"{WORDS} แก้แล้ว")]


def test_opening_a_refused_one_keeps_the_draft_of_the_place_and_what_is_changed(
    refused, composer
):
    page = refused
    page.goto(f"{composer}?type=ask")
    page.locator("#id_text").fill("ร่างอีกเรื่องหนึ่ง")
    expect(page.get_by_text(names.DRAFT_IS_KEPT)).to_be_visible()

    page.goto("/my-comments/")
    page.get_by_role("link", name=names.OPEN_REFUSED).click()
    expect(page.locator("#id_text")).to_have_value(WORDS)
    page.locator("#id_text").fill("แก้ก่อนเปิดเวที")
    expect(
        page.get_by_text(names.CHANGES_ARE_KEPT).filter(visible=True)
    ).to_be_visible()
    page.goto("/my-comments/")
    page.get_by_role("link", name=names.OPEN_REFUSED).click()

    expect(page.locator("#id_text")).to_have_value("แก้ก่อนเปิดเวที")
    page.goto(composer)
    expect(page.locator("#id_text")).to_have_value("ร่างอีกเรื่องหนึ่ง")
    expect_kept(page, "draft", "outbox")


def test_only_the_person_throws_a_refused_one_away(refused):
    page = refused

    page.get_by_role("button", name=names.DELETE, exact=True).click()
    expect_kept(page, "outbox")
    page.get_by_role("button", name=names.REALLY_DELETE).click()

    expect(page.locator("[data-outbox-of]").get_by_text(names.UNSENT)).to_have_count(0)
    expect_kept(page)
    assert stored() == []


def test_lost_right_is_told_and_the_text_stays(send_offline, delegate):
    page = send_offline(delegate)
    with without_triggers():
        delegate.roles.update(
            valid_until=timezone.localdate() - timezone.timedelta(days=1)
        )
    page.context.set_offline(False)

    page.goto("/")
    expect(page.locator("[data-outbox-of]")).to_contain_text(names.REFUSED)
    expect(page.get_by_role("link", name=names.OPEN_REFUSED)).to_be_visible()
    expect_kept(page, "outbox")
    assert stored() == []


def test_only_words_that_were_typed_are_said_to_be_kept(
    session,
    edition,
    admin,
    entry,
    delegate,
    secondary_delegate,
    signed_in,
    allow_outage,
):
    factories.make_release(edition, "hearing", by=admin)
    comment = factories.make_comment(session, entry, delegate)
    factories.make_support(comment, secondary_delegate.office)
    page = signed_in(secondary_delegate)
    page.goto(f"/comments/{comment.uuid}/")
    allow_outage(page)
    page.context.set_offline(True)
    notices = page.locator("#notices")

    page.get_by_role("button", name=names.WITHDRAW_SUPPORT).click()
    expect(notices).to_contain_text(names.NOT_SENT)
    expect(notices).not_to_contain_text(names.WORDS_ARE_KEPT)

    # A reply waits as a comment does, and nothing else is said about it
    reply = page.locator("form[data-draft^=reply]")
    page.locator("details", has=reply).evaluate("each => each.open = true")
    reply.locator("textarea").fill(WORDS)
    reply.locator("button").click()
    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    expect(notices).not_to_contain_text(names.WORDS_ARE_KEPT)
    expect(reply.locator("textarea")).to_have_value("")
    expect_kept(page, "outbox")

    # Refused meanwhile, its words stand in the form of the same reply again, and arrive once
    factories.make_session_state(session, "paused", by=admin, reason="พักกลางวัน")
    page.context.set_offline(False)
    page.goto("/my-comments/")
    expect(page.locator("[data-outbox-of]")).to_contain_text("ยังไม่ได้ส่งคำตอบต่อ")
    factories.make_session_state(session, "opened", by=admin)
    page.get_by_role("link", name=names.OPEN_REFUSED).click()
    expect(reply.locator("textarea")).to_have_value(WORDS)
    reply.locator("button").click()
    expect(page.locator(f"#replies-{comment.uuid} article")).to_contain_text(WORDS)
    expect_kept(page)
    assert Comment.objects.filter(parent=comment, text=WORDS).count() == 1


def test_reply_whose_answer_was_lost_arrives_once(
    session, edition, admin, entry, delegate, secondary_delegate, signed_in
):
    factories.make_release(edition, "hearing", by=admin)
    comment = factories.make_comment(session, entry, delegate)
    page = signed_in(secondary_delegate, width=360)
    page.goto(f"/comments/{comment.uuid}/")

    def lose_answer(route) -> None:
        route.fetch()
        route.fulfill(status=502, body="<p>lost</p>", content_type="text/html")

    page.context.route("**/replies/", lose_answer)
    reply = page.locator("form[data-draft^=reply]")
    page.locator("details", has=reply).evaluate("each => each.open = true")
    reply.locator("textarea").fill(WORDS)
    reply.locator("button").click()
    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    page.context.unroute("**/replies/")
    page.get_by_role("button", name=names.SEND_NOW).click()
    expect(page.locator("#notices")).to_contain_text(names.have_arrived(1))
    expect_kept(page)
    assert Comment.objects.filter(parent=comment, text=WORDS).count() == 1


def test_supports_edits_and_hands_wait_and_arrive_once(
    session,
    edition,
    admin,
    entry,
    delegate,
    secondary_delegate,
    facilitator,
    signed_in,
    allow_outage,
):
    factories.make_release(edition, "hearing", by=admin)
    other = factories.make_comment(session, entry, secondary_delegate)
    own = factories.make_comment(session, entry, delegate)
    poll = ask_poll(session, question="พร้อมพิจารณาข้อถัดไป", entry=None, by=facilitator)
    page = signed_in(delegate, width=360)
    editor, hands = page.context.new_page(), page.context.new_page()
    page.goto(f"/comments/{other.uuid}/")
    editor.goto(f"/comments/{own.uuid}/edit/")
    hands.goto(f"/sessions/{session.pk}/hands/")
    allow_outage(page)
    page.context.set_offline(True)

    page.get_by_role("button", name=names.SUPPORT).click()
    expect(page.get_by_text(names.unsent(1))).to_be_visible()
    expect(page.get_by_role("button", name=names.SUPPORT)).to_have_count(0)
    editor.locator("#id_text").fill(WORDS)
    editor.get_by_role("button", name=names.SAVE_EDIT).click()
    expect(editor.get_by_text(names.unsent(2))).to_be_visible()
    expect(editor.locator("#id_text")).to_have_value(WORDS)
    hands.locator("[name=answer][value=no]").check()
    hands.get_by_role("button", name=names.SEND_ANSWER).click()
    told = hands.locator("[data-outbox-of]")
    expect(told.get_by_text(names.unsent(3))).to_be_visible()
    for what in ("การสนับสนุนความคิดเห็นต่อ", "การแก้ไขความคิดเห็นต่อ", "คำตอบต่อการยกมือ"):
        expect(told).to_contain_text(what)

    page.context.set_offline(False)
    for each in (page, editor, hands):
        expect(each.get_by_text(names.UNSENT)).to_have_count(0)
    expect_kept(page)
    own.refresh_from_db()
    assert own.text == WORDS
    assert own.history.filter(text=WORDS).count() == 1
    assert [row.office for row in other.supports.all()] == [delegate.office]
    assert [row.answer for row in poll.votes.all()] == ["no"]
