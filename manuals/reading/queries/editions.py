"""Editions as their readers find them, with the numbers of their processes."""

from django.db.models import Count, Q, QuerySet

from ...models import Edition, EditionEntry, EditionRelease


def count_processes_by_edition(editions: QuerySet[Edition]) -> dict[int, int]:
    """{edition: number of its processes}. One query."""
    is_process = Q(entries__kind="section", entries__data__kind="process")
    # Counted apart: the rows of `editions` are joined with their releases, and would count twice
    each_once = Edition.objects.filter(pk__in=editions.values("pk"))
    counted = each_once.annotate(number=Count("entries", filter=is_process))
    return dict(counted.values_list("pk", "number"))


def count_processes_by_manual(edition: Edition) -> dict[int, int]:
    """{manual: number of its processes}, without manuals that have none. One query."""
    processes = EditionEntry.objects.filter(
        edition=edition,
        kind="section",
        data__kind="process",
    ).order_by()
    return dict(processes.values_list("manual").annotate(number=Count("pk")))


def is_for_participants(code: str) -> bool:
    """Whether an edition of this code was released to those who take part in the hearing."""
    releases = EditionRelease.objects.filter(
        edition__code=code,
        audience=EditionRelease.Audience.HEARING,
    )
    return releases.exists()
