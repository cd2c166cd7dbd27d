"""Requests to look: the desk of who sends and who is asked, one request, and a new one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.refusals import Refusal
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ..access import get_clause_in, get_manual_to_edit
from ..drafting.told_words import tell_clause
from ..models import Clause, Manual, Section
from ..models.survivors import find_survivors, stands, where_written
from ..reading.clause_files import open_file_of
from ..teamwork.access import get_standing_section
from .access import ReviewAccess, get_review, require_desk_of_reviews
from .forms import ReviewAnswerForm, ReviewRequestForm
from .places import find_asked_place
from .presentation import (
    ANSWERED,
    GONE,
    AskedWords,
    name_people,
    read_asked_words,
    show_review,
    show_reviews,
)
from .queries import (
    changed_since_answer,
    find_answered,
    find_askable,
    find_sent,
    find_waiting,
    is_answered,
    is_done,
)
from .seen_words import SeenWords
from .services import WordsChanged, answer_review, ask_for_review, close_review


@login_required
@require_safe
def review_requests(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What waits for the person, and what they asked others."""
    require_desk_of_reviews(request.user)
    roles = load_roles(request.user)
    to_drafter = roles.is_drafter or roles.is_admin
    context = {
        "waiting": show_reviews(find_waiting(request.user), to_drafter=to_drafter),
        "answered": show_reviews(find_answered(request.user), to_drafter=to_drafter),
        "sent": show_reviews(find_sent(request.user), to_drafter=True)
        if to_drafter
        else [],
        "may_ask": to_drafter,
    }
    return render(request, "manuals/reviewing/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_new(request: AuthenticatedHttpRequest, key: str, uuid: UUID) -> HttpResponse:
    """About the section, or about the clause that the address names."""
    clause = _clause_of_address(request, get_manual_to_edit(request.user, key))
    if clause is not None and clause.section.uuid != uuid:
        page = reverse("review-new", args=[key, clause.section.uuid])
        return see_other(f"{page}?clause={clause.uuid}")
    section = get_standing_section(request.user, key, uuid)
    if section.kind == Section.Kind.UNIT:
        raise NotVisible
    people = find_askable(section.manual.work_group, by=request.user)
    form = ReviewRequestForm(posted_data(request), people=name_people(list(people)))
    status = form_status(form)
    if form.is_valid():
        data = form.cleaned_data
        asked = get_object_or_404(User, pk=data["asked"])
        try:
            asked_for = ask_for_review(
                section, clause, asked, data["text"], uuid=data["uuid"], by=request.user
            )
        except Refusal as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, f"ส่งคำขอให้ {asked.shown_name} ตรวจแล้ว", form)
            return see_other(reverse("review-request", args=[asked_for.uuid]))
    context = {
        "section": section,
        "clause": clause,
        "words": tell_clause(clause) if clause is not None else "",
        "form": form,
    }
    return render(request, "manuals/reviewing/new.html", context, status=status)


def _clause_of_address(
    request: AuthenticatedHttpRequest, manual: Manual
) -> Clause | None:
    """Wherever in the manual it stands by now, or what has its words there."""
    named = request.GET.get("clause", "")
    if not named:
        return None
    try:
        clause = get_clause_in(manual, UUID(named))
    except ValueError as error:
        raise NotVisible from error
    clause = where_written(clause, find_survivors([clause]))
    if not stands(clause) or clause.section.manual_id != manual.pk:
        raise NotVisible
    return clause


@login_required
@require_safe
def review_request(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """What is asked, the words it is about, and the answer."""
    return _review_page(request, get_review(request.user, uuid))


@login_required
@require_safe
def review_file(
    request: AuthenticatedHttpRequest, uuid: UUID, clause_uuid: UUID
) -> HttpResponseBase:
    """The file of a form or a figure among the words that are asked about."""
    found = get_review(request.user, uuid)
    if not found.reads_words:
        raise NotVisible
    words = read_asked_words(found.request, request.user)
    return open_file_of(clause_uuid, words.clauses)


@login_required
@require_POST
def review_answer(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    found = get_review(request.user, uuid)
    require_permission(found.is_asked, "ผู้ที่ได้รับคำขอเท่านั้นที่ตอบได้")
    form = ReviewAnswerForm(request.POST)
    status = form_status(form)
    if form.is_valid():
        try:
            answer_review(
                found.request,
                form.cleaned_data["text"],
                seen=form.seen,
                by=request.user,
            )
        except Refusal as refused:
            found = get_review(request.user, uuid)
            status = refuse_in_form(form, refused)
            if isinstance(refused, WordsChanged):
                form.show_now(SeenWords.of(found.request))
        else:
            tell_done(request, "ส่งผลการตรวจแล้ว", form)
            return see_other(reverse("review-request", args=[uuid]))
    return _review_page(request, found, form, status=status)


@login_required
@require_POST
def review_closing(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """Closed, or withdrawn where nobody answered yet."""
    found = get_review(request.user, uuid)
    require_permission(found.drafts, "คณะทำงานยกร่างของคู่มือนี้เท่านั้นที่ปิดหรือถอนคำขอได้")
    closing = close_review(found.request, by=request.user)
    messages.success(request, closing.get_kind_display())
    return see_other("review-requests")


def _review_page(
    request: AuthenticatedHttpRequest,
    found: ReviewAccess,
    form: ReviewAnswerForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    asked_for = found.request
    words = (
        read_asked_words(asked_for, request.user) if found.reads_words else AskedWords()
    )
    place = find_asked_place(asked_for)
    may_answer = (
        found.is_asked and not is_answered(asked_for) and not is_done(asked_for)
    )
    if form is None and may_answer:
        seen = SeenWords.of(asked_for)._asdict()
        form = ReviewAnswerForm(initial=seen)
    context = {
        "shown": show_review(asked_for, to_drafter=found.drafts),
        "request_made": asked_for,
        "section": words.section,
        "clause": words.clause,
        "divided": words.divided,
        "left": words.left,
        "retirement": place.retirement if found.reads_words else None,
        "has_moved": asked_for.clause is not None and place.has_moved,
        "hides_links": True,
        "gone": GONE if found.reads_words else ANSWERED,
        "changed_since": is_answered(asked_for) and changed_since_answer(asked_for),
        "drafts": found.drafts,
        "form": form,
        "may_close": found.may_close and not is_done(asked_for),
    }
    return render(request, "manuals/reviewing/request.html", context, status=status)
