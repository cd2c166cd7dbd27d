"""Printing the book of an edition, or what differs between two.

The notes beside its changed clauses (presentation/margin_notes.py) come later, with the hearing's result.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from django.conf import settings

from manuals.models import Edition, Manual
from manuals.pdf.book import BookFile, print_book
from manuals.pdf.comparison import print_comparison
from manuals.pdf.comparison_source import (
    Variant,
    load_comparison_source,
    load_draft_comparison,
)
from manuals.pdf.sources import PrintOptions, load_book_source

type Progress = Callable[[int, int | None], None]  # called with (done, total)


def _tell_nobody(done: int, total: int | None) -> None:
    pass


def export_book(
    edition: Edition, options: PrintOptions, *, progress: Progress = _tell_nobody
) -> BookFile:
    """Print an edition (or one group, or one process). Chunks that did not change come from var/book-chunks.

    Raises NothingToPrint.
    """
    return print_book(
        load_book_source(edition, options),
        cache_dir=_chunks_folder(),
        progress=progress,
    )


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
