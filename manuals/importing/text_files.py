"""A text file of one or more processes, read and put into a group's manual."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from hearing_portal.thai.byte_texts import NoText, decode_thai
from hearing_portal.thai.numbering import arabic_digits

from ..content import Content, Definition, plain_text, written_words
from ..labels import label_clauses
from ..law.queries import load_sources_by_title
from ..models import Manual, Section
from .drafts import ProcessDraft
from .part_headings import read_part_heading
from .process_text import TextNotRead, is_header, read_process
from .reference_links import nodes_of
from .services.importing import import_process
from .services.revising import revise_process

FIRST_HEADING = re.compile(r"^\s*[1๑]\s*[.)]?\s+ชื่องาน")
LATER_FORMATS = {".docx": "Word", ".doc": "Word", ".pdf": "PDF"}


class FormatNotServed(Refusal):
    """A format of the contract that this version does not read yet."""


# --- reading


def read_text_file(path: Path) -> list[ProcessDraft]:
    """The processes of a text file. Raises TextNotRead or FormatNotServed, in Thai."""
    later_format = LATER_FORMATS.get(path.suffix.lower())
    if later_format:
        raise FormatNotServed(
            f"รุ่นนี้ยังอ่านไฟล์ {later_format} ไม่ได้ โปรดบันทึกเป็นข้อความล้วน (.txt) แล้วนำเข้าอีกครั้ง"
        )
    text = decode_text(path.read_bytes())
    return read_processes(text, load_sources_by_title())


def decode_text(raw: bytes) -> str:
    """Raises TextNotRead for what is neither UTF-8 nor Thai as Windows writes it."""
    try:
        return decode_thai(raw)
    except NoText:
        raise TextNotRead(
            "ไฟล์ไม่ใช่ข้อความ UTF-8 โปรดบันทึกใหม่เป็น UTF-8 แล้วนำเข้าอีกครั้ง"
        ) from None


def read_processes(text: str, sources: Mapping[str, str]) -> list[ProcessDraft]:
    """The processes of a text; `sources` as read_process wants them. Raises TextNotRead."""
    # A process ends where the headers before the next "1. ชื่องาน" begin
    ends = _find_first_headings(text)[1:]
    ends.append(len(text))
    drafts = []
    start = 0
    for end in ends:
        draft = read_process(text[start:end], sources)
        drafts.append(draft)
        start = end
    return drafts


def _find_first_headings(text: str) -> list[int]:
    """Where each "1. ชื่องาน" begins, with the headers right before it."""
    starts = []
    position = 0
    header_start: int | None = None
    for line in text.splitlines(keepends=True):
        if FIRST_HEADING.match(line) or read_part_heading(line.rstrip()) == 1:
            starts.append(position if header_start is None else header_start)
            header_start = None
        elif is_header(line):
            if header_start is None:
                header_start = position
        elif line.strip():
            header_start = None
        position += len(line)
    return starts


# --- storing


@transaction.atomic
def import_drafts(
    manual: Manual,
    drafts: Sequence[ProcessDraft],
    *,
    by: User,
    process: str = "",
) -> list[Section]:
    """All of a file or nothing. A process that stands in the manual (by its title, or `process`) is revised,
    another one is added under its unit."""
    live = Section.objects.live().filter(manual=manual)
    sections = []
    for draft in drafts:
        title = process or draft.title
        section = (
            live.filter(kind=Section.Kind.PROCESS, title=title).order_by("pk").first()
        )
        if section is not None:
            revise_process(section, draft, by=by)
        else:
            unit = None
            unit_title = draft.headers.get("unit")
            if unit_title:
                unit = live.filter(kind=Section.Kind.UNIT, title=unit_title).first()
            section = import_process(manual, draft, by=by, unit=unit)
        sections.append(section)
    return sections


# --- showing what was read, before it is stored


def describe_draft(draft: ProcessDraft) -> dict[str, Any]:
    """{"title", "clauses": [{"part", "label", "kind", "text", "fields"}]} in reading order, labels in Arabic digits."""
    clauses = []
    for labelled in label_clauses(nodes_of(draft.clauses)):
        content = labelled.node.draft.content
        clause_row = {
            "part": labelled.node.part,
            "label": labelled.label,
            "kind": labelled.node.kind,
            "text": clause_text(content),
            "fields": dict(content.fields()),
        }
        clauses.append(clause_row)
    return {"title": draft.title, "clauses": clauses}


def clause_text(content: Content) -> str:
    """The clause in one line, as it stands in the source: of a step the detail of its work."""
    named_texts = dict(content.fields())
    if isinstance(content, Definition):
        return written_words(content.kind, plain_text(content))
    return named_texts.get("text") or plain_text(content)


def label_warnings(draft: ProcessDraft) -> list[str]:
    """Where the number printed in the source is not the one the clause gets here."""
    printed_labels = {}
    for clause in draft.clauses:
        if clause.source_label:
            printed_labels[clause_text(clause.content)] = clause.source_label
    warnings = []
    for row in describe_draft(draft)["clauses"]:
        printed = printed_labels.get(row["text"])
        if printed is not None and _bare_number(printed) != _bare_number(row["label"]):
            actual = f"แต่ลำดับจริงคือ {row['label']}" if row["label"] else "แต่ข้อนี้ไม่มีเลขข้อ"
            warnings.append(f"ส่วนที่ {row['part']}: ต้นฉบับพิมพ์เลข {printed} {actual}")
    return warnings


def _bare_number(label: str) -> str:
    return re.sub(r"[().\s]", "", arabic_digits(label))
