"""For supervisors and load balancers: does the process live, and can it serve?"""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from hearing_portal.jobs.queue import worker_is_alive


@never_cache
def livez(_request: HttpRequest) -> HttpResponse:
    """The process lives; it asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """`{"ready": bool, "checks": {"database", "migrations", "worker": bool}}`, 503 unless ready."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        checks["database"] = database_is_writable()
        checks["migrations"] = migrations_are_applied()
        checks["worker"] = checks["migrations"] and worker_is_alive()
    except DatabaseError:
        connection.close_if_unusable_or_obsolete()
    ready = all(checks.values())
    response = JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)
    # Django logs an answer of 503 as an error, unless it believes that it has done so. This is asked every few seconds,
    # and not ready is an answer.
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own, unknown to its stubs
    return response


def database_is_writable() -> bool:
    """A standby, or a server set to read only, answers but takes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'")
        return bool(cursor.fetchone()[0])


def migrations_are_applied() -> bool:
    """Every migration of this code is recorded in the database."""
    return _known_migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)
