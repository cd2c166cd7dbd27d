"""The facilitator's desk: the queue with its filters, and acts on the visibility and class of comments."""

from collections.abc import Callable
from dataclasses import dataclass, field
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
from hearing_portal.directory.permissions import roles_of
from hearing_portal.http import NotVisible, answer, require
from hearing_portal.refusals import is_htmx, is_ours
from manuals.models import EditionEntry, Manual

from ..forms.deciding import DispositionForm
from ..forms.moderating import BulkVisibilityForm, ReclassForm, RecommendationForm, VisibilityForm
from ..issue_classes import MEANINGS
from ..models import Comment, Hearing, HearingSession
from ..permissions import Role, can_moderate, can_recommend, can_run_session, can_work_at
from ..queries.commenting import comments_for
from ..queries.detail import Detail, Rights, desk_comment, detail_of
from ..queries.places import place_of
from ..queries.queue import (
    NO_CLASS,
    OFFICE_TYPES,
    STATES,
    GroupDesk,
    QueueFilter,
    QueuePage,
    QueuePlace,
    desks_of,
    places_with_comments,
    queue_page,
)
from ..queries.rooms import entries_of_session, neighbours
from ..queries.sessions import GroupFloor, current_hearing, floor_of
from ..queries.unplaced import unplaced_count
from ..services.moderation import ModerationRefused

NOT_AT_DESK = "คิวความเห็นใช้ได้เฉพาะผู้ดำเนินเวทีและคณะทำงานยกร่างของกลุ่มงานนี้"
NOT_MODERATOR = "ทำได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"
Forms = dict[str, Form]


@dataclass(frozen=True, slots=True)
class Discussed:
    """The entry under discussion and the clause after it, for who runs the session."""

    session: HearingSession
    entry: EditionEntry
    following: EditionEntry | None = None

    @property
    def place(self) -> str:
        return place_of(self.entry)

    @property
    def following_place(self) -> str:
        return place_of(self.following) if self.following else ""


@dataclass(slots=True)
class Desk:
    """Everything the page of a group's queue shows. `url` is this list without a chosen comment."""

    manual: Manual
    hearing: Hearing
    floor: GroupFloor
    chosen: QueueFilter
    listed: QueuePage
    places: dict[str, list[QueuePlace]]
    rights: Rights
    detail: Detail | None = None
    forms: Forms = field(default_factory=dict)
    discussed: Discussed | None = None
    unplaced: int = 0

    @property
    def title(self) -> str:
        return self.manual.work_group.name if self.manual.work_group else self.manual.title

    @property
    def base(self) -> str:
        return reverse("group-queue", args=[self.manual.key])

    @property
    def query(self) -> QueryDict:
        """The filters and the page, as the address has them."""
        query = QueryDict(self.chosen.as_query(), mutable=True)
        if self.listed.page.number > 1:
            query["page"] = str(self.listed.page.number)
        return query

    @property
    def url(self) -> str:
        return self.url_of(None)

    def url_of(self, comment: Comment | None) -> str:
        """This list with a comment chosen."""
        query = self.query
        if comment is not None:
            query["comment"] = str(comment.uuid)
        return f"{self.base}?{query.urlencode()}" if query else self.base

    @property
    def here(self) -> str:
        return self.url_of(self.detail.comment if self.detail else None)

    @property
    def onward(self) -> str:
        """Where the work goes on after an act on the chosen comment."""
        return self.url_of(self.listed.after(self.detail.comment) if self.detail else None)

    @property
    def ticked(self) -> list[str]:
        """The boxes that were ticked when a bulk act was refused."""
        form = self.forms.get("bulk")
        return form.data.getlist("comment") if form is not None and form.is_bound else []

    @property
    def speakers(self) -> str:
        """Where what a speaker says is typed in, about the clause in sight; empty for who may not."""
        if self.floor.session is None or not self.rights.record:
            return ""
        entry = self.discussed.entry if self.discussed else self.detail.comment.entry if self.detail else None
        url = reverse("session-speakers", args=[self.floor.session.pk])
        return f"{url}?{urlencode({'entry': entry.pk})}" if entry else url

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """[(state, word, comments)], those without comments left out unless chosen."""
        counts = self.listed.counts
        return [
            (name, word, counts[name])
            for name, (word, _) in STATES.items()
            if counts[name] or name == self.chosen.state
        ]

    @property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """What the selects of the filter offer."""
        return {
            "type": [("", "ทุกประเภท"), *Comment.Type.choices],
            "issue": [("", "ทุกประเด็น"), *((m.value, m.word) for m in MEANINGS), (NO_CLASS, "ไม่ระบุประเด็น")],
            "office": [("", "ทุกเขต"), *OFFICE_TYPES.items()],
        }


# -- which desk


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The person's desks; who has only one goes there at once."""
    groups = _desk_groups(request)
    require(groups or roles_of(request.user).is_admin, "คิวความเห็นใช้ได้เฉพาะผู้ดำเนินเวที คณะทำงานยกร่าง และผู้ดูแลระบบ")
    desks = desks_of(current_hearing(), groups)
    if len(desks) == 1:
        return redirect("group-queue", desks[0].key)
    return render(request, "comments/queues.html", {"desks": desks})


def _desk_groups(request: HttpRequest) -> list[WorkGroup]:
    roles = roles_of(request.user)
    if roles.is_admin:
        return list(WorkGroup.objects.filter(manual__isnull=False).select_related("manual"))
    mine = [group.pk for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
    return list(WorkGroup.objects.filter(pk__in=mine).select_related("manual")) if mine else []


def manual_at_desk(request: HttpRequest, key: str) -> Manual:
    """The manual of the desk; 404 without any role, 403 for who works elsewhere."""
    if not roles_of(request.user).rows:
        raise NotVisible
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    require(can_work_at(request.user, manual.work_group), NOT_AT_DESK)
    return manual


# -- the desk


@login_required
@require_safe
def group_queue(request: HttpRequest, key: str) -> HttpResponse:
    return desk_page(request, manual_at_desk(request, key), request.GET)


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
    hearing = current_hearing()
    if hearing is None:
        return render(request, "comments/queues.html", {"desks": [GroupDesk(manual.key, manual.title)]})
    desk = _desk(request, manual, hearing, query, comment)
    desk.forms = _forms(desk.detail) | forms
    if not is_htmx(request):
        return render(request, "comments/queue.html", {"desk": desk}, status=status)
    part = "detail" if request.headers.get("HX-Target") == "detail" else "desk"
    response = answer(request, f"comments/queue.html#{part}", {"desk": desk}, to=desk.here, status=status)
    # A refused form was sent to the address of an act, which cannot be opened
    response["HX-Push-Url"] = "false" if status >= 400 else desk.here
    return response


def _desk(request: HttpRequest, manual: Manual, hearing: Hearing, query: QueryDict, comment: Comment | None) -> Desk:
    user, group = request.user, manual.work_group
    chosen = QueueFilter.of(query)
    listed = queue_page(hearing, group, chosen, user, query.get("page"))
    floor = floor_of(hearing, group)
    desk = Desk(
        manual,
        hearing,
        floor,
        chosen,
        listed,
        places_with_comments(hearing, group),
        Rights.of(user, group),
        discussed=_discussed(request, floor),
        unplaced=unplaced_count(manual),
    )
    if comment is None:
        comment = _chosen_comment(request, manual, query.get("comment", ""))
    if comment is None and listed.rows:
        comment = desk_comment(user, listed.rows[0].comment.uuid)
    if comment is not None:
        standings = {entry_group.entry.pk: entry_group.standing for entry_group in listed.groups}
        desk.detail = detail_of(comment, user, standings.get(comment.entry_id))
    return desk


def _discussed(request: HttpRequest, floor: GroupFloor) -> Discussed | None:
    if floor.session is None or floor.discussed is None:
        return None
    if not can_run_session(request.user, floor.session):
        return Discussed(floor.session, floor.discussed)
    _, following = neighbours(entries_of_session(floor.session), floor.discussed)
    return Discussed(floor.session, floor.discussed, following)


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


# -- acts


def comment_at_desk(request: HttpRequest, uuid: UUID) -> Comment:
    """404 for who may not see it, 403 for who may see it but does not work at its desk."""
    comment = get_object_or_404(comments_for(request.user).select_related("objection"), uuid=uuid)
    require(can_work_at(request.user, comment.entry.manual.work_group), NOT_AT_DESK)
    return comment


def next_page(request: HttpRequest, default: str) -> str:
    """Where the form said that the work goes on, if that is ours."""
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith("/") and is_ours(request, wanted) else default


def go_on(request: HttpRequest, default: str) -> HttpResponse:
    """By 303, for htmx as well: it follows to the page, which answers with the part asked for."""
    response = redirect(next_page(request, default))
    response.status_code = 303
    return response


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
    manual = manual_at_desk(request, key)
    require(can_moderate(request.user, manual.work_group), NOT_MODERATOR)
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
    comment = comment_at_desk(request, uuid)
    require(can_moderate(request.user, comment.entry.manual.work_group), NOT_MODERATOR)
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
    comment = comment_at_desk(request, uuid)
    require(can_moderate(request.user, comment.entry.manual.work_group), NOT_MODERATOR)
    form = ReclassForm(request.POST, comment=comment, auto_id="reclass-%s")
    if not _saved(form, lambda: form.save(by=request.user)):
        return refused_at_desk(request, comment, 422, reclass=form)
    messages.success(request, "เปลี่ยนประเด็นแล้ว เหตุผลอยู่ในประวัติ")
    return go_on(request, _own_queue(comment))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_recommendation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Advice of a facilitator, from the desk, or of an expert, from a page of its own."""
    comment = get_object_or_404(comments_for(request.user).select_related("objection"), uuid=uuid)
    group = comment.entry.manual.work_group
    require(can_recommend(request.user, group), "เสนอผลได้เฉพาะผู้ดำเนินเวที ผู้ทรงคุณวุฒิ และผู้แทนสำนักส่วนกลาง")
    require(comment.parent_id is None, "ความเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง")
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
    context = {"detail": detail_of(comment, request.user), "form": form}
    return render(request, "comments/recommendation.html", context, status=status)


def _saved(form: Any, save: Callable[[], object]) -> bool:
    """Whether the form was right and the service took it; its refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        save()
    except ModerationRefused as refused:
        form.add_error(None, refused.message_th)
        return False
    return True
