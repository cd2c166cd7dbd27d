"""A real server, a real browser, real people: what the journeys share."""

import threading
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from hearing_portal.directory.models import User
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.web.static_files import BUNDLES, build_bundle
from tests import factories
from tests.journeys import names

# The most a journey waits for what it needs: a busy machine takes its time, a quiet one does not wait for it
PATIENCE = 60_000  # milliseconds
expect.set_options(timeout=PATIENCE)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--pictures", metavar="FOLDER", help="keep a picture of every screen in FOLDER"
    )


# -- the server ------------------------------------------------------------------------------------------


class BundledStaticFiles(StaticFilesHandler):
    """Style sheets in one file each, as they are delivered: a page asks for a dozen files instead of a hundred."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        name = self.file_path(request.path)
        response = (
            HttpResponse(_bundle(name), content_type="text/css")
            if name in BUNDLES
            else super().serve(request)
        )
        response["Cache-Control"] = "max-age=3600"
        return response


_bundle = cache(build_bundle)


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """pytest-django's, with style sheets as they are delivered."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = BundledStaticFiles
    server.start()
    yield server
    server.stop()


# -- the browser -----------------------------------------------------------------------------------------


@pytest.fixture
def console_errors() -> list[str]:
    """What the browsers of this test complained about; asserted empty at the end of each test."""
    return []


@pytest.fixture
def cut_off() -> set[BrowserContext]:
    """The browsers whose requests the test keeps from arriving (allow_outage)."""
    return set()


@pytest.fixture
def allow_outage(cut_off) -> Callable[[Page], None]:
    """allow_outage(page): from here on the test cuts the line, or keeps requests from arriving. htmx tells the
    console of each of them, a poll that was under way among them; that is no error of the page."""
    return lambda page: cut_off.add(page.context)


@pytest.fixture
def open_context(
    chromium: Browser, live_server, console_errors, cut_off
) -> Iterator[Callable[..., BrowserContext]]:
    """open_context(width=360): a browser of its own, that notes every console error and failed request."""
    contexts: list[BrowserContext] = []

    def open_one(
        width: int = 1280, height: int = 800, **options: object
    ) -> BrowserContext:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            # A worker asks for pages itself: a test that holds requests back would not see them
            **{"service_workers": "block", **options},
        )
        context.set_default_timeout(PATIENCE)
        context.on(
            "console",
            lambda message: note_error(
                console_errors, message, in_outage=context in cut_off
            ),
        )
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert console_errors == []


REFUSED = ("Failed to load resource", "Response Status Error Code")
NOT_ARRIVED = ("htmx:sendError", "htmx:timeout", "htmx:sendAbort", "htmx:afterRequest")


def note_error(errors: list[str], message: ConsoleMessage, in_outage: bool) -> None:
    """Browser complaints, but for the ones a refusal under test makes by its status, or an outage under test."""
    made_by_test = REFUSED + NOT_ARRIVED if in_outage else REFUSED
    if message.type == "error" and not message.text.startswith(made_by_test):
        errors.append(message.text)


def sign_in_browser(context: BrowserContext, person: User, address: str) -> None:
    """The browser gets the cookie of somebody who signed in at `address`."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": address}]
    )


def sign_in_by_form(page: Page, person: User) -> None:
    """On the sign-in page that stands open."""
    person.set_password(factories.PASSWORD)
    person.save(update_fields=["password"])
    main = page.get_by_role("main")
    main.get_by_label(names.USERNAME).fill(person.username)
    main.get_by_label(names.PASSWORD, exact=True).fill(factories.PASSWORD)
    main.get_by_role("button", name=names.SIGN_IN).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.fixture
def signed_in(open_context, live_server) -> Callable[..., Page]:
    """signed_in(user, width=360): a page, still empty, of somebody who signed in."""

    def enter(user: User, width: int = 1280, **options: object) -> Page:
        context = open_context(width, **options)
        sign_in_browser(context, user, live_server.url)
        return context.new_page()

    return enter


def expect_kept(page: Page, *kinds: str) -> None:
    """The device keeps these ("draft", "outbox") and nothing else, as soon as the page has done what it is about."""
    page.wait_for_function(
        "kinds => Object.keys(localStorage).map(name => name.split(':')[0]).sort().join() === kinds",
        arg=",".join(sorted(kinds)),
    )


# -- the worker ------------------------------------------------------------------------------------------


@pytest.fixture
def work_off_jobs() -> Callable[[], None]:
    """Run the real worker until the queue is empty, in a thread of its own (it brings its own event loop)."""

    def work() -> None:
        failures: list[BaseException] = []

        def run() -> None:
            from django.db import connections

            try:
                run_pending_jobs()
            except BaseException as error:
                failures.append(error)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        if failures:
            raise failures[0]

    return work
