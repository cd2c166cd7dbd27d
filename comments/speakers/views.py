"""The page where a facilitator types in what a speaker says."""

import uuid as uuids
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.thai.sentences import joined
from hearing_portal.thai.text import changes_note
from hearing_portal.web.forms import has_typed_text, text_changes
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    read_id,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from manuals.models import EditionEntry

from ..citations import cite_entry, with_section_title
from ..commenting.forms.keyed import named_key
from ..commenting.refusals import CommentRefused, KeyReused
from ..commenting.services.recording import record_for_speaker
from ..hearings.access import get_session
from ..hearings.agenda import SessionAgenda, find_agenda
from ..hearings.queries import entries_of_session
from ..hearings.refusals import SessionClosed, explain_closed_session
from ..models import Comment, HearingSession, SpeakerRequest
from ..moderating.services import show_comment
from ..permissions import may_record_for_others
from ..tallies import NO_OFFICE
from .forms import SpeakerForm


@dataclass(slots=True)
class SpeakerDesk:
    """The form in which a speaker's words are typed, about one entry of the session's edition."""

    session: HearingSession
    agenda: SessionAgenda
    entry: EditionEntry | None
    form: SpeakerForm | None = None  # None until an entry is chosen
    closed: str = ""  # why nothing can be recorded now; empty while the session is open
    first: Comment | None = None  # what the same key stored before

    @property
    def citation(self) -> str:
        if self.entry is None:
            return ""
        return cite_entry(self.entry)

    @property
    def keeps_text(self) -> bool:
        """Whether words that were typed stand in the form."""
        return self.form is not None and has_typed_text(self.form)

    @property
    def chosen_entry(self) -> str:
        if self.entry is None:
            return ""
        return str(self.entry.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_speakers(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Typed in for a speaker or from a paper form, and marked so. Sending it twice stores it once."""
    session = get_session(request, pk)
    entry = _find_entry(request, session)
    group = session.work_group
    if entry is not None:
        group = entry.manual.work_group
    require_permission(
        may_record_for_others(request.user, group),
        "บันทึกความคิดเห็นแทนผู้แทนได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้",
    )
    is_looking = "look" in request.POST
    if request.method == "POST" and entry is not None and not is_looking:
        return _record(request, session, entry)
    desk = SpeakerDesk(session, _find_agenda(request, session, entry), entry)
    if entry is not None:
        channel = Comment.Channel.ROOM if session.is_room else Comment.Channel.PAPER
        typed: dict[str, Any] = {
            "channel": channel,
            "show": True,
            **_prefill(session, request.GET.get("floor", "")),
            **named_key(request.GET),
        }
        if is_looking:
            # Everything typed so far, to be shown again unchecked
            typed = {**request.POST.dict(), "show": "show" in request.POST}
            typed.pop("csrfmiddlewaretoken", None)
        desk.form = SpeakerForm(about=entry, initial=typed)
    return _speaker_page(request, desk)


def _find_entry(
    request: AuthenticatedHttpRequest, session: HearingSession
) -> EditionEntry | None:
    """The entry of the address or of the form, else the one under discussion."""
    entries = entries_of_session(session).select_related("blob", "manual__work_group")
    entries = with_section_title(entries)
    wanted = request.POST.get("entry") or request.GET.get("entry") or ""
    if wanted:
        return get_object_or_404(entries, pk=read_id(wanted))
    asked = request.GET.get("floor", "")
    speech = _find_speech(session, asked) if asked else None
    if speech is not None and speech.entry_id is not None:
        return entries.filter(pk=speech.entry_id).first()
    latest = session.discussions.order_by("-pk").first()
    if latest is None or latest.entry_id is None:
        return None
    return entries.filter(pk=latest.entry_id).first()


def _find_speech(session: HearingSession, wanted: str) -> SpeakerRequest | None:
    """Of the session's line of speakers, by the id that the address names."""
    requests = SpeakerRequest.objects.select_related("office", "person")
    return requests.filter(session=session, pk=read_id(wanted)).first()


def _prefill(session: HearingSession, wanted: str) -> dict[str, Any]:
    """Whose words they are, where the form is opened from the line of speakers: an expert speaks for no office."""
    speech = _find_speech(session, wanted) if wanted else None
    if speech is None:
        return {}
    office = speech.office
    typed: dict[str, Any] = {
        "office": office.short_name if office is not None else NO_OFFICE,
        "channel": Comment.Channel.ROOM,
    }
    if speech.person is not None:
        typed["speaker"] = speech.person.username
    return typed


def _find_agenda(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    entry: EditionEntry | None,
) -> SessionAgenda:
    """Of the process asked for, else of the one the entry stands in."""
    process = request.GET.get("process", "")
    if not process and entry is not None and entry.section_id is not None:
        process = str(entry.section_id)
    return find_agenda(session, process, request.GET.get("find", ""))


def _record(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    entry: EditionEntry,
) -> HttpResponse:
    form = SpeakerForm(request.POST, about=entry)
    desk = SpeakerDesk(session, _find_agenda(request, session, entry), entry, form)
    if not form.is_valid():
        return _speaker_page(request, desk, status=422)
    office = form.cleaned_data["office"]
    try:
        _, is_new = record_for_speaker(
            session=session,
            entry=entry,
            comment_input=form.comment_input,
            office=office,
            by=request.user,
            client_key=form.cleaned_data["client_key"],
            channel=form.cleaned_data["channel"],
            speaker=form.cleaned_data["speaker"],
            and_then=partial(show_comment, by=request.user)
            if form.cleaned_data["show"]
            else None,
        )
    except (CommentRefused, SessionClosed) as refusal:
        if isinstance(refusal, KeyReused):
            form.renew_key()
            desk.first = refusal.first
        return _speaker_page(request, desk, status=refuse_in_form(form, refusal))
    speaker = form.cleaned_data["speaker"]
    name = office.short_name if office is not None else speaker.get_full_name()
    message = joined("บันทึกแทน", name, "แล้ว")
    if is_new and text_changes(form):
        message += f" {changes_note(text_changes(form))}"
    messages.success(request, message)
    # The next one has a key of its own, which this page's address keeps
    query = urlencode({"entry": entry.pk, "key": uuids.uuid4()})
    return go_on(request, f"{reverse('session-speakers', args=[session.pk])}?{query}")


def _speaker_page(
    request: AuthenticatedHttpRequest,
    desk: SpeakerDesk,
    *,
    status: int = 200,
) -> HttpResponse:
    if not desk.session.is_open:
        desk.closed = explain_closed_session(desk.session)
    return render(
        request, "comments/speakers/speaker_form.html", {"desk": desk}, status=status
    )
