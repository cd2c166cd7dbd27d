"""Comments that were put together because they say the same, as readers see them: one argument of several offices."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from hearing_portal.directory.permissions import Visitor
from hearing_portal.postgres.statements import is_any_of, kept_statement

from ...models import Answer, Comment, Disposition, Grouping, Sight, Support, seer_of
from ...results import UNDER_REVIEW, UNDER_REVIEW_WORDS
from .offices import OfficeCount, Offices, offices_behind

NO_ANSWER = "อยู่ระหว่างพิจารณา"


class MemberAnswer(NamedTuple):
    """What became of a comment of an argument: its current answer, None without one."""

    disposition_id: int | None
    outcome: str | None
    publication_id: int | None
    is_reviewed: bool

    def tell(self, *, sees_decisions: bool) -> tuple[int | None, str]:
        """(which answer, its result), as far as the reader may know it."""
        is_published = self.publication_id is not None
        if self.outcome is None or not (is_published or sees_decisions):
            return None, NO_ANSWER
        if self.is_reviewed and is_published:
            return self.disposition_id, UNDER_REVIEW_WORDS
        return self.disposition_id, Disposition.Outcome(self.outcome).label


@dataclass(slots=True)
class Argument:
    """How many comments the reader may see of it, the offices behind them, {office: its kind}, and what became of each
    comment that is not withdrawn."""

    comments: int
    kinds: Offices
    answers: list[MemberAnswer] = field(default_factory=list)

    @property
    def published_answers(self) -> list[str]:
        """Where its comments have not one answer for all of them: each with its number of comments, as published."""
        return self._tell_different(sees_decisions=False)

    @property
    def known_answers(self) -> list[str]:
        """The same for the desk, which knows what is not published."""
        return self._tell_different(sees_decisions=True)

    def add_answer(self, answer: MemberAnswer) -> None:
        if answer.outcome != Disposition.Outcome.WITHDRAWN:
            self.answers.append(answer)

    def _tell_different(self, *, sees_decisions: bool) -> list[str]:
        told: Counter[tuple[int | None, str]] = Counter()
        for answer in self.answers:
            told[answer.tell(sees_decisions=sees_decisions)] += 1
        if len(told) < 2:
            return []
        return [f"{words} {number} ความคิดเห็น" for (_, words), number in told.items()]

    @property
    def offices(self) -> int:
        return len(self.kinds)

    @property
    def primary(self) -> int:
        return OfficeCount.of(self.kinds).primary

    @property
    def secondary(self) -> int:
        return OfficeCount.of(self.kinds).secondary


def find_arguments(
    argument_ids: Collection[int | None], user: Visitor
) -> dict[int, Argument]:
    """{group: what it says together}, of groups with at least two comments that the reader may see. Two queries, none
    without any group."""
    ids = sorted({pk for pk in argument_ids if pk is not None})
    if not ids:
        return {}
    seer = seer_of(user)
    members = _find_members(ids, seer.id, seer.groups, sight=seer.sight)
    arguments: dict[int, Argument] = {}
    group_of: dict[int, int] = {}
    for pk, group, office, kind, *answer in members:
        argument = arguments.setdefault(group, Argument(0, {}))
        argument.comments += 1
        group_of[pk] = group
        argument.kinds |= offices_behind(office, kind, {})
        argument.add_answer(MemberAnswer(*answer))
    for comment, office, kind in _find_supports(list(group_of)):
        arguments[group_of[comment]].kinds.setdefault(office, kind)
    return {pk: each for pk, each in arguments.items() if each.comments > 1}


@kept_statement
def _find_members(
    group_ids: list[int], seer_id: int, groups: list[int], *, sight: Sight
) -> QuerySet[Comment, Any]:
    """(comment, group, office, its kind, and the values of MemberAnswer)."""
    standing = Grouping.objects.standing().filter(is_any_of("group", group_ids))
    comments = Comment.objects.seen_within(sight, seer_id, groups)
    comments = comments.filter(groupings__in=standing)
    return _with_answer(comments, "office", "office_kind")


def find_published_differences(
    argument_ids: Collection[int | None],
) -> dict[int, list[str]]:
    """{group: its published answers, each with its number of comments}, of groups that have not one answer for all of
    their comments, whoever may see these. One query, none without any group."""
    ids = sorted({pk for pk in argument_ids if pk is not None})
    if not ids:
        return {}
    standing = Grouping.objects.standing().filter(is_any_of("group", ids))
    members = _with_answer(Comment.objects.filter(groupings__in=standing))
    arguments: dict[int, Argument] = {}
    for _, group, *answer in members:
        arguments.setdefault(group, Argument(0, {})).add_answer(MemberAnswer(*answer))
    differences = {}
    for group, argument in arguments.items():
        if argument.published_answers:
            differences[group] = argument.published_answers
    return differences


def _with_answer(comments: QuerySet[Comment], *names: str) -> QuerySet[Comment, Any]:
    """Rows of (comment, group, those names, the values of MemberAnswer)."""
    current = Answer.objects.filter(comment=OuterRef("pk"), current=True)
    comments = comments.annotate(
        answer=Subquery(current.values("disposition")[:1]),
        outcome=Subquery(current.values("disposition__outcome")[:1]),
        publication=Subquery(current.values("disposition__publication")[:1]),
        is_reviewed=Exists(UNDER_REVIEW),
    )
    of_answer = ("answer", "outcome", "publication", "is_reviewed")
    return comments.values_list("pk", "groupings__group", *names, *of_answer).order_by(
        "pk"
    )


@kept_statement
def _find_supports(
    comment_ids: list[int],
) -> QuerySet[Support, tuple[int, int, str]]:
    supports = Support.objects.active().filter(is_any_of("comment", comment_ids))
    return supports.values_list("comment", "office", "office__kind")
