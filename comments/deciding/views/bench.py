"""The bench, where a proposal's words are adopted into the clause."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import refuse_in_form, require_permission
from hearing_portal.web.redirects import go_on, next_page
from manuals.content import Content
from manuals.drafting.changes import ChangeRefused, StaleClause

from ...moderating.access import get_comment_at_desk
from ...permissions import can_decide
from ...wording import wording_fields
from ..access import NOT_DRAFTER, comments_sharing_answer, decision_message
from ..forms import AdoptionForm
from ..presentation.bench import Bench, load_bench, read_content, rebase_on
from ..presentation.bench_page import BenchPage
from ..presentation.detail import Detail, load_detail
from ..services.adopting import Adoption, OutdatedAmendment, adopt_amendments
from ..services.ruling import DecisionRefused

NO_PROPOSAL = "ความเห็นนี้ไม่มีถ้อยคำที่เสนอสำหรับข้อที่ยังอยู่ในร่าง โปรดตัดสินที่หน้าผลการพิจารณา"
CHOOSE_WORDS = "โปรดเลือกถ้อยคำที่จะใช้ก่อน แล้วจึงตัดสิน"
SAME_WORDS = "ข้อเสนอนั้นแก้คำเดียวกับถ้อยคำในช่อง จึงรวมให้ไม่ได้ โปรดแก้ถ้อยคำในช่องเอง แล้วเลือกให้ใช้ผลร่วมกัน"
GONE = "ข้อเสนอที่จะนำมารวมมีผลแล้วหรือถอนไปแล้ว โปรดเปิดหน้านี้ใหม่"
TAKES = ("mine", "current", "merged")


# -- the bench


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_adoption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The words and the answer in one act. Overtaken by somebody else: 409, nothing chosen, nothing lost."""
    comment = get_comment_at_desk(request.user, uuid)
    require_permission(can_decide(request.user, comment.entry.manual.work_group), NOT_DRAFTER)
    detail = load_detail(comment, request.user)
    bench = load_bench(detail)
    if bench is None:
        return _no_bench(request, detail)
    if request.method != "POST":
        return _bench_page(request, bench, _fresh_form(bench))
    form = _sent_form(request, bench)
    if not form.is_valid():
        return _bench_page(request, bench, form, status=422)
    if request.POST.get("take") in TAKES:
        return _bench_page(request, bench, _taken_form(request, bench, form))
    if "join" in request.POST:
        return _join(request, bench, form)
    if "preview" in request.POST:
        return _bench_page(request, bench, form, changes=bench.changes_to(form.cleaned_data["content"]))
    return _adopt(request, bench, form)


def _no_bench(request: HttpRequest, detail: Detail) -> HttpResponse:
    status = 409 if request.method == "POST" else 200
    return render(request, "comments/deciding/bench/page.html", {"detail": detail, "why": NO_PROPOSAL}, status=status)


def _fresh_form(bench: Bench) -> AdoptionForm:
    """The fields begin as proposed; for an outdated replacement nothing is chosen yet."""
    undecided = bench.is_replacement and bench.is_outdated
    return _form(bench, "" if undecided else "proposed", bench.proposed)


def _form(bench: Bench, began: str, words: Content | None, *, data: Any = None, **initial: Any) -> AdoptionForm:
    """A form whose fields belong to the content named by `began` and show `words`, on the clause as it stands."""
    start = None if bench.is_deletion or not began else bench.proposed if began == "proposed" else bench.current
    values = {
        "lock_version": bench.clause.lock_version,
        "read_sha": bench.clause.sha,
        "began": began,
        **{f"words-{item.name}": item.text for item in (wording_fields(words) if words and start else [])},
        **initial,
    }
    return AdoptionForm(data, start=start, initial=values)


def _sent_form(request: HttpRequest, bench: Bench) -> AdoptionForm:
    """The fields belong to what the drafter had read, which may not be what the clause says by now."""
    if bench.is_deletion or request.POST.get("as_proposed"):
        return AdoptionForm(request.POST, start=None)
    if request.POST.get("began") == "current":
        return AdoptionForm(request.POST, start=read_content(request.POST.get("read_sha", ""), bench.current))
    return AdoptionForm(request.POST, start=bench.proposed if request.POST.get("began") else None)


def _taken_form(request: HttpRequest, bench: Bench, form: AdoptionForm) -> AdoptionForm:
    """The version the drafter has chosen, in fields to go on with. Writes nothing."""
    data = form.cleaned_data
    kept = {"reason": data["reason"], "also": data["also"]}
    typed = data["content"]
    if typed is not None:
        rebase_on(bench, read_content(data["read_sha"], bench.current), typed)
    take = request.POST["take"]
    if take == "merged" and bench.merged is not None:
        made = _form(bench, "current", bench.merged, **kept)
    elif take == "current":
        made = _form(bench, "current", bench.current, **kept)
    else:
        made = _form(bench, data["began"] or "proposed", typed or bench.proposed, **kept)
    rebase_on(bench, bench.current, bench.proposed)
    return made


def _join(request: HttpRequest, bench: Bench, form: AdoptionForm) -> HttpResponse:
    """Another proposal's changes taken into the words in the fields, its comment ticked to share the answer. Writes
    nothing. Where both change the same words: 409, the fields as they were."""
    other = next((each for each in bench.others if str(each.comment.uuid) == request.POST["join"]), None)
    data, words = form.cleaned_data, form.cleaned_data["content"]
    if other is None or words is None:
        form.add_error(None, GONE if other is None else CHOOSE_WORDS)
        return _bench_page(request, bench, form, status=422)
    joined = bench.joined(words, other)
    if joined is None:
        form.add_error(None, SAME_WORDS)
        return _bench_page(request, bench, form, status=409)
    also = list(dict.fromkeys([*data["also"], other.comment.uuid]))
    made = _form(bench, data["began"], joined, reason=data["reason"], also=also)
    return _bench_page(request, bench, made, changes=bench.changes_to(joined))


def _adopt(request: HttpRequest, bench: Bench, form: AdoptionForm) -> HttpResponse:
    data, comment = form.cleaned_data, bench.detail.comment
    if data["content"] is None and not bench.is_deletion and not data["as_proposed"]:
        form.add_error(None, CHOOSE_WORDS)
        return _bench_page(request, bench, form, status=422)
    on_current = data["read_sha"] == bench.clause.sha
    adoption = Adoption(bench.amendment, data["lock_version"], data["content"], on_current=on_current)
    try:
        sharing = comments_sharing_answer(request, comment, data["also"])
        disposition = adopt_amendments([adoption], by=request.user, reason=data["reason"], also_answers=sharing)
    except (StaleClause, OutdatedAmendment):
        return _overtaken(request, bench, form)
    except (DecisionRefused, ChangeRefused) as refused:
        return _bench_page(request, bench, form, status=refuse_in_form(form, refused))
    messages.success(request, f"แก้ถ้อยคำแล้ว {decision_message(disposition, 1 + len(sharing))}")
    return go_on(request, f"{reverse('group-queue', args=[comment.entry.manual.key])}?comment={comment.uuid}")


def _overtaken(request: HttpRequest, bench: Bench, form: AdoptionForm) -> HttpResponse:
    """Mine, theirs and the merged words side by side. The fields keep what was typed, on what was read."""
    data = form.cleaned_data
    if data["content"] is not None:
        rebase_on(bench, read_content(data["read_sha"], bench.current), data["content"])
    return _bench_page(request, bench, form, status=409, overtaken=True)


def _bench_page(
    request: HttpRequest, bench: Bench, form: AdoptionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    also = form.data.getlist("also") if form.is_bound else [str(uuid) for uuid in form.initial.get("also", ())]
    context = {
        "detail": bench.detail,
        "bench": bench,
        "form": form,
        "sharing": [(row, str(row.uuid) in also) for row in bench.duplicates],
        "next": next_page(request, "") or request.GET.get("next", ""),
        "changes": more.get("changes"),
        "page": BenchPage(bench, form, is_overtaken=more.get("overtaken", False)),
    }
    return render(request, "comments/deciding/bench/page.html", context, status=status)
