"""Comments in lists: one's own with their fate, those of one's office, those of a whole group."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.models import AreaOffice
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import require_permission
from manuals.models import EditionEntry, Manual

from ...hearings.queries import current_hearing, find_group_sessions
from ...issue_classes import MEANINGS
from ...models import Comment, answers_are_public
from ..presentation.cards import Reader, make_cards
from ..presentation.progress import load_progress
from ..queries.comments import shown_comments
from ..queries.stages import STAGES, comments_by, comments_from, stage_counts

PAGE = 20


def _page(request: HttpRequest, rows: QuerySet[Comment]) -> Page:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _staged(request: HttpRequest, comments: QuerySet[Comment]) -> dict[str, Any]:
    """The stage filter of the address, its counts, and the page of comments with their ways."""
    counts = stage_counts(comments)
    stage = request.GET.get("stage", "")
    chosen = comments.filter(stage=stage) if stage in STAGES else comments
    page = _page(request, shown_comments(chosen).order_by("-pk"))
    return {
        "page": page,
        "progress_rows": load_progress(page.object_list, Reader(request.user)),
        "stage": stage if stage in STAGES else "",
        "tabs": [(value, word, counts[value]) for value, word in STAGES.items()],
        "total": sum(counts.values()),
    }


@login_required
@require_safe
def my_comments(request: HttpRequest) -> HttpResponse:
    context = _staged(request, comments_by(request.user))
    context["roles"] = load_roles(request.user)
    return render(request, "comments/commenting/my_comments.html", context)


@login_required
@require_safe
def office_comments(request: HttpRequest) -> HttpResponse:
    """What the people of one's office said, together; `?office=` chooses among several."""
    offices = {office.key: office for office in load_roles(request.user).offices}
    require_permission(offices, "หน้านี้สำหรับผู้แทนและ ผอ.สพท. ท่านไม่ได้ทำหน้าที่แทน สพท. ใด")
    chosen = offices.get(request.GET.get("office", "")) or next(iter(offices.values()))
    context = _staged(request, comments_from([chosen], request.user))
    context |= {"office": chosen, "offices": list(offices.values())}
    return render(request, "comments/commenting/office_comments.html", context)


OFFICE_KINDS = {
    AreaOffice.Kind.PRIMARY: "สพป.",
    AreaOffice.Kind.SECONDARY: "สพม.",
    "expert": "ผู้ทรงคุณวุฒิและส่วนกลาง",
}


@require_safe
def group_comments(request: HttpRequest, key: str) -> HttpResponse:
    """All comments of a group's manual in the hearing; the filters stand in the address."""
    if not request.user.is_authenticated and not answers_are_public():
        return redirect_to_login(request.get_full_path())
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    hearing = current_hearing()
    group_sessions = find_group_sessions(hearing, manual.work_group)
    comments = Comment.objects.visible_to(request.user).filter(
        session__hearing=hearing, entry__manual=manual, parent__isnull=True
    )
    chosen = _chosen(request.GET)
    page = _page(request, shown_comments(_filtered(comments, chosen)).order_by("entry__ordinal", "pk"))
    reader = Reader(request.user, group_sessions.session if group_sessions.is_open else None)
    context = {
        "manual": manual,
        "group_sessions": group_sessions,
        "page": page,
        "cards": make_cards(page.object_list, reader, with_replies=False),
        "chosen": chosen,
        "types": Comment.Type.choices,
        "issues": [("none", "ไม่ระบุประเด็น"), *((meaning.value, meaning.word) for meaning in MEANINGS)],
        "kinds": OFFICE_KINDS.items(),
        "processes": _processes(group_sessions.edition_id, manual),
    }
    return render(request, "comments/commenting/group_comments.html", context)


def _chosen(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters that mean something; anything else is as if it were not there."""
    allowed = {
        "type": Comment.Type.values,
        "issue": ["none", *(meaning.value for meaning in MEANINGS)],
        "office": list(OFFICE_KINDS),
    }
    chosen = {name: asked.get(name, "") for name, values in allowed.items() if asked.get(name, "") in values}
    process = asked.get("process", "")
    if process.isascii() and process.isdigit() and len(process) < 12:
        chosen["process"] = process
    return chosen


def _filtered(comments: QuerySet[Comment], chosen: Mapping[str, str]) -> QuerySet[Comment]:
    if kind := chosen.get("type"):
        comments = comments.filter(type=kind)
    if issue := chosen.get("issue"):
        comments = comments.filter(issue_class=None if issue == "none" else issue)
    if office := chosen.get("office"):
        comments = comments.filter(office_kind=None if office == "expert" else office)
    if process := chosen.get("process"):
        comments = comments.filter(entry__section=process)
    return comments


def _processes(edition_id: int | None, manual: Manual) -> list[tuple[str, str, str]]:
    """[(section, number, title)] of the sections of the group's manual in the edition of the hearing."""
    sections = EditionEntry.objects.filter(edition=edition_id, manual=manual, kind=EditionEntry.Kind.SECTION)
    rows = sections.order_by("ordinal").values_list("section_id", "label", "title")
    return [(str(section), label, title) for section, label, title in rows]
