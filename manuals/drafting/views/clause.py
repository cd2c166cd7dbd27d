"""Writing one clause: its words, a new one, and what was typed and not saved yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_time
from hearing_portal.thai.text import changes_note
from hearing_portal.web.forms import posted_data, text_changes
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, refuse_in_form
from hearing_portal.web.redirects import go_on, see_other

from ...access import lead_to_clause
from ...content import Content, Definition, Figure, Form, content_sha
from ...models import Clause, Section
from ...queries import find_wording
from ...wording import Redline, field_label
from ..access import get_clause_to_edit, get_section_to_edit
from ..acknowledged import note_stored, stored_sheets
from ..adopted import (
    FindAdopted,
    FindKept,
    find_nothing_adopted,
    find_nothing_kept,
)
from ..changes import ChangeRefused, NothingChanged, Position, StaleClause
from ..forms.clause import ClauseForm
from ..forms.clause_forms import (
    form_after_act,
    form_as_left,
    form_as_sent,
    form_on_clause,
    form_on_new,
)
from ..forms.files import FILE_MEGABYTES, sign_file
from ..forms.knows import read_known
from ..forms.reference import ReferenceForm
from ..forms.structure import find_place_beside
from ..part_kinds import blank_content, kinds_of_part
from ..place import NewClausePlace
from ..presentation.clause_page import ClausePage, page_of_clause, page_of_new_clause
from ..presentation.conflict import EditConflict, load_conflict
from ..presentation.decided import LeavingDecision, name_lost
from ..presentation.joined_away import JoinedAway, load_joined_away
from ..presentation.kept_words import (
    MetWords,
    fields_left,
    find_copies_behind,
    form_on_copies,
    form_on_new_copies,
    meet_copy,
    merge_copies,
    merge_new_copies,
    merge_saves,
)
from ..presentation.law_help import find_repealed_in_words, load_law_help
from ..presentation.left_unsaved import NOTHING_LEFT, LeftUnsaved, load_left
from ..presentation.links import section_url
from ..presentation.lost_place import load_lost_place
from ..presentation.references import load_reference_help
from ..presentation.unsaved import writing_url
from ..promises import NO_PROMISES, Promises, find_promise
from ..queries.buffers import find_copies
from ..queries.clauses import find_numbering, find_standing_position, is_defined_twice
from ..queries.last_acts import find_numbering_at, find_past_wording
from ..queries.references import link_typed_in
from ..services.buffers import drop_buffer
from ..services.clause_files import take_clause_file
from ..services.editing import add_clause, revise_clause, revise_pieces
from ..services.keeping_decided import LosesDecided, keeping_decided
from ..sheets import NO_SHEET, Sheet
from ..told_words import tell_redlines
from ..typed_references import LinkedContent, linked_note, unlinked_note
from .gone import gone_page
from .keeping import (
    drop_empty_copies,
    has_sent_words,
    keep_refused,
    keep_typed,
)

TEMPLATE = "manuals/drafting/clause.html"
KEPT = "เก็บร่างที่พิมพ์ไว้แล้ว ยังไม่ได้บันทึกเป็นรุ่นใหม่"
JOINED_FROM = "joined_from"  # the clause that was joined to the one of the form
DROPPED = "ทิ้งร่างที่พิมพ์ค้างไว้แล้ว"
PLACE_IS_GONE = "ที่ที่จะวางข้อใหม่ไม่มีในร่างแล้ว โปรดเลือกที่วางใหม่"
ADDED_BEFORE = (
    "ข้อใหม่นี้บันทึกไว้แล้ว หน้านี้แก้ไขข้อเดียวกันนั้น หากต้องการเพิ่มอีกข้อ โปรดกลับหน้าร่าง แล้วเริ่มเพิ่มข้อใหม่"
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_edit(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    promises: Promises = NO_PROMISES,
    find_adopted: FindAdopted = find_nothing_adopted,
    find_kept: FindKept = find_nothing_kept,
) -> HttpResponse:
    """GET shows the words, or what the person left unsaved, or with the hash of a `wording` what the clause said once.
    POST saves them as a version, which may keep one of the `promises`; `keep` keeps them unsaved, `take` goes on with a
    version of the words after a conflict, and `act` shows the form again after a button of it has done its work. Words
    that were decided are taken out knowingly."""
    clause = get_clause_to_edit(request.user, key, uuid, clause_uuid)
    led = lead_to_clause(request, clause, uuid, "clause-edit")
    if led is not None:
        return led
    if clause.retired_id is not None or clause.section.retired_id is not None:
        joined = _offer_where_joined(request, clause, promises)
        return joined or gone_page(request, clause.section, clause.uuid, clause)
    if request.method != "POST":
        adopted = find_adopted([clause.section_id])
        source = adopted.get(clause.uuid, "")
        return _open_clause(request, clause, promises, decided=source)
    if "keep" in request.POST:
        keep_typed(request, clause.section, clause.uuid, clause)
        note_stored(request)
        messages.success(request, KEPT)
        return see_other(section_url(clause.section, clause.uuid))
    base = find_wording(request.POST.get("read_sha", "")) or clause.content
    if "act" in request.POST:
        acted = _form_after_act(request, base)
        acted.offer_promises(
            promises.find(clause.section), chosen=request.POST.get("promise", "")
        )
        return _clause_page(request, clause, acted)
    form = _form_with_upload(request, base)
    # Sent twice, or overtaken: what became of the promise is seen on the next page
    if request.POST.get("lock_version") == str(clause.lock_version):
        form.offer_promises(promises.find(clause.section))
    if not form.is_valid():
        keep_refused(request, clause.section, clause.uuid, clause)
        return _clause_page(request, clause, form, status=422)
    if "take" in request.POST:
        return _take_version(request, clause, form, promises, find_kept)
    return _save_wording(request, clause, form, base, promises, find_adopted, find_kept)


def _offer_where_joined(
    request: AuthenticatedHttpRequest, clause: Clause, promises: Promises
) -> HttpResponse | None:
    """What was sent to a clause that was joined to another one meanwhile, in the form of what has its words now; None
    where nothing was sent to be saved, or nothing has them. What was typed is kept with the clause that left, too."""
    if request.method != "POST" or {"keep", "act"} & request.POST.keys():
        return None
    base = find_wording(request.POST.get("read_sha", "")) or clause.content
    form = _form_with_upload(request, base)
    if not form.is_valid() or form.cleaned_data["content"] == base:
        return None
    mine = link_typed_in(clause.section, form.cleaned_data["content"]).content
    joined = load_joined_away(clause, base, mine, request.user)
    if joined is None:
        return None
    keep_refused(request, clause.section, clause.uuid, clause)
    survivor = joined.survivor
    offered = form_on_clause(
        survivor, joined.merged, reason=form.cleaned_data["reason"]
    )
    offered.is_unkept = joined.merged is not None
    offered.offer_promises(
        promises.find(survivor.section), chosen=request.POST.get("promise", "")
    )
    page = replace(
        page_of_clause(survivor, request.user),
        hidden=[(JOINED_FROM, str(clause.uuid))],
    )
    return _render(request, page, offered, joined=joined, status=409)


def _save_wording(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: ClauseForm,
    base: Content,
    promises: Promises,
    find_adopted: FindAdopted,
    find_kept: FindKept,
) -> HttpResponse:
    """What the form says, as a version of the clause; 409 where somebody else has changed `base` meanwhile."""
    data = form.cleaned_data
    decided = find_adopted([clause.section_id]).get(clause.uuid, "")
    linked = link_typed_in(clause.section, data["content"])
    known = read_known(request.POST)
    try:
        with keeping_decided(clause.section, find_kept, known=known):
            own_words = _store_wording(
                request, clause, form, base, linked.content, promises
            )
    except LosesDecided as refused:
        return _ask_whether_known(request, clause, form, refused)
    except StaleClause as stale:
        if (
            stale.clause.sha == content_sha(linked.content)
            and stale.clause.numbering == data["numbering"]
        ):
            return see_other(
                section_url(clause.section, clause.uuid)
            )  # nobody is in conflict with what says the same
        keep_refused(request, clause.section, clause.uuid, clause)
        conflict = load_conflict(
            stale.clause,
            base,
            linked.content,
            read=data["lock_version"],
            user=request.user,
        )
        form.offer_promises(promises.find(clause.section))
        return _clause_page(request, clause, form, conflict=conflict, status=409)
    except NothingChanged as refused:
        # A reason alone is no work that waits
        drop_buffer(clause.uuid, Sheet.from_form(request.POST), by=request.user)
        form.is_unkept = False
        return _clause_page(request, clause, form, status=refuse_in_form(form, refused))
    except Refusal as refused:
        return _clause_page(request, clause, form, status=refuse_in_form(form, refused))
    clause.refresh_from_db()
    drop_empty_copies(request.user, clause)
    if JOINED_FROM in request.POST:
        joined_from = _read_uuid(request.POST[JOINED_FROM])
        drop_buffer(joined_from, Sheet.from_form(request.POST), by=request.user)
    tell_saved(
        request,
        clause.section,
        keeps_promise=bool(data.get("promise")),
        notes=[
            *_notes(clause.section, clause.uuid, form, linked),
            own_words,
            _tell_left_decision(clause, decided, find_adopted),
        ],
    )
    return see_other(section_url(clause.section, clause.uuid))


def _ask_whether_known(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: ClauseForm,
    refused: LosesDecided,
    conflict: EditConflict | None = None,
) -> HttpResponse:
    """What was decided and these words would take out, and a tick."""
    clause = get_clause_to_edit(
        request.user, clause.section.manual.key, clause.section.uuid, clause.uuid
    )
    keep_refused(request, clause.section, clause.uuid, clause)
    form.ask_whether_known(refused)
    losses = name_lost(clause.section, refused.lost)
    return _clause_page(
        request, clause, form, conflict=conflict, losses=losses, status=422
    )


def _tell_left_decision(clause: Clause, decided: str, find_adopted: FindAdopted) -> str:
    """That words which were adopted from these comments were changed; "" where they say the same, or keep a promise."""
    if not decided or clause.uuid in find_adopted([clause.section_id]):
        return ""
    return f"ถ้อยคำก่อนแก้เป็นไปตามผลการพิจารณา{decided} โปรดตรวจว่าถ้อยคำใหม่ไม่ขัดกับผลนั้น"


def _store_wording(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: ClauseForm,
    base: Content,
    content: Content,
    promises: Promises,
) -> str:
    """Where the same person saved other words of the clause since, on another page, or somebody else changed nothing
    of its words, both are stored in one: what is told of that, else "". Raises as revise_clause does."""
    data = form.cleaned_data

    def revise(
        standing: Clause,
        lock_version: int,
        words: Content,
        promise: str,
        numbering: str = data["numbering"],
    ) -> None:
        revise_clause(
            standing,
            lock_version,
            words,
            numbering=numbering,
            by=request.user,
            reason=data["reason"],
            promises=promises,
            promise=promise,
            sheet=Sheet.from_form(request.POST),
        )

    try:
        revise(clause, data["lock_version"], content, data.get("promise", ""))
    except StaleClause as stale:
        standing = stale.clause
        numbering = data["numbering"]
        if numbering == find_numbering_at(standing, data["lock_version"]):
            numbering = standing.numbering  # a move may have given it another one
        merged = merge_saves(
            standing, data["lock_version"], base, content, request.user
        )
        is_said_already = merged is not None and (
            (content_sha(merged.content), numbering)
            == (standing.sha, standing.numbering)
        )
        if merged is None or is_said_already:
            raise
        promise = request.POST.get("promise", "")
        revise(standing, standing.lock_version, merged.content, promise, numbering)
        return merged.told
    return ""


def _notes(
    section: Section, uuid: UUID, form: ClauseForm, linked: LinkedContent
) -> list[str]:
    """What the portal made otherwise than it was typed, and what the writer of the clause `uuid` should look at."""
    notes = [
        linked_note(linked.names),
        unlinked_note(
            linked.unnamed,
            linked.beside,
            fields=[
                field_label(linked.content, name)
                for name in linked.content.referring_fields
            ],
        ),
        changes_note(text_changes(form)),
    ]
    if isinstance(form, ReferenceForm) and form.is_unknown:
        notes.append("ไม่พบชื่อที่วางในทะเบียนกฎหมาย จึงเก็บเป็นถ้อยคำโดยไม่ผูกกับทะเบียน")
    content = linked.content
    if isinstance(content, Definition) and is_defined_twice(
        section, uuid, content.term
    ):
        notes.append(
            f"คำว่า “{content.term}” มีความหมายไว้แล้วอีกข้อหนึ่งในกระบวนงานนี้ โปรดตรวจว่าซ้ำกันหรือไม่"
        )
    return notes


def _open_clause(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    promises: Promises,
    *,
    told: str = "",
    decided: str = "",
) -> HttpResponse:
    """`decided` are the comments that the words were adopted from, if any."""
    past = (
        find_past_wording(clause, request.GET["wording"])
        if "wording" in request.GET
        else None
    )
    if past is not None:  # what the person left unsaved stays beside it
        again = form_on_clause(clause, past)
        again.is_unkept = True
        again.offer_promises(promises.find(clause.section))
        return _clause_page(request, clause, again, decided=decided)
    copies = find_copies(request.user, clause.uuid)
    behind: dict[int, Sequence[Redline]] = {}
    readable = []
    for late in find_copies_behind(copies, clause, request.user):
        behind[late.copy.pk] = []
        if late.words is not None:
            readable.append(late)
    told_changes = tell_redlines(
        (clause.content, late.words, clause.section_id) for late in readable
    )
    for late, changes in zip(readable, told_changes, strict=True):
        behind[late.copy.pk] = changes
    left = load_left(copies, copy=request.GET.get("copy", ""), behind=behind)
    met = MetWords(form_on_clause(clause))
    if left.shown is not None:
        met = meet_copy(left.shown, clause, request.user)
        for copy in left.others:
            copy.can_merge = merge_copies(left.shown, copy.buffer, clause) is not None
            if str(copy.buffer.sheet) == request.GET.get("with"):
                both = form_on_copies(left.shown, copy.buffer, clause)
                met = MetWords(both) if both is not None else met
    met.form.told = met.form.told or told
    met.form.offer_promises(
        promises.find(clause.section), chosen=request.GET.get("promise", "")
    )
    return _clause_page(
        request, clause, met.form, conflict=met.conflict, left=left, decided=decided
    )


def _take_version(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: ClauseForm,
    promises: Promises,
    find_kept: FindKept,
) -> HttpResponse:
    """The version that was chosen, in fields on the clause as it stands now."""
    data = form.cleaned_data
    conflict = load_conflict(
        clause,
        form.read,
        data["content"],
        read=data["lock_version"],
        user=request.user,
    )
    if request.POST["take"] == "placed":
        return _place_words(request, clause, form, conflict, promises, find_kept)
    words = conflict.mine
    if request.POST["take"] == "theirs":
        words = conflict.theirs
    elif request.POST["take"] == "merged" and conflict.merged is not None:
        words = conflict.merged
    taken = form_on_clause(clause, words, reason=data["reason"])
    taken.is_unkept = True
    taken.offer_promises(
        promises.find(clause.section), chosen=request.POST.get("promise", "")
    )
    return _clause_page(request, clause, taken)


def _place_words(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: ClauseForm,
    conflict: EditConflict,
    promises: Promises,
    find_kept: FindKept,
) -> HttpResponse:
    """The person's words go to the clauses that this one was split into, as the page showed them: one act."""
    data = form.cleaned_data
    promise = request.POST.get("promise", "")
    try:
        seen = request.POST.get("pieces", "")
        if not conflict.placed or seen != conflict.seen_pieces:
            raise StaleClause(clause, data["lock_version"])
        pieces = [piece.clause for piece in conflict.pieces]
        known = read_known(request.POST)
        with keeping_decided(clause.section, find_kept, known=known):
            revise_pieces(
                list(zip(pieces, conflict.placed, strict=True)),
                by=request.user,
                reason=data["reason"],
                promises=promises,
                promise=promise,
                sheet=Sheet.from_form(request.POST),
            )
    except LosesDecided as refused:
        return _ask_whether_known(request, clause, form, refused, conflict)
    except StaleClause:
        keep_refused(request, clause.section, clause.uuid, clause)
        clause = get_clause_to_edit(
            request.user, clause.section.manual.key, clause.section.uuid, clause.uuid
        )
        conflict = load_conflict(
            clause,
            form.read,
            data["content"],
            read=data["lock_version"],
            user=request.user,
        )
        form.offer_promises(promises.find(clause.section))
        return _clause_page(request, clause, form, conflict=conflict, status=409)
    except Refusal as refused:
        status = refuse_in_form(form, refused)
        return _clause_page(request, clause, form, conflict=conflict, status=status)
    tell_saved(request, clause.section, keeps_promise=bool(promise))
    return see_other(section_url(clause.section, clause.uuid))


def _clause_page(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    form: ClauseForm,
    *,
    conflict: EditConflict | None = None,
    left: LeftUnsaved = NOTHING_LEFT,
    decided: str = "",
    losses: Sequence[LeavingDecision] = (),
    status: int = 200,
) -> HttpResponse:
    page = page_of_clause(clause, request.user)
    page = replace(page, decided=decided, losses=losses)
    return _render(request, page, form, conflict=conflict, left=left, status=status)


def _render(
    request: AuthenticatedHttpRequest,
    page: ClausePage,
    form: ClauseForm,
    *,
    conflict: EditConflict | None = None,
    joined: JoinedAway | None = None,
    left: LeftUnsaved = NOTHING_LEFT,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "conflict": conflict,
        "joined": joined,
        "left": left,
        "stored": stored_sheets(request),
        "sheet": left.open_sheet()
        if request.method != "POST"
        else Sheet.from_form(request.POST),
        "law": load_law_help(form),
        "repealed": find_repealed_in_words(page.clause, form.read)
        if page.clause is not None
        else [],
        "references": load_reference_help(page.section, form, own=page.clause),
    }
    return render(request, TEMPLATE, context, status=status)


def _form_with_upload(request: AuthenticatedHttpRequest, base: Content) -> ClauseForm:
    """The form as sent. A file that came with it is taken in at once, and the form holds its hash: it is not sent again
    when something else is wrong."""
    try:
        return form_as_sent(_data_with_upload(request, base), base)
    except ChangeRefused as refused:
        form = form_as_sent(request.POST, base)
        form.add_error("upload", refused.message_th)
        return form


def _form_after_act(request: AuthenticatedHttpRequest, base: Content) -> ClauseForm:
    """A file that came with the button is taken in as well, or it is told that it was not."""
    try:
        return form_after_act(_data_with_upload(request, base), base)
    except ChangeRefused as refused:
        form = form_after_act(request.POST, base)
        form.told = refused.message_th
        return form


def _data_with_upload(request: AuthenticatedHttpRequest, base: Content) -> QueryDict:
    """What was sent, with the hash of the file that came along. Raises ChangeRefused for a file that is not taken."""
    upload = request.FILES.get("upload")
    if upload is None or not isinstance(base, Form | Figure):
        return request.POST
    sha = take_clause_file(
        cast(BinaryIO, upload.file),
        base,
        name=upload.name or "",
        size=upload.size or 0,
        most_megabytes=FILE_MEGABYTES,
    )
    data = request.POST.copy()
    data["file"] = sign_file(sha)
    return data


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_new(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    promises: Promises = NO_PROMISES,
) -> HttpResponse:
    """A clause to come. The address says where it will stand, of which kind, and with which uuid: what is sent twice,
    also after going back, is stored once, and the same address leads to the clause once it is saved."""
    section = get_section_to_edit(request.user, key, uuid)
    if request.method != "POST":
        if section.retired_id is not None:
            return gone_page(
                request,
                section,
                _read_uuid(request.GET.get("subject") or str(NO_SHEET)),
            )
        if "subject" not in request.GET:
            return _name_new(request)
        known = _find_added(request, section, _read_uuid(request.GET["subject"]))
        if known is not None:
            led = lead_to_clause(request, known, uuid, "clause-edit")
            if led is not None:
                return led
        if known is not None and known.retired_id is not None:
            return gone_page(request, section, known.uuid, known)
        if known is not None:
            return _open_clause(request, known, promises, told=ADDED_BEFORE)
        return _open_new(request, section, promises)
    place = _read_place(section, request.POST)
    if place is None:
        raise ChangeRefused("ไม่พบส่วนหรือชนิดของข้อที่จะเพิ่ม โปรดเริ่มเพิ่มข้อจากหน้าร่างอีกครั้ง")
    if section.retired_id is not None:
        return gone_page(request, section, place.subject)
    if "keep" in request.POST:
        keep_typed(request, section, place.subject)
        note_stored(request)
        messages.success(request, KEPT)
        return see_other(section_url(section))
    if "act" in request.POST:
        acted = _form_after_act(request, blank_content(place.kind))
        acted.offer_promises(
            promises.find(section), chosen=request.POST.get("promise", "")
        )
        return _new_page(request, section, place, acted)
    form = _form_with_upload(request, blank_content(place.kind))
    if not Clause.objects.filter(uuid=place.subject).exists():  # else it is sent twice
        form.offer_promises(promises.find(section))
    if not form.is_valid():
        keep_refused(request, section, place.subject)
        return _new_page(request, section, place, form, status=422)
    return _store_new(request, section, place, form, promises)


def _name_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """To the same address with a uuid for the clause to come."""
    asked = request.GET.copy()
    asked["subject"] = str(uuid4())
    if NewClausePlace.from_form(asked) is None:
        raise NotVisible
    return HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")


def _read_place(section: Section, data: Mapping[str, str]) -> NewClausePlace | None:
    """Where the form says, or where it was chosen instead once that was gone. None as NewClausePlace.from_form."""
    place = NewClausePlace.from_form(data)
    chosen = data.get("beside", "")
    if place is None or not chosen:
        return place
    return find_place_beside(section, place, chosen, data.get("how", ""))


def _find_added(
    request: AuthenticatedHttpRequest, section: Section, subject: UUID
) -> Clause | None:
    """The clause that was saved under this uuid, wherever it stands. Raises Http404 for one of another manual."""
    if not Clause.objects.filter(uuid=subject).exists():
        return None
    return get_clause_to_edit(request.user, section.manual.key, section.uuid, subject)


def _store_new(
    request: AuthenticatedHttpRequest,
    section: Section,
    place: NewClausePlace,
    form: ClauseForm,
    promises: Promises,
) -> HttpResponse:
    """Of a form that is valid."""
    data = form.cleaned_data
    numbering = data["numbering"]
    if request.POST.get("beside") and request.POST.get("numbered") == numbering:
        numbering = find_numbering(section, place)  # as beside the chosen place
    linked = link_typed_in(section, data["content"], new=place.subject)
    known = _find_added(request, section, place.subject)
    if known is not None and known.sha != content_sha(linked.content):
        return _go_on_with_added(request, known, linked.content, form, promises)
    position = find_standing_position(section, place, numbering)
    try:
        if position is None and known is None:
            raise ChangeRefused(PLACE_IS_GONE)
        add_clause(
            linked.content,
            position or Position(section, place.part),  # sent twice, it has its place
            uuid=place.subject,
            by=request.user,
            reason=data["reason"],
            promises=promises,
            promise=data.get("promise", ""),
            sheet=Sheet.from_form(request.POST),
        )
    except Refusal as refused:
        keep_refused(request, section, place.subject)
        return _new_page(
            request, section, place, form, status=refuse_in_form(form, refused)
        )
    tell_saved(
        request,
        section,
        keeps_promise=bool(data.get("promise")),
        notes=_notes(section, place.subject, form, linked),
    )
    stands_in = known.section if known is not None else section
    return see_other(section_url(stands_in, place.subject))


def _go_on_with_added(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    words: Content,
    form: ClauseForm,
    promises: Promises,
) -> HttpResponse:
    """Sent again with other words, after going back: they are the next version of the same clause, once that is
    said."""
    if clause.retired_id is not None:
        keep_refused(request, clause.section, clause.uuid)
        return gone_page(request, clause.section, clause.uuid, clause)
    same_kind = words if words.kind == clause.kind else None
    again = form_on_clause(clause, same_kind, reason=form.cleaned_data["reason"])
    again.is_unkept = True
    again.told = f"{ADDED_BEFORE} ถ้อยคำที่ส่งมายังไม่ได้บันทึก หากบันทึก จะเป็นรุ่นใหม่ของข้อนั้น"
    again.offer_promises(promises.find(clause.section))
    return _clause_page(request, clause, again, status=409)


def _open_new(
    request: AuthenticatedHttpRequest, section: Section, promises: Promises
) -> HttpResponse:
    left = load_left(
        find_copies(request.user, _read_uuid(request.GET["subject"])),
        copy=request.GET.get("copy", ""),
    )
    if left.shown is not None:
        values = fields_left(left.shown)
        place = _read_place(section, values)
        if place is None:
            raise NotVisible
        form = form_as_left(values, blank_content(place.kind))
        for copy in left.others:
            copy.can_merge = merge_new_copies(left.shown, copy.buffer) is not None
            if str(copy.buffer.sheet) == request.GET.get("with"):
                form = form_on_new_copies(left.shown, copy.buffer) or form
        form.offer_promises(promises.find(section))
        return _new_page(request, section, place, form, left=left)
    place = NewClausePlace.from_form(request.GET)
    if place is None:
        raise NotVisible
    offered = promises.find(section)
    promise = find_promise(offered, request.GET.get("promise", ""))
    words = promise.start if promise is not None else None
    if words is not None and words.kind not in kinds_of_part(place.part):
        words = None  # cannot stand there; it is shown all the same
    if words is not None:
        place = replace(place, kind=words.kind)
    form = form_on_new(
        blank_content(place.kind),
        words,
        numbering=find_numbering(section, place),
    )
    form.offer_promises(offered, chosen=request.GET.get("promise", ""))
    return _new_page(request, section, place, form)


def _new_page(
    request: AuthenticatedHttpRequest,
    section: Section,
    place: NewClausePlace,
    form: ClauseForm,
    *,
    left: LeftUnsaved = NOTHING_LEFT,
    status: int = 200,
) -> HttpResponse:
    lost = None
    if find_standing_position(section, place, "") is None:
        lost = load_lost_place(
            section, place, form, sent=posted_data(request), user=request.user
        )
    page = page_of_new_clause(section, place, lost)
    return _render(request, page, form, left=left, status=status)


@login_required
@require_POST
def draft_buffer(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, subject: UUID
) -> HttpResponse:
    """What is typed, as the page sends it every few seconds; `drop` lets go of it. The answer says when it was kept,
    where the words are, and whether they were there before.
    Words of a page that another account than `writer` has signed in beside are not kept as theirs."""
    own = str(request.user.pk)
    if request.POST.get("writer", own) != own:
        raise Refusal(
            "ขณะนี้เข้าสู่ระบบด้วยบัญชีอื่น โปรดเข้าสู่ระบบด้วยบัญชีของท่าน แล้วเขียนต่อ",
            kind=RefusalKind.SIGN_IN_FIRST,
        )
    section = get_section_to_edit(request.user, key, uuid)
    clause = (
        Clause.objects.filter(uuid=subject, section__manual=section.manual)
        .select_related("section__manual")
        .first()
    )
    if clause is not None:
        section = clause.section  # it may have been moved while the page stood open
    if "drop" in request.POST:
        drop_buffer(subject, Sheet.from_form(request.POST), by=request.user)
        if (
            "open_sheet" in request.POST
        ):  # what the page itself has kept since it showed that copy
            drop_buffer(
                subject, Sheet(_read_uuid(request.POST["open_sheet"])), by=request.user
            )
        messages.success(request, DROPPED)
        return go_on(request, section_url(section))
    was_kept = has_sent_words(request, subject)
    buffer = keep_typed(request, section, subject, clause)
    buffer.section = section
    return JsonResponse(
        {
            "kept_at": be_time(now()),
            "opens_at": writing_url(buffer),
            "was_kept": was_kept,
        }
    )


def _read_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotVisible from error


def tell_saved(
    request: AuthenticatedHttpRequest,
    section: Section,
    *,
    keeps_promise: bool,
    notes: Sequence[str] = (),
) -> None:
    """`notes` are sentences about what was made of the words; empty ones are left out."""
    note_stored(request)
    if keeps_promise:
        messages.success(request, "บันทึกแล้วว่ายกร่างตามผลการพิจารณาที่เลือก")
    section.refresh_from_db(fields=["version"])
    told = [f"บันทึกเป็นรุ่นที่ {section.version} แล้ว", *filter(None, notes)]
    messages.success(request, " ".join(told))
