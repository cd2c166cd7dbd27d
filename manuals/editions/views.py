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
    known_code = read_code(code)
    edition = None
    # Among those the person may read: an archival edition may have the words, and so the code, of a released one
    for readable in editions_readable_by(request.user):
        if verify_code(readable.seal.manifest_sha) == known_code:
            edition = readable
            break
    newer = None
    if edition is not None:
        newer = Edition.objects.sealed().filter(basis=edition).first()
    context = {
        "code": code,
        "known": known_code,
        "edition": edition,
        "newer": newer,
    }
    is_missing = code and edition is None
    return render(
        request,
        "manuals/editions/verify.html",
        context,
        status=404 if is_missing else 200,
    )
