"""One comment: its page, and its author's acts on it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.thai.text import changes_note
from hearing_portal.web.forms import text_changes
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    parse_uuid,
    refuse_in_form,
    respond,
)
from hearing_portal.web.refusal_pages import is_htmx

from ...citations import cite_entry
from ...hearings.commenting_context import find_commenting_context
from ...hearings.presentation import tell_visibility
from ...hearings.refusals import SessionClosed
from ...models import Comment, answers_are_public
from ..access import get_comment
from ..forms.comment_form import load_initial_values
from ..forms.replies import ReplyForm
from ..presentation.cards import CommentViewer, make_cards
from ..presentation.comment_page import load_comment_page
from ..presentation.composer import make_composer
from ..queries.comments import count_lapsed_by_edit
from ..refusals import CommentRefused, EditedMeanwhile, KeyReused, WrittenByAnother
from ..sending import is_written_by_another
from ..services.editing import edit_comment, refuse_settled
from ..services.recording import record_comment
from ..services.withdrawing_comments import withdraw_comment
from .composing import (
    composer_page,
    composer_refused,
    told_session,
)


@require_safe
def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The page of a comment; a reply is shown on that of the comment it answers. Public once answers are."""
    if not request.user.is_authenticated and not answers_are_public():
        return redirect_to_login(request.get_full_path())
    comment = get_comment(request, uuid)
    if comment.parent is not None:
        return redirect(_reply_url(comment.parent, comment))
    return _comment_page(request, comment)


def _reply_url(parent: Comment, reply: Comment) -> str:
    page = reverse("comment", args=[parent.uuid])
    return f"{page}#comment-{reply.uuid}"


def _comment_page(
    request: HttpRequest,
    comment: Comment,
    *,
    status: int = 200,
    reply: ReplyForm | None = None,
) -> HttpResponse:
    """`reply` is a form that came back refused."""
    context = load_comment_page(
        comment, request.user, reply=reply, edited=request.GET.get("edited", "")
    )
    context["edited_key"] = parse_uuid(request.GET.get("key", ""))
    return render(
        request, "comments/commenting/comment_detail.html", context, status=status
    )


# -- editing and withdrawing one's own


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """One's own words again, until a facilitator's first act."""
    comment = get_comment(request, uuid, own=True)
    if request.method != "POST":
        refuse_settled(comment)
    if comment.parent is not None:
        return _edit_reply(request, comment, comment.parent)
    commenting_context = find_commenting_context(comment.entry)
    if request.method != "POST":
        initial = load_initial_values(comment)
        composer = make_composer(
            request.user, commenting_context, initial=initial, editing=comment
        )
        return composer_page(request, composer)
    composer = make_composer(
        request.user, commenting_context, data=request.POST, editing=comment
    )
    if not composer.form.is_valid():
        return composer_page(request, composer, status=422)
    if is_written_by_another(request):
        return composer_refused(request, composer, WrittenByAnother())
    try:
        comment = edit_comment(
            comment,
            composer.form.comment_input,
            by=request.user,
            session=commenting_context.session,
            words=request.POST.get("words", ""),
            client_key=composer.form.cleaned_data["client_key"],
        )
    except (CommentRefused, SessionClosed) as refusal:
        return composer_refused(request, composer, refusal)
    return _edited(
        request, comment, shown_with=comment, changes=text_changes(composer.form)
    )


def _edit_reply(
    request: AuthenticatedHttpRequest,
    reply: Comment,
    parent: Comment,
) -> HttpResponse:
    form = ReplyForm(request.POST or None, initial={"text": reply.text})
    status = 422 if form.is_bound else 200
    if form.is_valid() and is_written_by_another(request):
        status = refuse_in_form(form, WrittenByAnother())
    elif form.is_valid():
        session = find_commenting_context(reply.entry).session
        try:
            edit_comment(
                reply,
                form.comment_input,
                by=request.user,
                session=session,
                words=request.POST.get("words", ""),
                client_key=form.cleaned_data["client_key"],
            )
        except (CommentRefused, SessionClosed) as refusal:
            status = refuse_in_form(form, refusal)
            if isinstance(refusal, EditedMeanwhile):
                reply = refusal.comment
        else:
            return _edited(
                request, reply, shown_with=parent, changes=text_changes(form)
            )
    context = {
        "form": form,
        "action": reverse("comment-edit", args=[reply.uuid]),
        "to": parent,
        "about": cite_entry(parent.entry),
        "draft": f"edit-{reply.uuid}",
        "words": reply.words_mark,
    }
    return render(
        request, "comments/commenting/reply_form.html", context, status=status
    )


def _edited(
    request: AuthenticatedHttpRequest,
    comment: Comment,
    *,
    shown_with: Comment,
    changes: int,
) -> HttpResponse:
    """On to the page where the comment is shown. `changes` is how often the text policy changed what was typed."""
    message = "แก้ไขแล้ว"
    lapsed = count_lapsed_by_edit(comment)
    if lapsed:
        message += (
            f" การสนับสนุนของ {lapsed} สพท. สิ้นผล เพราะให้ไว้แก่ข้อความเดิม ระบบแจ้ง สพท. นั้นแล้ว"
        )
    if changes:
        message += f" {changes_note(changes)}"
    messages.success(request, message)
    # `edited` tells the page to drop the draft of this edit from the device
    page = reverse("comment", args=[shown_with.uuid])
    key = request.POST["client_key"]
    to = f"{page}?edited={comment.uuid}&key={key}"
    if is_htmx(request):
        # What waited on the device knows by its key that it is stored
        told = format_html('<p data-client-key="{}">{}</p>', key, message)
        return HttpResponse(told, headers={"HX-Redirect": to})
    return _see_other(to)


@login_required
@require_POST
def comment_withdrawal(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    comment = get_comment(request, uuid, own=True)
    withdraw_comment(comment, by=request.user)
    messages.success(request, "ถอนความคิดเห็นแล้ว ข้อความยังเก็บไว้ในประวัติ")
    return _see_other(reverse("comment", args=[comment.uuid]))


def _see_other(to: str) -> HttpResponse:
    response = redirect(to)
    response.status_code = 303
    return response


# -- replying


@login_required
@require_POST
def comment_replies(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    parent = get_comment(request, uuid)
    form = ReplyForm(request.POST, auto_id=f"reply-{parent.uuid}-%s")
    if not form.is_valid():
        return _reply_refused(request, parent, form, status=422)
    if is_written_by_another(request):
        return _reply_refused(
            request, parent, form, status=refuse_in_form(form, WrittenByAnother())
        )
    try:
        reply, is_new = record_comment(
            session=find_commenting_context(
                parent.entry, told_session(request)
            ).session,
            entry=parent.entry,
            comment_input=form.comment_input,
            by=request.user,
            client_key=form.cleaned_data["client_key"],
            parent=parent,
        )
    except (CommentRefused, SessionClosed) as refusal:
        if isinstance(refusal, KeyReused):
            form.renew_key()
        return _reply_refused(
            request, parent, form, status=refuse_in_form(form, refusal)
        )
    if is_new and text_changes(form):
        messages.info(request, changes_note(text_changes(form)))
    if not is_htmx(request):
        return _see_other(_reply_url(parent, reply))
    # htmx gets all replies to the comment, the new one among them; the form aims at itself, for its refusals
    viewer = CommentViewer(
        request.user, find_commenting_context(parent.entry).open_session
    )
    [card] = make_cards([parent], viewer)
    to = reverse("comment", args=[parent.uuid])
    response = respond(
        request, "comments/commenting/replies.html", {"card": card}, to=to
    )
    response["HX-Retarget"] = f"#replies-{parent.uuid}"
    return response


def _reply_refused(
    request: AuthenticatedHttpRequest,
    parent: Comment,
    form: ReplyForm,
    *,
    status: int,
) -> HttpResponse:
    if not is_htmx(request):
        return _comment_page(request, parent, status=status, reply=form)
    session = find_commenting_context(parent.entry).open_session
    context = {
        "form": form,
        "action": reverse("comment-replies", args=[parent.uuid]),
        "to": parent,
        "about": cite_entry(parent.entry),
        "told_session": session,
        "told_visibility": tell_visibility(session),
    }
    return render(
        request, "comments/commenting/reply_form.html#form", context, status=status
    )
