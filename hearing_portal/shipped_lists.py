"""Lists that come with the portal, kept beside what people change by hand.

A row that was loaded from such a list remembers in `as_shipped` what the list said: {"key": its key there, field:
value as JSON} (and whatever else of it is to be remembered). It is None for a row that was made by hand. A field that
differs from what is remembered was changed by hand, and stays as it is; so does one of which nothing is remembered,
unless it is empty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import models


class ListedModel(models.Model):
    """A row that may come from a list of the portal's."""

    as_shipped = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True


class FieldDifference(NamedTuple):
    """A field of a row that is not as the list has it, both values as JSON."""

    name: str
    stored: Any
    listed: Any


@dataclass(frozen=True, slots=True)
class ShippedRow[Row: ListedModel]:
    """What the list would do to one row: `changes` are taken in, `kept` were changed by hand and stay."""

    row: Row
    listed: dict[str, Any]
    is_new: bool = False
    changes: tuple[FieldDifference, ...] = ()
    kept: tuple[FieldDifference, ...] = ()


@dataclass(slots=True)
class ShippedPlan[Row: ListedModel]:
    """What loading a list would do, row by row in its order."""

    rows: list[ShippedRow[Row]] = field(default_factory=list)

    @property
    def new(self) -> list[ShippedRow[Row]]:
        return [row for row in self.rows if row.is_new]

    @property
    def changed(self) -> list[ShippedRow[Row]]:
        return [row for row in self.rows if row.changes and not row.is_new]

    @property
    def kept(self) -> list[ShippedRow[Row]]:
        """Those that stay otherwise than the list has them."""
        return [row for row in self.rows if row.kept]

    @property
    def does_nothing(self) -> bool:
        return not self.new and not self.changed


def compare_with_shipped[Row: ListedModel](
    row: Row, listed: Mapping[str, Any]
) -> ShippedRow[Row]:
    """`listed` has the list's own key of the row, and its fields as JSON."""
    remembered: dict[str, Any] = row.as_shipped or {}
    changes: list[FieldDifference] = []
    kept: list[FieldDifference] = []
    for difference in _differences(row, listed):
        if difference.name in remembered:
            is_untouched = difference.stored == remembered[difference.name]
        else:
            # A last day that is not given says that the thing still stands: that is no gap to be filled
            is_last_day = difference.name in ("valid_until", "until")
            is_untouched = difference.stored in ("", []) or (
                difference.stored is None and not is_last_day
            )
        if is_untouched:
            changes.append(difference)
        else:
            kept.append(difference)
    return ShippedRow(row, dict(listed), changes=tuple(changes), kept=tuple(kept))


def plan_new_row[Row: ListedModel](
    row: Row, listed: Mapping[str, Any]
) -> ShippedRow[Row]:
    """The same for a row that is not stored yet."""
    return ShippedRow(row, dict(listed), is_new=True, changes=_differences(row, listed))


def _differences(
    row: models.Model, listed: Mapping[str, Any]
) -> tuple[FieldDifference, ...]:
    """Of the fields that the list has, except the key: the row's own need not be the list's."""
    fields = {field.name for field in row._meta.concrete_fields}
    found: list[FieldDifference] = []
    for name, value in listed.items():
        if name not in fields or name == "key":
            continue
        stored = as_json(getattr(row, name))
        if stored != value:
            found.append(FieldDifference(name, stored, value))
    return tuple(found)


def as_json(value: Any) -> Any:
    """A day as 2022-01-31, any other value as it is."""
    if isinstance(value, date):
        return value.isoformat()
    return value


def store_shipped[Row: ListedModel](rows: Iterable[ShippedRow[Row]]) -> None:
    """Takes in what the list says, and remembers it; what was changed by hand stays. Inside the caller's act."""
    for planned in rows:
        row = planned.row
        fields = {field.name: field for field in row._meta.concrete_fields}
        changed = []
        for difference in planned.changes:
            value = fields[difference.name].to_python(difference.listed)
            setattr(row, difference.name, value)
            changed.append(difference.name)
        # Of what was changed by hand, what was remembered before stays remembered
        before: dict[str, Any] = row.as_shipped or {}
        remembered = dict(planned.listed)
        for difference in planned.kept:
            del remembered[difference.name]
            if difference.name in before:
                remembered[difference.name] = before[difference.name]
        if planned.is_new:
            row.as_shipped = remembered
            row.save()
        elif remembered != before:
            row.as_shipped = remembered
            row.save(update_fields=["as_shipped", *changed])
