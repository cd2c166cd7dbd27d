"""The bench of a clause: all proposals for it side by side, and the words they give together."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.refusals import Refusal
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    parse_uuid,
    read_id,
    status_of,
)
from hearing_portal.web.telling import tell_done
from manuals.content import ContentRefused
from manuals.drafting.changes import ChangeRefused, StaleClause
from manuals.drafting.queries.references import find_cited_clauses
from manuals.models import Clause

from ..access import ClauseLeft, get_clause_to_decide
from ..presentation.clause_bench import ClauseBench, load_clause_bench
from ..presentation.writing import clause_writing_url
from ..queries.bench_drafts import find_bench_draft
from ..queries.clause_proposals import count_arrived
from ..services.bench_drafts import drop_bench_draft, keep_bench_draft
from ..services.merging_proposals import merge_proposals
from ..services.ruling import DecisionRefused

TEMPLATE = "comments/deciding/clause_bench/page.html"
CHANGED = "ถ้อยคำเปลี่ยนตามข้อเสนอที่เลือก โปรดตรวจผลในหน้านี้ แล้วบันทึกอีกครั้ง"
OVERTAKEN = (
    "มีผู้แก้ถ้อยคำของข้อนี้ไปก่อนแล้ว ระบบรวมใหม่กับถ้อยคำปัจจุบัน โปรดตรวจผลในหน้านี้ แล้วบันทึกอีกครั้ง"
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_bench(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """GET shows the bench as the person left it; `?comment=` is what a fresh one begins with. POST shows what the
    choices give, and keeps them; with `save` it changes the words and decides in one act, with `restart` it lets go of
    what was kept."""
    try:
        clause = get_clause_to_decide(request.user, uuid)
    except ClauseLeft as left:
        return _clause_left(request, left)
    if request.method != "POST":
        return _open_bench(request, clause)
    if "restart" in request.POST:
        drop_bench_draft(clause, by=request.user)
        return redirect("clause-bench", uuid)
    bench = load_clause_bench(
        clause, request.user, request.POST, drops_own="combined" in request.POST
    )
    if "save" in request.POST:
        return _save(request, bench)
    # What comes late, after the results were saved, is not kept
    if not bench.is_overtaken:
        sent = dict(bench.form.sent.lists())
        sent.pop("csrfmiddlewaretoken", None)
        keep_bench_draft(clause, sent, by=request.user)
    return _bench_page(request, bench, status=422 if bench.form.errors else 200)


def _clause_left(request: AuthenticatedHttpRequest, left: ClauseLeft) -> HttpResponse:
    context = {
        "message": left.message_th,
        "place": left.place,
        "url": clause_writing_url(left.place.clause),
    }
    status = status_of(left)
    return render(
        request, "comments/deciding/clause_bench/left.html", context, status=status
    )


def _open_bench(request: AuthenticatedHttpRequest, clause: Clause) -> HttpResponse:
    draft = find_bench_draft(clause, request.user)
    data = QueryDict(mutable=True)
    if draft is not None:
        for name, texts in draft.values.items():
            data.setlist(name, texts)
    bench = load_clause_bench(
        clause,
        request.user,
        data,
        opened_from=parse_uuid(request.GET.get("comment", "")),
    )
    return _bench_page(request, bench, draft=draft)


def _save(request: AuthenticatedHttpRequest, bench: ClauseBench) -> HttpResponse:
    form = bench.form
    if not form.is_valid():
        return _bench_page(request, bench, status=422)
    bench.problems += bench.find_problems()
    if bench.is_overtaken:
        bench.problems.append(OVERTAKEN)
    elif bench.is_unseen:
        bench.problems.append(CHANGED)
    if bench.problems:
        return _bench_page(request, bench, status=409 if bench.is_overtaken else 422)
    bench.add_reason_errors()
    if form.errors:
        return _bench_page(request, bench, status=422)
    try:
        merge = bench.merge()
        decisions = merge_proposals(merge, by=request.user)
    except ContentRefused:
        bench.problems.append("ข้อเสนอที่เลือกใช้ร่วมกันไม่ได้ โปรดเลือกใหม่")
        return _bench_page(request, bench, status=422)
    except (StaleClause, DecisionRefused, ChangeRefused) as refused:
        return _overtaken(request, bench, refused)
    drop_bench_draft(bench.clause, by=request.user)
    told = f"บันทึกผล {len(merge.comments)} เรื่องแล้ว"
    if any(decision.needs_confirmation for decision in decisions):
        told += " เรื่องที่ไม่เห็นชอบต้องมีผู้ยืนยันคนที่สองก่อนเผยแพร่"
    tell_done(request, told, form)
    return redirect("clause-bench", bench.clause.uuid)


def _overtaken(
    request: AuthenticatedHttpRequest, bench: ClauseBench, refused: Refusal
) -> HttpResponse:
    """As things stand now, with what the drafter chose."""
    now = get_clause_to_decide(request.user, bench.clause.uuid)
    again = load_clause_bench(now, request.user, request.POST)
    again.problems.append(refused.message_th)
    return _bench_page(request, again, status=status_of(refused))


def _bench_page(
    request: AuthenticatedHttpRequest,
    bench: ClauseBench,
    *,
    draft: object = None,
    status: int = 200,
) -> HttpResponse:
    uuid = str(bench.clause.uuid)
    cited = find_cited_clauses([uuid])
    context = {
        "bench": bench,
        "form": bench.form,
        "name": cited[uuid].name.name if uuid in cited else "",
        "draft": draft,
        "manual": bench.clause.section.manual,
    }
    return render(request, TEMPLATE, context, status=status)


@login_required
@require_safe
def clause_bench_arrived(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """What has come since the page was made (`?after=`, the number of the last comment on it), for the page to ask
    now and then."""
    clause = get_clause_to_decide(request.user, uuid)
    after = read_id(request.GET.get("after", ""))
    context = {
        "arrived": count_arrived(clause, request.user, after),
        "url": f"{reverse('clause-bench-arrived', args=[uuid])}?after={after}",
    }
    return render(request, "comments/deciding/clause_bench/arrived.html", context)
