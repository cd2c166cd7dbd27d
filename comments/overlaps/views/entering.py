"""Entering an overlap: from a comment, from what the similarity search proposes, or by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, parse_uuid, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done
from manuals.models import Section

from ...citations import cite_in_section
from ...models import Comment, Overlap, SimilarPair
from ..access import get_comment_to_enter, require_desk
from ..forms.entering import make_overlap_form, place_value
from ..forms.settling import DismissalForm
from ..presentation.register import load_overlap_rows
from ..presentation.suggestions import load_shown_pairs, load_suggestions
from ..queries.register import (
    OPEN,
    OverlapFilter,
    find_agencies,
    narrow_overlaps,
    overlaps_seen_by,
)
from ..queries.suggestions import (
    MOST_PAIRS,
    SectionPair,
    find_last_search,
    find_pairs_between,
    find_section_pairs,
    load_pairs_of,
    waiting_pairs,
    with_places,
)
from ..refusals import CommentEntered, OverlapRefused
from ..services.dismissing import dismiss_pairs
from ..services.registering import enter_overlap

SUGGESTIONS = 10  # on a page
MOST_OFFERED = 20  # open overlaps of the comment's group, to add it to


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overlap_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The form with what is known already: `comment` in the address, or two sections, `first` and `second`."""
    require_desk(request.user)
    comment = get_comment_to_enter(request, request.user)
    if comment is not None:
        entered = Overlap.objects.filter(comment_rows__comment=comment).first()
        if entered is not None:
            return _is_entered(request, entered, CommentEntered(entered).message_th)
    pairs = _pairs_named(request)
    form = make_overlap_form(
        posted_data(request),
        by=request.user,
        comment=comment,
        initial=_initial_of_pairs(pairs),
    )
    status = form_status(form)
    if form.is_valid():
        try:
            made = enter_overlap(
                form.overlap_input, by=request.user, comment=comment, pairs=pairs
            )
        except CommentEntered as refused:
            return _is_entered(request, refused.overlap, refused.message_th)
        except OverlapRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, f"บันทึกเป็นเรื่องซ้ำซ้อนที่ {made.pk} แล้ว", form)
            return see_other(reverse("overlap", args=[made.uuid]))
    context = {
        "form": form,
        "comment": comment,
        "citation": cite_in_section(comment.entry) if comment is not None else "",
        "pairs": load_shown_pairs(request.user, pairs[:MOST_PAIRS]),
        "offered": _offered(request, comment),
        "agencies": find_agencies(request.user),
    }
    return render(request, "comments/overlaps/new.html", context, status=status)


def _is_entered(
    request: AuthenticatedHttpRequest, entered: Overlap, words: str
) -> HttpResponse:
    messages.info(request, words)
    return see_other(reverse("overlap", args=[entered.uuid]))


def _pairs_named(request: AuthenticatedHttpRequest) -> list[SimilarPair]:
    """Those that wait between the two sections of the address."""
    first = parse_uuid(request.GET.get("first", ""))
    second = parse_uuid(request.GET.get("second", ""))
    if first is None or second is None:
        return []
    return find_pairs_between(request.user, first, second)


def _initial_of_pairs(pairs: list[SimilarPair]) -> dict[str, Any]:
    """Two processes; forms alone are a form twice."""
    if not pairs:
        return {}
    are_forms = all(
        pair.clause_a.kind == pair.clause_b.kind == "form" for pair in pairs
    )
    kind = Overlap.Kind.SAME_FORM if are_forms else Overlap.Kind.SAME_TASK
    percents = [pair.percent for pair in pairs]
    likeness = f"ร้อยละ {max(percents)}"
    if min(percents) != max(percents):
        likeness = f"ร้อยละ {min(percents)} ถึง {max(percents)}"
    return {
        "kind": kind,
        "place_a": _place_of(pairs[0].clause_a.section),
        "place_b": _place_of(pairs[0].clause_b.section),
        "evidence": f"ถ้อยคำของ {len(pairs)} ข้อคล้ายกัน {likeness} จากการเทียบถ้อยคำของระบบ",
    }


def _place_of(section: Section) -> str:
    """A process, or the whole group of what is none."""
    return place_value(
        section.manual.work_group, section if section.is_process else None
    )


def _offered(request: AuthenticatedHttpRequest, comment: Comment | None) -> list[Any]:
    """Open overlaps of the comment's group, which may be what it speaks of."""
    if comment is None or comment.entry.manual.work_group_id is None:
        return []
    wanted = OverlapFilter(group=comment.entry.manual.work_group, state=OPEN)
    rows = narrow_overlaps(overlaps_seen_by(request.user), wanted).order_by("-pk")
    return load_overlap_rows(request.user, rows[:MOST_OFFERED])


# -- what the similarity search proposes


@login_required
@require_safe
def overlap_suggestions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Processes of two groups whose words are alike, those with the most clauses first."""
    require_desk(request.user)
    return _suggestions_page(request, status=200)


def _suggestions_page(
    request: AuthenticatedHttpRequest,
    *,
    status: int,
    refused: DismissalForm | None = None,
    refused_of: tuple[UUID, UUID] | None = None,
) -> HttpResponse:
    waiting = waiting_pairs(request.user)
    group = WorkGroup.objects.filter(key=request.GET.get("group", "")).first()
    found = find_section_pairs(waiting, group.pk if group is not None else None)
    page = Paginator(found, SUGGESTIONS).get_page(request.GET.get("page"))
    rows = [
        SectionPair(row["first"], row["second"], row["pairs"], row["nearest"])
        for row in page.object_list
    ]
    suggestions = load_suggestions(request.user, rows, load_pairs_of(waiting, rows))
    forms = []
    for number, suggestion in enumerate(suggestions):
        form = DismissalForm(auto_id=f"dismissal-{number}-%s")
        if refused_of == (suggestion.first.uuid, suggestion.second.uuid):
            form = refused or form
        forms.append((suggestion, form))
    roles = load_roles(request.user)
    context = {
        "page": page,
        "suggestions": forms,
        "groups": WorkGroup.objects.filter(manual__isnull=False),
        "group": group,
        "last_search": find_last_search(),
        "is_staff": roles.is_staff,
        "is_admin": roles.is_admin,
    }
    return render(request, "comments/overlaps/suggestions.html", context, status=status)


@login_required
@require_POST
def overlap_dismissals(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The shown pairs of two processes are no overlap."""
    require_desk(request.user)
    form = DismissalForm(request.POST)
    first = parse_uuid(request.POST.get("first", ""))
    second = parse_uuid(request.POST.get("second", ""))
    if not form.is_valid():
        refused_of = (first, second) if first and second else None
        return _suggestions_page(
            request, status=422, refused=form, refused_of=refused_of
        )
    pairs = list(
        with_places(
            waiting_pairs(request.user).filter(pk__in=form.cleaned_data["pairs"])
        )
    )
    if not pairs:
        messages.info(request, "รายการนี้มีผู้ดำเนินการแล้ว หรือถ้อยคำเปลี่ยนไปแล้ว จึงไม่ได้บันทึก")
        return see_other("overlap-suggestions")
    dismiss_pairs(pairs, by=request.user, reason=form.cleaned_data["reason"])
    tell_done(request, "บันทึกแล้ว ระบบจะไม่เสนอถ้อยคำเดิมอีก", form)
    return see_other("overlap-suggestions")
