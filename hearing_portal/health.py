"""For supervisors and load balancers: does the process live, and can it serve?"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from hearing_portal.heartbeats import WEB_PROCESSES, heartbeats_of_portal
from hearing_portal.jobs.files_folder import folder_is_ours, folder_may_be_ours
from hearing_portal.jobs.queue import worker_is_alive

CHECKS = ("web", "files", "database", "tables", "migrations", "worker")
SIBLINGS_ANSWER_WITHIN = 2.0  # seconds
LEAST_FREE = 16 * 1024 * 1024  # bytes, for files and for what is on its way
TABLE_LOCK = 1000  # milliseconds until somebody else's lock on a table counts


@never_cache
def livez(_request: HttpRequest) -> HttpResponse:
    """The process lives; it asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """`{"ready": bool, "checks": {name of CHECKS: bool, or null where it is not known}}`, 503 unless ready."""
    _LOOK.begin()
    try:
        _LOOK.find("web", web_processes_answer)
        _LOOK.find("files", files_can_be_written)
        _LOOK.find("database", database_is_writable)
        if _LOOK.found["files"]:
            _LOOK.find("files", folder_is_ours)
        _LOOK.find("tables", tables_can_be_written)
        _LOOK.find("migrations", migrations_are_applied)
        if _LOOK.found["migrations"]:
            _LOOK.find("worker", worker_is_alive)
    except (DatabaseError, InterfaceError):
        connection.close_if_unusable_or_obsolete()
    return _told(_LOOK.told())


def not_ready() -> JsonResponse:
    """The answer when none was found in time: what is known so far."""
    return _told(_LOOK.told())


class _Look:
    """The latest look of this process at its checks, one at a time in a thread of their own. What is well is said as
    soon as it is known: whoever asks while a later check hangs reads which."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.found: dict[str, bool] = {}
        self.looked_at = ""  # the check that was begun and has found nothing yet

    def find(self, name: str, check: Callable[[], bool]) -> None:
        self.looked_at = name
        self.found[name] = check()
        self.looked_at = ""

    def told(self) -> dict[str, bool | None]:
        """Each check: None where it was not begun. One that gives no answer, or raised, is bad."""
        checks = {name: self.found.get(name) for name in CHECKS}
        if self.looked_at:
            checks[self.looked_at] = False
        return checks


_LOOK = _Look()


def _told(checks: dict[str, bool | None]) -> JsonResponse:
    ready = all(checks.values())
    response = JsonResponse(
        {"ready": ready, "checks": checks}, status=200 if ready else 503
    )
    if not ready:
        response["Retry-After"] = "5"
    # Django logs an answer of 503 as an error, unless it believes that it has done so. This is asked every few seconds,
    # and not ready is an answer.
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own, unknown to its stubs
    return response


def web_processes_answer() -> bool:
    """Each gives a sign of life after the question was asked."""
    heartbeats = heartbeats_of_portal()
    if heartbeats is None:
        return True
    return heartbeats.have_beaten_since(
        time.monotonic(), range(WEB_PROCESSES), SIBLINGS_ANSWER_WITHIN
    )


def files_can_be_written() -> bool:
    """The folder of the stored files is the right one, as far as can be told while the database may be down, and takes
    a file; the disks of files and of uploads have room."""
    folder = Path(settings.FILES_DIR)
    if not folder_may_be_ours():
        return False
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".ready-") as probe:
            probe.write(b"\0" * 4096)
            probe.flush()
            os.fsync(probe.fileno())
        free = min(
            shutil.disk_usage(each).free for each in (folder, tempfile.gettempdir())
        )
    except OSError:
        return False
    return free >= LEAST_FREE


def database_is_writable() -> bool:
    """A standby, or a server set to read only, answers but takes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'"
        )
        return bool(cursor.fetchone()[0])


def tables_can_be_written() -> bool:
    """Nobody holds a lock, for longer than a moment, that keeps rows from being stored."""
    tables = _known_tables()
    if not tables:
        return False  # migrations will make them
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {TABLE_LOCK}")
            # What an INSERT takes; given back when the transaction ends, at once
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ROW EXCLUSIVE MODE")
    except DatabaseError:
        _known_tables.cache_clear()  # one of them may be gone
        return False
    return True


@cache
def _known_tables() -> tuple[str, ...]:
    """The tables that the portal writes to, quoted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = current_schema()::regnamespace AND has_table_privilege(oid, 'INSERT') ORDER BY oid"
        )
        return tuple(name for (name,) in cursor.fetchall())


def migrations_are_applied() -> bool:
    """Every migration of this code is recorded in the database."""
    return _known_migrations() <= set(
        MigrationRecorder(connection).applied_migrations()
    )


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
