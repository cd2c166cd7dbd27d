"""The database of the tests, and the standing cast of a small hearing: who may, who may not, a stranger.

Everybody in the cast is a delegate, drafter, … of กลุ่มอำนวยการ, except `stranger`, whose group and office are
others. A test that needs more makes it with tests/factories.py.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import close_old_connections, connection, connections
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadFileScheduling

from comments.models import Comment, Hearing, HearingSession
from hearing_portal.directory.contact import foot
from hearing_portal.directory.models import AreaOffice, ContactVersion, User, WorkGroup
from hearing_portal.jobs import files_folder
from hearing_portal.launch.database import drop_database, with_name
from hearing_portal.launch.roles import PORTAL_ROLE, grant_use, make_portal_role
from manuals.edition_memory import forget_editions
from manuals.models import Clause, Edition, EditionEntry, Manual, Section
from tests import factories
from tests.database import Snapshot, empty_tables, url_of_tests

# -- in which order, and which of them are quick ---------------------------------------------------------

SLOW_FOLDERS = (
    "tests/journeys/",
    "tests/launch/",
    "tests/faults/",
    "tests/jobs/",
    "tests/manuals/pdf/",
)
# By the processor time they take. What needs a database is left to the whole suite too: making one takes longer than
# all that is quick. So a quick set is the rules of texts, words, charts, forms and of the code itself
SLOW_FILES = (
    "*_pages.py",
    "*/test_anchoring.py",
    "*/test_audit.py",
    "*/test_demonstration.py",
    "*/test_history.py",
    "*/test_hostile_input.py",
    "*/test_loading.py",
    "*/test_migrations.py",
    "*/test_permission_matrix.py",
    "*/test_sign_in.py",
    "*/test_thai_marks.py",
)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The quick set does not even read what is slow as a whole."""
    if config.option.markexpr != "not slow":
        return None
    path = f"{collection_path.relative_to(config.rootpath).as_posix()}"
    is_slow = f"{path}/".startswith(SLOW_FOLDERS) or any(
        fnmatch(path, pattern) for pattern in SLOW_FILES
    )
    return True if is_slow else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what needs a browser or takes long, before `-m` chooses by the marks."""
    if "chromium" in item.fixturenames:
        item.add_marker("browser")
    path = item.nodeid.partition("::")[0]
    takes_long = path.startswith(SLOW_FOLDERS) or any(
        fnmatch(path, pattern) for pattern in SLOW_FILES
    )
    needs_database = (
        item.get_closest_marker("django_db") is not None or "db" in item.fixturenames
    )
    if needs_database or takes_long or "chromium" in item.fixturenames:
        item.add_marker("slow")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts what needs a browser last: Playwright's event loop stays in the thread that it began in, and nothing else
    that runs there may need a loop of its own."""
    items.sort(key=lambda item: "chromium" in item.fixturenames)
    in_browser, others = set(), set()
    for item in items:
        path = item.nodeid.partition("::")[0]
        if not path.startswith("tests/journeys/"):
            (in_browser if "chromium" in item.fixturenames else others).add(path)
    if mixed := in_browser & others:  # a worker takes a whole file
        raise pytest.UsageError(
            f"these have tests with and without a browser: {', '.join(sorted(mixed))}"
        )


class FilesAndJourneys(LoadFileScheduling):
    """A worker takes a whole file, whose fixtures are made once, but of the journeys one test at a time."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/journeys/"):
            return nodeid
        return super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(
    config: pytest.Config, log: object
) -> LoadFileScheduling | None:
    if config.getvalue("dist") != "loadfile":
        return None
    return FilesAndJourneys(config, log)


# -- the database ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def migrated_template(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_test_environment: None,
    django_db_blocker: Any,
) -> str | None:
    """The database that those of all processes are copied from: whoever comes first migrates it, the others wait.
    None where one process does all."""
    if not hasattr(request.config, "workerinput"):
        return None
    run = tmp_path_factory.getbasetemp().parent  # of all processes of this run
    names = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    template = connection.settings_dict["TEST"]["NAME"] = template_name()
    is_made = run / "migrated"
    with (run / "migrating").open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made.exists():
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            connection.close()
            is_made.touch()
    connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"] = names
    settings.DATABASES["default"]["NAME"] = names[0]
    return template


def template_name() -> str:
    return f"test_{settings.DATABASES['default']['NAME']}_migrated"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that waited for all others throws their template away."""
    is_spread = getattr(session.config.option, "dist", "no") != "no"
    if is_spread and not hasattr(session.config, "workerinput"):
        url = os.environ.get("DATABASE_URL", "postgresql:///")
        drop_database(with_name(url, template_name()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    migrated_template: str | None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """A test database may be lost in a power cut: commits need not wait for the disk."""
    database = settings.DATABASES["default"]
    options = database["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
    # A copy has its tables already
    database["TEST"] |= {
        "TEMPLATE": migrated_template,
        "MIGRATE": migrated_template is None,
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made by the owner, and used as the portal uses it: by a role that owns nothing."""
    options = settings.DATABASES["default"]["OPTIONS"]
    of_the_owner = options["options"]
    with django_db_blocker.unblock():
        owner = url_of_tests()
        make_portal_role(owner)
        grant_use(owner, PORTAL_ROLE)
        connection.close()
        options["options"] = f"{of_the_owner} -c role={PORTAL_ROLE}"
        yield
        connection.close()
        options["options"] = of_the_owner


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """After a test that commits, only the tables it filled are emptied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda test: empty_tables()
        )
        yield


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stored files of a test go where pytest cleans up, beside the folder of the test itself."""
    settings.FILES_DIR = tmp_path.with_name(f"{tmp_path.name}-files")
    # Not asked of the database: most tests have none
    monkeypatch.setattr(files_folder, "name_of_database", lambda: "tests")
    monkeypatch.setattr(files_folder, "_known_name", {})  # of another test's database
    files_folder.accept_folder()
    return settings.FILES_DIR


@pytest.fixture(autouse=True)
def foot_is_known() -> Iterator[None]:
    """The foot of pages is read already, as it is in a portal that runs: no page's queries tell of it."""
    read_foot()
    yield
    cache.clear()


@pytest.fixture
def together() -> Iterator[Callable[[Callable[[], object]], Future]]:
    """together(act) runs `act` on a connection of its own and gives a Future of its result."""

    def on_own_connection(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=4) as pool:
        yield lambda act: pool.submit(on_own_connection, act)
    close_old_connections()


def read_foot() -> None:
    cache.set(foot.KEY, ContactVersion(), None)


# -- whom a test speaks through --------------------------------------------------------------------------


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """sign_in(delegate): a client of somebody who is signed in; options are those of Django's Client."""

    def client_of(person: User, **options: bool) -> Client:
        client = Client(**options)
        client.force_login(person)
        return client

    return client_of


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker: the one `portal test` found, else the system's."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread beside the ORM, which is used between its steps, never within them
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def assert_same_queries() -> Callable[..., None]:
    """assert_same_queries(7, show_list, add_two_rows): `show_list` costs exactly 7 queries with one row, and
    7 again after `add_two_rows` has made them three."""

    def check(
        expected: int, act: Callable[[], object], add_rows: Callable[[], object]
    ) -> None:
        with_one = _queries_of(act)
        add_rows()
        with_three = _queries_of(act)
        shown = "\n".join(with_three)
        assert (len(with_one), len(with_three)) == (expected, expected), shown

    return check


def _queries_of(act: Callable[[], object]) -> list[str]:
    # What one row left in the memory of the process would hide what three cost
    forget_editions()
    cache.clear()
    read_foot()
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries]


# -- the cast, made once ---------------------------------------------------------------------------------

# In the order in which they are made: what a fixture asks for stands before it
CAST = (
    *("dir_group", "fin_group", "lampang", "chonburi"),
    *("delegate", "secondary_delegate", "stranger", "office_head"),
    *("facilitator", "drafter", "second_drafter", "expert", "admin"),
    *("manual", "unit", "process", "clause", "edition", "released", "entry"),
    *("hearing", "session", "comment"),
)
SNAPSHOTS: dict[
    tuple[str, ...], Snapshot
] = {}  # {those of the cast that a test asks for: as they were made}
RESTORED = pytest.StashKey[dict[str, Any]]()


@pytest.fixture(autouse=True)
def cast(request: pytest.FixtureRequest) -> None:
    """Whom a test asks for is made by their fixtures the first time, and put back from then on: making them by the
    services takes more than half of the time of most tests.

    They are made before all else that the test asks for. A test with a fixture of its own in the place of one of
    these has all of them made.
    """
    wanted = tuple(name for name in CAST if name in request.fixturenames)
    if not wanted or any(_is_replaced(name, request) for name in wanted):
        return
    if wanted in SNAPSHOTS:
        request.getfixturevalue("db")
        request.node.stash[RESTORED] = SNAPSHOTS[wanted].restore()
        return
    made = {name: request.getfixturevalue(name) for name in wanted}
    SNAPSHOTS[wanted] = Snapshot.take(made)


def _is_replaced(name: str, request: pytest.FixtureRequest) -> bool:
    """By a fixture of the test's own file, or by a parameter of that name."""
    case = getattr(request.node, "callspec", None)
    if case is not None and name in case.params:
        return True
    found = request.session._fixturemanager.getfixturedefs(name, request.node)
    return found is None or len(found) > 1


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Any:
    """One of the cast that was put back is not made again."""
    restored = request.node.stash.get(RESTORED, {})
    if fixturedef.argname not in restored:
        return None
    value = restored[fixturedef.argname]
    fixturedef.cached_result = (value, fixturedef.cache_key(request), None)
    return value


# -- groups, offices, people ---------------------------------------------------------------------------


@pytest.fixture
def dir_group(db) -> WorkGroup:
    return factories.make_group("DIR")


@pytest.fixture
def fin_group(db) -> WorkGroup:
    return factories.make_group("FIN")


@pytest.fixture
def lampang(db) -> AreaOffice:
    """A primary office."""
    return factories.make_office("สพป.ลำปาง เขต 1")


@pytest.fixture
def chonburi(db) -> AreaOffice:
    """A secondary office."""
    return factories.make_office("สพม.ชลบุรี ระยอง")


@pytest.fixture
def delegate(dir_group: WorkGroup, lampang: AreaOffice) -> User:
    """ครูสมศรี of สพป.ลำปาง เขต 1, registered for กลุ่มอำนวยการ."""
    return factories.make_delegate(
        dir_group, lampang, username="somsri", family_name="ใจดี"
    )


@pytest.fixture
def secondary_delegate(dir_group: WorkGroup, chonburi: AreaOffice) -> User:
    """ครูมานะ of สพม.ชลบุรี ระยอง, registered for กลุ่มอำนวยการ."""
    return factories.make_delegate(
        dir_group,
        chonburi,
        username="mana",
        title="นาย",
        given_name="มานะ",
        family_name="รักเรียน",
    )


@pytest.fixture
def stranger(fin_group: WorkGroup) -> User:
    """ครูปิติ of another office, registered for another group."""
    return factories.make_delegate(
        fin_group,
        factories.make_office("สพป.ชลบุรี เขต 2"),
        username="piti",
        title="นาย",
        given_name="ปิติ",
        family_name="พิทักษ์ถิ่น",
    )


@pytest.fixture
def office_head(lampang: AreaOffice) -> User:
    return factories.make_office_head(
        lampang, username="thawatchai", title="นาย", family_name="เมืองเหนือ"
    )


@pytest.fixture
def facilitator(dir_group: WorkGroup) -> User:
    return factories.make_facilitator(
        dir_group, username="wipa", family_name="วาจาสุภาพ"
    )


@pytest.fixture
def drafter(dir_group: WorkGroup) -> User:
    return factories.make_drafter(
        dir_group, username="prayoon", title="นาย", family_name="เขียนชัด"
    )


@pytest.fixture
def second_drafter(dir_group: WorkGroup) -> User:
    """Who may confirm what `drafter` decided."""
    return factories.make_drafter(
        dir_group, username="chalor", given_name="ชะลอ", family_name="รอบคอบ"
    )


@pytest.fixture
def expert(dir_group: WorkGroup) -> User:
    return factories.make_expert(
        dir_group, username="suwit", title="ดร.", family_name="รอบรู้"
    )


@pytest.fixture
def admin(db) -> User:
    return factories.make_admin(username="aree", family_name="ดูแลดี")


# -- the manual, its edition, its session ----------------------------------------------------------------


@pytest.fixture
def manual(dir_group: WorkGroup) -> Manual:
    return factories.make_manual(dir_group)


@pytest.fixture
def unit(manual: Manual, drafter: User) -> Section:
    return factories.make_section(manual, "งานสารบรรณ", by=drafter)


@pytest.fixture
def process(unit: Section, drafter: User) -> Section:
    """การรับหนังสือราชการ with its nine parts (factories.PROCESS_TEXT)."""
    return factories.make_process(unit=unit, by=drafter)


@pytest.fixture
def clause(process: Section) -> Clause:
    """Clause 5.2 of `process`."""
    return factories.clause_at(process, "5.2")


@pytest.fixture
def edition(process: Section, admin: User) -> Edition:
    """The hearing draft with `process` in it."""
    return factories.make_edition("HEARING-2565", by=admin)


@pytest.fixture
def released(edition: Edition, admin: User) -> Edition:
    """`edition`, which everybody who takes part in the hearing may read."""
    factories.make_release(edition, "hearing", by=admin)
    return edition


@pytest.fixture
def entry(edition: Edition, clause: Clause) -> EditionEntry:
    """`clause` as it stands in `edition`."""
    return factories.entry_of(edition, clause)


@pytest.fixture
def hearing(db) -> Hearing:
    return factories.make_hearing(key="2565")


@pytest.fixture
def session(
    hearing: Hearing, edition: Edition, dir_group: WorkGroup, facilitator: User
) -> HearingSession:
    """The open online session of กลุ่มอำนวยการ."""
    made = factories.make_session(edition, dir_group, hearing=hearing)
    return factories.open_session(made, by=facilitator)


@pytest.fixture
def comment(session: HearingSession, entry: EditionEntry, delegate: User) -> Comment:
    """A shown comment of `delegate` on clause 5.2."""
    return factories.make_comment(session, entry, delegate)
