"""What the portal asks of a database before it starts, whoever runs the server."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from hearing_portal.launch.problems import Problem

OLDEST = 150000  # PostgreSQL 15, as the protocol counts
SETUP_LOCK = 0x706F7274  # "port": one command at a time migrates and loads


def connect(
    url: str, database: str | None = None
) -> psycopg.Connection[tuple[object, ...]]:
    """An autocommit connection to the URL's database, or to another of the same server; else a Problem."""
    try:
        if database:
            url = with_name(url, database)
        return psycopg.connect(make_conninfo(url, connect_timeout=5), autocommit=True)
    except psycopg.Error as error:
        reason = " ".join(str(error).split())[:300]
        raise Problem(
            "เชื่อมต่อฐานข้อมูลไม่ได้: ตรวจค่า DATABASE_URL และเซิร์ฟเวอร์ฐานข้อมูล แล้วสั่งใหม่",
            "The database cannot be reached: check DATABASE_URL "
            "(postgresql://user:password@host:port/name) and its "
            f"server, then start this command again. The answer was: {reason}",
        ) from error


def make_database(url: str) -> None:
    """Makes the URL's database on its server when it is not there (UTF8, C.UTF-8)."""
    name = str(conninfo_to_dict(url)["dbname"])
    with connect(url, "postgres") as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        )
        if found.fetchone():
            return
        statement = sql.SQL(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
        # Another command may make it at the same moment
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            connection.execute(statement.format(sql.Identifier(name)))


def with_name(url: str, name: str) -> str:
    """Where another database of the same server is; not a URL, but taken wherever one is."""
    return make_conninfo(url, dbname=name)


def drop_database(url: str) -> None:
    """Drops the URL's database, whoever is still connected."""
    with connect(url, "postgres") as connection:
        name = str(conninfo_to_dict(url)["dbname"])
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(statement.format(sql.Identifier(name)))


def require_fit(url: str) -> None:
    """Raises a Problem when the database is too old or cannot search Thai text."""
    with connect(url) as connection:
        version = connection.info.server_version
        if version < OLDEST:
            major = version // 10000
            raise Problem(
                f"PostgreSQL ที่ใช้ ({major}) เก่าเกินไป: ใช้รุ่น 15 ขึ้นไป",
                f"The server is PostgreSQL {major}; the portal needs 15 or newer. "
                "Name another server in "
                "DATABASE_URL and start this command again.",
            )
        _require_trigrams(connection)


def _require_trigrams(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """With locale C, pg_trgm takes Thai letters for punctuation and finds nothing, silently."""
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [SETUP_LOCK])
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            row = connection.execute("SELECT show_trgm('หนังสือ') <> '{}'").fetchone()
    except psycopg.Error as error:
        if connection.info.parameter_status("server_encoding") == "UTF8":
            raise Problem(
                "ฐานข้อมูลไม่มีส่วนขยาย pg_trgm: ให้ผู้ดูแลฐานข้อมูลสั่ง CREATE EXTENSION pg_trgm แล้วสั่งใหม่",
                "The extension pg_trgm cannot be made: let the database's administrator install "
                "postgresql-contrib and "
                "run CREATE EXTENSION pg_trgm, then start this command again. The answer was: "
                f"{error}".strip(),
            ) from error
        row = None  # in another encoding the word cannot even be sent
    finds_thai = row and row[0]
    if not finds_thai:
        name = connection.info.dbname
        raise Problem(
            f"ฐานข้อมูล {name} ค้นข้อความไทยไม่ได้เพราะ locale ไม่ถูกต้อง: สร้างฐานข้อมูลใหม่ด้วย locale C.UTF-8 แล้วสั่งใหม่",
            f'The locale of database "{name}" breaks Thai trigrams, so searches would find '
            "nothing. Make it again: "
            f"createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 {name}, then start "
            "this command again.",
        )


@contextmanager
def setup_lock(url: str) -> Iterator[None]:
    """Held while migrating: several machines may start on one server at once.

    It belongs to a transaction, not to a session: a pooler such as PgBouncer keeps only those together.
    """
    with connect(url) as connection, connection.transaction():
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [SETUP_LOCK])
        yield


def has_table(url: str, name: str) -> bool:
    """Is there a table of this name?"""
    with connect(url) as connection:
        row = connection.execute(
            "SELECT to_regclass(%s) IS NOT NULL", [name]
        ).fetchone()
    return bool(row and row[0])


def has_admin_role(url: str) -> bool:
    """Does any account that is open hold the role of an administrator? Spares most starts the command `setup_link`,
    which knows it to the day."""
    query = """SELECT EXISTS (
        SELECT FROM directory_roleassignment role JOIN directory_user person ON person.id = role.user_id
        WHERE role.role = 'admin' AND role.valid_until IS NULL AND person.is_active)"""
    with connect(url) as connection:
        row = connection.execute(query).fetchone()
    return bool(row and row[0])
