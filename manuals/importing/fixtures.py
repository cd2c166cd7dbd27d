"""The ten manuals from fixtures/manuals: 2553 as it was, then turned into the draft of 2565 by real acts."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.thai.sentences import joined

from ..drafting.changes import ReviseSection
from ..drafting.services.apply_changes import apply_changes
from ..drafting.services.manuals import create_manual
from ..drafting.services.sections import add_section
from ..law.queries import load_sources_by_title
from ..models import Manual, Section, SectionVersion
from ..models.manual import BOOK
from ..own_reasons import tell_taking_in
from ..ranks import ranks_after
from .drafts import ProcessDraft
from .process_text import read_process
from .services.importing import import_clauses
from .services.revising import revise_process
from .shipped import Key, ListedProcess, read_front_parts, read_listed_processes

Progress = Callable[[str], None]


class FixtureManuals:
    """The folder, and the sections made from it so far (by group and title of processes.csv)."""

    def __init__(
        self, folder: Path, *, by: User, progress: Progress = lambda line: None
    ) -> None:
        self.folder = folder
        self.by = by
        self.progress = progress
        self.sources = load_sources_by_title()
        self.listed = list(read_listed_processes(folder))
        self.manuals: dict[str, Manual] = {}
        self.units: dict[Key, Section] = {}
        self.sections: dict[Key, Section] = {}

    # --- 2553

    def load_baseline(self) -> None:
        """The manuals with their units, and the processes 2553 had, under the group of then."""
        self.create_manuals()
        for path in sorted(self.folder.glob("2553/*/*.txt")):
            draft = self.read(path)
            process = self.find_listed(draft.headers["process"])
            former_group = path.parent.name
            self.add_process(
                former_group,
                process,
                draft,
                Section.Origin.KEPT,
            )

    def create_manuals(self) -> None:
        """That of the whole book, and one of each group."""
        groups = WorkGroup.objects.exclude(duties=[]).in_bulk(field_name="key")
        create_manual(BOOK, "คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา", by=self.by)
        for process in self.listed:
            if process.group not in self.manuals:
                group = groups[process.group]
                title = joined("คู่มือการปฏิบัติงาน", group.name)
                self.manuals[group.key] = create_manual(
                    group.key,
                    title,
                    by=self.by,
                    work_group=group,
                )

    # --- 2565

    def load_drafted_processes(self) -> None:
        """The manuals with the drafted processes alone, as if there had been no 2553: for a rehearsal."""
        self.create_manuals()
        for path in sorted(self.folder.glob("2565/*/*.txt")):
            draft = self.read(path)
            process = self.find_listed(draft.headers["process"])
            self.add_process(path.parent.name, process, draft, Section.Origin.NEW)

    def load_draft(self) -> None:
        """The acts of the revision: move between groups, reword, add, retire, and list what is not drafted yet."""
        self.add_front_matter()
        drafts: dict[Key, ProcessDraft] = {}
        for path in sorted(self.folder.glob("2565/*/*.txt")):
            draft = self.read(path)
            group = path.parent.name
            title = draft.headers["process"]
            drafts[group, title] = draft
        for process in self.listed:
            process_draft = drafts.get(process.key)
            if process_draft is None:
                self.add_undrafted(process)
            else:
                # Old work of which there is no text of 2553 is revised, not new
                origin = process.origin or Section.Origin.REVISED
                self.take_draft(process, process_draft, origin)
        self.retire_empty_units()

    def take_draft(
        self, process: ListedProcess, draft: ProcessDraft, origin: str
    ) -> None:
        """Revise the process 2553 had, after moving it to its new group; else add it."""
        former_group = draft.headers.get("former_group", process.group)
        section = self.sections.get((former_group, process.title))
        if section is None:
            self.add_process(process.group, process, draft, origin)
            return
        section.refresh_from_db()
        if former_group != process.group:
            self.move_process(section, process, draft)
            section.refresh_from_db()
        revise_process(section, draft, by=self.by)
        self.progress(f"ปรับปรุง {draft.title}")

    def move_process(
        self, section: Section, process: ListedProcess, draft: ProcessDraft
    ) -> None:
        unit = self.get_unit(process.group, process.unit)
        reason = draft.headers.get("revise_reason", "ย้ายตามการแบ่งกลุ่มงานใหม่")
        values = {
            "manual": self.manuals[process.group],
            "parent": unit,
            "rank": process.rank,
        }
        change = ReviseSection(section, section.version, values)
        apply_changes(self.by, SectionVersion.Action.MOVE, reason, [change])

    def add_undrafted(self, process: ListedProcess) -> None:
        """Title only: "ยังไม่ยกร่าง". A process 2553 had and nobody revised yet keeps its text."""
        if process.key in self.sections:
            return
        titles = []
        for listed in self.listed:
            if listed.group == process.group:
                titles.append(listed.title)
        process_number = 1 + titles.index(process.title)
        groups = list(self.manuals)
        group_number = 1 + groups.index(process.group)
        self.sections[process.key] = self.add(
            process.group,
            Section.Kind.PROCESS,
            process.title,
            parent=self.get_unit(process.group, process.unit),
            rank=process.rank,
            data={"doc_code": f"OPM-{group_number:02}-{process_number:02}"},
        )

    def add_front_matter(self) -> None:
        self.manuals[BOOK] = Manual.objects.get(key=BOOK)
        for path in sorted(self.folder.glob("groups/*.txt")):
            kind = Section.Kind.MISSION
            if path.stem == BOOK:
                kind = Section.Kind.FRONT
            parts = list(read_front_parts(path))
            for rank, (title, drafts) in zip("123", parts, strict=False):
                section = self.add(path.stem, kind, title, rank=rank)
                import_clauses(
                    section,
                    drafts,
                    by=self.by,
                    reason=tell_taking_in(title),
                )

    def retire_empty_units(self) -> None:
        """A unit whose processes all moved to another group is no longer a unit of this one."""
        reason = "งานย้ายไปอยู่กลุ่มงานอื่นตามประกาศแบ่งส่วนราชการ"
        units = Section.objects.live().filter(kind=Section.Kind.UNIT)
        for section in units:
            if not section.children.filter(retired__isnull=True).exists():
                change = ReviseSection(
                    section,
                    section.version,
                    {},
                    retire_reason=reason,
                )
                apply_changes(
                    self.by,
                    SectionVersion.Action.RETIRE,
                    reason,
                    [change],
                )

    # --- the steps they share

    def find_listed(self, title: str) -> ListedProcess:
        """The process has the title of today, though its group may be another one."""
        for process in self.listed:
            if process.title == title:
                return process
        raise ValueError(f"{title} is not listed")

    def read(self, path: Path) -> ProcessDraft:
        text = path.read_text(encoding="utf-8")
        draft = read_process(text, self.sources)
        if draft.refusals:
            raise ValueError(f"{path}: {draft.refusals[0]}")
        return draft

    def add_process(
        self,
        group: str,
        process: ListedProcess,
        draft: ProcessDraft,
        origin: str,
    ) -> None:
        section = self.add(
            group,
            Section.Kind.PROCESS,
            draft.title,
            parent=self.get_unit(group, process.unit),
            rank=process.rank,
            data=draft.section_data,
            origin=origin,
        )
        import_clauses(
            section,
            draft.clauses,
            by=self.by,
            reason=tell_taking_in(draft.title),
        )
        self.sections[group, process.title] = section
        self.progress(f"นำเข้า {draft.title}")

    def get_unit(self, group: str, title: str) -> Section:
        """The unit of that title, made when it is asked for first."""
        if (group, title) not in self.units:
            rank = self.unit_rank(group, title)
            self.units[group, title] = self.add(
                group,
                Section.Kind.UNIT,
                title,
                rank=rank,
            )
        return self.units[group, title]

    def unit_rank(self, group: str, title: str) -> str:
        """As listed; units a group had only in 2553 stand behind the listed ones."""
        titles: list[str] = []
        for process in self.listed:
            if process.group == group and process.unit not in titles:
                titles.append(process.unit)
        for made_group, made_title in self.units:
            if made_group == group and made_title not in titles:
                titles.append(made_title)
        if title not in titles:
            titles.append(title)
        return ranks_after("5", 60)[titles.index(title)]

    def add(
        self,
        group: str,
        kind: str,
        title: str,
        *,
        rank: str,
        parent: Section | None = None,
        data: Mapping[str, Any] | None = None,
        origin: str = Section.Origin.KEPT,
    ) -> Section:
        return add_section(
            self.manuals[group],
            kind,
            title,
            by=self.by,
            parent=parent,
            rank=rank,
            data=data,
            origin=origin,
        )
