"""Counting offices, not heads: which offices stand for the text and which for a change, primary and secondary apart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from hearing_portal.directory.models import AreaOffice
from hearing_portal.postgres.statements import kept_statement
from manuals.models import EditionEntry

# From how many offices of each kind, and from how many percentage points, the two kinds are said to differ.
# product.md, "Count offices, not heads"
DIFFER_OFFICES = 10
DIFFER_POINTS = 25
# In forms and addresses: of experts and the central bureau, who speak for no office
NO_OFFICE = "none"
RECENT = 1  # second: a page kept for everybody is as old at the most, and both together are to be two seconds old


@dataclass(frozen=True, slots=True)
class OfficeTally:
    """Offices of one kind on one entry. `share` is the percentage for the text, 0 when no office took a stand."""

    for_text: int = 0
    for_change: int = 0

    @property
    def offices(self) -> int:
        return self.for_text + self.for_change

    @property
    def share(self) -> int:
        if not self.offices:
            return 0
        return round(100 * self.for_text / self.offices)

    @property
    def change_share(self) -> float:
        if not self.offices:
            return 0.0
        return 100 * self.for_change / self.offices


@dataclass(frozen=True, slots=True)
class OfficeTallies:
    """Both kinds of offices on one entry, side by side, and how many comments it has."""

    primary: OfficeTally = field(default_factory=OfficeTally)
    secondary: OfficeTally = field(default_factory=OfficeTally)
    comments: int = 0

    @property
    def differs(self) -> bool:
        """สพป. และ สพม. เห็นต่างกัน."""
        fewest_offices = min(self.primary.offices, self.secondary.offices)
        distance = abs(self.primary.change_share - self.secondary.change_share)
        return fewest_offices >= DIFFER_OFFICES and distance >= DIFFER_POINTS

    @property
    def is_empty(self) -> bool:
        return not (self.comments or self.primary.offices or self.secondary.offices)


# An office stands for change where a change it wrote or supports is not withdrawn, else for the text where it agreed
OFFICES_STANDING_SQL = """
    WITH counted AS (
        SELECT comment.id, comment.entry_id, comment.type, comment.office_id, comment.office_kind
        FROM comments_comment comment
        WHERE comment.entry_id = ANY(%(entries)s) AND NOT EXISTS (
            SELECT FROM comments_answer answer
            JOIN comments_disposition disposition ON disposition.id = answer.disposition_id
            WHERE answer.comment_id = comment.id AND answer.current AND disposition.outcome = 'withdrawn')
    ), behind AS (
        -- Which office is behind which comment: the office that wrote it …
        SELECT entry_id, type, office_id, office_kind
        FROM counted
        WHERE office_id IS NOT NULL
        UNION ALL
        -- … and the offices that support it and have not taken that back
        SELECT counted.entry_id, counted.type, support.office_id, office.kind
        FROM counted
        JOIN comments_support support ON support.comment_id = counted.id
        JOIN directory_areaoffice office ON office.id = support.office_id
        WHERE support.entry_id = ANY(%(entries)s) AND support.taken_back_at IS NULL
    ), standing AS (
        -- Each office once an entry, however many comments it is behind
        SELECT entry_id, office_id, office_kind,
               bool_or(type IN ('amend', 'add', 'delete')) AS for_change,
               bool_or(type = 'agree') AS agreed
        FROM behind
        GROUP BY entry_id, office_id, office_kind
    )
    SELECT entry_id, office_kind,
           count(*) FILTER (WHERE agreed AND NOT for_change),
           count(*) FILTER (WHERE for_change),
           NULL::bigint
    FROM standing
    GROUP BY entry_id, office_kind
    UNION ALL
    -- How many comments an entry has: its row has no kind of office
    SELECT entry_id, NULL, 0, 0, count(*)
    FROM comments_comment
    WHERE entry_id = ANY(%(entries)s) AND parent_id IS NULL
    GROUP BY entry_id
"""


def tally_offices_by_entry(entry_ids: Iterable[int]) -> dict[int, OfficeTallies]:
    """{entry id: its tallies} for the entries with at least one comment. One query, however many entries."""
    comments: dict[int, int] = {}
    by_kind: dict[tuple[int, str | None], OfficeTally] = {}
    with connection.cursor() as cursor:
        cursor.execute(OFFICES_STANDING_SQL, {"entries": list(entry_ids)})
        for entry_id, kind, for_text, for_change, number in cursor.fetchall():
            if number is not None:
                comments[entry_id] = number
            else:
                by_kind[entry_id, kind] = OfficeTally(for_text, for_change)
    nobody = OfficeTally()
    tallies = {}
    for entry_id, number in comments.items():
        tallies[entry_id] = OfficeTallies(
            primary=by_kind.get((entry_id, AreaOffice.Kind.PRIMARY), nobody),
            secondary=by_kind.get((entry_id, AreaOffice.Kind.SECONDARY), nobody),
            comments=number,
        )
    return tallies


# The same for all that is said within a section: an office that asks for a change anywhere in it stands for change
SECTIONS_STANDING_SQL = """
    WITH counted AS MATERIALIZED (
        SELECT comment.id, entry.section_id, comment.type <> 'agree' AS for_change, comment.office_id,
               comment.office_kind
        FROM manuals_editionentry entry
        JOIN comments_comment comment ON comment.entry_id = entry.id
        WHERE entry.edition_id = %(edition)s AND entry.manual_id = %(manual)s AND entry.section_id IS NOT NULL
            AND (%(section)s::bigint IS NULL OR entry.section_id = %(section)s)
            AND comment.type IN ('amend', 'add', 'delete', 'agree') AND NOT EXISTS (
                SELECT FROM comments_answer answer
                JOIN comments_disposition disposition ON disposition.id = answer.disposition_id
                WHERE answer.comment_id = comment.id AND answer.current AND disposition.outcome = 'withdrawn')
    ), standing AS (
        SELECT section_id, office_id, office_kind, bool_or(for_change) AS for_change
        FROM (
            SELECT section_id, office_id, office_kind, for_change
            FROM counted
            WHERE office_id IS NOT NULL
            UNION ALL
            SELECT counted.section_id, support.office_id, office.kind, counted.for_change
            FROM counted
            JOIN comments_support support ON support.comment_id = counted.id AND support.taken_back_at IS NULL
            JOIN directory_areaoffice office ON office.id = support.office_id
        ) AS behind
        GROUP BY section_id, office_id, office_kind
    )
    SELECT section_id, office_kind, count(*) FILTER (WHERE NOT for_change), count(*) FILTER (WHERE for_change)
    FROM standing
    GROUP BY section_id, office_kind
"""


def tally_offices_by_section(
    edition_id: int, manual_id: int, section_id: int | None = None
) -> dict[int, OfficeTallies]:
    """{section id: where offices stand on all that is in it} of a manual, or of one section alone. One query. How many
    comments there are is not counted."""
    parameters = {"edition": edition_id, "manual": manual_id, "section": section_id}
    kinds: dict[int, dict[str, OfficeTally]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SECTIONS_STANDING_SQL, parameters)
        for found_id, kind, for_text, for_change in cursor.fetchall():
            kinds.setdefault(found_id, {})[kind] = OfficeTally(for_text, for_change)
    nobody = OfficeTally()
    tallies = {}
    for found_id, by_kind in kinds.items():
        tallies[found_id] = OfficeTallies(
            primary=by_kind.get(AreaOffice.Kind.PRIMARY, nobody),
            secondary=by_kind.get(AreaOffice.Kind.SECONDARY, nobody),
        )
    return tallies


def do_offices_differ(edition_id: int, process: EditionEntry) -> bool:
    """Whether primary and secondary offices want different things in all of a process, as it was a second ago at the
    worst. One query, none within that second."""
    section_id = process.section_id
    return bool(_find_differing(edition_id, process.manual_id, section_id))


def find_differing_sections(edition_id: int, manual_id: int) -> frozenset[int]:
    """The sections of a manual on which the two kinds of offices differ, as it was a second ago at the worst. One
    query, none within that second."""
    return _find_differing(edition_id, manual_id, None)


def _find_differing(
    edition_id: int, manual_id: int, section_id: int | None
) -> frozenset[int]:
    key = f"differing-sections-{edition_id}-{manual_id}-{section_id}"
    differing: frozenset[int] | None = cache.get(key)
    if differing is None:
        tallies = tally_offices_by_section(edition_id, manual_id, section_id)
        differing = frozenset(pk for pk, each in tallies.items() if each.differs)
        cache.set(key, differing, RECENT)
    return differing


class Participation(NamedTuple):
    """How many comments a group got, and from how many offices of either kind."""

    comments: int
    primary: int
    secondary: int


# Grouped by office first, in a hash: sorting every comment for `count(DISTINCT …)` took twice as long
PARTICIPATION_SQL = """
    WITH by_office AS (
        SELECT entry.manual_id, comment.office_id, comment.office_kind,
               count(*) FILTER (WHERE comment.parent_id IS NULL) AS comments  -- a reply is no comment of its own
        FROM comments_comment comment
        JOIN manuals_editionentry entry ON entry.id = comment.entry_id
        WHERE entry.edition_id = %(edition)s
        GROUP BY entry.manual_id, comment.office_id, comment.office_kind
    )
    SELECT manual.work_group_id,
           sum(comments)::bigint,
           count(*) FILTER (WHERE office_kind = 'primary'),
           count(*) FILTER (WHERE office_kind = 'secondary')
    FROM by_office
    JOIN manuals_manual manual ON manual.id = by_office.manual_id
    GROUP BY manual.work_group_id
"""


def count_participation(edition_id: int) -> dict[int | None, Participation]:
    """{work group id: who took part} in an edition. One query."""
    participation = {}
    with connection.cursor() as cursor:
        cursor.execute(PARTICIPATION_SQL, {"edition": edition_id})
        for work_group_id, comments, primary, secondary in cursor.fetchall():
            participation[work_group_id] = Participation(comments, primary, secondary)
    return participation


def count_recent_participation(edition_id: int) -> dict[int | None, Participation]:
    """As `count_participation` of all groups, which reads what every office said; as it was a second ago at the worst.
    For the first page, on which nobody looks for the comment just sent."""
    key = f"participation-{edition_id}"
    participation: dict[int | None, Participation] | None = cache.get(key)
    if participation is None:
        participation = count_participation(edition_id)
        cache.set(key, participation, RECENT)
    return participation


def count_offices_by_kind() -> dict[str, int]:
    """{"primary": 183, "secondary": 62} of today. One query."""
    return dict(_count_offices(localdate()))


@kept_statement
def _count_offices(day: date) -> QuerySet[AreaOffice, tuple[Any, ...]]:
    offices = AreaOffice.objects.valid_on(day).order_by()
    return offices.values_list("kind").annotate(number=Count("pk"))
