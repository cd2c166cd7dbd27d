"""A request to look as pages show it, with the words it is about and nothing around them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.shortening import shorten

from ..drafting.presentation.references import load_known_targets
from ..drafting.queries.arranging import find_coming_back
from ..drafting.queries.references import CitedClause
from ..drafting.told_words import tell_clauses
from ..entries import EntryView
from ..models import ReviewRequest, Section
from ..models.section_survivors import most_frequent
from ..models.survivors import stands
from ..permissions import can_read_draft
from ..queries import (
    draft_section_view,
    load_draft_entries,
    view_clauses,
    view_without_number,
)
from ..reading.presentation.clauses import ReadClause
from ..reading.presentation.sections import ReadSection, read_section
from .places import (
    AskedClauses,
    AskedPlace,
    find_asked_clauses,
    find_asked_place,
    find_places,
)
from .queries import is_answered, is_done

ANSWERED = (
    "ท่านตอบคำขอนี้แล้ว จึงไม่แสดงถ้อยคำของร่างอีก หากต้องการตรวจอีกครั้ง โปรดแจ้งผู้ขอให้ส่งคำขอใหม่"
)
LETTERS_NAMED = 40  # of the clause that is spoken of
GONE = "ข้อหรือหมวดที่ขอให้ตรวจยกเลิกแล้ว จึงไม่มีถ้อยคำให้ตรวจ"


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A line of a list, or the head of a page. Names are told among those who draft; an expert is told the group.
    `section` is where what is asked about stands now."""

    request: ReviewRequest
    section: Section
    what: str
    sender: str

    @property
    def is_answered(self) -> bool:
        return is_answered(self.request)

    @property
    def is_done(self) -> bool:
        return is_done(self.request)

    @property
    def state(self) -> tuple[str, str, str]:
        """(family of colours, sign, word)."""
        if is_done(self.request):
            return "wait", "slash-circle", self.request.closing.get_kind_display()
        if is_answered(self.request):
            return "yes", "check-circle-fill", "ตอบแล้ว"
        return "elsewhere", "hourglass-split", "รอคำตอบ"


def show_review(request: ReviewRequest, *, to_drafter: bool) -> ShownReview:
    [shown] = show_reviews([request], to_drafter=to_drafter)
    return shown


def show_reviews(
    requests: Iterable[ReviewRequest], *, to_drafter: bool
) -> list[ShownReview]:
    """No query, up to three where a clause that was asked about refers to another, and those of find_places."""
    rows = list(requests)
    places = find_places(rows)
    clauses = [place.clause for place in places.values()]
    told = tell_clauses(clause for clause in clauses if clause is not None)
    return [
        _show_review(row, places[row.pk], told, to_drafter=to_drafter) for row in rows
    ]


def _show_review(
    request: ReviewRequest,
    place: AskedPlace,
    told: Mapping[int, str],
    *,
    to_drafter: bool,
) -> ShownReview:
    section = place.section
    what = "ทั้งกระบวนงาน" if section.is_process else "ทั้งหมวด"
    if place.clause is not None:
        what = f"ข้อที่ขึ้นต้นว่า “{shorten(told[place.clause.pk], LETTERS_NAMED)}”"
        if place.has_moved:
            what = f"{what} ซึ่งรับถ้อยคำที่ขอให้ตรวจไว้"
    elif place.has_moved:
        what = "ข้อที่ขอให้ตรวจ ซึ่งแยกหรือรวมไปแล้ว"
    if place.retirement is not None:
        what = f"{what} ซึ่งยกเลิกแล้ว"
    sender = f"คณะทำงานยกร่าง {section.manual.display_name}"
    if to_drafter:
        sender = request.by.shown_name
    return ShownReview(request, section, what, sender)


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The section as it stands, or the one clause that was asked about, wherever that stands, or the one that has its
    words; or, where what was asked about was divided or joined since, of each section nothing but that. `left` is of
    each section what left the draft with it, or the clause that left alone. None of them where nothing has words."""

    section: ReadSection | None = None
    clause: ReadClause | None = None
    divided: Sequence[ReadSection] = ()
    left: Sequence[ReadSection] = ()

    @property
    def clauses(self) -> list[ReadClause]:
        sections = [*self.divided, *self.left]
        if self.section is not None:
            sections.append(self.section)
        clauses = list(chain.from_iterable(each.clauses for each in sections))
        return clauses if self.clause is None else [self.clause, *clauses]


def read_asked_words(request: ReviewRequest, reader: User) -> AskedWords:
    """Three queries for each section, five with references to other sections, and those of find_asked_clauses."""
    words = _read_asked(request, reader)
    for read in words.clauses:
        read.own_file_url = reverse("review-file", args=[request.uuid, read.entry.uuid])
    return words


def _read_asked(request: ReviewRequest, reader: User) -> AskedWords:
    asked = find_asked_clauses(request)
    left = [
        _read_left(section, asked, reader)
        for section in most_frequent([clause.section for clause in asked.left])
    ]
    sections = [
        _read_without_ways(section, load_draft_entries(section), reader)
        for section in asked.sections
    ]
    if asked.is_whole and (sections or left):
        return AskedWords(section=[*sections, *left][0])
    shown = {clause.pk for clause in asked.clauses}
    if request.clause is not None and asked.clauses == [
        find_asked_place(request).clause
    ]:
        [clause] = [
            each for each in sections[0].clauses if each.entry.clause_id in shown
        ]
        return AskedWords(clause=clause)
    narrowed = [_narrow(each, shown) for each in sections]
    return AskedWords(divided=[each for each in narrowed if each.is_drafted], left=left)


def _read_left(section: Section, asked: AskedClauses, reader: User) -> ReadSection:
    """What was asked about of a section that left the draft, or of clauses that left it: these have no number."""
    of_section = [clause for clause in asked.left if clause.section_id == section.pk]
    if stands(section):
        entries = [view_without_number(clause) for clause in of_section]
    else:
        entries = view_clauses(find_coming_back(section))
    read = _read_without_ways(section, [draft_section_view(section), *entries], reader)
    if asked.is_whole:
        return read
    return _narrow(read, {clause.pk for clause in of_section})


def _narrow(section: ReadSection, clause_ids: Collection[int]) -> ReadSection:
    """Nothing but these clauses of it."""
    parts = []
    for part in section.parts:
        clauses = [each for each in part.clauses if each.entry.clause_id in clause_ids]
        parts.append(replace(part, clauses=clauses, chart=None))
    return replace(section, parts=parts, chart=None)


def _read_without_ways(
    section: Section, entries: Sequence[EntryView], reader: User
) -> ReadSection:
    """Its references lead nowhere outside it, and name what stands there only where the reader may read that draft as
    well."""

    def way_to(cited: CitedClause) -> str | None:
        group = cited.section.manual.work_group
        return "" if can_read_draft(reader, group) else None

    targets = load_known_targets(section, entries, way_to=way_to)
    return read_section(entries, outer_targets=targets)


def name_people(people: Sequence[User]) -> list[tuple[str, str]]:
    """[(id, name and position)] to choose from."""
    named = []
    for person in people:
        words = " · ".join(filter(None, [person.shown_name, person.position]))
        named.append((str(person.pk), words))
    return named
