"""The processes of a manual that are titles only: where each is written, and leaving out those that will not be."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...access import get_manual_to_edit
from ..changes import ChangeRefused
from ..forms.sections import RetireTitlesForm
from ..presentation.links import contents_url
from ..presentation.looked_at import load_looked_at
from ..queries.titles import find_bare_processes
from ..services.sections import retire_titles


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manual_titles(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """`?all=1` has all of them chosen. POST retires those that are chosen, as one act with one reason."""
    manual = get_manual_to_edit(request.user, key)
    sections = find_bare_processes(manual)
    chosen = [str(section.uuid) for section in sections] if "all" in request.GET else []
    form = RetireTitlesForm(
        posted_data(request), sections=sections, initial={"titles": chosen}
    )
    status = form_status(form)
    if form.is_valid():
        titles = form.cleaned_data["titles"]
        try:
            retire_titles(titles, by=request.user, reason=form.cleaned_data["reason"])
        except ChangeRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(
                request, f"ยกเลิกแล้ว {len(titles)} กระบวนงาน เรียกคืนได้ที่ท้ายหน้านี้", form
            )
            return see_other(f"{contents_url(manual)}#retired")
    context = {
        "manual": manual,
        "form": form,
        "titles": len(sections),
        "looked_at": load_looked_at(sections),
    }
    return render(request, "manuals/drafting/titles.html", context, status=status)
