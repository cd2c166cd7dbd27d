"""The change of words that kept a promise to draft, beside the answer that gave it."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from hearing_portal.directory.permissions import Visitor
from manuals.models import EditionEntry, SectionVersion
from manuals.models.put_back import still_stands
from manuals.permissions import editions_readable_by

from ...models import Answer, ChangeCause, Comment, Disposition

KEPT = ("kept_at", "kept_version", "kept_edition")


def load_kept_promises(comments: Iterable[Comment], user: Visitor) -> None:
    """Gives the `shown_answers` of the comments that promised words what `with_kept_promise` adds.
    One query, none where no words were promised."""
    promising: dict[int, Answer] = {}
    for comment in comments:
        for answer in comment.shown_answers:
            if answer.disposition.effect == Disposition.Effect.TO_DRAFT:
                promising[answer.pk] = answer
    if not promising:
        return
    answers = with_kept_promise(Answer.objects.filter(pk__in=promising), user)
    for row in answers.values("pk", *KEPT):
        for name in KEPT:
            setattr(promising[row["pk"]], name, row[name])


def with_kept_promise(answers: QuerySet[Answer], user: Visitor) -> QuerySet[Answer]:
    """Adds of the last standing change that the answer's disposition caused: `kept_at` when, `kept_version` the version
    of its section, `kept_edition` the title of the first edition of those this reader may read that says so; each
    None where there is none now."""
    causes = ChangeCause.objects.filter(
        still_stands("change"), disposition=OuterRef("disposition")
    ).order_by("-pk")
    answers = answers.annotate(
        kept_at=Subquery(causes.values("change__revision__date_created")[:1]),
        kept_revision=Subquery(causes.values("change__revision")[:1]),
        kept_section=Subquery(causes.values("change__clause__section")[:1]),
        kept_clause=Subquery(causes.values("change__clause")[:1]),
        kept_words=Subquery(causes.values("change__to_blob")[:1]),
    )
    versions = SectionVersion.objects.filter(
        revision=OuterRef("kept_revision"), section=OuterRef("kept_section")
    )
    entries = EditionEntry.objects.filter(
        clause=OuterRef("kept_clause"),
        blob=OuterRef("kept_words"),
        edition__in=editions_readable_by(user),
        edition__sealed_at__gt=OuterRef("kept_at"),
    ).order_by("edition__sealed_at")
    return answers.annotate(
        kept_version=Subquery(versions.values("number")[:1]),
        kept_edition=Subquery(entries.values("edition__title")[:1]),
    )
