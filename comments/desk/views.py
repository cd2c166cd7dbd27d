"""The facilitator's desk: the queue with its filters, and acts on the visibility and class of comments."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import NotVisible, refuse_in_form, require_permission, respond
from hearing_portal.web.redirects import go_on, next_page
from hearing_portal.web.refusal_pages import is_htmx
from manuals.models import Manual

from ..anchoring.queries.unplaced import count_unplaced
from ..commenting.queries.comments import comments_visible_to
from ..deciding.forms import DispositionForm
from ..deciding.presentation.detail import Detail, Rights, load_detail
from ..deciding.queries.comments import desk_comment
from ..hearings.queries import (
    GroupSessions,
    entries_of_session,
    find_current_hearing,
    find_group_sessions,
    find_neighbours,
)
from ..models import Comment, Hearing
from ..moderating.access import NOT_MODERATOR, get_comment_at_desk, get_manual_at_desk
from ..moderating.forms import BulkVisibilityForm, OutcomeForm, ReclassForm, RecommendationForm, VisibilityForm
from ..moderating.services import ModerationRefused
from ..permissions import Role, can_moderate, can_recommend, can_run_session, can_work_at
from .presentation import CurrentDiscussion, DeskPage, Forms
from .queries import GroupQueue, QueueFilter, count_group_queues, find_commented_entries, queue_page

# -- which desk


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The person's desks; who has only one goes there at once."""
    groups = _desk_groups(request)
    require_permission(
        groups or load_roles(request.user).is_admin, "คิวความเห็นใช้ได้เฉพาะผู้ดำเนินเวที คณะทำงานยกร่าง และผู้ดูแลระบบ"
    )
    desks = count_group_queues(find_current_hearing(), groups)
    if len(desks) == 1:
        return redirect("group-queue", desks[0].key)
    return render(request, "comments/desk/group_queues.html", {"desks": desks})


def _desk_groups(request: HttpRequest) -> list[WorkGroup]:
    roles = load_roles(request.user)
    if roles.is_admin:
        return list(WorkGroup.objects.filter(manual__isnull=False).select_related("manual"))
    mine = [group.pk for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
    return list(WorkGroup.objects.filter(pk__in=mine).select_related("manual")) if mine else []


# -- the desk


@login_required
@require_safe
def group_queue(request: HttpRequest, key: str) -> HttpResponse:
    return desk_page(request, get_manual_at_desk(request.user, key), request.GET)


def desk_page(
    request: HttpRequest,
    manual: Manual,
    query: QueryDict,
    *,
    comment: Comment | None = None,
    status: int = 200,
    **forms: Form,
) -> HttpResponse:
    """The queue under the filters of `query` with one comment at the side; htmx gets the part it asked for.

    `forms` are those that came back refused, by name: bulk, visibility, reclass, recommendation, disposition.
    """
    hearing = find_current_hearing()
    if hearing is None:
        return render(request, "comments/desk/group_queues.html", {"desks": [GroupQueue(manual.key, manual.title)]})
    desk = _desk(request, manual, hearing, query, comment)
    desk.forms = _forms(desk.detail) | forms
    _lay_out(desk)
    if not is_htmx(request):
        return render(request, "comments/desk/queue/page.html", {"desk": desk}, status=status)
    part = "detail" if request.headers.get("HX-Target") == "detail" else "desk"
    response = respond(request, f"comments/desk/queue/page.html#{part}", {"desk": desk}, to=desk.here, status=status)
    # A refused form was sent to the address of an act, which cannot be opened
    response["HX-Push-Url"] = "false" if status >= 400 else desk.here
    return response


def _desk(
    request: HttpRequest, manual: Manual, hearing: Hearing, query: QueryDict, comment: Comment | None
) -> DeskPage:
    user, group = request.user, manual.work_group
    chosen = QueueFilter.of(query)
    listed = queue_page(hearing, group, chosen, user, query.get("page"))
    group_sessions = find_group_sessions(hearing, group)
    desk = DeskPage(
        manual,
        hearing,
        group_sessions,
        chosen,
        listed,
        find_commented_entries(hearing, group),
        Rights.of(user, group),
        discussed=_discussed(request, group_sessions),
        unplaced=count_unplaced(manual),
    )
    if comment is None:
        comment = _chosen_comment(request, manual, query.get("comment", ""))
    if comment is None and listed.rows:
        comment = desk_comment(user, listed.rows[0].comment.uuid)
    if comment is not None:
        tallies_by_entry = {entry_group.entry.pk: entry_group.tallies for entry_group in listed.groups}
        desk.detail = load_detail(comment, user, tallies_by_entry.get(comment.entry_id))
    return desk


def _lay_out(desk: DeskPage) -> None:
    """At the desk controls are small, and the key A accepts where it does not adopt a proposal."""
    for form in desk.forms.values():
        if isinstance(form, OutcomeForm):
            form.dense = True
            if desk.detail is None or not desk.detail.may_adopt or isinstance(form, RecommendationForm):
                form.give_key_to_acceptance()


def _discussed(request: HttpRequest, group_sessions: GroupSessions) -> CurrentDiscussion | None:
    if group_sessions.session is None or group_sessions.discussed is None:
        return None
    if not can_run_session(request.user, group_sessions.session):
        return CurrentDiscussion(group_sessions.session, group_sessions.discussed)
    following = find_neighbours(entries_of_session(group_sessions.session), group_sessions.discussed).after
    return CurrentDiscussion(group_sessions.session, group_sessions.discussed, following)


def _chosen_comment(request: HttpRequest, manual: Manual, uuid: str) -> Comment | None:
    try:
        wanted = UUID(uuid)
    except ValueError:
        return None
    comment = desk_comment(request.user, wanted)
    return comment if comment is not None and comment.entry.manual_id == manual.pk else None


def _forms(detail: Detail | None) -> Forms:
    """Fresh forms for what the person may do with the chosen comment."""
    forms: Forms = {"bulk": BulkVisibilityForm(auto_id="bulk-%s")}
    if detail is None:
        return forms
    if detail.rights.moderate:
        forms["visibility"] = VisibilityForm(auto_id="visibility-%s")
        forms["reclass"] = ReclassForm(comment=detail.comment, auto_id="reclass-%s")
    if detail.rights.recommend and not detail.is_reply:
        forms["recommendation"] = RecommendationForm(auto_id="recommendation-%s")
    if detail.may_decide:
        forms["disposition"] = DispositionForm(about=detail.comment.entry, auto_id="disposition-%s")
    return forms


def refused_at_desk(request: HttpRequest, comment: Comment, status: int, **forms: Form) -> HttpResponse:
    """The desk again, the comment still chosen, with the form as it was sent."""
    query = QueryDict(urlsplit(next_page(request, "")).query)
    return desk_page(request, comment.entry.manual, query, comment=comment, status=status, **forms)


def _own_queue(comment: Comment) -> str:
    return f"{reverse('group-queue', args=[comment.entry.manual.key])}?{urlencode({'comment': comment.uuid})}"


@login_required
@require_POST
def bulk_visibility(request: HttpRequest, key: str) -> HttpResponse:
    """Show or hide all chosen comments, or none of them."""
    manual = get_manual_at_desk(request.user, key)
    require_permission(can_moderate(request.user, manual.work_group), NOT_MODERATOR)
    query = QueryDict(urlsplit(next_page(request, "")).query)
    form = BulkVisibilityForm(request.POST, auto_id="bulk-%s")
    if not form.is_valid():
        return desk_page(request, manual, query, status=422, bulk=form)
    wanted = form.cleaned_data["comment"]
    comments = list(Comment.objects.visible_to(request.user).filter(uuid__in=wanted, entry__manual=manual))
    if len(comments) != len(wanted):
        raise NotVisible
    form.save(comments, by=request.user)
    word = "แสดง" if form.cleaned_data["visibility"] == "shown" else "ซ่อน"
    messages.success(request, f"{word}แล้ว {len(comments)} ความเห็น")
    return go_on(request, reverse("group-queue", args=[key]))


@login_required
@require_POST
def comment_visibility(request: HttpRequest, uuid: UUID) -> HttpResponse:
    comment = get_comment_at_desk(request.user, uuid)
    require_permission(can_moderate(request.user, comment.entry.manual.work_group), NOT_MODERATOR)
    form = VisibilityForm(request.POST, auto_id="visibility-%s")
    if not form.is_valid():
        return refused_at_desk(request, comment, 422, visibility=form)
    form.save([comment], by=request.user)
    shown = form.cleaned_data["visibility"] == "shown"
    messages.success(request, "แสดงความเห็นแล้ว" if shown else "ซ่อนความเห็นแล้ว ผู้อ่านเห็นเฉพาะเหตุผล และยังนับเสียงครบ")
    return go_on(request, _own_queue(comment))


@login_required
@require_POST
def comment_issue_class(request: HttpRequest, uuid: UUID) -> HttpResponse:
    comment = get_comment_at_desk(request.user, uuid)
    require_permission(can_moderate(request.user, comment.entry.manual.work_group), NOT_MODERATOR)
    form = ReclassForm(request.POST, comment=comment, auto_id="reclass-%s")
    if not _saved(form, lambda: form.save(by=request.user)):
        return refused_at_desk(request, comment, 422, reclass=form)
    messages.success(request, "เปลี่ยนประเด็นแล้ว เหตุผลอยู่ในประวัติ")
    return go_on(request, _own_queue(comment))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_recommendation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Advice of a facilitator, from the desk, or of an expert, from a page of its own."""
    comment = get_object_or_404(comments_visible_to(request.user).select_related("objection"), uuid=uuid)
    group = comment.entry.manual.work_group
    require_permission(can_recommend(request.user, group), "เสนอผลได้เฉพาะผู้ดำเนินเวที ผู้ทรงคุณวุฒิ และผู้แทนสำนักส่วนกลาง")
    require_permission(comment.parent_id is None, "ความเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง")
    form = RecommendationForm(request.POST if request.method == "POST" else None, auto_id="recommendation-%s")
    if request.method != "POST":
        return _recommendation_page(request, comment, form)
    if not _saved(form, lambda: form.save(comment, by=request.user)):
        if can_work_at(request.user, group):
            return refused_at_desk(request, comment, 422, recommendation=form)
        return _recommendation_page(request, comment, form, status=422)
    messages.success(request, "เสนอผลให้คณะทำงานแล้ว")
    return go_on(request, reverse("comment", args=[comment.uuid]))


def _recommendation_page(
    request: HttpRequest, comment: Comment, form: RecommendationForm, *, status: int = 200
) -> HttpResponse:
    context = {"detail": load_detail(comment, request.user), "form": form}
    return render(request, "comments/desk/recommendation.html", context, status=status)


def _saved(form: Any, save: Callable[[], object]) -> bool:
    """Whether the form was right and the service took it; its refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        save()
    except ModerationRefused as refused:
        refuse_in_form(form, refused)
        return False
    return True
