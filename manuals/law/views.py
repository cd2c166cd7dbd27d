"""The registry of laws: read by those who draft, written by administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.acts.overtaking import EditOvertaken
from hearing_portal.directory.access import require_admin
from hearing_portal.spreadsheets import XLSX_TYPE
from hearing_portal.thai.sentences import joined
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    refuse_in_form,
    require_permission,
    status_of,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ..models import LegalSource, LegalSuccession
from ..permissions import can_edit_law, can_read_law
from .forms import KINDS, LegalSourceFilter, LegalSourceForm, SuccessionForm
from .listing import write_law_list
from .presentation import (
    law_plan_cards,
    legal_source_url,
    load_citing_manuals,
    source_removal_step,
    source_warnings,
)
from .queries import (
    count_legal_sources,
    find_legal_sources,
    find_references_to_source,
    load_successions,
    plan_legal_sources,
)
from .services import (
    LawRefused,
    SourceStillReferredTo,
    load_legal_sources,
    remove_legal_source,
    remove_legal_succession,
)

PAGE = 50
READERS_ONLY = "ทะเบียนกฎหมายสำหรับผู้ดูแลระบบและคณะทำงานยกร่าง"


@login_required
@require_safe
def legal_sources(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The latest first, narrowed by the query string, a page of them."""
    require_permission(can_read_law(request.user), READERS_ONLY)
    form = LegalSourceFilter(request.GET)
    form.is_valid()  # whatever is wrong narrows nothing
    asked = form.cleaned_data
    found = find_legal_sources(words=asked.get("q", ""), status=asked.get("status", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "may_edit": can_edit_law(request.user),
        "has_sources": bool(page.paginator.count) or count_legal_sources() > 0,
    }
    return render(request, "manuals/law/legal_sources.html", context)


@login_required
@require_safe
def legal_source_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All of the registry as a list that can be taken in again."""
    require_permission(can_read_law(request.user), READERS_ONLY)
    response = HttpResponse(write_law_list(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="law.xlsx"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def legal_source_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    form = LegalSourceForm(posted_data(request), source=None)
    status = form_status(form)
    if form.is_valid():
        try:
            made = form.save(by=request.user)
        except LawRefused as refusal:
            status = refuse_in_form(form, refusal)
        else:
            tell_done(request, joined("เพิ่ม", made.short_title, "แล้ว"), form)
            return see_other(legal_source_url(made))
    return render(
        request,
        "manuals/law/legal_source_new.html",
        {"form": form, "kinds": KINDS},
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def legal_source(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One source: what is known of it, what amended or replaced it; administrators correct it here."""
    require_permission(can_read_law(request.user), READERS_ONLY)
    source = get_object_or_404(LegalSource, pk=pk)
    if request.method == "POST":
        require_admin(request.user)
    form = LegalSourceForm(posted_data(request), source=source)
    status = form_status(form)
    if form.is_valid():
        try:
            form.save(by=request.user)
        except LawRefused as refusal:
            status = refuse_in_form(form, refusal)
        except EditOvertaken as refusal:
            form.take_overtaken(refusal)
            status = form_status(form)
        else:
            tell_done(request, "บันทึกข้อมูลกฎหมายแล้ว", form)
            return see_other(legal_source_url(source))
    return _source_page(request, source, form, SuccessionForm(source=source), status)


def _source_page(
    request: AuthenticatedHttpRequest,
    source: LegalSource,
    form: LegalSourceForm,
    succession_form: SuccessionForm,
    status: int,
    *,
    refusal: str = "",
) -> HttpResponse:
    successions = load_successions()
    may_edit = can_edit_law(request.user)
    context = {
        "source": source,
        "form": form,
        "kinds": KINDS,
        "succession_form": succession_form,
        "chain": successions.chain_of(source),
        "citing": load_citing_manuals(source, request.user),
        "warnings": source_warnings(source, successions.later_than(source)),
        "may_edit": may_edit,
        "references": find_references_to_source(source) if may_edit else [],
        "refusal": refusal,
        "others": LegalSource.objects.exclude(pk=source.pk).values_list(
            "short_title", flat=True
        ),
    }
    return render(request, "manuals/law/legal_source.html", context, status=status)


@login_required
@require_POST
def legal_source_removal(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A source that was a mistake, after a step that says what removing it means; refused while something refers to
    it."""
    require_admin(request.user)
    source = get_object_or_404(LegalSource, pk=pk)
    if "is_confirmed" not in request.POST and not find_references_to_source(source):
        return render(
            request,
            "components/confirming_page.html",
            {"step": source_removal_step(source)},
        )
    try:
        remove_legal_source(source, by=request.user)
    except SourceStillReferredTo as refusal:
        form = LegalSourceForm(source=source)
        succession_form = SuccessionForm(source=source)
        return _source_page(
            request,
            source,
            form,
            succession_form,
            status_of(refusal),
            refusal=refusal.message_th,
        )
    messages.success(request, joined("นำ", source.short_title, "ออกจากทะเบียนแล้ว"))
    return see_other("legal-sources")


@login_required
@require_POST
def legal_successions(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A later source that amended or replaced this one."""
    require_admin(request.user)
    source = get_object_or_404(LegalSource, pk=pk)
    form = SuccessionForm(request.POST, source=source)
    status = form_status(form)
    if form.is_valid():
        try:
            made = form.save(by=request.user)
        except LawRefused as refusal:
            status = refuse_in_form(form, refusal)
        else:
            tell_done(
                request,
                f"เพิ่ม “{made.said_of_earlier} {made.to_source.short_title}” แล้ว",
                form,
            )
            return see_other(legal_source_url(source))
    return _source_page(request, source, LegalSourceForm(source=source), form, status)


@login_required
@require_POST
def legal_succession_removal(
    request: AuthenticatedHttpRequest, pk: int
) -> HttpResponse:
    require_admin(request.user)
    rows = LegalSuccession.objects.select_related("from_source", "to_source")
    succession = get_object_or_404(rows, pk=pk)
    remove_legal_succession(succession, by=request.user)
    messages.success(
        request,
        f"นำ “{succession.said_of_earlier} {succession.to_source.short_title}” ออกแล้ว",
    )
    return see_other(legal_source_url(succession.from_source))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def legal_sources_shipped(request: AuthenticatedHttpRequest) -> HttpResponse:
    """GET says what would be added or changed and what stays; POST does it."""
    require_admin(request.user)
    if request.method == "POST":
        plan = load_legal_sources(by=request.user)
        if plan.does_nothing:
            messages.info(request, "ทะเบียนกฎหมายครบตามรายการที่มากับระบบแล้ว")
        else:
            new = len(plan.sources.new)
            changed = len(plan.sources.changed)
            messages.success(request, f"เพิ่มกฎหมาย {new:,} ฉบับ แก้ไข {changed:,} ฉบับ")
        return see_other("legal-sources")
    context = {"plan": law_plan_cards(plan_legal_sources())}
    return render(request, "manuals/law/legal_sources_shipped.html", context)
