"""The rows of a test's database: thrown away quickly, or kept aside and put back."""

import pickle
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

# Made by migrate, and needed by every test
STAYING = {"django_content_type", "auth_permission"}


def empty_tables() -> None:
    """What Django's flush does, for the tables that hold rows: each one costs a new file for each of its indexes."""
    filled = _filled_tables()
    if filled:
        names = ", ".join(connection.ops.quote_name(table) for table in filled)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {names} CASCADE")


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
                with cursor.copy(f"COPY {connection.ops.quote_name(table)} TO STDOUT (FORMAT binary)") as copy:
                    rows[table] = b"".join(copy)
        return cls(pickle.dumps(objects), rows)

    def restore(self) -> Any:
        """The objects, anew; their rows stand in the tables, which were empty."""
        with transaction.atomic(), connection.cursor() as cursor:
            # Without triggers: a sealed edition takes no entries, and what was checked once need not be again
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, rows in self.rows.items():
                with cursor.copy(f"COPY {connection.ops.quote_name(table)} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(rows)
            cursor.execute("SET LOCAL session_replication_role = origin")
        return pickle.loads(self.objects)


def _filled_tables() -> list[str]:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - STAYING
    quoted = {table: connection.ops.quote_name(table) for table in sorted(tables)}
    asked = [f"SELECT '{table}' WHERE EXISTS (SELECT FROM {name})" for table, name in quoted.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [table for (table,) in cursor.fetchall()]
