"""The answer that shows a desk: the queue under its filters with one comment at the side."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from hearing_portal.directory.models import User
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    parse_uuid,
    respond,
)
from hearing_portal.web.redirects import next_page
from hearing_portal.web.refusal_pages import is_htmx
from manuals.models import Manual

from ...advising.forms import AdviceRequestForm
from ...advising.queries import find_advisers
from ...anchoring.queries.unplaced import count_unplaced
from ...assigning.forms import AssignmentForm
from ...assigning.queries import count_waiting_by_person, find_people_at_desk
from ...deciding.forms.disposition import DispositionForm
from ...deciding.presentation.detail import (
    CommentDetail,
    DeskRights,
    find_way_into_draft,
    load_detail,
)
from ...deciding.queries.comments import find_comment_at_desk
from ...hearings.choosing import HearingChoice, choose_hearing, choose_hearing_by_id
from ...hearings.queries import (
    GroupSessions,
    entries_of_session,
    find_group_sessions,
    find_neighbours,
)
from ...models import Comment
from ...moderating.forms import (
    BulkVisibilityForm,
    OutcomeForm,
    ReclassForm,
    RecommendationForm,
    VisibilityForm,
)
from ...motions.presentation import ShownMotion, show_motions
from ...motions.queries import find_motions_on
from ...permissions import can_run_session
from ..presentation.desk_page import CurrentDiscussion, DeskPage, Forms
from ..presentation.queue import load_queue_page
from ..presentation.states import show_group_queues
from ..queries.filters import read_filter
from ..queries.group_queues import GroupQueue
from ..queries.queue import find_commented_entries

PAGE = "comments/desk/queue/page.html"


def desk_response(
    request: AuthenticatedHttpRequest,
    manual: Manual,
    query: QueryDict,
    *,
    comment: Comment | None = None,
    status: int = 200,
    **refused: Form,
) -> HttpResponse:
    """The queue under the filters of `query` with one comment at the side; htmx gets the part it asked for.

    `refused` are forms that came back, by name: bulk, assignment, noting, visibility, reclass, recommendation,
    advice_request, disposition.
    """
    if comment is None:
        comment = _find_named_comment(request.user, manual, query.get("comment", ""))
    if comment is not None:
        choice = choose_hearing_by_id(comment.session.hearing_id)
    else:
        choice = choose_hearing(query.get("hearing", ""))
    if choice.hearing is None:
        nothing_waits = show_group_queues([GroupQueue(manual.key, manual.title)])
        return render(
            request, "comments/desk/group_queues.html", {"desks": nothing_waits}
        )
    desk = _load_desk(request.user, manual, choice, query, comment, refused)
    if not is_htmx(request):
        return render(request, PAGE, {"desk": desk}, status=status)
    part = "detail" if request.headers.get("HX-Target") == "detail" else "desk"
    response = respond(
        request, f"{PAGE}#{part}", {"desk": desk}, to=desk.current_url, status=status
    )
    # A refused form was sent to the address of an act, which cannot be opened
    response["HX-Push-Url"] = "false" if status >= 400 else desk.current_url
    return response


def refused_at_desk(
    request: AuthenticatedHttpRequest, comment: Comment, status: int, **refused: Form
) -> HttpResponse:
    """The desk again, the comment still chosen, with the form as it was sent."""
    query = read_next_query(request)
    return desk_response(
        request, comment.entry.manual, query, comment=comment, status=status, **refused
    )


def read_next_query(request: AuthenticatedHttpRequest) -> QueryDict:
    """The filters of the list that an act came from: the form says where the work goes on."""
    return QueryDict(urlsplit(next_page(request, "")).query)


def _load_desk(
    user: User,
    manual: Manual,
    choice: HearingChoice,
    query: QueryDict,
    comment: Comment | None,
    refused: Forms,
) -> DeskPage:
    hearing = choice.hearing
    if hearing is None:
        raise NotVisible
    group = manual.work_group
    chosen = replace(read_filter(query), hearing=choice.address_key)
    listed = load_queue_page(hearing, group, chosen, user, query.get("page"))
    group_sessions = find_group_sessions(hearing, group)
    people = find_people_at_desk(group)
    advisers = [each for each in find_advisers(group) if each != user]
    if comment is None and listed.comments:
        comment = find_comment_at_desk(user, listed.comments[0].uuid)
    detail = way = None
    motions: list[ShownMotion] = []
    if comment is not None:
        detail = load_detail(comment, user, listed.tallies_of(comment))
        motions = show_motions(find_motions_on(comment.entry))
        way = find_way_into_draft(detail, user)
    return DeskPage(
        manual=manual,
        choice=choice,
        group_sessions=group_sessions,
        chosen=chosen,
        listed=listed,
        commented_entries=find_commented_entries(hearing, manual),
        rights=DeskRights.of(user, group),
        detail=detail,
        motions=motions,
        forms=_make_forms(detail, people, advisers, refused),
        people=people,
        waiting=count_waiting_by_person(hearing, group),
        user=user,
        discussed=_find_discussion(user, group_sessions),
        unplaced=count_unplaced(manual),
        way=way,
    )


def _find_named_comment(user: User, manual: Manual, wanted: str) -> Comment | None:
    """The comment an address names, as far as it lies at this desk."""
    uuid = parse_uuid(wanted)
    if uuid is None:
        return None
    comment = find_comment_at_desk(user, uuid)
    if comment is None or comment.entry.manual_id != manual.pk:
        return None
    return comment


def _find_discussion(
    user: User, group_sessions: GroupSessions
) -> CurrentDiscussion | None:
    session = group_sessions.session
    discussed = group_sessions.discussed
    if session is None or discussed is None:
        return None
    if not can_run_session(user, session):
        return CurrentDiscussion(session, discussed)
    following = find_neighbours(entries_of_session(session), discussed).after
    return CurrentDiscussion(session, discussed, following)


def _make_forms(
    detail: CommentDetail | None,
    people: Sequence[User],
    advisers: Sequence[User],
    refused: Forms,
) -> Forms:
    """Fresh forms for what the person may do with the chosen comment, and those that came back refused."""
    forms: Forms = {
        "bulk": BulkVisibilityForm(auto_id="bulk-%s"),
        "assignment": AssignmentForm(people=people, auto_id="assignment-%s"),
    }
    if detail is not None:
        if detail.rights.moderate:
            forms["visibility"] = VisibilityForm(auto_id="visibility-%s")
            forms["reclass"] = ReclassForm(comment=detail.comment, auto_id="reclass-%s")
        if detail.rights.recommend and not detail.is_reply:
            forms["recommendation"] = RecommendationForm(
                comment=detail.comment, auto_id="recommendation-%s"
            )
        if detail.may_ask_advice and advisers:
            forms["advice_request"] = AdviceRequestForm(
                people=advisers, auto_id="advice-%s"
            )
        if detail.may_decide:
            ruling = DispositionForm(
                about=detail.comment.entry, auto_id="disposition-%s"
            )
            ruling.rest_on({detail.comment.uuid: detail.disposition})
            forms["disposition"] = ruling
    forms.update(refused)
    # At the desk controls are small, and the key A accepts where it does not adopt a proposal
    key_adopts = detail is not None and detail.may_adopt
    for form in forms.values():
        if isinstance(form, OutcomeForm):
            form.dense = True
            if not key_adopts or isinstance(form, RecommendationForm):
                form.give_key_to_acceptance()
    return forms
