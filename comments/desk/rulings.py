"""Deciding a comment from the queue: a ruling without a change of words, alone or for several."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.web.http import NotVisible, refuse_in_form, require_permission
from hearing_portal.web.redirects import go_on

from ..deciding.access import NOT_DRAFTER, comments_sharing_answer, decision_message
from ..deciding.forms import DispositionForm
from ..deciding.presentation.detail import load_detail
from ..deciding.queries.comments import find_duplicates
from ..deciding.services.ruling import DecisionRefused, decide_comments
from ..models import Comment
from ..moderating.access import get_comment_at_desk, get_manual_at_desk
from ..permissions import can_decide
from .views import refused_at_desk

# -- the ruling


@login_required
@require_safe
def group_disposition(request: HttpRequest, key: str) -> HttpResponse:
    """From several chosen comments to the ruling they will share: the first one's page, the others beside it."""
    manual = get_manual_at_desk(request.user, key)
    require_permission(can_decide(request.user, manual.work_group), NOT_DRAFTER)
    chosen = request.GET.getlist("comment")
    if not chosen:
        messages.error(request, "โปรดเลือกความเห็นอย่างน้อยหนึ่งเรื่อง แล้วจึงตัดสินรวมกัน")
        return redirect("group-queue", manual.key)
    try:
        first, *others = [UUID(uuid) for uuid in chosen]
    except ValueError as broken:
        raise NotVisible from broken
    query = urlencode([("also", uuid) for uuid in others] + [("next", request.GET.get("next", ""))])
    return redirect(f"{reverse('comment-disposition', args=[first])}?{query}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_disposition(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The ruling on a comment, and on those that share it."""
    comment = get_comment_at_desk(request.user, uuid)
    require_permission(can_decide(request.user, comment.entry.manual.work_group), NOT_DRAFTER)
    if request.method != "POST":
        form = DispositionForm(about=comment.entry, initial={"also": request.GET.getlist("also")})
        return _disposition_page(request, comment, form)
    form = DispositionForm(request.POST, about=comment.entry, auto_id=_auto_id(request))
    if not form.is_valid():
        return _disposition_refused(request, comment, form, 422)
    try:
        sharing = comments_sharing_answer(request, comment, form.cleaned_data["also"])
        disposition = decide_comments([comment, *sharing], form.ruling, by=request.user)
    except DecisionRefused as refused:
        return _disposition_refused(request, comment, form, refuse_in_form(form, refused))
    messages.success(request, decision_message(disposition, 1 + len(sharing)))
    return go_on(request, f"{reverse('group-queue', args=[comment.entry.manual.key])}?{urlencode({'comment': uuid})}")


def _auto_id(request: HttpRequest) -> str:
    """The form stands at the desk beside others, or alone on its page."""
    return "disposition-%s" if request.POST.get("at") == "desk" else "id_%s"


def _disposition_refused(request: HttpRequest, comment: Comment, form: DispositionForm, status: int) -> HttpResponse:
    if request.POST.get("at") == "desk":
        return refused_at_desk(request, comment, status, disposition=form)
    return _disposition_page(request, comment, form, status=status)


def _disposition_page(
    request: HttpRequest, comment: Comment, form: DispositionForm, *, status: int = 200
) -> HttpResponse:
    detail = load_detail(comment, request.user)
    if not detail.may_adopt:
        form.give_key_to_acceptance()
    also = form.data.getlist("also") if form.is_bound else form.initial["also"]
    context = {
        "detail": detail,
        "form": form,
        "sharing": _shared_choices(request, comment, also),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "comments/desk/disposition.html", context, status=status)


def _shared_choices(request: HttpRequest, comment: Comment, also: list[str]) -> list[tuple[Comment, bool]]:
    """[(comment, whether it is chosen)]: what was chosen elsewhere first, then the others on the same place."""
    wanted = set()
    for text in also:
        try:
            wanted.add(UUID(text))
        except ValueError:
            continue
    rows = Comment.objects.visible_to(request.user).select_related("office")
    chosen = list(rows.filter(uuid__in=wanted, entry__manual=comment.entry.manual_id).exclude(pk=comment.pk))
    known = {row.pk for row in chosen}
    others = [row for row in find_duplicates(comment) if row.pk not in known]
    return [(row, True) for row in chosen] + [(row, False) for row in others]
