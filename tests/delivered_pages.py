"""Pages in a real browser without a server: HTML made by the test, style sheets as delivered, fonts from static/."""

import re
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, Route

from hearing_portal.web.static_files import BUNDLES, build_bundle

ADDRESS = "http://portal.test/"
STATIC = Path(settings.BASE_DIR) / "static"
_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")  # of a name that collectstatic gave


def open_page(page: Page, html: str) -> None:
    """Shows `html` at ADDRESS; nothing is fetched from a network."""

    def answer(route: Route) -> None:
        name = _HASH.sub("", route.request.url.partition("/static/")[2])
        if not name:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif name in BUNDLES:
            route.fulfill(
                body=build_bundle(name), content_type="text/css; charset=utf-8"
            )
        else:
            route.fulfill(path=STATIC / name)

    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.evaluate("Promise.allSettled([...document.fonts].map(face => face.load()))")
