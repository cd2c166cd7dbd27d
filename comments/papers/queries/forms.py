"""The forms that are in use."""

from hearing_portal.jobs.models import StoredFile

from ...models import PaperForm


def find_own_forms() -> dict[str, PaperForm]:
    """{kind: the latest row} of the kinds that have a form of the office's own. One query."""
    latest = PaperForm.objects.order_by("kind", "-pk").distinct("kind")
    rows = latest.select_related("file", "by")
    return {row.kind: row for row in rows if row.file is not None}


def find_form_file(kind: str) -> StoredFile | None:
    """None: the portal's own form. One query."""
    latest = PaperForm.objects.filter(kind=kind).select_related("file").order_by("-pk")
    row = latest.first()
    return row.file if row is not None else None
