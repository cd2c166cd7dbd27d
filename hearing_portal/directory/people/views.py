"""The administrators' pages of people: the list, one person, roles, first passwords."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.spreadsheets import XLSX_TYPE, write_table
from hearing_portal.thai.sentences import joined
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    require_permission,
    respond,
)
from hearing_portal.web.telling import tell_done

from ..access import require_admin
from ..models import RoleAssignment, User
from .forms import NewPersonForm, PeopleFilter, PersonForm, RoleEndForm, RoleForm
from .presentation import RoleRow, account_status, account_status_in_list
from .queries import people_matching, roles_of_person
from .services import hand_out_first_passwords, people_without_password, reset_password

PAGE = 50


@login_required
@require_safe
def people(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The list of people, by name, narrowed by the query string."""
    require_admin(request.user)
    form = PeopleFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = people_matching(
        words=wanted.get("q", ""),
        role=wanted.get("role", ""),
        group=wanted.get("group"),
        kind=wanted.get("kind", ""),
        account=wanted.get("account", ""),
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [
            (person, account_status_in_list(person)) for person in page.object_list
        ],
        "waiting": people_without_password().count(),
        "unused": people_without_password(also_unused=True).count(),
    }
    return render(request, "directory/people/people.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    form = NewPersonForm(posted_data(request))
    made = form.save(by=request.user) if form.is_valid() else None
    if made:
        tell_done(
            request, f"เพิ่มบัญชี {made.username} แล้ว ต่อไปให้เพิ่มบทบาทและตั้งรหัสผ่าน", form
        )
        return respond(
            request,
            "directory/people/person.html",
            {"form": form},
            to=f"/desk/people/{made.pk}/",
        )
    context = {"form": form, "person": None}
    return render(
        request, "directory/people/person.html", context, status=form_status(form)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """One person: name, office, account, and all role rows."""
    require_admin(request.user)
    found = get_object_or_404(User.objects.select_related("office"), pk=pk)
    form = PersonForm(posted_data(request), person=found)
    if form.is_valid() and form.save(by=request.user):
        tell_done(request, "บันทึกแล้ว", form)
        return respond(
            request,
            "directory/people/person.html",
            {"form": form},
            to=f"/desk/people/{pk}/",
        )
    today = timezone.localdate()
    rows = [RoleRow(assignment, today) for assignment in roles_of_person(found)]
    context = {
        "form": form,
        "person": found,
        "account": account_status(found),
        "rows": rows,
    }
    return render(
        request, "directory/people/person.html", context, status=form_status(form)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_roles(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A further role for somebody."""
    require_admin(request.user)
    found = get_object_or_404(User.objects.select_related("office"), pk=pk)
    form = RoleForm(posted_data(request), person=found)
    row = form.save(by=request.user) if form.is_valid() else None
    if row:
        messages.success(request, joined("เพิ่มบทบาท", row.get_role_display(), "แล้ว"))
        return respond(
            request,
            "directory/people/role_form.html",
            {"form": form},
            to=f"/desk/people/{pk}/",
        )
    context = {"form": form, "person": found}
    return render(
        request, "directory/people/role_form.html", context, status=form_status(form)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: AuthenticatedHttpRequest, pk: int, role_pk: int) -> HttpResponse:
    """The last day of a role; the row stays."""
    require_admin(request.user)
    rows = RoleAssignment.objects.select_related("user", "work_group", "office")
    assignment = get_object_or_404(rows, pk=role_pk, user=pk)
    form = RoleEndForm(posted_data(request), assignment=assignment)
    if form.is_valid() and form.save(by=request.user):
        messages.success(request, "บันทึกวันสิ้นสุดของบทบาทแล้ว")
        return respond(
            request,
            "directory/people/role_form.html",
            {"form": form},
            to=f"/desk/people/{pk}/",
        )
    context = {"form": form, "person": assignment.user}
    return render(
        request, "directory/people/role_form.html", context, status=form_status(form)
    )


@never_cache
@login_required
@require_POST
def person_password(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A temporary password, shown in this answer and never again."""
    require_admin(request.user)
    found = get_object_or_404(User, pk=pk)
    require_permission(found != request.user, "ท่านเปลี่ยนรหัสผ่านของท่านได้ที่หน้า “บัญชีของท่าน”")
    password = reset_password(found, by=request.user)
    return render(
        request,
        "directory/people/person_password.html",
        {"person": found, "password": password},
    )


@never_cache
@login_required
@require_POST
def first_passwords(request: AuthenticatedHttpRequest) -> HttpResponse:
    """First passwords for everybody without one, as a spreadsheet that exists in this answer only."""
    require_admin(request.user)
    handed_out = hand_out_first_passwords(
        by=request.user, also_unused=request.POST.get("unused") == "on"
    )
    if not handed_out:
        messages.info(request, "ออกรหัสผ่านแรกเข้าครบทุกคนแล้ว ไฟล์ที่ดาวน์โหลดไว้ก่อนหน้านี้ยังใช้ได้")
        return respond(request, "directory/people/people.html", {}, to="people")
    rows: list[tuple[str, str, str, str]] = []
    for owner, password in handed_out:
        office = owner.office.short_name if owner.office else ""
        rows.append((owner.username, password, owner.get_full_name(), office))
    content = write_table("รหัสผ่านแรกเข้า", ["ชื่อผู้ใช้", "รหัสผ่าน", "ชื่อ", "สพท."], rows)
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="first-passwords.xlsx"'
    return response
