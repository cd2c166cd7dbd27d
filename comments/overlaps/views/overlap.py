"""One overlap: its page, and the acts on it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.acts.overtaking import EditOvertaken
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    parse_uuid,
    refuse_in_form,
    require_permission,
    status_of,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...models import Overlap
from ...moderating.access import get_comment_at_desk
from ...permissions import can_resolve_overlap
from ..access import get_overlap, get_overlap_to_keep
from ..forms.entering import initial_of_overlap, make_overlap_form
from ..forms.settling import ChangesForm, ReopeningForm, ResolutionForm
from ..presentation.overlap_page import load_overlap_page
from ..queries.evidence import find_change_candidates, find_overlap_changes
from ..queries.places import load_readable_clauses
from ..queries.register import can_see_register, find_agencies
from ..refusals import CommentEntered, OverlapMovedOn, OverlapRefused
from ..services.registering import (
    add_comment_to_overlap,
    change_overlap,
    name_caused_changes,
)
from ..services.settling import reopen_overlap, resolve_overlap

PAGE = "comments/overlaps/overlap.html"
NOT_RESOLVER = "เรื่องระหว่างสองกลุ่มงาน ผู้ดูแลระบบเป็นผู้บันทึกข้อยุติ เรื่องของกลุ่มงานเดียว คณะทำงานยกร่างของกลุ่มงานเป็นผู้บันทึก"


@require_safe
def overlap(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What two sides have in common, and what became of it."""
    if not request.user.is_authenticated and not can_see_register(request.user):
        return redirect_to_login(request.get_full_path())
    return _overlap_page(request, get_overlap(request.user, uuid))


def _overlap_page(
    request: HttpRequest,
    found: Overlap,
    *,
    status: int = 200,
    refusal: str = "",
    **forms: Form,
) -> HttpResponse:
    """`forms` are those that came back refused."""
    context = {
        "page": load_overlap_page(found, request.user),
        "refusal": refusal,
        "resolution_form": ResolutionForm(overlap=found),
        "reopening_form": ReopeningForm(),
        "changes_form": ChangesForm(),
        **forms,
    }
    return render(request, PAGE, context, status=status)


def overlap_url(found: Overlap) -> str:
    return reverse("overlap", args=[found.uuid])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overlap_edit(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """Kind, sides and evidence, corrected."""
    found = get_overlap_to_keep(request.user, uuid)
    form = make_overlap_form(
        posted_data(request),
        by=request.user,
        initial=initial_of_overlap(found, _numbers_of(request, found)),
    )
    status = form_status(form)
    if form.is_valid():
        try:
            change_overlap(
                found,
                form.overlap_input,
                by=request.user,
                version=form.cleaned_data["version"],
            )
        except (OverlapRefused, EditOvertaken) as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, "บันทึกแล้ว", form)
            return see_other(overlap_url(found))
    context = {
        "form": form,
        "overlap": found,
        "agencies": find_agencies(request.user),
    }
    return render(request, "comments/overlaps/edit.html", context, status=status)


def _numbers_of(request: AuthenticatedHttpRequest, found: Overlap) -> dict[int, str]:
    """{clause id: how this reader cites it}"""
    numbers = {}
    for section in (found.section_a, found.section_b):
        if section is None:
            continue
        for view in load_readable_clauses(request.user, section):
            if view.clause_id is not None:
                numbers[view.clause_id] = view.cite
    return numbers


@login_required
@require_POST
def overlap_comments(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """Another comment that speaks of it."""
    found = get_overlap_to_keep(request.user, uuid)
    named = parse_uuid(request.POST.get("comment", ""))
    if named is None:
        raise NotVisible
    comment = get_comment_at_desk(request.user, named)
    try:
        add_comment_to_overlap(found, comment, by=request.user)
    except CommentEntered as refused:
        messages.info(request, refused.message_th)
        return see_other(overlap_url(refused.overlap))
    messages.success(request, f"เพิ่มความคิดเห็นเลขที่ {comment.pk} แล้ว")
    return see_other(overlap_url(found))


@login_required
@require_POST
def overlap_resolution(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """How it is settled."""
    found = get_overlap(request.user, uuid)
    require_permission(can_resolve_overlap(request.user, found), NOT_RESOLVER)
    form = ResolutionForm(request.POST, overlap=found)
    status = form_status(form)
    if form.is_valid():
        try:
            resolve_overlap(
                found,
                form.cleaned_data["resolution"],
                by=request.user,
                reason=form.cleaned_data["reason"],
                split_at=form.cleaned_data["split_at"],
            )
        except OverlapMovedOn as refused:
            return _overtaken(request, uuid, refused)
        except OverlapRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, "บันทึกข้อยุติแล้ว", form)
            return see_other(overlap_url(found))
    return _overlap_page(request, found, status=status, resolution_form=form)


@login_required
@require_POST
def overlap_reopening(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """Taken up again, with the reason."""
    found = get_overlap(request.user, uuid)
    require_permission(can_resolve_overlap(request.user, found), NOT_RESOLVER)
    form = ReopeningForm(request.POST)
    if not form.is_valid():
        return _overlap_page(request, found, status=422, reopening_form=form)
    try:
        reopen_overlap(found, by=request.user, reason=form.cleaned_data["reason"])
    except OverlapMovedOn as refused:
        return _overtaken(request, uuid, refused)
    tell_done(request, "นำกลับมาพิจารณาแล้ว", form)
    return see_other(overlap_url(found))


def _overtaken(
    request: AuthenticatedHttpRequest, uuid: UUID, refused: OverlapMovedOn
) -> HttpResponse:
    """The page as it stands now, with why nothing was done."""
    return _overlap_page(
        request,
        get_overlap(request.user, uuid),
        status=status_of(refused),
        refusal=refused.message_th,
    )


@login_required
@require_POST
def overlap_changes(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """Changes of the draft that it caused."""
    found = get_overlap_to_keep(request.user, uuid)
    form = ChangesForm(request.POST)
    if not form.is_valid():
        return _overlap_page(request, found, status=422, changes_form=form)
    known = find_overlap_changes(found, published_only=False)
    chosen = []
    for change in find_change_candidates(found, known):
        if change.pk in form.cleaned_data["changes"]:
            chosen.append(change)
    name_caused_changes(found, chosen, by=request.user)
    messages.success(request, f"ระบุการแก้ไข {len(chosen)} รายการแล้ว")
    return see_other(overlap_url(found))
