"""The matrix on the screen, and asking for it as a file."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.jobs.uploads import WaitingUploads
from hearing_portal.refusals import Refusal
from hearing_portal.thai.numbering import Digits
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    refuse_in_form,
    respond,
    status_of,
)

from ..commenting.queries.comments import find_section_names
from ..hearings.choosing import HearingChoice, choose_hearing
from ..hearings.queries import find_group_sessions
from .access import get_matrix_groups
from .cells import MatrixReader
from .forms import MatrixFileForm, MatrixFilterForm
from .presentation.page import load_matrix_page
from .queries.rows import find_heard_editions
from .refusals import MatrixFileGone
from .returned_file import read_returned
from .services.planning import plan_return
from .services.returning import return_matrix

WAITING_MATRICES = WaitingUploads("matrix-files", MatrixFileGone)
SHOWN = 100  # rows of each kind in the preview


@login_required
@require_safe
def matrix(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Every comment of the hearing with its result; the filters stand in the address."""
    groups = get_matrix_groups(request.user)
    choice = choose_hearing(request.GET.get("hearing", ""))
    filters = _filters(request.GET, groups, choice)
    shown = load_matrix_page(
        filters.scope(choice.hearing),
        MatrixReader(request.user),
        request.GET.get("page"),
    )
    context = {
        "choice": choice,
        "filters": filters,
        "is_filtered": set(filters.chosen) - {"group"} != set(),
        "matrix": shown,
        "page": shown.page,
        "is_admin": load_roles(request.user).is_admin,
    }
    return render(request, "comments/matrix/matrix.html", context)


@login_required
@require_POST
def matrix_exports(request: AuthenticatedHttpRequest) -> HttpResponse:
    """As the page shows it, all of it."""
    groups = get_matrix_groups(request.user)
    choice = choose_hearing(request.POST.get("hearing", ""))
    filters = _filters(request.POST, groups, choice)
    asked = groups if filters.group_chosen is None else [filters.group_chosen]
    every = load_roles(request.user).is_admin and filters.group_chosen is None
    params: dict[str, Any] = {
        "hearing": choice.hearing.key if choice.hearing is not None else "",
        "groups": [] if every else [group.key for group in asked],
        "filters": urlencode({k: v for k, v in filters.chosen.items() if k != "group"}),
        "format": chosen_format(request.POST.get("format", "")),
        "digits": chosen_digits(request.POST.get("digits", "")),
    }
    job = enqueue_job("export_matrix", params, request.user, joins_running=False)
    return respond(
        request,
        "comments/releasing/job.html#job",
        {"job": job},
        to=f"/jobs/{job.uuid}/",
    )


def _filters(
    sent: QueryDict, groups: list[Any], choice: HearingChoice
) -> MatrixFilterForm:
    """The editions offered are those heard, one query; the processes those of the chosen group, two queries more."""
    filters = MatrixFilterForm(sent, groups=groups)
    filters.offer_editions(find_heard_editions(choice.hearing))
    group = filters.group_chosen
    if group is not None:
        sessions = find_group_sessions(choice.hearing, group)
        filters.offer_sections(find_section_names(sessions.edition_id, group.manual))
    return filters


def chosen_format(sent: str) -> str:
    """What is none of ours is a spreadsheet."""
    return sent if sent in ("docx", "pdf") else "xlsx"


def chosen_digits(sent: str) -> Digits:
    """Of the official table; papers have Thai ones unless asked."""
    return "arabic" if sent == "arabic" else "thai"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def matrix_files(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The first step of taking one back in: a file, kept for the second one when it is a matrix."""
    get_matrix_groups(request.user)
    form = MatrixFileForm(posted_data(request), request.FILES or None)
    status = form_status(form)
    if form.is_valid():
        raw = form.cleaned_data["file"]
        try:
            read_returned(raw)
        except Refusal as refusal:
            refusal.field = "file"
            status = refuse_in_form(form, refusal)
        else:
            token = WAITING_MATRICES.store(raw, by=request.user)
            preview = reverse("matrix-file", args=[token])
            return respond(request, "comments/matrix/files.html", {}, to=preview)
    return render(request, "comments/matrix/files.html", {"form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def matrix_file(request: AuthenticatedHttpRequest, token: str) -> HttpResponse:
    """The second step: what the file would do, worked out anew; POST does it, as it was shown."""
    groups = get_matrix_groups(request.user)
    rows = read_returned(WAITING_MATRICES.read(token, by=request.user))
    refusal = None
    status = 200
    if request.method == "POST":
        try:
            done = return_matrix(
                rows, groups, by=request.user, shown=request.POST.get("shown", "")
            )
        except Refusal as refused:
            refusal = refused.message_th
            status = status_of(refused)
        else:
            WAITING_MATRICES.drop(WAITING_MATRICES.name_of(token, by=request.user))
            left = len(done.clashes) + len(done.refused)
            told = f"นำเข้าแล้ว {len(done.changes):,} แถว"
            if left:
                told += f" ไม่นำเข้า {left:,} แถว ซึ่งยังเป็นไปตามที่บันทึกในระบบ"
            if done.left:
                told += (
                    f" และไม่นำเข้า {len(done.left):,} ช่องของแถวต่าง ๆ ตามที่แสดงก่อนนำเข้า"
                )
            messages.success(request, told)
            return respond(
                request, "comments/matrix/files.html", {}, to=reverse("matrix")
            )
    context = {
        "plan": plan_return(rows, groups, request.user),
        "rows": len(rows),
        "token": token,
        "refusal": refusal,
        "shown": SHOWN,
        "shown_rows": f":{SHOWN}",
    }
    return render(request, "comments/matrix/file.html", context, status=status)
