"""What became of the words of clauses, by all that was done to them and to what came out of them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from manuals.models import Clause, ClauseChange
from manuals.models.out_of_manual import is_section_gone
from manuals.models.survivors import Descent, find_descent
from manuals.models.undone import is_undone

from ...models import Answer
from ..adopted_pieces import is_kept
from .counted_causes import WORDS_STAY, current_answers, find_counted_causes

Kind = ClauseChange.Kind


@dataclass(slots=True)
class Course:
    """What the changes of a clause made of its words: what it says, None where it stands no more, the last change of
    all, and those that decisions made."""

    clause: Clause
    words: str | None = None
    last: ClauseChange | None = None
    decided: list[ClauseChange] = field(default_factory=list)


@dataclass(slots=True)
class Courses:
    descent: Descent
    of_clause: dict[int, Course] = field(default_factory=dict)

    def words_of(self, clause_id: int) -> str | None:
        """What is said by the clause and by all that came out of it; None where none of them stands."""
        said = [
            each.words for each in self._standing(clause_id) if each.words is not None
        ]
        return "\n".join(said) if said else None

    def find_bearers(self, change: ClauseChange) -> list[Clause]:
        """The clauses in which what the change did stands, or the clause that it cut: its own where that alone keeps
        it, else those that came out of it and keep it, or where only all together do, all. None where it is gone.
        """
        own = self.of_clause[change.clause_id]
        words = self.words_of(change.clause_id)
        if not is_kept(change, own.words, words):
            return []
        if words is None or is_kept(change, own.words, own.words):
            return [own.clause]
        standing = self._standing(change.clause_id)
        keeping = [each for each in standing if is_kept(change, each.words, each.words)]
        return [each.clause for each in keeping or standing]

    def find_last_changes(self, change: ClauseChange) -> list[ClauseChange]:
        """The last ones of find_bearers: after each of these the clause says what it says."""
        found = []
        for clause in self.find_bearers(change):
            last = self.of_clause[clause.pk].last
            if last is not None:
                found.append(last)
        return found

    def _standing(self, clause_id: int) -> list[Course]:
        """That of the clause and of all that came out of it, of those that stand."""
        standing = []
        for each in (clause_id, *sorted(self.descent.descendants_of(clause_id))):
            course = self.of_clause.get(each)
            if course is not None and course.words is not None:
                standing.append(course)
        return standing


def words_before(change: ClauseChange) -> str | None:
    if change.kind == Kind.RESTORED or change.from_blob is None:
        return None
    return change.from_blob.plain


def words_after(change: ClauseChange) -> str | None:
    if change.kind == Kind.RETIRED or change.to_blob is None:
        return None
    return change.to_blob.plain


def load_courses(
    clause_ids: Collection[int],
    at: datetime | None = None,
    answers: QuerySet[Answer] = current_answers,
) -> Courses:
    """Of these clauses, and of all that came out of them, up to `at` or by now; decided is what led from one of the
    `answers`. Two queries, one more for each generation that came out of the clauses; none without clauses."""
    related = set(clause_ids)
    courses = Courses(find_descent(related))
    if not related:
        return courses
    related.update(courses.descent.clause_ids)
    until = Q() if at is None else Q(revision__date_created__lte=at)
    changes = (
        ClauseChange.objects.filter(until, clause__in=related)
        .annotate(
            is_decided=Exists(
                find_counted_causes(answers).filter(
                    ~is_undone("change__revision", at), change=OuterRef("pk")
                )
            ),
            left_with_section=is_section_gone("to_section", at),
        )
        .select_related("from_blob", "to_blob", "clause", "revision")
    )
    for change in changes.order_by("pk"):
        course = courses.of_clause.setdefault(change.clause_id, Course(change.clause))
        # Gone with the section in which the last change put it
        course.words = None if change.left_with_section else words_after(change)
        course.last = change
        if change.is_decided and change.kind not in WORDS_STAY:
            course.decided.append(change)
    return courses
