"""What a section said at any version, from SectionVersion + ClauseChange + TextBlob; and restoring it."""

import json
import uuid as uuids
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from hearing_portal.directory.models import User

from ..content import Content, content_from_json
from ..models import Clause, ClauseChange, Section, SectionVersion
from ..ranks import ranks_after
from .drafting import (
    Change,
    ChangeRefused,
    Place,
    RestoreClause,
    RetireClause,
    ReviseClause,
    ReviseSection,
    apply_changes,
)


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


def restore_section(section: Section, number: int, *, by: User, reason: str) -> list[ClauseChange]:
    """Make the section say what it said at `number`, as a new version. Clauses keep their uuids.

    Raises ChangeRefused when nothing would change, or when a clause of then lives in another section now
    (moving it back is a decision of its own, never a side effect).
    """
    then = section_at(section, number)
    now = {
        clause.uuid: clause
        for clause in Clause.objects.select_related("parent").filter(
            uuid__in=[state.key for state in then.clauses]
        )
    }
    rows = Clause.objects.live().select_related("parent").filter(section=section)
    live = {clause.uuid: clause for clause in rows}
    changes: list[Change] = list(_restore_clauses(section, then, now, live))
    kept = {state.key for state in then.clauses}
    extra = [clause for uuid, clause in live.items() if uuid not in kept]
    changes += [
        RetireClause(clause, clause.lock_version, reason=reason) for clause in _children_first(extra)
    ]
    values = {
        name: then.row[name]
        for name in ("title", "data", "origin", "applies_to")
        if then.row[name] != getattr(section, name)
    }
    if values:
        changes.append(ReviseSection(section, section.version, values))
    if not changes:
        raise ChangeRefused("รุ่นที่เลือกเหมือนกับรุ่นปัจจุบันทุกตัวอักษร จึงไม่ต้องเรียกคืน")
    return apply_changes(by, SectionVersion.Action.RESTORE, reason, changes)


def _restore_clauses(
    section: Section, then: SectionState, now: dict[uuids.UUID, Clause], live: dict[uuids.UUID, Clause]
) -> Iterator[Change]:
    """Parents before children. Old ranks where they are free, else fresh ones above all (a rank is one clause's)."""
    order = _parents_first(then.clauses)
    displaced = [state for state in order if not _stands_at(now[state.key], state)]
    taken = {_place_key(clause) for clause in live.values()}
    ranks = {state.key: state.rank for state in order}
    if any((state.part, state.parent_key, state.rank) in taken for state in displaced):
        top = max(clause.rank for clause in live.values())
        ranks = dict(zip(ranks, ranks_after(top, len(order)), strict=True))
        displaced = order
    moved = {state.key for state in displaced}
    for state in order:
        clause = now[state.key]
        if clause.retired_id is None and clause.section_id != section.pk:
            raise ChangeRefused(f"ข้อ “{clause.plain[:40]}” ย้ายไปอยู่หมวดอื่นแล้ว โปรดย้ายกลับก่อนเรียกคืนรุ่นนี้")
        place = Place(section, state.part, state.parent_key, ranks[state.key], state.numbering)
        content = state.content if clause.sha != state.sha else None
        if clause.retired_id is not None:
            yield RestoreClause(clause, clause.lock_version, content, place)
        elif state.key in moved or content is not None:
            yield ReviseClause(clause, clause.lock_version, content, place if state.key in moved else None)


def _place_key(clause: Clause) -> tuple[int, uuids.UUID | None, str]:
    return clause.part, clause.parent.uuid if clause.parent else None, clause.rank


def _stands_at(clause: Clause, state: ClauseState) -> bool:
    return (
        clause.retired_id is None
        and _place_key(clause) == (state.part, state.parent_key, state.rank)
        and clause.numbering == state.numbering
    )


def _children_first(clauses: list[Clause]) -> list[Clause]:
    """So that no parent is retired above a live child."""
    depth = {}
    for clause in clauses:
        node, steps = clause, 0
        while node.parent is not None:
            node, steps = node.parent, steps + 1
        depth[clause.pk] = steps
    return sorted(clauses, key=lambda clause: -depth[clause.pk])


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
