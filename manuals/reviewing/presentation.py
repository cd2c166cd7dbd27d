"""A request to look as pages show it, with the words it is about and nothing around them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from hearing_portal.directory.models import User

from ..drafting.presentation.references import load_outer_targets
from ..drafting.told_words import tell_clauses
from ..models import ReviewRequest, Section
from ..queries import load_draft_entries
from ..reading.presentation.clauses import ReadClause
from ..reading.presentation.sections import ReadSection, read_section
from .queries import is_answered, is_done

ANSWERED = (
    "ท่านตอบคำขอนี้แล้ว จึงไม่แสดงถ้อยคำของร่างอีก หากต้องการตรวจอีกครั้ง โปรดแจ้งผู้ขอให้ส่งคำขอใหม่"
)
GONE = "ข้อหรือหมวดที่ขอให้ตรวจยกเลิกแล้ว จึงไม่มีถ้อยคำให้ตรวจ"


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A line of a list, or the head of a page. Names are told among those who draft; an expert is told the group."""

    request: ReviewRequest
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
    """No query, up to three where a clause that was asked about refers to another."""
    rows = list(requests)
    told = tell_clauses(row.clause for row in rows if row.clause is not None)
    return [_show_review(row, told, to_drafter=to_drafter) for row in rows]


def _show_review(
    request: ReviewRequest, told: Mapping[int, str], *, to_drafter: bool
) -> ShownReview:
    what = "ทั้งกระบวนงาน" if request.section.is_process else "ทั้งหมวด"
    if request.clause is not None:
        what = f"ข้อที่ขึ้นต้นว่า “{told[request.clause.pk][:40]}”"
    sender = f"คณะทำงานยกร่าง {request.section.manual.display_name}"
    if to_drafter:
        sender = request.by.shown_name
    return ShownReview(request, what, sender)


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The section as it stands, or the one clause that was asked about; neither where it was retired."""

    section: ReadSection | None = None
    clause: ReadClause | None = None

    @property
    def clauses(self) -> list[ReadClause]:
        if self.clause is not None:
            return [self.clause]
        return list(self.section.clauses) if self.section is not None else []


def read_asked_words(request: ReviewRequest) -> AskedWords:
    """Three queries, five with references to other sections."""
    if request.section.retired_id is not None:
        return AskedWords()
    section = read_without_ways(request.section)
    for read in section.clauses:
        read.own_file_url = reverse("review-file", args=[request.uuid, read.entry.uuid])
    if request.clause_id is None:
        return AskedWords(section=section)
    for read in section.clauses:
        if read.entry.clause_id == request.clause_id:
            return AskedWords(clause=read)
    return AskedWords()


def read_without_ways(section: Section) -> ReadSection:
    """The section as it stands in the working draft; its references say a number and lead nowhere outside it."""
    entries = load_draft_entries(section)
    return read_section(entries, outer_targets=load_outer_targets(section, entries))


def name_people(people: Sequence[User]) -> list[tuple[str, str]]:
    """[(id, name and position)] to choose from."""
    named = []
    for person in people:
        words = " · ".join(filter(None, [person.shown_name, person.position]))
        named.append((str(person.pk), words))
    return named
