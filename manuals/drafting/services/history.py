"""What a section said at any version, from SectionVersion + ClauseChange + TextBlob."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from ...content import content_from_json
from ...entries import ClauseState
from ...models import Section, SectionVersion


@dataclass(frozen=True, slots=True)
class SectionState:
    """A section's own row ({"title", …}, see SectionVersion.state) and its clauses by (part, rank).

    `moved_away` are clauses that stood in it before, and had moved into another section by then.
    """

    number: int
    row: dict[str, Any]
    clauses: list[ClauseState]
    moved_away: frozenset[UUID] = frozenset()


# The last change of every clause that was in the section up to that version. Where it left the section with that
# change (moved away or retired), the last two columns say so.
LAST_CHANGES = """
    SELECT DISTINCT ON (change.clause_id) clause.uuid, change.to_parent, change.to_part, change.to_rank,
           change.to_numbering, blob.content, change.to_blob_id, change.to_section_id
    FROM manuals_clausechange change
    -- the acts that touched the section; an act may have changed clauses of other sections as well
    JOIN manuals_sectionversion version ON version.revision_id = change.revision_id
                                       AND version.section_id = %(section)s
    JOIN manuals_clause clause ON clause.id = change.clause_id
    LEFT JOIN manuals_textblob blob ON blob.sha = change.to_blob_id
    WHERE version.number <= %(number)s
      AND (change.to_section_id = %(section)s OR change.from_section_id = %(section)s)
    ORDER BY change.clause_id, version.number DESC
"""


def load_section_at(section: Section, number: int) -> SectionState:
    """The section as it stood after its version `number`. Two queries. Raises SectionVersion.DoesNotExist."""
    version = SectionVersion.objects.get(section=section, number=number)
    with connection.cursor() as cursor:
        cursor.execute(LAST_CHANGES, {"section": section.pk, "number": number})
        changes = cursor.fetchall()

    clauses = []
    moved_away = set()
    for uuid, parent, part, rank, numbering, content, sha, section_id in changes:
        if sha is None:
            continue
        if section_id != section.pk:
            moved_away.add(uuid)
            continue
        state = ClauseState(
            key=uuid,
            parent_key=parent,
            part=part,
            rank=rank,
            numbering=numbering,
            content=content_from_json(json.loads(content)),
            sha=sha,
        )
        clauses.append(state)
    clauses.sort(key=lambda state: (state.part, state.rank))
    return SectionState(number, version.state, clauses, frozenset(moved_away))
