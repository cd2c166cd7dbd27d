"""The book of an edition with the causes of its changes: what comments knows, handed to manuals as neutral notes."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from manuals.models import Edition
from manuals.pdf.book import BookFile, print_book
from manuals.pdf.sources import PrintOptions, load_book_source


def export_book(
    edition: Edition, wish: PrintOptions, *, progress: Callable[[int, int | None], None] = lambda done, total: None
) -> BookFile:
    """Print an edition (or one group, or one process). Chunks that did not change come from var/book-chunks."""
    cache: Path = settings.VAR_DIR / "book-chunks"
    return print_book(load_book_source(edition, wish), cache_dir=cache, progress=progress)
