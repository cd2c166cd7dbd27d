"""Who came to a session: the list of its desk, recorded by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.models import User
from hearing_portal.thai.sentences import joined
from hearing_portal.web.http import AuthenticatedHttpRequest, read_id
from hearing_portal.web.redirects import see_other

from ...models import Attendance, HearingSession
from ..access import get_session_of_attendance
from ..forms import FindPersonForm
from ..queries import (
    count_present_offices,
    count_registered_offices,
    find_attendants,
)
from ..services import record_arrival, record_leaving


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The people a session expects, and which offices are present; POST records one who came or left."""
    session = get_session_of_attendance(request, pk)
    if request.method == "POST":
        return _record(request, session)
    form = FindPersonForm(request.GET)
    typed = form.cleaned_data["find"] if form.is_valid() else ""
    context = {
        "session": session,
        "form": form,
        "attendants": find_attendants(session, typed),
        "present": count_present_offices(session),
        "registered": count_registered_offices(session),
    }
    return render(request, "comments/arrivals/attendance.html", context)


def _record(request: AuthenticatedHttpRequest, session: HearingSession) -> HttpResponse:
    has_left = "left" in request.POST
    wanted = request.POST.get("left" if has_left else "arrived", "")
    person = get_object_or_404(User, pk=read_id(wanted))
    if has_left:
        record_leaving(session, person, by=request.user)
        message = "ออกจากห้องแล้ว"
    else:
        method = Attendance.Method.HAND
        record_arrival(session, person, method=method, by=request.user)
        message = "มาแล้ว"
    messages.success(request, joined(person.get_full_name(), message))
    address = reverse("attendance", args=[session.pk])
    typed = request.GET.get("find", "")
    if typed:
        address = f"{address}?{urlencode({'find': typed})}"
    return see_other(address)
