"""The report of an edition: whether all its changes are explained and all that was accepted is in it, with each gap."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse

from manuals.comparing.presentation.group import load_compared_rows
from manuals.comparing.queries.nodes import ComparedClause
from manuals.comparing.sides import Side, Sides
from manuals.models import Edition, Manual

from ...deciding.presentation.blockers import name_owner, name_place
from ...links import desk_url
from ..queries.gaps import (
    AcceptedComments,
    ChangedClauses,
    Lack,
    count_accepted_comments,
    count_changed_clauses,
)

SHOWN = 100  # gaps of a page
LACK_WORDS = {
    Lack.TO_DRAFT: "เห็นชอบแล้ว แต่ยังไม่ได้ยกร่างถ้อยคำ",
    Lack.LOST: "เห็นชอบและแก้ถ้อยคำแล้ว แต่ถ้อยคำนั้นถูกเปลี่ยนกลับภายหลัง",
    Lack.NOTHING: "เห็นชอบแล้ว แต่ไม่มีการแก้ไขที่อ้างผลนี้",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that nothing explains: where it is, what is missing, and the page where it is told or mended."""

    place: str
    words: str
    url: str
    group: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; nothing at all is all of it."""

    met: int
    total: int

    @property
    def is_whole(self) -> bool:
        return self.met == self.total

    @property
    def percent(self) -> str:
        """Never rounded up to 100."""
        if self.is_whole:
            return "100"
        return f"{min(99.9, 100 * self.met / self.total):.1f}"


@dataclass(frozen=True, slots=True)
class TraceReport:
    edition: Edition
    basis: Edition | None
    clauses: ChangedClauses | None  # None where there is no older edition
    comments: AcceptedComments
    clause_gaps: Sequence[Gap]  # those of the page
    page: Page[ComparedClause]  # of the clauses that nothing explains
    comment_gaps: Sequence[Gap]

    @property
    def is_of_first_draft(self) -> bool:
        """Whether it compares with the edition of old: what changed until then was drafted before anybody was heard
        here, and before the portal asked for reasons."""
        return self.basis is not None and self.basis.kind == Edition.Kind.BASELINE

    @property
    def clause_share(self) -> Share:
        if self.clauses is None:
            return Share(0, 0)
        return Share(self.clauses.caused + self.clauses.reasoned, self.clauses.total)

    @property
    def comment_share(self) -> Share:
        return Share(self.comments.changed + self.comments.stated, self.comments.total)

    @property
    def is_whole(self) -> bool:
        return self.clause_share.is_whole and self.comment_share.is_whole


def load_trace_report(
    edition: Edition,
    basis: Edition | None,
    manuals: Collection[Manual],
    page: str | None = None,
    *,
    leads_to_chains: bool = True,
) -> TraceReport:
    """Of these manuals, with a page of the clauses that nothing explains; without `leads_to_chains` they lead to the
    clause's history in the working draft. The number of queries does not depend on how much was changed or said."""
    clauses = None
    clause_gaps: list[Gap] = []
    if basis is not None:
        clauses = count_changed_clauses(basis, edition, manuals)
    unexplained = clauses.unexplained if clauses is not None else []
    found = Paginator(unexplained, SHOWN).get_page(page)
    if basis is not None:
        clause_gaps = _clause_gaps(
            basis, edition, list(found), manuals, leads_to_chains=leads_to_chains
        )
    comments = count_accepted_comments(edition, manuals)
    comment_gaps = []
    for each in comments.unmet:
        comment = each.answer.comment
        comment_gaps.append(
            Gap(
                f"{name_place(comment.entry)} ความคิดเห็นเลขที่ {comment.pk}",
                LACK_WORDS[each.lack],
                desk_url(comment),
                name_owner(comment.entry.manual.work_group),
            )
        )
    return TraceReport(
        edition, basis, clauses, comments, clause_gaps, found, comment_gaps
    )


def _clause_gaps(
    basis: Edition,
    edition: Edition,
    clauses: Sequence[ComparedClause],
    manuals: Collection[Manual],
    *,
    leads_to_chains: bool,
) -> list[Gap]:
    sides = Sides(Side(basis), Side(edition))
    owners = {manual.pk: manual for manual in manuals}
    gaps = []
    for row in load_compared_rows(sides, clauses):
        pair = row.compared.pair
        side = sides.new if row.new is not None else sides.old
        section = side.sections.get(pair.section_id or 0)
        title = section.title if section is not None else ""
        owner = owners.get(pair.manual_id)
        url = reverse("clause-chain", args=[edition.code, pair.uuid])
        if not leads_to_chains and section is not None and owner is not None:
            place = [owner.key, section.uuid, pair.uuid]
            url = reverse("clause-versions", args=place)
        gaps.append(
            Gap(
                f"{title} {row.name}".strip(),
                f"{row.fate_words} โดยไม่มีความคิดเห็นหรือเหตุผลประกอบ",
                url,
                name_owner(owner.work_group) if owner is not None else "",
            )
        )
    return gaps
