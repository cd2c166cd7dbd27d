"""Pages that an address alone opens: kept by nobody, told to no other site, found by no search engine."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

type OpenedView = Callable[..., HttpResponseBase]


def kept_by_nobody(view: OpenedView) -> OpenedView:
    @wraps(view)
    def guarded(
        request: HttpRequest, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        # A page with a form must tell our own site where it was sent from; others tell nobody
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "no-store, private"
        return response

    return guarded
