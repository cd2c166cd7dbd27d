"""The page where a facilitator types in what a speaker says."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.models import AreaOffice
from hearing_portal.thai.text import changes_note
from hearing_portal.web.forms import text_changes
from hearing_portal.web.http import refuse_in_form, require_permission
from hearing_portal.web.redirects import go_on
from manuals.models import EditionEntry

from ..citations import cite_entry, section_title
from ..commenting.refusals import CommentRefused, KeyReused, why_closed
from ..commenting.services.recording import record_for_speaker
from ..hearings.access import get_session
from ..hearings.presentation import SessionRoom, find_room
from ..hearings.queries import entries_of_session
from ..models import Comment, HearingSession
from ..moderating.services import show_comment
from ..permissions import may_record_for_others
from .forms import SpeakerForm

# -- for a speaker


@dataclass(slots=True)
class SpeakerDesk:
    """The form in which a speaker's words are typed, about one entry of the session's edition."""

    session: HearingSession
    room: SessionRoom
    entry: EditionEntry | None
    form: SpeakerForm | None
    closed: str = ""
    offices: QuerySet[AreaOffice] | None = None
    first: Comment | None = None  # what the same key stored before

    @property
    def citation(self) -> str:
        return cite_entry(self.entry) if self.entry else ""

    @property
    def chosen_entry(self) -> str:
        return str(self.entry.pk) if self.entry else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_speakers(request: HttpRequest, pk: int) -> HttpResponse:
    """Typed in for a speaker or from a paper form, and marked so. Sending it twice stores it once."""
    session = get_session(request, pk)
    entry = _spoken_about(request, session)
    group = entry.manual.work_group if entry else session.work_group
    require_permission(may_record_for_others(request.user, group), "พิมพ์แทนผู้พูดได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้")
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


def _room(request: HttpRequest, session: HearingSession, entry: EditionEntry | None) -> SessionRoom:
    process = request.GET.get("process", "") or (str(entry.section_id) if entry and entry.section_id else "")
    return find_room(session, process)


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
            comment_input=form.comment_input,
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
    return _speaker_page(request, desk, status=refuse_in_form(desk.form, refused))


def _speaker_page(request: HttpRequest, desk: SpeakerDesk, *, status: int = 200) -> HttpResponse:
    desk.closed = "" if desk.session.is_open else why_closed(desk.session)
    if desk.form is not None:
        desk.offices = desk.form.fields["office"].queryset
    return render(request, "comments/speakers/speaker_form.html", {"desk": desk}, status=status)
