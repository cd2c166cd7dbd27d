"""What the pages of a comparison share: finding its sides, and the way to the print."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.web.http import NotVisible

from ...reading.queries.editions import is_for_participants
from ..access import find_sides
from ..sides import WORKING_DRAFT, Sides


def between_sides[Request: HttpRequest, **Rest](
    view: Callable[Concatenate[Request, Sides, Rest], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives the view the sides that the codes `old` and `new` of its address name, where this reader may read both."""

    @wraps(view)
    def find_and_view(
        request: Request, old: str, new: str, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        try:
            sides = find_sides(request.user, old, new)
        except NotVisible:
            is_for_some = (
                WORKING_DRAFT in (old, new)
                or is_for_participants(old)
                or is_for_participants(new)
            )
            if request.user.is_authenticated or not is_for_some:
                raise
            # Signing in may help
            return redirect_to_login(request.get_full_path())
        if sides.old.at > sides.new.at:
            # The older side stands first in the address
            match = request.resolver_match
            assert match is not None, "the request came to a view"
            names = match.kwargs | {"old": new, "new": old}
            turned: HttpResponse = redirect(match.view_name, **names)
            return turned
        return view(request, sides, *args, **kwargs)

    return find_and_view


def print_query(user: Visitor, sides: Sides, **chosen: str) -> str:
    """What a print is chosen by; "" for those who cannot ask for one. Drafters, facilitators and administrators
    print editions, and the working draft of their groups against one."""
    if sides.old.edition is None or not load_roles(user).is_staff:
        return ""
    query = {"edition": sides.new.code, "against": sides.old.code, **chosen}
    return f"?{urlencode(query)}"
