"""Fetching, with permission, what a decision is about."""

from collections.abc import Sequence
from uuid import UUID

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.refusals import RefusalKind
from hearing_portal.web.http import NotVisible, require_permission
from manuals.models import Clause

from ..models import Comment
from ..moderating.access import get_comment_at_desk
from ..permissions import can_decide
from .queries.comments import find_comments_to_share
from .queries.grouped import find_fellows
from .queries.proposals import Proposal, find_proposal
from .queries.where_words_went import WordsPlace, find_where_words_went
from .services.ruling import DecisionRefused

NOT_DRAFTER = "พิจารณาได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"


class ClauseLeft(DecisionRefused):
    """The clause was joined to another one, or divided: `place` has its words."""

    def __init__(self, place: WordsPlace) -> None:
        super().__init__(
            f"ถ้อยคำของข้อนี้อยู่ที่ {place.name} จึงใช้ข้อเสนอที่นี่ไม่ได้ "
            "โปรดบันทึกผล “ให้ยกร่าง” ที่หน้าผลการพิจารณา แล้วแก้ถ้อยคำในข้อนั้น",
            kind=RefusalKind.CONFLICT,
        )
        self.place = place


def get_comment_to_decide(user: User, uuid: UUID) -> Comment:
    """404 for who may not see it, 403 for who may see it but does not draft for its group."""
    comment = get_comment_at_desk(user, uuid)
    require_permission(can_decide(user, comment.entry.manual.work_group), NOT_DRAFTER)
    return comment


def get_proposal_to_decide(user: User, comment_uuid: UUID) -> Proposal | None:
    """What the comment proposes; None when nothing of it can be adopted. 404 and 403 as for the comment.

    One query for who may decide it: an act that only redirects needs no more of the comment than that.
    """
    proposal = find_proposal(user, comment_uuid)
    if proposal is None or not can_decide(
        user, proposal.comment.entry.manual.work_group
    ):
        get_comment_to_decide(user, comment_uuid)
        return None
    return proposal


def get_clause_to_decide(user: User, uuid: UUID) -> Clause:
    """As it stands, with section, manual and group. 404 without any role, 403 for who does not draft for its group.
    Raises ClauseLeft for one whose words stand elsewhere, DecisionRefused for another one that left the draft."""
    clause = None
    if load_roles(user).rows:
        clauses = Clause.objects.select_related("section__manual__work_group")
        clause = clauses.filter(uuid=uuid).first()
    if clause is None:
        raise NotVisible
    require_permission(can_decide(user, clause.section.manual.work_group), NOT_DRAFTER)
    if clause.retired_id is not None:
        place = find_where_words_went(clause)
        if place is not None:
            raise ClauseLeft(place)
        raise DecisionRefused(
            "ข้อนี้ยกเลิกแล้ว โปรดพิจารณาความคิดเห็นที่หน้าผลการพิจารณา",
            kind=RefusalKind.CONFLICT,
        )
    return clause


def get_comments_sharing_answer(
    user: User, comment: Comment, uuids: Sequence[UUID], *, as_proposed: bool = False
) -> list[Comment]:
    """The chosen comments that share the answer, and those that were put together with it or with one of them; of
    these only such as propose nothing else, where it says that all is accepted `as_proposed`. Raises DecisionRefused
    for one of another manual, or unknown."""
    wanted = set(uuids) - {comment.uuid}
    chosen: list[Comment] = []
    if wanted:
        chosen = list(find_comments_to_share(user, comment, wanted))
        if len(chosen) != len(wanted):
            raise DecisionRefused("ความคิดเห็นที่เลือกบางเรื่องไม่อยู่ในกลุ่มงานนี้ โปรดเลือกใหม่")
    sharing = {each.pk: each for each in chosen}
    for fellows in find_fellows([comment.pk, *sharing]).values():
        together = fellows.alike if as_proposed else fellows.all
        sharing |= {each.pk: each for each in together if each.pk != comment.pk}
    return list(sharing.values())
