"""The words that changed for what was answered to comments, by the answers of now and of before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from manuals.drafting.queries.references import find_cited_clauses
from manuals.models import Clause, ClauseChange
from manuals.reading.names import clause_name

from ...models import Amendment, Answer, ChangeCause, Comment, Disposition
from ...standing.queries.counted_causes import (
    choose_causes_of,
    current_answers,
    find_counted_causes,
)
from ...standing.queries.courses import load_courses
from ...standing.queries.fallen_words import judge_causes, leave_standing

Outcome = Disposition.Outcome
# Words that were written for an answer of before stand by these, or nobody asks for them to go
STANDING_OUTCOMES = (
    Outcome.ACCEPTED,
    Outcome.ACCEPTED_WITH_CHANGES,
    Outcome.NOTED,
    Outcome.WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class StandingWords:
    """Words that stand by an answer: `clause` says them, or was cut and gone is what stands of it (`is_cut`); `name` is
    what it is called, "" where it is out of the draft."""

    clause: Clause
    name: str
    is_cut: bool


def find_causes_of_answer(answer: Answer) -> list[ChangeCause]:
    """What changed for the proposal of its comment, or where that proposed nothing of it, all that its decision
    changed. One query."""
    causes = ChangeCause.objects.filter(disposition=answer.disposition_id)
    causes = causes.select_related("amendment", "change").order_by("pk")
    return choose_causes_of(answer, causes)


def find_words_to_restore(comments: Sequence[Comment]) -> StandingWords | None:
    """The first words that stand by what was answered to the comments so far, and that nobody explains once these are
    answered otherwise: no other comment whose answer led to them, and none of these is what one of the comments
    proposed. Four queries at most where words changed, those of judge_causes, and five more where some stand."""
    causes = _find_causes_of(comments)
    if not causes:
        return None
    own = list(Amendment.objects.filter(comment__in=comments))
    explained = _find_explained(causes, comments)
    orphaned = []
    for cause in causes:
        if cause.change_id not in explained or _is_proposed_in(cause, own):
            orphaned.append(cause)
    standing = leave_standing(orphaned)
    return _place(standing[0]) if standing else None


@dataclass(frozen=True, slots=True)
class LeftWords:
    """Words that were written for an answer to the comment, which is answered otherwise now; they stand in `clause`."""

    comment: Comment
    clause: Clause


def find_left_words(
    comments: QuerySet[Comment], at: datetime | None = None
) -> list[LeftWords]:
    """Where a comment was accepted once and is not any more, and the draft says (said at `at`) what changed for it,
    though no answer to anybody explains it: who refused had them taken out, and they came back. Each comment once.
    Three queries where something stands, else one, and those of judge_causes."""
    overruled = _find_overruled(comments)
    causes = list(_find_unexplained(overruled, at))
    if not causes:
        return []
    judged = judge_causes([cause.pk for cause in causes], at)
    standing = judged.keep(causes)
    bearers = {}
    for cause in standing:
        [clause, *_] = judged.find_bearers(cause) or [cause.change.clause]
        bearers[cause.disposition_id] = clause.pk
    clauses = Clause.objects.select_related("section__manual").in_bulk(bearers.values())
    answers = overruled.filter(disposition__in=bearers).select_related(
        "comment__entry__manual__work_group",
        "comment__entry__section",
        "comment__entry__blob",
    )
    left: dict[int, LeftWords] = {}
    for answer in answers.order_by("comment", "pk"):
        clause = clauses[bearers[answer.disposition_id]]
        left.setdefault(answer.comment_id, LeftWords(answer.comment, clause))
    return list(left.values())


def _find_overruled(comments: QuerySet[Comment]) -> QuerySet[Answer]:
    """The answers of before to comments by whose answer of now no words stand."""
    refused = current_answers.filter(comment__in=comments).exclude(
        disposition__outcome__in=STANDING_OUTCOMES
    )
    return Answer.objects.filter(
        Exists(refused.filter(comment=OuterRef("comment"))), current=False
    )


def _find_unexplained(
    overruled: QuerySet[Answer], at: datetime | None
) -> QuerySet[ChangeCause]:
    """What changed for these answers, where no answer in force leads to it and none built upon it."""
    until = Q() if at is None else Q(change__revision__date_created__lte=at)
    counted = find_counted_causes(current_answers)
    later = counted.filter(
        change__clause=OuterRef("change__clause"), change__gt=OuterRef("change")
    )
    causes = ChangeCause.objects.filter(
        until,
        Exists(overruled.filter(disposition=OuterRef("disposition"))),
        ~Exists(later),
        ~Exists(counted.filter(change=OuterRef("change"))),
    )
    return causes.select_related(
        "change__clause", "change__from_blob", "change__to_blob"
    ).order_by("pk")


def _find_causes_of(comments: Sequence[Comment]) -> list[ChangeCause]:
    """Each change once. Of what was overruled only what no later decision for somebody else changed: those words are
    there for that one."""
    given = Answer.objects.filter(
        comment__in=comments, disposition=OuterRef("disposition")
    )
    for_others = find_counted_causes(current_answers.exclude(comment__in=comments))
    later = for_others.filter(
        change__clause=OuterRef("change__clause"), change__gt=OuterRef("change")
    )
    causes = (
        ChangeCause.objects.filter(Exists(given))
        .annotate(
            is_in_force=Exists(given.filter(current=True)),
            is_built_upon=Exists(later),
        )
        .select_related("amendment", "change__clause")
        .order_by("pk")
    )
    in_force = {cause.change_id for cause in causes if cause.is_in_force}
    found: dict[int, ChangeCause] = {}
    for cause in causes:
        if cause.change_id in in_force or not cause.is_built_upon:
            found.setdefault(cause.change_id, cause)
    return list(found.values())


def _find_explained(
    causes: Collection[ChangeCause], comments: Sequence[Comment]
) -> set[int]:
    """The changes that led from the answers to other comments too."""
    others = find_counted_causes(current_answers.exclude(comment__in=comments))
    changes = {cause.change_id for cause in causes}
    return set(others.filter(change__in=changes).values_list("change", flat=True))


def _is_proposed_in(cause: ChangeCause, amendments: Sequence[Amendment]) -> bool:
    """Whether one of the amendments is the one that was adopted, or proposes the same for the clause."""
    adopted = cause.amendment
    if adopted is None:
        return False
    asked = (adopted.clause_id, adopted.op, adopted.proposed)
    return asked in [(each.clause_id, each.op, each.proposed) for each in amendments]


def _place(cause: ChangeCause) -> StandingWords:
    change = cause.change
    courses = load_courses({change.clause_id})
    [clause, *_] = courses.find_bearers(change) or [change.clause]
    is_cut = change.kind == ClauseChange.Kind.RETIRED
    cited = find_cited_clauses([str(clause.uuid)]).get(str(clause.uuid))
    name = f"{clause_name(cited.entry)} {cited.section.title}" if cited else ""
    return StandingWords(clause, name, is_cut)
