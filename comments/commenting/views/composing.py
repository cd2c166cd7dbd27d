"""The comments of an entry, and the composer for a new one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.directory.models import User
from hearing_portal.thai.text import changes_note
from hearing_portal.web.choices import FilterLink
from hearing_portal.web.forms import text_changes
from hearing_portal.web.http import require_permission, respond, status_of
from hearing_portal.web.refusal_pages import is_htmx
from manuals.models import EditionEntry

from ...citations import cite_entry
from ...hearings.open_session import CommentingContext, find_commenting_context
from ...hearings.refusals import SessionClosed
from ...links import entry_url
from ...models import Comment, answers_are_public
from ...permissions import may_comment_in, may_record_for_others
from ...tallies import OfficeTallies, tally_offices_by_entry
from ...wording import redlines, reworded_content
from ..access import get_comment
from ..capacities import capacities_for
from ..forms import CommentForm
from ..presentation.cards import CommentCard, Reader, make_cards
from ..presentation.composer import Composer, closed_reason, wording_lines
from ..queries.comments import ORDERS, comments_about, not_withdrawn, readable_entries
from ..queries.similar import find_similar, words_of_comment
from ..refusals import CommentRefused, KeyReused, NotRegistered, WrittenByAnother
from ..services.recording import record_comment
from .supporting import stand_behind

PAGE = 30
OTHERS = 5
ORDER_LABELS = {"new": "ใหม่ก่อน", "old": "เก่าก่อน", "support": "สนับสนุนมากก่อน"}
RECEIVED = "ได้รับความเห็นของท่านแล้ว"


# -- the comments of an entry, and a new one


@require_http_methods(["GET", "HEAD", "POST"])
def entry_comments(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The entry's comments; POST says something about it."""
    if not request.user.is_authenticated and (request.method == "POST" or not answers_are_public()):
        return redirect_to_login(request.get_full_path())
    entry = get_object_or_404(readable_entries(request.user), pk=entry_id)
    if request.method == "POST":
        return _record(request, entry)
    return render(request, "comments/commenting/entry_comments.html", _entry_page(request, entry))


def _entry_page(request: HttpRequest, entry: EditionEntry) -> dict[str, Any]:
    commenting_context = find_commenting_context(entry)
    order = request.GET.get("order")
    order = order if order in ORDERS else "new"
    page = Paginator(comments_about(entry, request.user, order), PAGE).get_page(request.GET.get("page"))
    may_speak = may_comment_in(request.user, entry.manual.work_group)
    composer = None
    if may_speak:
        composer = make_composer(request.user, commenting_context)
        composer.quotes_wording = False
    return {
        "commenting_context": commenting_context,
        "entry": entry,
        "citation": cite_entry(entry),
        "way_back": entry_url(entry, entry.manual),
        "wording": wording_lines(entry),
        "page": page,
        "cards": make_cards(page.object_list, Reader(request.user, commenting_context.open_session)),
        "order_links": [FilterLink(word, f"?order={name}", name == order) for name, word in ORDER_LABELS.items()],
        "tallies": tally_offices_by_entry([entry.pk]).get(entry.pk, OfficeTallies()),
        "composer": composer,
        "why_not": "" if may_speak else NotRegistered(entry.manual.work_group).message_th,
    }


def make_composer(
    user: User,
    commenting_context: CommentingContext,
    *,
    data: Any = None,
    initial: dict[str, Any] | None = None,
    editing: Comment | None = None,
) -> Composer:
    capacities = capacities_for(user, commenting_context.entry.manual.work_group)
    form = CommentForm(data, about=commenting_context.entry, capacities=capacities, initial=initial)
    return Composer(
        form,
        commenting_context,
        user,
        capacities,
        closed="" if data else closed_reason(commenting_context),
        editing=editing,
    )


def _record(request: HttpRequest, entry: EditionEntry) -> HttpResponse:
    composer = make_composer(request.user, find_commenting_context(entry), data=request.POST)
    form = composer.form
    if not form.is_valid():
        return composer_page(request, composer, status=422)
    if is_of_another(request):
        return composer_refused(request, composer, WrittenByAnother())
    capacity = form.chosen_capacity
    try:
        comment, is_new = record_comment(
            session=composer.commenting_context.session,
            entry=entry,
            comment_input=form.comment_input,
            by=request.user,
            client_key=form.cleaned_data["client_key"],
            office=capacity.office if capacity else None,
            role=capacity.role if capacity else None,
        )
    except (CommentRefused, SessionClosed) as refusal:
        return composer_refused(request, composer, refusal)
    return _received(request, comment, text_changes(form) if is_new else 0)


def is_of_another(request: HttpRequest) -> bool:
    """The form names who it was made for; another tab of the device may have signed somebody else in since."""
    return request.POST.get("sender", str(request.user.pk)) != str(request.user.pk)


def _received(request: HttpRequest, comment: Comment, changes: int) -> HttpResponse:
    """The acknowledgement: committed. No word diff here: nothing is tokenised in the request that stores."""
    note = changes_note(changes)
    if note:
        messages.info(request, note)
    if not is_htmx(request):
        messages.success(request, RECEIVED)
    entry = comment.entry
    way_back = entry_url(entry, entry.manual)
    context = {"comment": comment, "citation": cite_entry(entry), "entry": entry, "way_back": way_back}
    return respond(
        request, "comments/commenting/composer/sent.html", context, to=reverse("comment", args=[comment.uuid])
    )


def composer_refused(request: HttpRequest, composer: Composer, refusal: CommentRefused | SessionClosed) -> HttpResponse:
    """The form again with what was typed, and why it could not be taken."""
    composer.is_refused = True
    if isinstance(refusal, KeyReused):
        composer.form.renew_key()
        composer.first = refusal.first
    if isinstance(refusal, SessionClosed):
        composer.closed = refusal.why
    else:
        composer.form.add_error(None, refusal.message_th)
    return composer_page(request, composer, status=status_of(refusal))


def composer_page(request: HttpRequest, composer: Composer, *, status: int = 200) -> HttpResponse:
    """The composer alone; htmx gets the form only."""
    if composer.form.is_bound and composer.editing is None:
        composer.similar = _similar(request.user, composer.commenting_context, composer.form)
    if is_htmx(request):
        return render(request, "comments/commenting/composer/form.html", {"composer": composer}, status=status)
    if composer.editing is None:
        composer.others = _others(request.user, composer.commenting_context)
    context = {"composer": composer, "entry": composer.entry}
    return render(request, "comments/commenting/composer/page.html", context, status=status)


def _others(user: User, commenting_context: CommentingContext) -> list[CommentCard]:
    """What others said about the same entry and did not take back, the most supported first."""
    others = not_withdrawn(comments_about(commenting_context.entry, user, "support")).exclude(author=user)[:OTHERS]
    return make_cards(others, Reader(user, commenting_context.open_session), with_replies=False)


def _similar(user: User, commenting_context: CommentingContext, form: CommentForm) -> list[CommentCard]:
    """To stand behind instead of repeating it. Never a barrier: what is written is sent all the same."""
    rows = find_similar(words_of_comment(*form.written()), commenting_context.entry, user)
    return make_cards(rows, Reader(user, commenting_context.open_session), with_replies=False) if rows else []


@login_required
@require_safe
def comment_new(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The composer with the entry in sight; `?type=` chooses the type. A facilitator goes on to the speakers' form."""
    entry = get_object_or_404(readable_entries(request.user), pk=entry_id)
    commenting_context, group = find_commenting_context(entry), entry.manual.work_group
    if (
        not may_comment_in(request.user, group)
        and may_record_for_others(request.user, group)
        and commenting_context.session
    ):
        return redirect(f"{reverse('session-speakers', args=[commenting_context.session.pk])}?entry={entry.pk}")
    require_permission(may_comment_in(request.user, group), NotRegistered(group).message_th)
    kind = request.GET.get("type", "")
    initial = {"type": kind} if kind in Comment.Type.values else None
    return composer_page(request, make_composer(request.user, commenting_context, initial=initial))


@login_required
@require_POST
def similar_comments(request: HttpRequest) -> HttpResponse:
    """What others said that is near to the words typed. `support` ("UUID OFFICE") stands behind one of them first.
    Either way the words typed stay in the form."""
    entry = _entry_named(request)
    group = entry.manual.work_group
    require_permission(may_comment_in(request.user, group), NotRegistered(group).message_th)
    uuid, _, office = request.POST.get("support", "").partition(" ")
    if uuid:
        stand_behind(request, get_comment(request, _uuid(uuid)), office)
    commenting_context = find_commenting_context(entry)
    composer = make_composer(request.user, commenting_context, initial=_typed(request))
    composer.similar = _similar(request.user, commenting_context, CommentForm(request.POST, about=entry))
    composer.has_looked = not is_htmx(request)
    if is_htmx(request):
        return respond(request, "comments/commenting/composer/similar.html", {"composer": composer}, to="")
    return composer_page(request, composer)


def _entry_named(request: HttpRequest) -> EditionEntry:
    """The entry a posted form is about; 404 for none the reader may read."""
    entry_id = request.POST.get("entry", "")
    entries = readable_entries(request.user)
    return get_object_or_404(entries, pk=entry_id if entry_id.isascii() and entry_id.isdigit() else 0)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _typed(request: HttpRequest) -> dict[str, str]:
    """Everything typed so far, to be shown again unchecked."""
    return {name: value for name, value in request.POST.items() if name not in ("csrfmiddlewaretoken", "support")}


@login_required
@require_POST
def wording_diffs(request: HttpRequest) -> HttpResponse:
    """The proposed words against the clause's own, word by word. Stores nothing."""
    entry = _entry_named(request)
    form = CommentForm(request.POST, about=entry)
    form.is_valid()
    wrong = [error for name, errors in form.errors.items() if name.startswith("words-") for error in errors]
    words = None if wrong or form.content is None else reworded_content(form.content, form.texts("words"))
    changes = redlines(form.content, words) if words else []
    if is_htmx(request):
        context = {"changes": changes, "wrong": wrong}
        return render(request, "comments/commenting/composer/changes.html", context, status=422 if wrong else 200)
    composer = make_composer(request.user, find_commenting_context(entry), initial=_typed(request))
    composer.editing = _edited(request.user, form.cleaned_data.get("editing"))
    composer.changes = changes
    return composer_page(request, composer, status=422 if wrong else 200)


def _edited(user: User, uuid: object) -> Comment | None:
    """The comment whose editing form asked for the diff, if it is the asker's."""
    return Comment.objects.filter(author=user, uuid=uuid).first() if uuid else None
