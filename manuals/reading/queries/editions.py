"""Editions as their readers find them, with the numbers of their processes."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from ...models import Edition, EditionEntry, EditionRelease, PublishedBook


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


def find_published_book(edition: Edition) -> PublishedBook | None:
    """One query."""
    books = PublishedBook.objects.select_related("file")
    return books.filter(edition=edition).first()


def page_in(book: PublishedBook, entry: UUID) -> str:
    """The number printed on the page where an entry begins; "" where the book does not have it."""
    return str(book.pages.get(str(entry), ""))
