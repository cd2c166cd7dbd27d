"""A session's desk: its state, the clause under discussion, what a speaker said; and where comments went since."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import login_required
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.directory.models import AreaOffice
from hearing_portal.directory.permissions import roles_of
from hearing_portal.forms import text_changes
from hearing_portal.http import NotVisible, require
from hearing_portal.thai.text import changes_note
from manuals.models import EditionEntry

from ..forms.moderating import DiscussionForm, PlacingForm, SessionStateForm, SpeakerForm
from ..models import AnchorResolution, Comment, HearingSession
from ..permissions import can_moderate, can_run_session, may_record_for_others
from ..queries.detail import detail_of
from ..queries.history import history_of
from ..queries.places import place_of, section_title
from ..queries.rooms import Room, entries_of_session, room_of
from ..queries.unplaced import unplaced_at
from ..services.anchoring import PlacingRefused, place_comment
from ..services.commenting import CommentRefused, KeyReused, record_for_speaker, why_closed
from ..services.moderation import show_comment
from ..services.sessions import SessionRefused, discuss_entry, set_session_state
from .moderating import NOT_MODERATOR, comment_at_desk, go_on, manual_at_desk

NOT_YOUR_SESSION = "เปิด พัก และปิดเวทีได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"
STATE_WORDS = {"opened": "เปิดเวทีแล้ว", "paused": "พักเวทีแล้ว", "closed": "ปิดเวทีแล้ว"}


def _session(request: HttpRequest, pk: int) -> HearingSession:
    """404 without any role, 403 for who does not run it."""
    if not roles_of(request.user).rows:
        raise NotVisible
    sessions = HearingSession.objects.select_related("hearing", "work_group", "edition").with_state()
    session = get_object_or_404(sessions, pk=pk)
    require(can_run_session(request.user, session), NOT_YOUR_SESSION)
    return session


# -- the session


@login_required
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """The session's own page: its acts so far, and the clauses that can be put under discussion."""
    return _session_page(request, _session(request, pk))


def _session_page(
    request: HttpRequest, session: HearingSession, *, form: SessionStateForm | None = None, status: int = 200
) -> HttpResponse:
    room = room_of(session, request.GET.get("process", ""))
    return render(request, "comments/session.html", {"room": room, "form": form or SessionStateForm()}, status=status)


@login_required
@require_POST
def session_state(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session(request, pk)
    form = SessionStateForm(request.POST)
    if not form.is_valid():
        return _session_page(request, session, form=form, status=422)
    try:
        made = set_session_state(
            session, form.cleaned_data["state"], by=request.user, reason=form.cleaned_data["reason"]
        )
    except SessionRefused as refused:
        form.add_error(None, refused.message_th)
        return _session_page(request, session, form=form, status=refused.http_status)
    messages.success(request, STATE_WORDS[made.state])
    return go_on(request, reverse("session", args=[pk]))


@login_required
@require_POST
def session_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a clause under discussion; without one the discussion ends."""
    session = _session(request, pk)
    form = DiscussionForm(request.POST, entries=entries_of_session(session))
    if not form.is_valid():
        raise SessionRefused(" ".join(form.errors["entry"]))
    entry = form.cleaned_data["entry"]
    discuss_entry(session, entry, by=request.user)
    messages.success(request, "นำขึ้นอภิปรายแล้ว" if entry else "จบการอภิปรายข้อนี้แล้ว")
    return go_on(request, reverse("session", args=[pk]))


# -- for a speaker


@dataclass(slots=True)
class SpeakerDesk:
    """The form in which a speaker's words are typed, about one entry of the session's edition."""

    session: HearingSession
    room: Room
    entry: EditionEntry | None
    form: SpeakerForm | None
    closed: str = ""
    offices: QuerySet[AreaOffice] | None = None
    first: Comment | None = None  # what the same key stored before

    @property
    def place(self) -> str:
        return place_of(self.entry) if self.entry else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_speakers(request: HttpRequest, pk: int) -> HttpResponse:
    """Typed in for a speaker or from a paper form, and marked so. Sending it twice stores it once."""
    session = _session(request, pk)
    entry = _spoken_about(request, session)
    group = entry.manual.work_group if entry else session.work_group
    require(may_record_for_others(request.user, group), "พิมพ์แทนผู้พูดได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้")
    if request.method == "POST" and entry is not None:
        return _record(request, session, entry)
    initial = {"channel": Comment.Channel.ROOM if session.is_room else Comment.Channel.PAPER, "show": True}
    form = SpeakerForm(about=entry, initial=initial) if entry else None
    return _speaker_page(request, SpeakerDesk(session, _room(request, session, entry), entry, form))


def _spoken_about(request: HttpRequest, session: HearingSession) -> EditionEntry | None:
    """The entry of the address or of the form, else the one under discussion."""
    wanted = request.POST.get("entry") or request.GET.get("entry") or ""
    entries = (
        entries_of_session(session).select_related("blob", "manual__work_group").annotate(section_title=section_title())
    )
    if wanted:
        return get_object_or_404(entries, pk=wanted if wanted.isascii() and wanted.isdigit() else 0)
    latest = session.discussions.order_by("-pk").first()
    return entries.filter(pk=latest.entry_id).first() if latest and latest.entry_id else None


def _room(request: HttpRequest, session: HearingSession, entry: EditionEntry | None) -> Room:
    process = request.GET.get("process", "") or (str(entry.section_id) if entry and entry.section_id else "")
    return room_of(session, process)


def _record(request: HttpRequest, session: HearingSession, entry: EditionEntry) -> HttpResponse:
    form = SpeakerForm(request.POST, about=entry)
    desk = SpeakerDesk(session, _room(request, session, entry), entry, form)
    if not form.is_valid():
        return _speaker_page(request, desk, status=422)
    data = form.cleaned_data
    try:
        comment, is_new = record_for_speaker(
            session=session,
            entry=entry,
            said=form.said,
            office=data["office"],
            by=request.user,
            client_key=data["client_key"],
            channel=data["channel"],
            speaker=data["speaker"],
        )
    except CommentRefused as refused:
        return _refused(request, desk, refused)
    if is_new and data["show"]:
        show_comment(comment, by=request.user)
    note = changes_note(text_changes(form)) if is_new else ""
    messages.success(request, " ".join(filter(None, [f"บันทึกแทน {data['office'].short_name} แล้ว", note])))
    again = f"{reverse('session-speakers', args=[session.pk])}?{urlencode({'entry': entry.pk})}"
    return go_on(request, again)


def _refused(request: HttpRequest, desk: SpeakerDesk, refused: CommentRefused) -> HttpResponse:
    if isinstance(refused, KeyReused):
        desk.form.renew_key()
        desk.first = refused.first
    desk.form.add_error(None, refused.message_th)
    return _speaker_page(request, desk, status=refused.http_status)


def _speaker_page(request: HttpRequest, desk: SpeakerDesk, *, status: int = 200) -> HttpResponse:
    desk.closed = "" if desk.session.is_open else why_closed(desk.session)
    if desk.form is not None:
        desk.offices = desk.form.fields["office"].queryset
    return render(request, "comments/speaker_form.html", {"desk": desk}, status=status)


# -- history


@login_required
@require_safe
def comment_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _history_page(request, comment_at_desk(request, uuid))


@login_required
@require_POST
def comment_author(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An admin looks at a commenter's name: the look itself is written down."""
    comment = comment_at_desk(request, uuid)
    require(roles_of(request.user).is_admin, "ผู้ดูแลระบบเท่านั้นที่ดูชื่อผู้แสดงความเห็นได้ และระบบบันทึกการดูทุกครั้ง")
    LogEntry.objects.create(
        user=request.user,
        content_type=ContentType.objects.get_for_model(Comment),
        object_id=str(comment.pk),
        object_repr=f"ความเห็นที่ {comment.pk}",
        action_flag=CHANGE,
        change_message="ดูชื่อผู้แสดงความเห็น",
    )
    return _history_page(request, comment, reveal=True)


def _history_page(request: HttpRequest, comment: Comment, *, reveal: bool = False) -> HttpResponse:
    context: dict[str, Any] = {
        "detail": detail_of(comment, request.user),
        "happenings": history_of(comment, request.user, reveal=reveal),
        "may_reveal": roles_of(request.user).is_admin and not reveal,
    }
    return render(request, "comments/history.html", context)


# -- comments without a place in a later edition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_unplaced(request: HttpRequest, key: str) -> HttpResponse:
    """Comments whose place nobody could tell after a later edition; a person decides."""
    manual = manual_at_desk(request, key)
    if request.method != "POST":
        return _unplaced_page(request, manual)
    require(can_moderate(request.user, manual.work_group), NOT_MODERATOR)
    wanted = request.POST.get("resolution", "")
    rows = AnchorResolution.objects.filter(comment__entry__manual=manual).select_related("edition")
    resolution = get_object_or_404(rows, pk=wanted if wanted.isascii() and wanted.isdigit() else 0)
    form = PlacingForm(request.POST, entries=resolution.edition.entries.filter(manual=manual))
    if form.is_valid():
        try:
            place_comment(resolution, form.cleaned_data["entry"], by=request.user)
        except PlacingRefused as refused:
            form.add_error(None, refused.message_th)
        else:
            messages.success(request, "บันทึกที่ของความเห็นแล้ว")
            return go_on(request, reverse("group-unplaced", args=[key]))
    return _unplaced_page(request, manual, refused=form, status=422)


def _unplaced_page(request: HttpRequest, manual: Any, *, refused: Any = None, status: int = 200) -> HttpResponse:
    context = {
        "manual": manual,
        "page": unplaced_at(manual, request.GET.get("page")),
        "may_place": can_moderate(request.user, manual.work_group),
        "refused": refused,
    }
    return render(request, "comments/unplaced.html", context, status=status)
