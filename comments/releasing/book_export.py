"""Printing the book of an edition. The notes beside its changed clauses (presentation/margin_notes.py) come later,
with the hearing's result."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from manuals.models import Edition
from manuals.pdf.book import BookFile, print_book
from manuals.pdf.sources import PrintOptions, load_book_source

type Progress = Callable[[int, int | None], None]  # called with (done, total)


def _tell_nobody(done: int, total: int | None) -> None:
    pass


def export_book(edition: Edition, options: PrintOptions, *, progress: Progress = _tell_nobody) -> BookFile:
    """Print an edition (or one group, or one process). Chunks that did not change come from var/book-chunks."""
    cache: Path = settings.VAR_DIR / "book-chunks"
    return print_book(load_book_source(edition, options), cache_dir=cache, progress=progress)
