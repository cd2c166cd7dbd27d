"""What somebody enters into the overlap register, before it is a row."""

from dataclasses import dataclass

from hearing_portal.directory.models import WorkGroup
from manuals.models import Clause, Section


@dataclass(frozen=True, slots=True)
class OverlapSide:
    """A group, with a process of it and a clause of that where the matter is narrower; or an outside agency."""

    work_group: WorkGroup | None = None
    section: Section | None = None
    clause: Clause | None = None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class OverlapInput:
    kind: str
    side_a: OverlapSide
    side_b: OverlapSide
    evidence: str
