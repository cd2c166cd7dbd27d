"""What a reader chooses for every page: the digits and the colours. Kept in two cookies, known to the server and to the
page's scripts."""

from collections.abc import Mapping

DIGITS_COOKIE = "digits"
THEME_COOKIE = "theme"
DIGITS = {"arabic": "อารบิก 123", "thai": "ไทย ๑๒๓"}
THEMES = {"system": "ตามเครื่อง", "light": "สว่าง", "dark": "มืด"}
OFFERED: Mapping[str, Mapping[str, str]] = {DIGITS_COOKIE: DIGITS, THEME_COOKIE: THEMES}


def choice_of(cookies: Mapping[str, str], cookie: str) -> str:
    """The reader's choice of what the cookie is about, else the first of those offered."""
    offered = OFFERED[cookie]
    value = cookies.get(cookie, "")
    if value in offered:
        return value
    return next(iter(offered))
