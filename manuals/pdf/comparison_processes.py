"""Which process became which, printed: the counts of both editions, then a table for each group of the older one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hearing_portal.thai.sentences import joined

from ..comparing.presentation.processes import (
    CorrespondenceRow,
    ProcessPlace,
)
from .comparison_source import VARIANT_TITLES, ComparisonSource
from .templates import render_template
from .typesetter import Html, Typesetter


@dataclass(frozen=True, slots=True)
class PrintedCounts:
    label: Html
    meaning: Html
    old: Html
    new: Html
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A process on one side, and where it stands there."""

    number: Html
    title: Html
    where: Html
    evidence: Html


@dataclass(frozen=True, slots=True)
class PrintedProcess:
    number: Html
    old: PrintedPlace | None
    fate: Html
    news: Sequence[PrintedPlace]
    elsewhere: Html
    partners: Html
    reasons: Sequence[Html]
    lacks_reason: bool
    tells_by_clause: str


@dataclass(frozen=True, slots=True)
class PrintedProcessTable:
    """Of a group of the older edition; of one of the newer edition the processes that are new."""

    title: Html
    rows: Sequence[PrintedProcess]
    is_new: bool = False


def processes_html(source: ComparisonSource, typesetter: Typesetter) -> str:
    tables = []
    for (group, is_new), rows in groupby(source.processes, key=_group_of):
        title = joined("เพิ่มใหม่ใน", group) if is_new else group
        printed = [_print_process(row, typesetter) for row in rows]
        tables.append(PrintedProcessTable(typesetter.text(title), printed, is_new))
    counts = []
    for line in source.process_counts:
        printed_line = PrintedCounts(
            typesetter.text(line.label),
            typesetter.text(line.meaning),
            typesetter.text(str(line.old)),
            typesetter.text(str(line.new)),
            is_total=line.fate is None,
        )
        counts.append(printed_line)
    title = VARIANT_TITLES["processes"]
    return render_template(
        "comparison_processes.html",
        digits=typesetter.digits,
        plain_title=title,
        group=typesetter.plain_text(title),
        title=typesetter.text(title),
        old_title=typesetter.text(source.old_title),
        new_title=typesetter.text(source.new_title),
        counts=counts,
        tables=tables,
        is_of_group=source.is_of_group,
    )


def _group_of(row: CorrespondenceRow) -> tuple[str, bool]:
    if row.old is None:
        return row.news[0].group, True
    return row.old.group, False


def _print_process(row: CorrespondenceRow, typesetter: Typesetter) -> PrintedProcess:
    partners = " / ".join(partner.section.title for partner in row.partners)
    return PrintedProcess(
        number=typesetter.text(row.old.number if row.old else ""),
        # The group of the older side stands above the table
        old=_print_place(row.old, row.old.section.unit, typesetter)
        if row.old
        else None,
        fate=typesetter.text(row.fate_words),
        news=[
            _print_place(
                place, place.where if row.old else place.section.unit, typesetter
            )
            for place in row.news
        ],
        elsewhere=typesetter.text(row.elsewhere),
        partners=typesetter.text(partners),
        reasons=[typesetter.text(reason) for reason in row.reasons],
        lacks_reason=row.process.lacks_reason,
        tells_by_clause=row.tells_by_clause,
    )


def _print_place(
    place: ProcessPlace, where: str, typesetter: Typesetter
) -> PrintedPlace:
    return PrintedPlace(
        typesetter.text(place.number),
        typesetter.text(place.section.title),
        typesetter.text(where),
        typesetter.text(place.evidence),
    )
