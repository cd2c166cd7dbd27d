"""A manual's working draft as it stood at the end of any day."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.web.http import AuthenticatedHttpRequest

from ...access import get_manual_to_read
from ..forms import DayForm
from ..presentation.days import load_manual_on_day
from ..queries.days import find_first_act


@login_required
@require_safe
def manual_draft_at(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Without a day, the question for one."""
    manual = get_manual_to_read(request.user, key)
    is_asking = "day" in request.GET
    form = DayForm(request.GET if is_asking else None)
    context = {"manual": manual, "form": form, "first_act": find_first_act(manual)}
    if is_asking and form.is_valid():
        context["page"] = load_manual_on_day(
            manual, form.cleaned_data["day"], request.user
        )
    is_refused = is_asking and not form.is_valid()
    return render(
        request, "manuals/versions/day.html", context, status=422 if is_refused else 200
    )
