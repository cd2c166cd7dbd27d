"""Whether the processes of a manual agree with the law: read by who reads its draft, checked by who writes it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ..access import get_manual_to_read, get_section_of
from ..models import Section
from ..permissions import can_check_conformity, can_read_law
from .forms import ConformityForm
from .presentation import check_url, load_check_page, row_of, state_links
from .queries import Conformity, load_conformity, load_manual_conformity
from .services import CheckOvertaken, CheckRefused

CHECKERS_ONLY = "คณะทำงานยกร่างของกลุ่มงานนี้และผู้ดูแลระบบเท่านั้นที่บันทึกผลการตรวจได้"


@login_required
@require_safe
def conformity(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The processes of a manual with their states, narrowed to one state by the query string."""
    manual = get_manual_to_read(request.user, key)
    processes = load_manual_conformity(manual)
    wanted = request.GET.get("state", "")
    shown = []
    for process in processes:
        if wanted not in Conformity.values or process.state == wanted:
            shown.append(process)
    context = {
        "manual": manual,
        "links": state_links(processes, request.GET),
        "processes": len(processes),
        "rows": [row_of(process) for process in shown],
        "may_check": can_check_conformity(request.user, manual.work_group),
    }
    return render(request, "manuals/conformity/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conformity_check(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """GET shows the laws a process applies and its checks; POST adds one."""
    manual = get_manual_to_read(request.user, key)
    section = get_section_of(manual, uuid)
    if not section.is_process or section.retired_id is not None:
        raise NotVisible
    may_check = can_check_conformity(request.user, manual.work_group)
    if request.method != "POST":
        return _check_page(request, section, None, may_check=may_check)
    require_permission(may_check, CHECKERS_ONLY)
    form = ConformityForm(request.POST)
    if not form.is_valid():
        return _check_page(request, section, form, may_check=True, status=422)
    try:
        check = form.save(section, by=request.user)
    except CheckRefused as refusal:
        status = refuse_in_form(form, refusal)
        return _check_page(request, section, form, may_check=True, status=status)
    except CheckOvertaken as refusal:
        section.refresh_from_db(fields=["version"])
        status = refuse_in_form(form, refusal)
        return _check_page(
            request, section, form, may_check=True, is_reread=True, status=status
        )
    tell_done(
        request,
        f"บันทึกผลการตรวจ “{check.get_status_display()}” ของรุ่นที่ {check.at_version} แล้ว",
        form,
    )
    return see_other(check_url(section))


def _check_page(
    request: AuthenticatedHttpRequest,
    section: Section,
    form: ConformityForm | None,
    *,
    may_check: bool,
    is_reread: bool = False,
    status: int = 200,
) -> HttpResponse:
    """A form that comes back is about what was read before, or about what stands now where it `is_reread`."""
    states = load_conformity([section])
    page = load_check_page(states[section.pk])
    read = page.read
    if form is None:
        form = ConformityForm()
    elif not is_reread:
        read = request.POST.get("read", "")
    context = {
        "section": section,
        "page": page,
        "form": form,
        "read": read,
        "may_check": may_check,
        "may_read_law": can_read_law(request.user),
    }
    return render(request, "manuals/conformity/check.html", context, status=status)
