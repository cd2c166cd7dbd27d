"""The service worker itself, and the page of what a device keeps."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.directory.sign_in.devices import is_shared_device

from .keeping import can_keep


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """At the root, since a worker serves the addresses below its own; asked for anew each day at the latest."""
    return HttpResponse(
        _script(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@cache
def _script() -> str:
    path = settings.BASE_DIR / "static" / "js" / "service-worker.js"
    return path.read_text(encoding="utf-8")


@require_safe
def offline_pages(request: HttpRequest) -> HttpResponse:
    """What this device keeps. The page is kept itself, and shown in place of one that is not."""
    context = {"can_keep": can_keep(request), "is_shared": is_shared_device(request)}
    return render(request, "offline_reading/page.html", context)
