"""What the portal tells a device of the pages it keeps: whose they are, and which may be kept."""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.directory.sign_in.devices import is_shared_device

# Read by static/js/service-worker.js
READER_HEADER = "Portal-Reader"
KEEP_HEADER = "Portal-Keep"
# Browsers keep pages of these hosts without HTTPS
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}

View = Callable[[HttpRequest], HttpResponseBase]


def name_reader(get_response: View) -> View:
    """Each answer to somebody who is signed in on a device of their own says so, by a name of the sign-in that tells
    nothing of it. A device that kept pages under another name, or gets an answer without one, throws them away."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        set_now = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if set_now is not None:
            key = set_now.value
        if key and not is_shared_device(request):
            response[READER_HEADER] = sha256(f"reader {key}".encode()).hexdigest()[:12]
        return response

    return middleware


def offer_to_keep(
    request: HttpRequest, response: HttpResponse, group: WorkGroup | None
) -> None:
    """The page may be kept by a device whose reader has a role in the group."""
    if is_of_reader(request, group):
        response[KEEP_HEADER] = "yes"


def is_of_reader(request: HttpRequest, group: WorkGroup | None) -> bool:
    """Whether the reader has a role in the group, or one that reaches all groups."""
    rows = load_roles(request.user).rows
    return any(
        row.work_group_id is None
        or (group is not None and row.work_group_id == group.pk)
        for row in rows
    )


def can_keep(request: HttpRequest) -> bool:
    """Whether browsers keep pages of this address at all: only with HTTPS, or on the machine itself."""
    host, _ = split_domain_port(request.get_host())
    return request.is_secure() or settings.SESSION_COOKIE_SECURE or host in LOCAL_HOSTS


def offline_reading_of(request: HttpRequest, group: WorkGroup | None) -> str:
    """What the pages of a group say of reading without a network: "kept", "http" where browsers keep nothing of this
    address, "shared", or empty for who has no role in the group."""
    if not is_of_reader(request, group):
        return ""
    if not can_keep(request):
        return "http"
    return "shared" if is_shared_device(request) else "kept"
