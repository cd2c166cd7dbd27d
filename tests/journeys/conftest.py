"""A real server, a real browser, real people: what the journeys share."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from hearing_portal.directory.models import User
from hearing_portal.jobs.queue import run_pending_jobs
from tests import factories

# Playwright's loop runs in this thread beside the ORM, which is used between the steps, never within them
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", help="keep a picture of every screen in FOLDER")
    parser.addoption("--screens", metavar="PATTERN", default="*", help="only the screens whose name fits (composer*)")


@pytest.fixture(scope="module")  # its event loop must be gone before the next file begins
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def console_errors() -> list[str]:
    """What the browsers of this test complained about; asserted empty at the end of each test."""
    return []


@pytest.fixture
def open_context(chromium, live_server, console_errors) -> Iterator[Callable[..., BrowserContext]]:
    """open_context(width=360): a browser of its own, that notes every console error and failed request."""
    contexts: list[BrowserContext] = []

    def open_one(width: int = 1280, height: int = 800, **options: object) -> BrowserContext:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(15_000)
        context.on("console", lambda message: _note(console_errors, message))
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert console_errors == []


def _note(errors: list[str], message: object) -> None:
    """Browser complaints, but for the ones a refusal under test makes by its status."""
    made_by_refusals = ("Failed to load resource", "Response Status Error Code")
    if message.type == "error" and not message.text.startswith(made_by_refusals):
        errors.append(message.text)


@pytest.fixture
def signed_in(open_context) -> Callable[..., Page]:
    """signed_in(user, width=360): a page of somebody who signed in by the form."""

    def enter(user: User, width: int = 1280, **options: object) -> Page:
        user.set_password(factories.PASSWORD)
        user.save(update_fields=["password"])
        page = open_context(width, **options).new_page()
        page.goto("/sign-in/")
        page.get_by_label("ชื่อผู้ใช้").fill(user.username)
        page.get_by_label("รหัสผ่าน", exact=True).fill(factories.PASSWORD)
        page.get_by_role("main").get_by_role("button", name="เข้าสู่ระบบ").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    return enter


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
