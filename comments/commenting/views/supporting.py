"""Supporting a comment in the name of an office, and withdrawing the support."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearing_portal.directory.models import AreaOffice
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai.sentences import joined
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    require_permission,
    respond,
)
from hearing_portal.web.refusal_pages import is_htmx, previous_page

from ...hearings.commenting_context import CommentingContext, find_commenting_context
from ...models import Comment
from ...permissions import can_support
from ..access import get_comment
from ..presentation.cards import CommentViewer, make_cards
from ..refusals import NotRegistered, WrittenByAnother
from ..sending import is_written_by_another, sent_key
from ..services.supporting import support_comment, withdraw_support


@login_required
@require_POST
def comment_support(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """One's office stands behind it, once. Pressing again changes nothing."""
    if is_written_by_another(request):
        raise WrittenByAnother(has_text=False)
    comment = get_comment(request, uuid)
    commenting_context = support_for_office(
        request,
        comment,
        request.POST.get("office", ""),
        words=request.POST.get("words", ""),
    )
    return _support_response(request, comment, commenting_context)


@login_required
@require_POST
def comment_support_withdrawal(
    request: AuthenticatedHttpRequest, uuid: UUID
) -> HttpResponse:
    """One's office stands behind it no longer. Pressing again changes nothing."""
    comment = get_comment(request, uuid)
    _require_supporter(request, comment)
    commenting_context = find_commenting_context(comment.entry)
    office = _get_own_office(request, request.POST.get("office", ""))
    did_support = withdraw_support(
        comment,
        by=request.user,
        office=office,
        session=commenting_context.session,
    )
    if not is_htmx(request):
        if did_support:
            messages.success(request, "ยกเลิกการสนับสนุนแล้ว")
        else:
            messages.success(request, "สพท. ของท่านไม่ได้สนับสนุนเรื่องนี้อยู่แล้ว")
    return _support_response(request, comment, commenting_context)


def support_for_office(
    request: AuthenticatedHttpRequest,
    comment: Comment,
    office_key: str,
    *,
    words: str,
) -> CommentingContext:
    """`office_key` names one of the person's offices, or is empty for the first; `words` are those that were read, or
    empty. Raises what support_comment does."""
    _require_supporter(request, comment)
    commenting_context = find_commenting_context(comment.entry)
    office = _get_own_office(request, office_key)
    support, is_new = support_comment(
        comment,
        by=request.user,
        office=office,
        session=commenting_context.session,
        words=words,
        client_key=sent_key(request),
    )
    if not is_htmx(request):
        name = support.office.short_name
        if is_new:
            messages.success(request, joined(name, "สนับสนุนเรื่องนี้แล้ว"))
        else:
            messages.success(
                request, joined(name, "สนับสนุนเรื่องนี้ไว้แล้ว ระบบนับ สพท. ละหนึ่งครั้ง")
            )
    return commenting_context


def _require_supporter(request: AuthenticatedHttpRequest, comment: Comment) -> None:
    group = comment.entry.manual.work_group
    require_permission(
        can_support(request.user, comment), NotRegistered(group).message_th
    )


def _get_own_office(request: AuthenticatedHttpRequest, key: str) -> AreaOffice | None:
    """The person's office of that key; None leaves it to the service. 403 for somebody else's."""
    offices = {office.key: office for office in load_roles(request.user).offices}
    require_permission(not key or key in offices, "ท่านสนับสนุนในนาม สพท. นี้ไม่ได้")
    return offices.get(key)


def _support_response(
    request: AuthenticatedHttpRequest,
    comment: Comment,
    commenting_context: CommentingContext,
) -> HttpResponse:
    viewer = CommentViewer(request.user, commenting_context.open_session)
    [card] = make_cards([comment], viewer, with_replies=False)
    to = reverse("comment", args=[comment.uuid])
    if request.headers.get("Referer"):
        to = previous_page(request)
    context = {"card": card, "stored_key": sent_key(request)}
    return respond(request, "comments/commenting/support.html", context, to=to)
