"""What was read of a process, as it is kept beside its rows: from ProcessDraft to JSON and back."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from hearing_portal.thai.damage import REPAIR_NAMES, Repair

from ..models import ImportedProcess
from ..source import LeftOut, MadeRepair, MarginNote, TrackedChange
from .coverage import Coverage, MissingWords
from .drafts import Doubt, DoubtKind, ProcessDraft
from .preview_rows import (
    PreviewRow,
    PreviewRows,
    doubts_of_process,
    row_from_json,
    rows_of,
)


def reading_of(draft: ProcessDraft) -> dict[str, Any]:
    """What is told of a process beside its clauses; never changed afterwards."""
    return {
        "headers": draft.headers,
        "doubts": doubts_of_process(draft),
        "refusals": draft.refusals,
        "repairs": [[made.place, list(made.repair)] for made in draft.repairs],
        "left_out": [list(left) for left in draft.left_out],
        "coverage": asdict(draft.coverage),
        "changes": [[place, list(change)] for place, change in draft.changes],
        "margin_notes": [[place, list(note)] for place, note in draft.margin_notes],
        "pictures": draft.pictures,
    }


def first_rows(draft: ProcessDraft) -> list[PreviewRow]:
    return rows_of(draft, REPAIR_NAMES)


def load_rows(process: ImportedProcess) -> PreviewRows:
    return PreviewRows(row_from_json(row) for row in process.rows)


def rows_json(rows: Iterable[PreviewRow]) -> list[dict[str, Any]]:
    return [row.to_json() for row in rows]


def draft_of(process: ImportedProcess, rows: PreviewRows | None = None) -> ProcessDraft:
    """The process as its rows stand now. What a person matched is told where it revises another one."""
    rows = rows or load_rows(process)
    kept = process.reading
    coverage = Coverage(
        words=kept["coverage"]["words"],
        missing_words=kept["coverage"]["missing_words"],
        missing=[MissingWords(*each) for each in kept["coverage"]["missing"]],
        scattered_words=kept["coverage"].get("scattered_words", 0),
    )
    draft = ProcessDraft(
        title=process.title,
        headers=dict(kept["headers"]),
        clauses=rows.to_drafts(),
        doubts=[Doubt(DoubtKind.OTHER, words) for words in kept["doubts"]],
        refusals=list(kept["refusals"]),
        repairs=[MadeRepair(place, Repair(*made)) for place, made in kept["repairs"]],
        left_out=[LeftOut(*left) for left in kept["left_out"]],
        coverage=coverage,
        changes=[(place, TrackedChange(*made)) for place, made in kept["changes"]],
        margin_notes=[
            (place, MarginNote(*made)) for place, made in kept["margin_notes"]
        ],
        pictures=dict(kept.get("pictures", {})),
    )
    for row in rows.standing:
        for doubt in row.doubts if row.is_doubtful else ():
            place = row.source[0][0] if row.source else ""
            draft.doubts.append(Doubt(DoubtKind.OTHER, doubt, place, row.uuid))
    if process.target_id is not None:
        draft.matched = matched_in(rows)
    return draft


def matched_in(rows: PreviewRows) -> dict[UUID, UUID]:
    matched = {}
    for row in rows.standing:
        if row.clause is not None:
            matched[row.uuid] = row.clause
    return matched
