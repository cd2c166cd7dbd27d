"""The two database roles: one owns the tables and migrates them, the portal runs under another that only uses them.

What a trigger refuses without a condition is not granted at all: the triggers are the one list of what is kept.
"""

from contextlib import suppress

import psycopg
from psycopg import sql

from hearing_portal.launch.database import connect
from hearing_portal.launch.problems import warn

# In a private cluster; on a server of one's own the address names it
PORTAL_ROLE = "portal_app"
# Written by migrations alone
READ_ONLY = ("django_migrations", "django_content_type", "auth_permission")

# (table, whether the portal may change its rows, whether it may delete them). Bits of tgtype, from PostgreSQL's
# pg_trigger.h: 2 before the statement's effect, 8 delete, 16 update
TABLES = """
SELECT c.relname, NOT coalesce(bool_or(t.tgtype & 16 > 0), false), NOT coalesce(bool_or(t.tgtype & 8 > 0), false)
FROM pg_class c LEFT JOIN (
    SELECT tgrelid, tgtype FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgtype & 2 > 0 AND tgqual IS NULL AND proname IN
        ('refuse_change', 'refuse_change_of_act', 'refuse_change_of_job', 'refuse_change_of_stored_file',
         'refuse_change_of_version')
) t ON t.tgrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname
"""
# Whether somebody with this role can take away what keeps the rows
HAS_POWER = """
SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) OR EXISTS (
    SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND pg_has_role(current_user, relowner, 'MEMBER'))
"""


def make_portal_role(owner: str) -> None:
    """Makes the role of a private cluster when it is not there; `owner` is the address of who may."""
    with connect(owner) as connection:
        if connection.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", [PORTAL_ROLE]
        ).fetchone():
            return
        # Another command may make it at the same moment
        with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(PORTAL_ROLE))
            )


def role_of(url: str) -> str:
    """The role that an address leads to."""
    with connect(url) as connection:
        row = connection.execute("SELECT current_user").fetchone()
    assert row is not None
    return str(row[0])


def grant_use(owner: str, role: str) -> None:
    """Gives `role` what the portal does with each table, and no more. Nothing for the owner itself."""
    with connect(owner) as connection, connection.transaction():
        if connection.execute("SELECT current_user = %s", [role]).fetchone() == (True,):
            return
        name = sql.Identifier(role)
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        connection.execute(
            sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(name)
        )
        connection.execute(
            sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(name)
        )
        for table, may_change, may_delete in connection.execute(TABLES).fetchall():
            rights = ["SELECT"]
            if table not in READ_ONLY:
                rights.append("INSERT")
                rights += ["UPDATE"] if may_change else []
                rights += ["DELETE"] if may_delete else []
            grant = sql.SQL("GRANT {} ON {} TO {}")
            granted = sql.SQL(", ").join(sql.SQL(right) for right in rights)
            connection.execute(
                grant.format(granted, sql.Identifier("public", str(table)), name)
            )
        # Nobody but the owner makes tables, temporary ones either. Only the database's owner can say so
        database = sql.Identifier(connection.info.dbname)
        for statement in (
            sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
            sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database),
        ):
            denied = suppress(psycopg.errors.InsufficientPrivilege)
            with denied, connection.transaction():
                connection.execute(statement)


def may_use(url: str) -> bool:
    """Has the role of this address been given its tables? Only asked where there are any."""
    with connect(url) as connection:
        row = connection.execute(
            "SELECT has_table_privilege('django_migrations', 'SELECT')"
        ).fetchone()
    return row == (True,)


def warn_of_power(url: str) -> None:
    """Tells the operator when the portal's role could switch off what keeps the record."""
    with connect(url) as connection:
        row = connection.execute(HAS_POWER).fetchone()
    if row == (True,):
        warn(
            "บัญชีฐานข้อมูลใน DATABASE_URL เป็นเจ้าของตาราง จึงปิดกลไกที่ห้ามแก้ไขหลักฐานได้ "
            "ให้ระบุบัญชีเจ้าของใน DATABASE_OWNER_URL และบัญชีอื่นที่ไม่ได้เป็นเจ้าของใน DATABASE_URL",
            "the database role of DATABASE_URL owns the tables and could switch off what keeps the record. "
            "Name the owner in DATABASE_OWNER_URL, and in DATABASE_URL a role that owns nothing",
        )
