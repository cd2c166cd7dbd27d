"""What was said in a hearing and what became of it, counted by group: one statement, however much was said."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection

from hearing_portal.directory.models import AreaOffice

from ...models import Comment, HearingSession
from ...results import Result, result_of
from ...tallies import OfficeTallies, OfficeTally

RECENT = 2  # seconds: how old the figures of a page may be, so that a hall that reloads it asks once

# Reads the index comment_counts, the current answers and their dispositions, and each comment once. A row has one of
# four shapes, told by `what`: comments of a class and an outcome, offices that spoke about a manual, offices that spoke
# at all, and where offices stand: a position goes before what its comments say (docs/decisions/0117)
FIGURES_SQL = """
    WITH said AS MATERIALIZED (
        SELECT comment.id, comment.issue_class, comment.office_id, comment.office_kind,
               comment.parent_id IS NULL AS is_counted, entry.manual_id,
               disposition.outcome, disposition.publication_id IS NOT NULL AS is_published,
               objection.id IS NOT NULL AND disposition.outcome IS DISTINCT FROM 'withdrawn' AS is_reviewed,
               comment.type IN ('amend', 'add', 'delete') AND disposition.outcome IS DISTINCT FROM 'withdrawn'
                   AS for_change,
               comment.type = 'agree' AND disposition.outcome IS DISTINCT FROM 'withdrawn' AS agrees
        FROM manuals_editionentry entry
        JOIN comments_comment comment ON comment.entry_id = entry.id
        LEFT JOIN comments_answer answer ON answer.comment_id = comment.id AND answer.current
        LEFT JOIN comments_disposition disposition ON disposition.id = answer.disposition_id
        LEFT JOIN comments_objection objection
            ON objection.comment_id = comment.id AND objection.answered_by_id IS NULL
        WHERE entry.edition_id = ANY(%(editions)s) AND comment.session_id = ANY(%(sessions)s)
            AND (%(manual)s::bigint IS NULL OR entry.manual_id = %(manual)s)
    ), spoke AS MATERIALIZED (
        SELECT manual_id, office_id, office_kind, bool_or(for_change) AS for_change, bool_or(agrees) AS agrees
        FROM said
        WHERE office_id IS NOT NULL
        GROUP BY manual_id, office_id, office_kind
    ), standing AS (
        SELECT manual_id, office_id, bool_or(for_change) AS for_change, bool_or(agrees) AS agrees
        FROM (
            SELECT manual_id, office_id, for_change, agrees
            FROM spoke
            UNION ALL
            SELECT said.manual_id, support.office_id, said.for_change, said.agrees
            FROM comments_support support
            JOIN said ON said.id = support.comment_id
            WHERE support.taken_back_at IS NULL AND (said.for_change OR said.agrees)
        ) AS behind
        GROUP BY manual_id, office_id
    ), positions AS (
        SELECT manual_id, office_id, stance <> 'support' AS for_change
        FROM comments_officeposition
        WHERE hearing_id = %(hearing)s AND edition_id = ANY(%(editions)s)
            AND (%(manual)s::bigint IS NULL OR manual_id = %(manual)s)
    ), stands AS (
        SELECT coalesce(positions.manual_id, standing.manual_id) AS manual_id,
               coalesce(positions.office_id, standing.office_id) AS office_id,
               coalesce(positions.for_change, standing.for_change) AS for_change,
               coalesce(NOT positions.for_change, standing.agrees) AS agrees
        FROM standing
        FULL JOIN positions ON positions.manual_id = standing.manual_id AND positions.office_id = standing.office_id
    )
    SELECT 'comments' AS what, manual_id, issue_class, CASE WHEN NOT is_reviewed THEN outcome END AS outcome,
           is_published, count(*), 0::bigint
    FROM said
    WHERE is_counted
    GROUP BY manual_id, issue_class, CASE WHEN NOT is_reviewed THEN outcome END, is_published
    UNION ALL
    SELECT 'offices', manual_id, office_kind, NULL, NULL, count(*), 0::bigint
    FROM spoke
    GROUP BY manual_id, office_kind
    UNION ALL
    SELECT 'all-offices', NULL, office_kind, NULL, NULL, count(DISTINCT office_id), 0::bigint
    FROM spoke
    GROUP BY office_kind
    UNION ALL
    SELECT 'stands', stands.manual_id, office.kind, NULL, NULL,
           count(*) FILTER (WHERE agrees AND NOT for_change), count(*) FILTER (WHERE for_change)
    FROM stands
    JOIN directory_areaoffice office ON office.id = stands.office_id
    GROUP BY stands.manual_id, office.kind
"""


class CountedComments(NamedTuple):
    """Comments of a class with an outcome of their current answer; None for what is not there, and for an outcome of
    which a review is asked for."""

    issue_class: str | None
    outcome: str | None
    is_published: bool
    number: int


@dataclass(slots=True)
class ManualFigures:
    """What was said about a manual."""

    counted: list[CountedComments] = field(default_factory=list)
    offices: dict[str, int] = field(default_factory=dict)
    primary: OfficeTally = field(default_factory=OfficeTally)
    secondary: OfficeTally = field(default_factory=OfficeTally)

    @property
    def comments(self) -> int:
        return sum(row.number for row in self.counted)

    @property
    def tallies(self) -> OfficeTallies:
        return OfficeTallies(self.primary, self.secondary, self.comments)

    def count(self, *, sees_decisions: bool) -> "ResultCounts":
        counts = ResultCounts()
        for row in self.counted:
            result = result_of(
                row.outcome,
                is_published=row.is_published,
                sees_decisions=sees_decisions,
            )
            counts.numbers[row.issue_class, result] += row.number
        return counts


@dataclass(slots=True)
class ResultCounts:
    """Comments by class (None: without one) and result, as a reader may know them."""

    numbers: Counter[tuple[str | None, Result]] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.numbers.total()

    def of_class(self, issue_class: str | None) -> int:
        return sum(self.numbers[issue_class, result] for result in Result)

    def of_result(self, result: Result) -> int:
        found = 0
        for (_, each), number in self.numbers.items():
            if each == result:
                found += number
        return found

    def add(self, other: "ResultCounts") -> None:
        self.numbers.update(other.numbers)


@dataclass(slots=True)
class HearingFigures:
    """{manual id: its figures}; `offices` is how many of each kind spoke at all."""

    by_manual: dict[int, ManualFigures] = field(default_factory=dict)
    offices: dict[str, int] = field(default_factory=dict)

    def of_manual(self, manual_id: int) -> ManualFigures:
        return self.by_manual.get(manual_id, ManualFigures())


def count_hearing(
    hearing_id: int, sessions: Sequence[HearingSession], manual_id: int | None = None
) -> HearingFigures:
    """Of all manuals, or of one alone. One query."""
    parameters: dict[str, Any] = {
        "hearing": hearing_id,
        "sessions": [session.pk for session in sessions],
        "editions": sorted({session.edition_id for session in sessions}),
        "manual": manual_id,
    }
    figures = HearingFigures()
    with connection.cursor() as cursor:
        cursor.execute(FIGURES_SQL, parameters)
        rows = cursor.fetchall()
    for what, found_id, word, outcome, is_published, number, for_change in rows:
        if what == "all-offices":
            figures.offices[word] = number
            continue
        of_manual = figures.by_manual.setdefault(found_id, ManualFigures())
        if what == "comments":
            counted = CountedComments(word, outcome, bool(is_published), number)
            of_manual.counted.append(counted)
        elif what == "offices":
            of_manual.offices[word] = number
        elif word == AreaOffice.Kind.PRIMARY:
            of_manual.primary = OfficeTally(number, for_change)
        else:
            of_manual.secondary = OfficeTally(number, for_change)
    return figures


def count_recent_hearing(
    hearing_id: int,
    sessions: Sequence[HearingSession],
    manual_id: int | None = None,
    *,
    is_now: bool = False,
) -> HearingFigures:
    """As `count_hearing`, as it was two seconds ago at the worst: all figures of a page are of one moment. `is_now`
    counts them again."""
    key = f"hearing-figures-{hearing_id}-{manual_id}"
    figures: HearingFigures | None = None if is_now else cache.get(key)
    if figures is None:
        figures = count_hearing(hearing_id, sessions, manual_id)
        cache.set(key, figures, RECENT)
    return figures


# --- the processes that comments of a class are about

NAMED_CLASSES = (
    Comment.IssueClass.COMPLEX,
    Comment.IssueClass.NEW,
    Comment.IssueClass.ADDITIONAL,
)
MOST_QUOTED = 3  # comments of a class on a process that are written out
LOOKED_AT = 6  # of which some may be hidden or held back

NAMED_SQL = """
    SELECT comment.issue_class, entry.section_id, count(*), (array_agg(comment.id ORDER BY comment.id))[1:%(most)s]
    FROM manuals_editionentry entry
    JOIN comments_comment comment ON comment.entry_id = entry.id
    WHERE entry.edition_id = ANY(%(editions)s) AND entry.manual_id = %(manual)s
        AND comment.session_id = ANY(%(sessions)s) AND comment.parent_id IS NULL
        AND comment.issue_class = ANY(%(classes)s)
    GROUP BY comment.issue_class, entry.section_id
    ORDER BY count(*) DESC, entry.section_id
"""


class NamedProcess(NamedTuple):
    """A process (None: the manual as a whole) that comments of a class are about; `first` are ids of some of them."""

    issue_class: str
    section_id: int | None
    comments: int
    first: list[int]


def find_named_processes(
    manual_id: int, sessions: Iterable[HearingSession]
) -> list[NamedProcess]:
    """The most spoken of first. One query."""
    heard = list(sessions)
    parameters: dict[str, Any] = {
        "manual": manual_id,
        "sessions": [session.pk for session in heard],
        "editions": sorted({session.edition_id for session in heard}),
        "classes": [each.value for each in NAMED_CLASSES],
        "most": LOOKED_AT,
    }
    with connection.cursor() as cursor:
        cursor.execute(NAMED_SQL, parameters)
        return [NamedProcess(*row) for row in cursor.fetchall()]
