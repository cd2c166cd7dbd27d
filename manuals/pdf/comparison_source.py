"""Two editions, or an edition and the working draft, gathered for print: what differs between them, in the groups that
are asked for, and which process became which."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from django.utils.timezone import localdate

from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ..comparing.presentation.book import BookCounts, load_book_counts
from ..comparing.presentation.group import (
    ComparedSection,
    group_by_section,
    load_compared_rows,
)
from ..comparing.presentation.processes import (
    CorrespondenceRow,
    ProcessCounts,
    find_rows,
    process_counts,
    process_rows,
)
from ..comparing.presentation.sentences import SectionAmendments, load_amendments
from ..comparing.queries.nodes import ComparedClause, compare_sides
from ..comparing.queries.processes import compare_processes
from ..comparing.queries.section_facts import ChangedSection, load_changed_sections
from ..comparing.sides import Side, Sides
from ..models import Edition, Manual
from .book_source import BookSource
from .sources import NothingToPrint, PrintOptions, draft_book, empty_book

Variant = Literal["redline", "table", "changes", "processes"]
VARIANT_TITLES: dict[Variant, str] = {
    "redline": "ข้อความที่เปลี่ยน",
    "table": "ตารางเปรียบเทียบข้อความ",
    "changes": "ข้อความแก้ไขเพิ่มเติม",
    "processes": "ตารางเทียบกระบวนงาน",
}
WITH_PROCESSES: tuple[Variant, ...] = (
    "changes",
    "processes",
)  # where the table of processes stands


@dataclass(frozen=True, slots=True)
class ComparedManual:
    """What differs in a group's manual, clause by clause or, for the variant of that name, as amending sentences."""

    group_no: int
    key: str
    name: str
    sections: Sequence[ComparedSection] = ()
    changed_sections: Sequence[ChangedSection] = ()
    amendments: Sequence[SectionAmendments] = ()


@dataclass(frozen=True, slots=True)
class ComparisonSource:
    """`book` is the newer side without its texts; `counts` are of all that was asked for. The processes are those of
    one group, on either side, or of all; their counts are of the whole book."""

    variant: Variant
    old_title: str
    new_title: str
    book: BookSource
    counts: BookCounts
    manuals: Sequence[ComparedManual] = field(default=())
    is_of_group: bool = False
    process_counts: Sequence[ProcessCounts] = field(default=())
    processes: Sequence[CorrespondenceRow] = field(default=())


def load_comparison_source(
    old: Edition, new: Edition, variant: Variant, options: PrintOptions
) -> ComparisonSource:
    """Two sealed editions. About ten queries for each group that differs.

    Raises NothingToPrint for a group that neither has, and where the first is not the older one.
    """
    sides = Sides(Side(old), Side(new))
    if sides.old.at >= sides.new.at:
        raise NothingToPrint(
            f"ฉบับ {old.code} ไม่ได้จัดทำก่อนฉบับ {new.code} โปรดเลือกฉบับที่เก่ากว่าเป็นฉบับที่เทียบ"
        )
    return _load_source(sides, empty_book(new, options.digits), variant, options)


def load_draft_comparison(
    old: Edition, manuals: Collection[Manual], variant: Variant, options: PrintOptions
) -> ComparisonSource:
    """An edition against the working draft of these manuals, as it stands now: those that who asked may read. Raises
    NothingToPrint where they have none of the groups asked for."""
    book = draft_book(localdate(), options.digits)
    return _load_source(Sides(Side(old), Side(None, manuals)), book, variant, options)


def _load_source(
    sides: Sides, book: BookSource, variant: Variant, options: PrintOptions
) -> ComparisonSource:
    manuals = Manual.objects.select_related("work_group").order_by(
        "work_group__order", "key"
    )
    if options.group:
        manuals = manuals.filter(key=options.group)
    if sides.manual_ids is not None:
        manuals = manuals.filter(pk__in=sides.manual_ids)
    compared = compare_sides(sides, [manual.pk for manual in manuals])
    changed_sections = load_changed_sections(sides, [manual.pk for manual in manuals])
    counts = load_book_counts(compared, changed_sections)
    if not counts.lines:
        raise NothingToPrint(
            f"{joined(sides.old.title, 'และ', sides.new.title, 'ไม่มีกลุ่มงานที่ขอพิมพ์')}"
        )
    differing: dict[int, list[ComparedClause]] = {}
    for clause in compared.clauses:
        differing.setdefault(clause.pair.manual_id, []).append(clause)
    sources = []
    if variant != "processes":
        for manual in manuals:
            source = _compared_manual(
                sides, manual, differing.get(manual.pk, []), variant
            )
            if variant != "changes":
                own = [s for s in changed_sections if s.new.manual_id == manual.pk]
                source = replace(source, changed_sections=own)
            if source.sections or source.changed_sections or source.amendments:
                sources.append(source)
    new_title = sides.new.title
    if book.draft_date is not None and sides.new.edition is None:
        new_title = f"{new_title} ณ วันที่ {be_date(book.draft_date)}"
    book = replace(book, title=VARIANT_TITLES[variant])
    loaded = ComparisonSource(
        variant, sides.old.title, new_title, book, counts, sources, bool(options.group)
    )
    if variant not in WITH_PROCESSES:
        return loaded
    processes = compare_processes(sides)
    rows = find_rows(
        process_rows(sides, processes), processes.manuals, group=options.group
    )
    return replace(loaded, process_counts=process_counts(processes), processes=rows)


def _compared_manual(
    sides: Sides, manual: Manual, clauses: Sequence[ComparedClause], variant: Variant
) -> ComparedManual:
    rows = load_compared_rows(sides, clauses)
    group = manual.work_group
    group_no = group.order if group else 0
    if variant == "changes":
        amendments = load_amendments(sides, manual, rows)
        return ComparedManual(
            group_no, manual.key, manual.display_name, amendments=amendments
        )
    return ComparedManual(
        group_no,
        manual.key,
        manual.display_name,
        sections=group_by_section(sides, rows),
    )
