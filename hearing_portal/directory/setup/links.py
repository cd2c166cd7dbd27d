"""The link to the page where the first administrator is made. It is signed, so that only whoever runs the portal has
it, and works until somebody administers the portal."""

from django.core import signing
from django.urls import reverse

SALT = "hearing_portal.setup"
AGE = 7 * 24 * 3600  # seconds; `./portal manage setup_link` gives another


def setup_path() -> str:
    """The path of a new link, from the root of the portal."""
    return reverse("first-admin", args=[signing.dumps("first-admin", salt=SALT)])


def is_setup_token(token: str) -> bool:
    try:
        return bool(signing.loads(token, salt=SALT, max_age=AGE) == "first-admin")
    except signing.BadSignature:
        return False
