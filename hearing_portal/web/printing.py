"""What a page printed by the browser says of itself: paper has no address bar."""

from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import uri_to_iri


class Imprint(NamedTuple):
    """Where the page stands, as the reader's browser shows it, and when it was made."""

    address: str
    at: datetime


def imprint_of(request: HttpRequest, here: str) -> Imprint | None:
    """None where the host is none of ours: a refusal says so.

    `here` is the page's address on this portal, after a post that of the page it came from. The host is the one the
    reader asked, so what is printed can be typed again.
    """
    try:
        address = request.build_absolute_uri(here)
    except DisallowedHost:
        return None
    return Imprint(uri_to_iri(address), timezone.now())
