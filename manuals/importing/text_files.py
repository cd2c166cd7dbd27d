"""A text file of one or more processes, read and put into a group's manual."""

import re
import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from hearing_portal.thai.numbering import arabic_digits

from ..content import Content, Definition, plain_text
from ..labels import label_clauses
from ..law.services import load_sources_by_title
from ..models import Manual, Section
from .process_text import ClauseDraft, ProcessDraft, TextNotRead, read_process
from .services import import_process, revise_process

FIRST_HEADING = re.compile(r"^\s*[1๑]\s*[.)]?\s+ชื่องาน", re.MULTILINE)
LATER_FORMATS = {".docx": "Word", ".doc": "Word", ".pdf": "PDF"}


class FormatNotServed(Refusal):
    """A format of the contract that this version does not read yet."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A draft clause as labels.py wants it; the order of the file is the rank."""

    key: uuids.UUID
    parent_key: uuids.UUID | None
    part: int
    rank: str
    numbering: str
    kind: str
    draft: ClauseDraft


def read_text_file(path: Path) -> list[ProcessDraft]:
    """The processes of a UTF-8 (or TIS-620) text file. Raises TextNotRead or FormatNotServed, in Thai."""
    if path.suffix.lower() in LATER_FORMATS:
        raise FormatNotServed(
            f"รุ่นนี้ยังอ่านไฟล์ {LATER_FORMATS[path.suffix.lower()]} ไม่ได้ โปรดบันทึกเป็นข้อความล้วน (.txt) แล้วนำเข้าอีกครั้ง"
        )
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TextNotRead("ไฟล์ไม่ใช่ข้อความ UTF-8 โปรดบันทึกใหม่เป็น UTF-8 แล้วนำเข้าอีกครั้ง") from None
    sources = load_sources_by_title()
    return [read_process(part, sources) for part in _split(text)]


def _split(text: str) -> list[str]:
    """One text for each "1. ชื่องาน"; lines before the first one are its headers."""
    starts = [match.start() for match in FIRST_HEADING.finditer(text)]
    if len(starts) < 2:
        return [text]
    borders = [0, *starts[1:], len(text)]
    return [text[start:end] for start, end in pairwise(borders)]


@transaction.atomic
def import_drafts(manual: Manual, drafts: Sequence[ProcessDraft], *, by: User, process: str = "") -> list[Section]:
    """All of a file or nothing. A process that stands in the manual (by its title, or `process`) is revised,
    another one is added under its unit."""
    sections = []
    for draft in drafts:
        title = process or draft.title
        section = (
            Section.objects.live().filter(manual=manual, kind=Section.Kind.PROCESS, title=title).order_by("pk").first()
        )
        if section is not None:
            revise_process(section, draft, by=by)
        else:
            section = import_process(manual, draft, by=by, unit=_unit(manual, draft))
        sections.append(section)
    return sections


def _unit(manual: Manual, draft: ProcessDraft) -> Section | None:
    title = draft.headers.get("unit")
    return Section.objects.live().filter(manual=manual, kind=Section.Kind.UNIT, title=title).first() if title else None


def describe_draft(draft: ProcessDraft) -> dict[str, Any]:
    """{"title", "clauses": [{"part", "label", "kind", "text", "fields"}]} in reading order, labels in Arabic digits."""
    rows = [
        _Row(clause.uuid, clause.parent, clause.part, f"{position:06}", clause.numbering, clause.content.kind, clause)
        for position, clause in enumerate(draft.clauses)
    ]
    return {
        "title": draft.title,
        "clauses": [
            {
                "part": item.node.part,
                "label": item.label,
                "kind": item.node.kind,
                "text": clause_text(item.node.draft.content),
                "fields": dict(item.node.draft.content.fields()),
            }
            for item in label_clauses(rows)
        ],
    }


def clause_text(content: Content) -> str:
    """The clause in one line, as it stands in the source: of a step the detail of its work."""
    if isinstance(content, Definition):
        return f"{content.term} หมายถึง {dict(content.fields())['text']}"
    named = dict(content.fields())
    return named.get("text") or plain_text(content)


def label_warnings(draft: ProcessDraft) -> list[str]:
    """Where the number printed in the source is not the one the clause gets here."""
    described = describe_draft(draft)["clauses"]
    printed = {clause_text(clause.content): clause.source_label for clause in draft.clauses if clause.source_label}
    return [
        f"ส่วนที่ {row['part']}: ต้นฉบับพิมพ์เลข {printed[row['text']]} แต่ลำดับจริงคือ {row['label']}"
        for row in described
        if row["text"] in printed and not _same_number(printed[row["text"]], row["label"])
    ]


def _same_number(printed: str, label: str) -> bool:
    letters = re.sub(r"[().\s]", "", arabic_digits(label))
    return letters == re.sub(r"[().\s]", "", printed)
