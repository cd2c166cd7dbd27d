"""Where what a comment is about is written, or read, in the working draft as it stands."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from hearing_portal.directory.models import User
from manuals.drafting.step_table import STEP_PART
from manuals.models import Clause, EditionEntry, Section
from manuals.models.survivors import find_survivors, stands, where_written
from manuals.permissions import can_edit_draft, can_read_draft
from manuals.reading.presentation.links import clause_anchor

from .blockers import WritingWay


def draft_place_url(
    entry: EditionEntry,
    clause: Clause | None,
    asked: Mapping[str, str] | None = None,
    *,
    section: Section | None = None,
) -> str:
    """The page of the draft that the entry stands on today, at its clause: `clause`, which may have moved on, with its
    section and manual. Without a clause, the entry's section, or `section` where that one has its words, with its
    manual. Something is `asked` of the page."""
    query = f"?{urlencode(asked)}" if asked else ""
    if clause is not None:
        page = reverse("draft", args=[clause.section.manual.key, clause.section.uuid])
        return f"{page}{query}#{clause_anchor(clause.uuid)}"
    section = section or entry.section
    manual = entry.manual
    if section is not None and section.manual_id != manual.pk:
        manual = section.manual  # it was moved to another one
    if section is None or section.kind == Section.Kind.UNIT:
        return reverse("manual-draft", args=[manual.key]) + query
    return reverse("draft", args=[manual.key, section.uuid]) + query


def clause_writing_url(
    clause: Clause, page: str = "clause-edit", asked: Mapping[str, str] | None = None
) -> str:
    """Where the clause is written: on a page of its own, or in its row of the table of steps. It comes with its section
    and manual."""
    query = f"?{urlencode(asked)}" if asked else ""
    args = [clause.section.manual.key, clause.section.uuid]
    if clause.part == STEP_PART:
        return f"{reverse('step-table', args=args)}{query}#row-{clause.uuid}"
    return reverse(page, args=[*args, clause.uuid]) + query


def find_writing_way(
    entry: EditionEntry, clause: Clause | None, user: User
) -> WritingWay | None:
    """Into the editor for who writes the manual; to the words of the draft for who reads it; None for anybody else.
    `clause` is the entry's, as draft_place_url wants it; where that was joined into another one or divided, the way
    leads to what has its words now. No query, one for each generation where it left the manual."""
    label = "แก้ไขข้อนี้ในร่าง"
    if clause is not None and not stands(clause):
        now = where_written(clause, find_survivors([clause]))
        if now != clause:
            clause, label = now, "แก้ไขข้อที่รับถ้อยคำไว้ในร่าง"
    manual = clause.section.manual if clause is not None else entry.manual
    if can_edit_draft(user, manual.work_group):
        if clause is not None:
            return WritingWay(clause_writing_url(clause), label)
        return WritingWay(draft_place_url(entry, None), "เปิดในร่าง")
    if can_read_draft(user, manual.work_group):
        return WritingWay(draft_place_url(entry, clause), "อ่านในร่างปัจจุบัน")
    return None
