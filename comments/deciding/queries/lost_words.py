"""The words that were adopted from comments and are not in the draft any more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import Clause, ClauseChange, ClauseLineage, Section
from manuals.models.survivors import find_descent

from ...models import Answer, ChangeCause, Comment, Disposition
from ...standing.queries.counted_causes import current_answers, find_counted_causes
from ...standing.queries.fallen_words import Fall, judge_suspects, suspect_causes
from .drafting_debts import find_owed_of

PLACE = ("amendment", "change__clause__section__manual", "disposition")


@dataclass(frozen=True, slots=True)
class LostWords:
    """Words adopted from the comment that are gone; `change` is the act that adopted them, by `cause`. They are written
    in `clause`: that of the change, or where that left the manual, the one that has its words."""

    comment: Comment
    cause: ChangeCause
    clause: Clause

    @property
    def key(self) -> str:
        """Names it among what an act may bring back."""
        return f"lost-{self.cause.pk}"

    @property
    def change(self) -> ClauseChange:
        return self.cause.change


def find_lost_words(
    comments: QuerySet[Comment], at: datetime | None = None
) -> Iterator[LostWords]:
    """What was adopted from one of the comments and is gone, from the draft as it stood then, or stands now, by the
    rule of judge_causes; not what a later decision changed, what no longer answers a comment, or whose promise was kept
    by another change since. A promise of which nothing stands is owed again (find_drafting_debts), and not told here.
    One query, up to five and one for each generation of clauses split or joined where adopted words were changed later.
    """
    answers = current_answers.filter(comment__in=comments)
    made_until = Q() if at is None else Q(change__revision__date_created__lte=at)
    causes = find_counted_causes(answers).filter(made_until)
    suspects = suspect_causes(causes, at).select_related(*PLACE)
    lost = _keep_lost(list(suspects.order_by("pk")), at)
    yield from _describe(lost, answers)


def find_lost_words_of_section(
    section: Section, at: datetime | None = None
) -> list[LostWords]:
    """The same of words that are written in the section, or were; a promise that is owed again is none. Those that were
    lost as the draft stood at `at`, where an act since then may have brought them back."""
    suspects: Iterable[ChangeCause] = _suspect_in_section(section.pk, at)
    if at is None:
        suspects = _find_suspects_of_section(section.pk)
    found = []
    for lost in _describe(_keep_lost(suspects, at), current_answers):
        if section.pk in (lost.change.clause.section_id, lost.clause.section_id):
            found.append(lost)
    return found


@kept_statement
def _find_suspects_of_section(section_id: int) -> QuerySet[ChangeCause]:
    return _suspect_in_section(section_id, None)


def _suspect_in_section(section_id: int, at: datetime | None) -> QuerySet[ChangeCause]:
    """And of whatever was joined to something, or divided, wherever: they are few."""
    lines = ClauseLineage.objects.filter(from_clause=OuterRef("change__clause"))
    causes = find_counted_causes(current_answers).filter(
        Q(change__clause__section=section_id) | Exists(lines)
    )
    return suspect_causes(causes, at).select_related(*PLACE).order_by("pk")


def _describe(
    lost: Sequence[ChangeCause], answers: QuerySet[Answer]
) -> Iterator[LostWords]:
    """Each change once for a comment. No query where nothing is lost, else two and one for each generation."""
    if not lost:
        return
    answers = answers.select_related(
        "comment__entry__manual__work_group",
        "comment__entry__section",
        "comment__entry__blob",
    )
    prefetch_related_objects(lost, Prefetch("disposition__answers", answers))
    # Not by what it said at a time: that is where they are written now
    descent = find_descent({cause.change.clause_id for cause in lost})
    told: set[tuple[int, int]] = set()
    for cause in lost:
        answered = [answer.comment for answer in cause.disposition.answers.all()]
        own = []
        for each in answered:
            if cause.amendment is not None and each.pk == cause.amendment.comment_id:
                own.append(each)
        comment = (own or answered)[0]
        clause = descent.where_written(cause.change.clause)
        if (comment.pk, cause.change_id) not in told:
            told.add((comment.pk, cause.change_id))
            yield LostWords(comment, cause, clause)


def find_dispositions_with_lost_words(disposition_ids: list[int]) -> set[int]:
    """Those of these dispositions of whose adopted words some are lost by now, by the rule and at the cost of
    find_lost_words."""
    lost = _keep_lost(_find_suspects_of_dispositions(disposition_ids), None)
    return {cause.disposition_id for cause in lost}


@kept_statement
def _find_suspects_of_dispositions(
    disposition_ids: list[int],
) -> QuerySet[ChangeCause]:
    causes = ChangeCause.objects.filter(is_any_of("disposition", disposition_ids))
    return suspect_causes(causes, None).select_related("disposition")


def _keep_lost(
    suspects: Iterable[ChangeCause], at: datetime | None
) -> list[ChangeCause]:
    """Without those of promises that are owed again."""
    rows = list(suspects)
    standing = judge_suspects(rows, at)
    lost = [cause for cause in rows if standing.fallen.get(cause.pk) == Fall.LOST]
    promised = set()
    for cause in lost:
        if cause.disposition.effect == Disposition.Effect.TO_DRAFT:
            promised.add(cause.disposition_id)
    owed = find_owed_of(sorted(promised))
    return [cause for cause in lost if cause.disposition_id not in owed]
