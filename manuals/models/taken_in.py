"""Sections that only editions from elsewhere brought: here they never stood in the working draft, so that no act here
tells what became of them, and the editions that speak of them do."""

from django.db.models import Exists, OuterRef, QuerySet

from .section import Section
from .version import SectionVersion


def from_archives_alone() -> QuerySet[Section]:
    """All that ever happened to them is the taking in: it adds and retires them for one reason."""
    others = SectionVersion.objects.filter(section=OuterRef("pk")).exclude(
        reason=OuterRef("retired__reason")
    )
    imports = SectionVersion.objects.filter(
        section=OuterRef("pk"), action=SectionVersion.Action.IMPORT
    )
    retired = Section.objects.filter(retired__isnull=False)
    return retired.filter(Exists(imports), ~Exists(others))
