"""The form of the first administrator."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField

from ..models import User
from ..people.services import Naming, PersonRefused
from ..sign_in.forms import told_in_thai
from .services import create_admin, create_first_admin


class AdminForm(FormLayout, forms.Form):
    """Name, username and password of somebody who will administer the portal."""

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
    username = forms.CharField(
        label="ชื่อผู้ใช้",
        max_length=60,
        help_text="ตัวอักษร ตัวเลข และ @ . + - _ ไม่มีช่องว่าง",
        validators=[
            UnicodeUsernameValidator(
                message="มีได้เฉพาะตัวอักษร ตัวเลข และ @ . + - _ ไม่มีช่องว่าง"
            )
        ],
        error_messages={
            "required": "โปรดกรอกชื่อผู้ใช้",
            "max_length": "ชื่อผู้ใช้ยาวเกิน 60 ตัวอักษร",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password1 = forms.CharField(
        label="รหัสผ่าน",
        strip=False,
        help_text="อย่างน้อย 10 ตัวอักษร ไม่ใช่คำทั่วไป และไม่คล้ายชื่อของท่าน",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "โปรดกรอกรหัสผ่าน"},
    )
    password2 = forms.CharField(
        label="รหัสผ่านอีกครั้ง",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "โปรดกรอกรหัสผ่านอีกครั้ง"},
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in ("given_name", "family_name"):
            if name in data:
                data[name] = " ".join(data[name].split())
        if (
            data.get("password1")
            and data.get("password2")
            and data["password1"] != data["password2"]
        ):
            self.add_error("password2", "รหัสผ่านสองช่องไม่ตรงกัน")
        if data.get("password1"):
            known = {}
            for name in ("username", "given_name", "family_name"):
                known[name] = data.get(name, "")
            try:
                validate_password(data["password1"], User(**known))
            except forms.ValidationError as error:
                self.add_error(
                    "password1", forms.ValidationError(told_in_thai(error.error_list))
                )
        return data

    @property
    def naming(self) -> Naming:
        return Naming(
            given_name=self.cleaned_data["given_name"],
            family_name=self.cleaned_data["family_name"],
        )

    def save(self) -> User | None:
        """None when the act was refused: the form then says why."""
        try:
            return create_admin(
                self.naming,
                self.cleaned_data["username"],
                self.cleaned_data["password1"],
            )
        except PersonRefused as refusal:
            self.add_error("username", refusal.message_th)
            return None


class FirstAdminForm(AdminForm):
    """The same, for as long as there is none."""

    autofocus = "given_name"

    def save(self) -> User | None:
        """None when the username is taken: the form then says so. Raises SetupClosed."""
        try:
            return create_first_admin(
                self.naming,
                self.cleaned_data["username"],
                self.cleaned_data["password1"],
            )
        except PersonRefused as refusal:
            self.add_error("username", refusal.message_th)
            return None
