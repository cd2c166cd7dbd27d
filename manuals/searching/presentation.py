"""What was found, as the page shows it: clauses with the words around the match, sections, and where to read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import EditionEntry, Section
from ..queries import entry_view
from ..reading.names import clause_name
from ..reading.presentation.links import SectionPages, clause_anchor, page_in_edition
from ..reading.told_words import tell_edition_words
from .excerpts import Pieces, excerpt
from .queries import MOST_TITLES, SearchResult


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A section whose title or document code has the phrase."""

    title: str
    group: str
    kind: str
    url: str

    @property
    def kind_words(self) -> str:
        """What is no process is called by one word, whatever it is."""
        return "กระบวนงาน" if self.kind == Section.Kind.PROCESS else "หมวด"


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """A clause that was found. `pieces` is the text around the first match, each piece with whether it matched."""

    entry: EditionEntry
    section_title: str
    pieces: Pieces
    is_exact: bool
    url: str
    name: str


def count_words(result: SearchResult, titles: int = 0) -> str:
    """All that is listed, and in how much of the edition: พบชื่อ 2 รายการ และ 12 ข้อ ใน 5 กระบวนงาน; ไม่พบ for nothing.
    `titles` are those of find_titles."""
    found_titles = ""
    if titles:
        capped = "ขึ้นไป" if titles >= MOST_TITLES else ""
        found_titles = f"พบชื่อ {_counted(titles, 'รายการ')}{capped}"
    if not result.ids:
        return found_titles or "ไม่พบ"

    places = []
    if result.process_count:
        places.append(_counted(result.process_count, "กระบวนงาน"))
    if result.chapter_count:
        places.append(_counted(result.chapter_count, "หมวด"))
    where = " และ ".join(places)
    capped = "ขึ้นไป" if result.is_capped else ""
    found_clauses = f"{_counted(len(result.ids), 'ข้อ')}{capped} ใน {where}{capped}"
    if not result.has_exact:
        # What is near was not looked for
        if found_titles:
            return f"{found_titles} และข้อใกล้เคียง {found_clauses}"
        return f"ไม่พบทั้งข้อความ มีข้อใกล้เคียง {found_clauses}"
    if found_titles:
        return f"{found_titles} และ {found_clauses}"
    return f"พบ {found_clauses}"


def _counted(number: int, what: str) -> str:
    """Never broken between number and word."""
    return f"{number:,}\u00a0{what}"


def section_hits(
    sections: Iterable[EditionEntry], pages: SectionPages = page_in_edition
) -> list[SectionHit]:
    hits = []
    for section in sections:
        hit = SectionHit(
            title=section.title,
            group=section.manual.display_name,
            kind=section.data.get("kind", ""),
            url=pages(section),
        )
        hits.append(hit)
    return hits


def load_hits(
    result: SearchResult, number: int, pages: SectionPages = page_in_edition
) -> list[ClauseHit]:
    """The hits of a page, from 1, read at `pages`. Two queries."""
    ids = result.page(number)
    entries = result.edition.entries.select_related(
        "blob", "manual__work_group"
    ).in_bulk(ids)
    section_ids = {entry.section_id for entry in entries.values()}
    sections = result.edition.entries.filter(kind="section", section__in=section_ids)
    section_of = {}
    for entry in sections.select_related("edition", "manual"):
        section_of[entry.section_id] = entry
    told = tell_edition_words(entries.values())
    exact = {*result.numbered, *result.phrase}

    hits = []
    for pk in ids:
        entry = entries[pk]
        section = section_of[entry.section_id]
        hit = ClauseHit(
            entry=entry,
            section_title=section.title,
            pieces=excerpt(told[pk], result.query.needles),
            is_exact=pk in exact,
            url=f"{pages(section)}#{clause_anchor(entry.uuid)}",
            name=clause_name(entry_view(entry)),
        )
        hits.append(hit)
    return hits
