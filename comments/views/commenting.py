"""Saying something about a place in the manuals: the entry's comments, the composer, and acts on one comment."""

from dataclasses import dataclass
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

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.directory.permissions import roles_of
from hearing_portal.forms import text_changes
from hearing_portal.http import answer, require
from hearing_portal.refusals import is_htmx, way_back
from hearing_portal.thai.text import changes_note
from manuals.models import EditionEntry

from ..forms.commenting import CommentForm, ObjectionForm, ReplyForm, initial_of
from ..models import Comment
from ..permissions import (
    answers_are_public,
    can_see_hidden_text,
    can_support,
    can_work_at,
    may_comment_in,
    may_record_for_others,
)
from ..queries.commenting import (
    ORDERS,
    CommentCard,
    Hall,
    Reader,
    cards_of,
    comments_for,
    comments_on,
    hall_of,
    not_withdrawn,
    readable_entries,
    versions_of,
)
from ..queries.counts import Standing, standing_by_entry
from ..queries.mine import ways_of
from ..queries.places import place_of, references_of
from ..queries.reading import entry_url
from ..queries.similar import similar_to, words_said
from ..services.commenting import (
    CommentRefused,
    KeyReused,
    NotRegistered,
    SessionClosed,
    Voice,
    WrittenByAnother,
    edit_comment,
    record_comment,
    refuse_settled,
    support_comment,
    take_back_support,
    voices_of,
    why_closed,
    withdraw_comment,
)
from ..services.publishing import object_to_answer
from ..wording import Redline, field_label, redlines, reworded

PAGE = 30
OTHERS = 5
NOT_YOURS = "ทำได้เฉพาะความเห็นของท่านเอง"
RECEIVED = "ได้รับความเห็นของท่านแล้ว"


@dataclass(slots=True)
class Composer:
    """The form on its page: about which entry, in whose name, whether the session takes it, where it is sent."""

    form: CommentForm
    hall: Hall
    voices: list[Voice]
    closed: str = ""  # why one cannot send now, and when one can; empty while the session is open
    is_refused: bool = False  # it was sent, and nothing was stored
    editing: Comment | None = None
    first: Comment | None = None  # what the same key stored before
    changes: list[Redline] | None = None  # the word diff asked for without JavaScript
    others: list[CommentCard] | None = None  # what others said about the place, before anything is written
    has_looked: bool = False  # for what is similar, by the button
    similar: list[CommentCard] | None = None  # what others said that is near to what is being written

    @property
    def entry(self) -> EditionEntry:
        return self.hall.entry

    @property
    def place(self) -> str:
        return place_of(self.entry)

    @property
    def way_back(self) -> str:
        return entry_url(self.entry, self.entry.manual)

    @property
    def words(self) -> list[tuple[str, str, str]]:
        return words_of(self.entry)

    @property
    def references(self) -> list[tuple[int, str]]:
        return references_of(self.entry)

    @property
    def action(self) -> str:
        if self.editing is not None:
            return reverse("comment-edit", args=[self.editing.uuid])
        return reverse("entry-comments", args=[self.entry.pk])


def words_of(entry: EditionEntry) -> list[tuple[str, str, str]]:
    """[(field, label, text)] of a clause as it stands in its edition, the empty fields left out."""
    content = entry.blob.as_content if entry.blob_id else None
    return [(name, field_label(content, name), text) for name, text in content.fields()] if content else []


def _closed(hall: Hall) -> str:
    return "" if hall.open_session else why_closed(hall.session)


# -- the comments of an entry, and a new one


@require_http_methods(["GET", "HEAD", "POST"])
def entry_comments(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The entry's comments; POST says something about it."""
    if not request.user.is_authenticated and (request.method == "POST" or not answers_are_public()):
        return redirect_to_login(request.get_full_path())
    entry = get_object_or_404(readable_entries(request.user), pk=entry_id)
    if request.method == "POST":
        return _record(request, entry)
    return render(request, "comments/entry_comments.html", _entry_page(request, entry))


def _entry_page(request: HttpRequest, entry: EditionEntry) -> dict[str, Any]:
    hall = hall_of(entry)
    order = request.GET.get("order")
    order = order if order in ORDERS else "new"
    page = Paginator(comments_on(entry, request.user, order), PAGE).get_page(request.GET.get("page"))
    may_speak = may_comment_in(request.user, entry.manual.work_group)
    return {
        "hall": hall,
        "entry": entry,
        "place": place_of(entry),
        "way_back": entry_url(entry, entry.manual),
        "words": words_of(entry),
        "page": page,
        "cards": cards_of(page.object_list, Reader(request.user, hall.open_session)),
        "order": order,
        "standing": standing_by_entry([entry.pk]).get(entry.pk, Standing()),
        "composer": _composer(request.user, hall) if may_speak else None,
        "why_not": "" if may_speak else NotRegistered(entry.manual.work_group).message_th,
    }


def _composer(
    user: User,
    hall: Hall,
    *,
    data: Any = None,
    initial: dict[str, Any] | None = None,
    editing: Comment | None = None,
) -> Composer:
    voices = voices_of(user, hall.entry.manual.work_group)
    form = CommentForm(data, about=hall.entry, voices=voices, initial=initial)
    return Composer(form, hall, voices, closed="" if data else _closed(hall), editing=editing)


def _record(request: HttpRequest, entry: EditionEntry) -> HttpResponse:
    composer = _composer(request.user, hall_of(entry), data=request.POST)
    form = composer.form
    if not form.is_valid():
        return _composer_page(request, composer, status=422)
    if _is_of_another(request):
        return _refused(request, composer, WrittenByAnother())
    voice = form.chosen_voice
    try:
        comment, is_new = record_comment(
            session=composer.hall.session,
            entry=entry,
            said=form.said,
            by=request.user,
            client_key=form.cleaned_data["client_key"],
            office=voice.office if voice else None,
            role=voice.role if voice else None,
        )
    except NotRegistered:
        raise
    except CommentRefused as refusal:
        return _refused(request, composer, refusal)
    return _received(request, comment, text_changes(form) if is_new else 0)


def _is_of_another(request: HttpRequest) -> bool:
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
    context = {"comment": comment, "place": place_of(entry), "entry": entry, "way_back": way_back}
    return answer(request, "comments/comment_form.html#sent", context, to=reverse("comment", args=[comment.uuid]))


def _refused(request: HttpRequest, composer: Composer, refusal: CommentRefused) -> HttpResponse:
    """The form again with what was typed, and why it could not be taken."""
    composer.is_refused = True
    if isinstance(refusal, KeyReused):
        composer.form.renew_key()
        composer.first = refusal.first
    if isinstance(refusal, SessionClosed):
        composer.closed = refusal.why
    else:
        composer.form.add_error(None, refusal.message_th)
    return _composer_page(request, composer, status=refusal.http_status)


def _composer_page(request: HttpRequest, composer: Composer, *, status: int = 200) -> HttpResponse:
    """The composer alone; htmx gets the form only."""
    template = "comments/comment_form.html"
    if composer.form.is_bound and composer.editing is None:
        composer.similar = _similar(request.user, composer.hall, composer.form)
    if is_htmx(request):
        return render(request, f"{template}#form", {"composer": composer}, status=status)
    if composer.editing is None:
        composer.others = _others(request.user, composer.hall)
    return render(request, template, {"composer": composer, "entry": composer.entry}, status=status)


def _others(user: User, hall: Hall) -> list[CommentCard]:
    """What others said about the same entry and did not take back, the most supported first."""
    others = not_withdrawn(comments_on(hall.entry, user, "support")).exclude(author=user)[:OTHERS]
    return cards_of(others, Reader(user, hall.open_session), with_replies=False)


def _similar(user: User, hall: Hall, form: CommentForm) -> list[CommentCard]:
    """To stand behind instead of repeating it. Never a barrier: what is written is sent all the same."""
    rows = similar_to(words_said(*form.written()), hall.entry, user)
    return cards_of(rows, Reader(user, hall.open_session), with_replies=False) if rows else []


@login_required
@require_safe
def comment_new(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The composer with the entry in sight; `?type=` chooses the type. A facilitator goes on to the speakers' form."""
    entry = get_object_or_404(readable_entries(request.user), pk=entry_id)
    hall, group = hall_of(entry), entry.manual.work_group
    if not may_comment_in(request.user, group) and may_record_for_others(request.user, group) and hall.session:
        return redirect(f"{reverse('session-speakers', args=[hall.session.pk])}?entry={entry.pk}")
    require(may_comment_in(request.user, group), NotRegistered(group).message_th)
    kind = request.GET.get("type", "")
    initial = {"type": kind} if kind in Comment.Type.values else None
    return _composer_page(request, _composer(request.user, hall, initial=initial))


@login_required
@require_POST
def similar_comments(request: HttpRequest) -> HttpResponse:
    """What others said that is near to the words typed. `support` ("UUID OFFICE") stands behind one of them first.
    Either way the words typed stay in the form."""
    entry = _entry_named(request)
    group = entry.manual.work_group
    require(may_comment_in(request.user, group), NotRegistered(group).message_th)
    uuid, _, office = request.POST.get("support", "").partition(" ")
    if uuid:
        _stand_behind(request, _comment(request, _uuid(uuid)), office)
    hall = hall_of(entry)
    composer = _composer(request.user, hall, initial=_typed(request))
    composer.similar = _similar(request.user, hall, CommentForm(request.POST, about=entry))
    composer.has_looked = not is_htmx(request)
    if is_htmx(request):
        return answer(request, "comments/comment_form.html#similar", {"composer": composer}, to="")
    return _composer_page(request, composer)


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
    words = None if wrong or form.content is None else reworded(form.content, form.texts("words"))
    changes = redlines(form.content, words) if words else []
    if is_htmx(request):
        context = {"changes": changes, "wrong": wrong}
        return render(request, "comments/comment_form.html#changes", context, status=422 if wrong else 200)
    composer = _composer(request.user, hall_of(entry), initial=_typed(request))
    composer.editing = _edited(request.user, form.cleaned_data.get("editing"))
    composer.changes = changes
    return _composer_page(request, composer, status=422 if wrong else 200)


def _edited(user: User, uuid: object) -> Comment | None:
    """The comment whose editing form asked for the diff, if it is the asker's."""
    return Comment.objects.filter(author=user, uuid=uuid).first() if uuid else None


# -- one comment


def _comment(request: HttpRequest, uuid: object, *, own: bool = False) -> Comment:
    """404 for who may not see it, 403 for who may see it but asks for an act of its author."""
    comment = get_object_or_404(comments_for(request.user), uuid=uuid)
    comment.entry.section_title = comment.section_title
    if own:
        require(comment.author_id == request.user.pk, NOT_YOURS)
    return comment


@login_required
@require_safe
def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _comment(request, uuid)
    if found.parent_id:
        return redirect(f"{reverse('comment', args=[found.parent.uuid])}#comment-{found.uuid}")
    return _comment_page(request, found)


def _comment_page(request: HttpRequest, comment: Comment, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The comment with its way; `reply` and `objection` are forms that came back refused."""
    hall = hall_of(comment.entry)
    [way] = ways_of([comment], Reader(request.user, hall.open_session), with_replies=True)
    context = {
        "hall": hall,
        "way": way,
        "entry": comment.entry,
        "place": way.card.place,
        "way_back": entry_url(comment.entry, comment.entry.manual),
        "reply": forms.get("reply"),
        "objection_form": forms.get("objection") or ObjectionForm(),
        "closed": _closed(hall),
        "versions": versions_of(comment) if can_see_hidden_text(request.user, comment) else [],
        "reclassings": comment.reclassings.all(),
        "edited": request.GET.get("edited", ""),
        "at_desk": can_work_at(request.user, comment.entry.manual.work_group),
    }
    return render(request, "comments/comment_detail.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's own words again, until a facilitator's first act."""
    comment = _comment(request, uuid, own=True)
    if request.method != "POST":
        refuse_settled(comment)
    if comment.parent_id:
        return _edit_reply(request, comment)
    hall = hall_of(comment.entry)
    if request.method != "POST":
        composer = _composer(request.user, hall, initial=initial_of(comment), editing=comment)
        return _composer_page(request, composer)
    composer = _composer(request.user, hall, data=request.POST, editing=comment)
    if not composer.form.is_valid():
        return _composer_page(request, composer, status=422)
    try:
        comment = edit_comment(comment, composer.form.said, by=request.user, session=hall.session)
    except CommentRefused as refusal:
        return _refused(request, composer, refusal)
    return _changed(request, comment, text_changes(composer.form))


def _edit_reply(request: HttpRequest, reply: Comment) -> HttpResponse:
    form = ReplyForm(request.POST or None, initial={"text": reply.text})
    refusal = None
    if form.is_valid():
        try:
            edit_comment(reply, form.said, by=request.user, session=hall_of(reply.entry).session)
        except CommentRefused as refused:
            refusal = refused
            form.add_error(None, refused.message_th)
        else:
            return _changed(request, reply, text_changes(form))
    status = refusal.http_status if refusal else 422 if form.is_bound else 200
    action = reverse("comment-edit", args=[reply.uuid])
    context = {"form": form, "action": action, "to": reply.parent, "draft": f"edit-{reply.uuid}"}
    return render(request, "comments/reply_form.html", context, status=status)


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
    comment = _comment(request, uuid, own=True)
    withdraw_comment(comment, by=request.user)
    messages.success(request, "ถอนความเห็นแล้ว ข้อความยังเก็บไว้ในประวัติ")
    return _see(comment)


@login_required
@require_POST
def comment_support(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's office stands behind it, once. Pressing again changes nothing."""
    comment = _comment(request, uuid)
    hall = _stand_behind(request, comment, request.POST.get("office", ""))
    return _support_answer(request, comment, hall)


@login_required
@require_POST
def comment_support_withdrawal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's office stands behind it no longer. Pressing again changes nothing."""
    comment = _comment(request, uuid)
    require(can_support(request.user, comment), NotRegistered(comment.entry.manual.work_group).message_th)
    hall = hall_of(comment.entry)
    office = _own_office(request, request.POST.get("office", ""))
    was_standing = take_back_support(comment, by=request.user, office=office, session=hall.session)
    if not is_htmx(request):
        said = "ยกเลิกการสนับสนุนแล้ว" if was_standing else "สพท. ของท่านไม่ได้สนับสนุนเรื่องนี้อยู่แล้ว"
        messages.success(request, said)
    return _support_answer(request, comment, hall)


def _support_answer(request: HttpRequest, comment: Comment, hall: Hall) -> HttpResponse:
    [card] = cards_of([comment], Reader(request.user, hall.open_session), with_replies=False)
    to = way_back(request) if request.headers.get("Referer") else reverse("comment", args=[comment.uuid])
    return answer(request, "comments/comment.html#support", {"card": card}, to=to)


def _own_office(request: HttpRequest, key: str) -> AreaOffice | None:
    """The person's office of that key; None leaves it to the service. 403 for somebody else's."""
    offices = {office.key: office for office in roles_of(request.user).offices}
    require(not key or key in offices, "ท่านสนับสนุนในนาม สพท. นี้ไม่ได้")
    return offices.get(key)


def _stand_behind(request: HttpRequest, comment: Comment, office: str) -> Hall:
    """`office` is the key of one of the person's offices, or empty for the first. Raises what support_comment does."""
    require(can_support(request.user, comment), NotRegistered(comment.entry.manual.work_group).message_th)
    hall = hall_of(comment.entry)
    chosen = _own_office(request, office)
    support, is_new = support_comment(comment, by=request.user, office=chosen, session=hall.session)
    if not is_htmx(request):
        said = "สนับสนุนเรื่องนี้แล้ว" if is_new else "สนับสนุนเรื่องนี้ไว้แล้ว นับหนึ่งเสียงต่อ สพท."
        messages.success(request, f"{support.office.short_name} {said}")
    return hall


@login_required
@require_POST
def comment_replies(request: HttpRequest, uuid: UUID) -> HttpResponse:
    parent = _comment(request, uuid)
    form = ReplyForm(request.POST, auto_id=f"reply-{parent.uuid}-%s")
    if not form.is_valid():
        return _reply_refused(request, parent, form, 422)
    if _is_of_another(request):
        form.add_error(None, WrittenByAnother().message_th)
        return _reply_refused(request, parent, form, WrittenByAnother.http_status)
    try:
        reply, is_new = record_comment(
            session=hall_of(parent.entry).session,
            entry=parent.entry,
            said=form.said,
            by=request.user,
            client_key=form.cleaned_data["client_key"],
            parent=parent,
        )
    except NotRegistered:
        raise
    except CommentRefused as refusal:
        if isinstance(refusal, KeyReused):
            form.renew_key()
        form.add_error(None, refusal.message_th)
        return _reply_refused(request, parent, form, refusal.http_status)
    if is_new and text_changes(form):
        messages.info(request, changes_note(text_changes(form)))
    to = f"{reverse('comment', args=[parent.uuid])}#comment-{reply.uuid}"
    if not is_htmx(request):
        return answer(request, "", {}, to=to)
    return _replies(request, parent)


def _replies(request: HttpRequest, parent: Comment) -> HttpResponse:
    [card] = cards_of([parent], Reader(request.user, hall_of(parent.entry).open_session))
    response = answer(
        request, "comments/comment.html#replies", {"card": card}, to=reverse("comment", args=[parent.uuid])
    )
    response["HX-Retarget"] = f"#replies-{parent.uuid}"  # the form aims at itself, for its refusals
    return response


def _reply_refused(request: HttpRequest, parent: Comment, form: ReplyForm, status: int) -> HttpResponse:
    if not is_htmx(request):
        return _comment_page(request, parent, status=status, reply=form)
    context = {"form": form, "action": reverse("comment-replies", args=[parent.uuid]), "to": parent}
    return render(request, "comments/reply_form.html#form", context, status=status)


@login_required
@require_POST
def comment_objection(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The one objection to a published answer, within its time."""
    comment = _comment(request, uuid, own=True)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _comment_page(request, comment, status=422, objection=form)
    object_to_answer(comment, form.cleaned_data["text"], by=request.user)
    messages.success(request, "ได้รับข้อโต้แย้งแล้ว คณะทำงานจะพิจารณาก่อนออกฉบับ")
    return _see(comment)


def _see(comment: Comment) -> HttpResponse:
    response = redirect("comment", uuid=comment.uuid)
    response.status_code = 303
    return response
