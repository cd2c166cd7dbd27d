"""The shell in a real browser: it works without JavaScript, fits a phone, and puts the focus where the mistake is."""

import re

import pytest
from django.test import Client

from hearing_portal.web.navigation import MAIN_NAVIGATION
from tests.delivered_pages import open_page


def html_of(path: str, **form: str) -> str:
    """A page for a visitor; nothing here asks the database."""
    client = Client()
    response = client.post(path, form) if form else client.get(path)
    return response.content.decode()


def test_menu_opens_and_closes_without_javascript(chromium):
    page = chromium.new_page(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page.set_default_timeout(10_000)
    open_page(page, html_of("/sign-in/"))
    link = page.locator("#menu .menu__link", has_text="เข้าสู่ระบบ")

    assert not link.is_visible()
    page.click(".masthead__menu")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()
    page.close()


def test_theme_switch_works_at_once_and_tells_the_server_by_cookie(chromium):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    open_page(page, html_of("/sign-in/"))
    page.click(".masthead__menu")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("button[value=dark]")

    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert [
        page.get_attribute(f"button[value={name}]", "aria-pressed")
        for name in ("light", "dark")
    ] == [
        "false",
        "true",
    ]
    assert re.search(r"\btheme=dark\b", page.evaluate("document.cookie"))
    page.close()


@pytest.mark.parametrize("path", ["/sign-in/", "/no-such-page/"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_page_never_scrolls_sideways(chromium, path, width):
    page = chromium.new_page(viewport={"width": width, "height": 740})
    open_page(page, html_of(path))

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [992, 1280])
def test_head_has_room_for_every_link(chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 740})
    links = "".join(
        f'<a class="masthead__link" href="/">{place.label}</a>'
        for place in MAIN_NAVIGATION
    )
    role = '<span class="masthead__me">ผู้ดำเนินเวที กลุ่มบริหารงานการเงินและสินทรัพย์</span>'
    html = html_of("/sign-in/").replace(
        '<nav class="masthead__nav" aria-label="หลัก">',
        f'<nav class="masthead__nav">{links}',
    )
    open_page(page, html.replace('<span class="visually-hidden">เมนู</span>', role))

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('.masthead').offsetHeight") <= 60
    page.close()


@pytest.mark.parametrize(
    ("form", "focused"),
    [
        ({"username": "", "password": ""}, "id_username"),
        ({"username": "somsri", "password": ""}, "id_password"),
    ],
)
def test_focus_goes_to_the_first_wrong_field(chromium, form, focused):
    page = chromium.new_page()
    open_page(page, html_of("/sign-in/", **form))

    assert page.evaluate("document.activeElement.id") == focused
    page.close()


def test_controls_are_large_enough_for_a_thumb(chromium):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    open_page(page, html_of("/sign-in/"))
    page.click(".masthead__menu")
    small = page.evaluate(
        "[...document.querySelectorAll('button, .button, .menu__link, .input')].filter(e => e.offsetHeight"
        " && (e.offsetHeight < 44 || e.offsetWidth < 44)).map(e => e.outerHTML)"
    )

    assert small == []
    page.close()
