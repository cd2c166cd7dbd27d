"""An edition as a book: its entries gathered into what manuals.pdf prints."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from hearing_portal.jobs.models import StoredFile
from hearing_portal.refusals import Refusal
from hearing_portal.thai.dates import be_year

from ..content import Figure
from ..editions.verify_code import verify_code
from ..entries import EntryView
from ..models import Edition, EditionEntry, Manual
from ..models.manual import BOOK
from ..queries import entry_view
from .book import BookSource, ManualSource, UnitSource

PICTURES = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What to print: all groups or one, one process only, in which digits, and the notes of the margin."""

    group: str = ""
    process: str = ""
    digits: str = "thai"
    notes: Mapping[Any, Any] = field(default_factory=dict)
    reasons: Mapping[Any, Any] = field(default_factory=dict)


class NothingToPrint(Refusal):
    """The edition has no such group or process; the message is for the person who asked."""


def book_source(edition: Edition, wish: PrintOptions) -> BookSource:
    """Gather an edition (one REPEATABLE state: it is sealed) into a BookSource. Three queries, one more for pictures.

    Raises NothingToPrint.
    """
    manuals = list(Manual.objects.select_related("work_group").order_by("work_group__order", "key"))
    entries = _entries_by_manual(edition)
    sources = [
        _manual_source(manual, entries[manual.pk], wish)
        for manual in manuals
        if manual.key != BOOK and manual.pk in entries and wish.group in ("", manual.key)
    ]
    sources = [source for source in sources if source is not None]
    if not sources:
        raise NothingToPrint(f"ฉบับ {edition.code} ไม่มีกลุ่มหรือกระบวนงานที่ขอพิมพ์")
    book = next((manual for manual in manuals if manual.key == BOOK), None)
    foreword = entries.get(book.pk, []) if book and not wish.process else []
    pictures = _pictures(sources)
    sealed = timezone.localtime(edition.sealed_at).date()
    code = verify_code(edition.manifest_sha)
    return BookSource(
        title="คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา",
        year_line=_year_line(edition, be_year(sealed)),
        edition_code=edition.code,
        edition_title=edition.title,
        draft=edition.is_draft,
        draft_date=sealed if edition.is_draft else None,
        verify_code=code,
        verify_url=f"{settings.PORTAL_URL}{reverse('verify', args=[code])}",
        digits=wish.digits,
        sides=2 if len(sources) > 1 else 1,
        manuals=sources,
        foreword_entries=[view for view in map(entry_view, foreword) if view.kind != "manual"],
        notes=wish.notes,
        reasons=wish.reasons,
        pictures=pictures,
    )


def _pictures(manuals: list[ManualSource]) -> dict[str, tuple[str, bytes]]:
    """{sha: (media type, bytes)} of the figures printed. One that is not in the store, or no picture, is left out:
    its frame, caption and words are printed all the same."""
    processes = [entries for manual in manuals for unit in manual.units for entries in unit.processes]
    files = {entry.content.file for entries in processes for entry in entries if isinstance(entry.content, Figure)}
    pictures = {}
    for file in StoredFile.objects.filter(sha__in=files, media_type__in=PICTURES) if files - {""} else ():
        if file.path.exists():
            pictures[file.sha] = (file.media_type, file.path.read_bytes())
    return pictures


def _entries_by_manual(edition: Edition) -> dict[int, list[EditionEntry]]:
    found: dict[int, list[EditionEntry]] = {}
    for entry in edition.entries.select_related("blob").order_by("ordinal"):
        found.setdefault(entry.manual_id, []).append(entry)
    return found


def _year_line(edition: Edition, year: int) -> str:
    """ "ฉบับปรับปรุง พ.ศ. …" of the year in the edition's own title, else of the year it was sealed."""
    return edition.title if "พ.ศ." in edition.title else f"{edition.title} พ.ศ. {year}"


def _manual_source(manual: Manual, entries: list[EditionEntry], wish: PrintOptions) -> ManualSource | None:
    group = manual.work_group
    sections = _by_section(entries)
    processes = [views[0] for views in sections if views[0].section_kind == "process"]
    numbers = {str(view.uuid): number for number, view in enumerate(processes, start=1)}
    if wish.process:
        sections = [
            views for views in sections if str(views[0].uuid) == wish.process or views[0].section_kind == "unit"
        ]
    units = _units(sections)
    if wish.process and not units:
        return None
    return ManualSource(
        group_no=group.order if group else 0,
        key=manual.key,
        name=group.name if group else manual.title,
        mission_entries=[view for views in sections if views[0].section_kind == "mission" for view in views],
        units=units,
        duties=group.duties if group and not wish.process else [],
        numbers=numbers if wish.process else {},
    )


def _by_section(entries: list[EditionEntry]) -> list[list[EntryView]]:
    """Lists of views, each beginning with its section's own; the manual's view is left out."""
    sections: list[list[EntryView]] = []
    for view in map(entry_view, entries):
        if view.kind == "section":
            sections.append([view])
        elif view.kind == "clause":
            sections[-1].append(view)
    return sections


def _units(sections: list[list[EntryView]]) -> list[UnitSource]:
    """Units with their processes, empty ones left out; a process before any unit stands in one without title."""
    units: list[tuple[str, list[list[EntryView]]]] = []
    for views in sections:
        kind = views[0].section_kind
        if kind == "unit":
            units.append((views[0].title, []))
        elif kind == "process":
            if not units:
                units.append(("", []))
            units[-1][1].append(views)
    return [UnitSource(title=title, processes=processes) for title, processes in units if processes]
