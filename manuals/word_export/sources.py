"""What a Word file is made of: entries of an edition or of the working draft, of all groups, one, or one process."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.timezone import localdate

from hearing_portal.refusals import Refusal
from hearing_portal.thai.dates import be_date
from hearing_portal.thai.markup import write_reference
from hearing_portal.thai.sentences import joined

from ..comparing.sides import Side
from ..drafting.told_words import load_told_words
from ..entries import EntryView
from ..models import Manual, Section
from ..queries import (
    draft_section_view,
    entry_view,
    load_draft_clauses,
    load_draft_sections,
)
from ..reading.names import CitedNames, name_entries
from ..reading.presentation.links import name_in_editions
from ..reading.told_words import referenced_in


class NothingToExport(Refusal):
    """There is no such group or process on this side; the message is for the person who asked."""

    @classmethod
    def on(cls, side: Side) -> Self:
        return cls(joined(side.title, "ไม่มีกลุ่มงานหรือกระบวนงานที่ขอส่งออก"))


@dataclass(frozen=True, slots=True)
class WordSource:
    """Manuals, sections and clauses in reading order. `names`: what is called how that references lead
    to."""

    title: str
    entries: Sequence[EntryView]
    names: CitedNames


def load_word_source(
    side: Side, group: str = "", process: str = "", *, may_be_empty: bool = False
) -> WordSource:
    """At most four queries, and those of name_in_editions or load_told_words where something refers to what this reader
    may not read, or to what is gone. Raises NothingToExport."""
    loaded = _load_draft(side) if side.edition is None else _load_edition(side)
    chosen: list[EntryView] = []
    section = ""
    is_of_group = False
    for manual_key, entry in loaded:
        if entry.kind == "manual":
            is_of_group = group in ("", manual_key)
            section = ""
        elif entry.kind == "section":
            section = str(entry.uuid)
        if not is_of_group or (process and section != process):
            continue
        chosen.append(entry)
    if not chosen and not may_be_empty:
        raise NothingToExport.on(side)
    names = name_entries(entry for _, entry in loaded)
    cited = referenced_in(entry.content.referring for entry in chosen if entry.content)
    lost = cited - set(names)
    return WordSource(_title_of(side), chosen, {**_name_lost(side, lost), **names})


def _name_lost(side: Side, lost: Collection[str]) -> CitedNames:
    if side.edition is not None:
        return name_in_editions(lost, [side.edition.pk])
    return load_told_words(map(write_reference, lost)).names


def _title_of(side: Side) -> str:
    if side.edition is not None:
        return side.edition.title
    return f"ร่างปัจจุบัน ณ วันที่ {be_date(localdate())}"


def _load_edition(side: Side) -> list[tuple[str, EntryView]]:
    """[(key of the manual, entry)]."""
    assert side.edition is not None
    keys = dict(Manual.objects.values_list("pk", "key"))
    allowed = None
    if side.manuals is not None:
        allowed = {manual.pk for manual in side.manuals}
    loaded = []
    rows = side.edition.entries.select_related("blob").order_by("ordinal")
    for row in rows:
        if allowed is None or row.manual_id in allowed:
            loaded.append((keys[row.manual_id], entry_view(row)))
    return loaded


def _load_draft(side: Side) -> list[tuple[str, EntryView]]:
    allowed = {manual.pk for manual in side.manuals or ()}
    sections: list[Section] = []
    for section in load_draft_sections():
        if section.manual_id in allowed:
            sections.append(section)
    clauses = load_draft_clauses(sections)
    loaded = []
    manual_id = 0
    for section in sections:
        manual = section.manual
        if section.manual_id != manual_id:
            manual_id = section.manual_id
            view = EntryView(manual.uuid, "manual", manual.display_name)
            loaded.append((manual.key, view))
        loaded.append((manual.key, draft_section_view(section)))
        for clause in clauses[section.pk]:
            loaded.append((manual.key, clause))
    return loaded
