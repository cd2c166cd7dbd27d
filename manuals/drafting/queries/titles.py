"""Processes that are titles only: nothing stands in them yet."""

from ...models import Manual, Section
from .contents import load_outline


def find_bare_processes(manual: Manual) -> list[Section]:
    """The live processes of the manual without a clause, in book order. Two queries."""
    return [
        row.section
        for row in load_outline(manual)
        if row.section.is_process and not row.clauses
    ]
