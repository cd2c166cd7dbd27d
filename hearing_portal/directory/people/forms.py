"""The forms of people and their roles."""

from typing import Any, cast

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from hearing_portal.thai.sentences import joined
from hearing_portal.web.date_fields import BeDateField
from hearing_portal.web.form_rendering import FilterForm, FormLayout
from hearing_portal.web.forms import ThaiTextField

from ..models import AreaOffice, RoleAssignment, User, WorkGroup
from .queries import NO_ROLE
from .services import (
    SCOPES,
    Naming,
    PersonRefused,
    change_person,
    create_person,
    end_role,
    grant_role,
)

ANY = [("", "ทั้งหมด")]
NAMES = ("title", "given_name", "family_name", "position")


class PeopleFilter(FilterForm):
    """What the list of people is narrowed to; wrong choices narrow nothing."""

    q = ThaiTextField(
        label="ค้นหา",
        max_length=100,
        multiline=False,
        required=False,
    )
    role = forms.ChoiceField(
        label="บทบาทวันนี้",
        required=False,
        choices=[*ANY, *RoleAssignment.Role.choices, (NO_ROLE, "ยังไม่มีบทบาท")],
    )
    group = forms.ModelChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.none(),
        to_field_name="key",
        required=False,
        empty_label="ทุกกลุ่มงาน",
    )
    kind = forms.ChoiceField(
        label="เขต",
        required=False,
        choices=[*ANY, *AreaOffice.Kind.choices],
    )
    account = forms.ChoiceField(
        label="บัญชี",
        required=False,
        choices=[
            *ANY,
            ("open", "ใช้งานอยู่"),
            ("waiting", "ยังไม่มีรหัสผ่าน"),
            ("closed", "ปิดแล้ว"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_groups(self.fields["group"])
        self.fields["q"].widget.attrs["type"] = "search"


class OfficeChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """One of the 245, primary and secondary apart; one query."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=AreaOffice.objects.none(), **options)

    def offer(self, offices: QuerySet[AreaOffice]) -> None:
        """Only these may be chosen."""
        self.queryset = offices
        of_kind: dict[str, list[tuple[int, str]]] = {}
        for label in AreaOffice.Kind.labels:
            of_kind[label] = []
        for office in offices:
            choice = (office.pk, office.short_name)
            of_kind[office.get_kind_display()].append(choice)
        choices: list[tuple[str, Any]] = [("", self.empty_label)]
        for kind, options in of_kind.items():
            if options:
                choices.append((kind, options))
        # The widget alone: setting the field's choices would bring back a flat list
        self.widget.choices = choices


def _offer_offices(field: forms.Field, current: AreaOffice | None) -> None:
    """The offices of today, and the one the person has."""
    offices = AreaOffice.objects.valid_on(timezone.localdate())
    if current:
        offices |= AreaOffice.objects.filter(pk=current.pk)
    cast(OfficeChoiceField, field).offer(offices)


def _offer_groups(field: forms.Field) -> None:
    """The work groups of today."""
    groups = WorkGroup.objects.valid_on(timezone.localdate())
    cast("forms.ModelChoiceField[WorkGroup]", field).queryset = groups


class PersonForm(FormLayout, forms.Form):
    """Somebody's name, position and office."""

    marked_optional = ("title", "position")

    title = ThaiTextField(
        label="คำนำหน้า",
        max_length=40,
        multiline=False,
        required=False,
    )
    given_name = ThaiTextField(
        label="ชื่อ",
        max_length=100,
        multiline=False,
        error_messages={"required": "โปรดกรอกชื่อ"},
    )
    family_name = ThaiTextField(
        label="นามสกุล",
        max_length=100,
        multiline=False,
        error_messages={"required": "โปรดกรอกนามสกุล"},
    )
    position = ThaiTextField(
        label="ตำแหน่ง",
        max_length=200,
        multiline=False,
        required=False,
    )
    office = OfficeChoiceField(
        label="สพท.",
        required=False,
        empty_label="ไม่สังกัด สพท.",
        help_text="สังกัดของบุคคล ไม่เปลี่ยนบทบาทผู้แทนที่มีอยู่ หากย้ายเขตให้สิ้นสุดบทบาทเดิมแล้วเพิ่มบทบาทใหม่",
    )
    is_active = forms.BooleanField(label="เปิดบัญชีให้เข้าสู่ระบบได้", required=False)

    def __init__(self, data: QueryDict | None = None, *, person: User) -> None:
        initial = {}
        for name in (*NAMES, "office", "is_active"):
            initial[name] = getattr(person, name)
        super().__init__(data, initial=initial)
        self.person = person
        _offer_offices(self.fields["office"], person.office)

    def clean(self) -> dict[str, Any]:
        for name in NAMES:
            if name in self.cleaned_data:
                self.cleaned_data[name] = " ".join(self.cleaned_data[name].split())
        return self.cleaned_data

    @property
    def shown_fields(self) -> list[BoundField]:
        """In the order of the page."""
        names = (
            "title",
            "given_name",
            "family_name",
            "position",
            "office",
            "is_active",
        )
        return [self[name] for name in names if name in self.fields]

    def naming(self) -> Naming:
        data = self.cleaned_data
        return Naming(
            title=data["title"],
            given_name=data["given_name"],
            family_name=data["family_name"],
            position=data["position"],
            office=data["office"],
        )

    def save(self, *, by: User) -> User | None:
        """None when the act was refused: the form then says why."""
        try:
            return change_person(
                self.person,
                self.naming(),
                is_active=self.cleaned_data["is_active"],
                by=by,
            )
        except PersonRefused as refusal:
            self.add_error("is_active", refusal.message_th)
            return None


class NewPersonForm(PersonForm):
    """Somebody the directory does not know yet."""

    username = forms.CharField(
        label="ชื่อผู้ใช้",
        max_length=60,
        required=False,
        help_text="ตัวอักษร ตัวเลข และ @ . + - _ เว้นว่างได้ ระบบจะกำหนดให้จากรหัสเขต",
        validators=[
            UnicodeUsernameValidator(
                message="มีได้เฉพาะตัวอักษร ตัวเลข และ @ . + - _ ไม่มีช่องว่าง"
            )
        ],
        error_messages={"max_length": "ชื่อผู้ใช้ยาวเกิน 60 ตัวอักษร"},
    )

    is_another = forms.BooleanField(label="เป็นบุคคลอื่น ให้เพิ่มบัญชีใหม่", required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, person=User())
        del self.fields["is_active"]
        self.namesake: User | None = None

    @property
    def shown_fields(self) -> list[BoundField]:
        """The username first; whether it is another person is asked only of a namesake."""
        fields = [self["username"], *super().shown_fields]
        if self["is_another"].errors or self["is_another"].value():
            fields.append(self["is_another"])
        return fields

    def clean(self) -> dict[str, Any]:
        """Somebody of that name and office is probably the same person, unless the admin says otherwise."""
        data = super().clean()
        if self.errors or data["is_another"]:
            return data
        self.namesake = User.objects.filter(
            given_name=data["given_name"],
            family_name=data["family_name"],
            office=data["office"],
        ).first()
        if self.namesake:
            self.add_error(
                "is_another",
                f"มีบุคคลชื่อนี้ในสังกัดเดียวกันแล้ว ชื่อผู้ใช้ {self.namesake.username} "
                "หากเป็นบุคคลเดียวกัน โปรดเพิ่มบทบาทที่บัญชีนั้น หากเป็นบุคคลอื่น โปรดทำเครื่องหมายที่ช่องนี้แล้วกดเพิ่มอีกครั้ง",
            )
        return data

    def save(self, *, by: User) -> User | None:
        try:
            return create_person(
                self.naming(), by=by, username=self.cleaned_data["username"]
            )
        except PersonRefused as refusal:
            self.add_error("username", refusal.message_th)
            return None


class RoleForm(forms.Form):
    """A new role row. Which of group and office it needs is said by the role (services.SCOPES)."""

    page_title = save_label = "เพิ่มบทบาท"
    assignment: RoleAssignment | None = None

    role = forms.ChoiceField(
        label="บทบาท",
        choices=[("", "เลือกบทบาท"), *RoleAssignment.Role.choices],
        error_messages={"required": "โปรดเลือกบทบาท"},
    )
    work_group = forms.ModelChoiceField(
        label="กลุ่มงาน",
        queryset=WorkGroup.objects.none(),
        to_field_name="key",
        required=False,
        empty_label="ไม่ระบุ",
        help_text="ต้องระบุสำหรับผู้แทน ผู้ดำเนินเวที และคณะทำงานยกร่าง",
    )
    office = OfficeChoiceField(
        label="สพท.",
        required=False,
        empty_label="ไม่ระบุ",
        help_text="ต้องระบุสำหรับผู้แทน และ ผอ.สพท.",
    )
    valid_from = BeDateField(label="วันเริ่มต้น")
    valid_until = BeDateField(
        label="วันสิ้นสุด",
        required=False,
        help_text="ใช้ได้ถึงสิ้นวันนั้น เว้นว่างหากไม่มีกำหนด",
    )

    def __init__(self, data: QueryDict | None = None, *, person: User) -> None:
        initial = {"valid_from": timezone.localdate(), "office": person.office_id}
        super().__init__(data, initial=initial)
        self.person = person
        _offer_groups(self.fields["work_group"])
        _offer_offices(self.fields["office"], person.office)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "role" not in data:
            return data
        scope = SCOPES[data["role"]]
        self._clean_scope("work_group", scope.work_group)
        self._clean_scope("office", scope.office)
        begins = data.get("valid_from")
        ends = data.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", "วันสิ้นสุดต้องไม่ก่อนวันเริ่มต้น โปรดแก้วันใดวันหนึ่ง")
        return data

    def _clean_scope(self, name: str, rule: str) -> None:
        """What the role is not for is left out: it may be chosen still from a role tried before."""
        data = self.cleaned_data
        if rule == "must" and not data.get(name) and name not in self.errors:
            label = RoleAssignment.Role(data["role"]).label
            self.add_error(
                name,
                joined("บทบาท", str(label), "ต้องระบุ", str(self.fields[name].label)),
            )
        if rule == "no":
            data[name] = None

    def save(self, *, by: User) -> RoleAssignment | None:
        data = self.cleaned_data
        try:
            return grant_role(
                self.person,
                data["role"],
                by=by,
                work_group=data["work_group"],
                office=data["office"],
                valid_from=data["valid_from"],
                valid_until=data["valid_until"],
            )
        except PersonRefused as refusal:
            self.add_error(None, refusal.message_th)
            return None


class RoleEndForm(forms.Form):
    """The last day of a role."""

    page_title = "สิ้นสุดบทบาท"
    save_label = "บันทึกวันสิ้นสุด"
    last_day = BeDateField(
        label="วันสิ้นสุดของบทบาท",
        help_text="ใช้ได้ถึงสิ้นวันนั้น เช่น 30/09/2565 หากต้องการให้สิ้นสุดทันที โปรดกรอกวันที่ของเมื่อวาน",
    )

    def __init__(
        self, data: QueryDict | None = None, *, assignment: RoleAssignment
    ) -> None:
        last_day = assignment.valid_until or max(
            timezone.localdate(), assignment.valid_from
        )
        super().__init__(data, initial={"last_day": last_day})
        self.assignment = assignment

    @property
    def group_beside_office(self) -> str:
        """The group of a role that is called by its office."""
        group = self.assignment.work_group
        if self.assignment.office_id and group is not None:
            return group.name
        return ""

    def save(self, *, by: User) -> RoleAssignment | None:
        try:
            return end_role(self.assignment, self.cleaned_data["last_day"], by=by)
        except PersonRefused as refusal:
            self.add_error("last_day", refusal.message_th)
            return None
