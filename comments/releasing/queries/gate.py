"""What stands in the way of releasing a final edition to the public. product.md names the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from hearing_portal.thai.markup import REFERENCE_PATTERN
from manuals.models import Edition, EditionEntry, LegalSource, Section

from ...deciding.queries.blockers import Blocker, CommentBlocker
from ...deciding.queries.drafting_debts import find_drafting_debts
from ...models import Answer, AnswerPublication, Comment, Disposition

MANDATORY_PARTS = {2, 3, 5, 9}


class Gate(StrEnum):
    """Every gate a final edition passes, in the order of product.md."""

    UNPUBLISHED = "unpublished"  # a comment without a published answer
    OBJECTION = "objection"  # an objection that waits for a new decision
    OBJECTION_TIME = "objection_time"  # somebody may still object
    TO_DRAFT = "to_draft"  # an accepted comment whose words are not drafted yet
    REPEALED = "repealed"  # a clause cites a law that is repealed
    MISSING_PART = "missing_part"  # a process lacks a mandatory part
    BROKEN_REFERENCE = "broken_reference"  # a cross-reference leads nowhere


@dataclass(frozen=True, slots=True)
class PublicationBlocker(Blocker):
    """Answers of a group that may still be objected to; the publication comes with its group."""

    publication: AnswerPublication


@dataclass(frozen=True, slots=True)
class EntryBlocker(Blocker):
    """Something wrong with an entry, which comes with the edition, the section, the manual and its group.

    `source` is the short title of a repealed law, `missing_parts` are the numbers of the parts a process lacks.
    """

    entry: EditionEntry
    source: str = ""
    missing_parts: tuple[int, ...] = ()


def find_release_blockers(edition: Edition) -> list[Blocker]:
    """All that stands in the way, gate by gate. Comments count over all hearings. Eleven queries at most."""
    return [
        *find_unpublished_comments(),
        *find_open_objections(),
        *find_running_objection_times(),
        # One for each disposition, named by the first comment it answers
        *[CommentBlocker(Gate.TO_DRAFT, debt.comments[0]) for debt in find_drafting_debts()],
        *find_repealed_sources(edition),
        *find_missing_parts(edition),
        *find_broken_references(edition),
    ]


# -- the hearing


def find_unpublished_comments() -> Iterator[CommentBlocker]:
    """Comments without a published answer that still counts."""
    published = Answer.objects.filter(
        comment=OuterRef("pk"),
        current=True,
        disposition__publication__isnull=False,
    )
    for comment in _comments_with_owner().filter(~Exists(published)):
        yield CommentBlocker(Gate.UNPUBLISHED, comment)


def find_open_objections() -> Iterator[CommentBlocker]:
    objected = _comments_with_owner().filter(objection__isnull=False, objection__answered_by__isnull=True)
    for comment in objected:
        yield CommentBlocker(Gate.OBJECTION, comment)


def _comments_with_owner() -> QuerySet[Comment]:
    """Replies left out: they are part of the talk and get no answer."""
    comments = Comment.objects.filter(parent__isnull=True)
    return comments.select_related("entry__manual__work_group").order_by("pk")


def find_running_objection_times() -> Iterator[PublicationBlocker]:
    """Time runs only while somebody may still object: an answer to an objection cannot be objected to again."""
    may_object = Answer.objects.filter(
        disposition__publication=OuterRef("pk"),
        current=True,
        comment__objection__isnull=True,
    ).exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    running = AnswerPublication.objects.filter(Exists(may_object), objections_until__gt=timezone.now())
    for publication in running.select_related("work_group").order_by("pk"):
        yield PublicationBlocker(Gate.OBJECTION_TIME, publication)


# -- the edition's words


def _with_owner(entries: QuerySet[EditionEntry]) -> QuerySet[EditionEntry]:
    return entries.select_related("edition", "section", "manual__work_group").order_by("ordinal")


def find_repealed_sources(edition: Edition) -> Iterator[EntryBlocker]:
    """By what the edition says, not by what the draft cites today."""
    sources = LegalSource.objects.filter(status=LegalSource.Status.REPEALED)
    titles = dict(sources.values_list("key", "short_title"))
    citing = edition.entries.filter(
        kind=EditionEntry.Kind.CLAUSE,
        blob__content__data__source__in=list(titles),
    )
    for entry in _with_owner(citing).select_related("blob"):
        key = entry.clause_blob.content["data"]["source"]
        yield EntryBlocker(Gate.REPEALED, entry, source=titles[key])


def find_missing_parts(edition: Edition) -> Iterator[EntryBlocker]:
    parts_of_section: dict[int | None, set[int]] = {}
    clauses = edition.entries.filter(kind=EditionEntry.Kind.CLAUSE).order_by()
    for section_id, part in clauses.values_list("section_id", "part").distinct():
        parts_of_section.setdefault(section_id, set()).add(part)
    processes = edition.entries.filter(kind=EditionEntry.Kind.SECTION, data__kind=Section.Kind.PROCESS)
    for entry in _with_owner(processes):
        missing = MANDATORY_PARTS - parts_of_section.get(entry.section_id, set())
        if missing:
            yield EntryBlocker(Gate.MISSING_PART, entry, missing_parts=tuple(sorted(missing)))


# Clauses that refer to a node which is not in their edition. A reference stands in the body as a marker with the
# node's uuid, which is the pattern's only group
BROKEN_REFERENCES = """
    SELECT entry.id
    FROM manuals_editionentry entry
    JOIN manuals_textblob blob ON blob.sha = entry.blob_id
    -- one row for each marker of the clause
    CROSS JOIN LATERAL regexp_matches(blob.content->>'body', %(reference)s, 'g') AS found
    WHERE entry.edition_id = %(edition)s
      AND NOT EXISTS (
        SELECT FROM manuals_editionentry target
        WHERE target.edition_id = %(edition)s AND target.uuid = found[1]::uuid)
    -- a clause once, however many of its markers lead nowhere
    GROUP BY entry.id
"""


def find_broken_references(edition: Edition) -> Iterator[EntryBlocker]:
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_REFERENCES, {"edition": edition.pk, "reference": REFERENCE_PATTERN})
        ids = [row[0] for row in cursor.fetchall()]
    for entry in _with_owner(EditionEntry.objects.filter(pk__in=ids)):
        yield EntryBlocker(Gate.BROKEN_REFERENCE, entry)
