"""What was read from a file or a pasted text, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID, uuid4

from ..content import AppliesTo, Content, Step
from ..source import LeftOut, MadeRepair, MarginNote, SourceLine, TrackedChange
from .coverage import Coverage


@dataclass(slots=True)
class ClauseDraft:
    """A clause as read. `source_label` is the number printed in the source, in Arabic digits; `place` is where it
    stands there; `bookmark` names a clause of ours; `source` is (place, words) of the lines it was read from."""

    part: int
    content: Content
    numbering: str = "none"
    parent: UUID | None = None
    source_label: str = ""
    place: str = ""
    uuid: UUID = field(default_factory=uuid4)
    bookmark: str = ""
    source: list[tuple[str, str]] = field(default_factory=list)


class DoubtKind(StrEnum):
    """What a person should look at; the value is what it is called."""

    WORDS = "ถ้อยคำอาจเสียหาย"
    LABEL = "เลขข้อ"
    JOIN = "บรรทัดที่อาจต่อกัน"
    HEADING = "หัวข้อ"
    TABLE = "ตาราง"
    CHART = "ผังขั้นตอน"
    PART = "ส่วนที่ขาด"
    LAW = "กฎหมายที่อ้าง"
    FIGURE = "ภาพ"
    OTHER = "อื่น ๆ"


@dataclass(frozen=True, slots=True)
class Doubt:
    """`place` is where in the file ("บรรทัดที่ 12"), `clause` what became of it; either may be missing."""

    kind: DoubtKind
    message: str
    place: str = ""
    clause: UUID | None = None

    @property
    def words(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


@dataclass(slots=True)
class ProcessDraft:
    """A process as read: title (part 1), headers, clauses in reading order, what a person should look at."""

    title: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    clauses: list[ClauseDraft] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    repairs: list[MadeRepair] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    coverage: Coverage = field(default_factory=Coverage)
    header_lines: list[str] = field(default_factory=list)  # as they stand in the file
    understood: list[str] = field(default_factory=list)  # words that became structure
    # What somebody changed with the changes tracked, and remarked in the margin, by the place in the file
    changes: list[tuple[str, TrackedChange]] = field(default_factory=list)
    margin_notes: list[tuple[str, MarginNote]] = field(default_factory=list)
    # {clause: the one of the working draft that it is}, where a person saw it; None where nobody did
    matched: dict[UUID, UUID] | None = None
    pictures: dict[str, str] = field(
        default_factory=dict
    )  # {hash: its name inside the file} of the figures

    def doubt(
        self,
        kind: DoubtKind,
        message: str,
        line: SourceLine | None = None,
        clause: UUID | None = None,
    ) -> None:
        place = line.place if line is not None else ""
        self.doubts.append(Doubt(kind, message, place, clause))

    @property
    def warnings(self) -> list[str]:
        return [doubt.words for doubt in self.doubts]

    @property
    def section_data(self) -> dict[str, str]:
        """Section.data as the headers tell it."""
        data = {}
        for key in ("doc_code", "indicator"):
            if self.headers.get(key):
                data[key] = self.headers[key]
        return data

    @property
    def applies_to(self) -> str:
        """The kind of office the header names; both where it says "ทั้งสองประเภท", or nothing that is known."""
        words = self.headers.get("applies_to", "")
        for kind in (AppliesTo.PRIMARY, AppliesTo.SECONDARY):
            if words == kind.label:
                return kind.value
        return AppliesTo.BOTH.value


def rename_branch_targets(content: Content, new_uuids: Mapping[UUID, UUID]) -> Content:
    """A step's branches under the new uuids of the steps they lead to; any other content as it is."""
    if not isinstance(content, Step):
        return content
    branches = []
    for branch in content.next:
        target = new_uuids[UUID(branch["to"])]
        branches.append({**branch, "to": str(target)})
    return replace(content, next=branches)
