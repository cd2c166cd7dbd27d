"""The book as a list of documents in reading order: front matter, then every group with its processes."""

from collections.abc import Sequence
from dataclasses import replace

from manuals.entries import EntryView

from .book_source import BookSource, ManualSource, NumberedProcess, numbered_processes
from .causes_annex import TITLE as ANNEX_TITLE
from .causes_annex import annex_html
from .chunks import ChunkLayout, PlannedChunk
from .clause_words import outer_labels, own_labels
from .front_matter import contents_html, cover_html, foreword_html
from .group_opening import opening_html, undrafted_html
from .process import ProcessPosition, chart_source, process_html
from .typesetter import ReferenceLabel, Typesetter


def plan_chunks(book: BookSource) -> list[PlannedChunk]:
    """All documents of the book, not printed yet. The same source gives the same HTML."""
    typesetter = book_typesetter(book)
    cover_layout = ChunkLayout(
        numbering="",
        heading="ปก",
        level=1,
    )
    cover = cover_html(book, typesetter)
    chunks = [PlannedChunk("cover", cover, cover_layout)]
    opening_layout = ChunkLayout(numbering="letters", opens=True)
    contents_layout = opening_layout
    if book.foreword_entries:
        foreword = foreword_html(book, inside(typesetter, book.foreword_entries))
        chunks.append(PlannedChunk("foreword", foreword, opening_layout))
        contents_layout = ChunkLayout(numbering="letters")
    contents = contents_html(book, typesetter)
    chunks.append(PlannedChunk("contents", contents, contents_layout))
    for manual in book.manuals:
        chunks += plan_manual(manual, book, typesetter)
    annex = annex_html(book, typesetter)
    if annex:
        layout = ChunkLayout(heading=ANNEX_TITLE, level=1, opens=True)
        chunks.append(PlannedChunk("causes-annex", annex, layout))
    return chunks


def plan_manual(
    manual: ManualSource, book: BookSource, typesetter: Typesetter
) -> list[PlannedChunk]:
    """The opening of a group, its processes, and the list of those without words."""
    key = manual.key
    opening_layout = ChunkLayout(group_no=manual.group_no, opens=True)
    opening = opening_html(manual, inside(typesetter, manual.mission_entries))
    chunks = [PlannedChunk(f"opening-{key}", opening, opening_layout, manual_key=key)]
    layout = ChunkLayout(group_no=manual.group_no)
    for process in numbered_processes(manual):
        if not process.is_drafted:
            continue
        chunk = PlannedChunk(
            name=f"process-{process.section.uuid}",
            html=process_document(process, manual, book, typesetter),
            layout=layout,
            chart=chart_source(process.section, process.entries, book.digits),
            manual_key=key,
        )
        chunks.append(chunk)
    undrafted = undrafted_html(manual, typesetter)
    if undrafted:
        chunks.append(
            PlannedChunk(f"undrafted-{key}", undrafted, layout, manual_key=key)
        )
    return chunks


def process_document(
    process: NumberedProcess,
    manual: ManualSource,
    book: BookSource,
    typesetter: Typesetter,
) -> str:
    return process_html(
        process.entries,
        digits=book.digits,
        notes=book.notes,
        reasons=book.reasons,
        law_notes=book.law_notes,
        labels=inside(typesetter, process.entries).labels,
        position=ProcessPosition(
            manual.name, process.unit.title, process.number, process.status
        ),
        pictures=frozenset(book.pictures),
        drawn=False,
    )


def book_typesetter(book: BookSource) -> Typesetter:
    """For words that stand in no section."""
    return Typesetter(book.digits, book_labels(book))


def book_labels(book: BookSource) -> dict[str, ReferenceLabel]:
    """What every reference in the book says outside the section of what it leads to; a process is called by its number
    and name."""
    labels = {uuid: ReferenceLabel(words) for uuid, words in book.labels.items()}
    for manual in book.manuals:
        labels |= outer_labels(manual.mission_entries, manual=manual.name)
        for process in numbered_processes(manual):
            labels |= outer_labels(process.entries)
            section = process.section
            words = f"กระบวนงาน {process.number} {section.title}"
            labels[str(section.uuid)] = ReferenceLabel(words)
    return labels | outer_labels(book.foreword_entries)


def inside(typesetter: Typesetter, entries: Sequence[EntryView]) -> Typesetter:
    """For words that stand in the section of these."""
    own = own_labels([entry for entry in entries if entry.content is not None])
    return replace(typesetter, labels={**typesetter.labels, **own})
