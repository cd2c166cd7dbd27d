"""The overview of a hearing, and the conclusion of each group, with the summaries that are signed on them."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.web.forms import form_status
from hearing_portal.web.http import NotVisible, require_permission
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done
from manuals.models import Edition
from manuals.queries import find_manual_by_key

from ..hearings.choosing import HearingChoice, choose_hearing
from ..hearings.queries import (
    GroupSessions,
    choose_session,
    find_groups_with_manual,
    sessions_with_state,
)
from ..models import Conclusion, HearingSession
from ..permissions import can_sign_conclusion
from .access import require_reader
from .forms import SummaryForm, summary_values
from .presentation.group import (
    load_group_conclusion,
)
from .presentation.overview import load_overview_of_hearing
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
    form = _summary_form(request, signed)
    done = _take_signature(
        request, choice, None, edition, form, may_sign=may_sign, refusal=ONLY_ADMINS
    )
    if done is not None:
        return done
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
        "changed": overview.changed,
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
    form = _summary_form(request, signed)
    done = _take_signature(
        request,
        choice,
        group,
        edition,
        form,
        may_sign=may_sign,
        refusal=ONLY_FACILITATORS,
    )
    if done is not None:
        return done
    context = {
        **load_group_conclusion(
            manual,
            hearing,
            every_session,
            of_group,
            choice.address_key,
            request.user,
            signed[0] if signed else None,
        ),
        "choice": choice,
        "signed": signed,
        "form": form if may_sign else None,
    }
    return render(
        request, "comments/conclusions/group.html", context, status=form_status(form)
    )


def _summary_form(request: HttpRequest, signed: Sequence[Conclusion]) -> SummaryForm:
    """What is signed already stands in it, to be written on."""
    return SummaryForm(
        request.POST if request.method == "POST" else None,
        initial=summary_values(signed[0] if signed else None),
    )


def _take_signature(
    request: HttpRequest,
    choice: HearingChoice,
    group: WorkGroup | None,
    edition: Edition | None,
    form: SummaryForm,
    *,
    may_sign: bool,
    refusal: str,
) -> HttpResponse | None:
    """The answer to a summary that was signed; None where the page is only read, or its form comes back."""
    if request.method != "POST":
        return None
    require_permission(may_sign, refusal)
    if choice.hearing is None or edition is None or not form.is_valid():
        return None
    if not isinstance(request.user, User):
        return None
    form.save(choice.hearing, group, edition, by=request.user)
    tell_done(request, SIGNED, form)
    return see_other(f"{request.path}{choice.query}#summary")


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
