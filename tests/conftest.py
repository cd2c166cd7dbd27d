"""The database of the tests, and the standing cast of a small hearing: who may, who may not, a stranger.

Everybody in the cast is a delegate, drafter, … of กลุ่มอำนวยการ, except `stranger`, whose group and office are
others. A test that needs more makes it with tests/factories.py.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, Hearing, HearingSession
from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from manuals.models import Clause, Edition, EditionEntry, Manual, Section
from tests import factories


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A test database may be lost in a power cut: commits need not wait for the disk."""
    from django.conf import settings

    options = settings.DATABASES["default"]["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path: Path) -> Path:
    """Stored files of a test go where pytest cleans up."""
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def assert_same_queries() -> Callable[..., None]:
    """assert_same_queries(7, show_list, add_two_rows): `show_list` costs exactly 7 queries with one row, and
    7 again after `add_two_rows` has made them three."""

    def check(expected: int, act: Callable[[], object], add_rows: Callable[[], object]) -> None:
        with_one = _queries_of(act)
        add_rows()
        with_three = _queries_of(act)
        shown = "\n".join(with_three)
        assert (len(with_one), len(with_three)) == (expected, expected), shown

    return check


def _queries_of(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries]


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
    return factories.make_delegate(dir_group, lampang, username="somsri", family_name="ใจดี")


@pytest.fixture
def secondary_delegate(dir_group: WorkGroup, chonburi: AreaOffice) -> User:
    """ครูมานะ of สพม.ชลบุรี ระยอง, registered for กลุ่มอำนวยการ."""
    return factories.make_delegate(
        dir_group, chonburi, username="mana", title="นาย", given_name="มานะ", family_name="รักเรียน"
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
    return factories.make_office_head(lampang, username="thawatchai", title="นาย", family_name="เมืองเหนือ")


@pytest.fixture
def facilitator(dir_group: WorkGroup) -> User:
    return factories.make_facilitator(dir_group, username="wipa", family_name="วาจาสุภาพ")


@pytest.fixture
def drafter(dir_group: WorkGroup) -> User:
    return factories.make_drafter(dir_group, username="prayoon", title="นาย", family_name="เขียนชัด")


@pytest.fixture
def second_drafter(dir_group: WorkGroup) -> User:
    """Who may confirm what `drafter` decided."""
    return factories.make_drafter(dir_group, username="chalor", given_name="ชะลอ", family_name="รอบคอบ")


@pytest.fixture
def expert(dir_group: WorkGroup) -> User:
    return factories.make_expert(dir_group, username="suwit", title="ดร.", family_name="รอบรู้")


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
def entry(edition: Edition, clause: Clause) -> EditionEntry:
    """`clause` as it stands in `edition`."""
    return factories.entry_of(edition, clause)


@pytest.fixture
def hearing(db) -> Hearing:
    return factories.make_hearing(key="2565")


@pytest.fixture
def session(hearing: Hearing, edition: Edition, dir_group: WorkGroup, facilitator: User) -> HearingSession:
    """The open online session of กลุ่มอำนวยการ."""
    made = factories.make_session(edition, dir_group, hearing=hearing)
    return factories.open_session(made, by=facilitator)


@pytest.fixture
def comment(session: HearingSession, entry: EditionEntry, delegate: User) -> Comment:
    """A shown comment of `delegate` on clause 5.2."""
    return factories.make_comment(session, entry, delegate)
