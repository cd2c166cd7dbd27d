"""The bench, where a proposal's words are adopted into the clause."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import go_on, next_page
from hearing_portal.web.telling import tell_done
from manuals.drafting.changes import ChangeRefused, StaleClause
from manuals.drafting.typed_references import linked_note
from manuals.queries import find_wording
from manuals.wording import Redline

from ...links import desk_url
from ...moderating.forms import listed_uuids
from ..access import (
    get_comment_to_decide,
    get_comments_sharing_answer,
    get_proposal_to_decide,
)
from ..forms.adoption import AdoptionForm, BaseVersion
from ..presentation.bench import Bench, load_bench
from ..presentation.bench_page import BenchPage, BenchState
from ..presentation.detail import CommentDetail, load_detail
from ..presentation.messages import decision_message
from ..presentation.sharing import load_sharing_comments
from ..presentation.writing import clause_writing_url
from ..queries.proposals import Proposal
from ..queries.where_words_went import find_where_words_went
from ..services.adopting import (
    Adoption,
    OutdatedAmendment,
    ProposalReworded,
    adopt_amendments,
)
from ..services.ruling import DecisionRefused, StaleDecision

TEMPLATE = "comments/deciding/bench/page.html"
NO_PROPOSAL = "ความคิดเห็นนี้ไม่มีถ้อยคำที่เสนอสำหรับข้อที่ยังอยู่ในร่าง โปรดบันทึกผลที่หน้าผลการพิจารณา"
IS_ELSEWHERE = "ข้อที่เสนอแก้รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ {} โปรดบันทึกผล “ให้ยกร่าง” ที่หน้าผลการพิจารณา แล้วแก้ถ้อยคำในข้อนั้น"
CHOOSE_WORDS = "โปรดเลือกถ้อยคำที่จะใช้ แล้วจึงบันทึกผล"
SAME_WORDS = (
    "ข้อเสนอนั้นแก้คำเดียวกับถ้อยคำในช่อง จึงรวมให้ไม่ได้ โปรดแก้ถ้อยคำในช่องเอง แล้วเลือกให้ใช้ผลร่วมกัน"
)
GONE = "ข้อเสนอที่จะนำมารวมมีผลแล้วหรือถอนไปแล้ว โปรดเปิดหน้านี้อีกครั้ง"
TAKES = (
    "mine",
    "current",
    "merged",
)  # the versions of the words that a button "take" sends


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_adoption(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """GET shows the bench. POST changes the words and decides in one act, or asks for other words to begin with:
    `take` a version, `join` another proposal, `preview` what would change; these write nothing.

    An adoption only redirects, so no page is built for it: 25 queries.
    """
    if request.method != "POST":
        return _open_bench(request, uuid)
    proposal = get_proposal_to_decide(request.user, uuid)
    if proposal is None:
        return _nothing_to_adopt(request, _load_detail(request, uuid))
    form = AdoptionForm.as_sent(request.POST, proposal)
    asks_to_take = request.POST.get("take") in TAKES
    asks_to_join = "join" in request.POST
    asks_for_words = asks_to_take or asks_to_join or "preview" in request.POST
    is_overtaken = False
    status = 422
    if form.is_valid() and not asks_for_words:
        try:
            return _adopt(request, proposal, form)
        except (StaleClause, OutdatedAmendment):
            is_overtaken = True
        except ProposalReworded as reworded:
            status = refuse_in_form(form, reworded)
            form.rest_on_proposal(reworded.amendment)
        except StaleDecision as stale:
            status = refuse_in_form(form, stale)
            form.rest_on_answers(stale.answers)
        except (DecisionRefused, ChangeRefused) as refused:
            status = refuse_in_form(form, refused)
    # Refused, or other words are asked for: only these need all that the page shows
    detail = _load_detail(request, uuid)
    bench = load_bench(detail)
    if bench is None:
        return _nothing_to_adopt(request, detail)
    if is_overtaken:
        return _overtaken(request, bench, form)
    if form.errors:
        return _bench_page(request, bench, form, status=status)
    if asks_to_take:
        return _take_version(request, bench, form)
    if asks_to_join:
        return _join_proposal(request, bench, form)
    return _preview(request, bench, form)


def _open_bench(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """The fields begin as proposed; for an outdated rewording no version is chosen yet."""
    detail = _load_detail(request, uuid)
    bench = load_bench(detail)
    if bench is None:
        return _nothing_to_adopt(request, detail)
    proposal = bench.proposal
    version = BaseVersion.PROPOSED
    if proposal.is_replacement and proposal.is_outdated:
        version = BaseVersion.NONE
    form = AdoptionForm.of_version(proposal, version, proposal.proposed)
    form.rest_on({detail.comment.uuid: detail.disposition})
    return _bench_page(request, bench, form)


def _adopt(
    request: AuthenticatedHttpRequest, proposal: Proposal, form: AdoptionForm
) -> HttpResponse:
    """Raises what adopt_amendments raises, and DecisionRefused while no version of the words is chosen."""
    data = form.cleaned_data
    comment = proposal.comment
    has_words = data["content"] is not None or data["as_proposed"]
    if not has_words and not proposal.is_deletion:
        raise DecisionRefused(CHOOSE_WORDS)
    adoption = Adoption(
        proposal.amendment,
        data["lock_version"],
        data["content"],
        on_current=data["read_sha"] == proposal.clause.sha,
        seen_proposal=data["seen_proposal"],
    )
    sharing = get_comments_sharing_answer(
        request.user, comment, data["also"], as_proposed=True
    )
    adopted = adopt_amendments(
        [adoption],
        by=request.user,
        reason=data["reason"],
        also_answers=sharing,
        based_on=form.seen_decisions([comment, *sharing]),
    )
    told = decision_message(adopted.disposition, 1 + len(sharing))
    tell_done(request, f"แก้ถ้อยคำแล้ว {told} {linked_note(adopted.names)}".strip(), form)
    return go_on(request, desk_url(comment))


def _overtaken(
    request: AuthenticatedHttpRequest, bench: Bench, form: AdoptionForm
) -> HttpResponse:
    """What the drafter typed, what the clause says now and both merged side by side. The fields keep what was typed,
    on what was read."""
    bench = _rebase_on_typed(bench, form)
    return _bench_page(request, bench, form, BenchState.OVERTAKEN, status=409)


def _take_version(
    request: AuthenticatedHttpRequest, bench: Bench, form: AdoptionForm
) -> HttpResponse:
    """The version the drafter has chosen, in fields to go on with."""
    typed = _rebase_on_typed(bench, form)
    take = request.POST["take"]
    version = form.version or BaseVersion.PROPOSED
    words = typed.draft
    if take == "merged" and typed.merged is not None:
        version = BaseVersion.CURRENT
        words = typed.merged
    elif take == "current":
        version = BaseVersion.CURRENT
        words = bench.proposal.current
    taken = AdoptionForm.of_version(bench.proposal, version, words, **form.kept)
    return _bench_page(request, bench, taken)


def _rebase_on_typed(bench: Bench, form: AdoptionForm) -> Bench:
    """The bench with what the drafter typed as the draft, on the words they had read; as it is, where nothing was."""
    typed = form.cleaned_data["content"]
    if typed is None:
        return bench
    read = find_wording(form.cleaned_data["read_sha"]) or bench.proposal.current
    return bench.rebase_on(read, typed)


def _join_proposal(
    request: AuthenticatedHttpRequest, bench: Bench, form: AdoptionForm
) -> HttpResponse:
    """Another proposal's changes taken into the words in the fields, its comment ticked to share the answer. Where
    both change the same words: 409, the fields as they were."""
    data = form.cleaned_data
    words = data["content"]
    other = bench.find_competing(request.POST["join"])
    if other is None or words is None:
        form.add_error(None, GONE if other is None else CHOOSE_WORDS)
        return _bench_page(request, bench, form, status=422)
    joined = bench.joined(words, other.amendment)
    if joined is None:
        form.add_error(None, SAME_WORDS)
        return _bench_page(request, bench, form, status=409)
    also = data["also"]
    if other.comment.uuid not in also:
        also = [*also, other.comment.uuid]
    joined_form = AdoptionForm.of_version(
        bench.proposal, form.version, joined, **{**form.kept, "also": also}
    )
    changes = bench.changes_to(joined)
    return _bench_page(request, bench, joined_form, BenchState.PREVIEW, changes=changes)


def _preview(
    request: AuthenticatedHttpRequest, bench: Bench, form: AdoptionForm
) -> HttpResponse:
    """What adopting the words in the fields would change."""
    words = form.cleaned_data["content"]
    if words is None:
        return _bench_page(request, bench, form)
    return _bench_page(
        request, bench, form, BenchState.PREVIEW, changes=bench.changes_to(words)
    )


# -- the page


def _load_detail(request: AuthenticatedHttpRequest, uuid: UUID) -> CommentDetail:
    comment = get_comment_to_decide(request.user, uuid)
    return load_detail(comment, request.user)


def _nothing_to_adopt(
    request: AuthenticatedHttpRequest, detail: CommentDetail
) -> HttpResponse:
    context: dict[str, object] = {"detail": detail, "why": NO_PROPOSAL}
    clause = detail.clause
    place = None if clause is None else find_where_words_went(clause)
    if place is not None:
        context["why"] = IS_ELSEWHERE.format(place.name)
        context["words_at"] = clause_writing_url(place.clause)
    return render(
        request, TEMPLATE, context, status=409 if request.method == "POST" else 200
    )


def _bench_page(
    request: AuthenticatedHttpRequest,
    bench: Bench,
    form: AdoptionForm,
    state: BenchState | None = None,
    *,
    changes: list[Redline] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Without a `state` it follows from the form: one is READY to decide with a version in the fields."""
    if state is None:
        is_chosen = form.base is not None or bench.proposal.is_deletion
        state = BenchState.READY if is_chosen else BenchState.CHOOSING
    sharing = load_sharing_comments(
        request.user,
        bench.detail.comment,
        listed_uuids(form, "also"),
        bench.duplicates,
    )
    context = {
        "detail": bench.detail,
        "bench": bench,
        "page": BenchPage(bench, form, state, changes, sharing),
        "form": form,
        "next": next_page(request, "") or request.GET.get("next", ""),
    }
    return render(request, TEMPLATE, context, status=status)
