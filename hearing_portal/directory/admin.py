"""Django's admin as a back door: for looking, and for the few facts the portal has no page for. Nothing is deleted."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from hearing_portal.acts.kinds import Subject, SubjectKind
from hearing_portal.acts.services import act
from hearing_portal.web.http import NotVisible

from .acts import ACCOUNT_CHANGED, about_office, about_person
from .models import AreaOffice, RoleAssignment, User, WorkGroup


class BackDoor(admin.AdminSite):
    """For superusers who are staff; to everybody else it does not exist. Signing in is the portal's own."""

    site_header = "ส่วนจัดการระบบ"
    site_title = "ส่วนจัดการระบบ"
    index_title = "ข้อมูลบุคคลและหน่วยงาน"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and user.is_staff and user.is_superuser

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.user.is_authenticated:
            raise NotVisible
        return redirect_to_login(request.GET.get("next", "/"))


back_door = BackDoor()


class LookingAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Nothing can be added, deleted or done in bulk; `editable` names the fields that may be corrected."""

    actions = None
    editable: tuple[str, ...] = ()

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,
    ) -> None:
        """Django's own log is the back door's; the portal's log must tell of it too."""
        with act(
            by=cast(User, request.user)
        ) as done:  # has_permission lets nobody else in
            super().save_model(request, obj, form, change)
            done.record(ACCOUNT_CHANGED, self.subject(obj), note="แก้ไขในส่วนจัดการระบบ")

    def subject(self, obj: Any) -> Subject:
        """What the log says was corrected."""
        return Subject(SubjectKind.OTHER, str(obj.pk), str(obj))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return bool(self.editable)

    def get_readonly_fields(
        self, request: HttpRequest, obj: object = None
    ) -> list[str]:
        names = [field.name for field in self.model._meta.fields]
        return [name for name in names if name not in self.editable]


@admin.register(User, site=back_door)
class UserAdmin(LookingAdmin):
    """Who may come in by this door; everything else about people is done at their page."""

    fields = (
        "username",
        "title",
        "given_name",
        "family_name",
        "position",
        "office",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
        "date_joined",
    )
    editable = ("is_staff", "is_superuser")
    list_display = (
        "username",
        "office",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
    )
    list_filter = ("is_active", "is_staff", "is_superuser")
    list_select_related = ("office",)
    search_fields = ("username",)

    def subject(self, obj: User) -> Subject:
        return about_person(obj)


@admin.register(WorkGroup, site=back_door)
class WorkGroupAdmin(LookingAdmin):
    fields = (
        "key",
        "name",
        "short_name",
        "kind",
        "order",
        "aliases",
        "duties",
        "valid_from",
        "valid_until",
    )
    editable = ("name", "short_name", "aliases", "valid_until")
    list_display = ("key", "name", "short_name", "kind", "valid_from", "valid_until")


@admin.register(AreaOffice, site=back_door)
class AreaOfficeAdmin(LookingAdmin):
    fields = (
        "key",
        "kind",
        "name",
        "short_name",
        "provinces",
        "area_no",
        "official_code",
        "valid_from",
        "valid_until",
    )
    editable = ("name", "short_name", "provinces", "official_code", "valid_until")
    list_display = ("key", "short_name", "kind", "valid_from", "valid_until")
    list_filter = ("kind",)
    search_fields = ("short_name", "name", "key")

    def subject(self, obj: AreaOffice) -> Subject:
        return about_office(obj)


@admin.register(RoleAssignment, site=back_door)
class RoleAssignmentAdmin(LookingAdmin):
    """Only to look at: roles begin and end at the person's page, where their history is written."""

    list_display = ("user", "role", "work_group", "office", "valid_from", "valid_until")
    list_filter = ("role", "work_group")
    list_select_related = ("user", "work_group", "office")
    search_fields = ("user__username",)
