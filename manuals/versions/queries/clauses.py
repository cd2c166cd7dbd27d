"""The wordings of a clause, and before them those of the clauses it came out of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from hearing_portal.directory.permissions import Visitor

from ...models import Clause, ClauseChange, ClauseLineage, Edition, SectionVersion
from ...models.undone import lines_in_force
from ...permissions import editions_readable_by

Kind = ClauseLineage.Kind
DESCENT = """
    WITH RECURSIVE line (clause_id) AS (
        SELECT %s::bigint
        UNION
        SELECT lineage.from_clause_id
        FROM manuals_clauselineage lineage JOIN line ON lineage.to_clause_id = line.clause_id
    )
    SELECT lineage.id
    FROM manuals_clauselineage lineage JOIN line ON lineage.to_clause_id = line.clause_id
"""


@dataclass(frozen=True, slots=True)
class OriginLine:
    """A line from a clause to one that came out of it; ids."""

    source: int
    target: int
    kind: str


def find_origin_lines(clause: Clause) -> list[OriginLine]:
    """Every line that leads to the clause, from however far back, without what was undone. Two queries, one
    where it came out of nothing."""
    with connection.cursor() as cursor:
        cursor.execute(DESCENT, [clause.pk])
        rows = cursor.fetchall()
    if not rows:
        return []
    standing = lines_in_force().filter(pk__in=[row[0] for row in rows])
    lines = {}
    for pk, source, target, kind in standing.values_list(
        "pk", "from_clause", "to_clause", "kind"
    ):
        lines[pk] = OriginLine(source, target, kind)
    return _reachable(clause.pk, lines.values())


def _reachable(clause_id: int, lines: Iterable[OriginLine]) -> list[OriginLine]:
    """Those that lead to the clause once what was undone is left out."""
    found = []
    waiting = [clause_id]
    left = list(lines)
    while waiting:
        target = waiting.pop()
        here = [line for line in left if line.target == target]
        left = [line for line in left if line.target != target]
        found += here
        waiting += [line.source for line in here]
    return found


def find_wording_ids(clause: Clause, descent: Sequence[OriginLine]) -> list[int]:
    """Ids of the changes that made the clause what it is, newest first: its own, and those of the clauses it came out
    of up to the act in which it did. One query."""
    clause_ids = {line.source for line in descent}
    clause_ids.add(clause.pk)
    changes = ClauseChange.objects.filter(clause__in=clause_ids).only(
        "clause", "revision"
    )
    changes = changes.order_by("-revision_id", "-pk")
    revisions: dict[int, list[int]] = {}
    for change in changes:
        revisions.setdefault(change.clause_id, []).append(change.revision_id)
    last = _find_last_revisions(clause.pk, descent, revisions)
    return [
        change.pk for change in changes if change.revision_id <= last[change.clause_id]
    ]


def _find_last_revisions(
    clause_id: int,
    descent: Sequence[OriginLine],
    revisions: Mapping[int, Sequence[int]],
) -> dict[int, int]:
    """{clause id: its last act that counts}. What a clause said after another had come out of it is its own story."""
    lines: dict[int, list[OriginLine]] = {}
    for line in descent:
        lines.setdefault(line.target, []).append(line)
    last = {clause_id: max(revisions.get(clause_id, [0]))}
    waiting = [clause_id]
    while waiting:
        target = waiting.pop()
        for line in lines.get(target, []):
            until = min(_find_last_shared(line, revisions), last[target])
            if until > last.get(line.source, -1):
                last[line.source] = until
                waiting.append(line.source)
    return last


def _find_last_shared(line: OriginLine, revisions: Mapping[int, Sequence[int]]) -> int:
    """The last act on the source that went into the target."""
    of_source = revisions.get(line.source, [])
    of_target = revisions.get(line.target, [])
    if not of_source or not of_target:
        return 0
    if line.kind in (Kind.SPLIT, Kind.COPIED):
        # What the source kept in that act is not the new clause's
        return min(of_target) - 1
    shared = set(of_source) & set(of_target)
    return max(shared, default=max(of_source))


def find_editions_with(clause: Clause, user: Visitor) -> list[Edition]:
    """Those this reader may read in which the clause stands, the newest first. One query."""
    editions = editions_readable_by(user).filter(entries__clause=clause)
    return list(editions.order_by("-sealed_at", "-pk"))


def load_wording_changes(ids: Iterable[int]) -> list[ClauseChange]:
    """With their wordings, acts and sections, newest first. One query."""
    changes = ClauseChange.objects.filter(pk__in=list(ids)).select_related(
        "revision__user",
        "clause",
        "from_blob",
        "to_blob",
        "from_section__manual__work_group",
        "to_section__manual__work_group",
    )
    return list(changes.order_by("-revision_id", "-pk"))


def find_version_numbers(changes: Iterable[ClauseChange]) -> dict[tuple[int, int], int]:
    """{(revision id, section id): the version of the section that the act made}. One query."""
    revisions = [change.revision_id for change in changes]
    versions = SectionVersion.objects.filter(revision__in=revisions)
    numbers = {}
    for revision_id, section_id, number in versions.values_list(
        "revision", "section", "number"
    ):
        numbers[revision_id, section_id] = number
    return numbers


def find_words_before_split(changes: Sequence[ClauseChange]) -> dict[int, ClauseChange]:
    """{revision id: what the act did to the clause that it split}, where clauses among `changes` came out of it. One
    query, none where none did."""
    split = [change.revision_id for change in changes if is_born_of_split(change)]
    if not split:
        return {}
    sources = ClauseChange.objects.filter(
        revision__in=split,
        kind=ClauseChange.Kind.SPLIT,
        from_blob__isnull=False,
    )
    words = {}
    for source in sources.select_related("from_blob"):
        words[source.revision_id] = source
    return words


def is_born_of_split(change: ClauseChange) -> bool:
    return change.kind == ClauseChange.Kind.SPLIT and change.from_blob_id is None


def find_relatives(clause: Clause) -> list[ClauseLineage]:
    """The lines that lead to the clause and away from it, with the clauses at their ends. One query."""
    lines = (
        lines_in_force()
        .filter(Q(from_clause=clause) | Q(to_clause=clause))
        .select_related(
            "from_clause__section__manual__work_group",
            "to_clause__section__manual__work_group",
        )
    )
    return list(lines.order_by("pk"))
