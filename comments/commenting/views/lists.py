"""Comments in lists: one's own with their progress, those of one's office, those of a whole group."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.models import AreaOffice
from hearing_portal.directory.permissions import Roles, load_roles
from hearing_portal.web.choices import FilterLink, query_with
from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission
from manuals.models import EditionEntry, Manual

from ...hearings.queries import find_current_hearing, find_group_sessions
from ...models import Comment, answers_are_public
from ..forms.filters import NO_ISSUE, NO_OFFICE, GroupCommentsFilter
from ..presentation.cards import CommentViewer, make_cards
from ..presentation.progress import load_progress
from ..queries.comments import shown_comments
from ..queries.stages import STAGES, comments_by, comments_from, count_stages, in_stage

PAGE = 20


def _find_page(request: HttpRequest, comments: QuerySet[Comment]) -> Page[Comment]:
    return Paginator(comments, PAGE).get_page(request.GET.get("page"))


# -- by stage: one's own, and those of one's office


@login_required
@require_safe
def my_comments(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = _load_by_stage(request, comments_by(request.user))
    for progress in context["progress_rows"]:
        progress.card.shows_author = False
    roles = load_roles(request.user)
    context["offices"] = roles.offices
    context["scope"] = _scope(roles)
    return render(request, "comments/commenting/my_comments.html", context)


def _scope(roles: Roles) -> str:
    """The groups somebody may comment on, in words."""
    if roles.is_office_head:
        return "ทุกกลุ่มงาน"
    names = ", ".join(group.short_name for group in roles.groups())
    return f"ลงทะเบียน {names}" if names else ""


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
    context = _load_by_stage(request, comments_from([chosen], request.user))
    context["office"] = chosen
    context["office_links"] = _office_links(request, offices, chosen)
    return render(request, "comments/commenting/office_comments.html", context)


def _office_links(
    request: HttpRequest,
    offices: Sequence[AreaOffice],
    chosen: AreaOffice,
) -> list[FilterLink]:
    """To the comments of the other offices a person speaks for; none for who speaks for one."""
    if len(offices) < 2:
        return []
    links = []
    for office in offices:
        url = query_with(request.GET, office=office.key, page=None)
        links.append(FilterLink(office.short_name, url, office == chosen))
    return links


def _load_by_stage(request: AuthenticatedHttpRequest, comments: QuerySet[Comment]) -> dict[str, Any]:
    """The page of comments in the stage of the address, with their progress, and the links to the stages."""
    counts = count_stages(comments)
    stage = request.GET.get("stage", "")
    if stage in STAGES:
        comments = in_stage(comments, stage)
    page = _find_page(request, shown_comments(comments).order_by("-pk"))
    return {
        "page": page,
        "progress_rows": load_progress(page.object_list, CommentViewer(request.user)),
        "tabs": _stage_tabs(request, counts),
        "total": sum(counts.values()),
    }


def _stage_tabs(request: HttpRequest, counts: Mapping[str, int]) -> list[FilterLink]:
    chosen = request.GET.get("stage", "")
    all_url = query_with(request.GET, stage=None, page=None)
    total = sum(counts.values())
    tabs = [FilterLink("ทั้งหมด", all_url, chosen not in STAGES, total)]
    for stage, word in STAGES.items():
        url = query_with(request.GET, stage=stage, page=None)
        tabs.append(FilterLink(word, url, stage == chosen, counts[stage]))
    return tabs


# -- those of a group


@require_safe
def group_comments(request: HttpRequest, key: str) -> HttpResponse:
    """All comments of a group's manual in the hearing; the filters stand in the address."""
    if not request.user.is_authenticated and not answers_are_public():
        return redirect_to_login(request.get_full_path())
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    hearing = find_current_hearing()
    group_sessions = find_group_sessions(hearing, manual.work_group)
    filters = GroupCommentsFilter(request.GET, processes=_find_processes(group_sessions.edition_id, manual))
    chosen = filters.chosen()
    visible = Comment.objects.visible_to(request.user)
    comments = visible.filter(
        session__hearing=hearing,
        entry__manual=manual,
        parent__isnull=True,
    )
    narrowed = shown_comments(_narrow(comments, chosen))
    page = _find_page(request, narrowed.order_by("entry__ordinal", "pk"))
    open_session = group_sessions.session if group_sessions.is_open else None
    context = {
        "manual": manual,
        "group_sessions": group_sessions,
        "page": page,
        "cards": make_cards(page.object_list, CommentViewer(request.user, open_session), with_replies=False),
        "filters": filters,
        "is_filtered": bool(chosen),
    }
    return render(request, "comments/commenting/group_comments.html", context)


def _narrow(comments: QuerySet[Comment], chosen: Mapping[str, str]) -> QuerySet[Comment]:
    """The comments that the chosen filters leave."""
    if "type" in chosen:
        comments = comments.filter(type=chosen["type"])
    if "issue" in chosen:
        issue = chosen["issue"]
        comments = comments.filter(issue_class=None if issue == NO_ISSUE else issue)
    if "office" in chosen:
        kind = chosen["office"]
        comments = comments.filter(office_kind=None if kind == NO_OFFICE else kind)
    if "process" in chosen:
        comments = comments.filter(entry__section=int(chosen["process"]))
    return comments


def _find_processes(edition_id: int | None, manual: Manual) -> list[tuple[str, str]]:
    """[(section, number and title)] of the sections of the group's manual in the edition of the hearing."""
    sections = EditionEntry.objects.filter(
        edition=edition_id,
        manual=manual,
        kind=EditionEntry.Kind.SECTION,
    )
    processes = []
    for section_id, label, title in sections.order_by("ordinal").values_list("section_id", "label", "title"):
        processes.append((str(section_id), f"{label} {title}"))
    return processes
