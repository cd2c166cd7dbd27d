"""Which clauses a page showed, as its form says later."""

from collections.abc import Iterable

from ..models import Clause


def write_clauses_read(clauses: Iterable[Clause]) -> str:
    """Each with its version."""
    return " ".join(f"{clause.uuid}:{clause.lock_version}" for clause in clauses)
