"""A delegate reads without a network what was opened before, and the next person at the device does not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in_browser

pytestmark = pytest.mark.django_db(transaction=True)
# The addresses of what the device keeps, once they are as many as they should be
KEPT = """
    async (number) => {
      for (let tries = 0; tries < 1200; tries += 1) {
        const pages = await (await caches.open("offline-pages")).keys();
        if (pages.length === number) return pages.map(({url}) => new URL(url).pathname);
        await new Promise((done) => setTimeout(done, 50));
      }
      return null;
    }
"""


@pytest.fixture
def path(released, process, manual) -> str:
    return f"/groups/{manual.key}/processes/{process.uuid}/"


@pytest.fixture
def page(open_context, live_server, delegate, allow_outage) -> Page:
    context = open_context(width=360, service_workers="allow")
    sign_in_browser(context, delegate, live_server.url)
    page = context.new_page()
    allow_outage(page)
    return page


def test_process_opened_once_is_read_without_a_network(page, path):
    page.goto(path)
    assert page.evaluate(KEPT, 1) == [path]
    heading = page.get_by_role("heading", level=1).text_content()

    page.context.set_offline(True)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    told = re.compile(r"หน้านี้เก็บไว้ในเครื่องนี้เมื่อ \d+ \S+ 25\d\d \d\d\.\d\d น\.")
    expect(page.locator("[data-kept-page]")).to_contain_text(told)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.goto("/my-comments/")  # was never opened
    expect(page.get_by_role("heading", level=1)).to_have_text("อ่านเมื่อไม่มีสัญญาณ")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)

    page.context.set_offline(False)
    page.get_by_role("link", name="ลองเปิดใหม่").click()
    expect(page.locator("[data-kept-page]")).to_have_count(0)

    page.goto("/account/")
    page.get_by_role("main").get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    assert page.evaluate(KEPT, 0) == []
    page.context.set_offline(True)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("อ่านเมื่อไม่มีสัญญาณ")
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(0)
