"""A section's past: the list of its versions, one of them, two compared, and one made the newest again."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.refusals import Refusal
from hearing_portal.web.choices import FilterLink, query_with
from hearing_portal.web.forms import posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form, status_of
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...drafting.access import get_section_to_edit
from ...drafting.adopted import FindAdopted, find_nothing_adopted
from ...drafting.changes import StaleSection
from ...drafting.presentation.overtaken import Overtaken, load_overtaken_section
from ...drafting.promises import NO_PROMISES, Promises
from ...drafting.queries.buffers import each_once, find_writers
from ...drafting.said_elsewhere import NOTHING_SAID, SaidElsewhere
from ...drafting.services.restoring import restore_section
from ...models import Section
from ...permissions import can_edit_draft
from ..access import get_section_to_read
from ..forms import RestoreForm, VersionsToCompareForm
from ..presentation.causes import FindCauses, no_causes
from ..presentation.comparison import (
    VersionComparison,
    compare_versions,
    find_clauses_elsewhere,
    get_version,
    read_version,
    show_clauses_elsewhere,
)
from ..presentation.decided import (
    FindDecided,
    ToldOfRestoring,
    find_nothing_decided,
    tell_restoring,
)
from ..presentation.history import load_version_lines
from ..queries.sections import find_section_versions

PAGE = 20


@login_required
@require_safe
def section_versions(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    causes_of: FindCauses = no_causes,
) -> HttpResponse:
    """All of them, newest first; with `older` and `newer` in the address, on to the two compared."""
    section = get_section_to_read(request.user, key, uuid)
    is_choosing = "older" in request.GET
    form = VersionsToCompareForm(request.GET if is_choosing else None, section=section)
    if is_choosing and form.is_valid():
        args = [
            key,
            section.uuid,
            form.cleaned_data["older"],
            form.cleaned_data["newer"],
        ]
        return redirect("section-versions-compared", *args)
    page = Paginator(find_section_versions(section), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "node": section,
        "page": page,
        "lines": load_version_lines(section, list(page), request.user, causes_of),
        "form": form,
        "can_restore": _can_restore(request, section),
    }
    return render(
        request,
        "manuals/versions/list.html",
        context,
        status=422 if is_choosing else 200,
    )


@login_required
@require_safe
def section_version(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, number: int
) -> HttpResponse:
    """The section as it stood after this version, to be read."""
    section = get_section_to_read(request.user, key, uuid)
    version = get_version(section, number)
    context = {
        "node": section,
        "version": version,
        "is_newest": number == section.version,
        "section": read_version(section, version, request.user),
        "can_restore": _can_restore(request, section),
    }
    return render(request, "manuals/versions/version.html", context)


@login_required
@require_safe
def versions_compared(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, older: int, newer: int
) -> HttpResponse:
    """What came, went and moved between two versions: in the text, or side by side."""
    section = get_section_to_read(request.user, key, uuid)
    if older > newer:
        return redirect("section-versions-compared", key, section.uuid, newer, older)
    is_beside = request.GET.get("view") == "sides"
    comparison = compare_versions(section, older, newer, request.user)
    links = [
        FilterLink("ในเนื้อความ", query_with(request.GET, view=None), not is_beside),
        FilterLink("สองช่อง", query_with(request.GET, view="sides"), is_beside),
    ]
    context = {
        "node": section,
        "comparison": comparison,
        "section": comparison.section,
        "links": links,
    }
    template = (
        "manuals/versions/beside.html"
        if is_beside
        else "manuals/versions/compared.html"
    )
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_restoration(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    number: int,
    find_decided: FindDecided = find_nothing_decided,
    find_adopted: FindAdopted = find_nothing_adopted,
    said: SaidElsewhere = NOTHING_SAID,
    promises: Promises = NO_PROMISES,
) -> HttpResponse:
    """What restoring the version would change, what was decided that it would take back, and what was `said` of the
    clauses that it would take out; then the act: the section says the same again, as a new version, which may keep one
    of the `promises`. Where something of what was said waits, it is done knowingly."""
    section = get_section_to_edit(request.user, key, uuid)
    offered = promises.find(section)

    def load() -> tuple[VersionComparison, ToldOfRestoring]:
        comparison = compare_versions(section, section.version, number, request.user)
        return comparison, tell_restoring(comparison, find_decided, find_adopted, said)

    comparison, told = load()
    form = RestoreForm(posted_data(request), version=section.version, asks=told.asks)
    form.offer_promises(offered, chosen=request.GET.get("promise", ""))
    page = partial(_restoration_page, request, section)
    if request.method != "POST":
        return page(comparison, told, form)
    if not form.is_valid():
        return page(comparison, told, form, status=422)
    try:
        restore_section(
            section,
            number,
            by=request.user,
            reason=form.cleaned_data["reason"],
            read_version=form.cleaned_data["version"],
            promises=promises,
            promise=form.cleaned_data.get("promise", ""),
        )
    except StaleSection as stale:
        # The same reason, on what would change by now
        section.refresh_from_db()
        comparison, told = load()
        again = {**form.cleaned_data, "version": stale.section.version}
        fresh = RestoreForm(again, asks=told.asks)
        fresh.offer_promises(offered)
        overtaken = load_overtaken_section(
            stale.section, request.user, form.cleaned_data["version"]
        )
        status = status_of(stale)
        return page(comparison, told, fresh, overtaken=overtaken, status=status)
    except Refusal as refused:
        return page(comparison, told, form, status=refuse_in_form(form, refused))
    section.refresh_from_db(fields=["version"])
    tell_done(request, f"เรียกคืนรุ่นที่ {number} แล้ว เป็นรุ่นที่ {section.version}", form)
    return see_other(reverse("draft", args=[section.manual.key, section.uuid]))


def _restoration_page(
    request: AuthenticatedHttpRequest,
    section: Section,
    comparison: VersionComparison,
    told: ToldOfRestoring,
    form: RestoreForm,
    *,
    overtaken: Overtaken | None = None,
    status: int = 200,
) -> HttpResponse:
    elsewhere = find_clauses_elsewhere(comparison)
    context = {
        "node": section,
        "comparison": comparison,
        "decided": told.decided,
        "said": told.said,
        "looked_at": told.looked_at,
        "form": form,
        "elsewhere": show_clauses_elsewhere(elsewhere),
        "overtaken": overtaken,
        "writers": each_once(find_writers(section, but=request.user)),
        "may_restore": not comparison.is_same
        and not elsewhere
        and section.retired_id is None,
    }
    return render(request, "manuals/versions/restoration.html", context, status=status)


def _can_restore(request: AuthenticatedHttpRequest, section: Section) -> bool:
    return section.retired_id is None and can_edit_draft(
        request.user, section.manual.work_group
    )
