"""A database of before goes the way of all migrations, a new one is made in one step (decision 0207): both end up the
same."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from hearing_portal.launch.database import drop_database, make_database, with_name
from tests.database import url_of_tests

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent
# A hearing as the portal of November 2026 left it: a manual, an edition, two comments with their answers
BEFORE = ROOT / "tests" / "earlier" / "before_rooms.sql.gz"

COLUMNS = """
SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public'
"""
# A dump writes casts out ('a'::character varying)::text: the same check, in other words
CONSTRAINTS = r"""
SELECT conrelid::regclass::text, conname,
       regexp_replace(pg_get_constraintdef(oid), '::(text|character varying|bpchar)|[()\[\]]', '', 'g')
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
INDEXES = r"""
SELECT tablename, indexname, regexp_replace(indexdef, '::(text|character varying)(\[\])?|[()]', '', 'g')
FROM pg_indexes WHERE schemaname = 'public'
"""
TRIGGERS = r"""
SELECT tgrelid::regclass::text, tgname, regexp_replace(pg_get_triggerdef(oid), '[()]', '', 'g')
FROM pg_trigger WHERE NOT tgisinternal
"""
FUNCTIONS = """
SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
AND proname !~ '^procrastinate'
"""


def schema_of(url: str) -> dict[str, set[tuple[object, ...]]]:
    with psycopg.connect(url) as database:
        return {
            name: set(database.execute(sql).fetchall())
            for name, sql in {
                "columns": COLUMNS,
                "constraints": CONSTRAINTS,
                "indexes": INDEXES,
                "triggers": TRIGGERS,
                "functions": FUNCTIONS,
            }.items()
        }


@pytest.fixture(scope="module")
def server_url(django_db_setup, django_db_blocker) -> str:
    """The test database itself, freshly migrated."""
    with django_db_blocker.unblock():
        return url_of_tests()


@pytest.fixture(scope="module")
def earlier_url(server_url: str) -> Iterator[str]:
    """A database of the same server with the rows and the migrations of before, migrated."""
    url = with_name(server_url, f"{connection.settings_dict['NAME']}_earlier")
    drop_database(url)
    make_database(url)
    with psycopg.connect(url) as database:
        database.execute(gzip.decompress(BEFORE.read_bytes()).decode())
    manage(url, "migrate", "--no-input")
    yield url
    drop_database(url)


def manage(url: str, *arguments: str) -> str:
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_earlier_database_is_migrated_to_the_same_tables(server_url, earlier_url):
    manage(earlier_url, "migrate", "--check")

    now, then = schema_of(server_url), schema_of(earlier_url)
    for part, rows in now.items():
        assert then[part] == rows, part


def test_earlier_rows_and_acts_are_kept(earlier_url):
    with psycopg.connect(earlier_url) as database:
        venues = database.execute("SELECT venue FROM comments_hearing").fetchall()
        groups = database.execute(
            "SELECT key, as_shipped FROM directory_workgroup"
        ).fetchall()
        acts = database.execute(
            "SELECT code, category, subject, label, detail, a.reason, u.username FROM acts_act a"
            " LEFT JOIN directory_user u ON u.id = a.by_id ORDER BY a.id"
        ).fetchall()
    assert venues == [("โรงแรมริมแม่น้ำ",)]
    assert groups
    for (
        key,
        as_shipped,
    ) in groups:  # what somebody may have changed meanwhile is not taken for the list's
        assert set(as_shipped) == {"key", "kind", "order", "duties", "valid_from"}
        assert as_shipped["key"] == key
    assert len(acts) == 31
    assert (
        "moderated",
        "moderation",
        "comment",
        "2",
        "hidden",
        "ซ้ำกับเรื่องอื่น",
        "wipa",
    ) in acts
    assert (
        "decided",
        "decision",
        "comment",
        "1",
        "accepted",
        "รับตามที่เสนอ",
        "prayoon",
    ) in acts
    assert acts[-1] == (
        *("role-ended", "people", "person", "p126-01", "delegate", ""),
        "aree",
    )
