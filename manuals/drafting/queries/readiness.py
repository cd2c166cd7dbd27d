"""What one process still lacks before it can be called ready for the hearing."""

import hashlib
from collections.abc import Sequence

from ...models import Section
from ...teamwork.queries.notes import count_notes_by_section
from ..step_lacks import LackOf, find_step_lacks
from ..step_table import StepRow
from .lacks import find_lacks
from .steps import find_step_clauses, step_of


def find_readiness_lacks(process: Section) -> list[str]:
    """In words: what its parts, its table of steps and its chart lack, and the notes of the team that wait. The process
    comes with its manual. At most six queries."""
    told = list(find_lacks(process.manual)[process.pk].told)
    rows = []
    for clause in find_step_clauses(process):
        rows.append(StepRow(clause.uuid, step_of(clause)))
    # What each row lacks is counted above; of the rows, only where the chart itself does not hold together
    for lack in find_step_lacks(rows):
        if lack.of == LackOf.CHART:
            place = f"ขั้นตอนที่ {lack.number} " if lack.row is not None else ""
            told.append(f"{place}{lack.words}")
    notes = count_notes_by_section(process.manual).get(process.pk, 0)
    if notes:
        told.append(f"บันทึกของคณะทำงานที่ยังไม่ปิด {notes} เรื่อง")
    return told


def lacks_key(lacks: Sequence[str]) -> str:
    """What a form names, to be told when something else is lacking by then."""
    return hashlib.sha256("\n".join(lacks).encode()).hexdigest()[:16]
