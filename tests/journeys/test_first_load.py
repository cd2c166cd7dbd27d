"""The first visit of a telephone in the hall: the longest process of the fixtures, served as `./portal run` serves it.

A real web process on the test's database with collected static files; every byte is counted as it came over the wire.
"""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page
from psycopg.conninfo import make_conninfo

from hearing_portal.launch.paths import CHECKOUT
from manuals.models import Section
from tests import factories
from tests.journeys import names
from tests.journeys.conftest import sign_in_browser

pytestmark = pytest.mark.django_db(transaction=True)

LIMIT = 150_000  # bytes, headers included
SHIFT = 0.02
WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        window.shifts.push([entry.value, entry.sources.map((source) => source.node?.className ?? "")]);
      }
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of state with the static files hashed, bundled and compressed."""
    var = tmp_path_factory.mktemp("portal")
    subprocess.run(
        [sys.executable, "-m", "hearing_portal.launch.prepare", "static"],
        cwd=CHECKOUT,
        env={**os.environ, "PORTAL_VAR": str(var)},
        check=True,
    )
    return var


@pytest.fixture
def address(collected: Path, transactional_db) -> Iterator[str]:
    """The address of a real web process that answers from the test's database."""
    listener = socket.create_server(("127.0.0.1", 0))
    given = os.environ.get("DATABASE_URL", "postgresql:///portal")
    url = make_conninfo(given, dbname=connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "PORTAL_VAR": str(collected),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "hearing_portal.launch.web", str(listener.fileno())],
        cwd=CHECKOUT,
        env=environment,
        pass_fds=[listener.fileno()],
    ) as server:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        wait_for(f"{address}/livez")
        yield address
        server.terminate()
    listener.close()


def wait_for(address: str) -> None:
    """The socket listens already: the answer comes when the process is up."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        assert answer.status == 200


@pytest.fixture
def process(unit, drafter) -> Section:
    """The longest process of the real manuals, flow chart and step table included."""
    texts = sorted(
        (CHECKOUT / "fixtures" / "manuals").glob("25*/*/*.txt"),
        key=lambda path: path.stat().st_size,
    )
    return factories.make_process(
        unit=unit, by=drafter, text=texts[-1].read_text(encoding="utf-8")
    )


@pytest.fixture
def path(process, dir_group, hearing, facilitator, delegate, admin) -> str:
    """The process's page in an open hearing, with a comment on the first clause."""
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "public", by=admin)
    session = factories.open_session(
        factories.make_session(edition, dir_group, hearing=hearing), by=facilitator
    )
    factories.make_comment(
        session, edition.entries.filter(kind="clause").order_by("ordinal")[0], delegate
    )
    return f"/groups/DIR/processes/{process.uuid}/"


def telephone(chromium: Browser, address: str) -> BrowserContext:
    context = chromium.new_context(
        base_url=address,
        viewport={"width": 360, "height": 740},
        is_mobile=True,
        has_touch=True,
        device_scale_factor=2,
    )
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH_SHIFTS)
    return context


def count_bytes(page: Page) -> dict[str, int]:
    """{address: bytes over the wire}, filled while the page loads."""
    protocol, addresses, sizes = page.context.new_cdp_session(page), {}, {}
    protocol.send("Network.enable")
    protocol.on(
        "Network.responseReceived",
        lambda event: addresses.update({event["requestId"]: event["response"]["url"]}),
    )
    protocol.on(
        "Network.loadingFinished",
        lambda event: sizes.update(
            {addresses[event["requestId"]]: int(event["encodedDataLength"])}
        ),
    )
    return sizes


def note_complaints(page: Page) -> list[str]:
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: (
            message.type in ("error", "warning") and complaints.append(message.text)
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: complaints.append(f"{request.url} {request.failure}"),
    )
    page.on(
        "response",
        lambda response: (
            response.status >= 400
            and complaints.append(f"{response.url} {response.status}")
        ),
    )
    return complaints


def settle(page: Page) -> list:
    """The shifts after the fonts are there and the reader has scrolled through the page once."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 600):
        page.evaluate("top => window.scrollTo(0, top)", top)
    page.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    return page.evaluate("window.shifts")


@pytest.mark.parametrize("who", ["nobody", "delegate"])
def test_first_load_of_a_process_is_small_and_still(
    who, chromium, address, path, delegate, request
):
    context = telephone(chromium, address)
    request.addfinalizer(context.close)
    if who == "delegate":
        sign_in_browser(context, delegate, address)
    page = context.new_page()
    sizes, complaints = count_bytes(page), note_complaints(page)

    page.goto(path)
    shifts = settle(page)

    shown = "\n".join(
        f"{size:>7} {name.rpartition('/')[2] or name}"
        for name, size in sorted(sizes.items())
    )
    assert complaints == []
    assert {"html", "css", "js", "woff2"} <= kinds_of(sizes, path), shown
    assert sum(sizes.values()) <= LIMIT, shown
    assert sum(value for value, _ in shifts) < SHIFT, shifts
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    act = names.COMMENT_ON if who == "delegate" else names.SIGN_IN_FIRST
    assert page.get_by_role("main").get_by_role("link", name=act).count() > 10


def kinds_of(sizes: dict[str, int], path: str) -> set[str]:
    """The measure counted what it was made for: the page, its styles, scripts and fonts."""
    return {
        "html" if name.endswith(path) else name.rpartition(".")[2] for name in sizes
    }
