"""Comments without an anchor in a later edition, and the clauses of that edition that may be meant."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from hearing_portal.postgres.statements import kept_statement, number_of_rows
from manuals.models import EditionEntry, Manual
from manuals.models.undone import lines_in_force

from ...citations import section_title
from ...models import AnchorResolution, Hearing


def count_unplaced(manual: Manual) -> int:
    [number] = _count_unplaced(manual.pk)
    return number


@kept_statement
def _count_unplaced(manual_id: int) -> QuerySet[AnchorResolution, int]:
    return _unplaced_in(manual_id).order_by().values_list(number_of_rows(), flat=True)


def find_unplaced(
    manual: Manual, hearing: Hearing | None = None
) -> QuerySet[AnchorResolution]:
    """Of one hearing or all, the latest edition first, then in reading order; each with `section_title`."""
    unplaced = _unplaced_in(manual.pk)
    if hearing is not None:
        unplaced = unplaced.filter(comment__session__hearing=hearing)
    return (
        unplaced.select_related(
            "edition",
            "comment__office",
            "comment__entry__blob",
            "comment__entry__manual",
        )
        .annotate(section_title=section_title("comment__entry__"))
        .order_by("-edition_id", "comment__entry__ordinal", "pk")
    )


def _unplaced_in(manual_id: int) -> QuerySet[AnchorResolution]:
    unplaced = AnchorResolution.objects.filter(state=AnchorResolution.State.UNPLACED)
    return unplaced.filter(comment__entry__manual=manual_id)


def find_successor_ids(
    resolutions: Sequence[AnchorResolution],
) -> dict[int | None, set[int]]:
    """{clause commented on: the clauses that came of it}. One query."""
    entries = [resolution.comment.entry for resolution in resolutions]
    steps = lines_in_force().filter(
        from_clause__in=[entry.clause_id for entry in entries]
    )
    successors: dict[int | None, set[int]] = {}
    for source, target in steps.values_list("from_clause", "to_clause"):
        successors.setdefault(source, set()).add(target)
    return successors


def find_candidates(
    resolutions: Sequence[AnchorResolution],
    successors: Mapping[int | None, set[int]],
) -> list[EditionEntry]:
    """Clauses of the editions asked about: the successors, and all of the sections commented on. One query."""
    edition_ids = set()
    section_ids = set()
    for resolution in resolutions:
        edition_ids.add(resolution.edition_id)
        section_ids.add(resolution.comment.entry.section_id)
    clause_ids: set[int] = set()
    clause_ids.update(*successors.values())
    candidates = EditionEntry.objects.filter(
        Q(section__in=section_ids) | Q(clause__in=clause_ids),
        edition__in=edition_ids,
        kind=EditionEntry.Kind.CLAUSE,
    )
    return list(
        candidates.select_related("blob", "manual").order_by("edition", "ordinal")
    )
