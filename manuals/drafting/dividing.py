"""Where a process is split: which of its clauses go into the new one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from ..models import Clause


@dataclass(frozen=True, slots=True)
class SplitPoint:
    """From a whole part on, or from a `clause` of it on that hangs below none; to the end of the process, or of that
    part alone. Steps go with their part, unless `step` says from which one on they go, or `steps_stay` that none does.
    Parts behind the first that are named in `parts_stay` do not go along.
    """

    part: int
    clause: UUID | None = None
    of_part_alone: bool = False
    step: UUID | None = None
    steps_stay: bool = False
    parts_stay: frozenset[int] = frozenset()


def choose_leaving(standing: Iterable[Clause], point: SplitPoint) -> list[Clause]:
    """Those behind the point, in the order given; what hangs below a clause goes along. None where the clause that the
    point names is not on top of its part."""
    rows = list(standing)
    rank = ""
    if point.clause is not None:
        starts = [
            clause
            for clause in rows
            if clause.uuid == point.clause
            and clause.part == point.part
            and clause.parent_id is None
        ]
        if not starts:
            return []
        rank = starts[0].rank
    by_id = {clause.pk: clause for clause in rows}

    def top_of(clause: Clause) -> Clause:
        while clause.parent_id is not None:
            clause = by_id[clause.parent_id]
        return clause

    steps = [clause for clause in rows if clause.kind == Clause.Kind.STEP]
    divides = point.steps_stay or point.step is not None
    first_steps = [clause.rank for clause in steps if clause.uuid == point.step]
    if point.step is not None and not first_steps:
        return []  # it left the table meanwhile
    leaving = []
    for clause in rows:
        if clause.part in point.parts_stay and clause.part != point.part:
            continue
        if divides and clause.kind == Clause.Kind.STEP:
            if first_steps and clause.rank >= first_steps[0]:
                leaving.append(clause)
            continue
        is_later_part = clause.part > point.part and not point.of_part_alone
        is_behind = clause.part == point.part and top_of(clause).rank >= rank
        if is_later_part or is_behind:
            leaving.append(clause)
    return leaving


# What is counted by a word of its own
KIND_WORDS: Mapping[str, str] = {
    Clause.Kind.STEP: "ขั้นตอน",
    Clause.Kind.FORM: "แบบฟอร์ม",
    Clause.Kind.REFERENCE: "ข้ออ้างอิง",
    Clause.Kind.DEFINITION: "คำจำกัดความ",
}


def count_kinds(clauses: Iterable[Clause]) -> str:
    """3 ข้อ, 5 ขั้นตอน, 2 แบบฟอร์ม, 1 ข้ออ้างอิง"""
    counts = Counter(KIND_WORDS.get(clause.kind, "ข้อ") for clause in clauses)
    order = ("ข้อ", *KIND_WORDS.values())
    return ", ".join(f"{counts[word]} {word}" for word in order if counts[word])
