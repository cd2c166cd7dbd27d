"""Rules of passwords beside Django's own (settings.AUTH_PASSWORD_VALIDATORS)."""

from django.core.exceptions import ValidationError

from ..models import User


class NameWithDigitsValidator:
    """Refuses a name with nothing but digits and signs beside it: malee12345 is what is tried first for malee. Django's
    measure of similarity lets it pass, the surer the more digits there are."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        typed = password.casefold()
        for name in (user.username, user.given_name, user.family_name):
            bare = name.strip("0123456789๐๑๒๓๔๕๖๗๘๙._-@+").casefold() or name
            if (
                bare
                and bare in typed
                and not any(letter.isalpha() for letter in typed.replace(bare, ""))
            ):
                raise ValidationError("", code="name_with_digits")

    def get_help_text(self) -> str:
        return "ไม่ใช่ชื่อผู้ใช้หรือชื่อของท่านที่เติมเพียงตัวเลข"


class RepeatedLetterValidator:
    """Refuses one letter, digit or sign typed again and again: no list of common passwords has all of them."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(set(password.casefold())) == 1:
            raise ValidationError("", code="password_repeats_one_letter")

    def get_help_text(self) -> str:
        return "ไม่ใช่อักษรตัวเดียวซ้ำกัน"
