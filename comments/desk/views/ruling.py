"""Deciding a comment from the queue: a ruling without a change of words, alone or for several."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from hearing_portal.web.telling import tell_done

from ...answer_blocks.presentation import OfferedAnswers, offer_answers
from ...deciding.access import (
    NOT_DRAFTER,
    get_comment_to_decide,
    get_comments_sharing_answer,
)
from ...deciding.forms.disposition import DispositionForm
from ...deciding.presentation.detail import load_detail
from ...deciding.presentation.messages import decision_message
from ...deciding.presentation.sharing import load_sharing_comments
from ...deciding.presentation.writing import clause_writing_url
from ...deciding.queries.comments import find_duplicates
from ...deciding.services.ruling import (
    DecisionRefused,
    StaleDecision,
    WordsStand,
    decide_comments,
)
from ...links import desk_url
from ...models import Comment, Disposition
from ...moderating.access import get_manual_at_desk
from ...moderating.forms import listed_uuids
from ...permissions import can_decide
from .desk import refused_at_desk


@login_required
@require_safe
def group_disposition(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """From several chosen comments to the ruling they will share: the first one's page, the others beside it."""
    manual = get_manual_at_desk(request.user, key)
    require_permission(can_decide(request.user, manual.work_group), NOT_DRAFTER)
    chosen = request.GET.getlist("comment")
    if not chosen:
        messages.error(request, "โปรดเลือกความคิดเห็นอย่างน้อยหนึ่งเรื่อง แล้วจึงพิจารณารวมกัน")
        return redirect("group-queue", manual.key)
    try:
        first, *others = [UUID(uuid) for uuid in chosen]
    except ValueError as broken:
        raise NotVisible from broken
    query = urlencode({"also": others, "next": request.GET.get("next", "")}, doseq=True)
    return redirect(f"{reverse('comment-disposition', args=[first])}?{query}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_disposition(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """The ruling on a comment, and on those that share it."""
    comment = get_comment_to_decide(request.user, uuid)
    if request.method != "POST":
        offered = offer_answers(comment, request.user, request.GET)
        initial = {"also": request.GET.getlist("also"), **offered.initial}
        form = DispositionForm(about=comment.entry, initial=initial)
        return _disposition_page(request, comment, form, offered)
    # The form stands at the desk beside others, or alone on its page
    is_at_desk = request.POST.get("at") == "desk"
    auto_id = "disposition-%s" if is_at_desk else "id_%s"
    form = DispositionForm(request.POST, about=comment.entry, auto_id=auto_id)
    status = 422
    if form.is_valid():
        try:
            sharing = get_comments_sharing_answer(
                request.user,
                comment,
                form.cleaned_data["also"],
                as_proposed=form.ruling.outcome == Disposition.Outcome.ACCEPTED,
            )
            decided = [comment, *sharing]
            disposition = decide_comments(
                decided,
                form.ruling,
                by=request.user,
                based_on=form.seen_decisions(decided),
            )
        except StaleDecision as stale:
            status = refuse_in_form(form, stale)
            form.rest_on_answers(stale.answers)
        except WordsStand as standing:
            status = refuse_in_form(form, standing)
            form.restoring_url = clause_writing_url(standing.standing.clause)
        except DecisionRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, decision_message(disposition, 1 + len(sharing)), form)
            return go_on(request, desk_url(comment))
    if is_at_desk:
        return refused_at_desk(request, comment, status, disposition=form)
    offered = offer_answers(comment, request.user, request.GET)
    return _disposition_page(request, comment, form, offered, status=status)


def _disposition_page(
    request: AuthenticatedHttpRequest,
    comment: Comment,
    form: DispositionForm,
    offered: OfferedAnswers,
    *,
    status: int = 200,
) -> HttpResponse:
    detail = load_detail(comment, request.user)
    sharing = load_sharing_comments(
        request.user,
        comment,
        listed_uuids(form, "also"),
        list(find_duplicates(comment)),
    )
    if not form.is_bound:
        shown = {other.comment.uuid: other.decision for other in sharing}
        form.rest_on({comment.uuid: detail.disposition, **shown})
    if not detail.may_adopt:
        form.give_key_to_acceptance()
    context = {
        "detail": detail,
        "form": form,
        "sharing": sharing,
        "offered": offered,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "comments/desk/disposition.html", context, status=status)
