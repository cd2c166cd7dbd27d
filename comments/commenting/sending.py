"""What a posted form says of itself: in whose name it was made, and under which key the device sends it."""

from uuid import UUID

from django.http import HttpRequest

from hearing_portal.web.http import parse_uuid


def is_written_by_another(request: HttpRequest) -> bool:
    """The form names who it was made for; another tab of the device may have signed somebody else in since."""
    sender = str(request.user.pk)
    return request.POST.get("sender", sender) != sender


def sent_key(request: HttpRequest) -> UUID | None:
    """The key of an act of one press (static/js/acts.js), by which its device knows the answer; None without a
    script."""
    return parse_uuid(request.POST.get("client_key", ""))
