"""What stands in the directory, and what loading the shipped list would do to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Count, Q
from django.utils import timezone

from hearing_portal.shipped_lists import ShippedPlan, compare_with_shipped, plan_new_row

from ..models import AreaOffice, WorkGroup
from ..offices.keys import next_office_key
from .shipped_files import (
    SHIPPED_FOLDER,
    Listed,
    read_listed_groups,
    read_listed_offices,
)


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """What the directory has today."""

    groups: int
    primary_offices: int
    secondary_offices: int

    @property
    def offices(self) -> int:
        return self.primary_offices + self.secondary_offices

    @property
    def is_complete(self) -> bool:
        """Whether a hearing can begin: there are groups, and offices to speak for."""
        return bool(self.groups and self.offices)


def find_directory_state() -> DirectoryState:
    """Groups and offices that are valid today. Two queries."""
    today = timezone.localdate()
    offices = AreaOffice.objects.valid_on(today).aggregate(
        primary=Count("pk", filter=Q(kind=AreaOffice.Kind.PRIMARY)),
        secondary=Count("pk", filter=Q(kind=AreaOffice.Kind.SECONDARY)),
    )
    return DirectoryState(
        groups=WorkGroup.objects.valid_on(today).count(),
        primary_offices=offices["primary"],
        secondary_offices=offices["secondary"],
    )


@dataclass(frozen=True, slots=True)
class DirectoryPlan:
    """What loading the shipped list does, or did."""

    groups: ShippedPlan[WorkGroup]
    offices: ShippedPlan[AreaOffice]

    @property
    def does_nothing(self) -> bool:
        return self.groups.does_nothing and self.offices.does_nothing


def plan_directory(folder: Path = SHIPPED_FOLDER) -> DirectoryPlan:
    """What loading would do now; changes nothing. Two queries."""
    return DirectoryPlan(
        groups=_plan_groups(read_listed_groups(folder)),
        offices=_plan_offices(read_listed_offices(folder)),
    )


def _plan_groups(listed: Iterable[Listed]) -> ShippedPlan[WorkGroup]:
    """A group of the list is the one that was loaded from it, or one made by hand with its key or name."""
    plan: ShippedPlan[WorkGroup] = ShippedPlan()
    by_listed_key: dict[str, WorkGroup] = {}
    by_key: dict[str, WorkGroup] = {}
    by_name: dict[str, WorkGroup] = {}
    for group in WorkGroup.objects.all():
        if group.as_shipped is not None:
            by_listed_key[group.as_shipped["key"]] = group
        else:
            by_key[group.key] = group
            by_name[group.name] = group
    for values in listed:
        found = (
            by_listed_key.get(values["key"])
            or by_key.get(values["key"])
            or by_name.get(values["name"])
        )
        if found is None:
            plan.rows.append(plan_new_row(WorkGroup(key=values["key"]), values))
        else:
            plan.rows.append(compare_with_shipped(found, values))
    return plan


def _plan_offices(listed: list[Listed]) -> ShippedPlan[AreaOffice]:
    """An office of the list is the one that was loaded from it, or one made by hand with its name. Its key there may
    have been given to another one by hand: then it gets the next free one."""
    plan: ShippedPlan[AreaOffice] = ShippedPlan()
    by_listed_key: dict[str, AreaOffice] = {}
    by_name: dict[str, AreaOffice] = {}
    taken_keys: set[str] = set()
    for office in AreaOffice.objects.all():
        taken_keys.add(office.key)
        if office.as_shipped is not None:
            by_listed_key[office.as_shipped["key"]] = office
        else:
            by_name[office.short_name] = office
            by_name[office.name] = office
    keys_of_list = {values["key"] for values in listed}
    for values in listed:
        found = (
            by_listed_key.get(values["key"])
            or by_name.get(values["name"])
            or by_name.get(values["short_name"])
        )
        if found is not None:
            plan.rows.append(compare_with_shipped(found, values))
            continue
        key = values["key"]
        if key in taken_keys:
            key = next_office_key(values["kind"], besides=taken_keys | keys_of_list)
        taken_keys.add(key)
        plan.rows.append(plan_new_row(AreaOffice(key=key), values))
    return plan
