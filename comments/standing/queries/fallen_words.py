"""The one rule by which it is told whether the words that a decision made still stand: in the gate and at the desks, in
the traces, the matrix, the book and what its author reads of a comment."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import Clause, ClauseChange, SectionVersion
from manuals.models.out_of_manual import is_section_gone
from manuals.models.put_back import is_put_back
from manuals.models.undone import is_undone

from ...models import Answer, ChangeCause, Disposition
from ..adopted_pieces import is_kept
from .counted_causes import WORDS_STAY, current_answers
from .courses import Course, Courses, load_courses, words_after, words_before

Kind = ClauseChange.Kind


class Fall(StrEnum):
    """Why words that a decision made stand no more."""

    LOST = "lost"  # whatever took them out: no decision did
    REPLACED = "replaced"  # by a later decision, or by another change for the same one


@dataclass(frozen=True, slots=True)
class JudgedCauses:
    """Which of the causes that were asked for have `fallen`, with the courses of clauses whose words changed later."""

    fallen: Mapping[int, Fall]
    courses: Courses

    def keep(self, causes: Iterable[ChangeCause]) -> list[ChangeCause]:
        """Those whose words stand."""
        return [cause for cause in causes if cause.pk not in self.fallen]

    def find_bearers(self, cause: ChangeCause) -> list[Clause]:
        """The clauses in which stands what a standing cause did; the causes come with their clauses."""
        change = cause.change
        if change.kind in WORDS_STAY or change.clause_id not in self.courses.of_clause:
            return [change.clause]
        return self.courses.find_bearers(change)

    def find_last_changes(self, cause: ChangeCause) -> list[ClauseChange]:
        """The last change of each clause that keeps what a standing cause did: the words in which that ended."""
        change = cause.change
        if change.kind in WORDS_STAY or change.clause_id not in self.courses.of_clause:
            return [change]
        return self.courses.find_last_changes(change)


def leave_standing(
    causes: Sequence[ChangeCause],
    at: datetime | None = None,
    answers: QuerySet[Answer] = current_answers,
) -> list[ChangeCause]:
    """Those of the causes whose words stand, by the rule and at the cost of judge_causes."""
    return judge_causes([cause.pk for cause in causes], at, answers).keep(causes)


def judge_causes(
    cause_ids: Collection[int],
    at: datetime | None = None,
    answers: QuerySet[Answer] = current_answers,
) -> JudgedCauses:
    """Of these causes those whose words stand no more in the draft as it stood at `at`, or stands now; `answers` are
    those by which it is told what a later decision changed.

    The words themselves are looked for, whoever took them away and however: an edit, a file, an older version, a clause
    retired, a whole process retired (is_kept). They may have gone with a split or a join into other clauses. A cut has
    fallen where the clause stands again, or a file brought the same words back into the process, and a move where it
    was undone, or an older version was restored over it. No query without causes, one where nothing is suspected, up to
    three and one for each generation of clauses split or joined where words were changed later.
    """
    if not cause_ids:
        return JudgedCauses({}, load_courses([]))
    ids = sorted(cause_ids)
    if at is None:
        return judge_suspects(_find_suspects(ids), at, answers)
    return judge_suspects(suspect_causes(_causes_of(ids), at), at, answers)


def judge_suspects(
    suspects: Iterable[ChangeCause],
    at: datetime | None = None,
    answers: QuerySet[Answer] = current_answers,
) -> JudgedCauses:
    """The same of rows of suspect_causes."""
    rows = list(suspects)
    courses = load_courses({cause.change.clause_id for cause in rows}, at, answers)
    fallen = {}
    for cause in rows:
        fall = _fall_of(cause, courses)
        if fall is not None:
            fallen[cause.pk] = fall
    return JudgedCauses(fallen, courses)


@kept_statement
def _find_suspects(cause_ids: list[int]) -> QuerySet[ChangeCause]:
    return suspect_causes(_causes_of(cause_ids), None)


def _causes_of(cause_ids: list[int]) -> QuerySet[ChangeCause]:
    return ChangeCause.objects.filter(is_any_of("pk", cause_ids))


# -- causes whose words may stand no more


def suspect_causes(
    causes: QuerySet[ChangeCause], at: datetime | None
) -> QuerySet[ChangeCause]:
    """Of the causes those whose clause was changed later or left with its process, whose cut may be no cut any more, or
    that another change took the place of; with both wordings, with `is_undone_elsewhere`, which is known without
    looking for words, and `is_kept_anew`."""
    until = Q() if at is None else Q(revision__date_created__lte=at)
    later = ClauseChange.objects.filter(until, pk__gt=OuterRef("change"))
    reworded = later.filter(clause=OuterRef("change__clause")).exclude(
        kind__in=WORDS_STAY
    )
    return (
        causes.annotate(
            is_undone_elsewhere=_is_brought_back(later, at) | _is_moved_back(at),
            is_kept_anew=_is_kept_anew(at),
        )
        .filter(
            Exists(reworded) & ~Q(change__kind__in=WORDS_STAY)
            | _left_with_section(at) & ~Q(change__kind__in=(*WORDS_STAY, Kind.RETIRED))
            | Q(is_undone_elsewhere=True)
        )
        .select_related("change__from_blob", "change__to_blob")
    )


def _is_kept_anew(at: datetime | None) -> Exists:
    """Of a cause: a later act was made for the same decision, and for the same proposal of several that it adopted. Of
    what was promised any later act counts: it says itself that it keeps the promise."""
    made_until = Q() if at is None else Q(change__revision__date_created__lte=at)
    same_words = Q(amendment=OuterRef("amendment")) | Q(
        Q(amendment__isnull=True), Q(IsNull(OuterRef("amendment"), True))
    )
    promised = Q(disposition__effect=Disposition.Effect.TO_DRAFT)
    return Exists(
        ChangeCause.objects.filter(
            made_until,
            ~is_undone("change__revision", at),
            promised | same_words,
            disposition=OuterRef("disposition"),
            change__revision__gt=OuterRef("change__revision"),
        )
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


def _is_moved_back(at: datetime | None) -> Q:
    """Of a cause that moved a clause: the act was undone, or an older version was restored over it."""
    back = Q(is_undone("change__revision", at)) | Q(is_put_back("change", at))
    return Q(back, change__kind__in=WORDS_STAY)


# -- what became of their words


def _fall_of(cause: ChangeCause, courses: Courses) -> Fall | None:
    """None where they stand."""
    change = cause.change
    is_replaced = getattr(cause, "is_kept_anew", False)
    if getattr(cause, "is_undone_elsewhere", False):
        return Fall.REPLACED if is_replaced else Fall.LOST
    if change.kind in WORDS_STAY:
        return None
    course = courses.of_clause[change.clause_id]
    if is_kept(change, course.words, courses.words_of(change.clause_id)):
        return None
    is_replaced = is_replaced or _was_replaced(change, course)
    return Fall.REPLACED if is_replaced else Fall.LOST


def _was_replaced(change: ClauseChange, course: Course) -> bool:
    """Whether a later decision took out what stood until then. One that came after it was gone took out nothing."""
    for decided in course.decided:
        before = words_before(decided)
        after = words_after(decided)
        if (
            decided.pk > change.pk
            and is_kept(change, before, before)
            and not is_kept(change, after, after)
        ):
            return True
    return False
