"""The overview of a hearing, and the conclusion of each group, with the summaries that are signed on them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.models import User
from hearing_portal.web.forms import form_status
from hearing_portal.web.http import NotVisible, require_permission
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done
from manuals.models import Edition
from manuals.queries import find_manual_by_key

from ..hearings.choosing import choose_hearing
from ..hearings.queries import (
    GroupSessions,
    choose_session,
    find_groups_with_manual,
    sessions_with_state,
)
from ..models import Comment, HearingSession
from ..permissions import can_sign_conclusion, can_work_at
from ..positions.presentation import counted_stances
from ..positions.queries import count_positions
from .access import require_reader
from .forms import SummaryForm, summary_values
from .presentation.group import (
    class_rows,
    conflict_rows,
    digital_of,
    digital_rows,
    find_checked_processes,
    load_named_classes,
    result_figures,
)
from .presentation.links import comments_url, conclusion_url
from .presentation.overview import load_overview_of_hearing
from .queries.editions import find_compared_editions, find_legal_conflicts
from .queries.figures import count_recent_hearing
from .queries.summaries import find_signed
from .services import ONLY_ADMINS, ONLY_FACILITATORS

SIGNED = "ลงนามข้อสรุปแล้ว"


@require_http_methods(["GET", "HEAD", "POST"])
def hearing_overview(request: HttpRequest) -> HttpResponse:
    """All groups on one page; an administrator signs the summary of the whole. `?hearing=` chooses among hearings."""
    asked = require_reader(request)
    if asked is not None:
        return asked
    choice = choose_hearing(_hearing_of(request))
    hearing = choice.hearing
    if hearing is None:
        raise NotVisible
    sessions = list(sessions_with_state(hearing))
    edition = _newest_heard(sessions)
    signed = find_signed(hearing, None)
    may_sign = can_sign_conclusion(request.user, None) and edition is not None
    form = SummaryForm(
        request.POST if request.method == "POST" else None,
        initial=summary_values(signed[0] if signed else None),
    )
    if request.method == "POST":
        require_permission(may_sign, ONLY_ADMINS)
        if form.is_valid() and edition is not None and isinstance(request.user, User):
            form.save(hearing, None, edition, by=request.user)
            tell_done(request, SIGNED, form)
            return see_other(f"{request.path}{choice.query}#summary")
    groups = list(find_groups_with_manual(hearing.opens_on))
    overview = load_overview_of_hearing(
        hearing,
        groups,
        sessions,
        _by_group(sessions),
        request.user,
        choice.address_key,
    )
    context = {
        "choice": choice,
        "hearing": hearing,
        "edition": edition,
        "overview": overview,
        "signed": signed,
        "form": form if may_sign else None,
        "sees_signers": may_sign,
    }
    return render(
        request,
        "comments/conclusions/overview.html",
        context,
        status=form_status(form),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def group_conclusion(request: HttpRequest, key: str) -> HttpResponse:
    """What was said about a group's manual and what became of it; the group's facilitator signs the summary."""
    asked = require_reader(request)
    if asked is not None:
        return asked
    manual = find_manual_by_key(key)
    if manual is None or manual.work_group is None:
        raise NotVisible
    group = manual.work_group
    choice = choose_hearing(_hearing_of(request))
    hearing = choice.hearing
    if hearing is None:
        raise NotVisible
    every_session = list(sessions_with_state(hearing))
    of_group = _by_group(every_session).get(group.pk, GroupSessions(None, []))
    edition = of_group.session.edition if of_group.session else None
    signed = find_signed(hearing, group)
    may_sign = can_sign_conclusion(request.user, group) and edition is not None
    form = SummaryForm(
        request.POST if request.method == "POST" else None,
        initial=summary_values(signed[0] if signed else None),
    )
    if request.method == "POST":
        require_permission(may_sign, ONLY_FACILITATORS)
        if form.is_valid() and edition is not None and isinstance(request.user, User):
            form.save(hearing, group, edition, by=request.user)
            tell_done(request, SIGNED, form)
            return see_other(f"{request.path}{choice.query}#summary")
    hearing_key = choice.address_key
    counted = count_recent_hearing(hearing.pk, every_session, manual.pk)
    figures = counted.of_manual(manual.pk)
    works_here = can_work_at(request.user, group)
    counts = figures.count(sees_decisions=works_here)
    editions = find_compared_editions(request.user)
    positions = count_positions(hearing, {manual.pk: of_group.edition_id})[manual.pk]
    conflicts = find_legal_conflicts({manual.pk: edition} if edition else {})
    checked = None
    if isinstance(request.user, User):
        checked = find_checked_processes(request.user, manual)
    overlap = Comment.IssueClass.OVERLAP
    context = {
        "manual": manual,
        "choice": choice,
        "hearing": hearing,
        "edition": edition,
        "figures": figures,
        "counts": counts,
        "results": result_figures(counts, manual, hearing_key),
        "classes": class_rows(counts, manual, hearing_key),
        "named": load_named_classes(
            manual, every_session, edition, hearing_key, request.user
        ),
        "overlaps": counts.of_class(overlap),
        "overlaps_url": comments_url(manual, hearing_key, issue=overlap),
        "conflicts": conflict_rows(conflicts.get(manual.pk, [])),
        "checked": checked,
        "editions": editions,
        "digital": digital_of(editions, manual),
        "digital_rows": digital_rows(editions, manual),
        "positions": positions,
        "stances": counted_stances(positions, manual, hearing_key),
        "works_here": works_here,
        "all_url": comments_url(manual, hearing_key),
        "here": conclusion_url(manual, hearing_key),
        "signed": signed,
        "form": form if may_sign else None,
        "sees_signers": works_here,
    }
    return render(
        request, "comments/conclusions/group.html", context, status=form_status(form)
    )


def _hearing_of(request: HttpRequest) -> str:
    sent = request.POST if request.method == "POST" else request.GET
    return sent.get("hearing", "")


def _by_group(
    sessions: list[HearingSession],
) -> dict[int | None, GroupSessions]:
    of_group: dict[int | None, list[HearingSession]] = {}
    for session in sessions:
        of_group.setdefault(session.work_group_id, []).append(session)
    found = {}
    for group_id, several in of_group.items():
        found[group_id] = GroupSessions(choose_session(several), several)
    return found


def _newest_heard(sessions: list[HearingSession]) -> Edition | None:
    """The newest edition that a session of the hearing runs on."""
    newest: Edition | None = None
    for session in sessions:
        if newest is None or session.edition_id > newest.pk:
            newest = session.edition
    return newest
