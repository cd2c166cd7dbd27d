"""The book of an edition for everybody who may read it: kept once, with the pages on which things stand."""

from collections.abc import Mapping

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.jobs.models import StoredFile
from hearing_portal.thai.numbering import arabic_digits

from ...acts import BOOK_PUBLISHED, about_edition
from ...models import Edition, PublishedBook

ANCHORS = ("clause-", "section-")  # of manuals.pdf.clauses.entry_anchor


def keep_published_book(
    edition: Edition,
    file: StoredFile,
    page_of: Mapping[str, str],
    *,
    by: User,
    stand: StoredFile | None = None,
) -> PublishedBook:
    """`page_of` is that of the printed book: {anchor: page}; `stand` the records whose hash it prints.
    Safe to repeat: the first book of an edition stands."""
    pages = {}
    for anchor, page in page_of.items():
        for prefix in ANCHORS:
            if anchor.startswith(prefix):
                pages[anchor.removeprefix(prefix)] = arabic_digits(page)
    with act(by=by) as done:
        book, is_new = PublishedBook.objects.get_or_create(
            edition=edition, defaults={"file": file, "pages": pages, "stand": stand}
        )
        if is_new:
            done.record(BOOK_PUBLISHED, about_edition(edition))
    return book
