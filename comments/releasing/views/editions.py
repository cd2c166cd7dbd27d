"""The desk where editions are frozen and released."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.access import require_admin
from hearing_portal.refusals import Refusal
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS
from hearing_portal.thai.sentences import joined
from hearing_portal.web.http import AuthenticatedHttpRequest, read_id, respond
from manuals.models import Edition, EditionRelease
from manuals.reading.queries.editions import find_published_book

from ...deciding.queries.blockers import Blocker
from ..forms import FreezeForm
from ..presentation.freezing import show_freezing_step
from ..presentation.gate import (
    load_audience_releases,
    show_gate_state,
    show_gates,
    show_release_state,
)
from ..presentation.releasing import load_releasing_step
from ..queries.book import DraftBook, EditionBook
from ..queries.gate import Gate, find_release_blockers
from ..queries.unready import find_unready_manuals
from ..services import (
    ReleaseRefused,
    ask_for_published_book,
    needs_gate,
    release_edition,
)

GATE_PAGE = "comments/releasing/release_gate/page.html"
# What the public has read cannot be called back, so the press alone is not enough
WRONG_CODE = "โปรดพิมพ์รหัสฉบับ {code} ให้ตรงก่อนเผยแพร่แก่ประชาชน เพราะเผยแพร่แล้วเรียกคืนไม่ได้"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The list of editions and the form that freezes the working draft into a new one. A final edition of a draft that
    could not be released is frozen knowingly: after a step that names what is missing."""
    require_admin(request.user)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    blockers = find_release_blockers(DraftBook())
    if form.is_valid():
        if form.is_final and blockers and "is_confirmed" not in request.POST:
            return _confirm_freeze(request, form, blockers)
        job = form.save(by=request.user)
        return respond(
            request,
            "comments/releasing/job.html#job",
            {"job": job},
            to=f"/jobs/{job.uuid}/",
        )
    rows = (
        Edition.objects.sealed()
        .select_related("basis", "archival_record")
        .prefetch_related("releases")
    )
    context = {
        "form": form,
        "editions": rows,
        "unready": find_unready_manuals(),
        **_load_gates(blockers),
    }
    return render(
        request,
        "comments/releasing/editions.html",
        context,
        status=422 if form.is_bound else 200,
    )


def _confirm_freeze(
    request: AuthenticatedHttpRequest, form: FreezeForm, blockers: Sequence[Blocker]
) -> HttpResponse:
    data = form.cleaned_data
    step = show_freezing_step(
        blockers, code=data["code"], title=data["title"], basis=data["basis"]
    )
    gates = [gate for gate in show_gates(blockers) if not gate.is_passed]
    return render(
        request,
        "comments/releasing/confirm_freeze.html",
        {"step": step, "gates": gates},
    )


@login_required
@require_safe
def release_gate(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """What stands in the way of releasing this edition, each with a link."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    blockers = find_release_blockers(EditionBook(edition))
    context = _load_gate_page(edition, blockers, asked=_asked_page(request))
    return render(request, GATE_PAGE, context)


@login_required
@require_safe
def draft_gate(request: AuthenticatedHttpRequest) -> HttpResponse:
    """What would stand in the way if the working draft were frozen and released now: the same gates."""
    require_admin(request.user)
    blockers = find_release_blockers(DraftBook())
    gates = _load_gates(blockers, asked=_asked_page(request))
    context = {**gates, "unready": find_unready_manuals()}
    return render(request, "comments/releasing/release_gate/draft.html", context)


@login_required
@require_POST
def published_book(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """Asks for the book that everybody may have of an edition released to the public."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    job = ask_for_published_book(edition, by=request.user)
    return respond(
        request,
        "comments/releasing/job.html#job",
        {"job": job},
        to=f"/jobs/{job.uuid}/",
    )


@login_required
@require_POST
def edition_releases(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """Release the edition to an audience, after a step that says what will happen; refused with the blockers (409)
    while something stands in the way."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    audience = request.POST.get("audience", "")
    if audience not in EditionRelease.Audience.values:
        raise Refusal("โปรดเลือกว่าจะเผยแพร่ฉบับแก่ผู้ใด")
    if not edition.releases.filter(audience=audience).exists():
        is_public = audience == EditionRelease.Audience.PUBLIC
        typed_code = request.POST.get("code", "").strip()
        is_confirmed = "is_confirmed" in request.POST
        if is_public:
            # In either digits, and letter for letter: there may be codes that differ by large and small letters alone
            is_confirmed = typed_code.translate(TO_ARABIC_DIGITS) == edition.code
        if not is_confirmed:
            is_wrong = is_public and (
                "code" in request.POST or "is_confirmed" in request.POST
            )
            return _confirm_release(
                request, edition, audience, typed_code, is_wrong=is_wrong
            )
    try:
        release = release_edition(edition, audience, by=request.user)
    except ReleaseRefused as refused:
        return _refuse_release(request, edition, refused)
    messages.success(
        request,
        joined("เผยแพร่", edition.title, f"แก่{release.get_audience_display()}แล้ว"),
    )
    return respond(request, GATE_PAGE, _load_gate_page(edition, []), to="editions")


def _confirm_release(
    request: AuthenticatedHttpRequest,
    edition: Edition,
    audience: str,
    typed_code: str,
    *,
    is_wrong: bool,
) -> HttpResponse:
    """What releasing will do and to whom. A final edition that is blocked is refused at once, with the reasons."""
    if needs_gate(edition, audience):
        blockers = find_release_blockers(EditionBook(edition))
        if blockers:
            return _refuse_release(
                request, edition, ReleaseRefused.because_of(blockers)
            )
    refusal = WRONG_CODE.format(code=edition.code) if is_wrong else ""
    releasing = load_releasing_step(edition, audience, refusal=refusal)
    context = {
        "edition": edition,
        "releasing": releasing,
        "step": releasing.step,
        "typed_code": typed_code,
    }
    status = 422 if is_wrong else 200
    return render(
        request, "comments/releasing/confirm_release.html", context, status=status
    )


def _refuse_release(
    request: AuthenticatedHttpRequest, edition: Edition, refused: ReleaseRefused
) -> HttpResponse:
    context = _load_gate_page(edition, refused.blockers, refused.message_th)
    return render(request, GATE_PAGE, context, status=409)


def _asked_page(request: HttpRequest) -> tuple[str, int]:
    """The gate that is looked through, and which page of it."""
    return request.GET.get("gate", ""), read_id(request.GET.get("page", ""))


def _load_gate_page(
    edition: Edition,
    blockers: Sequence[Blocker],
    refusal: str = "",
    asked: tuple[str, int] = ("", 0),
) -> dict[str, object]:
    is_final = edition.kind == Edition.Kind.FINAL
    releases = load_audience_releases(edition, is_blocked=is_final and bool(blockers))
    is_public = any(
        row.release is not None and row.audience == EditionRelease.Audience.PUBLIC
        for row in releases
    )
    is_still_to_be_heard = edition.kind == Edition.Kind.HEARING and all(
        row.release is None for row in releases
    )
    context = {
        **_load_gates(blockers, is_due=is_final, asked=asked),
        "edition": edition,
        "needs_gate": is_final,
        "releases": releases,
        "refusal": refusal,
        "published_book": find_published_book(edition) if is_public else None,
        "unready": find_unready_manuals(edition) if is_still_to_be_heard else [],
    }
    # A final edition without a process is no empty page: it must not be released
    if is_final:
        context["state"] = show_gate_state(blockers, is_empty=False)
    else:
        context["state"] = show_release_state(
            releases, is_empty=bool(context["is_empty"])
        )
    return context


def _load_gates(
    blockers: Sequence[Blocker],
    *,
    is_due: bool = True,
    asked: tuple[str, int] = ("", 0),
) -> dict[str, object]:
    gates = show_gates(blockers, is_due=is_due, asked=asked)
    is_empty = all(blocker.kind == Gate.NO_PROCESS for blocker in blockers) and bool(
        blockers
    )
    return {
        "gates": gates,
        "open_gates": sum(not gate.is_passed for gate in gates),
        "blockers": blockers,
        "is_empty": is_empty,
        "state": show_gate_state(blockers, is_empty=is_empty),
    }
