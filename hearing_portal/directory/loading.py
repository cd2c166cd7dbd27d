"""Carrying the announced facts (work groups, duties, area offices) from fixtures/directory into the database."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from .models import AreaOffice, WorkGroup

GROUPS_BEGIN = {  # the ministry's notifications on dividing the offices into groups
    "2560": date(2017, 11, 22),
    "2561": date(2018, 8, 2),
}
PRIMARY_BEGINS = date(2010, 8, 18)
SECONDARY_BEGINS = date(2021, 1, 29)  # 62 secondary areas since the notification of พ.ศ. 2564


@transaction.atomic
def load_directory(folder: Path) -> tuple[int, int]:
    """Load or refresh groups and offices by key; returns (groups, offices). Safe to run again."""
    groups = _load_groups(folder)
    offices = _load_offices(folder / "area_offices.csv")
    return groups, offices


def _load_groups(folder: Path) -> int:
    duties: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder / "duties.csv"):
        duty = {"clause": row["clause"], "text": row["duty_th"]}
        duties.setdefault(row["group_no"], []).append(duty)
    former = {row["key"]: row for row in _rows(folder / "former_work_groups.csv")}
    groups = 0
    for row in _rows(folder / "work_groups.csv"):
        begin = GROUPS_BEGIN[row["created_by_notification"]]
        kept = former.pop(row["key"], None)
        if kept:  # a group that kept its name since 2553 began then
            begin = date.fromisoformat(kept["valid_from"])
        _load_group(
            row,
            order=int(row["no"]),
            begin=begin,
            end=None,
            duties=duties.get(row["no"], []),
        )
        groups += 1
    for row in former.values():
        _load_group(
            row,
            order=90 + groups,  # behind those of today
            begin=date.fromisoformat(row["valid_from"]),
            end=date.fromisoformat(row["valid_until"]),
            duties=[],
        )
        groups += 1
    return groups


def _load_group(
    row: dict[str, str],
    *,
    order: int,
    begin: date,
    end: date | None,
    duties: list[dict[str, str]],
) -> None:
    is_unit = row["name_th"].startswith("หน่วย")
    aliases = (row.get("aliases") or "").split(";")
    WorkGroup.objects.update_or_create(
        key=row["key"],
        defaults={
            "name": row["name_th"],
            "short_name": row["short_th"],
            "kind": WorkGroup.Kind.UNIT if is_unit else WorkGroup.Kind.GROUP,
            "order": order,
            "aliases": list(filter(None, aliases)),
            "duties": duties,
            "valid_from": begin,
            "valid_until": end,
        },
    )


def _load_offices(path: Path) -> int:
    """Keys count within the kind in the order of the published list: P001 … P183, S001 … S062."""
    begins = {"primary": PRIMARY_BEGINS, "secondary": SECONDARY_BEGINS}
    counts = {"primary": 0, "secondary": 0}
    for row in _rows(path):
        kind = row["type"]
        counts[kind] += 1
        letter = kind[0].upper()
        AreaOffice.objects.update_or_create(
            key=f"{letter}{counts[kind]:03}",
            defaults={
                "kind": kind,
                "name": row["name_th"],
                "short_name": row["short_name_th"],
                "provinces": row["province_th"].split(";"),
                "area_no": int(row["area_no"]) if row["area_no"] else None,
                "valid_from": begins[kind],
            },
        )
    return sum(counts.values())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
