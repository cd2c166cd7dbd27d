"""Whether an act was undone, and the lines of descent that count then."""

from datetime import datetime

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Mod
from reversion.models import Version

from .clause import ClauseLineage
from .version import SectionVersion


def is_undone(revision: str, at: datetime | None = None) -> Exists:
    """Of a row that names a revision by this path: whether the act was undone, and not done again since; up
    to `at`, or by now.

    Only the last act is ever undone. So an act is undone by a version right behind it, done again by the next such one,
    and so on: it is undone where their number is odd.
    """
    others_between = SectionVersion.objects.filter(
        section=OuterRef("section"),
        number__gt=OuterRef(OuterRef("number")),
        number__lt=OuterRef("number"),
    ).exclude(action=SectionVersion.Action.UNDO)
    until = Q() if at is None else Q(revision__date_created__lte=at)
    undoings = SectionVersion.objects.filter(
        until,
        ~Exists(others_between),
        section=OuterRef("section"),
        number__gt=OuterRef("number"),
        action=SectionVersion.Action.UNDO,
    )
    times = (
        undoings.order_by()
        .values("section")
        .annotate(times=Count("pk"))
        .values("times")
    )
    acts = SectionVersion.objects.filter(revision=OuterRef(revision)).annotate(
        times_undone=Subquery(times)
    )
    return Exists(acts.annotate(odd=Mod(F("times_undone"), 2)).filter(odd=1))


def lines_in_force() -> QuerySet[ClauseLineage]:
    """Lines of descent without those of acts that were undone: what such an act made is as if it had never come out of
    anything. One that a later act wrote again is there."""
    acts = Version.objects.filter(
        content_type__app_label="manuals",
        content_type__model="clauselineage",
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    return ClauseLineage.objects.filter(
        ~Exists(acts.filter(is_undone("revision")))
        | Exists(acts.filter(~is_undone("revision")))
    )
