"""The change of words that kept a promise to draft, beside the answer that gave it."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from hearing_portal.directory.permissions import Visitor
from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import ClauseChange, EditionEntry, SectionVersion
from manuals.permissions import editions_readable_by

from ...models import Answer, ChangeCause, Comment, Disposition
from ...standing.queries.fallen_words import leave_standing


def load_kept_promises(comments: Iterable[Comment], user: Visitor) -> None:
    """Gives the `shown_answers` of the comments that promised words what the last standing change that the answer's
    disposition caused tells: `kept_at` when, `kept_version` the version of its section, `kept_edition` the title of
    the first edition of those this reader may read that says so; None where there is none now.

    No query where no words were promised, one where the promise was not kept, otherwise three and those of
    judge_causes."""
    promising: list[Answer] = []
    for comment in comments:
        for answer in comment.shown_answers:
            if answer.disposition.effect == Disposition.Effect.TO_DRAFT:
                promising.append(answer)
    if not promising:
        return
    changes = {}
    causes = _find_causes([answer.disposition_id for answer in promising])
    for cause in leave_standing(causes):
        # The last one counts
        changes[cause.disposition_id] = cause.change
    if not changes:
        return
    versions = _find_versions(changes.values())
    editions = _find_editions(changes.values(), user)
    for answer in promising:
        change = changes.get(answer.disposition_id)
        if change is not None:
            told = {
                "kept_at": change.revision.date_created,
                "kept_version": versions.get(change.pk),
                "kept_edition": editions.get(change.pk),
            }
            for name, value in told.items():
                setattr(answer, name, value)


@kept_statement
def _find_causes(disposition_ids: Sequence[int]) -> QuerySet[ChangeCause]:
    """What was carried from an answer of before was there when the promise was given."""
    causes = ChangeCause.objects.filter(
        is_any_of("disposition", disposition_ids), carried_from__isnull=True
    )
    return causes.select_related("change__revision", "change__clause").order_by("pk")


def _find_versions(changes: Iterable[ClauseChange]) -> dict[int, int]:
    """{change: the number that its act gave the section in which the clause stands now}."""
    rows = SectionVersion.objects.filter(
        revision__in=[change.revision_id for change in changes]
    )
    numbers = {}
    for revision, section, number in rows.values_list("revision", "section", "number"):
        numbers[revision, section] = number
    versions = {}
    for change in changes:
        key = change.revision_id, change.clause.section_id
        if key in numbers:
            versions[change.pk] = numbers[key]
    return versions


def _find_editions(changes: Iterable[ClauseChange], user: Visitor) -> dict[int, str]:
    """{change: the title of the first edition, of those this reader may read, that has its words}."""
    entries = EditionEntry.objects.filter(
        clause__in=[change.clause_id for change in changes],
        edition__in=editions_readable_by(user),
    ).order_by("edition__sealed_at")
    rows = list(
        entries.values_list("clause", "blob", "edition__sealed_at", "edition__title")
    )
    editions: dict[int, str] = {}
    for change in changes:
        for clause_id, blob_id, sealed_at, title in rows:
            says_so = (clause_id, blob_id) == (change.clause_id, change.to_blob_id)
            if (
                says_so
                and sealed_at is not None
                and sealed_at > change.revision.date_created
            ):
                editions[change.pk] = title
                break
    return editions
