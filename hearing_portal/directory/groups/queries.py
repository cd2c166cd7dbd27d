"""Reading groups for the administrators."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from ..models import RoleAssignment, WorkGroup

# What refers to a group, by the names of its relations: all of them (a test holds that) but the log
REFERRING = {
    "roles": "บทบาทของบุคคล",
    "manual": "คู่มือ",
    "hearing_sessions": "เวที",
    "publications": "ผลการพิจารณาที่เผยแพร่แล้ว",
    "conclusions": "บทสรุปผลประชาพิจารณ์",
    "overlaps_as_a": "ทะเบียนเรื่องซ้ำซ้อน",
    "overlaps_as_b": "ทะเบียนเรื่องซ้ำซ้อน",
    "answer_blocks": "คำตอบมาตรฐาน",
}


def find_references_to_group(group: WorkGroup) -> list[str]:
    """The words of what refers to the group, now or formerly: while something does, it cannot be removed. A query for
    each."""
    found: list[str] = []
    for relation in WorkGroup._meta.related_objects:
        rows = relation.related_model._base_manager.filter(
            **{relation.field.name: group}
        )
        if rows.exists():
            found.append(REFERRING[relation.get_accessor_name() or ""])
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class WorkGroupRow:
    """A group and how many people hold a role for it on a day."""

    group: WorkGroup
    people: int
    has_ended: bool


def find_work_groups(day: date | None = None) -> list[WorkGroupRow]:
    """All of them in book order, those that ended last. One query."""
    day = day or timezone.localdate()
    has_begun = Q(roles__valid_from__lte=day)
    has_not_ended = Q(roles__valid_until__isnull=True) | Q(roles__valid_until__gte=day)
    groups = WorkGroup.objects.annotate(
        people=Count("roles__user", filter=has_begun & has_not_ended, distinct=True)
    )
    rows: list[WorkGroupRow] = []
    for group in groups:
        has_ended = group.valid_until is not None and group.valid_until < day
        rows.append(WorkGroupRow(group, group.people, has_ended))
    return sorted(rows, key=lambda row: row.has_ended)


def count_people_by_role(group: WorkGroup) -> list[tuple[str, int]]:
    """[(word of the role, people who hold it for the group today)], without roles nobody holds. One query."""
    held = RoleAssignment.objects.now().filter(work_group=group)
    counted = dict(
        held.values_list("role")
        .annotate(people=Count("user", distinct=True))
        .order_by()
    )
    counts = []
    for role in RoleAssignment.Role:
        if role.value in counted:
            counts.append((role.label, counted[role.value]))
    return counts
