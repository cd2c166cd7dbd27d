"""A facilitator clears a queue of thirty and a drafter decides, with the keys alone; the page itself says what is
left."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from comments.models import Comment, Disposition
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause
from tests import factories
from tests.journeys import names

pytestmark = pytest.mark.django_db(transaction=True)

HIDDEN = {4, 9, 14, 19, 24}  # what is said there is rude
WORDS = "ตรวจสอบความครบถ้วนของหนังสือในระบบสารบรรณอิเล็กทรอนิกส์"
REASON = "ระเบียบงานสารบรรณกำหนดไว้แล้ว จึงไม่ต้องแก้ถ้อยคำของข้อนี้"


@pytest.fixture
def room(process, dir_group, hearing, facilitator, admin) -> dict[str, Any]:
    """The group's open room; what is said there is held until the facilitator has looked at it."""
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    session = factories.make_session(
        edition, dir_group, hearing=hearing, kind="room", venue="ห้อง 1"
    )
    factories.open_session(session, by=facilitator)
    entries = [
        factories.entry_of(edition, factories.clause_at(process, cite))
        for cite in ("5.1", "5.2", "5.3")
    ]
    return {"session": session, "entries": entries}


@pytest.fixture
def thirty(room, delegate, secondary_delegate) -> list[Comment]:
    """Thirty held comments on three clauses, in the order the queue lists them."""
    return [
        factories.make_comment(
            room["session"],
            room["entries"][number // 10],
            secondary_delegate if number % 3 else delegate,
            text=f"ความคิดเห็นที่ {number + 1} "
            + ("ใช้ถ้อยคำไม่สุภาพ" if number in HIDDEN else "ขอให้เขียนให้ชัดเจน"),
            visibility="held",
        )
        for number in range(30)
    ]


def row_of(page: Page, comment: Comment) -> Locator:
    return page.locator(f"#row-{comment.uuid}")


def press(page: Page, key: str) -> None:
    """A key pressed by somebody whose keyboard is set to Thai: what it types is no Latin letter."""
    thai = {"j": "่", "k": "า", "s": "ห", "h": "้", "a": "ฟ", "x": "ป"}[key]
    page.evaluate(
        """([key, code]) => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}))""",
        [thai, f"Key{key.upper()}"],
    )


def expect_current(page: Page, comment: Comment) -> None:
    """The row is marked and its comment is the one at the side."""
    expect(row_of(page, comment)).to_have_attribute("aria-current", "true")
    expect(page.locator("#detail .comment__text")).to_have_text(comment.text)


def test_facilitator_clears_thirty_by_keyboard(thirty, signed_in, facilitator):
    page = signed_in(facilitator)
    page.goto("/groups/DIR/queue/")
    expect(page.locator("[data-row]")).to_have_count(30)
    expect(page.get_by_role("link", name=names.state("held"))).to_contain_text("30")
    expect_current(page, thirty[0])
    page.keyboard.press("j")
    expect_current(page, thirty[1])
    page.keyboard.press("k")
    expect_current(page, thirty[0])

    for number, comment in enumerate(thirty):
        expect_current(page, comment)
        triage(page, number)
        state = "hidden" if number in HIDDEN else "considering"
        expect(row_of(page, comment)).to_contain_text(names.state(state))

    assert_all_triaged(page)


def triage(page: Page, number: int) -> None:
    """One key to show; one key, a reason and Enter to hide."""
    if number not in HIDDEN:
        page.keyboard.press("s")
        return
    page.keyboard.press("h")
    reason = page.locator("#visibility-reason:focus")
    expect(reason).to_be_visible()
    page.keyboard.insert_text("ใช้ถ้อยคำไม่สุภาพ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def assert_all_triaged(page: Page) -> None:
    """As the page says it, when it is opened anew: nothing waits, and each row has its own state."""
    page.goto("/groups/DIR/queue/")
    expect(page.get_by_role("link", name=names.ALL).first).to_contain_text("30")
    expect(page.get_by_role("link", name=names.state("held"))).to_have_count(0)
    badges = page.locator("[data-row] .state").all_text_contents()
    assert (
        len(badges),
        badges.count(names.state("considering")),
        badges.count(names.state("hidden")),
    ) == (30, 25, 5)
    assert Comment.objects.filter(triaged_at__isnull=True).count() == 0


def test_keys_work_on_a_thai_keyboard(thirty, signed_in, facilitator):
    page = signed_in(facilitator)
    page.goto("/groups/DIR/queue/")
    press(page, "j")
    expect_current(page, thirty[1])
    press(page, "s")
    expect(row_of(page, thirty[1])).to_contain_text(names.state("considering"))
    expect_current(page, thirty[2])


def test_chosen_comments_are_shown_together(thirty, signed_in, facilitator):
    page = signed_in(facilitator)
    page.goto("/groups/DIR/queue/")
    for number in range(3):
        expect_current(page, thirty[number])
        page.keyboard.press("x")
        page.keyboard.press("j")
    expect(page.locator("[data-chosen]")).to_have_text(names.chosen(3))

    page.keyboard.press("s")

    expect(page.get_by_role("link", name=names.state("held"))).to_contain_text("27")
    for number in range(3):
        expect(row_of(page, thirty[number])).to_contain_text(names.state("considering"))


def test_letters_typed_in_a_field_are_no_acts(thirty, signed_in, facilitator):
    page = signed_in(facilitator)
    page.goto("/groups/DIR/queue/")
    page.keyboard.press("h")
    expect(page.locator("#visibility-reason:focus")).to_be_visible()
    page.keyboard.type("jksxa")
    expect(page.locator("#visibility-reason")).to_have_value("jksxa")
    expect_current(page, thirty[0])
    assert Comment.objects.filter(triaged_at__isnull=False).count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect_current(page, thirty[1])


# -- deciding


def test_drafter_adopts_proposed_words_with_one_key(room, signed_in, delegate, drafter):
    comment = factories.make_comment(room["session"], room["entries"][1], delegate)
    amendment = factories.make_amendment(comment, WORDS)
    page = signed_in(drafter)
    page.goto("/groups/DIR/queue/")
    expect(page.locator("#detail ins").first).to_be_visible()

    page.keyboard.press("a")

    expect(row_of(page, comment)).to_contain_text(names.NOT_PUBLISHED_YET)
    expect(row_of(page, comment).locator(".state")).to_have_text(
        names.state("accepted")
    )
    assert Clause.objects.get(pk=amendment.clause_id).plain == WORDS
    assert comment.answers.get(current=True).disposition.outcome == "accepted"


def test_drafter_decides_by_keyboard(room, signed_in, delegate, drafter):
    first, second = (
        factories.make_comment(
            room["session"], room["entries"][0], delegate, text=text, type="ask"
        )
        for text in ("ขอทราบระเบียบที่อ้าง", "ขอทราบผู้รับผิดชอบ")
    )
    page = signed_in(drafter)
    page.goto("/groups/DIR/queue/")
    page.keyboard.press("j")
    expect_current(page, second)

    page.keyboard.press("a")
    expect(page.locator("#detail [name=outcome]:focus")).to_have_value("accepted")
    decide_by_keyboard(page)

    expect(row_of(page, second).locator(".state")).to_have_text(names.state("accepted"))
    expect(row_of(page, second)).to_contain_text(names.NOT_PUBLISHED_YET)
    expect(row_of(page, first).locator(".state")).to_have_text(names.state("waiting"))
    ruling = Disposition.objects.get()
    assert (ruling.outcome, ruling.effect, ruling.reason) == (
        "accepted",
        "no_text_change",
        REASON,
    )
    assert [answer.comment for answer in ruling.answers.all()] == [second]


def test_drafter_adopts_merged_words_by_keyboard(room, signed_in, delegate, drafter):
    """The words have changed since: A leads to the bench, where the merged words are chosen, explained, adopted."""
    old = room["entries"][1].blob.plain
    comment = factories.make_comment(room["session"], room["entries"][1], delegate)
    amendment = factories.make_amendment(comment, f"{old}ทุกฉบับ")
    clause = Clause.objects.get(pk=amendment.clause_id)
    change = ReviseClause(clause, clause.lock_version, Text(body=f"เจ้าหน้าที่{old}"))
    apply_changes(drafter, "edit", "ระบุผู้ปฏิบัติ", [change])
    page = signed_in(drafter)
    page.goto("/groups/DIR/queue/")
    expect(page.locator("#detail a[data-key=a]")).to_be_visible()

    page.keyboard.press("a")
    page.wait_for_url("**/adoption/**")
    tab_to(page, "[name=take][value=merged]")
    page.keyboard.press("Enter")
    expect(page.locator("[name^=words-]")).to_have_value(f"เจ้าหน้าที่{old}ทุกฉบับ")
    tab_to(page, "#id_reason")
    page.keyboard.insert_text(REASON)
    tab_to(page, ".bench button.button--main")
    page.keyboard.press("Enter")

    expect(row_of(page, comment).locator(".state")).to_have_text(
        names.state("accepted_with_changes")
    )
    assert Clause.objects.get(pk=clause.pk).plain == f"เจ้าหน้าที่{old}ทุกฉบับ"
    assert comment.answers.get(current=True).disposition.reason == REASON


def decide_by_keyboard(page: Page) -> None:
    """From the chosen outcome on: its effect with the space bar, the reason, and Enter on the button."""
    tab_to(page, "#detail [name=effect]")
    page.keyboard.press("Space")
    tab_to(page, "#disposition-reason")
    page.keyboard.insert_text(REASON)
    tab_to(page, "#detail button.button--main")
    page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(
            "selector => document.activeElement.matches(selector)", selector
        ):
            return
    pytest.fail(f"the keyboard never reached {selector}")
