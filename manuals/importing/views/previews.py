"""The preview of one process: its rows beside the file, and the pages where a row is put right."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.jobs.files import open_stored_file
from hearing_portal.refusals import Refusal
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    read_id,
    refuse_in_form,
    respond,
    status_of,
)

from ...models import ImportedProcess, Manual
from ..access import get_preview, get_sent_file
from ..preview_rows import PreviewRow
from ..refusals import PreviewOvertaken
from ..row_forms import (
    RowForm,
    RowMatchForm,
    RowPlaceForm,
    RowSplitForm,
    RowWordsForm,
    SeenRowsForm,
    TitleForm,
)
from ..row_presentation import PreviewPage, preview_page
from ..sent_pictures import find_picture
from ..services.correcting import (
    accept_rows,
    demote_row,
    join_row,
    leave_out_row,
    match_anew,
    match_row,
    move_row,
    promote_row,
    retitle,
    reword_row,
    split_row,
    take_back_row,
)

PAGE = "manuals/importing/preview.html"
PICTURE_SECONDS = 600  # its address names its bytes
ROW_PAGE = "manuals/importing/preview_row.html"
# What a button of a row does, and what is said when it was done
BUTTONS = {
    "promote": (promote_row, "เลื่อนออกหนึ่งระดับแล้ว"),
    "demote": (demote_row, "เลื่อนเข้าหนึ่งระดับแล้ว"),
    "join": (join_row, "รวมกับข้อก่อนแล้ว"),
    "leave": (leave_out_row, "เว้นไว้แล้ว ข้อนี้จะไม่นำเข้า"),
    "back": (take_back_row, "นำกลับเข้ามาแล้ว"),
}
type RowForms = dict[str, RowForm]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """Source beside result. POST says that doubtful rows were looked at, gives the process another title, or matches
    anew with the draft."""
    manual, process = get_preview(request.user, key, uuid)
    if request.method != "POST":
        return _show(request, manual, process)
    act = request.POST.get("act", "")
    try:
        if act == "match":
            match_anew(process, _version(request), by=request.user)
            done = "จับคู่กับร่างล่าสุดแล้ว"
        elif act == "accept":
            page = preview_page(manual, process)
            rows = [card.row for card in page.doubtful]
            form = SeenRowsForm(request.POST, rows=rows)
            if not form.is_valid():
                told = " ".join(str(each) for each in form.errors.get("accepted", ()))
                return _show(request, manual, process, problem=told, status=422)
            seen = form.cleaned_data["accepted"]
            count = accept_rows(
                process, seen, form.cleaned_data["version"], by=request.user
            )
            done = f"บันทึกว่าตรวจแล้ว {count} ข้อ"
        elif act == "retitle":
            titled = TitleForm(request.POST, version=process.lock_version)
            if not titled.is_valid():
                return _show(request, manual, process, titled=titled, status=422)
            cleaned = titled.cleaned_data
            retitle(process, cleaned["version"], cleaned["title"], by=request.user)
            done = "แก้ชื่อกระบวนงานแล้ว"
        else:
            raise NotVisible
    except Refusal as refusal:
        typed = request.POST.get("title", "")
        return _refuse(request, manual, uuid, refusal, typed=typed)
    return _done(request, manual, uuid, done)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_preview_row(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, row_uuid: UUID
) -> HttpResponse:
    """A row with its forms; POST is one act on it, by a button or by a form."""
    manual, process = get_preview(request.user, key, uuid)
    act = request.POST.get("act", "")
    if request.method == "POST" and act in BUTTONS:
        correct, done = BUTTONS[act]
        try:
            correct(process, row_uuid, _version(request), by=request.user)
        except Refusal as refusal:
            return _refuse(request, manual, uuid, refusal)
        anchor = "" if act == "join" else f"row-{row_uuid}"
        return _done(request, manual, uuid, done, anchor)
    page = preview_page(manual, process)
    card = page.card_of(row_uuid)
    if card is None:
        if request.method == "POST":
            # It was joined with another one meanwhile; what was typed is shown to be copied
            typed = "\n".join(_typed(request))
            return _refuse(request, manual, uuid, PreviewOvertaken(), typed=typed)
        raise NotVisible
    forms = _forms(page, card.row, request if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        form = forms.get(act)
        if form is None:
            raise NotVisible
        status = 422
        if form.is_valid():
            try:
                done = _correct(process, row_uuid, act, form, request)
            except PreviewOvertaken as refusal:
                status = refuse_in_form(form, refusal)
                form.show_version(process.lock_version)
            except Refusal as refusal:
                status = refuse_in_form(form, refusal)
            else:
                return _done(request, manual, uuid, done, card.anchor)
    context = {
        "manual": manual,
        "page": page,
        "card": card,
        "forms": forms,
        "form": forms.get(act),
    }
    return render(request, ROW_PAGE, context, status=status)


@login_required
@require_safe
def manual_files_original(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, number: int
) -> FileResponse:
    """The file as it came."""
    file = get_sent_file(request.user, key, uuid, number)
    return FileResponse(
        open_stored_file(file.original),
        as_attachment=True,
        filename=file.download_name,
        content_type=file.original.media_type,
    )


@login_required
@require_safe
def import_preview_picture(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, sha: str
) -> HttpResponse:
    """A picture that stands in the file, as it is to be a figure."""
    _, process = get_preview(request.user, key, uuid)
    found = find_picture(process, sha)
    if found is None:
        raise NotVisible
    media_type, content = found
    answered = HttpResponse(content, content_type=media_type)
    patch_cache_control(answered, private=True, max_age=PICTURE_SECONDS)
    return answered


def _forms(
    page: PreviewPage, row: PreviewRow, request: AuthenticatedHttpRequest | None
) -> RowForms:
    """By the act that each asks for; the one that was sent is bound."""
    version = page.process.lock_version
    act = request.POST.get("act", "") if request is not None else ""

    def data_of(name: str) -> object:
        return request.POST if request is not None and act == name else None

    make: dict[str, Callable[..., RowForm]] = {
        "reword": partial(RowWordsForm, row=row),
        "move": partial(RowPlaceForm, row=row),
    }
    card = page.card_of(row.uuid)
    if card is not None and card.is_of_words:
        make["split"] = partial(RowSplitForm, initial={"text": row.words})
    if page.process.target_id is not None:
        make["match"] = partial(RowMatchForm, row=row, clauses=page.clauses)
    forms = {}
    for name, form in make.items():
        forms[name] = form(data_of(name), version=version, auto_id=f"{name}-%s")
    return forms


def _correct(
    process: ImportedProcess,
    row: UUID,
    act: str,
    form: RowForm,
    request: AuthenticatedHttpRequest,
) -> str:
    """What was done, in words."""
    cleaned = form.cleaned_data
    version = cleaned["version"]
    by = request.user
    match act:
        case "reword":
            reword_row(process, row, version, cleaned["texts"], by=by)
            return "แก้ถ้อยคำแล้ว"
        case "split":
            made = split_row(process, row, version, cleaned["text"], by=by)
            return f"แยกเป็น {len(made)} ข้อแล้ว"
        case "move":
            move_row(
                process,
                row,
                version,
                part=cleaned["part"],
                kind=cleaned["kind"],
                numbering=cleaned["numbering"],
                by=by,
            )
            return "เปลี่ยนที่หรือชนิดของข้อแล้ว"
        case "match":
            match_row(process, row, version, cleaned["clause"], by=by)
            return "จับคู่ข้อแล้ว"
    raise NotVisible


def _title_form(process: ImportedProcess) -> TitleForm:
    initial = {"title": process.title}
    return TitleForm(version=process.lock_version, initial=initial)


def _version(request: AuthenticatedHttpRequest) -> int:
    return read_id(request.POST.get("version", ""))


def _typed(request: AuthenticatedHttpRequest) -> list[str]:
    typed = []
    for name, value in request.POST.items():
        if name == "text" or name.startswith("words-"):
            typed.append(str(value))
    return typed


def _url(manual: Manual, uuid: UUID, anchor: str = "") -> str:
    url = reverse("import-preview", args=[manual.key, uuid])
    return f"{url}#{anchor}" if anchor else url


def _show(
    request: AuthenticatedHttpRequest,
    manual: Manual,
    process: ImportedProcess,
    *,
    problem: str = "",
    typed: str = "",
    titled: TitleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "manual": manual,
        "page": preview_page(manual, process),
        "titled": titled or _title_form(process),
        "problem": problem,
        "typed": typed,
    }
    return render(request, PAGE, context, status=status)


def _refuse(
    request: AuthenticatedHttpRequest,
    manual: Manual,
    uuid: UUID,
    refusal: Refusal,
    *,
    typed: str = "",
) -> HttpResponse:
    """The preview as it stands now, with why nothing was done."""
    _, process = get_preview(request.user, manual.key, uuid)
    return _show(
        request,
        manual,
        process,
        problem=refusal.message_th,
        typed=typed,
        status=status_of(refusal),
    )


def _done(
    request: AuthenticatedHttpRequest,
    manual: Manual,
    uuid: UUID,
    done: str,
    anchor: str = "",
) -> HttpResponse:
    _, process = get_preview(request.user, manual.key, uuid)
    messages.success(request, done)
    context = {
        "manual": manual,
        "page": preview_page(manual, process),
        "titled": _title_form(process),
    }
    return respond(request, f"{PAGE}#rows", context, to=_url(manual, uuid, anchor))
