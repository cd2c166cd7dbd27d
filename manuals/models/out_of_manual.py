"""Whether a section was out of the manual."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from .section import Section
from .version import SectionVersion


def is_section_gone(section: str, at: datetime | None = None) -> Exists:
    """Of a row that names a section by this path: whether that is retired by now, or was at `at`. Its clauses are out
    of the manual with it, and say so nowhere themselves."""
    if at is None:
        return Exists(
            Section.objects.filter(pk=OuterRef(section), retired__isnull=False)
        )
    versions = SectionVersion.objects.filter(
        section=OuterRef(OuterRef(section)), revision__date_created__lte=at
    )
    last = versions.order_by("-number").values("pk")[:1]
    return Exists(SectionVersion.objects.filter(pk=Subquery(last), state__retired=True))
