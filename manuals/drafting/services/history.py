"""What a section said at any version, from SectionVersion + ClauseChange + TextBlob; and restoring it."""

import json
import uuid as uuids
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from hearing_portal.directory.models import User

from ...content import Content, content_from_json
from ...models import Clause, ClauseChange, Section, SectionVersion
from ...ranks import ranks_after
from ..changes import Change, ChangeRefused, Position, RestoreClause, RetireClause, ReviseClause, ReviseSection
from .apply_changes import apply_changes, children_first, lock_section


@dataclass(frozen=True, slots=True)
class ClauseState:
    """A clause as it stood; the attributes labels.py wants are here too."""

    key: uuids.UUID
    parent_key: uuids.UUID | None
    part: int
    rank: str
    numbering: str
    content: Content
    sha: str

    @property
    def kind(self) -> str:
        return self.content.kind


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section's own row ({"title", …}, see SectionVersion.state) and its clauses by (part, rank)."""

    number: int
    row: dict
    clauses: list[ClauseState]


RESTORED_VALUES = ("title", "data", "kind", "origin", "applies_to")
STATE_AT = """
    SELECT DISTINCT ON (change.clause_id) clause.uuid, change.to_parent, change.to_part, change.to_rank,
           change.to_numbering, blob.content, change.to_blob_id, change.to_section_id
    FROM manuals_clausechange change
    JOIN manuals_sectionversion version ON version.revision_id = change.revision_id
                                       AND version.section_id = %(section)s
    JOIN manuals_clause clause ON clause.id = change.clause_id
    LEFT JOIN manuals_textblob blob ON blob.sha = change.to_blob_id
    WHERE version.number <= %(number)s
      AND (change.to_section_id = %(section)s OR change.from_section_id = %(section)s)
    ORDER BY change.clause_id, version.number DESC
"""


def section_at(section: Section, number: int) -> SectionState:
    """The section as it stood after its version `number`. Raises SectionVersion.DoesNotExist."""
    version = SectionVersion.objects.get(section=section, number=number)
    with connection.cursor() as cursor:
        cursor.execute(STATE_AT, {"section": section.pk, "number": number})
        rows = cursor.fetchall()

    clauses = [
        ClauseState(uuid, parent, part, rank, numbering, content_from_json(json.loads(content)), sha)
        for uuid, parent, part, rank, numbering, content, sha, stands_in in rows
        if sha is not None and stands_in == section.pk
    ]
    clauses.sort(key=lambda state: (state.part, state.rank))
    return SectionState(number, version.state, clauses)


@transaction.atomic
def restore_section(section: Section, number: int, *, by: User, reason: str) -> list[ClauseChange]:
    """Make the section say what it said at `number`, as a new version. Clauses keep their uuids.

    Raises ChangeRefused when nothing would change, or when a clause of then lives in another section now
    (moving it back is a decision of its own, never a side effect).
    """
    section = lock_section(section)
    then = section_at(section, number)
    clauses = Clause.objects.select_related("parent", "section")
    now = {row.uuid: row for row in clauses.filter(uuid__in=[state.key for state in then.clauses])}
    live = {row.uuid: row for row in clauses.live().filter(section=section)}
    changes: list[Change] = list(_restore_clauses(section, then, now, live))
    kept = {state.key for state in then.clauses}
    extra = [clause for uuid, clause in live.items() if uuid not in kept]
    changes += [RetireClause(clause, clause.lock_version, reason=reason) for clause in children_first(extra)]
    values = {name: then.row[name] for name in RESTORED_VALUES if then.row[name] != getattr(section, name)}
    if values:
        changes.append(ReviseSection(section, section.version, values))
    if not changes:
        raise ChangeRefused("รุ่นที่เลือกเหมือนกับรุ่นปัจจุบันทุกตัวอักษร จึงไม่ต้องเรียกคืน")
    return apply_changes(by, SectionVersion.Action.RESTORE, reason, changes)


def _restore_clauses(
    section: Section, then: SectionState, now: dict[uuids.UUID, Clause], live: dict[uuids.UUID, Clause]
) -> Iterator[Change]:
    """Parents before children, each at its old rank, or at a fresh one where another clause has that now."""
    order = _parents_first(then.clauses)
    ranks = _restored_ranks(order, live)
    for state in order:
        clause = now[state.key]
        if clause.retired_id is None and clause.section_id != section.pk:
            raise ChangeRefused(f"ข้อ “{clause.plain[:40]}” ย้ายไปอยู่หมวดอื่นแล้ว โปรดย้ายกลับก่อนเรียกคืนรุ่นนี้")
        position = Position(section, state.part, state.parent_key, ranks[state.key], state.numbering)
        content = state.content if clause.sha != state.sha else None
        stays = (_place_of(clause), clause.numbering) == (_place_of(position), position.numbering)
        if clause.retired_id is not None:
            yield RestoreClause(clause, clause.lock_version, content, position)
        elif content is not None or not stays:
            yield ReviseClause(clause, clause.lock_version, content, None if stays else position)


def _restored_ranks(order: list[ClauseState], live: dict[uuids.UUID, Clause]) -> dict[uuids.UUID, str]:
    """The ranks of then. Where another clause stands at one of them now, all its siblings get fresh ones
    above every rank in use: an act changes rows one by one, and no two may share a place in between."""
    standing = {_place_of(clause): uuid for uuid, clause in live.items()}
    siblings: dict[tuple[int, uuids.UUID | None], list[ClauseState]] = {}
    for state in sorted(order, key=lambda state: state.rank):
        siblings.setdefault((state.part, state.parent_key), []).append(state)
    top = max((clause.rank for clause in live.values()), default="")
    ranks = {}
    for position, states in siblings.items():
        clash = any(standing.get((*position, state.rank), state.key) != state.key for state in states)
        fresh = ranks_after(top, len(states)) if clash else [state.rank for state in states]
        ranks |= {state.key: rank for state, rank in zip(states, fresh, strict=True)}
    return ranks


def _place_of(node: Clause | Position) -> tuple[int, uuids.UUID | None, str | None]:
    if isinstance(node, Position):
        return node.part, node.parent, node.rank
    return node.part, node.parent.uuid if node.parent else None, node.rank


def _parents_first(states: list[ClauseState]) -> list[ClauseState]:
    placed: set[uuids.UUID | None] = {None}
    order, waiting = [], list(states)
    while waiting:
        ready = [state for state in waiting if state.parent_key in placed]
        if not ready:
            raise ChangeRefused("รุ่นที่เลือกขาดข้อหลักของบางข้อ จึงเรียกคืนไม่ได้")
        order += ready
        placed |= {state.key for state in ready}
        waiting = [state for state in waiting if state.key not in placed]
    return order
