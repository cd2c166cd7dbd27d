"""Loading the registry of legal sources from fixtures/legal."""

import csv
from pathlib import Path

from django.db import transaction

from ..models import LegalSource, LegalSuccession


@transaction.atomic
def load_legal_sources(path: Path) -> int:
    """Load or refresh the registry; the short title is the key. Returns the number of sources."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        notes = [row["superseded_by"], row["note"]]
        values = {
            "short_title": row["short_title"],
            "full_title": row["full_title"],
            "year_be": int(row["year_be"]),
            "kind": row["kind"],
            "status": row["status"],
            "note": "; ".join(filter(None, notes)),
        }
        LegalSource.objects.update_or_create(key=row["short_title"], defaults=values)

    # The registry names a later source by either of its titles
    sources = list(LegalSource.objects.all())
    by_name = {}
    for source in sources:
        by_name[source.full_title] = source
    for source in sources:
        by_name[source.short_title] = source
    for row in rows:
        source = by_name[row["short_title"]]
        kind = LegalSuccession.Kind.AMENDS
        if source.is_repealed:
            kind = LegalSuccession.Kind.REPLACES
        for name in row["superseded_by"].split(";"):
            later = by_name.get(name.strip())
            if later is None or later == source:
                continue  # not in the registry
            LegalSuccession.objects.update_or_create(
                from_source=source,
                to_source=later,
                defaults={"kind": kind},
            )
    return len(rows)


def load_sources_by_title() -> dict[str, str]:
    """{full title: key}, as process_text.read_process wants it. One query."""
    return dict(LegalSource.objects.values_list("full_title", "key"))
