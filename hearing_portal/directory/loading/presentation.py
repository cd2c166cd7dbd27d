"""What loading the shipped list would do, as its page shows it."""

from dataclasses import dataclass

from django.urls import reverse

from hearing_portal.shipped_lists import FieldDifference
from hearing_portal.web.shipped_cards import (
    DifferenceWords,
    ShippedRowCard,
    changed_cards,
    kept_cards,
)

from ..field_words import GROUP_WORDS, OFFICE_WORDS, tell_value
from ..models import AreaOffice, WorkGroup
from .queries import DirectoryPlan


@dataclass(frozen=True, slots=True)
class DirectoryPlanCards:
    """What is added, by name; what is taken in; what stays as somebody wrote it."""

    new_groups: list[str]
    new_primary_offices: list[str]
    new_secondary_offices: list[str]
    changed: list[ShippedRowCard]
    kept: list[ShippedRowCard]

    @property
    def new_offices(self) -> int:
        return len(self.new_primary_offices) + len(self.new_secondary_offices)

    @property
    def does_nothing(self) -> bool:
        return not self.new_groups and not self.new_offices and not self.changed


def directory_plan_cards(plan: DirectoryPlan) -> DirectoryPlanCards:
    primary: list[str] = []
    secondary: list[str] = []
    for row in plan.offices.new:
        of_kind = (
            primary if row.listed["kind"] == AreaOffice.Kind.PRIMARY else secondary
        )
        of_kind.append(row.listed["short_name"])
    return DirectoryPlanCards(
        new_groups=[row.listed["name"] for row in plan.groups.new],
        new_primary_offices=primary,
        new_secondary_offices=secondary,
        changed=[
            *changed_cards(plan.groups.rows, url_of=_group_url, tell=_tell_group),
            *changed_cards(plan.offices.rows, url_of=_office_url, tell=_tell_office),
        ],
        kept=[
            *kept_cards(plan.groups.rows, url_of=_group_url, tell=_tell_group),
            *kept_cards(plan.offices.rows, url_of=_office_url, tell=_tell_office),
        ],
    )


def _group_url(group: WorkGroup) -> str:
    return reverse("work-group", args=[group.key])


def _office_url(office: AreaOffice) -> str:
    return reverse("office", args=[office.key])


def _tell_group(difference: FieldDifference) -> DifferenceWords:
    name, stored, listed = difference
    return DifferenceWords(
        GROUP_WORDS[name], tell_value(name, stored), tell_value(name, listed)
    )


def _tell_office(difference: FieldDifference) -> DifferenceWords:
    name, stored, listed = difference
    return DifferenceWords(
        OFFICE_WORDS[name], tell_value(name, stored), tell_value(name, listed)
    )
