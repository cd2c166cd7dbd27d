"""Whether what an act did to a clause was taken back by restoring what stood there before."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from .undone import is_undone
from .version import ClauseChange, SectionVersion

Action = SectionVersion.Action
Kind = ClauseChange.Kind
# Acts that bring back a text that was written before
TAKING_BACK = (Action.RESTORE, Action.IMPORT)


def is_put_back(change: str, at: datetime | None = None) -> Exists:
    """Of a row that names a change of a clause by this path: whether the last restoring of the clause since then, of an
    older version or by a file, gave it words from before the change, took it away, or brought it back where the change
    had cut it, or moved it from where the change had put it. Not so where the same came back by whatever later act.
    Acts that were undone do not count, nor those after `at`.

    What was built on the change and is restored later leaves it standing: those words were never there before.
    """
    until = Q() if at is None else Q(revision__date_created__lte=at)
    later = ClauseChange.objects.filter(
        until,
        ~is_undone("revision", at),
        clause=OuterRef("clause"),
        pk__gt=OuterRef("pk"),
    )
    acts = SectionVersion.objects.filter(
        revision=OuterRef("revision"), action__in=TAKING_BACK
    )
    restoring = later.filter(Exists(acts)).order_by("-pk").values("pk")
    has_other_words = Q(kind=Kind.RETIRED) | ~Q(from_blob=F("to_blob"))
    caused = ClauseChange.objects.filter(pk=OuterRef(change)).annotate(
        rewording=Subquery(restoring.filter(has_other_words)[:1]),
        returning=Subquery(
            restoring.filter(kind__in=(Kind.RETIRED, Kind.RESTORED))[:1]
        ),
        placing=Subquery(restoring[:1]),
    )
    return Exists(
        caused.filter(
            _has_lost_words(later) | _is_cut_no_more(later) | _is_moved(later)
        )
    )


# Of a change annotated so, with the changes of its clause that came later


def _has_lost_words(later: QuerySet[ClauseChange]) -> Q:
    words_before = ClauseChange.objects.filter(
        clause=OuterRef("clause"),
        pk__lte=OuterRef(OuterRef("pk")),
        from_blob=OuterRef("to_blob"),
    )
    reworded = ClauseChange.objects.filter(pk=OuterRef("rewording")).filter(
        Q(kind=Kind.RETIRED)
        | Q(
            ~Q(to_blob=OuterRef("to_blob")), Exists(words_before), to_blob__isnull=False
        )
    )
    said_again = later.filter(pk__gt=OuterRef("rewording"), to_blob=OuterRef("to_blob"))
    gave_words = ~Q(kind__in=(Kind.RETIRED, Kind.MOVED))
    return Q(Exists(reworded), ~Exists(said_again), gave_words)


def _is_cut_no_more(later: QuerySet[ClauseChange]) -> Q:
    came_back = ClauseChange.objects.filter(
        pk=OuterRef("returning"), kind=Kind.RESTORED
    )
    cut_again = later.filter(pk__gt=OuterRef("returning"), kind=Kind.RETIRED)
    return Q(Exists(came_back), ~Exists(cut_again), kind=Kind.RETIRED)


def _is_moved(later: QuerySet[ClauseChange]) -> Q:
    same_place = {
        "to_section": OuterRef("to_section"),
        "to_part": OuterRef("to_part"),
        "to_rank": OuterRef("to_rank"),
    }
    moved = ClauseChange.objects.filter(pk=OuterRef("placing")).exclude(**same_place)
    moved_again = later.filter(pk__gt=OuterRef("placing"), **same_place)
    return Q(Exists(moved), ~Exists(moved_again), kind=Kind.MOVED)


def still_stands(change: str, at: datetime | None = None) -> Q:
    """Of a row that names a change of a clause by this path, "pk" for the change itself: neither undone nor put back;
    up to `at`, or by now."""
    revision = "revision" if change == "pk" else f"{change}__revision"
    return ~Q(is_undone(revision, at)) & ~Q(is_put_back(change, at))
