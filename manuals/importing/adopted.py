"""Clauses that a file must leave as they are: their words were decided in a hearing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from ..models import Clause, ClauseChange


@dataclass(frozen=True, slots=True)
class KeptClause:
    """A clause that a text read from a file must not change: its words stay, and one that was cut stays away.

    `earlier` are the words it had before: a file that was written then still has them.
    """

    clause: Clause
    earlier: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        return self.clause.retired_id is not None


def load_kept_clauses(uuids: Iterable[UUID]) -> dict[int, list[KeptClause]]:
    """{section: those of it}. Two queries, none where nothing is kept."""
    wanted = list(uuids)
    if not wanted:
        return {}
    earlier: defaultdict[int, list[str]] = defaultdict(list)
    changes = ClauseChange.objects.filter(
        clause__uuid__in=wanted, from_blob__isnull=False
    ).order_by("pk")
    for clause_id, words in changes.values_list("clause", "from_blob__plain"):
        earlier[clause_id].append(words)
    kept: dict[int, list[KeptClause]] = {}
    clauses = Clause.objects.filter(uuid__in=wanted).select_related("parent", "section")
    for clause in clauses.order_by("part", "rank"):
        of_section = kept.setdefault(clause.section_id, [])
        of_section.append(KeptClause(clause, tuple(earlier[clause.pk])))
    return kept
