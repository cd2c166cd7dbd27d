"""Counting offices, not heads: who stands for the text and who for a change, primary and secondary apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count

from hearing_portal.directory.models import AreaOffice

from .models import Comment

DIFFER_POINTS, DIFFER_OFFICES = 25, 10  # product.md, "Count offices, not heads"
CHANGE_TYPES = (Comment.Type.AMEND, Comment.Type.ADD, Comment.Type.DELETE)


@dataclass(frozen=True, slots=True)
class OfficeTally:
    """Offices of one type at one place. `share` is the percentage for the text, 0 when nobody took a stand."""

    for_text: int = 0
    for_change: int = 0

    @property
    def offices(self) -> int:
        return self.for_text + self.for_change

    @property
    def share(self) -> int:
        return round(100 * self.for_text / self.offices) if self.offices else 0

    @property
    def change_share(self) -> float:
        return 100 * self.for_change / self.offices if self.offices else 0.0


@dataclass(frozen=True, slots=True)
class OfficeTallies:
    """Both office types at one place, side by side, and how many comments there are."""

    primary: OfficeTally = field(default_factory=OfficeTally)
    secondary: OfficeTally = field(default_factory=OfficeTally)
    comments: int = 0

    @property
    def differs(self) -> bool:
        """สพป. และ สพม. เห็นต่างกัน."""
        enough = min(self.primary.offices, self.secondary.offices) >= DIFFER_OFFICES
        return enough and abs(self.primary.change_share - self.secondary.change_share) >= DIFFER_POINTS

    @property
    def is_empty(self) -> bool:
        return not (self.comments or self.primary.offices or self.secondary.offices)


# An office stands for change where a change it wrote or supports is not withdrawn, else for the text where it agreed
OFFICE_TALLY_SQL = """
    WITH voices AS (
        SELECT comment.entry_id, comment.type, comment.office_id, comment.office_kind
        FROM comments_comment comment
        WHERE comment.entry_id = ANY(%(entries)s) AND comment.office_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM comments_answer answer JOIN comments_disposition d ON d.id = answer.disposition_id
            WHERE answer.comment_id = comment.id AND answer.current AND d.outcome = 'withdrawn')
        UNION ALL
        SELECT comment.entry_id, comment.type, support.office_id, office.kind
        FROM comments_support support
        JOIN comments_comment comment ON comment.id = support.comment_id
        JOIN directory_areaoffice office ON office.id = support.office_id
        WHERE comment.entry_id = ANY(%(entries)s) AND support.taken_back_at IS NULL AND NOT EXISTS (
            SELECT FROM comments_answer answer JOIN comments_disposition d ON d.id = answer.disposition_id
            WHERE answer.comment_id = comment.id AND answer.current AND d.outcome = 'withdrawn')
    ), stands AS (
        SELECT entry_id, office_id, office_kind,
               bool_or(type IN ('amend', 'add', 'delete')) AS for_change, bool_or(type = 'agree') AS agreed
        FROM voices GROUP BY entry_id, office_id, office_kind
    )
    SELECT entry_id, office_kind, count(*) FILTER (WHERE agreed AND NOT for_change),
           count(*) FILTER (WHERE for_change)
    FROM stands GROUP BY entry_id, office_kind
"""


def tally_offices_by_entry(entry_ids: Iterable[int]) -> dict[int, OfficeTallies]:
    """{entry id: Standing} for those with at least one comment. Two queries, however many entries."""
    ids = list(entry_ids)
    counted = dict(
        Comment.objects.filter(entry__in=ids, parent__isnull=True)
        .values_list("entry")
        .annotate(number=Count("pk"))
        .order_by()
    )
    stands: dict[int, dict[str, OfficeTally]] = {}
    with connection.cursor() as cursor:
        cursor.execute(OFFICE_TALLY_SQL, {"entries": ids})
        for entry, kind, for_text, for_change in cursor.fetchall():
            stands.setdefault(entry, {})[kind] = OfficeTally(for_text, for_change)
    empty = OfficeTally()
    return {
        entry: OfficeTallies(
            stands.get(entry, {}).get(AreaOffice.Kind.PRIMARY, empty),
            stands.get(entry, {}).get(AreaOffice.Kind.SECONDARY, empty),
            number,
        )
        for entry, number in counted.items()
    }


# Grouped by office first, in a hash: sorting every comment for `count(DISTINCT …)` took twice as long
PARTICIPATION_SQL = """
    WITH voices AS (
        SELECT entry.manual_id, comment.office_id, comment.office_kind,
               count(*) FILTER (WHERE comment.parent_id IS NULL) AS comments
        FROM comments_comment comment JOIN manuals_editionentry entry ON entry.id = comment.entry_id
        WHERE entry.edition_id = %(edition)s AND (%(manual)s::bigint IS NULL OR entry.manual_id = %(manual)s)
        GROUP BY entry.manual_id, comment.office_id, comment.office_kind
    )
    SELECT manual.work_group_id, sum(comments)::bigint, count(*) FILTER (WHERE office_kind = 'primary'),
           count(*) FILTER (WHERE office_kind = 'secondary')
    FROM voices JOIN manuals_manual manual ON manual.id = voices.manual_id GROUP BY manual.work_group_id
"""


def count_participation(edition_id: int, manual_id: int | None = None) -> dict[int | None, tuple[int, int, int]]:
    """{work group id: (comments, primary offices, secondary offices)} of an edition, or of one manual of it. One
    query."""
    with connection.cursor() as cursor:
        cursor.execute(PARTICIPATION_SQL, {"edition": edition_id, "manual": manual_id})
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
