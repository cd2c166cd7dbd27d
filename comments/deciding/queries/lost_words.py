"""The words that were adopted from comments and are not in the draft any more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import Clause, ClauseChange, SectionVersion
from manuals.models.out_of_manual import is_section_gone
from manuals.models.put_back import TAKING_BACK, is_put_back
from manuals.models.undone import is_undone

from ...models import ChangeCause, Comment, Disposition
from ..adopted_pieces import is_kept
from .counted_causes import WORDS_STAY, current_answers
from .courses import Courses, load_courses, words_after

Kind = ClauseChange.Kind


@dataclass(frozen=True, slots=True)
class LostWords:
    """Words adopted from the comment that are gone; `change` is the act that adopted them. They are written in
    `clause`: that of the change, or where that left the manual, the one that has its words."""

    comment: Comment
    change: ClauseChange
    clause: Clause


def find_lost_words(
    comments: QuerySet[Comment], at: datetime | None = None
) -> Iterator[LostWords]:
    """What was adopted from one of the comments and is gone, from the draft as it stood then, or stands now.

    The words themselves are looked for, whoever took them away and however: an edit, a file, an older version, a clause
    retired, a whole process retired (is_kept). They may have gone with a split or a join into other clauses. A cut is
    lost where the clause stands again, or a file brought the same words back into the process, and a move where an
    older version was restored over it. Nothing is lost that a later decision changed, that no longer answers a comment,
    or whose promise was kept by another change since. One query, up to four and one for each generation of clauses
    split or joined where adopted words were changed later.
    """
    causes = _with_comments(_find_suspects(comments, at), comments)
    suspects = list(causes.order_by("pk"))
    courses = _load_courses(suspects, at)
    for cause in _keep_lost(suspects, courses):
        answered = [answer.comment for answer in cause.disposition.answers.all()]
        own = []
        for each in answered:
            if cause.amendment is not None and each.pk == cause.amendment.comment_id:
                own.append(each)
        clause = courses.descent.where_written(cause.change.clause)
        yield LostWords((own or answered)[0], cause.change, clause)


def find_dispositions_with_lost_words(disposition_ids: list[int]) -> set[int]:
    """Those of these dispositions of whose adopted words some are lost by now, by the rule and at the cost of
    find_lost_words."""
    suspects = list(_find_suspects_of_dispositions(disposition_ids))
    lost = _keep_lost(suspects, _load_courses(suspects, None))
    return {cause.disposition_id for cause in lost}


@kept_statement
def _find_suspects_of_dispositions(
    disposition_ids: list[int],
) -> QuerySet[ChangeCause]:
    causes = ChangeCause.objects.filter(is_any_of("disposition", disposition_ids))
    return _suspect(causes, None)


# -- causes whose words may be lost


def _find_suspects(
    comments: QuerySet[Comment], at: datetime | None
) -> QuerySet[ChangeCause]:
    answers = current_answers.filter(comment__in=comments)
    causes = ChangeCause.objects.filter(
        Exists(answers.filter(disposition=OuterRef("disposition")))
    )
    return _suspect(causes, at)


def _with_comments(
    causes: QuerySet[ChangeCause], comments: QuerySet[Comment]
) -> QuerySet[ChangeCause]:
    answers = current_answers.filter(comment__in=comments).select_related(
        "comment__entry__manual__work_group",
        "comment__entry__section",
        "comment__entry__blob",
    )
    return causes.select_related(
        "amendment", "change__clause__section__manual", "disposition"
    ).prefetch_related(Prefetch("disposition__answers", answers))


def _suspect(
    causes: QuerySet[ChangeCause], at: datetime | None
) -> QuerySet[ChangeCause]:
    """Of the causes those whose clause was changed later or left with its process, or whose cut may be no cut any more;
    with both wordings, and with `is_undone_elsewhere`, which is known without looking for words."""
    until = Q() if at is None else Q(revision__date_created__lte=at)
    made_until = Q() if at is None else Q(change__revision__date_created__lte=at)
    later = ClauseChange.objects.filter(until, pk__gt=OuterRef("change"))
    reworded = later.filter(clause=OuterRef("change__clause")).exclude(
        kind__in=WORDS_STAY
    )
    kept_anew = ChangeCause.objects.filter(
        made_until,
        ~is_undone("change__revision", at),
        disposition=OuterRef("disposition"),
        disposition__effect=Disposition.Effect.TO_DRAFT,
        change__revision__gt=OuterRef("change__revision"),
    )
    return (
        causes.filter(made_until, ~Exists(kept_anew))
        .annotate(
            last_act=Subquery(_find_acts_in_force(later, at).values("pk")[:1]),
        )
        .annotate(is_undone_elsewhere=_is_brought_back(later, at) | _is_moved_back(at))
        .filter(
            Exists(reworded) & ~Q(change__kind__in=WORDS_STAY)
            | _left_with_section(at) & ~Q(change__kind__in=(*WORDS_STAY, Kind.RETIRED))
            | Q(is_undone_elsewhere=True)
        )
        .select_related("change__from_blob", "change__to_blob")
    )


def _left_with_section(at: datetime | None) -> Q:
    """Of a cause: the section in which its clause stands left the manual as a whole, which changes no clause. Then, one
    in which it stood at some time: what stands there is told by its course."""
    if at is None:
        return Q(change__clause__section__retired__isnull=False)
    stood = ClauseChange.objects.filter(
        is_section_gone("to_section", at),
        revision__date_created__lte=at,
        clause=OuterRef("change__clause"),
    )
    return Q(Exists(stood))


def _is_brought_back(later: QuerySet[ClauseChange], at: datetime | None) -> Q:
    """Of a cause that cut a clause: a file added the same words to the process again, and they still stand there."""
    until = Q() if at is None else Q(revision__date_created__lte=at)
    versions = SectionVersion.objects.filter(
        revision=OuterRef("revision"), section=OuterRef("clause__section")
    )
    from_file = Exists(versions.filter(action=SectionVersion.Action.IMPORT))
    added = later.filter(
        from_file,
        kind=Kind.ADDED,
        clause__section=OuterRef("change__clause__section"),
        to_blob__plain=OuterRef("change__from_blob__plain"),
    )
    added = added.exclude(is_section_gone("clause__section", at))
    # The clause that a file added may be cut again, or reworded
    newer = ClauseChange.objects.filter(
        until, clause=OuterRef("clause"), pk__gt=OuterRef("pk")
    )
    added = added.exclude(Exists(newer.exclude(kind__in=WORDS_STAY)))
    return Q(Exists(added), change__kind=Kind.RETIRED)


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
    return in_force.exclude(kind__in=WORDS_STAY).order_by("-pk")


def _is_moved_back(at: datetime | None) -> Q:
    """Of a cause with `last_act` that moved a clause: an older version was restored over it, and no person has changed
    the clause since."""
    acts = SectionVersion.objects.filter(
        revision=OuterRef("revision"), action__in=TAKING_BACK
    )
    by_restoring = ClauseChange.objects.filter(Exists(acts), pk=OuterRef("last_act"))
    return Q(Exists(by_restoring), is_put_back("change", at), change__kind=Kind.MOVED)


# -- what became of their words


def _keep_lost(suspects: Sequence[ChangeCause], courses: Courses) -> list[ChangeCause]:
    lost = []
    for cause in suspects:
        is_undone_elsewhere = getattr(cause, "is_undone_elsewhere", False)
        if is_undone_elsewhere or _is_gone(cause, courses):
            lost.append(cause)
    return lost


def _is_gone(cause: ChangeCause, courses: Courses) -> bool:
    """Whether what the last decision left of it is in the draft no more."""
    change = cause.change
    if change.kind in WORDS_STAY:
        return False
    course = courses.of_clause[change.clause_id]
    if course.decided is not None and course.decided.pk > change.pk:
        decided = words_after(course.decided)
        if not is_kept(change, decided, decided):
            return False
    return not is_kept(change, course.words, courses.words_of(change.clause_id))


def _load_courses(suspects: Sequence[ChangeCause], at: datetime | None) -> Courses:
    return load_courses({cause.change.clause_id for cause in suspects}, at)
