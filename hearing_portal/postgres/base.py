"""A server that is stopped, or cut off, answers nothing and fires none of its own timeouts; a Unix socket has none.
So whoever waits counts the seconds, too."""

import math
import threading
import time
from types import ModuleType, SimpleNamespace
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

_INTERVAL = 0.1  # seconds between psycopg's looks for a signal, as it has them itself
# {a thread: when it last waited for the server}, on the monotonic clock: who watches a thread from outside knows by
# it that the thread gets on
_last_waits: dict[int, float] = {}


class ServerSilent(psycopg.OperationalError):
    """The server did not answer in time. What it was asked for last may have happened, or may still happen."""


class NotConnected(psycopg.OperationalError):
    """There was no connection over which anything could have been asked for."""


class PatientConnection(psycopg.Connection[Any]):
    """Waits `settings.DATABASE_PATIENCE` seconds for any one answer, then gives the connection up."""

    @classmethod
    def connect(cls, *args: Any, **options: Any) -> "PatientConnection":
        try:
            return super().connect(*args, **options)
        except psycopg.OperationalError as error:
            raise NotConnected(str(error)) from None

    def wait(
        self, gen: Any, interval: float = _INTERVAL, timeout: float | None = None
    ) -> Any:
        try:
            return self._wait_patiently(gen, interval, timeout)
        finally:
            _last_waits[threading.get_ident()] = time.monotonic()

    def _wait_patiently(self, gen: Any, interval: float, timeout: float | None) -> Any:
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        patience = settings.DATABASE_PATIENCE
        try:
            return super().wait(
                gen, interval, None if math.isinf(patience) else patience
            )
        except psycopg.errors._WaitTimeout as error:
            # Whatever came of it, nothing more is said over this line: a late answer would be taken for the next one's
            self.pgconn.finish()
            raise ServerSilent(
                f"the database did not answer in {patience:.0f} seconds"
            ) from error


def last_wait_of(thread: int) -> float:
    """When the thread last got an answer of the server, or gave it up; long ago where it never asked."""
    return _last_waits.get(thread, -math.inf)


def _with_patience(driver: ModuleType) -> Any:
    """The driver as Django knows it, with another `connect`."""
    return SimpleNamespace(**{**vars(driver), "connect": PatientConnection.connect})


class DatabaseWrapper(base.DatabaseWrapper):
    """What Django's own does, over patient connections."""

    Database = _with_patience(psycopg)
