"""Work groups: adding them, correcting what is written of them. One that is no more has a last day; one that was a
mistake is removed, as long as nothing refers to it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, QuerySet

from hearing_portal.acts.overtaking import refuse_overtaken
from hearing_portal.acts.services import act
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.shipped_lists import FieldDifference
from hearing_portal.thai.dates import be_date

from ..acts import DIRECTORY_CHANGED, about_work_group
from ..field_words import GROUP_WORDS, tell_differences
from ..locks import lock_directory
from ..models import RoleAssignment, User, WorkGroup
from ..people.services import end_role
from .queries import find_references_to_group

# What may be corrected; the key stands in addresses, and the manual has it too
CORRECTABLE = (
    "name",
    "short_name",
    "kind",
    "order",
    "aliases",
    "valid_from",
    "valid_until",
)
RESERVED_KEYS = ("BOOK",)  # of the book's own foreword


class GroupRefused(Refusal):
    """A group that cannot be added, or a correction that cannot be made; `field` is what is wrong."""

    kind = RefusalKind.CONFLICT


class RolesAfterLastDay(GroupRefused):
    """People hold roles of the group after the day that is to be its last. They can be ended in the same act."""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What is written of a group. Without `order` it stands behind those of today."""

    key: str
    name: str
    short_name: str
    kind: str
    valid_from: date
    order: int | None = None
    aliases: list[str] = field(default_factory=list)
    valid_until: date | None = None


def add_work_group(facts: GroupFacts, *, by: User, reason: str = "") -> WorkGroup:
    """Raises GroupRefused."""
    with act(by=by, reason=reason) as done:
        lock_directory()
        if facts.key in RESERVED_KEYS:
            raise GroupRefused(
                f"รหัส {facts.key} ใช้กับคำนำของเล่มแล้ว โปรดใช้รหัสอื่น", field="key"
            )
        if WorkGroup.objects.filter(key=facts.key).exists():
            raise GroupRefused(
                f"มีกลุ่มงานที่ใช้รหัส {facts.key} แล้ว โปรดใช้รหัสอื่น", field="key"
            )
        group = WorkGroup(
            key=facts.key,
            name=facts.name,
            short_name=facts.short_name,
            kind=facts.kind,
            order=facts.order if facts.order is not None else next_order(),
            aliases=facts.aliases,
            valid_from=facts.valid_from,
            valid_until=facts.valid_until,
        )
        _refuse_namesakes(group)
        group.save()
        done.record(
            DIRECTORY_CHANGED,
            about_work_group(group),
            note=f"เพิ่มกลุ่มงาน รหัส {group.key}",
        )
        return group


def next_order() -> int:
    """The place behind the groups that have no last day."""
    last = WorkGroup.objects.filter(valid_until__isnull=True).aggregate(
        last=Max("order")
    )["last"]
    return (last or 0) + 1


def change_work_group(
    group: WorkGroup,
    *,
    by: User,
    reason: str = "",
    end_roles: bool = False,
    version: str = "",
    **values: object,
) -> WorkGroup:
    """`values`: of CORRECTABLE; `version` of them as the person read them. With `end_roles` the roles of the group end
    on its last day too. Raises GroupRefused, EditOvertaken, and what ending a role raises."""
    with act(by=by, reason=reason) as done:
        lock_directory()
        group = WorkGroup.objects.select_for_update().get(pk=group.pk)
        changes: list[FieldDifference] = []
        for name in CORRECTABLE:
            before = getattr(group, name)
            after = values.get(name, before)
            if after != before:
                changes.append(FieldDifference(name, before, after))
        if not changes:
            return group
        refuse_overtaken(group, CORRECTABLE, version, about_work_group(group))
        for change in changes:
            setattr(group, change.name, change.listed)
        changed = [change.name for change in changes]
        _refuse_namesakes(group)
        if "valid_from" in changed:
            _refuse_roles_before(group)
        if group.valid_until is not None and group.valid_until < group.valid_from:
            raise GroupRefused(
                f"กลุ่มนี้จัดตั้งเมื่อ {be_date(group.valid_from)} วันสิ้นสุดต้องไม่ก่อนวันนั้น",
                field="valid_until",
            )
        if "valid_until" in changed and group.valid_until is not None:
            _settle_roles_after(group, group.valid_until, end_roles=end_roles, by=by)
        group.save(update_fields=changed)
        done.record(
            DIRECTORY_CHANGED,
            about_work_group(group),
            note="แก้" + tell_differences(changes, GROUP_WORDS),
        )
        return group


class GroupStillReferredTo(GroupRefused):
    """Something refers to the group; `references` says what."""

    def __init__(self, references: list[str]) -> None:
        self.references = references
        super().__init__(
            f"นำกลุ่มงานออกไม่ได้ เพราะมีข้อมูลที่อ้างถึงกลุ่มนี้แล้ว ได้แก่ {', '.join(references)} "
            "หากกลุ่มนี้ยุบหรือรวมกับกลุ่มอื่น โปรดกรอกวันสิ้นสุดของกลุ่มแทน"
        )


def remove_work_group(group: WorkGroup, *, by: User) -> None:
    """Raises GroupStillReferredTo."""
    with act(by=by) as done:
        lock_directory()
        group = WorkGroup.objects.select_for_update().get(pk=group.pk)
        references = find_references_to_group(group)
        if references:
            raise GroupStillReferredTo(references)
        done.record(
            DIRECTORY_CHANGED,
            about_work_group(group),
            note=f"นำกลุ่มงานออก รหัส {group.key}",
        )
        group.delete()


def _refuse_namesakes(group: WorkGroup) -> None:
    """Two groups of one time need two names: people look for them by name. A former group may have had it."""
    others: QuerySet[WorkGroup] = WorkGroup.objects.exclude(pk=group.pk).filter(
        valid_until__isnull=True
    )
    if group.valid_until is not None:
        return
    for name in ("name", "short_name"):
        namesake = others.filter(**{name: getattr(group, name)}).first()
        if namesake is not None:
            raise GroupRefused(
                f"กลุ่มงานรหัส {namesake.key} ใช้{GROUP_WORDS[name]}นี้แล้ว โปรดใช้ชื่ออื่น หรือสิ้นสุดกลุ่มนั้นก่อน",
                field=name,
            )


def _refuse_roles_before(group: WorkGroup) -> None:
    earlier = RoleAssignment.objects.filter(
        work_group=group, valid_from__lt=group.valid_from
    )
    people = earlier.values("user").distinct().count()
    if people:
        raise GroupRefused(
            f"มี {people:,} คนซึ่งมีบทบาทของกลุ่มนี้ก่อนวันนั้น โปรดกรอกวันที่ไม่หลังวันเริ่มต้นของบทบาทเหล่านั้น",
            field="valid_from",
        )


def _settle_roles_after(
    group: WorkGroup, last_day: date, *, end_roles: bool, by: User
) -> None:
    """Nobody may work for a group that is no more."""
    later = RoleAssignment.objects.filter(work_group=group).exclude(
        valid_until__lte=last_day
    )
    rows = list(later.select_related("user", "work_group", "office"))
    if not rows:
        return
    people = len({row.user_id for row in rows})
    if not end_roles:
        raise RolesAfterLastDay(
            f"ยังมี {people:,} คนซึ่งมีบทบาทของกลุ่มนี้หลังวันนั้น โปรดกำหนดวันสิ้นสุดของบทบาทเหล่านั้นก่อน หรือเลือกให้สิ้นสุดพร้อมกลุ่ม",
            field="valid_until",
        )
    for row in rows:
        if row.valid_from > last_day:
            raise GroupRefused(
                f"{row.user.username} มีบทบาทของกลุ่มนี้ที่เริ่ม {be_date(row.valid_from)} ซึ่งหลังวันสิ้นสุดของกลุ่ม "
                "จึงสิ้นสุดพร้อมกันไม่ได้ โปรดเลือกวันสิ้นสุดที่ไม่ก่อนวันนั้น",
                field="valid_until",
            )
        end_role(row, last_day, by=by)
