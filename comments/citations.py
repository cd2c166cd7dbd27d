"""How an entry of an edition is cited. All in Arabic digits, for the `digits` tag."""

from functools import cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from hearing_portal.thai.markup import OBJECT_MARKER, referenced_uuids
from manuals.models import EditionEntry
from manuals.reading.names import part_name, reference_words
from manuals.reading.told_words import load_edition_words

NO_BREAK_SPACE = "\u00a0"
STEPS_PART = 9


def cite_entry(entry: EditionEntry) -> str:
    """ข้อ 5.3, ขั้นตอนที่ 2, กระบวนงาน …. Needs the manual; the blob too for a clause without a number."""
    if entry.kind == EditionEntry.Kind.MANUAL:
        return entry.manual.title
    if entry.kind == EditionEntry.Kind.SECTION:
        is_process = entry.data.get("kind") == "process"
        return f"กระบวนงาน {entry.title}" if is_process else entry.title
    if entry.part == STEPS_PART and entry.label:
        return f"ขั้นตอนที่{NO_BREAK_SPACE}{entry.label}"
    if any(letter.isalnum() for letter in entry.cite):
        return f"ข้อ{NO_BREAK_SPACE}{entry.cite}"
    # Without a number: a definition by its term, any other clause by the part it stands in, also a note below the steps
    term = defined_term(entry)
    if term:
        return f"คำว่า “{term}”"
    return part_name(entry.part) or "ย่อหน้า"


def cite_in_section(entry: EditionEntry) -> str:
    """ข้อ 5.3 ของ การรับหนังสือราชการ: where clauses of several processes stand together. Needs the section, too."""
    if entry.kind != EditionEntry.Kind.CLAUSE or entry.section is None:
        return cite_entry(entry)
    return f"{cite_entry(entry)} {entry.section.title}"


def defined_term(entry: EditionEntry) -> str:
    """The term of an entry that is a definition, else "". Needs the blob."""
    if entry.blob is None:
        return ""
    term: str = entry.blob.content["data"].get("term", "")
    return term


def find_references(entry: EditionEntry) -> list[tuple[int, str]]:
    """[(number, citation)] of the cross-references in a clause's words, as "⟦number⟧" stands for them in a form. None
    without references, else the queries of load_edition_words."""
    if entry.blob is None:
        return []
    if OBJECT_MARKER not in entry.blob.plain:
        return []
    uuids = referenced_uuids(entry.blob.as_content.referring)
    targets = load_edition_words([entry])[entry.edition_id].read_in(entry.section_id)
    return [
        (number, reference_words(uuid, targets))
        for number, uuid in enumerate(uuids, start=1)
    ]


def with_section_title[Rows: QuerySet[Any]](rows: Rows, prefix: str = "") -> Rows:
    """Adds `section_title`: see the function of that name. `prefix` leads from the rows to the entry ("entry__")."""
    titled: Rows = rows.annotate(section_title=section_title(prefix))
    return titled


@cache  # every list of comments asks: to put it together takes longer than to answer
def section_title(prefix: str = "") -> Subquery:
    """The title the entry's section has in the entry's own edition: the working draft may have renamed it."""
    sections = EditionEntry.objects.filter(
        edition=OuterRef(f"{prefix}edition"),
        section=OuterRef(f"{prefix}section"),
        kind=EditionEntry.Kind.SECTION,
    )
    return Subquery(sections.order_by().values("title")[:1])
