"""The history of one comment, and an admin's logged look at its author's name."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission

from ...deciding.presentation.detail import load_detail
from ...models import Comment
from ...moderating.access import get_comment_at_desk
from ..presentation.history import load_history
from ..services import record_look_at_author

NOT_ADMIN = "ผู้ดูแลระบบเท่านั้นที่ดูชื่อผู้แสดงความคิดเห็นได้ และระบบบันทึกการดูทุกครั้ง"


@login_required
@require_safe
def comment_history(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    return _history_page(request, get_comment_at_desk(request.user, uuid))


@login_required
@require_POST
def comment_author(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """An admin looks at a commenter's name: the look itself is written down."""
    comment = get_comment_at_desk(request.user, uuid)
    require_permission(load_roles(request.user).is_admin, NOT_ADMIN)
    record_look_at_author(comment, by=request.user)
    return _history_page(request, comment, reveal=True)


def _history_page(
    request: AuthenticatedHttpRequest, comment: Comment, *, reveal: bool = False
) -> HttpResponse:
    context = {
        "detail": load_detail(comment, request.user),
        "events": load_history(comment, request.user, reveal=reveal),
        "may_reveal": load_roles(request.user).is_admin and not reveal,
    }
    return render(request, "comments/audit/history.html", context)
