"""Which sheets this browser has sent and the portal has stored: what it kept of them on the device is done with."""

from hearing_portal.web.http import AuthenticatedHttpRequest

from .sheets import Sheet

SESSION_KEY = "stored_sheets"
MOST = 20


def note_stored(request: AuthenticatedHttpRequest) -> None:
    """What was sent with this form is saved, or kept as it was sent."""
    sheet = Sheet.from_form(request.POST)
    request.session[SESSION_KEY] = [*_stored(request), str(sheet.uuid)][-MOST:]


def stored_sheets(request: AuthenticatedHttpRequest) -> str:
    """For the page: the latest of them, with blanks between."""
    return " ".join(_stored(request))


def _stored(request: AuthenticatedHttpRequest) -> list[str]:
    return list(request.session.get(SESSION_KEY, []))
