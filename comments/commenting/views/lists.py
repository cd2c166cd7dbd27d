"""Comments in lists: one's own with their fate, those of one's office, those of a whole group."""

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
from hearing_portal.web.http import require_permission
from manuals.models import EditionEntry, Manual

from ...hearings.queries import find_current_hearing, find_group_sessions
from ...models import Comment, answers_are_public
from ..forms import NO_ISSUE, NO_OFFICE, GroupCommentsFilter
from ..presentation.cards import Reader, make_cards
from ..presentation.progress import load_progress
from ..queries.comments import shown_comments
from ..queries.stages import STAGES, comments_by, comments_from, count_stages, in_stage

PAGE = 20


def _page(request: HttpRequest, rows: QuerySet[Comment]) -> Page:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _staged(request: HttpRequest, comments: QuerySet[Comment]) -> dict[str, Any]:
    """The stage filter of the address, its counts, and the page of comments with their ways."""
    counts = count_stages(comments)
    stage = request.GET.get("stage", "")
    chosen = in_stage(comments, stage) if stage in STAGES else comments
    page = _page(request, shown_comments(chosen).order_by("-pk"))
    return {
        "page": page,
        "progress_rows": load_progress(page.object_list, Reader(request.user)),
        "tabs": _stage_tabs(request, counts),
        "total": sum(counts.values()),
    }


def _stage_tabs(request: HttpRequest, counts: Mapping[str, int]) -> list[FilterLink]:
    chosen = request.GET.get("stage", "")
    all_url = query_with(request.GET, stage=None, page=None)
    tabs = [FilterLink("ทั้งหมด", all_url, chosen not in STAGES, sum(counts.values()))]
    for stage, word in STAGES.items():
        url = query_with(request.GET, stage=stage, page=None)
        tabs.append(FilterLink(word, url, stage == chosen, counts[stage]))
    return tabs


@login_required
@require_safe
def my_comments(request: HttpRequest) -> HttpResponse:
    context = _staged(request, comments_by(request.user))
    for progress in context["progress_rows"]:
        progress.card.shows_author = False
    roles = load_roles(request.user)
    context |= {"offices": roles.offices, "scope": _scope(roles)}
    return render(request, "comments/commenting/my_comments.html", context)


def _scope(roles: Roles) -> str:
    """The groups somebody may comment on, in words."""
    if roles.is_office_head:
        return "ทุกกลุ่มงาน"
    names = ", ".join(group.short_name for group in roles.groups())
    return f"ลงทะเบียน {names}" if names else ""


@login_required
@require_safe
def office_comments(request: HttpRequest) -> HttpResponse:
    """What the people of one's office said, together; `?office=` chooses among several."""
    offices = {office.key: office for office in load_roles(request.user).offices}
    require_permission(offices, "หน้านี้สำหรับผู้แทนและ ผอ.สพท. ท่านไม่ได้ทำหน้าที่แทน สพท. ใด")
    chosen = offices.get(request.GET.get("office", "")) or next(iter(offices.values()))
    context = _staged(request, comments_from([chosen], request.user))
    context |= {"office": chosen, "office_links": _office_links(request, list(offices.values()), chosen)}
    return render(request, "comments/commenting/office_comments.html", context)


def _office_links(request: HttpRequest, offices: Sequence[AreaOffice], chosen: AreaOffice) -> list[FilterLink]:
    """To the comments of the other offices a person speaks for; none for who speaks for one."""
    if len(offices) < 2:
        return []
    return [
        FilterLink(office.short_name, query_with(request.GET, office=office.key, page=None), office == chosen)
        for office in offices
    ]


@require_safe
def group_comments(request: HttpRequest, key: str) -> HttpResponse:
    """All comments of a group's manual in the hearing; the filters stand in the address."""
    if not request.user.is_authenticated and not answers_are_public():
        return redirect_to_login(request.get_full_path())
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    hearing = find_current_hearing()
    group_sessions = find_group_sessions(hearing, manual.work_group)
    comments = Comment.objects.visible_to(request.user).filter(
        session__hearing=hearing, entry__manual=manual, parent__isnull=True
    )
    filters = GroupCommentsFilter(request.GET, processes=_processes(group_sessions.edition_id, manual))
    chosen = filters.chosen()
    page = _page(request, shown_comments(_filtered(comments, chosen)).order_by("entry__ordinal", "pk"))
    reader = Reader(request.user, group_sessions.session if group_sessions.is_open else None)
    context = {
        "manual": manual,
        "group_sessions": group_sessions,
        "page": page,
        "cards": make_cards(page.object_list, reader, with_replies=False),
        "filters": filters,
        "is_filtered": bool(chosen),
    }
    return render(request, "comments/commenting/group_comments.html", context)


def _filtered(comments: QuerySet[Comment], chosen: Mapping[str, str]) -> QuerySet[Comment]:
    if kind := chosen.get("type"):
        comments = comments.filter(type=kind)
    if issue := chosen.get("issue"):
        comments = comments.filter(issue_class=None if issue == NO_ISSUE else issue)
    if office := chosen.get("office"):
        comments = comments.filter(office_kind=None if office == NO_OFFICE else office)
    if process := chosen.get("process"):
        comments = comments.filter(entry__section=process)
    return comments


def _processes(edition_id: int | None, manual: Manual) -> list[tuple[str, str]]:
    """[(section, number and title)] of the sections of the group's manual in the edition of the hearing."""
    sections = EditionEntry.objects.filter(edition=edition_id, manual=manual, kind=EditionEntry.Kind.SECTION)
    rows = sections.order_by("ordinal").values_list("section_id", "label", "title")
    return [(str(section), f"{label} {title}") for section, label, title in rows]
