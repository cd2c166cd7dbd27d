"""The administrators' pages of work groups: which there are, who works for each, what is written of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.thai.sentences import joined
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, status_of
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ..access import require_admin
from ..models import WorkGroup
from .forms import NewWorkGroupForm, WorkGroupForm
from .presentation import group_removal_step
from .queries import count_people_by_role, find_references_to_group, find_work_groups
from .services import GroupStillReferredTo, remove_work_group


@login_required
@require_safe
def work_groups(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Those of today in book order, then those that ended."""
    require_admin(request.user)
    rows = find_work_groups()
    context = {
        "current": [row for row in rows if not row.has_ended],
        "ended": [row for row in rows if row.has_ended],
    }
    return render(request, "directory/groups/work_groups.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def work_group_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    form = NewWorkGroupForm(posted_data(request))
    made = form.save(by=request.user) if form.is_valid() else None
    if made:
        tell_done(request, joined("เพิ่ม", made.name, "แล้ว"), form)
        return see_other("work-groups")
    return render(
        request,
        "directory/groups/work_group_new.html",
        {"form": form},
        status=form_status(form),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def work_group(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """One group: who works for it, and what may be corrected of it."""
    require_admin(request.user)
    found = get_object_or_404(WorkGroup, key=key)
    form = WorkGroupForm(posted_data(request), group=found)
    if form.is_valid() and form.save(by=request.user):
        tell_done(request, "บันทึกข้อมูลกลุ่มงานแล้ว", form)
        return see_other("work-groups")
    return _group_page(request, found, form, status=form_status(form))


def _group_page(
    request: AuthenticatedHttpRequest,
    group: WorkGroup,
    form: WorkGroupForm,
    *,
    status: int,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "group": group,
        "people": count_people_by_role(group),
        "references": find_references_to_group(group),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "directory/groups/work_group.html", context, status=status)


@login_required
@require_POST
def work_group_removal(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """A group that was a mistake, after a step that says what removing it means; refused while something refers to
    it."""
    require_admin(request.user)
    found = get_object_or_404(WorkGroup, key=key)
    if "is_confirmed" not in request.POST and not find_references_to_group(found):
        return render(
            request,
            "components/confirming_page.html",
            {"step": group_removal_step(found)},
        )
    try:
        remove_work_group(found, by=request.user)
    except GroupStillReferredTo as refusal:
        form = WorkGroupForm(group=found)
        return _group_page(
            request, found, form, status=status_of(refusal), refusal=refusal.message_th
        )
    messages.success(request, joined("นำ", found.name, "ออกแล้ว"))
    return see_other("work-groups")
