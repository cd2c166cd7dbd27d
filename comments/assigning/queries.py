"""Who works at a group's desk, what waits for each of them, and who has which comment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from hearing_portal.postgres.statements import is_any_of, kept_statement

from ..models import Answer, Assignment, Hearing

Role = RoleAssignment.Role


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many comments given to somebody are not considered yet, and how many of them are late."""

    comments: int = 0
    late: int = 0


def find_people_at_desk(group: WorkGroup | None) -> list[User]:
    """The drafters and facilitators of today, each once. One query; none beside a group."""
    if group is None:
        return []
    people = {}
    for assignment in _find_desk_roles(group.pk, timezone.localdate()):
        people[assignment.user_id] = assignment.user
    return list(people.values())


@kept_statement
def _find_desk_roles(group_id: int, day: date) -> QuerySet[RoleAssignment]:
    assignments = RoleAssignment.objects.valid_on(day).filter(
        role__in=[Role.DRAFTER, Role.FACILITATOR],
        work_group=group_id,
        user__is_active=True,
    )
    return assignments.select_related("user").order_by("user__username")


def count_waiting_by_person(
    hearing: Hearing, group: WorkGroup | None
) -> dict[int, Waiting]:
    """{person: what waits for them} of the hearing's comments about the group's manual. One query."""
    rows = _count_waiting_by_person(
        hearing.pk, group.pk if group is not None else None, timezone.localdate()
    )
    return {row["person"]: Waiting(row["comments"], row["late"]) for row in rows}


@kept_statement
def _count_waiting_by_person(
    hearing_id: int, group_id: int | None, today: date
) -> QuerySet[Assignment, Any]:
    answered = Answer.objects.filter(comment=OuterRef("comment"), current=True)
    standing = Assignment.objects.standing().filter(
        ~Exists(answered),
        comment__session__hearing=hearing_id,
        comment__entry__manual__work_group=group_id,
    )
    late = Count("pk", filter=Q(due__lt=today))
    rows = standing.order_by().values(person=F("assignee"))
    return rows.annotate(comments=Count("pk"), late=late)


def find_assignments(comment_ids: Collection[int]) -> dict[int, Assignment]:
    """{comment: who has it}, with the person. One query."""
    rows = _find_assignments(list(comment_ids))
    return {row.comment_id: row for row in rows}


@kept_statement
def _find_assignments(comment_ids: list[int]) -> QuerySet[Assignment]:
    standing = Assignment.objects.standing().filter(is_any_of("comment", comment_ids))
    return standing.select_related("assignee")
