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
    duties: dict[str, list[dict[str, str]]] = {}
    for row in _rows(folder / "duties.csv"):
        duties.setdefault(row["group_no"], []).append({"clause": row["clause"], "text": row["duty_th"]})
    former = {row["key"]: row for row in _rows(folder / "former_work_groups.csv")}
    groups = 0
    for row in _rows(folder / "work_groups.csv"):
        old = former.pop(row["key"], None)
        _load_group(row["key"], row, int(row["no"]), _begin(row, old), None, duties.get(row["no"], []))
        groups += 1
    for row in former.values():
        ended = date.fromisoformat(row["valid_until"])
        _load_group(row["key"], row, 90 + groups, date.fromisoformat(row["valid_from"]), ended, [])
        groups += 1
    return groups, sum(1 for _ in _load_offices(folder / "area_offices.csv"))


def _begin(row: dict[str, str], former: dict[str, str] | None) -> date:
    """A group that kept its name since 2553 began then."""
    return date.fromisoformat(former["valid_from"]) if former else GROUPS_BEGIN[row["created_by_notification"]]


def _load_group(
    key: str, row: dict[str, str], order: int, begin: date, end: date | None, duties: list[dict[str, str]]
) -> None:
    is_unit = row["name_th"].startswith("หน่วย")
    WorkGroup.objects.update_or_create(
        key=key,
        defaults={
            "name": row["name_th"],
            "short_name": row["short_th"],
            "kind": WorkGroup.Kind.UNIT if is_unit else WorkGroup.Kind.GROUP,
            "order": order,
            "aliases": [alias for alias in (row.get("aliases") or "").split(";") if alias],
            "duties": duties,
            "valid_from": begin,
            "valid_until": end,
        },
    )


def _load_offices(path: Path) -> Iterator[AreaOffice]:
    """Keys count within the kind in the order of the published list: P001 … P183, S001 … S062."""
    counts = {"primary": 0, "secondary": 0}
    for row in _rows(path):
        kind = row["type"]
        counts[kind] += 1
        office, _ = AreaOffice.objects.update_or_create(
            key=f"{kind[0].upper()}{counts[kind]:03}",
            defaults={
                "kind": kind,
                "name": row["name_th"],
                "short_name": row["short_name_th"],
                "provinces": row["province_th"].split(";"),
                "area_no": int(row["area_no"]) if row["area_no"] else None,
                "valid_from": PRIMARY_BEGINS if kind == "primary" else SECONDARY_BEGINS,
            },
        )
        yield office


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
