"""How much was said and what became of it: by outcome, and along the ways a statistic is asked for."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from ...models import Hearing

REVIEWED = "reviewed"  # among outcomes: a review of the published answer is asked for
# One row for each comment with all it is counted by; only published answers are told, and those under review are open
# as in comments.results
SAID = """
    SELECT comment.id, comment.office_kind, comment.issue_class, comment.office_id, entry.manual_id,
           entry.section_id, entry.id AS entry_id, (comment.made_at AT TIME ZONE 'Asia/Bangkok')::date AS day,
           CASE WHEN disposition.outcome = 'withdrawn'
                     OR disposition.publication_id IS NOT NULL AND objection.id IS NULL
                THEN disposition.outcome END AS outcome,
           disposition.publication_id IS NOT NULL AND disposition.outcome <> 'withdrawn'
                AND objection.id IS NOT NULL AS is_reviewed
    FROM comments_comment comment
    JOIN comments_hearingsession session ON session.id = comment.session_id
    JOIN manuals_editionentry entry ON entry.id = comment.entry_id
    LEFT JOIN comments_answer answer ON answer.comment_id = comment.id AND answer.current
    LEFT JOIN comments_disposition disposition ON disposition.id = answer.disposition_id
    LEFT JOIN comments_objection objection
        ON objection.comment_id = comment.id AND objection.answered_by_id IS NULL
    WHERE session.hearing_id = %(hearing)s AND comment.parent_id IS NULL
"""
COUNTED = """
           count(*), count(DISTINCT said.office_id),
           count(*) FILTER (WHERE said.office_kind = 'primary'),
           count(*) FILTER (WHERE said.office_kind = 'secondary'),
           count(*) FILTER (WHERE outcome IN ('accepted', 'accepted_with_changes')),
           count(*) FILTER (WHERE outcome = 'not_accepted'),
           count(*) FILTER (WHERE outcome IS NOT NULL AND outcome NOT IN
                            ('accepted', 'accepted_with_changes', 'not_accepted')),
           count(*) FILTER (WHERE outcome IS NULL)
"""
WAYS = {
    "kind": f"""
        SELECT coalesce(said.office_kind, '') AS name, {COUNTED}
        FROM said GROUP BY 1 ORDER BY 1""",
    "province": f"""
        SELECT province AS name, {COUNTED}
        FROM said JOIN directory_areaoffice office ON office.id = said.office_id,
        LATERAL unnest(office.provinces) AS province
        GROUP BY 1 ORDER BY province COLLATE "th-x-icu" """,
    "group": f"""
        SELECT coalesce(work_group.name, manual.title) AS name, {COUNTED}
        FROM said JOIN manuals_manual manual ON manual.id = said.manual_id
        LEFT JOIN directory_workgroup work_group ON work_group.id = manual.work_group_id
        GROUP BY manual.id, manual.title, work_group.id, work_group.name
        ORDER BY work_group."order" NULLS FIRST, manual.id""",
    "clause": f"""
        SELECT said.entry_id::text AS name, {COUNTED}
        FROM said GROUP BY said.entry_id ORDER BY count(*) DESC, said.entry_id""",
    "day": f"""
        SELECT said.day::text AS name, {COUNTED}
        FROM said GROUP BY said.day ORDER BY said.day""",
    "outcome": f"""
        SELECT CASE WHEN is_reviewed THEN '{REVIEWED}' ELSE coalesce(said.outcome, '') END AS name, {COUNTED}
        FROM said GROUP BY 1 ORDER BY 1""",
    "class": f"""
        SELECT coalesce(said.issue_class, '') AS name, {COUNTED}
        FROM said GROUP BY 1 ORDER BY 1""",
}


class CountedVoices(NamedTuple):
    """`name` is what it is counted by: a kind of office, a province, a group or the title of a manual of none, an
    entry's id, a day, an outcome or REVIEWED, an issue class; "" where a comment has none. Results are those
    published."""

    name: str
    comments: int
    offices: int
    primary: int
    secondary: int
    accepted: int
    refused: int
    otherwise: int
    open: int


def count_voices(hearing: Hearing, way: str) -> list[CountedVoices]:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH said AS ({SAID}) {WAYS[way]}", {"hearing": hearing.pk})
        rows: Sequence[Sequence[Any]] = cursor.fetchall()
    return [CountedVoices(*row) for row in rows]
