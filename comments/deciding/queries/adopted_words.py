"""The words of the draft that were adopted from comments, and what became of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from manuals.models import ClauseChange, Section, SectionVersion
from manuals.models.put_back import TAKING_BACK, is_put_back, still_stands
from manuals.models.undone import is_undone

from ...models import Answer, ChangeCause, Comment, Disposition

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


# -- words that are gone


@dataclass(frozen=True, slots=True)
class LostWords:
    """Words adopted from the comment that nobody took back knowingly; `change` is the act that adopted them."""

    comment: Comment
    change: ClauseChange


def find_lost_words(
    comments: QuerySet[Comment], at: datetime | None = None
) -> Iterator[LostWords]:
    """What was adopted from one of the comments and is undone, in the draft as it stood then, or stands now.

    Adopted words are lost when the last change of the clause's words came from a file, or gives no reason; and a cut is
    lost when a file brought the same words back into the process. They are lost too when an older version was restored
    over them (is_put_back), until a person changes the clause or the promise is kept by another change. Whoever
    changes the words by hand and says why knows what they do, and so does a later decision. One query, two where
    something was lost.
    """
    for cause in _find_causes_of_lost_words(comments, at).order_by("pk"):
        answered = [answer.comment for answer in cause.disposition.answers.all()]
        own = []
        for each in answered:
            if cause.amendment is not None and each.pk == cause.amendment.comment_id:
                own.append(each)
        yield LostWords((own or answered)[0], cause.change)


def _find_causes_of_lost_words(
    comments: QuerySet[Comment], at: datetime | None
) -> QuerySet[ChangeCause]:
    until = Q() if at is None else Q(revision__date_created__lte=at)
    versions = SectionVersion.objects.filter(
        revision=OuterRef("revision"), section=OuterRef("clause__section")
    )
    from_file = Exists(versions.filter(action=SectionVersion.Action.IMPORT))
    later = ClauseChange.objects.filter(until, pk__gt=OuterRef("change")).exclude(
        kind__in=WORDS_STAY
    )
    last = later.filter(clause=OuterRef("change__clause")).order_by("-pk")[:1]
    unknown = later.filter(pk=OuterRef("last_change"), cause__isnull=True).filter(
        from_file | Q(reason="")
    )
    unknown = unknown.exclude(to_blob=OuterRef("change__to_blob"))
    brought_back = later.filter(
        from_file,
        kind=Kind.ADDED,
        clause__section=OuterRef("change__clause__section"),
        to_blob__plain=OuterRef("change__from_blob__plain"),
    )
    # The clause that a file added may be cut again, or reworded
    newer = ClauseChange.objects.filter(
        until, clause=OuterRef("clause"), pk__gt=OuterRef("pk")
    )
    brought_back = brought_back.exclude(Exists(newer.exclude(kind__in=WORDS_STAY)))
    in_force = _find_acts_in_force(later, at)
    made_until = Q() if at is None else Q(change__revision__date_created__lte=at)
    answers = current_answers.filter(comment__in=comments).select_related(
        "comment__entry__manual__work_group",
        "comment__entry__section",
        "comment__entry__blob",
    )
    return (
        ChangeCause.objects.filter(
            made_until, Exists(answers.filter(disposition=OuterRef("disposition")))
        )
        .annotate(
            last_change=Subquery(last.values("pk")),
            last_act=Subquery(in_force.values("pk")[:1]),
        )
        .filter(
            Exists(unknown)
            | Q(Exists(brought_back), change__kind=Kind.RETIRED)
            | _is_restored_over(at)
        )
        .select_related("amendment", "change__clause__section__manual", "disposition")
        .prefetch_related(Prefetch("disposition__answers", answers))
    )


def _find_acts_in_force(
    later: QuerySet[ClauseChange], at: datetime | None
) -> QuerySet[ClauseChange]:
    """Of the changes after a cause those of its clause that somebody made and nobody undid, the last one first."""
    undoing = SectionVersion.objects.filter(
        revision=OuterRef("revision"), action=SectionVersion.Action.UNDO
    )
    in_force = later.filter(
        ~is_undone("revision", at), ~Exists(undoing), clause=OuterRef("change__clause")
    )
    return in_force.order_by("-pk")


def _is_restored_over(at: datetime | None) -> Q:
    """Of a cause with `last_act`: its words are put back, and no person has changed the clause or kept the promise anew
    since."""
    acts = SectionVersion.objects.filter(
        revision=OuterRef("revision"), action__in=TAKING_BACK
    )
    by_restoring = ClauseChange.objects.filter(Exists(acts), pk=OuterRef("last_act"))
    until = Q() if at is None else Q(change__revision__date_created__lte=at)
    kept_anew = ChangeCause.objects.filter(
        until,
        ~is_undone("change__revision", at),
        disposition=OuterRef("disposition"),
        disposition__effect=Disposition.Effect.TO_DRAFT,
        pk__gt=OuterRef("pk"),
    )
    return Q(Exists(by_restoring), is_put_back("change", at), ~Exists(kept_anew))
