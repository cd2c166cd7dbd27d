"""Rules of passwords beside Django's own (settings.AUTH_PASSWORD_VALIDATORS)."""

from itertools import pairwise
from unicodedata import category

from django.core.exceptions import ValidationError

from ..models import User

DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"
# Signs as they follow each other: on a keyboard's rows and columns, English and Thai, with and without the shift
# key; in the alphabets; in numbers
RUNS = (
    *("`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./", "~!@#$%^&*()_+"),
    *("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/"),
    *("ๅ/-ภถุึคตจขช", "ๆไำพะัีรนยบลฃ", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ"),
    *("+๑๒๓๔ู฿๕๖๗๘๙", '๐"ฎฑธํ๊ณฯญฐ,', "ฤฆฏโฌ็๋ษศซ.", "()ฉฮฺ์?ฒฬฦ"),
    *("ๅๆฟผ", "/ไหป", "-ำกแ", "ภพดอ", "ถะเิ", "ุั้ื", "ึี่ท", "ครามใ"),
    *("abcdefghijklmnopqrstuvwxyz", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
    *("0123456789", "๐๑๒๓๔๕๖๗๘๙"),
)
NEIGHBOURS = {pair for run in RUNS for pair in pairwise(run + run[::-1])}
FEWEST_TURNS = 5


class NameWithDigitsValidator:
    """Refuses a name with nothing but digits and signs beside it: malee12345 is what is tried first for malee. Django's
    measure of similarity lets it pass, the surer the more digits there are."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        typed = password.casefold()
        for name in (user.username, user.given_name, user.family_name):
            bare = name.strip(f"{DIGITS}._-@+").casefold() or name
            if (
                bare
                and bare in typed
                and not any(letter.isalpha() for letter in typed.replace(bare, ""))
            ):
                raise ValidationError("", code="name_with_digits")

    def get_help_text(self) -> str:
        return "ไม่ใช่ชื่อผู้ใช้หรือชื่อของท่านที่เติมเพียงตัวเลข"


class RepeatedPatternValidator:
    """Refuses the same signs typed again and again, whole or with digits around them (ababababab, abcabcabc1,
    12121212): no list of common passwords has all of them."""

    def validate(self, password: str, user: User | None = None) -> None:
        typed = password.casefold()
        letters = {letter for letter in typed if category(letter) != "Mn"}
        if len(letters) <= 1:  # กก่กก้ is one consonant with marks
            raise ValidationError("", code="password_repeats_one_letter")
        # What is put before or after a word to satisfy a rule makes it no better
        words = typed.strip(f"{DIGITS}!@#$%^&*()_+-=.,?/ ")
        is_most = len(words) * 2 > len(typed)
        if repeats(typed) or (is_most and repeats(words)):
            raise ValidationError("", code="password_repeats_pattern")

    def get_help_text(self) -> str:
        return "ไม่ใช่อักษรตัวเดียวหรือชุดเดียวซ้ำกัน"


class KeyboardRunValidator:
    """Refuses what fingers type along a row or a column of keys, and what counts up or down: qwertyuiop, 1qaz2wsx3edc,
    ฟหกดเ้่าสวง, abcdefgh12345. A sign that follows the one before it is no news to who guesses."""

    def validate(self, password: str, user: User | None = None) -> None:
        typed = password.casefold()
        turns = 1 + sum(
            now != before and (before, now) not in NEIGHBOURS
            for before, now in pairwise(typed)
        )
        if turns < FEWEST_TURNS:
            raise ValidationError("", code="password_follows_keyboard")

    def get_help_text(self) -> str:
        return "ไม่ใช่แป้นที่เรียงกัน หรืออักษรและตัวเลขที่เรียงตามลำดับ"


def repeats(text: str) -> bool:
    """Whether the text is one beginning again and again, at least twice, the last time perhaps not to its end."""
    return any(
        text.startswith(text[length:]) for length in range(1, len(text) // 2 + 1)
    )
