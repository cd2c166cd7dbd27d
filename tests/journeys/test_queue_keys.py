"""The queue's keys where a slip would hurt; the same desk without scripts, with the keys off, and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Disposition, Reclassing, Recommendation
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/groups/DIR/queue/"


@pytest.fixture
def waiting(session, edition, process, delegate) -> list[Comment]:
    """Thirty held comments on three clauses, in reading order."""
    entries = [
        factories.entry_of(edition, factories.clause_at(process, cite))
        for cite in ("5.1", "5.2", "5.3")
    ]
    return [
        factories.make_comment(
            session, entry, delegate, text=f"ความคิดเห็นเรื่องที่ {number}", visibility="held"
        )
        for entry in entries
        for number in range(10)
    ]


def chosen(page: Page) -> str:
    """The text of the row that is marked."""
    return page.locator("[data-row][aria-current]").locator(".queue__open").inner_text()


def at_side(page: Page, comment: Comment) -> None:
    """The comment stands at the side, and its row is marked."""
    expect(page.locator("#detail .comment__text")).to_have_text(comment.text)
    expect(page.locator(f"#row-{comment.uuid}")).to_have_attribute(
        "aria-current", "true"
    )


def visibilities() -> list[str]:
    return [
        comment.visibility
        for comment in Comment.objects.with_visibility().order_by("pk")
    ]


def test_on_a_phone_the_desk_opens_with_its_heading(signed_in, waiting, facilitator):
    page = signed_in(facilitator, width=360, height=640)

    page.goto(QUEUE)

    expect(page.locator("[data-keys]")).not_to_have_attribute("hidden", "")
    assert page.evaluate("scrollY") == 0


def test_enter_in_the_reason_hides_and_never_shows(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)
    page.keyboard.press("x")

    page.keyboard.press("h")
    page.keyboard.press("Enter")
    expect(page.locator("#bulk .field__error")).to_contain_text(names.WHY_HIDDEN)
    assert page.url.endswith(QUEUE)
    assert visibilities() == ["held"] * 30

    expect(page.locator(f"#row-{waiting[0].uuid} input[type=checkbox]")).to_be_checked()
    page.locator("#bulk-reason").fill("ส่งซ้ำ")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text(names.hidden(1))
    assert visibilities() == ["hidden"] + ["held"] * 29


def test_class_and_advice_are_given_by_keyboard(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)

    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("ขั้นตอนมากเกินไป")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text(names.RECLASSED)
    expect(page.locator("#detail details[open]")).to_have_count(0)
    # What came in its place answers keys once it has settled
    page.wait_for_function("() => !document.querySelector('[class*=htmx-]')")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text(names.ADVISED)

    assert list(Reclassing.objects.values_list("comment", "reason")) == [
        (waiting[0].pk, "ขั้นตอนมากเกินไป")
    ]
    assert list(Recommendation.objects.values_list("comment", "outcome")) == [
        (waiting[0].pk, "accepted")
    ]
    at_side(page, waiting[1])


def test_agreeing_comments_are_noted_by_one_key_and_never_from_a_field(
    signed_in, session, entry, delegate, drafter
):
    agreeing = [
        factories.make_comment(
            session, entry, delegate, type="agree", text=f"เห็นด้วย {n}"
        )
        for n in range(3)
    ]
    page = signed_in(drafter)
    page.goto(QUEUE)
    page.locator("#detail summary", has_text=names.RULE_WITHOUT_WORDS).click()
    page.locator("#disposition-reason").press("n")
    expect(page.locator("#disposition-reason")).to_have_value("n")
    assert not Disposition.objects.exists()
    page.keyboard.press("Escape")

    page.keyboard.press("n")
    expect(page.locator("#notices")).to_contain_text(names.noted(1))
    at_side(page, agreeing[1])
    page.keyboard.press("x")
    page.keyboard.press("j")
    at_side(page, agreeing[2])
    page.keyboard.press("x")
    page.keyboard.press("n")
    expect(page.locator("#notices")).to_contain_text(names.noted(2))

    assert (
        list(Disposition.objects.values_list("outcome", "reason", "decided_by"))
        == [("noted", "", drafter.pk)] * 3
    )


def test_keys_can_be_listed_and_switched_off(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_role("button", name=names.KEYS_OFF).click()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.reload()
    page.keyboard.press("s")
    page.keyboard.press("j")

    assert chosen(page) == waiting[0].text
    assert visibilities() == ["held"] * 30


def test_desk_works_without_scripts(signed_in, waiting, facilitator):
    page = signed_in(facilitator, 360, java_script_enabled=False)
    page.goto(f"{QUEUE}?state=held")
    assert not page.locator(".queue__keys").is_visible()

    page.locator(f"#row-{waiting[3].uuid} .queue__open").click()
    expect(page.locator("#detail .comment__text")).to_have_text(waiting[3].text)
    page.locator("#detail").get_by_role("button", name=names.SHOW).first.click()
    expect(page.locator("[data-row]")).to_have_count(29)
    page.locator(f"#row-{waiting[0].uuid} input[type=checkbox]").check()
    page.locator("#bulk").get_by_text(names.HIDE_CHOSEN).click()
    page.locator("#bulk-reason").fill("ส่งซ้ำ")
    page.get_by_role("button", name=names.REALLY_HIDE).first.click()
    expect(page.locator("[data-row]")).to_have_count(28)

    assert visibilities()[:4] == ["hidden", "held", "held", "shown"]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_desk_never_scrolls_sideways(signed_in, waiting, facilitator, width):
    page = signed_in(facilitator, width)
    page.goto(QUEUE)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
