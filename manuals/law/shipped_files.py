"""The registry of laws that comes with the portal, from fixtures/legal."""

import csv
from pathlib import Path
from typing import Any

from django.conf import settings

SHIPPED_SOURCES = Path(settings.BASE_DIR) / "fixtures" / "legal" / "legal_sources.csv"
# A row of the list: its key there, fields of LegalSource, and in "successions" the keys of later sources
type ListedSource = dict[str, Any]


def read_listed_sources(path: Path) -> list[ListedSource]:
    """The short title is the key."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sources: list[ListedSource] = []
    for row in rows:
        later = []
        for key in row["superseded_by"].split(";"):
            if key.strip():
                later.append(key.strip())
        source = {
            "key": row["short_title"],
            "short_title": row["short_title"],
            "full_title": row["full_title"],
            "year_be": int(row["year_be"]),
            "kind": row["kind"],
            "status": row["status"],
            "note": row["note"],
            "successions": later,
        }
        sources.append(source)
    return sources
