"""How much was said about each part of a manual, what published answers changed, and what the first page counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.content import Content
from manuals.edition_memory import kept_of_edition
from manuals.models import Edition, EditionEntry, Manual

from ..deciding.queries.answers import OBJECTABLE
from ..hearings.queries import GroupSessions, Neighbours
from ..models import Answer, AnswerPublication, ChangeCause, Hearing
from ..standing.queries.fallen_words import judge_causes
from ..tallies import RECENT, Participation

# --- counts of a whole manual


class IssueCount(NamedTuple):
    issue_class: str
    comments: int


@dataclass(slots=True)
class SectionTally:
    """The comments on a process and on all in it; `triaged` are those not decided yet."""

    comments: int = 0
    decided: int = 0
    triaged: int = 0
    by_issue_class: Counter[str] = field(default_factory=Counter)

    @property
    def issues(self) -> list[IssueCount]:
        """The most frequent first."""
        issues = []
        for issue_class, number in self.by_issue_class.most_common():
            issues.append(IssueCount(issue_class, number))
        return issues

    @property
    def main_issue(self) -> IssueCount | None:
        issues = self.issues
        return issues[0] if issues else None

    @property
    def state(self) -> str:
        """A state of the `state_badge` tag; empty without comments."""
        if not self.comments:
            return ""
        if self.decided == self.comments:
            return "settled"
        if self.decided or self.triaged:
            return "considering"
        return "waiting"


# Reads the index comment_counts and the current answers, not the rows with their texts, and the index once
GROUP_COUNTS_SQL = """
    WITH said AS MATERIALIZED (
        SELECT entry.section_id, comment.id, comment.issue_class, comment.office_id, comment.office_kind,
               comment.parent_id IS NULL AS is_counted,  -- a reply is no comment of its own
               comment.triaged_at IS NOT NULL AS was_triaged
        FROM manuals_editionentry entry
        JOIN comments_comment comment ON comment.entry_id = entry.id
        WHERE entry.edition_id = %(edition)s AND entry.manual_id = %(manual)s
    ), offices AS (
        SELECT DISTINCT office_id, office_kind FROM said WHERE office_id IS NOT NULL
    )
    SELECT NULL AS office_kind, said.section_id, said.issue_class,
           answer.comment_id IS NOT NULL AS is_decided, said.was_triaged, count(*)
    FROM said
    LEFT JOIN comments_answer answer ON answer.comment_id = said.id AND answer.current
    WHERE said.is_counted
    GROUP BY 2, 3, 4, 5
    UNION ALL
    SELECT office_kind, NULL, NULL, NULL, NULL, count(*)
    FROM offices
    GROUP BY office_kind
"""


class GroupCounts(NamedTuple):
    """`by_section` is {section id (None: the manual itself): its comments}."""

    by_section: dict[int | None, SectionTally]
    participation: Participation


def count_group(edition: Edition, manual: Manual) -> GroupCounts:
    """How much was said about the manual, and by how many offices. One query."""
    with connection.cursor() as cursor:
        cursor.execute(GROUP_COUNTS_SQL, {"edition": edition.pk, "manual": manual.pk})
        counted = cursor.fetchall()
    tallies: dict[int | None, SectionTally] = {}
    offices: dict[str, int] = {}
    comments = 0
    for kind, section_id, issue_class, is_decided, was_triaged, number in counted:
        if kind is not None:
            offices[kind] = number
            continue
        tally = tallies.setdefault(section_id, SectionTally())
        tally.comments += number
        comments += number
        if is_decided:
            tally.decided += number
        elif was_triaged:
            tally.triaged += number
        if issue_class:
            tally.by_issue_class[issue_class] += number
    participation = Participation(
        comments,
        primary=offices.get(AreaOffice.Kind.PRIMARY, 0),
        secondary=offices.get(AreaOffice.Kind.SECONDARY, 0),
    )
    return GroupCounts(tallies, participation)


def count_recent_group(edition: Edition, manual: Manual) -> GroupCounts:
    """As `count_group`, which reads what every office said about the manual; as it was a second ago at the worst, as
    the other counts of its page are. One query, none within that second."""
    key = f"group-counts-{edition.pk}-{manual.pk}"
    counts: GroupCounts | None = cache.get(key)
    if counts is None:
        counts = count_group(edition, manual)
        cache.set(key, counts, RECENT)
    return counts


def add_tallies(tallies: Iterable[SectionTally]) -> SectionTally:
    total = SectionTally()
    for tally in tallies:
        total.comments += tally.comments
        total.decided += tally.decided
        total.triaged += tally.triaged
        for issue_class, number in tally.issues:
            total.by_issue_class[issue_class] += number
    return total


def find_latest_publication(
    hearing: Hearing | None, group: WorkGroup | None
) -> AnswerPublication | None:
    """The last one of the group's answers. One query."""
    if hearing is None:
        return None
    found = _find_publications(hearing.pk, group.pk if group is not None else None)
    return next(iter(found), None)


@kept_statement
def _find_publications(
    hearing_id: int, group_id: int | None
) -> QuerySet[AnswerPublication]:
    publications = AnswerPublication.objects.filter(
        hearing=hearing_id, work_group=group_id
    )
    return publications.order_by("-pk")[:1]


@kept_of_edition
def _find_processes(edition: Edition, manual_id: int) -> Sequence[EditionEntry]:
    rows = edition.entries.filter(
        manual=manual_id, kind="section", data__kind="process"
    )
    return tuple(rows.select_related("parent").order_by("ordinal"))


def find_process(edition: Edition, manual: Manual, uuid: UUID) -> EditionEntry | None:
    """With what it stands below. One query, none once this process has asked."""
    for row in _find_processes(edition, manual.pk):
        if row.uuid == uuid:
            return row
    return None


def find_neighbouring_processes(process: EditionEntry) -> Neighbours:
    """The processes before and after this one in the same manual. One query, none once this process has asked."""
    before = None
    has_passed = False
    for row in _find_processes(process.edition, process.manual_id):
        if has_passed:
            return Neighbours(before, row)
        if row.pk == process.pk:
            has_passed = True
        else:
            before = row
    return Neighbours(before, None)


# --- what published answers changed


@dataclass(frozen=True, slots=True)
class PublishedWording:
    """What published answers made of a clause: its new content, None when it was cancelled; `comments` asked for it."""

    content: Content | None
    comments: int


def find_published_wordings(
    clause_ids: Iterable[int], hearing: Hearing | None
) -> dict[int, PublishedWording]:
    """{clause id: its wording of now, that published answers of the hearing caused and that stands in the working
    draft}. One query, and those of judge_causes where something was caused."""
    ids = list(clause_ids)
    if hearing is None or not ids:
        return {}
    causes = _find_published_causes(hearing.pk, ids)
    standing = judge_causes([cause.pk for cause in causes])
    wordings: dict[int, PublishedWording] = {}
    counted = set()
    for cause in standing.keep(causes):
        change = cause.change
        comments = 0
        if (change.clause_id, cause.disposition_id) not in counted:
            counted.add((change.clause_id, cause.disposition_id))
            comments = cause.comments
        known = wordings.get(change.clause_id)
        if known is not None:
            comments += known.comments
        [last, *_] = standing.find_last_changes(cause) or [change]
        content = None if last.to_blob is None else last.to_blob.as_content
        wordings[change.clause_id] = PublishedWording(content, comments)
    return wordings


@kept_statement
def _find_published_causes(
    hearing_id: int, clause_ids: list[int]
) -> QuerySet[ChangeCause]:
    """Of answers in force, with the words, and with how many comments have the answer."""
    current = Q(disposition__answers__current=True)
    causes = ChangeCause.objects.filter(
        current,
        is_any_of("change__clause", clause_ids),
        disposition__publication__hearing=hearing_id,
    )
    number = Count("disposition__answers", filter=current)
    causes = causes.annotate(**{"comments": number})
    return causes.select_related("change__to_blob").order_by("change_id", "pk")


# --- the first page


def choose_released_final(
    heard: Iterable[Edition], editions: Iterable[Edition]
) -> Edition | None:
    """Of the editions that the reader may read, the final one that came after all that were heard."""
    heard_at = [edition.sealed_at for edition in heard if edition.sealed_at is not None]
    if not heard_at:
        return None
    chosen = None
    for edition in editions:  # the newest first
        is_later = edition.sealed_at is not None and edition.sealed_at > max(heard_at)
        if chosen is None and is_later and edition.kind == Edition.Kind.FINAL:
            chosen = edition
    return chosen


def choose_draft(
    sessions_by_group: Mapping[int | None, GroupSessions],
    editions: Sequence[Edition],
) -> Edition | None:
    """The newest of the readable editions that a session runs on; without sessions the newest that can be read.
    `editions` come newest first."""
    in_session = set()
    for group_sessions in sessions_by_group.values():
        if group_sessions.edition_id is not None:
            in_session.add(group_sessions.edition_id)
    for edition in editions:
        if not in_session or edition.pk in in_session:
            return edition
    return None


def has_foreword(edition: Edition) -> bool:
    """Whether the book has a manual that belongs to no group. One query."""
    return edition.entries.filter(kind="manual", manual__work_group=None).exists()


def count_processes_by_group(edition: Edition) -> dict[int | None, int]:
    """{work group id: how many processes its manual has}. One query."""
    processes = edition.entries.filter(kind="section", data__kind="process").order_by()
    return dict(
        processes.values_list("manual__work_group").annotate(number=Count("pk"))
    )


def count_objectable_answers(user: User) -> int:
    """Answers to the person's comments that may still be objected to. One query."""
    answers = Answer.objects.filter(
        comment__author=user,
        current=True,
        disposition__publication__objections_until__gt=timezone.now(),
    )
    return answers.filter(OBJECTABLE).count()
