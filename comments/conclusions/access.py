"""Who reads what a hearing came to."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from hearing_portal.web.http import NotVisible

from ..models import answers_are_public
from ..permissions import can_read_conclusions


def require_reader(request: HttpRequest) -> HttpResponse | None:
    """Everybody with a role, and the public once answers are public. Strangers are asked to sign in, and told of
    nothing where they are; whoever signs a summary is signed in."""
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if can_read_conclusions(request.user) or answers_are_public():
        return None
    if request.user.is_authenticated:
        raise NotVisible
    return redirect_to_login(request.get_full_path())
