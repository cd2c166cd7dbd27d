"""Forms of signing in and of one's own password, with their messages in Thai."""

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    UsernameField,
)

from hearing_portal.thai.dates import be_time
from hearing_portal.web.form_rendering import FormLayout

from ..models import User
from .limits import SignInPaused, Source, begin_attempt, forget_attempts
from .services import change_own_password

# Django's validators speak English, or a half translated Thai
_PASSWORD_MESSAGES = {
    "password_too_short": "รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย 10 ตัวอักษร",
    "password_too_similar": "รหัสผ่านคล้ายชื่อหรือชื่อผู้ใช้ของท่านเกินไป",
    "password_too_common": "รหัสผ่านเป็นคำที่ใช้กันทั่วไป เดาได้ง่าย",
    "name_with_digits": "รหัสผ่านมีเพียงชื่อหรือชื่อผู้ใช้ของท่าน หรือชื่อที่เติมเพียงตัวเลข เดาได้ง่าย โปรดตั้งรหัสผ่านอื่น",
    "password_repeats_one_letter": "รหัสผ่านเป็นอักษรตัวเดียวซ้ำกัน เดาได้ง่าย โปรดตั้งรหัสผ่านอื่น",
    "password_repeats_pattern": "รหัสผ่านเป็นอักษรชุดเดียวซ้ำกัน เดาได้ง่าย โปรดใช้คำที่ไม่เกี่ยวข้องกันสามคำขึ้นไป",
    "password_follows_keyboard": "รหัสผ่านเรียงตามแป้นพิมพ์ หรือเรียงตามลำดับอักษรหรือตัวเลข เดาได้ง่าย "
    "โปรดใช้คำที่ไม่เกี่ยวข้องกันสามคำขึ้นไป",
    "password_mismatch": "รหัสผ่านใหม่สองช่องไม่ตรงกัน",
    "password_incorrect": "รหัสผ่านเดิมไม่ถูกต้อง",
    "password_unchanged": "รหัสผ่านใหม่ต้องไม่ซ้ำกับรหัสผ่านเดิม",
    "required": "โปรดกรอกช่องนี้",
}

# One fault, one message: of these the first that a password has says most about it
_ONE_FAULT = (
    "name_with_digits",
    "password_repeats_one_letter",
    "password_repeats_pattern",
    "password_follows_keyboard",
    "password_too_similar",
    "password_too_common",
)


class SignInForm(FormLayout, AuthenticationForm):
    """Username and password. Refuses in one sentence, whichever of the two is wrong."""

    autofocus = "username"

    username = UsernameField(
        label="ชื่อผู้ใช้",
        max_length=60,
        error_messages={"required": "โปรดกรอกชื่อผู้ใช้"},
    )
    password = forms.CharField(
        label="รหัสผ่าน",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "โปรดกรอกรหัสผ่าน"},
    )
    is_shared = forms.BooleanField(
        label="เครื่องนี้มีผู้อื่นใช้ร่วม",
        help_text="ออกจากระบบเองเมื่อปิดเบราว์เซอร์ และไม่เก็บหน้าไว้อ่านเมื่อไม่มีสัญญาณ",
        required=False,
    )
    error_messages = {
        "invalid_login": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจภาษาของแป้นพิมพ์และตัวพิมพ์ใหญ่เล็ก แล้วลองอีกครั้ง",
        "inactive": "บัญชีนี้ปิดใช้งานแล้ว โปรดติดต่อผู้ดูแลระบบ",
    }

    def clean(self) -> dict[str, Any]:
        """The password is checked by the adapter, which counts. Raises SignInPaused."""
        username, password = (
            self.cleaned_data.get("username"),
            self.cleaned_data.get("password"),
        )
        if username and password:
            self.user_cache = get_adapter().authenticate(
                self.request, username=username, password=password
            )
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class NewPasswordForm(PasswordChangeForm):
    """A new password for the person signed in, who proves the old one; `is_first` for one somebody else made. The old
    one is tried as seldom as at signing in: whoever finds a device signed in may not know it."""

    user: User
    # After too many wrong ones: this one was not even checked
    pause: SignInPaused | None = None

    def __init__(
        self,
        user: User,
        *args: Any,
        source: Source,
        is_first: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(user, *args, **kwargs)
        self.source = source
        labels = {
            "old_password": "รหัสผ่านที่ได้รับ" if is_first else "รหัสผ่านเดิม",
            "new_password1": "รหัสผ่านใหม่",
            "new_password2": "รหัสผ่านใหม่อีกครั้ง",
        }
        for name, label in labels.items():
            self.fields[name].label = label
            # The page itself says which field has the focus
            self.fields[name].widget.attrs.pop("autofocus", None)
        self.fields[
            "new_password1"
        ].help_text = "อย่างน้อย 10 ตัวอักษร ไม่ใช่คำทั่วไป และไม่คล้ายชื่อของท่าน"
        self.fields["new_password2"].help_text = ""

    def validate_password_for_user(
        self, user: User, password_field_name: str = "new_password1"
    ) -> None:
        """What is wrong with the new password is told where it was chosen, also while the second one differs."""
        super().validate_password_for_user(user, "new_password1")

    def clean_old_password(self) -> str:
        try:
            attempt = begin_attempt(self.user.username, self.source)
        except SignInPaused as pause:
            self.pause = pause
            message = f"กรอกรหัสผ่านเดิมไม่ถูกต้องหลายครั้ง โปรดลองอีกครั้งตั้งแต่เวลา\u00a0{be_time(pause.shown_until)}"
            raise forms.ValidationError(message) from pause
        old_password: str = super().clean_old_password()
        forget_attempts(attempt)
        return old_password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("new_password1") and data.get("new_password1") == data.get(
            "old_password"
        ):
            self.add_error(
                "new_password1", forms.ValidationError("", code="password_unchanged")
            )
        return data

    def save(self, commit: bool = True) -> User:
        return change_own_password(self.user, self.cleaned_data["new_password1"])

    def add_error(self, field: Any, error: Any) -> None:
        """Says every known mistake in Thai; a mapping of fields to errors is taken as it is."""
        mistakes: list[forms.ValidationError] | None = getattr(
            error, "error_list", None
        )
        if mistakes is not None:
            error = forms.ValidationError(told_in_thai(mistakes))
        super().add_error(field, error)


def told_in_thai(
    mistakes: Sequence[forms.ValidationError],
) -> list[forms.ValidationError]:
    """The same mistakes about a password in Thai, each fault once: what is the name itself is similar to it, too, and
    what repeats one letter is common."""
    codes = {mistake.code for mistake in mistakes}
    told_faults = [code for code in _ONE_FAULT if code in codes][:1]
    told = []
    for mistake in mistakes:
        if mistake.code in _ONE_FAULT and mistake.code not in told_faults:
            continue
        message = _PASSWORD_MESSAGES.get(mistake.code or "", str(mistake.message))
        told.append(forms.ValidationError(message, code=mistake.code))
    return told
