"""Which clauses a page showed, as its form says later."""

from collections.abc import Iterable

from ..models import Clause


def read_clauses_read(written: str) -> dict[str, int]:
    """{uuid: version}, of what a form names so; 0 for what is no version."""
    read = {}
    for each in written.split():
        uuid, _, version = each.partition(":")
        is_number = version.isascii() and version.isdigit() and len(version) < 10
        read[uuid] = int(version) if is_number else 0
    return read


def write_clauses_read(clauses: Iterable[Clause]) -> str:
    """Each with its version."""
    return " ".join(f"{clause.uuid}:{clause.lock_version}" for clause in clauses)
