"""The pages where an office's head confirms what the office says, and where the desks see which offices did."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai.sentences import joined
from hearing_portal.web.choices import FilterLink, query_with
from hearing_portal.web.forms import form_status
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    require_permission,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ..hearings.choosing import choose_hearing
from ..hearings.queries import find_group_sessions
from ..models import Comment, OfficePosition
from ..moderating.access import get_manual_at_desk
from .access import get_manual_of_group, get_own_office
from .forms import OfficesFilter, PositionForm
from .presentation import (
    counted_stances,
    last_day_words,
    load_manual_positions,
    stance_badge,
    ticked_comments,
    total_offices,
)
from .queries import (
    PositionTime,
    count_positions,
    find_answered_groups,
    find_earlier_positions,
    find_office_comments,
    find_office_rows,
    find_position,
    judge_time,
)
from .services import ONLY_HEADS, WHY_NOT, seen_position

PAGE = 100


@login_required
@require_safe
def office_positions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Every manual: what the people of one's office said, what its head confirmed, what is missing. `?office=` chooses
    among several offices, `?hearing=` among hearings."""
    office = get_own_office(request.user, request.GET)
    choice = choose_hearing(request.GET.get("hearing", ""))
    rows = []
    if choice.hearing is not None:
        rows = load_manual_positions(office, choice.hearing, request.user)
    offices = load_roles(request.user).offices
    office_links = []
    if len(offices) > 1:
        for each in offices:
            url = query_with(request.GET, office=each.key)
            office_links.append(FilterLink(each.short_name, url, each == office))
    context = {
        "office": office,
        "office_links": office_links,
        "choice": choice,
        "rows": rows,
        "confirmed": sum(row.position is not None for row in rows),
        "waiting": sum(row.position is None and row.is_open for row in rows),
        "is_head": load_roles(request.user).heads(office),
        "until": last_day_words(choice.hearing) if choice.hearing else "",
    }
    return render(request, "comments/positions/office_positions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_position(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """One manual: the office's comments, and the form in which its head confirms what the office says."""
    sent = request.POST if request.method == "POST" else request.GET
    office = get_own_office(request.user, sent)
    is_head = load_roles(request.user).heads(office)
    if request.method == "POST":
        require_permission(is_head, ONLY_HEADS)
    manual = get_manual_of_group(key)
    choice = choose_hearing(sent.get("hearing", ""))
    hearing = choice.hearing
    if hearing is None:
        raise NotVisible
    sessions = find_group_sessions(hearing, manual.work_group)
    position = None
    if sessions.edition_id is not None:
        position = find_position(office, hearing, sessions.edition_id, manual)
    comments = find_office_comments(office, hearing, manual, request.user)
    form = PositionForm(
        request.POST if request.method == "POST" else None,
        comments=comments,
        initial=_initial_values(position, comments),
    )
    if form.is_valid():
        saved = form.save(office, hearing, manual, by=request.user)
        if saved is not None:
            message = joined(
                f"ยืนยัน “{saved.get_stance_display()}” ในนาม", office.short_name, "แล้ว"
            )
            tell_done(request, message, form)
            return see_other(_address_of_list(request.user, office, choice.query))
    is_answered = manual.work_group_id in find_answered_groups(hearing)
    time = judge_time(hearing, sessions, is_answered=is_answered)
    context = {
        "office": office,
        "manual": manual,
        "choice": choice,
        "edition": sessions.session.edition if sessions.session else None,
        "position": position,
        "badge": stance_badge(position),
        "earlier": find_earlier_positions(position) if position else [],
        "form": form,
        "comments": ticked_comments(comments, form),
        "is_head": is_head,
        "can_confirm": is_head and time == PositionTime.OPEN,
        "why_not": WHY_NOT.get(time, "") or ("" if is_head else ONLY_HEADS),
        "until": last_day_words(hearing),
        "back": _address_of_list(request.user, office, choice.query),
    }
    return render(
        request,
        "comments/positions/office_position.html",
        context,
        status=form_status(form),
    )


def _initial_values(
    position: OfficePosition | None, comments: list[Comment]
) -> dict[str, object]:
    """As the position stands; for a first one all that the office's people said is offered."""
    if position is None:
        return {"seen": "", "comments": [comment.pk for comment in comments]}
    return {
        "seen": seen_position(position),
        "stance": position.stance,
        "comments": position.comment_ids,
        "words": position.words,
    }


def _address_of_list(user: User, office: AreaOffice, query: str) -> str:
    """The page of all manuals, of the same office and hearing."""
    address = f"{redirect('office-positions').url}{query}"
    if len(load_roles(user).offices) > 1:
        address = f"{address}{'&' if query else '?'}office={office.key}"
    return address


@login_required
@require_safe
def group_positions(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """All offices with what they confirmed on the group's manual, the silent ones too; the filters stand in the
    address."""
    manual = get_manual_at_desk(request.user, key)
    choice = choose_hearing(request.GET.get("hearing", ""))
    hearing = choice.hearing
    if hearing is None or manual.work_group is None:
        raise NotVisible
    sessions = find_group_sessions(hearing, manual.work_group)
    counts = count_positions(hearing, {manual.pk: sessions.edition_id})[manual.pk]
    filters = OfficesFilter(request.GET)
    rows = filters.narrow(find_office_rows(hearing, manual, sessions.edition_id))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "manual": manual,
        "choice": choice,
        "edition": sessions.session.edition if sessions.session else None,
        "counts": counts,
        "total": total_offices(counts),
        "stances": counted_stances(counts, manual, choice.address_key),
        "filters": filters,
        "is_filtered": bool(filters.chosen()),
        "page": page,
        "rows": [(row, stance_badge(row.position)) for row in page.object_list],
    }
    return render(request, "comments/positions/group_positions.html", context)
