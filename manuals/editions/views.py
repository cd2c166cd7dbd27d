"""Is this paper what the portal printed? From the code on every page to the edition it came from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ..models import Edition
from ..permissions import editions_readable_by
from .verify_code import read_code, verify_code


@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """The edition of a printed code; a wrong one is told from an unknown one by its check character."""
    typed = request.GET.get("code", "").strip()
    if typed and not code:
        return redirect("verify", read_code(typed) or typed[:40])
    known = read_code(code) if code else None
    edition = next((row for row in Edition.objects.sealed() if verify_code(row.manifest_sha) == known), None)
    readable = edition is not None and editions_readable_by(request.user).filter(pk=edition.pk).exists()
    newer = Edition.objects.sealed().filter(basis=edition).first() if readable else None
    context = {"code": code, "known": known, "edition": edition if readable else None, "newer": newer}
    return render(request, "manuals/editions/verify.html", context, status=404 if code and not readable else 200)
