"""How Word writes the number of a list (ECMA-376 §17.18.59, ST_NumberFormat)."""

from collections.abc import Callable

from hearing_portal.thai.numbering import TO_THAI_DIGITS, letter_for

_UNITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def write_number(number_format: str, value: int) -> str | None:
    """As Word shows it; None for a format that is not known here. Word shows nothing for what a format cannot write."""
    write = _FORMATS.get(number_format)
    if write is None:
        return None
    if value < 0:
        return ""
    return write(value)


def _thai_letters(value: int) -> str:
    return letter_for(value) if value else ""


def _thai_words(value: int) -> str:
    """หนึ่ง, สิบเอ็ด, ยี่สิบ, หนึ่งร้อยเอ็ด."""
    if value == 0:
        return "ศูนย์"
    millions, rest = divmod(value, 1_000_000)
    words = f"{_thai_words(millions)}ล้าน" if millions else ""
    digits = str(rest) if rest else ""
    for index, digit in enumerate(digits):
        place = len(digits) - 1 - index
        unit = int(digit)
        if unit == 0:
            continue
        if place == 1 and unit == 1:
            words += "สิบ"
        elif place == 1 and unit == 2:
            words += "ยี่สิบ"
        elif place == 0 and unit == 1 and value > 1:
            words += "เอ็ด"
        else:
            words += _UNITS[unit] + _PLACES[place]
    return words


def _latin_letters(value: int) -> str:
    """a … z, aa, bb …: as Word goes on, not as spreadsheets do."""
    if not value:
        return ""
    rounds, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (rounds + 1)


def _roman(value: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            written += sign
            value -= worth
    return written


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "thaiNumbers": lambda value: str(value).translate(TO_THAI_DIGITS),
    "thaiLetters": _thai_letters,
    "thaiCounting": _thai_words,
    "lowerLetter": _latin_letters,
    "upperLetter": lambda value: _latin_letters(value).upper(),
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperRoman": _roman,
    "none": lambda value: "",
}
