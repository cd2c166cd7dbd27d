"""Who waits for whom when two administrators announce hearings at once."""

from django.db import connection

# "HEAR": advisory, so that no day and no key is given twice
_HEARINGS_LOCK = 0x48454152


def lock_hearings() -> None:
    """Until the transaction ends nobody else adds a hearing, or changes one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_HEARINGS_LOCK])
