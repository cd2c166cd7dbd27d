"""Who works at a group's desk, what waits for each of them, and who has which comment."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup

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
    assignments = RoleAssignment.objects.now().filter(
        role__in=[Role.DRAFTER, Role.FACILITATOR],
        work_group=group,
        user__is_active=True,
    )
    people = {}
    for assignment in assignments.select_related("user").order_by("user__username"):
        people[assignment.user_id] = assignment.user
    return list(people.values())


def count_waiting_by_person(
    hearing: Hearing, group: WorkGroup | None
) -> dict[int, Waiting]:
    """{person: what waits for them} of the hearing's comments about the group's manual. One query."""
    answered = Answer.objects.filter(comment=OuterRef("comment"), current=True)
    standing = Assignment.objects.standing().filter(
        ~Exists(answered),
        comment__session__hearing=hearing,
        comment__entry__manual__work_group=group,
    )
    late = Count("pk", filter=Q(due__lt=timezone.localdate()))
    rows = standing.order_by().values(person=F("assignee"))
    waiting = {}
    for row in rows.annotate(comments=Count("pk"), late=late):
        waiting[row["person"]] = Waiting(row["comments"], row["late"])
    return waiting


def find_assignments(comment_ids: Collection[int]) -> dict[int, Assignment]:
    """{comment: who has it}, with the person. One query."""
    standing = Assignment.objects.standing().filter(comment__in=list(comment_ids))
    return {row.comment_id: row for row in standing.select_related("assignee")}
