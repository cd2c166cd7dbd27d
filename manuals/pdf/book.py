"""The one call that prints a book."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hearing_portal.thai.numbering import display_digits

from .assemble import assemble
from .book_source import BookSource
from .chunks import Document, PlannedChunk, PrintedChunk
from .documents import plan_chunks
from .front_matter import stamps_html
from .render_pool import print_documents, warm_up
from .typesetter import Typesetter


@dataclass(frozen=True, slots=True)
class BookFile:
    bytes: bytes
    pages: int
    chunks_rendered: int
    chunks_reused: int
    sha256: str
    page_of: dict[str, str]  # {anchor: the number printed on the page where it stands}


def print_book(
    book: BookSource,
    *,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BookFile:
    """One tagged PDF of the book. `progress(done, total)` is called after each document; with `cache_dir` a document
    is printed once and then taken from there.

    Raises PrintFailed with the name of the document that could not be printed.
    """
    warm_up()
    planned = plan_chunks(book)
    return print_chunks(
        planned,
        book,
        count=lambda printed: page_counts(book, planned, printed),
        cache_dir=cache_dir,
        progress=progress,
    )


def print_chunks(
    planned: Sequence[PlannedChunk],
    book: BookSource,
    *,
    count: Callable[[Sequence[PrintedChunk]], Mapping[str, str]] | None = None,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BookFile:
    """The documents as one PDF, under the title and with the stamps of `book`. `count` fills the fields that are no
    page numbers."""
    documents = []
    for plan in planned:
        document = Document(plan.name, plan.html, chart=plan.chart)
        documents.append(document)
    stamps_document = Document(
        "stamps",
        stamps_html(book, Typesetter(book.digits)),
        tagged=False,
    )
    printed, rendered = print_documents(
        [*documents, stamps_document],
        pictures=book.pictures,
        cache_dir=cache_dir,
        progress=progress,
    )
    *printed_chunks, stamps = printed
    chunks = []
    for plan, printed_chunk in zip(planned, printed_chunks, strict=True):
        chunks.append(PrintedChunk(printed_chunk, plan.layout))
    assembled = assemble(
        chunks,
        stamps,
        title=book.title,
        digits=book.digits,
        counts=count(chunks) if count else None,
        sides=book.sides,
    )
    return BookFile(
        bytes=assembled.pdf,
        pages=assembled.pages,
        chunks_rendered=rendered,
        chunks_reused=len(printed) - rendered,
        sha256=assembled.sha256,
        page_of=assembled.page_of,
    )


def page_counts(
    book: BookSource, planned: Sequence[PlannedChunk], printed: Sequence[PrintedChunk]
) -> dict[str, str]:
    """{"count-KEY": pages of the group}, in the reader's digits."""
    pages = {manual.key: 0 for manual in book.manuals}
    for plan, chunk in zip(planned, printed, strict=True):
        if plan.manual_key:
            manifest = chunk.document.manifest
            pages[plan.manual_key] += len(manifest.pages)
    counts = {}
    for key, number in pages.items():
        counts[f"count-{key}"] = display_digits(str(number), book.digits)
    return counts
