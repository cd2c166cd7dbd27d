"""A page's HTML as tests compare it: how its template is laid out does not count."""

import re

from django.http import HttpResponse


def markup(response: HttpResponse) -> str:
    """The page with blank space as a browser takes it: one space between words, none at the edges of an element."""
    html = re.sub(r"[ \t\r\n]+", " ", response.content.decode())
    return re.sub(r"(<[a-z][^<>]*>) | (?=</)", r"\1", html)
