"""Importing a list of delegates in two steps: look, then take in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.http import answer, require
from hearing_portal.spreadsheets import XLSX_TYPE, TableRefused

from .people_forms import PeopleFileForm
from .people_views import ONLY_ADMINS
from .permissions import roles_of
from .services.kept_uploads import drop_upload, keep_upload, kept_upload
from .services.people_import import import_people, import_template, plan_import


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    """The first step: a file, kept for the second one when a table can be read from it."""
    require(roles_of(request.user).is_admin, ONLY_ADMINS)
    posted = request.method == "POST"
    form = PeopleFileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        raw = form.cleaned_data["file"]
        try:
            plan_import(raw)
        except TableRefused as refusal:
            form.add_error("file", refusal.message_th)
        else:
            token = keep_upload(raw, by=request.user)
            return answer(request, "directory/people_import.html", {"form": form}, to=_preview_url(token))
    return render(request, "directory/people_import.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The second step: what the file would do, judged anew; POST takes the good rows in."""
    require(roles_of(request.user).is_admin, ONLY_ADMINS)
    raw = kept_upload(token, by=request.user)
    if request.method == "POST":
        plan = import_people(raw, by=request.user)
        drop_upload(token, by=request.user)
        messages.success(request, _done_message(len(plan.new), len(plan.known), plan.bad_lines))
        return answer(request, "directory/people_import.html", {}, to="people")
    context = {"form": PeopleFileForm(), "plan": plan_import(raw), "token": token}
    return render(request, "directory/people_import.html", context)


def _done_message(new: int, known: int, bad: int) -> str:
    words = [f"นำเข้า {new:,} คนแล้ว"]
    if known:
        words.append(f"มีอยู่แล้วไม่เปลี่ยน {known:,} คน")
    if bad:
        words.append(f"ยังไม่นำเข้า {bad:,} บรรทัดที่ต้องแก้")
    return " · ".join(words)


def _preview_url(token: str) -> str:
    return reverse("people-import-preview", args=[token])


@login_required
@require_safe
def people_import_template(request: HttpRequest) -> HttpResponse:
    require(roles_of(request.user).is_admin, ONLY_ADMINS)
    response = HttpResponse(import_template(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="delegates-template.xlsx"'
    return response
