"""Supporting a comment in the name of an office, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearing_portal.directory.models import AreaOffice
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import require_permission, respond
from hearing_portal.web.refusal_pages import is_htmx, way_back

from ...hearings.open_session import CommentingContext, find_commenting_context
from ...models import Comment
from ...permissions import can_support
from ..access import get_comment
from ..presentation.cards import Reader, make_cards
from ..refusals import NotRegistered
from ..services.supporting import support_comment, withdraw_support


@login_required
@require_POST
def comment_support(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's office stands behind it, once. Pressing again changes nothing."""
    comment = get_comment(request, uuid)
    commenting_context = stand_behind(request, comment, request.POST.get("office", ""))
    return _support_answer(request, comment, commenting_context)


@login_required
@require_POST
def comment_support_withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's office stands behind it no longer. Pressing again changes nothing."""
    comment = get_comment(request, uuid)
    require_permission(can_support(request.user, comment), NotRegistered(comment.entry.manual.work_group).message_th)
    commenting_context = find_commenting_context(comment.entry)
    office = _own_office(request, request.POST.get("office", ""))
    was_standing = withdraw_support(comment, by=request.user, office=office, session=commenting_context.session)
    if not is_htmx(request):
        said = "ยกเลิกการสนับสนุนแล้ว" if was_standing else "สพท. ของท่านไม่ได้สนับสนุนเรื่องนี้อยู่แล้ว"
        messages.success(request, said)
    return _support_answer(request, comment, commenting_context)


def _support_answer(request: HttpRequest, comment: Comment, commenting_context: CommentingContext) -> HttpResponse:
    [card] = make_cards([comment], Reader(request.user, commenting_context.open_session), with_replies=False)
    to = way_back(request) if request.headers.get("Referer") else reverse("comment", args=[comment.uuid])
    return respond(request, "comments/commenting/support.html", {"card": card}, to=to)


def _own_office(request: HttpRequest, key: str) -> AreaOffice | None:
    """The person's office of that key; None leaves it to the service. 403 for somebody else's."""
    offices = {office.key: office for office in load_roles(request.user).offices}
    require_permission(not key or key in offices, "ท่านสนับสนุนในนาม สพท. นี้ไม่ได้")
    return offices.get(key)


def stand_behind(request: HttpRequest, comment: Comment, office: str) -> CommentingContext:
    """`office` is the key of one of the person's offices, or empty for the first. Raises what support_comment does."""
    require_permission(can_support(request.user, comment), NotRegistered(comment.entry.manual.work_group).message_th)
    commenting_context = find_commenting_context(comment.entry)
    chosen = _own_office(request, office)
    support, is_new = support_comment(comment, by=request.user, office=chosen, session=commenting_context.session)
    if not is_htmx(request):
        said = "สนับสนุนเรื่องนี้แล้ว" if is_new else "สนับสนุนเรื่องนี้ไว้แล้ว นับหนึ่งเสียงต่อ สพท."
        messages.success(request, f"{support.office.short_name} {said}")
    return commenting_context
