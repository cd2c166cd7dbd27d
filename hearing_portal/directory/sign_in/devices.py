"""Devices somebody signed in from before, told by a signed cookie: whoever guesses elsewhere does not slow them down.

The cookie opens nothing. It names the people by their ids, each with a mark of the password they had: a new password
makes it worthless for them.
"""

import secrets
from dataclasses import dataclass, field

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from ..models import User

SALT = "hearing_portal.known_device"
# Of a browser that others use, too: no secret, and gone when the browser is closed
SHARED_DEVICE_COOKIE = "shared-device"
AGE = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
MOST_PEOPLE = 6  # on one device, the last ones to sign in


@dataclass(slots=True)
class KnownDevice:
    """A random key, and {a person's id: the mark of the password they signed in with}, the latest last."""

    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    marks: dict[str, str] = field(default_factory=dict)

    def knows(self, person: User) -> bool:
        mark = self.marks.get(str(person.pk), "")
        return constant_time_compare(mark, password_mark(person))

    def remember(self, person: User) -> None:
        self.marks.pop(str(person.pk), None)
        self.marks[str(person.pk)] = password_mark(person)
        self.marks = dict(list(self.marks.items())[-MOST_PEOPLE:])


def password_mark(person: User) -> str:
    """Changes with the password, and does not tell of it."""
    return salted_hmac(SALT, person.password, algorithm="sha256").hexdigest()[:20]


def read_device(request: HttpRequest) -> KnownDevice | None:
    """The device of the request, if anybody signed in from it before."""
    try:
        given = signing.loads(
            request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, ""),
            salt=SALT,
            max_age=AGE,
        )
        return KnownDevice(str(given["key"]), dict(given["marks"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def known_device_key(request: HttpRequest, username: str) -> str:
    """The key of the device if the person of that username signed in from it before, else empty."""
    device = read_device(request)
    if device is None:
        return ""
    person = User.objects.filter(username=username).first()
    return device.key if person is not None and device.knows(person) else ""


def remember_device(
    request: HttpRequest, response: HttpResponseBase, person: User
) -> None:
    """From now on the person is known at this device."""
    device = read_device(request) or KnownDevice()
    device.remember(person)
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        signing.dumps({"key": device.key, "marks": device.marks}, salt=SALT),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_shared_device(request: HttpRequest) -> bool:
    """Whether the reader said at signing in that others use the device, too."""
    return request.COOKIES.get(SHARED_DEVICE_COOKIE) == "yes"


def note_shared_device(
    request: HttpRequest, response: HttpResponseBase, is_shared: bool
) -> None:
    """What was said at signing in. On a shared device the session ends with the browser, and nothing is kept for
    reading without a network."""
    if not is_shared:
        response.delete_cookie(SHARED_DEVICE_COOKIE, samesite="Lax")
        return
    request.session.set_expiry(0)
    response.set_cookie(
        SHARED_DEVICE_COOKIE,
        "yes",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
