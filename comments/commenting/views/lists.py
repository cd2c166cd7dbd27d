"""Comments in lists: one's own with their progress, those of one's office, those of a whole group."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.choices import FilterLink, query_with
from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission
from manuals.models import Manual

from ...hearings.choosing import choose_among_all, choose_hearing
from ...hearings.queries import find_group_sessions
from ...models import Comment, answers_are_public
from ...permissions import can_work_at
from ..forms.filters import GroupCommentsFilter
from ..presentation.cards import CommentViewer, make_cards
from ..presentation.progress import load_progress
from ..queries.comments import find_section_names, shown_comments
from ..queries.stages import (
    STAGES,
    comments_by,
    comments_from,
    count_stages,
    in_stage,
    of_hearing,
)

PAGE = 20


def _find_page(request: HttpRequest, comments: QuerySet[Comment]) -> Page[Comment]:
    return Paginator(comments, PAGE).get_page(request.GET.get("page"))


# -- by stage: one's own, and those of one's office


@login_required
@require_safe
def my_comments(request: AuthenticatedHttpRequest) -> HttpResponse:
    choice = choose_among_all(request.GET.get("hearing", ""))
    context = _load_by_stage(
        request, of_hearing(comments_by(request.user), choice.hearing)
    )
    context["hearing_links"] = choice.links_with_all(request.GET)
    for progress in context["progress_rows"]:
        progress.card.shows_author = False
    roles = load_roles(request.user)
    # The groups one may comment on, in words
    scope = ""
    names = ", ".join(group.short_name for group in roles.groups())
    if roles.is_office_head:
        scope = "ทุกกลุ่มงาน"
    elif names:
        scope = f"ลงทะเบียน {names}"
    context["offices"] = roles.offices
    context["scope"] = scope
    return render(request, "comments/commenting/my_comments.html", context)


@login_required
@require_safe
def office_comments(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What the people of one's office said, together; `?office=` chooses among several."""
    offices = load_roles(request.user).offices
    require_permission(offices, "หน้านี้สำหรับผู้แทนและ ผอ.สพท. ท่านไม่ได้ทำหน้าที่แทน สพท. ใด")
    chosen = offices[0]
    for office in offices:
        if office.key == request.GET.get("office"):
            chosen = office
    choice = choose_among_all(request.GET.get("hearing", ""))
    context = _load_by_stage(
        request, of_hearing(comments_from([chosen], request.user), choice.hearing)
    )
    context["hearing_links"] = choice.links_with_all(request.GET)
    context["office"] = chosen
    # None for who speaks for one office only
    office_links = []
    if len(offices) > 1:
        for office in offices:
            url = query_with(request.GET, office=office.key, page=None)
            office_links.append(FilterLink(office.short_name, url, office == chosen))
    context["office_links"] = office_links
    return render(request, "comments/commenting/office_comments.html", context)


def _load_by_stage(
    request: AuthenticatedHttpRequest, comments: QuerySet[Comment]
) -> dict[str, Any]:
    """The page of comments in the stage of the address, with their progress, and the links to the stages."""
    counts = count_stages(comments)
    total = sum(counts.values())
    chosen = request.GET.get("stage", "")
    all_url = query_with(request.GET, stage=None, page=None)
    tabs = [FilterLink("ทั้งหมด", all_url, chosen not in STAGES, total)]
    for stage, word in STAGES.items():
        url = query_with(request.GET, stage=stage, page=None)
        tabs.append(FilterLink(word, url, stage == chosen, counts[stage]))
    if chosen in STAGES:
        comments = in_stage(comments, chosen)
    page = _find_page(request, shown_comments(comments).order_by("-pk"))
    return {
        "page": page,
        "progress_rows": load_progress(page.object_list, CommentViewer(request.user)),
        "tabs": tabs,
        "total": total,
    }


# -- those of a group


@require_safe
def group_comments(request: HttpRequest, key: str) -> HttpResponse:
    """All comments of a group's manual in the hearing; the filters stand in the address."""
    if not request.user.is_authenticated and not answers_are_public():
        return redirect_to_login(request.get_full_path())
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    choice = choose_hearing(request.GET.get("hearing", ""))
    hearing = choice.hearing
    group_sessions = find_group_sessions(hearing, manual.work_group)
    sections = find_section_names(group_sessions.edition_id, manual)
    filters = GroupCommentsFilter(request.GET, processes=sections)
    visible = Comment.objects.visible_to(request.user)
    comments = visible.filter(
        session__hearing=hearing,
        entry__manual=manual,
        parent__isnull=True,
    )
    sees_decisions = can_work_at(request.user, manual.work_group)
    narrowed = shown_comments(filters.narrow(comments, sees_decisions=sees_decisions))
    page = _find_page(request, narrowed.order_by("entry__ordinal", "pk"))
    open_session = group_sessions.session if group_sessions.is_open else None
    context = {
        "manual": manual,
        "choice": choice,
        "group_sessions": group_sessions,
        "page": page,
        "cards": make_cards(
            page.object_list,
            CommentViewer(request.user, open_session),
            with_replies=False,
        ),
        "filters": filters,
        "is_filtered": bool(filters.chosen()),
    }
    return render(request, "comments/commenting/group_comments.html", context)
