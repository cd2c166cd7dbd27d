"""The board of what the meeting has considered."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from hearing_portal.web.http import NotVisible

from ..conclusions.access import require_reader
from ..hearings.choosing import choose_hearing
from .forms import ConsideredFilter
from .presentation import show_considered
from .queries import ConsideredEntry, find_considered, narrow_to

PAGE = 30


@require_safe
def considered(request: HttpRequest) -> HttpResponse:
    """For who reads the comments of the hearing, as far as they may read what it was about. `?hearing=` chooses among
    hearings, `?group=` and `?day=` narrow it."""
    asked = require_reader(request)
    if asked is not None:
        return asked
    choice = choose_hearing(request.GET.get("hearing", ""))
    if choice.hearing is None:
        raise NotVisible
    everything = find_considered(choice.hearing, request.user)
    filters = ConsideredFilter(request.GET, considered=everything)
    narrowed = narrow_to(everything, filters.group_key, filters.chosen_day)
    paginator: Paginator[ConsideredEntry] = Paginator(narrowed, PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "choice": choice,
        "hearing": choice.hearing,
        "filters": filters,
        "is_filtered": bool(filters.group_key or filters.chosen_day),
        "page": page,
        "groups": show_considered(choice.hearing, list(page.object_list), request.user),
        "as_of": now(),
    }
    return render(request, "comments/considered/considered.html", context)
