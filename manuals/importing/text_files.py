"""A text file of one or more processes, read and put into a group's manual."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.thai.numbering import arabic_digits

from ..content import Content, Definition, plain_text, written_words
from ..labels import label_clauses
from ..law.queries import load_sources_by_title
from ..models import Manual, Section
from ..source import SourceDocument
from .drafts import ProcessDraft
from .formats import read_source
from .process_borders import split_processes
from .process_text import read_document
from .reference_links import nodes_of
from .services.importing import import_process
from .services.revising import revise_process
from .text_source import read_text_source

# --- reading


def read_text_file(path: Path) -> list[ProcessDraft]:
    """The processes of a file. Raises SourceNotRead, in Thai."""
    document = read_source(path.name, path.read_bytes())
    return read_document_processes(document, load_sources_by_title())


def read_processes(text: str, sources: Mapping[str, str]) -> list[ProcessDraft]:
    """The processes of a text; `sources` as read_process wants them. Raises TextNotRead."""
    return read_document_processes(read_text_source(text), sources)


def read_document_processes(
    document: SourceDocument, sources: Mapping[str, str]
) -> list[ProcessDraft]:
    """The processes of a file. Raises TextNotRead."""
    return [read_document(part, sources) for part in split_processes(document)]


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
            "place": labelled.node.draft.place,
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
    warnings = []
    for labelled in label_clauses(nodes_of(draft.clauses)):
        clause = labelled.node.draft
        printed = clause.source_label
        if not printed or _bare_number(printed) == _bare_number(labelled.label):
            continue
        actual = f"แต่ลำดับจริงคือ {labelled.label}" if labelled.label else "แต่ข้อนี้ไม่มีเลขข้อ"
        warnings.append(f"ส่วนที่ {clause.part}: ต้นฉบับพิมพ์เลข {printed} {actual}")
    return warnings


def _bare_number(label: str) -> str:
    return re.sub(r"[().\s]", "", arabic_digits(label))
