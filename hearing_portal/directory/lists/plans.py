"""What taking in a list would do, whichever kind it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db.models import Min, Model

from hearing_portal.shipped_lists import FieldDifference

from ..importing.people_rows import RowError
from ..importing.unknown_columns import UnknownColumn
from ..models import RoleAssignment


@dataclass(frozen=True, slots=True)
class NewRow:
    """A good row about something not known yet; `values` are those of its kind's facts (OfficeFacts, GroupFacts)."""

    line: int
    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A good row that says something else of a known one than stands there."""

    line: int
    known: Model
    differences: list[FieldDifference]

    @property
    def listed_values(self) -> dict[str, Any]:
        """What the row says otherwise."""
        return {difference.name: difference.listed for difference in self.differences}


@dataclass(frozen=True, slots=True)
class NewLink:
    """What a good row says of something known and something else, of the list or known too, and is not stored yet.
    `name` is a sentence that tells it; `values` are those of its kind."""

    line: int
    name: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class ListPlan:
    """What a file would do, or did. `same` counts the rows that say what stands there, but for their links."""

    new: list[NewRow] = field(default_factory=list)
    changed: list[ChangedRow] = field(default_factory=list)
    links: list[NewLink] = field(default_factory=list)
    same: int = 0
    errors: list[RowError] = field(default_factory=list)
    unknown_columns: list[UnknownColumn] = field(default_factory=list)

    def add_known(self, line: int, known: Model, values: Mapping[str, Any]) -> None:
        """A good row about a known one: changed where it says otherwise than stands there, else the same."""
        differences = row_differences(known, values)
        if differences:
            self.changed.append(ChangedRow(line, known, differences))
        else:
            self.same += 1

    @property
    def bad_lines(self) -> int:
        """How many rows have an error."""
        return len({error.line for error in self.errors})

    @property
    def good_lines(self) -> int:
        """How many rows are to be taken in."""
        lines = {row.line for row in self.new}
        lines |= {row.line for row in self.changed}
        lines |= {link.line for link in self.links}
        return len(lines)

    @property
    def rows(self) -> int:
        return len(self.new) + len(self.changed) + self.same + self.bad_lines


def row_differences(known: Model, values: Mapping[str, Any]) -> list[FieldDifference]:
    """Where the row says otherwise than stands there. An empty cell says nothing."""
    found: list[FieldDifference] = []
    for name, value in values.items():
        if value in (None, "", []):
            continue
        stored = getattr(known, name)
        if stored != value:
            found.append(FieldDifference(name, stored, value))
    return found


def find_first_roles(scope: Literal["office", "work_group"]) -> dict[int, date]:
    """{pk of an office or a group: the first day of a role for it}. One query."""
    roles = RoleAssignment.objects.filter(**{f"{scope}__isnull": False})
    return dict(roles.values_list(scope).annotate(first=Min("valid_from")).order_by())
