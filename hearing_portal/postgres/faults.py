"""What a fault of the database says of the transaction it ended."""

from collections.abc import Iterator

import psycopg
from django.db import InterfaceError, OperationalError

from .base import NotConnected

# No connection, or what the server itself refused: the transaction stored nothing
NOTHING_STORED = (
    NotConnected,
    psycopg.errors.LockNotAvailable,
    psycopg.errors.QueryCanceled,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.OutOfMemory,
    psycopg.errors.DiskFull,
)


def is_of_database(fault: BaseException | None) -> bool:
    """Whether the database does not serve; False for a fault of our own."""
    return isinstance(fault, OperationalError | InterfaceError)


def is_of_full_database_disk(fault: BaseException) -> bool:
    return any(isinstance(each, psycopg.errors.DiskFull) for each in _chain_of(fault))


def stored_nothing(fault: BaseException) -> bool:
    """A connection that was lost may have been lost between a COMMIT and its answer: False."""
    said = [each for each in _chain_of(fault) if isinstance(each, psycopg.Error)]
    return all(isinstance(each, NOTHING_STORED) for each in said)


def _chain_of(fault: BaseException) -> Iterator[BaseException]:
    """The fault, what caused it, and what went wrong before."""
    seen: BaseException | None = fault
    while seen is not None:
        yield seen
        is_cut = seen.__suppress_context__ and seen.__cause__ is None
        seen = None if is_cut else seen.__cause__ or seen.__context__
