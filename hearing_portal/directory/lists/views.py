"""Taking in a list in three steps: look, then take in, then what is left to mend."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.spreadsheets import XLSX_TYPE, TableRefused
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest
from hearing_portal.web.redirects import see_other

from ..access import require_admin
from ..importing.uploads import WAITING_LISTS
from .forms import DirectoryFileForm
from .presentation import ListWords, changed_row_cards
from .services import (
    ListKind,
    check_directory_list,
    directory_list_template,
    import_directory_list,
    plan_directory_list,
)

SHOWN = 300  # rows of each kind in the preview


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def list_import(
    request: AuthenticatedHttpRequest, kind: ListKind, words: ListWords
) -> HttpResponse:
    """The first step: a file, kept for the second one when it is such a list."""
    require_admin(request.user)
    form = DirectoryFileForm(posted_data(request), request.FILES or None)
    if form.is_valid():
        raw = form.cleaned_data["file"]
        try:
            check_directory_list(raw, kind)
        except TableRefused as refusal:
            form.add_error("file", refusal.message_th)
        else:
            token = WAITING_LISTS.store(raw, by=request.user)
            return see_other(reverse(words.preview_url, args=[token]))
    context = {"form": form, "words": words, "notes": kind.notes}
    return render(
        request, "directory/lists/list_import.html", context, status=form_status(form)
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def list_import_preview(
    request: AuthenticatedHttpRequest, kind: ListKind, words: ListWords, token: str
) -> HttpResponse:
    """The second step: what the file would do, judged anew; POST takes in the good rows. What is left to mend stands
    here afterwards, as long as the file is kept."""
    require_admin(request.user)
    raw = WAITING_LISTS.read(token, by=request.user)
    if request.method == "POST":
        plan = import_directory_list(raw, kind, by=request.user)
        done = f"เพิ่ม {len(plan.new):,} {words.what} แก้ไข {len(plan.changed):,} {words.what}"
        if plan.links:
            done += f" เพิ่มความสัมพันธ์ {len(plan.links):,} รายการ"
        if plan.errors:
            messages.success(request, f"{done} เหลือ {plan.bad_lines:,} แถวที่ต้องแก้")
            return see_other(reverse(words.preview_url, args=[token]))
        WAITING_LISTS.drop(WAITING_LISTS.name_of(token, by=request.user))
        messages.success(request, done)
        return see_other(words.back_url)
    plan = plan_directory_list(raw, kind)
    context = {
        "words": words,
        "plan": plan,
        "changed": changed_row_cards(plan, words),
        "shown": SHOWN,
    }
    return render(request, "directory/lists/list_plan.html", context)


@login_required
@require_safe
def list_import_template(
    request: AuthenticatedHttpRequest, kind: ListKind
) -> HttpResponse:
    require_admin(request.user)
    response = HttpResponse(directory_list_template(kind), content_type=XLSX_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="{kind.name}-template.xlsx"'
    )
    return response
