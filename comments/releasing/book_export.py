"""Printing the book of an edition, or what differs between two."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.models import StoredFile
from manuals.editions.services.publishing_books import keep_published_book
from manuals.models import Edition, Manual, PublishedBook
from manuals.pdf.book import BookFile, print_book
from manuals.pdf.comparison import print_comparison
from manuals.pdf.comparison_source import (
    Variant,
    load_comparison_source,
    load_draft_comparison,
)
from manuals.pdf.sources import PrintOptions, load_book_source
from manuals.reading.queries.editions import find_published_book

from .presentation.margin_notes import notes_and_reasons

type Progress = Callable[[int, int | None], None]  # called with (done, total)


def _tell_nobody(done: int, total: int | None) -> None:
    pass


def export_book(
    edition: Edition,
    options: PrintOptions,
    *,
    with_causes: bool = False,
    progress: Progress = _tell_nobody,
) -> BookFile:
    """Print an edition (or one group, or one process), `with_causes` with what led to each change since its basis, in
    the margin and in an annex. Chunks that did not change come from var/book-chunks.

    Raises NothingToPrint.
    """
    if with_causes:
        notes, reasons = notes_and_reasons(edition, options.group)
        options = replace(options, notes=notes, reasons=reasons)
    return print_book(
        load_book_source(edition, options),
        cache_dir=_chunks_folder(),
        progress=progress,
    )


def publish_book(
    edition: Edition,
    *,
    by: User,
    progress: Progress = _tell_nobody,
    proofs: Sequence[str] = (),
    stand: StoredFile | None = None,
) -> PublishedBook:
    """Print the whole edition for everybody who may read it, once: another time gives the same book. `proofs` are the
    lines of hashes on its cover, `stand` the records that the last of them is over.

    Raises NothingToPrint.
    """
    published = find_published_book(edition)
    if published is not None:
        return published
    book = export_book(edition, PrintOptions(proofs=proofs), progress=progress)
    name = f"{edition.code}.pdf"
    file = store_file(book.bytes, media_type="application/pdf", name=name)
    return keep_published_book(edition, file, book.page_of, by=by, stand=stand)


def export_comparison(
    edition: Edition,
    against: Edition,
    variant: Variant,
    options: PrintOptions,
    *,
    progress: Progress = _tell_nobody,
) -> BookFile:
    """Print what differs in an edition from an older one, of all groups or one.

    Raises NothingToPrint.
    """
    source = load_comparison_source(against, edition, variant, options)
    return print_comparison(source, cache_dir=_chunks_folder(), progress=progress)


def export_draft_comparison(
    against: Edition,
    manuals: Collection[Manual],
    variant: Variant,
    options: PrintOptions,
    *,
    progress: Progress = _tell_nobody,
) -> BookFile:
    """Print what differs in the working draft of these manuals from an edition.

    Raises NothingToPrint.
    """
    source = load_draft_comparison(against, manuals, variant, options)
    return print_comparison(source, cache_dir=_chunks_folder(), progress=progress)


def _chunks_folder() -> Path:
    folder: Path = settings.VAR_DIR / "book-chunks"
    return folder
