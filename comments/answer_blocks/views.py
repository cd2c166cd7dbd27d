"""The answers that a group gives often: all of them, and one with where it was used."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    refuse_in_form,
    require_permission,
    status_of,
)
from hearing_portal.web.telling import tell_done
from manuals.models import Manual

from ..models import AnswerBlock
from ..moderating.access import NOT_AT_DESK, get_manual_at_desk
from .forms import BlockForm
from .presentation import show_uses
from .queries import find_block, find_blocks
from .services import BlockRefused, put_block_away, reword_block, write_block

KEPT = "บันทึกคำตอบมาตรฐานแล้ว"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_blocks(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    manual = get_manual_at_desk(request.user, key)
    group = manual.work_group
    require_permission(group is not None, NOT_AT_DESK)
    form = BlockForm(posted_data(request))
    status = form_status(form)
    if group is not None and form.is_valid():
        data = form.cleaned_data
        try:
            write_block(group, data["name"], data["text"], by=request.user)
        except BlockRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, KEPT, form)
            return redirect("answer-blocks", key)
    context = {"manual": manual, "blocks": find_blocks(group), "form": form}
    page = "comments/answer_blocks/blocks.html"
    return render(request, page, context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_block(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    manual, block = _get_block(request, key, uuid)
    form = BlockForm(posted_data(request), block=block)
    status = form_status(form)
    if form.is_valid():
        data = form.cleaned_data
        try:
            seen = _as_seen(block, data["seen"])
            reword_block(seen, data["name"], data["text"], by=request.user)
        except BlockRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, KEPT, form)
            return redirect("answer-block", key, uuid)
    return _block_page(request, manual, block, form, status)


@login_required
@require_POST
def answer_block_putting_away(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    manual, block = _get_block(request, key, uuid)
    form = BlockForm(block=block)
    try:
        put_block_away(block, by=request.user)
    except BlockRefused as refused:
        return _block_page(request, manual, block, form, status_of(refused))
    tell_done(request, "เลิกใช้คำตอบมาตรฐานแล้ว ผลที่ใช้ข้อความนี้ไปแล้วคงเดิม", form)
    return redirect("answer-blocks", key)


def _get_block(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> tuple[Manual, AnswerBlock]:
    manual = get_manual_at_desk(request.user, key)
    block = find_block(manual.work_group, uuid)
    if block is None:
        raise NotVisible
    return manual, block


def _as_seen(block: AnswerBlock, seen: int | None) -> AnswerBlock:
    """The wording that the page showed: another one may stand by now."""
    shown = AnswerBlock.objects.filter(uuid=block.uuid, pk=seen or block.pk)
    return shown.select_related("work_group").first() or block


def _block_page(
    request: AuthenticatedHttpRequest,
    manual: Manual,
    block: AnswerBlock,
    form: BlockForm,
    status: int,
) -> HttpResponse:
    context = {
        "manual": manual,
        "kept": block,
        "uses": show_uses(block),
        "form": form,
    }
    page = "comments/answer_blocks/block.html"
    return render(request, page, context, status=status)
