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
        LegalSource.objects.update_or_create(
            key=row["short_title"],
            defaults={
                "short_title": row["short_title"],
                "full_title": row["full_title"],
                "year_be": int(row["year_be"]),
                "kind": row["kind"],
                "status": row["status"],
                "note": "; ".join(filter(None, (row["superseded_by"], row["note"]))),
            },
        )
    sources = {source.short_title: source for source in LegalSource.objects.all()}
    titles = {source.full_title: source for source in sources.values()}
    for row in rows:
        _load_succession(row, sources, titles)
    return len(rows)


def _load_succession(row: dict[str, str], sources: dict[str, LegalSource], titles: dict[str, LegalSource]) -> None:
    """What a source is amended or replaced by, where the registry names a source it knows."""
    for name in filter(None, (name.strip() for name in row["superseded_by"].split(";"))):
        later = sources.get(name) or titles.get(name)
        if later is None or later.short_title == row["short_title"]:
            continue
        kind = LegalSuccession.Kind.REPLACES if row["status"] == "repealed" else LegalSuccession.Kind.AMENDS
        LegalSuccession.objects.update_or_create(
            from_source=sources[row["short_title"]], to_source=later, defaults={"kind": kind}
        )


def sources_by_title() -> dict[str, str]:
    """{full title: key}, as process_text.read_process wants it."""
    return dict(LegalSource.objects.values_list("full_title", "key"))
