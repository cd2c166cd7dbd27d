"""The administrators' checklist: what a hearing needs before the first delegate can comment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.directory.access import require_admin
from hearing_portal.web.http import AuthenticatedHttpRequest, respond

from ..hearings.choosing import choose_to_prepare
from .presentation import show_checklist
from .queries import find_preparation
from .services import load_shipped_lists

TEMPLATE = "comments/preparation/checklist.html"


@login_required
@require_safe
def preparation(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Each step with its state, what is still missing, and the page where it is done. `?hearing=` says of which."""
    require_admin(request.user)
    choice = choose_to_prepare(request.GET.get("hearing", ""))
    context = {
        "checklist": show_checklist(find_preparation(choice.hearing)),
        "hearing_links": choice.links,
    }
    return render(request, TEMPLATE, context)


@login_required
@require_POST
def shipped_lists(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Takes in groups, offices and laws as they come with the portal; pressed again it changes nothing."""
    require_admin(request.user)
    load_shipped_lists(by=request.user)
    messages.success(request, "เติมกลุ่มงาน สพท. และทะเบียนกฎหมายจากรายการที่มากับระบบแล้ว")
    return respond(
        request,
        TEMPLATE,
        {"checklist": show_checklist(find_preparation())},
        to="preparation",
    )
