"""A facilitator clears a queue of thirty by keyboard alone; the same desk without scripts, and with the keys off."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Reclassing, Recommendation
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/groups/DIR/queue/"


@pytest.fixture
def waiting(session, edition, process, delegate) -> list[Comment]:
    """Thirty held comments on three clauses, in reading order."""
    entries = [factories.entry_of(edition, factories.clause_at(process, cite)) for cite in ("5.1", "5.2", "5.3")]
    return [
        factories.make_comment(session, entry, delegate, text=f"ความเห็นเรื่องที่ {number}", visibility="held")
        for entry in entries
        for number in range(10)
    ]


def chosen(page: Page) -> str:
    """The text of the row that is marked."""
    return page.locator("[data-row][aria-current]").locator(".queue__open").inner_text()


def at_side(page: Page, comment: Comment) -> None:
    """The comment stands at the side, and its row is marked."""
    expect(page.locator("#detail .comment__text")).to_have_text(comment.text)
    expect(page.locator(f"#row-{comment.uuid}")).to_have_attribute("aria-current", "true")


def visibilities() -> list[str]:
    return [comment.visibility for comment in Comment.objects.with_visibility().order_by("pk")]


def test_queue_of_thirty_is_cleared_by_keyboard(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(f"{QUEUE}?state=held")
    expect(page.locator("[data-row]")).to_have_count(30)

    for number in range(28):
        page.keyboard.press("s")
        expect(page.locator("[data-row]")).to_have_count(29 - number)
    expect(page.locator("#notices")).to_contain_text("แสดงความเห็นแล้ว")
    assert visibilities() == ["shown"] * 28 + ["held"] * 2

    page.keyboard.press("h")
    page.keyboard.type("มีเลขประจำตัวประชาชน")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.keyboard.press("s")
    expect(page.locator("#desk")).to_contain_text("ไม่มีความเห็นตามที่กรอง")

    assert visibilities() == ["shown"] * 28 + ["hidden", "shown"]
    assert waiting[28].moderations.last().reason == "มีเลขประจำตัวประชาชน"


def test_keys_move_choose_and_act_on_many(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)

    for key, comment in (("j", waiting[1]), ("j", waiting[2]), ("k", waiting[1])):
        page.keyboard.press(key)
        at_side(page, comment)
    assert str(waiting[1].uuid) in page.url
    page.keyboard.press("x")
    page.keyboard.press("j")
    at_side(page, waiting[2])
    page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text("เลือก 2 เรื่อง")
    page.keyboard.press("s")

    expect(page.locator("#notices")).to_contain_text("แสดงแล้ว 2 ความเห็น")
    assert visibilities() == ["held", "shown", "shown"] + ["held"] * 27


def test_class_and_advice_are_given_by_keyboard(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)

    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("ขั้นตอนมากเกินไป")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("เปลี่ยนประเด็นแล้ว")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_contain_text("เสนอผลให้คณะทำงานแล้ว")

    assert list(Reclassing.objects.values_list("comment", "reason")) == [(waiting[0].pk, "ขั้นตอนมากเกินไป")]
    assert list(Recommendation.objects.values_list("comment", "outcome")) == [(waiting[0].pk, "accepted")]
    at_side(page, waiting[1])


def test_letters_typed_into_a_field_are_letters(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)

    page.keyboard.press("h")
    page.keyboard.type("sjxhar?")
    expect(page.locator("#visibility-reason")).to_have_value("sjxhar?")
    expect(page.locator("#keys")).not_to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("j")

    at_side(page, waiting[1])
    assert visibilities() == ["held"] * 30


def test_thai_layout_has_the_same_keys(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)

    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: '่', code: 'KeyJ', bubbles: true, cancelable: true}))"
    )

    at_side(page, waiting[1])


def test_keys_can_be_listed_and_switched_off(signed_in, waiting, facilitator):
    page = signed_in(facilitator)
    page.goto(QUEUE)

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_role("button", name="ปิดใช้ปุ่มลัด").click()
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
    page.locator("#detail").get_by_role("button", name="แสดง", exact=False).first.click()
    expect(page.locator("[data-row]")).to_have_count(29)
    page.locator(f"#row-{waiting[0].uuid} input").check()
    page.locator("#bulk").get_by_text("ซ่อนที่เลือก").click()
    page.locator("#bulk-reason").fill("ส่งซ้ำ")
    page.get_by_role("button", name="ยืนยันการซ่อน").first.click()
    expect(page.locator("[data-row]")).to_have_count(28)

    assert visibilities()[:4] == ["hidden", "held", "held", "shown"]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_desk_never_scrolls_sideways(signed_in, waiting, facilitator, width):
    page = signed_in(facilitator, width)
    page.goto(QUEUE)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
