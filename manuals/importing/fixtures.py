"""The ten manuals from fixtures/manuals: 2553 as it was, then turned into the draft of 2565 by real acts."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.thai.text import escape_plain

from ..content import Text
from ..drafting.changes import AddSection, ReviseSection
from ..drafting.services.apply_changes import apply_changes
from ..drafting.services.manuals import create_manual
from ..law.services import load_sources_by_title
from ..models import Clause, Manual, Section, SectionVersion
from ..ranks import ranks_after
from .process_text import ClauseDraft, ProcessDraft, read_process
from .services import import_clauses, revise_process, section_data

BOOK = "BOOK"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ListedProcess:
    """A line of processes.csv with the place it has in its unit."""

    group: str
    unit: str
    title: str
    rank: str


class FixtureManuals:
    """The folder, and the sections made from it so far (by group and title of processes.csv)."""

    def __init__(self, folder: Path, *, by: User, progress: Progress = lambda line: None) -> None:
        self.folder, self.by, self.progress = folder, by, progress
        self.sources = load_sources_by_title()
        self.listed = list(_listed_processes(folder / "processes.csv"))
        self.manuals: dict[str, Manual] = {}
        self.units: dict[tuple[str, str], Section] = {}
        self.sections: dict[tuple[str, str], Section] = {}

    def load_baseline(self) -> None:
        """The manuals with their units, and the processes 2553 had, under the group of then."""
        groups = {group.key: group for group in WorkGroup.objects.exclude(duties=[])}
        create_manual(BOOK, "คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา", by=self.by)
        for key in dict.fromkeys(process.group for process in self.listed):
            group = groups[key]
            self.manuals[key] = create_manual(key, f"คู่มือการปฏิบัติงาน{group.name}", by=self.by, work_group=group)
        for path in sorted(self.folder.glob("2553/*/*.txt")):
            draft = self.read(path)
            process = self.place_of(draft)
            self.add_process(path.parent.name, process, draft, Section.Origin.KEPT)

    def load_draft(self) -> None:
        """The acts of the revision: move between groups, reword, add, retire, and list what is not drafted yet."""
        self.add_front_matter()
        drafts = {}
        for path in sorted(self.folder.glob("2565/*/*.txt")):
            draft = self.read(path)
            drafts[path.parent.name, draft.headers["process"]] = draft
        former = {group.key for group in WorkGroup.objects.filter(valid_from__year__lt=2015)}
        for process in self.listed:
            draft = drafts.get((process.group, process.title))
            origin = Section.Origin.ADDITIONAL if process.group in former else Section.Origin.NEW
            if draft is None:
                self.add_undrafted(process)
            else:
                self.take_draft(process, draft, origin)
        self.retire_empty_units()

    def retire_empty_units(self) -> None:
        """A unit whose processes all moved to another group is no longer a unit of this one."""
        for section in Section.objects.live().filter(kind=Section.Kind.UNIT):
            if not section.children.filter(retired__isnull=True).exists():
                reason = "งานย้ายไปอยู่กลุ่มงานอื่นตามประกาศแบ่งส่วนราชการ"
                change = ReviseSection(section, section.version, {}, retire_reason=reason)
                apply_changes(self.by, SectionVersion.Action.RETIRE, reason, [change])

    def read(self, path: Path) -> ProcessDraft:
        draft = read_process(path.read_text(encoding="utf-8"), self.sources)
        if draft.refusals:
            raise ValueError(f"{path}: {draft.refusals[0]}")
        return draft

    def place_of(self, draft: ProcessDraft) -> ListedProcess:
        """The line of processes.csv a 2553 text belongs to; its title is the same though its group may be another."""
        title = draft.headers["process"]
        return next(process for process in self.listed if process.title == title)

    def take_draft(self, process: ListedProcess, draft: ProcessDraft, origin: str) -> None:
        former = draft.headers.get("former_group", process.group)
        section = self.sections.get((former, process.title))
        if section is None:
            self.add_process(process.group, process, draft, origin)
            return
        section.refresh_from_db()
        if former != process.group:
            self.move_process(section, process, draft)
            section.refresh_from_db()
        revise_process(section, draft, by=self.by)
        self.progress(f"ปรับปรุง {draft.title}")

    def move_process(self, section: Section, process: ListedProcess, draft: ProcessDraft) -> None:
        unit = self.unit(process.group, process.unit)
        values = {"manual": self.manuals[process.group], "parent": unit, "rank": process.rank}
        apply_changes(
            self.by,
            SectionVersion.Action.MOVE,
            draft.headers.get("revise_reason", "ย้ายตามการแบ่งกลุ่มงานใหม่"),
            [ReviseSection(section, section.version, values)],
        )

    def unit(self, group: str, title: str) -> Section:
        if (group, title) not in self.units:
            self.units[group, title] = self.add(group, Section.Kind.UNIT, title, rank=self.unit_rank(group, title))
        return self.units[group, title]

    def unit_rank(self, group: str, title: str) -> str:
        """As listed; units a group had only in 2553 stand behind the listed ones."""
        titles = list(dict.fromkeys(process.unit for process in self.listed if process.group == group))
        titles += [unit for key, unit in self.units if key == group and unit not in titles]
        titles += [] if title in titles else [title]
        return ranks_after("5", 60)[titles.index(title)]

    def add(self, group: str, kind: str, title: str, **values: object) -> Section:
        change = AddSection(self.manuals[group], kind, title, **values)
        apply_changes(self.by, SectionVersion.Action.ADD, f"เพิ่ม {title}", [change])
        return Section.objects.get(uuid=change.uuid)

    def add_process(self, group: str, process: ListedProcess, draft: ProcessDraft, origin: str) -> Section:
        section = self.add(
            group,
            Section.Kind.PROCESS,
            draft.title,
            parent=self.unit(group, process.unit).uuid,
            rank=process.rank,
            data=section_data(draft),
            origin=origin,
        )
        import_clauses(section, draft.clauses, by=self.by, reason=f"นำเข้า {draft.title}")
        self.sections[group, process.title] = section
        self.progress(f"นำเข้า {draft.title}")
        return section

    def add_undrafted(self, process: ListedProcess) -> None:
        """Title only: "ยังไม่ยกร่าง". A process 2553 had and nobody revised yet keeps its text."""
        if (process.group, process.title) in self.sections:
            return
        number = 1 + [row.title for row in self.listed if row.group == process.group].index(process.title)
        code = f"OPM-{list(self.manuals).index(process.group) + 1:02}-{number:02}"
        self.sections[process.group, process.title] = self.add(
            process.group,
            Section.Kind.PROCESS,
            process.title,
            parent=self.unit(process.group, process.unit).uuid,
            rank=process.rank,
            data={"doc_code": code},
        )

    def add_front_matter(self) -> None:
        self.manuals[BOOK] = Manual.objects.get(key=BOOK)
        for path in sorted(self.folder.glob("groups/*.txt")):
            kind = Section.Kind.FRONT if path.stem == BOOK else Section.Kind.MISSION
            for rank, (title, drafts) in zip(("1", "2", "3"), _front_parts(path), strict=False):
                section = self.add(path.stem, kind, title, rank=rank)
                import_clauses(section, drafts, by=self.by, reason=f"นำเข้า {title}")


def _front_parts(path: Path) -> Iterator[tuple[str, list[ClauseDraft]]]:
    """(heading, paragraphs and numbered lines) of a group's front text: a heading is a line ending in a colon."""
    title, drafts = "", []
    for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
        if line.endswith(":"):
            if title:
                yield title, drafts
            title, drafts = line[:-1], []
            continue
        numbered = re.match(r"\d+\.\s+(.*)", line)
        body = Text(body=escape_plain(numbered[1] if numbered else line))
        numbering = Clause.Numbering.DECIMAL if numbered else Clause.Numbering.NONE
        drafts.append(ClauseDraft(0, body, numbering))
    if title:
        yield title, drafts


def _listed_processes(path: Path) -> Iterator[ListedProcess]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = _group_keys(path)
    by_unit: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        by_unit.setdefault((keys[row["group_no"]], row["unit_th"]), []).append(row["process_th"])
    for (group, unit), titles in by_unit.items():
        for title, rank in zip(titles, ranks_after("", len(titles)), strict=True):
            yield ListedProcess(group, unit, title, rank)


def _group_keys(path: Path) -> dict[str, str]:
    groups = path.parent.parent / "directory" / "work_groups.csv"
    with groups.open(encoding="utf-8-sig", newline="") as file:
        return {row["no"]: row["key"] for row in csv.DictReader(file)}
