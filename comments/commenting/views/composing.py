"""The comments of an entry, and the composer for a new one."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import Visitor
from hearing_portal.postgres.statements import KeptRows
from hearing_portal.thai.text import changes_note
from hearing_portal.web.choices import FilterLink
from hearing_portal.web.forms import text_changes
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    read_id,
    require_permission,
    respond,
    status_of,
)
from hearing_portal.web.refusal_pages import is_htmx
from manuals.drafting.told_words import told_redlines
from manuals.models import EditionEntry
from manuals.wording import reworded_content

from ...citations import cite_entry
from ...hearings.commenting_context import find_commenting_context
from ...hearings.refusals import SessionClosed
from ...models import Comment, answers_are_public
from ...permissions import may_comment_in, may_record_for_others
from ...tallies import OfficeTallies, tally_offices_by_entry
from ..access import get_comment, get_readable_entry
from ..forms.comment_form import REWORDED_PREFIX, CommentForm
from ..forms.keyed import named_key
from ..presentation.acknowledgement import Acknowledgement
from ..presentation.cards import CommentViewer, fold_arguments, make_cards
from ..presentation.composer import (
    Composer,
    load_others,
    load_similar,
    make_composer,
)
from ..presentation.quotes import wording_lines
from ..queries.comments import (
    ORDERS,
    count_comments_about,
    find_comments_about,
    find_entry_to_look_at,
)
from ..refusals import (
    CommentRefused,
    EditedMeanwhile,
    KeyReused,
    NotRegistered,
    WrittenByAnother,
)
from ..sending import is_written_by_another
from ..services.recording import record_comment
from .supporting import support_for_office

PAGE = 30
ORDER_LABELS = {
    "new": "ล่าสุดก่อน",
    "old": "เก่าที่สุดก่อน",
    "support": "ผู้สนับสนุนมากที่สุดก่อน",
    "words": "ตามข้อความที่เลือก",
}
RECEIVED = "ได้รับความคิดเห็นของท่านแล้ว"


# -- the comments of an entry, and a new one


@require_http_methods(["GET", "HEAD", "POST"])
def entry_comments(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The entry's comments; POST says something about it."""
    user = request.user
    if not user.is_authenticated:
        is_public = request.method != "POST" and answers_are_public()
        if not is_public:
            return redirect_to_login(request.get_full_path())
    if request.method == "POST" and user.is_authenticated:
        return _record(request, get_readable_entry(user, entry_id), by=user)
    entry = find_entry_to_look_at(user, entry_id)
    if entry is None:
        raise NotVisible
    context = _load_entry_page(request, entry, user)
    return render(request, "comments/commenting/entry_comments.html", context)


def _load_entry_page(
    request: HttpRequest,
    entry: EditionEntry,
    user: Visitor,
) -> dict[str, Any]:
    """The context of entry_comments.html."""
    commenting_context = find_commenting_context(entry)
    order = request.GET.get("order", "")
    if order not in ORDERS:
        order = "new"
    comments: Any = KeptRows(
        count_comments_about(entry, user),
        partial(find_comments_about, entry, user, order),
    )
    paginator: Paginator[Comment] = Paginator(comments, PAGE)
    page = paginator.get_page(request.GET.get("page"))
    viewer = CommentViewer(user, commenting_context.open_session)
    cards = fold_arguments(make_cards(page.object_list, viewer))
    tallies = tally_offices_by_entry([entry.pk])
    group = entry.manual.work_group
    composer = None
    why_not = ""
    if user.is_authenticated and may_comment_in(user, group):
        composer = make_composer(
            user, commenting_context, initial=named_key(request.GET)
        )
        composer.quotes_wording = False
    else:
        why_not = NotRegistered(group).message_th
    order_links = []
    for name, label in ORDER_LABELS.items():
        order_links.append(
            FilterLink(label, f"?order={name}", is_current=name == order)
        )
    return {
        "commenting_context": commenting_context,
        "entry": entry,
        "citation": cite_entry(entry),
        "way_back": commenting_context.reading_url,
        "wording": wording_lines(entry),
        "page": page,
        "cards": cards,
        "order_links": order_links,
        "tallies": tallies.get(entry.pk, OfficeTallies()),
        "composer": composer,
        "why_not": why_not,
    }


def _record(request: HttpRequest, entry: EditionEntry, *, by: User) -> HttpResponse:
    composer = make_composer(
        by, find_commenting_context(entry, told_session(request)), data=request.POST
    )
    form = composer.form
    if not form.is_valid():
        return composer_page(request, composer, status=422)
    if is_written_by_another(request):
        return composer_refused(request, composer, WrittenByAnother())
    capacity = form.chosen_capacity
    try:
        comment, is_new = record_comment(
            session=composer.commenting_context.session,
            entry=entry,
            comment_input=form.comment_input,
            by=by,
            client_key=form.cleaned_data["client_key"],
            office=capacity.office if capacity is not None else None,
            role=capacity.role if capacity is not None else None,
            joins=form.cleaned_data["joins"],
        )
    except (CommentRefused, SessionClosed) as refusal:
        return composer_refused(request, composer, refusal)
    if is_new and text_changes(form):
        messages.info(request, changes_note(text_changes(form)))
    # The acknowledgement: committed. No word diff here: nothing is tokenised in the request that stores
    if not is_htmx(request):
        messages.success(request, RECEIVED)
    context = {"acknowledgement": Acknowledgement(comment, entry, composer.way_back)}
    to = reverse("comment", args=[comment.uuid])
    return respond(request, "comments/commenting/composer/sent.html", context, to=to)


def told_session(request: HttpRequest) -> int:
    """The id of the session that the form said its words go to; 0 where it named none."""
    return read_id(request.POST.get("session", ""))


def composer_refused(
    request: HttpRequest,
    composer: Composer,
    refusal: CommentRefused | SessionClosed,
) -> HttpResponse:
    """The form again with what was typed, and why it could not be taken."""
    composer.is_refused = True
    if isinstance(refusal, KeyReused):
        composer.form.renew_key()
        composer.first = refusal.first
    if isinstance(refusal, EditedMeanwhile):
        composer.editing = refusal.comment
    if isinstance(refusal, SessionClosed):
        composer.closed = refusal.why
    else:
        composer.form.add_error(None, refusal.message_th)
    return composer_page(request, composer, status=status_of(refusal))


def composer_page(
    request: HttpRequest,
    composer: Composer,
    *,
    status: int = 200,
) -> HttpResponse:
    """The composer alone; htmx gets the form only."""
    if composer.form.is_bound and composer.editing is None:
        composer.similar = load_similar(composer, composer.form)
    if is_htmx(request):
        return render(
            request,
            "comments/commenting/composer/form.html",
            {"composer": composer},
            status=status,
        )
    if composer.editing is None:
        composer.others = load_others(composer)
    context = {"composer": composer, "entry": composer.entry}
    return render(
        request, "comments/commenting/composer/page.html", context, status=status
    )


@login_required
@require_safe
def comment_new(request: AuthenticatedHttpRequest, entry_id: int) -> HttpResponse:
    """The composer with the entry in sight; `?type=` chooses the type. A facilitator goes on to the speakers' form."""
    entry = get_readable_entry(request.user, entry_id)
    commenting_context = find_commenting_context(entry)
    session = commenting_context.session
    group = entry.manual.work_group
    may_comment = may_comment_in(request.user, group)
    if (
        not may_comment
        and may_record_for_others(request.user, group)
        and session is not None
    ):
        speakers = reverse("session-speakers", args=[session.pk])
        return redirect(f"{speakers}?entry={entry.pk}")
    require_permission(may_comment, NotRegistered(group).message_th)
    initial: dict[str, Any] = {}
    if request.GET.get("type") in Comment.Type.values:
        initial["type"] = request.GET["type"]
    initial |= named_key(request.GET)
    composer = make_composer(request.user, commenting_context, initial=initial)
    return composer_page(request, composer)


# -- what a composer asks for while somebody writes: nothing of the comment is stored


@login_required
@require_POST
def similar_comments(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What others said that is near to the words typed. `support` ("UUID OFFICE WORDS") stands behind one of them
    first. Either way the words typed stay in the form."""
    entry = _get_entry(request)
    group = entry.manual.work_group
    require_permission(
        may_comment_in(request.user, group), NotRegistered(group).message_th
    )
    uuid, *named = request.POST.get("support", "").split(" ")
    if uuid:
        try:
            supported = UUID(uuid)
        except ValueError as error:
            raise Http404 from error
        comment = get_comment(request, supported)
        office_key, words = [*named, "", ""][:2]
        support_for_office(request, comment, office_key, words=words)
    composer = make_composer(
        request.user, find_commenting_context(entry), initial=_typed_values(request)
    )
    composer.similar = load_similar(composer, CommentForm(request.POST, about=entry))
    composer.has_looked = not is_htmx(request)
    if is_htmx(request):
        return respond(
            request,
            "comments/commenting/composer/similar.html",
            {"composer": composer},
            to="",
        )
    return composer_page(request, composer)


@login_required
@require_POST
def wording_diffs(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The proposed words against the clause's own, word by word."""
    entry = _get_entry(request)
    form = CommentForm(request.POST, about=entry)
    form.is_valid()
    wrong: list[Any] = []
    for name, errors in form.errors.items():
        if name.startswith(REWORDED_PREFIX):
            wrong.extend(errors)
    changes = []
    if form.content is not None and not wrong:
        reworded = reworded_content(form.content, form.typed_texts(REWORDED_PREFIX))
        if reworded is not None:
            changes = told_redlines(form.content, reworded, entry.section_id)
    status = 200
    if wrong:
        status = 422
    if is_htmx(request):
        context = {"changes": changes, "wrong": wrong}
        return render(
            request, "comments/commenting/composer/changes.html", context, status=status
        )
    composer = make_composer(
        request.user, find_commenting_context(entry), initial=_typed_values(request)
    )
    edited = form.cleaned_data.get("editing")
    if edited is not None:
        composer.editing = Comment.objects.filter(
            author=request.user, uuid=edited
        ).first()
    composer.changes = changes
    return composer_page(request, composer, status=status)


def _get_entry(request: AuthenticatedHttpRequest) -> EditionEntry:
    """The entry a posted form is about; 404 for none the reader may read."""
    entry_id = read_id(request.POST.get("entry", ""))
    return get_readable_entry(request.user, entry_id)


def _typed_values(request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """Everything typed so far, to be shown again unchecked."""
    values = request.POST.dict()
    values.pop("csrfmiddlewaretoken", None)
    values.pop("support", None)
    return values
