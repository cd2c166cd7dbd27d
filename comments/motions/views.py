"""What the meeting of a session noted: reading it, noting, correcting."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.refusals import Refusal
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, read_id, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done
from manuals.models import EditionEntry

from ..citations import cite_entry
from ..hearings.access import get_session_to_follow
from ..hearings.following import find_discussed
from ..hearings.queries import entries_of_session
from ..hearings.refusals import explain_closed_session
from ..hearings.room_keys import keys_from
from ..models import HearingSession
from ..permissions import can_run_session
from .access import get_session_to_note_in
from .forms import MotionForm
from .presentation import ADVICE, show_motions, words_of_entry
from .queries import find_motions, standing_motions
from .services import correct_motion, note_motion

KEYS = (("A", "บันทึกมติ: ไปที่ช่องมติ"),)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def motions(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was noted; a POST notes on the clause that the page showed as discussed."""
    if request.method != "POST":
        return _motions_page(request, get_session_to_follow(request, pk))
    session = get_session_to_note_in(request, pk)
    form = MotionForm(request.POST)
    if not form.is_valid():
        return _motions_page(request, session, form, status=422)
    entry_id = read_id(request.POST.get("entry", ""))
    entry = get_object_or_404(
        entries_of_session(session).select_related("blob"), pk=entry_id
    )
    try:
        note_motion(session, entry, **_said(form, entry), by=request.user)
    except Refusal as refusal:
        status = refuse_in_form(form, refusal)
        return _motions_page(request, session, form, status=status)
    tell_done(request, "บันทึกมติแล้ว แสดงบนจอห้องประชุมและในรายงานการประชุม", form)
    return see_other(reverse("motions", args=[pk]))


def _said(form: MotionForm, entry: EditionEntry) -> dict[str, str]:
    """The clause's own words, with which the form begins, are no proposal."""
    said: dict[str, str] = form.cleaned_data
    if said["proposed"].strip() == words_of_entry(entry).strip():
        return {**said, "proposed": ""}
    return said


def _motions_page(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    form: MotionForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    discussed = find_discussed(session)
    runs = can_run_session(request.user, session)
    if form is None and runs and session.is_open and discussed is not None:
        form = MotionForm(initial={"proposed": words_of_entry(discussed)})
    context = {
        "session": session,
        "motions": show_motions(find_motions(session)),
        "discussed": discussed,
        "keys": KEYS + keys_from("M"),
        "citation": cite_entry(discussed) if discussed else "",
        "closed": "" if session.is_open else explain_closed_session(session),
        "advice": ADVICE,
        "runs": runs,
        "form": form,
    }
    return render(request, "comments/motions/motions.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def motion_correction(
    request: AuthenticatedHttpRequest, pk: int, motion_id: int
) -> HttpResponse:
    """Other words in place of those that were noted."""
    session = get_session_to_note_in(request, pk)
    noted = session.motions.select_related(
        "session__work_group", "entry__manual", "entry__blob"
    )
    motion = get_object_or_404(noted, pk=motion_id)
    said = {"words": motion.words, "proposed": motion.proposed}
    form = MotionForm(posted_data(request), initial=said)
    status = form_status(form)
    if form.is_valid():
        try:
            correct_motion(motion, **_said(form, motion.entry), by=request.user)
        except Refusal as refusal:
            status = refuse_in_form(form, refusal)
        else:
            tell_done(request, "แก้มติแล้ว ข้อความเดิมยังอยู่ในรายงานการประชุม", form)
            return see_other(reverse("motions", args=[pk]))
    context = {
        "session": session,
        "motion": motion,
        "citation": cite_entry(motion.entry),
        "is_replaced": not standing_motions().filter(pk=motion.pk).exists(),
        "form": form,
    }
    return render(request, "comments/motions/correction.html", context, status=status)
