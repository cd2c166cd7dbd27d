"""An old book out of files that were sent and put right: an edition's file made of previews, for archiving."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from hearing_portal.thai.text import POLICY_VERSION

from ..content import AppliesTo, content_sha
from ..editions.services.freezing import ManifestLine, manifest_sha, section_sha
from ..importing.drafts import ProcessDraft
from ..importing.kept_readings import draft_of
from ..importing.reference_links import nodes_of
from ..importing.services.revising import (
    align_clauses,
    final_contents,
    load_clauses_by_section,
)
from ..labels import label_clauses
from ..models import Clause, Edition, FileUpload, ImportedProcess, Section
from .edition_file import EditionFile, FileEntry, FileGroup, FileManual
from .reading import CLAUSE, SECTION
from .refusals import ArchivalRefused

MANUAL = "manual"


def make_old_book(
    upload: FileUpload, processes: Sequence[ImportedProcess], code: str, title: str
) -> EditionFile:
    """The manual as all processes of the upload say it, sealed now. A clause that is matched to one of the draft is
    that clause at another time. Raises ArchivalRefused where something of it has still to be looked at."""
    drafts = [(process, draft_of(process)) for process in processes]
    _refuse_unready(drafts)
    writer = _BookWriter(upload)
    writer.write(drafts)
    shas = sorted({process.file.original_id for process in processes})
    manual = upload.manual
    group = manual.work_group
    groups = []
    if group is not None:
        groups.append(
            FileGroup(
                key=group.key,
                name=group.name,
                short_name=group.short_name,
                kind=group.kind,
                order=group.order,
                valid_from=group.valid_from,
                valid_until=group.valid_until,
            )
        )
    group_key = group.key if group is not None else None
    return EditionFile(
        code=code,
        kind=Edition.Kind.BASELINE,
        title=title,
        sealed_at=timezone.now(),
        policy_version=POLICY_VERSION,
        basis="",
        manifest_sha=manifest_sha(writer.lines),
        file_sha=hashlib.sha256("\n".join(shas).encode()).hexdigest(),
        manuals=[FileManual(manual.key, manual.uuid, group_key)],
        groups=groups,
        entries=writer.entries,
    )


def _refuse_unready(drafts: Sequence[tuple[ImportedProcess, ProcessDraft]]) -> None:
    if not drafts:
        raise ArchivalRefused("ไฟล์ชุดนี้ไม่มีกระบวนงาน จึงจัดทำฉบับไม่ได้")
    for process, draft in drafts:
        if process.taken_at is not None:
            raise ArchivalRefused(
                f"“{process.title}” นำเข้าร่างไปแล้ว โปรดส่งไฟล์ใหม่เพื่อจัดทำฉบับจดหมายเหตุ"
            )
        if draft.refusals:
            raise ArchivalRefused(
                f"“{process.title}” มีข้อความที่เก็บไม่ได้ โปรดแก้ไขไฟล์แล้วส่งใหม่"
            )
        doubtful = sum(doubt.clause is not None for doubt in draft.doubts)
        if doubtful:
            raise ArchivalRefused(
                f"“{process.title}” ยังมีเรื่องที่ต้องตรวจ {doubtful} เรื่อง โปรดตรวจทีละข้อให้ครบก่อน"
            )


@dataclass(slots=True)
class _BookWriter:
    """The entries in the order of the book, with their lines in the manifest."""

    upload: FileUpload
    entries: list[FileEntry] = field(default_factory=list)
    lines: list[ManifestLine] = field(default_factory=list)
    sections: int = 0

    def write(self, drafts: Sequence[tuple[ImportedProcess, ProcessDraft]]) -> None:
        manual = self.upload.manual
        self._add(MANUAL, manual.uuid, None, "", manual.key, title=manual.title)
        known = {
            section.title: section.uuid
            for section in Section.objects.live().filter(
                manual=manual, kind=Section.Kind.UNIT
            )
        }
        targets = [process.target for process, _ in drafts if process.target]
        clauses = load_clauses_by_section(targets)
        number = 0
        for unit, below in _by_unit(drafts):
            above, label, place = manual.uuid, "", 0
            if unit:
                number += 1
                above = known.get(unit) or uuid5(self.upload.uuid, unit)
                label = str(number)
                self._add_section(
                    above, manual.uuid, label, unit, {"kind": Section.Kind.UNIT.value}
                )
            for process, draft in below:
                if unit:
                    place += 1
                    own = f"{label}.{place}"
                else:
                    number += 1
                    own = str(number)
                self._add_process(process, draft, above, own, clauses)

    def _add_process(
        self,
        process: ImportedProcess,
        draft: ProcessDraft,
        above: UUID,
        label: str,
        clauses: dict[int, list[Clause]],
    ) -> None:
        target = process.target
        uuid = target.uuid if target is not None else process.uuid
        data = {**draft.section_data, "kind": Section.Kind.PROCESS.value}
        self._add_section(uuid, above, label, draft.title, data, draft.applies_to)
        own = clauses.get(target.pk, []) if target is not None else []
        pairs = align_clauses(own, draft) if own else {}
        contents = final_contents(draft, pairs)
        final = {each.uuid: each.uuid for each in draft.clauses}
        final |= {key: clause.uuid for key, clause in pairs.items()}
        path = f"{self.upload.manual.key}/{label}"
        for labelled in label_clauses(nodes_of(draft.clauses)):
            clause = labelled.node.draft
            content = contents[clause.uuid]
            parent = final[clause.parent] if clause.parent is not None else uuid
            self._add(
                CLAUSE,
                final[clause.uuid],
                parent,
                labelled.label,
                f"{path}/{labelled.cite}",
                section=uuid,
                part=clause.part,
                numbering=clause.numbering,
                applies_to=content.applies_to,
                data={"depth": labelled.depth} if labelled.depth else {},
                sha=content_sha(content),
                content=content,
            )

    def _add_section(
        self,
        uuid: UUID,
        above: UUID,
        label: str,
        title: str,
        data: dict[str, Any],
        applies_to: str = AppliesTo.BOTH.value,
    ) -> None:
        self.sections += 1
        self._add(
            SECTION,
            uuid,
            above,
            label,
            f"{self.upload.manual.key}/{label}",
            title=title,
            section=uuid,
            data={**data, "origin": Section.Origin.KEPT.value},
            applies_to=applies_to,
        )

    def _add(
        self,
        kind: str,
        uuid: UUID,
        parent: UUID | None,
        label: str,
        path: str,
        **facts: Any,
    ) -> None:
        values = {
            **{"title": "", "section": None, "part": 0, "numbering": ""},
            **{"applies_to": AppliesTo.BOTH.value, "data": {}},
            **facts,
        }
        entry = FileEntry(
            kind=kind,
            uuid=uuid,
            parent=parent,
            manual=self.upload.manual.key,
            path=path,
            label=label,
            **values,
        )
        sha = entry.sha or section_sha(entry.title, entry.data, entry.applies_to)
        section = self.sections or None
        line = ManifestLine(label, kind, uuid, sha, self.upload.manual.pk, section)
        self.entries.append(entry)
        self.lines.append(line)


def _by_unit(
    drafts: Sequence[tuple[ImportedProcess, ProcessDraft]],
) -> list[tuple[str, list[tuple[ImportedProcess, ProcessDraft]]]]:
    """(unit that the file names, its processes), as they come first in the files; those without one each by itself."""
    groups: list[tuple[str, list[tuple[ImportedProcess, ProcessDraft]]]] = []
    of_unit: dict[str, list[tuple[ImportedProcess, ProcessDraft]]] = {}
    for process, draft in drafts:
        unit = draft.headers.get("unit", "")
        if unit and unit in of_unit:
            of_unit[unit].append((process, draft))
            continue
        below = [(process, draft)]
        groups.append((unit, below))
        if unit:
            of_unit[unit] = below
    return groups
