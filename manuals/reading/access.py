"""Who may read which edition."""

from django.http import HttpRequest

from hearing_portal.web.http import NotVisible

from ..models import Edition
from ..permissions import editions_readable_by
from .queries.editions import is_for_participants


def find_edition_to_read(request: HttpRequest, code: str) -> Edition | None:
    """The edition if this reader may read it. None: signing in may help. Raises NotVisible otherwise, also for one that
    is not released yet: that it was made tells strangers what is about to be released (product.md, "404 to
    strangers")."""
    editions = editions_readable_by(request.user).select_related("basis")
    found = editions.filter(code=code).first()
    if found is not None:
        return found
    if request.user.is_authenticated or not is_for_participants(code):
        raise NotVisible
    return None
