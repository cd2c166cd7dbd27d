"""The rows of a test's database: thrown away quickly, or kept aside and put back."""

import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from hearing_portal.launch.roles import PORTAL_ROLE

PATIENCE = 20  # seconds until a test gives up
DELETED_UNTIL_TRUNCATED = 50  # times that the tables are emptied
EMPTYINGS = count(1)
# Made by migrate, and needed by every test
STAYING = {"django_content_type", "auth_permission"}


@contextmanager
def as_owner() -> Iterator[None]:
    """Statements of the role that owns the tables: the tests' connections are its own, and play the portal's role."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        cursor.execute(f"SET LOCAL ROLE {PORTAL_ROLE}")


@contextmanager
def without_triggers() -> Iterator[None]:
    """Statements that the triggers would refuse: what was checked once need not be again, and a scratch database may
    be emptied, or told of another day."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL ROLE NONE; SET LOCAL session_replication_role = replica"
        )
        yield
        cursor.execute(
            f"SET LOCAL session_replication_role = origin; SET LOCAL ROLE {PORTAL_ROLE}"
        )


def url_of_tests(role: str = "") -> str:
    """The address of this test database, for its owner or another role that enters for itself."""
    connection.ensure_connection()
    info = connection.connection.info
    return make_conninfo(
        host=info.host, port=info.port, user=role or info.user, dbname=info.dbname
    )


def empty_tables() -> None:
    """What Django's flush does, for the tables that hold rows. Deleting a test's few rows takes a hundredth of the time
    that TRUNCATE takes, which makes new files for each table and index; it clears away now and then what deleting
    leaves behind."""
    filled = [connection.ops.quote_name(table) for table in _filled_tables()]
    if not filled:
        return
    tables = ", ".join(filled)
    with without_triggers(), connection.cursor() as cursor:
        if next(EMPTYINGS) % DELETED_UNTIL_TRUNCATED:
            # Waits for what a request of the browser still writes, as TRUNCATE does
            cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in filled))
        else:
            cursor.execute(f"TRUNCATE {tables} CASCADE")


@dataclass(frozen=True)
class Snapshot:
    """All rows as they stood, with the Python objects that speak of them.

    It goes back into the same database, or into one whose sequences stand further: nothing made later gets a
    number that is taken.
    """

    objects: bytes
    rows: dict[str, bytes]  # {table: its rows in PostgreSQL's binary form}

    @classmethod
    def take(cls, objects: Any) -> "Snapshot":
        rows = {}
        with connection.cursor() as cursor:
            for table in _filled_tables():
                with cursor.copy(
                    f"COPY {connection.ops.quote_name(table)} TO STDOUT (FORMAT binary)"
                ) as copy:
                    rows[table] = b"".join(copy)
        return cls(pickle.dumps(objects), rows)

    def restore(self) -> Any:
        """The objects, anew; their rows stand in the tables, which were empty."""
        with without_triggers(), connection.cursor() as cursor:
            for table, rows in self.rows.items():
                with cursor.copy(
                    f"COPY {connection.ops.quote_name(table)} FROM STDIN (FORMAT binary)"
                ) as copy:
                    copy.write(rows)
        return pickle.loads(self.objects)


def _filled_tables() -> list[str]:
    tables = (
        set(
            connection.introspection.django_table_names(
                only_existing=True, include_views=False
            )
        )
        - STAYING
    )
    quoted = {table: connection.ops.quote_name(table) for table in sorted(tables)}
    asked = [
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})"
        for table, name in quoted.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]


def wait_until_somebody_waits(count: int = 1) -> None:
    """Until other connections wait for a lock in this database."""
    for _ in range(PATIENCE * 50):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_locks"
                " JOIN pg_database ON pg_database.oid = database WHERE datname = current_database())"
            )
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.02)
    raise AssertionError("nobody came to wait for a lock")
