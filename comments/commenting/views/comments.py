"""One comment: its page, and its author's acts on it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.thai.text import changes_note
from hearing_portal.web.forms import text_changes
from hearing_portal.web.http import refuse_in_form, respond
from hearing_portal.web.refusal_pages import is_htmx

from ...hearings.open_session import find_commenting_context
from ...hearings.refusals import SessionClosed
from ...models import Comment
from ..access import get_comment
from ..forms import ReplyForm, initial_values
from ..presentation.cards import Reader, make_cards
from ..presentation.comment_page import comment_page
from ..refusals import CommentRefused, KeyReused, WrittenByAnother
from ..services.editing import edit_comment, refuse_settled
from ..services.recording import record_comment
from ..services.withdrawing import withdraw_comment
from .composing import composer_page, composer_refused, is_of_another, make_composer


@login_required
@require_safe
def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_comment(request, uuid)
    if found.parent_id:
        return redirect(f"{reverse('comment', args=[found.parent.uuid])}#comment-{found.uuid}")
    return _comment_page(request, found)


def _comment_page(
    request: HttpRequest, comment: Comment, *, status: int = 200, reply: ReplyForm | None = None
) -> HttpResponse:
    """The comment with its way; `reply` is a form that came back refused."""
    context = comment_page(comment, request.user, reply=reply, edited=request.GET.get("edited", ""))
    return render(request, "comments/commenting/comment_detail.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's own words again, until a facilitator's first act."""
    comment = get_comment(request, uuid, own=True)
    if request.method != "POST":
        refuse_settled(comment)
    if comment.parent_id:
        return _edit_reply(request, comment)
    commenting_context = find_commenting_context(comment.entry)
    if request.method != "POST":
        composer = make_composer(request.user, commenting_context, initial=initial_values(comment), editing=comment)
        return composer_page(request, composer)
    composer = make_composer(request.user, commenting_context, data=request.POST, editing=comment)
    if not composer.form.is_valid():
        return composer_page(request, composer, status=422)
    try:
        comment = edit_comment(
            comment, composer.form.comment_input, by=request.user, session=commenting_context.session
        )
    except (CommentRefused, SessionClosed) as refusal:
        return composer_refused(request, composer, refusal)
    return _changed(request, comment, text_changes(composer.form))


def _edit_reply(request: HttpRequest, reply: Comment) -> HttpResponse:
    form = ReplyForm(request.POST or None, initial={"text": reply.text})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            edit_comment(
                reply, form.comment_input, by=request.user, session=find_commenting_context(reply.entry).session
            )
        except (CommentRefused, SessionClosed) as refused:
            status = refuse_in_form(form, refused)
        else:
            return _changed(request, reply, text_changes(form))
    action = reverse("comment-edit", args=[reply.uuid])
    context = {"form": form, "action": action, "to": reply.parent, "draft": f"edit-{reply.uuid}"}
    return render(request, "comments/commenting/reply_form.html", context, status=status)


def _changed(request: HttpRequest, comment: Comment, changes: int) -> HttpResponse:
    messages.success(request, " ".join(filter(None, ["แก้ไขแล้ว", changes_note(changes)])))
    # `edited` tells the page to drop the draft of this edit from the device
    shown = comment.parent if comment.parent_id else comment
    to = f"{reverse('comment', args=[shown.uuid])}?edited={comment.uuid}"
    response = redirect(to)
    response.status_code = 303
    if is_htmx(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = to
    return response


@login_required
@require_POST
def comment_withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    comment = get_comment(request, uuid, own=True)
    withdraw_comment(comment, by=request.user)
    messages.success(request, "ถอนความเห็นแล้ว ข้อความยังเก็บไว้ในประวัติ")
    return _see(comment)


@login_required
@require_POST
def comment_replies(request: HttpRequest, uuid: UUID) -> HttpResponse:
    parent = get_comment(request, uuid)
    form = ReplyForm(request.POST, auto_id=f"reply-{parent.uuid}-%s")
    if not form.is_valid():
        return _reply_refused(request, parent, form, 422)
    if is_of_another(request):
        return _reply_refused(request, parent, form, refuse_in_form(form, WrittenByAnother()))
    try:
        reply, is_new = record_comment(
            session=find_commenting_context(parent.entry).session,
            entry=parent.entry,
            comment_input=form.comment_input,
            by=request.user,
            client_key=form.cleaned_data["client_key"],
            parent=parent,
        )
    except (CommentRefused, SessionClosed) as refusal:
        if isinstance(refusal, KeyReused):
            form.renew_key()
        return _reply_refused(request, parent, form, refuse_in_form(form, refusal))
    if is_new and text_changes(form):
        messages.info(request, changes_note(text_changes(form)))
    to = f"{reverse('comment', args=[parent.uuid])}#comment-{reply.uuid}"
    if not is_htmx(request):
        return respond(request, "", {}, to=to)
    return _replies(request, parent)


def _replies(request: HttpRequest, parent: Comment) -> HttpResponse:
    [card] = make_cards([parent], Reader(request.user, find_commenting_context(parent.entry).open_session))
    response = respond(
        request, "comments/commenting/replies.html", {"card": card}, to=reverse("comment", args=[parent.uuid])
    )
    response["HX-Retarget"] = f"#replies-{parent.uuid}"  # the form aims at itself, for its refusals
    return response


def _reply_refused(request: HttpRequest, parent: Comment, form: ReplyForm, status: int) -> HttpResponse:
    if not is_htmx(request):
        return _comment_page(request, parent, status=status, reply=form)
    context = {"form": form, "action": reverse("comment-replies", args=[parent.uuid]), "to": parent}
    return render(request, "comments/commenting/reply_form.html#form", context, status=status)


def _see(comment: Comment) -> HttpResponse:
    response = redirect("comment", uuid=comment.uuid)
    response.status_code = 303
    return response
