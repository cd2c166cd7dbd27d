"""Fetching, with permission, what a decision is about."""

from collections.abc import Sequence
from uuid import UUID

from hearing_portal.directory.models import User
from hearing_portal.web.http import require_permission

from ..models import Comment
from ..moderating.access import get_comment_at_desk
from ..permissions import can_decide
from .queries.comments import find_comments_to_share
from .queries.proposals import Proposal, find_proposal
from .services.ruling import DecisionRefused

NOT_DRAFTER = "พิจารณาได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"


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


def get_comments_sharing_answer(
    user: User, comment: Comment, uuids: Sequence[UUID]
) -> list[Comment]:
    """The chosen comments that share the answer. Raises DecisionRefused for one of another manual, or unknown."""
    wanted = set(uuids) - {comment.uuid}
    if not wanted:
        return []
    comments = list(find_comments_to_share(user, comment, wanted))
    if len(comments) != len(wanted):
        raise DecisionRefused("ความคิดเห็นที่เลือกบางเรื่องไม่อยู่ในกลุ่มงานนี้ โปรดเลือกใหม่")
    return comments
