"""On a shared device: after signing out the Back button shows nothing of who was there."""

import os
import shutil

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import sign_in_browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def remembering(chromium, live_server) -> BrowserContext:
    """A browser as people have it: Playwright's keeps no page for the Back button."""
    browser = chromium.browser_type.launch(
        executable_path=os.environ.get("CHROMIUM")
        or shutil.which("chromium-headless-shell"),
        args=["--no-sandbox", "--enable-features=BackForwardCache"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser.new_context(base_url=live_server.url, service_workers="block")
    browser.close()


def sign_out(page: Page) -> None:
    page.locator("form[action='/sign-out/']").first.evaluate("form => form.submit()")
    page.wait_for_url(lambda url: "/account/" not in url)


def test_back_after_signing_out_shows_nothing_personal(
    remembering, live_server, delegate
):
    sign_in_browser(remembering, delegate, live_server.url)
    page = remembering.new_page()
    page.goto("/account/")
    expect(page.get_by_role("main").get_by_text("นางสมศรี ใจดี")).to_be_visible()
    sign_out(page)

    page.go_back()

    expect(page.get_by_role("heading", name="เข้าสู่ระบบ", exact=True)).to_be_visible()
    expect(page.get_by_text("ใจดี")).to_have_count(0)


def test_page_that_a_browser_kept_all_the_same_is_asked_for_anew(signed_in, delegate):
    """Safari keeps what says no-store."""
    page = signed_in(delegate)
    page.goto("/account/")
    expect(page.get_by_role("main").get_by_text("นางสมศรี ใจดี")).to_be_visible()
    page.context.clear_cookies()

    page.evaluate(
        "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    )

    expect(page.get_by_role("heading", name="เข้าสู่ระบบ", exact=True)).to_be_visible()
    expect(page.get_by_text("ใจดี")).to_have_count(0)
