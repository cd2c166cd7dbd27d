"""The portal's database role owns nothing, and cannot switch off what keeps the record; tried in SQL, as that role."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.errors import InsufficientPrivilege

from hearing_portal.launch.database import (
    connect,
    drop_database,
    make_database,
    with_name,
)
from hearing_portal.launch.roles import HAS_POWER, PORTAL_ROLE, warn_of_power
from tests.database import url_of_tests

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def portal(db: None) -> Iterator[psycopg.Connection]:
    """A connection that the role made for itself: unlike the tests' own, it cannot become anybody else."""
    with psycopg.connect(url_of_tests(PORTAL_ROLE), autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "SET ROLE portal",
        "SET SESSION AUTHORIZATION portal",
        f"ALTER ROLE {PORTAL_ROLE} SUPERUSER",
        "CREATE ROLE another SUPERUSER",
        "ALTER TABLE comments_comment DISABLE TRIGGER ALL",
        "ALTER TABLE manuals_edition DISABLE TRIGGER sealed_edition_never_changes",
        "DROP TRIGGER act_is_append_only ON acts_act",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER mine BEFORE UPDATE ON comments_comment FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE RULE mine AS ON INSERT TO acts_act DO INSTEAD NOTHING",
        "TRUNCATE directory_signinattempt",
        "DROP TABLE comments_support CASCADE",
        "CREATE TABLE mine (id int)",
        # A table of that name would be found before the real one by whatever names no schema
        "CREATE TEMPORARY TABLE manuals_edition (id bigint, sealed_at timestamptz)",
        "UPDATE django_migrations SET applied = now()",
        "DELETE FROM manuals_section",
        "COPY directory_user TO PROGRAM 'true'",
    ],
)
def test_the_portal_cannot_go_around_what_is_kept(portal, statement) -> None:
    with pytest.raises(InsufficientPrivilege):
        portal.execute(statement)


def test_the_portal_owns_nothing_and_has_no_power(portal) -> None:
    owned = portal.execute(
        "SELECT count(*) FROM pg_shdepend WHERE refobjid = current_user::regrole AND deptype = 'o'"
    )
    assert owned.fetchone() == (0,)
    assert portal.execute(HAS_POWER).fetchone() == (False,)
    members = portal.execute(
        "SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole"
    )
    assert members.fetchone() == (0,)
    with psycopg.connect(url_of_tests()) as owner:
        assert owner.execute(HAS_POWER).fetchone() == (True,)


def test_one_role_for_both_is_told(db, capsys) -> None:
    """As where DATABASE_URL alone is given."""
    warn_of_power(url_of_tests(PORTAL_ROLE))
    assert capsys.readouterr().err == ""
    warn_of_power(url_of_tests())
    assert "DATABASE_OWNER_URL" in capsys.readouterr().err


@pytest.fixture
def server_of_ones_own() -> Iterator[tuple[str, str]]:
    """An empty database on the tests' server, and a role that owns nothing: the owner's address and the role's."""
    name = f"portal_own_{os.getpid()}"
    owner = with_name(os.environ["DATABASE_URL"], name)
    make_database(owner)
    with connect(owner) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    yield owner, make_conninfo(owner, user=name)
    drop_database(owner)
    with connect(os.environ["DATABASE_URL"], "postgres") as connection:
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def test_on_a_server_of_ones_own_the_owner_migrates_and_the_portal_uses(
    server_of_ones_own, tmp_path
) -> None:
    owner, portals_own = server_of_ones_own
    done = subprocess.run(
        [str(ROOT / "portal"), "manage", "migrate", "jobs"],
        env=os.environ
        | {"PORTAL_VAR": str(tmp_path), "PORTAL_VENV": sys.prefix}
        | {"DATABASE_URL": portals_own, "DATABASE_OWNER_URL": owner},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rights = "SELECT has_table_privilege('jobs_storedfile', right_) FROM unnest(%s::text[]) right_"
    tried = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER"]
    with connect(portals_own) as connection:
        assert connection.execute(HAS_POWER).fetchone() == (False,)
        has = [right for (right,) in connection.execute(rights, [tried]).fetchall()]
    assert dict(zip(tried, has, strict=True)) == {
        **{"SELECT": True, "INSERT": True},
        **{"UPDATE": False, "DELETE": False, "TRUNCATE": False, "TRIGGER": False},
    }
