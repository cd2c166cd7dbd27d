"""Who reaches a request: those who draft the manual, and the person who was asked, until it is done with."""

from dataclasses import dataclass
from uuid import UUID

from django.shortcuts import get_object_or_404

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import NotVisible, require_permission

from ..models import ReviewRequest
from ..permissions import can_edit_draft
from .queries import is_answered, is_done, may_be_asked, may_end


@dataclass(frozen=True, slots=True)
class ReviewAccess:
    """`drafts`: the person writes the manual; `is_asked`: it is theirs to answer; `may_close`: they may
    close it where it was answered, withdraw it else."""

    request: ReviewRequest
    drafts: bool
    is_asked: bool
    may_close: bool

    @property
    def reads_words(self) -> bool:
        """Who was asked reads the draft by the request only to answer it."""
        return self.drafts or not is_answered(self.request)


def get_review(user: User, uuid: UUID) -> ReviewAccess:
    """To an expert the request exists while it waits or its answer is looked at, and while they are one."""
    requests = ReviewRequest.objects.select_related(
        "section__manual__work_group",
        "section__retired",
        "clause__retired",
        "clause__section__manual__work_group",
        "asked",
        "by",
        "answer",
        "closing__by",
    )
    request = get_object_or_404(requests, uuid=uuid)
    group = request.section.manual.work_group
    drafts = can_edit_draft(user, group)
    is_asked = request.asked_id == user.pk and may_be_asked(user, group)
    if not drafts and (not is_asked or is_done(request)):
        raise NotVisible
    return ReviewAccess(request, drafts, is_asked, drafts and may_end(request, user))


def has_desk_of_reviews(user: User) -> bool:
    """Those who ask and those who may be asked."""
    roles = load_roles(user)
    return roles.is_admin or roles.is_drafter or roles.is_expert or roles.is_central


def require_desk_of_reviews(user: User) -> None:
    require_permission(
        has_desk_of_reviews(user), "หน้านี้สำหรับคณะทำงานยกร่าง ผู้ทรงคุณวุฒิ และผู้ดูแลระบบ"
    )
