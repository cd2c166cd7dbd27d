"""The two sides of an overlap as a page names them, with the way to where they are read."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.urls import reverse

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.markup import OBJECT_MARKER, tell_markers
from manuals.content import plain_text, written_words
from manuals.entries import EntryView
from manuals.models import Clause, Section
from manuals.queries import entry_view
from manuals.reading.names import clause_name
from manuals.reading.presentation.links import clause_anchor

from ...links import edition_section_url
from ...models import Overlap
from ..queries.places import ReadablePlaces, load_readable_places
from ..shared_words import SharedStretch, mark_shared_words
from ..words import say_owner

# In place of a title that the reader may not know yet: a process of another group's working draft
UNTOLD_PROCESS = "กระบวนงานในร่างที่ยังไม่เปิดให้อ่าน"


@dataclass(frozen=True, slots=True)
class ShownSide:
    """`owner` is a group or an outside agency. `process`, `clause` and `words` are empty where the side is not so
    narrow, or where the reader may not read there; `source` tells where the words stand."""

    owner: str
    short_owner: str
    process: str = ""
    clause: str = ""
    url: str = ""
    words: str = ""
    source: str = ""
    stretches: list[SharedStretch] = field(default_factory=list)

    @property
    def place(self) -> str:
        """การยืมเงิน ข้อ 5.2"""
        return f"{self.process} {self.clause}".strip()

    @property
    def in_full(self) -> str:
        return f"{self.owner} {self.place}".strip()


def load_sides(
    user: Visitor, overlaps: Iterable[Overlap]
) -> dict[int, tuple[ShownSide, ShownSide]]:
    """{overlap: its sides}. Two queries at most."""
    rows = list(overlaps)
    sections: list[Section | None] = []
    clauses: list[Clause | None] = []
    groups: dict[int, WorkGroup] = {}
    for row in rows:
        sections += [row.section_a, row.section_b]
        clauses += [row.clause_a, row.clause_b]
        if row.section_a is not None:
            groups[row.section_a.manual_id] = row.work_group_a
        if row.section_b is not None and row.work_group_b is not None:
            groups[row.section_b.manual_id] = row.work_group_b
    places = load_readable_places(user, sections, clauses, groups=groups)
    sides = {}
    for row in rows:
        first = show_side(places, row.work_group_a, "", row.section_a, row.clause_a)
        second = show_side(
            places, row.work_group_b, row.agency, row.section_b, row.clause_b
        )
        sides[row.pk] = (first, second)
    return sides


def show_side(
    places: ReadablePlaces,
    group: WorkGroup | None,
    agency: str,
    section: Section | None,
    clause: Clause | None,
) -> ShownSide:
    owner = say_owner(group, agency)
    short_owner = group.short_name if group is not None else agency
    if section is None:
        return ShownSide(owner, short_owner)
    title = places.titles.get(section.pk, UNTOLD_PROCESS)
    if clause is not None:
        drafted = places.drafted.get(clause.pk)
        if drafted is not None:
            page = reverse("draft", args=[section.manual.key, section.uuid])
            return ShownSide(
                owner,
                short_owner,
                title,
                clause_name(drafted),
                f"{page}#{clause_anchor(clause.uuid)}",
                say_words(drafted),
                "ร่างปัจจุบัน",
            )
        printed = places.printed.get(clause.pk)
        if printed is not None:
            view = entry_view(printed)
            return ShownSide(
                owner,
                short_owner,
                title,
                clause_name(view),
                edition_section_url(printed.edition, section, clause.uuid),
                say_words(view),
                printed.edition.title,
            )
    return ShownSide(owner, short_owner, title, url=_section_url(places, section))


def _section_url(places: ReadablePlaces, section: Section) -> str:
    if section.pk in places.draft_sections:
        return reverse("draft", args=[section.manual.key, section.uuid])
    row = places.printed_sections.get(section.pk)
    if row is None:
        return ""
    return reverse("edition-section", args=[row.edition.code, section.uuid])


def say_words(view: EntryView) -> str:
    """What a clause says, in one text."""
    if view.content is None:
        return ""
    plain = plain_text(view.content)
    if OBJECT_MARKER in plain:
        plain = tell_markers(plain)
    return written_words(view.content.kind, plain)


def mark_sides(
    sides: tuple[ShownSide, ShownSide],
) -> tuple[ShownSide, ShownSide]:
    """The same with the words marked that both sides have, where both have words."""
    first, second = sides
    if not first.words or not second.words:
        return (
            replace(first, stretches=[SharedStretch(first.words, False)]),
            replace(second, stretches=[SharedStretch(second.words, False)]),
        )
    marked = mark_shared_words(first.words, second.words)
    return (
        replace(first, stretches=marked.first),
        replace(second, stretches=marked.second),
    )
