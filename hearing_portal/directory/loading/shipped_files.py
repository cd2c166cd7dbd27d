"""The announced facts that come with the portal: groups with their duties and area offices, from fixtures/directory."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from ..models import AreaOffice, WorkGroup
from ..offices.keys import office_key

SHIPPED_FOLDER = Path(settings.BASE_DIR) / "fixtures" / "directory"
GROUPS_BEGIN = {  # the ministry's notifications on dividing the offices into groups
    "2560": date(2017, 11, 22),
    "2561": date(2018, 8, 2),
}
OFFICES_BEGIN = {
    AreaOffice.Kind.PRIMARY: date(2010, 8, 18),
    AreaOffice.Kind.SECONDARY: date(
        2021, 1, 29
    ),  # 62 secondary areas since the notification of พ.ศ. 2564
}
type Listed = dict[
    str, Any
]  # a row of the list: {"key": …, field of the model: value as JSON}


def read_listed_groups(folder: Path) -> list[Listed]:
    """Those of today in book order, then the former ones."""
    duties: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(folder / "duties.csv"):
        duty: dict[str, Any] = {"clause": row["clause"], "text": row["duty_th"]}
        if row["wording"] == "announced":
            duty["announced"] = True
        duties.setdefault(row["group_no"], []).append(duty)
    former = {row["key"]: row for row in _rows(folder / "former_work_groups.csv")}
    groups: list[Listed] = []
    for row in _rows(folder / "work_groups.csv"):
        begin = GROUPS_BEGIN[row["created_by_notification"]].isoformat()
        kept = former.pop(row["key"], None)
        if kept:  # a group that kept its name since 2553 began then
            begin = kept["valid_from"]
        group = _listed_group(row, order=int(row["no"]), begin=begin, end=None)
        group["duties"] = duties.get(row["no"], [])
        groups.append(group)
    for row in former.values():
        behind = 90 + len(groups)  # those of today
        groups.append(
            _listed_group(
                row, order=behind, begin=row["valid_from"], end=row["valid_until"]
            )
        )
    return groups


def _listed_group(
    row: dict[str, str], *, order: int, begin: str, end: str | None
) -> Listed:
    is_unit = row["name_th"].startswith("หน่วย")
    aliases = (row.get("aliases") or "").split(";")
    return {
        "key": row["key"],
        "name": row["name_th"],
        "short_name": row["short_th"],
        "kind": (WorkGroup.Kind.UNIT if is_unit else WorkGroup.Kind.GROUP).value,
        "order": order,
        "aliases": list(filter(None, aliases)),
        "duties": [],
        "valid_from": begin,
        "valid_until": end,
    }


def read_listed_offices(folder: Path) -> list[Listed]:
    """Keys count within the kind in the order of the published list: P001 … P183, S001 … S062."""
    counts = dict.fromkeys(AreaOffice.Kind, 0)
    offices: list[Listed] = []
    for row in _rows(folder / "area_offices.csv"):
        kind = AreaOffice.Kind(row["type"])
        counts[kind] += 1
        offices.append(
            {
                "key": office_key(kind, counts[kind]),
                "kind": kind.value,
                "name": row["name_th"],
                "short_name": row["short_name_th"],
                "provinces": row["province_th"].split(";"),
                "area_no": int(row["area_no"]) if row["area_no"] else None,
                "valid_from": OFFICES_BEGIN[kind].isoformat(),
            }
        )
    return offices


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
