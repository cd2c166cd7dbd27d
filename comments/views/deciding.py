"""Deciding at the drafter's desk: the ruling, the bench where words are adopted, the second person, publishing."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.http import NotVisible, require
from manuals.content import Content
from manuals.models import ClauseChange
from manuals.services.drafting import StaleClause

from ..forms.deciding import AdoptionForm, DebtForm, DispositionForm
from ..models import Comment, Disposition
from ..permissions import can_confirm, can_decide, can_publish_answers
from ..queries.answers import answers_of
from ..queries.bench import Bench, bench_of, read_content, reread
from ..queries.detail import Detail, detail_of, duplicates_of
from ..queries.sessions import current_hearing
from ..services.deciding import (
    Adoption,
    DecisionRefused,
    OutdatedAmendment,
    adopt_amendments,
    clear_drafting_debt,
    confirm_disposition,
    decide_comments,
)
from ..services.publishing import PublishingRefused, publish_answers
from ..wording import wording_fields
from .moderating import comment_at_desk, desk_page, go_on, manual_at_desk, next_page, refused_at_desk

NOT_DRAFTER = "ตัดสินได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"
NO_PROPOSAL = "ความเห็นนี้ไม่มีถ้อยคำที่เสนอสำหรับข้อที่ยังอยู่ในร่าง โปรดตัดสินที่หน้าผลการพิจารณา"
CHOOSE_WORDS = "โปรดเลือกถ้อยคำที่จะใช้ก่อน แล้วจึงตัดสิน"
SAME_WORDS = "ข้อเสนอนั้นแก้คำเดียวกับถ้อยคำในช่อง จึงรวมให้ไม่ได้ โปรดแก้ถ้อยคำในช่องเอง แล้วเลือกให้ใช้ผลร่วมกัน"
GONE = "ข้อเสนอที่จะนำมารวมมีผลแล้วหรือถอนไปแล้ว โปรดเปิดหน้านี้ใหม่"
TAKES = ("mine", "current", "merged")


# -- the ruling


@login_required
@require_safe
def group_disposition(request: HttpRequest, key: str) -> HttpResponse:
    """From several chosen comments to the ruling they will share: the first one's page, the others beside it."""
    manual = manual_at_desk(request, key)
    require(can_decide(request.user, manual.work_group), NOT_DRAFTER)
    chosen = request.GET.getlist("comment")
    if not chosen:
        messages.error(request, "โปรดเลือกความเห็นอย่างน้อยหนึ่งเรื่อง แล้วจึงตัดสินรวมกัน")
        return redirect("group-queue", manual.key)
    try:
        first, *others = [UUID(uuid) for uuid in chosen]
    except ValueError as broken:
        raise NotVisible from broken
    query = urlencode([("also", uuid) for uuid in others] + [("next", request.GET.get("next", ""))])
    return redirect(f"{reverse('comment-disposition', args=[first])}?{query}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_disposition(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The ruling on a comment, and on those that share it."""
    comment = comment_at_desk(request, uuid)
    require(can_decide(request.user, comment.entry.manual.work_group), NOT_DRAFTER)
    if request.method != "POST":
        form = DispositionForm(about=comment.entry, initial={"also": request.GET.getlist("also")})
        return _disposition_page(request, comment, form)
    form = DispositionForm(request.POST, about=comment.entry, auto_id=_auto_id(request))
    if not form.is_valid():
        return _disposition_refused(request, comment, form, 422)
    try:
        sharing = _sharing(request, comment, form.cleaned_data["also"])
        disposition = decide_comments([comment, *sharing], form.ruling, by=request.user)
    except DecisionRefused as refused:
        form.add_error(refused.lacks or None, refused.message_th)
        return _disposition_refused(request, comment, form, refused.http_status)
    messages.success(request, _decided(disposition, 1 + len(sharing)))
    return go_on(request, f"{reverse('group-queue', args=[comment.entry.manual.key])}?{urlencode({'comment': uuid})}")


def _auto_id(request: HttpRequest) -> str:
    """The form stands at the desk beside others, or alone on its page."""
    return "disposition-%s" if request.POST.get("at") == "desk" else "id_%s"


def _sharing(request: HttpRequest, comment: Comment, also: list[UUID]) -> list[Comment]:
    """The comments that share the answer: of the same manual, and visible to the drafter."""
    wanted = [uuid for uuid in also if uuid != comment.uuid]
    rows = list(Comment.objects.visible_to(request.user).filter(uuid__in=wanted, entry__manual=comment.entry.manual_id))
    if len(rows) != len(wanted):
        raise DecisionRefused("ความเห็นที่เลือกบางเรื่องไม่อยู่ในกลุ่มงานนี้ โปรดเลือกใหม่")
    return rows


def _decided(disposition: Disposition, number: int) -> str:
    shared = f" ใช้ผลร่วมกัน {number} ความเห็น" if number > 1 else ""
    second = " ต้องมีผู้ยืนยันคนที่สองก่อนเผยแพร่" if disposition.needs_confirmation else ""
    return f"บันทึกผล “{disposition.get_outcome_display()}” แล้ว{shared}{second}"


def _disposition_refused(request: HttpRequest, comment: Comment, form: DispositionForm, status: int) -> HttpResponse:
    if request.POST.get("at") == "desk":
        return refused_at_desk(request, comment, status, disposition=form)
    return _disposition_page(request, comment, form, status=status)


def _disposition_page(
    request: HttpRequest, comment: Comment, form: DispositionForm, *, status: int = 200
) -> HttpResponse:
    detail = detail_of(comment, request.user)
    also = form.data.getlist("also") if form.is_bound else form.initial["also"]
    context = {
        "detail": detail,
        "form": form,
        "sharing": _shared_choices(request, comment, also),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "comments/deciding.html", context, status=status)


def _shared_choices(request: HttpRequest, comment: Comment, also: list[str]) -> list[tuple[Comment, bool]]:
    """[(comment, whether it is chosen)]: what was chosen elsewhere first, then the others on the same place."""
    wanted = set()
    for text in also:
        try:
            wanted.add(UUID(text))
        except ValueError:
            continue
    rows = Comment.objects.visible_to(request.user).select_related("office")
    chosen = list(rows.filter(uuid__in=wanted, entry__manual=comment.entry.manual_id).exclude(pk=comment.pk))
    known = {row.pk for row in chosen}
    others = [row for row in duplicates_of(comment) if row.pk not in known]
    return [(row, True) for row in chosen] + [(row, False) for row in others]


@login_required
@require_POST
def disposition_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's agreement to a refusal."""
    disposition = get_object_or_404(Disposition, pk=pk)
    first = disposition.answers.select_related("comment").order_by("-current", "pk").first()
    if first is None:
        raise NotVisible
    comment = comment_at_desk(request, first.comment.uuid)
    message = "ผู้ตัดสินยืนยันผลของตนเองไม่ได้ ต้องเป็นผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนของกลุ่มงานนี้"
    require(can_confirm(request.user, disposition, comment.entry.manual.work_group), message)
    confirm_disposition(disposition, by=request.user)
    messages.success(request, "ยืนยันผล “ไม่รับ” แล้ว")
    return go_on(request, f"{reverse('group-queue', args=[comment.entry.manual.key])}?comment={comment.uuid}")


# -- the bench


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_adoption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The words and the answer in one act. Overtaken by somebody else: 409, nothing chosen, nothing lost."""
    comment = comment_at_desk(request, uuid)
    require(can_decide(request.user, comment.entry.manual.work_group), NOT_DRAFTER)
    detail = detail_of(comment, request.user)
    bench = bench_of(detail)
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
    return render(request, "comments/bench.html", {"detail": detail, "why": NO_PROPOSAL}, status=status)


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
        reread(bench, read_content(data["read_sha"], bench.current), typed)
    take = request.POST["take"]
    if take == "merged" and bench.merged is not None:
        made = _form(bench, "current", bench.merged, **kept)
    elif take == "current":
        made = _form(bench, "current", bench.current, **kept)
    else:
        made = _form(bench, data["began"] or "proposed", typed or bench.proposed, **kept)
    reread(bench, bench.current, bench.proposed)
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
        sharing = _sharing(request, comment, data["also"])
        disposition = adopt_amendments([adoption], by=request.user, reason=data["reason"], also_answers=sharing)
    except (StaleClause, OutdatedAmendment):
        return _overtaken(request, bench, form)
    except (DecisionRefused, ValidationError) as refused:
        words = getattr(refused, "message_th", None) or " ".join(refused.messages)
        form.add_error(getattr(refused, "lacks", "") or None, words)
        return _bench_page(request, bench, form, status=getattr(refused, "http_status", 422))
    messages.success(request, f"แก้ถ้อยคำแล้ว {_decided(disposition, 1 + len(sharing))}")
    return go_on(request, f"{reverse('group-queue', args=[comment.entry.manual.key])}?comment={comment.uuid}")


def _overtaken(request: HttpRequest, bench: Bench, form: AdoptionForm) -> HttpResponse:
    """Mine, theirs and the merged words side by side. The fields keep what was typed, on what was read."""
    data = form.cleaned_data
    if data["content"] is not None:
        reread(bench, read_content(data["read_sha"], bench.current), data["content"])
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
        "is_chosen": form.start is not None or bench.is_deletion,
        "overtaken": more.get("overtaken", False),
        "typed": more.get("overtaken", False) and form.cleaned_data["content"] is not None,
    }
    return render(request, "comments/bench.html", context, status=status)


# -- publishing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_answers(request: HttpRequest, key: str) -> HttpResponse:
    """What is decided and what is missing; POST publishes all of the group's answers together."""
    manual = manual_at_desk(request, key)
    hearing = current_hearing()
    if hearing is None:
        return desk_page(request, manual, QueryDict())
    refusal, status = "", 200
    if request.method == "POST":
        message = "เผยแพร่ผลได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"
        require(can_publish_answers(request.user, manual.work_group), message)
        try:
            publication = publish_answers(hearing, manual.work_group, by=request.user)
        except PublishingRefused as refused:
            refusal, status = refused.message_th, 409
        else:
            number = publication.dispositions.count()
            messages.success(request, f"เผยแพร่ผลแล้ว {number} เรื่อง ผู้เสนอโต้แย้งได้ภายใน 14 วัน")
            return go_on(request, reverse("group-answers", args=[key]))
    context = {
        "manual": manual,
        "answers": answers_of(hearing, manual.work_group),
        "may_publish": can_publish_answers(request.user, manual.work_group),
        "refusal": refusal,
    }
    return render(request, "comments/answers.html", context, status=status)


@login_required
@require_POST
def disposition_drafting(request: HttpRequest, pk: int) -> HttpResponse:
    """A later change of words keeps the promise to draft."""
    disposition = get_object_or_404(Disposition, pk=pk)
    first = disposition.answers.filter(current=True).select_related("comment").order_by("pk").first()
    if first is None:
        raise NotVisible
    comment = comment_at_desk(request, first.comment.uuid)
    require(can_decide(request.user, comment.entry.manual.work_group), NOT_DRAFTER)
    form = DebtForm(request.POST)
    if not form.is_valid():
        raise DecisionRefused("โปรดเลือกการแก้ถ้อยคำที่ทำตามผลนี้")
    changes = ClauseChange.objects.filter(clause__section__manual=comment.entry.manual_id)
    change = get_object_or_404(changes, pk=form.cleaned_data["change"])
    clear_drafting_debt(disposition, change, by=request.user)
    messages.success(request, "ผูกการแก้ถ้อยคำกับผลแล้ว เรื่องนี้ไม่ค้างยกร่างอีก")
    return go_on(request, reverse("group-answers", args=[comment.entry.manual.key]))
