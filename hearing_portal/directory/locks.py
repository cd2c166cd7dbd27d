"""Who waits for whom when two administrators write the directory at once."""

from django.db import connection

_DIRECTORY_LOCK = 0x444952454354  # "DIRECT": advisory, so that no key is given twice


def lock_directory() -> None:
    """Until the transaction ends nobody else adds or changes groups and offices."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DIRECTORY_LOCK])
