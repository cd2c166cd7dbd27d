"""Arranging a section by keyboard alone: a clause shifted by keys and by its menu keeps the focus, and the last act is
undone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def press_until_focused(page: Page, selector: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(
            "selector => document.activeElement.matches(selector)", selector
        ):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def test_clause_is_shifted_by_keys_and_keeps_the_focus(signed_in, drafter, process):
    clause = factories.clause_at(process, "5.2")
    anchor = f"#c-{clause.uuid.hex[:8]}"
    page = signed_in(drafter)
    page.goto(f"/groups/DIR/drafts/{process.uuid}/")
    press_until_focused(page, f"{anchor} summary")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(f"{anchor} .clause__number")).to_have_text("5.1")
    expect(
        page.locator(f"{anchor} summary")
    ).to_be_focused()  # there is no way further up
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"{anchor} .clause__number")).to_have_text("5.2")
    expect(page.locator(f"{anchor} [value=down]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"{anchor} .clause__number")).to_have_text("5.3")

    page.get_by_role("button", name="ย้อนการแก้ไขล่าสุดของท่าน").press("Enter")
    expect(page.locator(f"{anchor} .clause__number")).to_have_text("5.2")

    # A press on the words writes them, as the link below them does; on a step, the table
    page.locator(f"{anchor} .clause__text > p").first.click()
    expect(page).to_have_url(re.compile(f"/clauses/{clause.uuid}/$"))
    page.go_back()
    page.locator(".step-table__row").first.locator("td").nth(1).click()
    expect(page).to_have_url(re.compile("/steps/$"))
