"""The words of the draft that were adopted from comments."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery

from manuals.models import ClauseChange, Section, SectionVersion
from manuals.models.put_back import still_stands

from ...models import Answer, ChangeCause

Kind = ClauseChange.Kind
WORDS_STAY = (Kind.MOVED, Kind.FORMATTED)  # changes that leave the words as they are
current_answers = Answer.objects.filter(current=True).order_by("comment")


def find_counted_causes() -> QuerySet[ChangeCause]:
    """The changes of words that a decision made which still answers somebody."""
    return ChangeCause.objects.filter(
        Exists(current_answers.filter(disposition=OuterRef("disposition")))
    )


def find_adopted_words(section_ids: Collection[int]) -> dict[UUID, str]:
    """{clause: the comments that its words, or its being cut, were adopted from} of these sections, where nothing
    changed the words since. Two queries, one where nothing was adopted."""
    changes = ClauseChange.objects.filter(clause=OuterRef("change__clause")).exclude(
        kind__in=WORDS_STAY
    )
    causes = (
        find_counted_causes()
        .filter(change__clause__section__in=list(section_ids))
        .annotate(last_change=Subquery(changes.order_by("-pk").values("pk")[:1]))
        .filter(change=F("last_change"))
        .select_related("change__clause", "disposition")
        .prefetch_related(Prefetch("disposition__answers", current_answers))
    )
    found = {}
    for cause in causes:
        found[cause.change.clause.uuid] = _name_comments([cause])
    return found


def find_words_decided_since(section: Section, number: int) -> dict[UUID, str]:
    """{clause: the comments whose decisions changed it after this version of the section, where that still stands}.
    Two queries, one where nothing was decided."""
    versions = SectionVersion.objects.filter(
        revision=OuterRef("change__revision"), section=section, number__gt=number
    )
    causes = (
        find_counted_causes()
        .filter(Exists(versions), still_stands("change"))
        .select_related("change__clause", "disposition")
        .prefetch_related(Prefetch("disposition__answers", current_answers))
    )
    by_clause: dict[UUID, list[ChangeCause]] = {}
    for cause in causes.order_by("pk"):
        by_clause.setdefault(cause.change.clause.uuid, []).append(cause)
    return {uuid: _name_comments(found) for uuid, found in by_clause.items()}


def _name_comments(causes: Iterable[ChangeCause]) -> str:
    """The comments that their decisions answer now; causes come with these answers."""
    numbers: set[int] = set()
    for cause in causes:
        numbers.update(answer.comment_id for answer in cause.disposition.answers.all())
    return f"ความคิดเห็นเลขที่ {', '.join(map(str, sorted(numbers)))}"
