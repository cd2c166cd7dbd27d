"""Whether an act was undone, and the lines of descent that count then."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast, Mod
from reversion.models import Version

from .clause import ClauseLineage
from .section import SectionLineage
from .version import SectionVersion


def is_undone(revision: str, at: datetime | None = None) -> Exists:
    """Of a row that names a revision by this path: whether the act was undone, and not done again since; up
    to `at`, or by now.

    What undoes an act and what does it again name it alike, in turn: it is undone where they are odd in number.
    """
    until = Q() if at is None else Q(revision__date_created__lte=at)
    undoings = SectionVersion.objects.filter(until, undoes=OuterRef(revision))
    times = undoings.order_by().values("undoes")
    times = times.annotate(times=Count("revision", distinct=True))
    return Exists(times.annotate(odd=Mod(F("times"), 2)).filter(odd=1))


def lines_in_force() -> QuerySet[ClauseLineage]:
    """Lines of descent without those of acts that were undone: what such an act made is as if it had never come out of
    anything. One that a later act wrote again is there."""
    return _in_force(ClauseLineage.objects.all())


def section_lines_in_force() -> QuerySet[SectionLineage]:
    """The same of sections."""
    return _in_force(SectionLineage.objects.all())


def find_acts_of_lines(line_ids: Collection[str]) -> list[tuple[str, int]]:
    """[(line of descent of a clause, an act that wrote it)]. One query, none for nothing."""
    if not line_ids:
        return []
    versions = Version.objects.filter(
        content_type__app_label="manuals",
        content_type__model="clauselineage",
        object_id__in=list(line_ids),
    )
    return list(versions.values_list("object_id", "revision"))


def _in_force[Line: Model](lines: QuerySet[Line]) -> QuerySet[Line]:
    acts = Version.objects.filter(
        content_type__app_label="manuals",
        content_type__model=lines.model._meta.model_name,
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return lines.filter(
        ~Exists(acts.filter(is_undone("revision")))
        | Exists(acts.filter(~is_undone("revision")))
    )
