"""The hearing desk: what is announced of the hearing, and its sessions."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.access import require_admin
from hearing_portal.thai.dates import be_datetime
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, respond
from hearing_portal.web.telling import tell_done
from manuals.models import EditionRelease

from ...models import Hearing, HearingSession, SessionState
from ..access import documents_open_to
from ..choosing import HearingChoice, choose_hearing
from ..forms.announcing import HearingDocumentForm, HearingForm, SessionForm
from ..forms.running import AllSessionsForm
from ..presentation import (
    DocumentLink,
    SessionRow,
    UnreadableEdition,
    explain_missing_edition,
    find_draft_readers,
    find_unreadable,
    show_hearings,
)
from ..queries import (
    editions_free_for,
    find_hearing_of_other_editions,
    find_latest_acts,
)
from ..refusals import name_audience
from ..services.session_states import find_obstacles


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing_desk(request: AuthenticatedHttpRequest, key: str = "") -> HttpResponse:
    """The hearing of the key, without one the current (or the first one to be made), and its sessions with their
    latest act."""
    require_admin(request.user)
    choice = choose_hearing(key)
    if request.method != "POST":
        return desk_page(request, choice, HearingForm(hearing=choice.hearing))
    form = HearingForm(request.POST, hearing=choice.hearing)
    hearing = form.save(by=request.user) if form.is_valid() else None
    if hearing is None:
        return desk_page(request, choice, form, status=422)
    return _saved_hearing(request, form, hearing)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Another hearing beside those there are: a second round, or a rehearsal."""
    require_admin(request.user)
    form = HearingForm(posted_data(request), hearing=None)
    hearing = form.save(by=request.user) if form.is_valid() else None
    if hearing is None:
        return render(
            request,
            "comments/hearings/hearing_new.html",
            {"form": form},
            status=form_status(form),
        )
    return _saved_hearing(request, form, hearing)


def _saved_hearing(
    request: AuthenticatedHttpRequest, form: HearingForm, hearing: Hearing
) -> HttpResponse:
    tell_done(request, "บันทึกแล้ว", form)
    to = reverse("hearing-edit", args=[hearing.key])
    return respond(
        request, "comments/hearings/hearing_desk.html", {"form": form}, to=to
    )


def desk_page(
    request: AuthenticatedHttpRequest,
    choice: HearingChoice,
    form: HearingForm,
    *,
    all_sessions: AllSessionsForm | None = None,
    document_form: HearingDocumentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    hearing = choice.hearing
    of_hearing = HearingSession.objects.filter(hearing=hearing).with_state()
    sessions = list(of_hearing.select_related("work_group", "edition"))
    latest_acts = find_latest_acts(sessions)
    obstacles = find_obstacles(sessions, by=request.user)
    rows = []
    for session in sessions:
        rows.append(
            SessionRow(session, latest_acts.get(session.pk), obstacles.get(session.pk))
        )
    groups = []
    for group, rows_of_group in groupby(rows, key=lambda row: row.session.work_group):
        groups.append((group, list(rows_of_group)))
    documents = documents_open_to(request.user).filter(hearing=hearing)
    context = {
        "form": form,
        "all_sessions": all_sessions or AllSessionsForm(sessions=sessions),
        "hearing": hearing,
        "choice": choice,
        "hearings": show_hearings(choice),
        "documents": [DocumentLink(document) for document in documents],
        "document_form": document_form or HearingDocumentForm(auto_id="document-%s"),
        "groups": groups,
        "unreadable": find_unreadable(sessions),
        "readers": find_draft_readers(hearing, sessions)
        if hearing is not None
        else None,
        "tally": count_by_state(rows),
    }
    return render(
        request, "comments/hearings/hearing_desk.html", context, status=status
    )


def count_by_state(rows: Iterable[SessionRow]) -> list[tuple[str, int]]:
    """(state in words, sessions in it), the unopened last."""
    sessions_in: Counter[str] = Counter()
    unopened = 0
    for row in rows:
        if row.session.state is None:
            unopened += 1
        else:
            sessions_in[row.session.state] += 1
    counts = [(str(state.label), sessions_in[state]) for state in SessionState.State]
    return [*counts, ("ยังไม่เปิด", unopened)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    hearing = choose_hearing(request.GET.get("hearing", "")).hearing
    if hearing is None:
        return without_hearing(request)
    if not editions_free_for(hearing).exists():
        return without_edition(request, hearing)
    return _edit_session(request, hearing, None)


def without_hearing(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Instead of a page that sets up sessions, before the first hearing."""
    return render(
        request, "comments/hearings/no_hearing.html", status=_status_of_way_on(request)
    )


def without_edition(
    request: AuthenticatedHttpRequest, hearing: Hearing
) -> HttpResponse:
    """Instead of a page that sets up sessions, before there is an edition for the hearing."""
    why = explain_missing_edition(find_hearing_of_other_editions(hearing))
    context = {"hearing": hearing, "why": why}
    return render(
        request,
        "comments/hearings/no_edition.html",
        context,
        status=_status_of_way_on(request),
    )


def _status_of_way_on(request: AuthenticatedHttpRequest) -> int:
    """A form that was sent there is not taken; a visit is answered."""
    return 409 if request.method == "POST" else 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    require_admin(request.user)
    sessions = HearingSession.objects.select_related("hearing", "work_group", "edition")
    session = get_object_or_404(sessions, pk=pk)
    return _edit_session(request, session.hearing, session)


def _edit_session(
    request: AuthenticatedHttpRequest,
    hearing: Hearing,
    session: HearingSession | None,
) -> HttpResponse:
    """`session` is None for one to be made."""
    template = "comments/hearings/session_form.html"
    unreadable = None
    if session is not None and not _is_readable(session):
        unreadable = UnreadableEdition(session.edition, [name_audience(session)])
    if request.method != "POST":
        form = SessionForm(hearing=hearing, session=session)
        return render(request, template, {"form": form, "unreadable": unreadable})
    form = SessionForm(request.POST, hearing=hearing, session=session)
    saved = form.save(by=request.user) if form.is_valid() else None
    if saved is None:
        context = {"form": form, "unreadable": unreadable}
        return render(request, template, context, status=422)
    if session is None:
        tell_done(request, f"ตั้งเวทีแล้ว {_tell_opening(saved)}", form)
    else:
        tell_done(request, "บันทึกเวทีแล้ว", form)
    return respond(
        request,
        template,
        {"form": form},
        to=reverse("hearing-edit", args=[hearing.key]),
    )


def _is_readable(session: HearingSession) -> bool:
    return EditionRelease.objects.filter(edition=session.edition_id).exists()


def _tell_opening(session: HearingSession) -> str:
    """What opens a session that was just made."""
    if not _is_readable(session):
        return "ผู้เข้าร่วมยังอ่านฉบับนี้ไม่ได้ โปรดเผยแพร่ฉบับก่อนเปิดเวที"
    if session.opens_at is not None:
        return f"เวทีจะเปิดเอง {be_datetime(session.opens_at)}"
    return "ยังไม่เปิดรับความคิดเห็นจนกว่าจะกดเปิด"
