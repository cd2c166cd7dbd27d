"""Every screen of screens.py: no serious or critical finding of axe-core at 360 px light and 1280 px dark; nothing
scrolls sideways, no word is cut, and delegates' targets are large enough for a thumb.

A case is named for its screen: `-k composer` looks at the composer only. `--pictures FOLDER` keeps a picture of each.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page

from hearing_portal.directory.contact.foot import forget_foot_contact
from tests.database import Snapshot, empty_tables
from tests.journeys.conftest import PATIENCE, note_error, sign_in_browser
from tests.journeys.measures import CONTROLS, MEASURED, THEMES, WIDTHS, problems_of
from tests.journeys.scenes import SCENES, Scene
from tests.journeys.screens import KEEPING, SCREENS, Screen
from tests.permission_rows import ROWS
from tests.web.test_thai_marks import measured_classes

pytestmark = pytest.mark.django_db(transaction=True)

# Answered by GET, but never by a page of their own
NO_PAGE = {
    "service-worker",
    *(
        "readyz",
        "job-file",
        "hearing-document",
        "clause-bench-arrived",
        "clause-file",
        "import-preview-picture",
        "review-file",
        "preview-file",
        "queue-disposition",
        "group-session",
        "group-session-live",
        "session-live",
        "wall-live",
        "wall-code",
    ),
    *("manual-comparison-sheet", "process-comparison-sheet"),
    *("edition-book", "manual-files-original", "comment-receipt-code"),
    "paper-form-file",
    # Reached by steps: screens rows-preview, import-preview-row, edition-of-files and those of files
    *("manual-files-preview", "import-preview", "import-preview-row"),
    *("edition-of-files", "matrix-file"),
    *(
        "people-import-template",
        "offices-import-template",
        "groups-import-template",
        "law-import-template",
        "law-list",
    ),
}
STAFF = {
    "facilitator",
    "drafter",
    "colleague",
    "admin",
    "expert",
}  # whose desks have denser targets


def test_every_address_with_a_page_has_a_screen():
    pages = {row.name for row in ROWS if not row.only_post} - NO_PAGE

    assert pages - {screen.url_name for screen in SCREENS} == set()


def test_no_two_screens_have_one_name():
    assert len({screen.name for screen in SCREENS}) == len(SCREENS)


@pytest.fixture(scope="session")
def scene_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenes")


@pytest.fixture(autouse=True)
def files_dir(settings, scene_files: Path) -> Path:
    """What a scene stored stays as long as the scene is remembered."""
    settings.FILES_DIR = scene_files
    return scene_files


SNAPSHOTS: dict[str, Snapshot] = {}  # of the scenes that were made in this worker


@pytest.fixture
def scene(screen: Screen, transactional_db, settings, tmp_path: Path) -> Scene:
    """The hearing that the screen is looked at in, as if nobody had looked at it yet."""
    if screen.scene not in SNAPSHOTS:
        SNAPSHOTS[screen.scene] = Snapshot.take(SCENES[screen.scene]())
        empty_tables()
    made = SNAPSHOTS[screen.scene].restore()
    forget_foot_contact()
    settings.VAR_DIR = made.folder = tmp_path
    return made


# No draft of an earlier step; nor one that an editor sends while its page is measured, or when the page is left: the
# test is over by then. (A route of Playwright's would keep the browser from remembering any file.)
WITHOUT_DRAFTS = f"""
if (name !== "{KEEPING}") localStorage.clear();
const ask = fetch;
fetch = (address, ...more) => `${{address}}`.includes("/buffers/")
  ? Promise.resolve(Response.json({{kept_at: "10.00 น."}})) : ask(address, ...more);
navigator.sendBeacon = () => true;
"""


@pytest.fixture(scope="session")
def telephone(chromium, live_server) -> Iterator[Page]:
    """One page for all screens of a worker, as one person's goes from page to page: the browser starts no new process
    for each of them, and has style sheets, scripts and fonts already. The pages are always asked for anew."""
    # axe writes styles of its own into the page, which our policy rightly refuses: the other journeys keep it on
    context = chromium.new_context(
        # A worker asks for pages itself: what a screen answers in its place would not be seen
        service_workers="block",
        base_url=live_server.url,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    context.add_init_script(WITHOUT_DRAFTS)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(
    screen: Screen, scene: Scene, telephone: Page, console_errors, live_server
) -> Iterator[Page]:
    """A telephone's page of the person whose screen it is."""
    if person := getattr(scene, screen.who):
        sign_in_browser(telephone.context, person, live_server.url)
    telephone.set_viewport_size({"width": WIDTHS[0], "height": 800})
    telephone.emulate_media(color_scheme=THEMES[0])

    def note(said: ConsoleMessage) -> None:
        note_error(console_errors, said, in_outage=False)

    telephone.on("console", note)
    yield telephone
    # Whatever the page still asks for ends with it, before the tables are emptied; of the same address, or the browser
    # would start another process
    telephone.goto("/static/icon.svg")
    telephone.mouse.move(0, 0)
    telephone.remove_listener("console", note)
    telephone.unroute_all()
    telephone.evaluate("name = ''")
    telephone.context.clear_cookies()
    assert console_errors == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_screen_has_no_serious_finding(screen, scene, page, pytestconfig):
    folder = pytestconfig.getoption("pictures", None)
    found = {}
    screen.reach(page, scene)
    if folder:
        keep_pictures(page, Path(folder) / screen.name)
    for width, theme in MEASURED:
        spread(page, width)
        page.emulate_media(color_scheme=theme)
        if problems := problems_of(page, width, thumbs=screen.who not in STAFF):
            found[f"{screen.name} {width} {theme}"] = problems

    controls = page.evaluate(CONTROLS)
    unmeasured = sorted(
        classes
        for classes in controls
        if own_classes(classes).isdisjoint(measured_classes())
    )
    found |= {"not in tests/web/test_thai_marks.py": unmeasured} if unmeasured else {}
    assert not found, "\n".join(
        f"{name}\n    " + "\n    ".join(problems) for name, problems in found.items()
    )


def own_classes(classes: str) -> set[str]:
    """But for utilities; a control with none is plain text, which is measured as such."""
    return {name for name in classes.split() if not name.startswith("u-")} or {
        "clause__text"
    }


def spread(page: Page, width: int) -> None:
    """The whole page in one window: nothing sticky lies over what is measured."""
    page.set_viewport_size({"width": width, "height": 800})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, 16_000)})


def keep_pictures(page: Page, path: Path) -> None:
    """Of both widths in both themes: `path`-360-light.png …"""
    path.parent.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        spread(page, width)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=f"{path}-{width}-{theme}.png", full_page=True)
