"""What a book is printed from: everything in it, gathered and in order. sources.py gathers it from an edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from hearing_portal.thai.numbering import Digits
from manuals.entries import EntryView

Pictures = Mapping[str, tuple[str, bytes]]  # key → (media type, bytes)
Notes = Mapping[
    str, Sequence[tuple[str, str, str]]
]  # clause uuid → (number, text, url)
Reasons = Mapping[str, Mapping[str, str]]  # clause uuid → {number of a note: why}
LawNotes = Mapping[str, str]  # key of a repealed law → what is in force instead
Sides = Literal[1, 2]


@dataclass(frozen=True, slots=True)
class UnitSource:
    """A งาน of a group; each process is its section entry followed by its clauses in reading order."""

    title: str
    processes: list[list[EntryView]] = field(default_factory=list)


class ProcessStatus(NamedTuple):
    """What became of a process, in the words of its group's page. `kind` new | edit | same | moved | undrafted."""

    kind: str
    words: str


NO_STATUS = ProcessStatus("", "")


@dataclass(frozen=True, slots=True)
class ManualSource:
    """A group's manual. `duties` are {"clause": "(ก)", "text": …}, in the words of
    the notification where they `are_announced`, else a summary of it; `mission_entries` may begin with a section.

    Processes are numbered in their order; where only some are printed, `numbers` gives {section uuid: number}.
    `statuses` are {section uuid: what became of it since the earlier edition}.
    """

    group_no: int
    key: str
    name: str
    mission_entries: list[EntryView] = field(default_factory=list)
    units: list[UnitSource] = field(default_factory=list)
    duties: list[Mapping[str, str]] = field(default_factory=list)
    duties_are_announced: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[str, ProcessStatus] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookSource:
    """Everything printed. `labels` are words of references the entries do not hold; `pictures` are
    {sha: (media type, bytes)} of figures; `logo` is the key of the cover's picture. For print on both `sides` the
    margins of left-hand pages are mirrored, and front matter and groups open on the right. An `unreleased` book is
    a final edition that the public may not read yet: cover and feet say so, and nothing else, so that its chunks are
    printed once. `proofs` are lines of hashes on the cover."""

    title: str
    year_line: str
    edition_code: str
    edition_title: str
    draft: bool
    draft_date: date | None
    verify_code: str
    verify_url: str
    digits: Digits = "thai"
    sides: Sides = 1
    manuals: list[ManualSource] = field(default_factory=list)
    foreword_entries: list[EntryView] = field(default_factory=list)
    notes: Notes = field(default_factory=dict)
    reasons: Reasons = field(default_factory=dict)
    unreleased: bool = False
    law_notes: LawNotes = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=dict)
    logo: str = ""
    portal_url: str = ""  # where what it names can be opened
    proofs: Sequence[str] = ()


class NumberedProcess(NamedTuple):
    """A process with its number ("4.2") and unit; `entries` begin with its section."""

    number: str
    unit: UnitSource
    entries: list[EntryView]
    status: ProcessStatus = NO_STATUS

    @property
    def section(self) -> EntryView:
        return self.entries[0]

    @property
    def is_drafted(self) -> bool:
        """It has a clause beside its name."""
        return len(self.entries) > 1


def numbered_processes(manual: ManualSource) -> list[NumberedProcess]:
    """The processes of a group, numbered through its units."""
    processes: list[NumberedProcess] = []
    for unit in manual.units:
        for entries in unit.processes:
            section = entries[0]
            own_number = len(processes) + 1
            number = str(manual.numbers.get(str(section.uuid), own_number))
            if manual.group_no:
                number = f"{manual.group_no}.{number}"
            status = manual.statuses.get(str(section.uuid), NO_STATUS)
            processes.append(NumberedProcess(number, unit, entries, status))
    return processes
