"""Of which editions there is a report of traces."""

from manuals.models import Edition

SHOWN = 5


def find_traced_editions() -> list[Edition]:
    """The newest of those that were made on an older one, released or not. One query."""
    made_on_another = Edition.objects.sealed().filter(basis__isnull=False)
    return list(made_on_another.order_by("-sealed_at", "-pk")[:SHOWN])
