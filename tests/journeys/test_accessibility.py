"""Every screen of screens.py: no serious or critical finding of axe-core at 360 and 1280 px, light and dark; nothing
scrolls sideways, no word is cut, and delegates' targets are large enough for a thumb.

`--pictures FOLDER` keeps a picture of each, `--screens PATTERN` chooses screens by their name.
"""

from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as NotReached

from tests.journeys.measures import CONTROLS, THEMES, WIDTHS, problems_of
from tests.journeys.scenes import SCENES, Scene
from tests.journeys.screens import SCREENS, Screen
from tests.permission_rows import ROWS
from tests.test_thai_marks import measured_classes

pytestmark = pytest.mark.django_db(transaction=True)

# Answered by GET, but never by a page of their own
NO_PAGE = {"readyz", "people-import-template", "job-file", "queue-disposition"}
STAFF = {"facilitator", "drafter", "colleague", "admin", "expert"}  # whose desks have denser targets
ROUNDS = sorted({(screen.scene, screen.who) for screen in SCREENS})


def test_every_address_with_a_page_has_a_screen():
    pages = {row.name for row in ROWS if not row.only_post} - NO_PAGE

    assert pages - {screen.url_name for screen in SCREENS} == set()


def test_no_two_screens_have_one_name():
    assert len({screen.name for screen in SCREENS}) == len(SCREENS)


@pytest.fixture
def show(open_context, live_server, settings, tmp_path, pytestconfig) -> Callable[[str, str], Iterator]:
    """show("busy", "delegate"): each screen of theirs with a browser page that is to reach it, in turn."""
    settings.VAR_DIR = tmp_path
    pattern = pytestconfig.getoption("screens", "*")

    def walk(name: str, who: str) -> Iterator[tuple[Screen, Page, Scene]]:
        wanted = [s for s in SCREENS if (s.scene, s.who) == (name, who) and fnmatch(s.name, pattern)]
        if not wanted:
            return
        scene = SCENES[name]()
        scene.folder = tmp_path
        # axe writes styles of its own into the page, which our policy rightly refuses: the other journeys keep it on
        context = open_context(360, bypass_csp=True, reduced_motion="reduce")
        context.add_init_script("localStorage.clear()")  # no draft of an earlier screen
        context.set_default_timeout(10_000)
        page = context.new_page()
        for screen in wanted:
            sign_in(context, scene, who, live_server.url)
            page.set_viewport_size({"width": 360, "height": 800})
            yield screen, page, scene

    return walk


def sign_in(context: BrowserContext, scene: Scene, who: str, address: str) -> None:
    context.clear_cookies()
    if person := getattr(scene, who):
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.mark.parametrize(("scene", "who"), ROUNDS)
def test_screens_have_no_serious_finding(scene, who, show, pytestconfig):
    folder = pytestconfig.getoption("pictures", None)
    found, controls = {}, set()
    for screen, page, made in show(scene, who):
        try:
            screen.reach(page, made)
        except NotReached as error:
            found[screen.name] = [f"not reached: {error}"]
            continue
        for width in WIDTHS:
            spread(page, width)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                if folder:
                    keep_picture(page, Path(folder) / f"{screen.name}-{width}-{theme}.png")
                if problems := problems_of(page, width, theme, thumbs=who not in STAFF):
                    found[f"{screen.name} {width} {theme}"] = problems
        controls |= set(page.evaluate(CONTROLS))

    unmeasured = sorted(classes for classes in controls if own_classes(classes).isdisjoint(measured_classes()))
    found |= {"not in tests/test_thai_marks.py": unmeasured} if unmeasured else {}
    assert not found, "\n".join(f"{name}\n    " + "\n    ".join(problems) for name, problems in found.items())


def own_classes(classes: str) -> set[str]:
    """But for utilities; a control with none is plain text, which is measured as such."""
    return {name for name in classes.split() if not name.startswith("u-")} or {"clause__text"}


def spread(page: Page, width: int) -> None:
    """The whole page in one window: nothing sticky lies over what is measured."""
    page.set_viewport_size({"width": width, "height": 800})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, 16_000)})


def keep_picture(page: Page, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
