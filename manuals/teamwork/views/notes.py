"""Notes on a clause for those who draft the manual."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...access import lead_to_clause
from ...models import Clause, TeamNote
from ...models.survivors import find_joined_into, find_survivors, where_written
from ..access import get_noted_clause, refuse_retired
from ..forms.texts import NoteAnswerForm, NoteForm
from ..presentation.notes import load_notes_page
from ..refusals import TeamworkRefused
from ..services.notes import answer_note, reopen_note, settle_note, write_note

PAGE = "manuals/teamwork/notes.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team_notes(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, clause_uuid: UUID
) -> HttpResponse:
    """All of a clause, and the form of a new one while the clause stands. From one that was joined to another one, it
    leads to that."""
    clause = get_noted_clause(request.user, key, uuid, clause_uuid)
    led = lead_to_clause(request, clause, uuid, "team-notes")
    if led is not None:
        return led
    now = where_written(clause, find_survivors([clause]))
    is_elsewhere = now != clause and now.section.manual_id == clause.section.manual_id
    if is_elsewhere and request.method != "POST":
        return see_other(_notes_url(now))
    form = NoteForm(posted_data(request))
    status = form_status(form)
    if form.is_valid():
        try:
            refuse_retired(clause)
        except TeamworkRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            write_note(
                clause,
                form.cleaned_data["text"],
                uuid=form.cleaned_data["uuid"],
                by=request.user,
            )
            tell_done(request, "บันทึกแล้ว", form)
            return see_other(_notes_url(clause))
    context = {"page": load_notes_page(clause), "form": form}
    return render(request, PAGE, context, status=status)


@login_required
@require_POST
def note_answers(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    note_uuid: UUID,
) -> HttpResponse:
    clause = get_noted_clause(request.user, key, uuid, clause_uuid)
    note = _get_note(clause, note_uuid)
    form = NoteAnswerForm(request.POST, auto_id=f"answer-{note.pk}-%s")
    status = form_status(form)
    if form.is_valid():
        try:
            refuse_retired(clause)
            answer_note(note, form.cleaned_data["text"], by=request.user)
        except TeamworkRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, "บันทึกคำตอบแล้ว", form)
            return see_other(f"{_notes_url(clause)}#note-{note.pk}")
    context = {
        "page": load_notes_page(clause, answered=note, form=form),
        "form": NoteForm(),
    }
    return render(request, PAGE, context, status=status)


@login_required
@require_POST
def note_settlement(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    note_uuid: UUID,
) -> HttpResponse:
    """Done with it; with `reopen`, not any more."""
    clause = get_noted_clause(request.user, key, uuid, clause_uuid)
    refuse_retired(clause)
    note = _get_note(clause, note_uuid)
    if "reopen" in request.POST:
        reopen_note(note, by=request.user)
        messages.success(request, "เปิดบันทึกอีกครั้งแล้ว")
    else:
        settle_note(note, by=request.user)
        messages.success(request, "กำหนดว่าเสร็จแล้ว")
    return see_other(f"{_notes_url(clause)}#note-{note.pk}")


def _get_note(clause: Clause, uuid: UUID) -> TeamNote:
    """Of the clause, or of one that was joined to it."""
    clauses = [clause, *find_joined_into([clause]).get(clause.pk, ())]
    return get_object_or_404(TeamNote, uuid=uuid, clause__in=clauses)


def _notes_url(clause: Clause) -> str:
    section = clause.section
    return reverse("team-notes", args=[section.manual.key, section.uuid, clause.uuid])
