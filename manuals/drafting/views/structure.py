"""Arranging the clauses of a section: by a button, or on a page that asks for more; and undoing one's last act."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.refusals import Refusal
from hearing_portal.web.forms import posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    read_id,
    refuse_in_form,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...access import lead_to_clause
from ...entries import EntryView
from ...models import Clause, Section
from ...own_reasons import BRINGING_BACK
from ...queries import load_draft_entries
from ...wording import Redline
from ..access import get_clause_to_arrange, get_clause_to_edit, get_section_to_edit
from ..adopted import FindAdopted, find_nothing_adopted
from ..changes import StaleClause, StaleSection
from ..clauses_read import read_clauses_read, write_clauses_read
from ..forms.structure import ClauseActForm, MoveClauseForm, RetireClauseForm
from ..neighbours import ListNeighbours, StaleNeighbours
from ..part_kinds import KINDS_OF_PART, kinds_of_part
from ..presentation.act_page import ActPage, page_of_act
from ..presentation.bringing_back import tell_clause_elsewhere
from ..presentation.decided import (
    LeavingDecision,
    load_decided_cuts,
    name_decided_words,
)
from ..presentation.links import section_url
from ..presentation.looked_at import load_clauses_looked_at
from ..presentation.moved_neighbours import load_moved_clauses
from ..presentation.overtaken import load_overtaken_clause, load_overtaken_section
from ..promises import NO_PROMISES, Promises
from ..queries.arranging import find_family, find_other_sections
from ..queries.last_acts import (
    find_last_change,
    find_own_versions,
    find_past_wording,
    stands_as_read,
)
from ..said_elsewhere import NOTHING_SAID, SaidElsewhere
from ..services.shifting import Direction, shift_clause
from ..services.structure import move_clause, restore_clause, retire_clause
from ..services.undoing import undo_last_act
from ..told_words import tell_clause, told_redlines
from .neighbours import show_moved_neighbours
from .promised import offer_promises

OVERTAKEN_PAGE = "manuals/drafting/overtaken_page.html"
CONFIRM_PAGE = "manuals/drafting/restore_confirm.html"


# --- by a button


@login_required
@require_POST
def clause_shift(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID, clause_uuid: UUID
) -> HttpResponse:
    """One place up or down, one level in or out; back to the clause with its menu open."""
    clause = get_clause_to_arrange(request.user, key, uuid, clause_uuid)
    direction = request.POST.get("direction", "")
    if direction not in set(Direction):
        raise NotVisible
    seen = ListNeighbours.from_form(request.POST)
    done = section_url(
        clause.section, clause.uuid, moved=str(clause.uuid), did=direction
    )
    try:
        shift_clause(
            clause,
            _version(request),
            Direction(direction),
            by=request.user,
            seen=seen,
        )
    except StaleNeighbours as stale:
        moved = load_moved_clauses(clause, seen, stale.now, request.user)
        return show_moved_neighbours(request, clause.section, moved, back=done)
    except StaleClause as stale:
        last = find_last_change(clause.pk)
        if (
            last is not None
            and last.kind == last.Kind.MOVED
            and last.revision.user_id == request.user.pk
        ):
            return see_other(done)  # the button was pressed twice
        return _overtaken_page(request, stale.clause)
    return see_other(done)


@login_required
@require_POST
def clause_restore(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    find_adopted: FindAdopted = find_nothing_adopted,
) -> HttpResponse:
    """A retired clause comes back to where it stood, with what went together with it. Where one was cut because that
    was decided, or was joined to another one, this is told first, and it is done knowingly."""
    clause = get_clause_to_edit(request.user, key, uuid, clause_uuid)
    decided = load_decided_cuts(clause, find_adopted)
    elsewhere = tell_clause_elsewhere(clause, request.user)
    told = [cut.source for cut in decided]
    if elsewhere is not None:
        told.append(elsewhere.known)
    known = " ".join(told)
    if told and request.POST.get("known") != known:
        shown = {
            "section": clause.section,
            "clause": clause,
            "version": _version(request),
            "words": tell_clause(clause),
            "decided": decided,
            "elsewhere": elsewhere,
            "known": known,
        }
        return render(request, CONFIRM_PAGE, shown)
    try:
        restored = restore_clause(
            clause, _version(request), by=request.user, reason=BRINGING_BACK
        )
    except StaleClause as stale:
        return _overtaken_page(request, stale.clause)
    messages.success(request, f"เรียกคืนแล้ว {len(restored)} ข้อ")
    return see_other(section_url(clause.section, clause.uuid))


@login_required
@require_POST
def section_undo(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """The person's own last act on the section is undone, or what they undid is done `again`; another person's is
    not."""
    section = get_section_to_edit(request.user, key, uuid)
    version = read_id(request.POST.get("version", ""))
    again = "again" in request.POST
    try:
        undo_last_act(section, version, again=again, by=request.user)
    except StaleSection as stale:
        own = list(find_own_versions(stale.section, request.user)[:2])
        if (
            len(own) == 2
            and own[1].number == version
            and own[0].action == own[0].Action.UNDO
            and own[0].does_again == again
        ):
            return see_other(section_url(section))  # the button was pressed twice
        overtaken = load_overtaken_section(stale.section, request.user, version)
        context = {
            "section": section,
            "overtaken": overtaken,
            "back": section_url(section),
        }
        return render(request, OVERTAKEN_PAGE, context, status=409)
    section.refresh_from_db(fields=["version"])
    done = "ทำซ้ำการแก้ไขที่ย้อนไว้แล้ว" if again else "ย้อนการแก้ไขแล้ว"
    messages.success(request, f"{done} เป็นรุ่นที่ {section.version}")
    return see_other(section_url(section))


# --- on a page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_move(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    promises: Promises = NO_PROMISES,
) -> HttpResponse:
    """To another place of the section, or of another section of the manual (`to`); that may keep one of the
    `promises`."""
    clause = get_clause_to_arrange(request.user, key, uuid, clause_uuid)
    led = lead_to_clause(request, clause, uuid, "clause-move")
    if led is not None:
        return led
    family = find_family(clause)
    sections = find_other_sections(clause.section.manual)
    wanted = request.POST.get("to", "") or request.GET.get("to", "")
    target = next(
        (section for section in sections if str(section.uuid) == wanted), clause.section
    )
    page = page_of_act(
        clause, "clause-move", "ย้าย", save_label="ย้ายข้อ", also=family[1:]
    )
    beside = _entries_beside(target, family)

    def make_form(data: QueryDict | None, clause: Clause) -> ClauseActForm:
        form = MoveClauseForm(
            data,
            clause=clause,
            target=target,
            parts=_parts_for(target, family),
            entries=beside,
            initial={
                "lock_version": clause.lock_version,
                "read_sha": clause.sha,
                "beside": request.GET.get("beside", ""),
            },
        )
        return offer_promises(form, request, clause.section, promises)

    def save(form: ClauseActForm) -> str:
        data = form.cleaned_data
        move_clause(
            clause,
            data["lock_version"],
            data["position"],
            by=request.user,
            reason=data["reason"],
            promises=promises,
            promise=data.get("promise", ""),
        )
        return "ย้ายข้อแล้ว"

    return _act(
        request,
        clause,
        page,
        "manuals/drafting/clause_move.html",
        make_form,
        save,
        context={"sections": sections, "target": target},
        back_to=target,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause_retire(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    promises: Promises = NO_PROMISES,
    find_adopted: FindAdopted = find_nothing_adopted,
    said: SaidElsewhere = NOTHING_SAID,
) -> HttpResponse:
    """The clause and what hangs below it leave the manual, for a reason; that may keep one of the `promises`. The words
    among them that were decided, and what was `said` of them, are told."""
    clause = get_clause_to_arrange(request.user, key, uuid, clause_uuid)
    led = lead_to_clause(request, clause, uuid, "clause-retire")
    if led is not None:
        return led
    family = find_family(clause)
    page = page_of_act(
        clause,
        "clause-retire",
        "ยกเลิก",
        save_label="ยกเลิกข้อ",
        also=family[1:],
        gone=family,
        user=request.user,
    )

    def make_form(data: QueryDict | None, clause: Clause) -> ClauseActForm:
        initial = {
            "lock_version": clause.lock_version,
            "read_sha": clause.sha,
            "family": write_clauses_read(family),
        }
        form = RetireClauseForm(data, initial=initial)
        return offer_promises(form, request, clause.section, promises)

    def save(form: ClauseActForm) -> str:
        data = form.cleaned_data
        retired = retire_clause(
            clause,
            data["lock_version"],
            by=request.user,
            reason=data["reason"],
            promises=promises,
            promise=data.get("promise", ""),
        )
        return f"ยกเลิกแล้ว {len(retired)} ข้อ เรียกคืนได้ที่ท้ายหน้าร่าง"

    return _act(
        request,
        clause,
        page,
        "manuals/drafting/clause_retire.html",
        make_form,
        save,
        family=family,
        context={
            "decided": _name_decided(clause.section, family, find_adopted),
            "said": said.about_clauses(
                clause.section, [member.uuid for member in family]
            ),
            "looked_at": load_clauses_looked_at(family),
        },
    )


def _act(
    request: AuthenticatedHttpRequest,
    clause: Clause,
    page: ActPage,
    template: str,
    make_form: Callable[[QueryDict | None, Clause], ClauseActForm],
    save: Callable[[ClauseActForm], str],
    *,
    context: dict[str, object] | None = None,
    back_to: Section | None = None,
    family: Sequence[Clause] = (),
) -> HttpResponse:
    """Show the form, or save it and go back to the clause. A stale form comes back with what was written in it, on the
    versions that stand now, under the word of who changed what: nobody's words are in the form, so that it writes over
    none. `family` are the clauses that the act takes along, where it matters what they say."""
    data = posted_data(request)
    stale = _find_stale(data, clause, family)
    their_changes: Sequence[Redline] = ()
    if data is not None and stale is not None:
        read = find_past_wording(clause, data.get("read_sha", ""))
        if read is not None and stale.clause == clause:
            their_changes = told_redlines(read, clause.content, clause.section_id)
        data = _on_versions_of_now(data, clause, family)
    form = make_form(data, clause)
    status = 422 if form.is_bound else 200
    if form.is_valid() and stale is None:
        try:
            told = save(form)
        except StaleClause as refused:  # somebody came between
            stale = refused
        except Refusal as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, told, form)
            return see_other(section_url(back_to or clause.section, clause.uuid))
    overtaken = None
    if stale is not None:
        overtaken = load_overtaken_clause(
            stale.clause, request.user, stale.read_version
        )
        status = 409
    shown = {
        "page": page,
        "form": form,
        "overtaken": overtaken,
        "their_changes": their_changes,
        **(context or {}),
    }
    return render(request, template, shown, status=status)


def _name_decided(
    section: Section, clauses: Sequence[Clause], find_adopted: FindAdopted
) -> list[LeavingDecision]:
    """Of these clauses of the section. The queries of `find_adopted`, and one more."""
    adopted = find_adopted([section.pk])
    if not adopted:
        return []
    chosen = {clause.uuid for clause in clauses}
    entries = [each for each in load_draft_entries(section) if each.uuid in chosen]
    return name_decided_words(entries, adopted)


def _find_stale(
    data: QueryDict | None, clause: Clause, family: Sequence[Clause]
) -> StaleClause | None:
    """Of a clause that changed since the form was read; None when all stand as they were."""
    if data is None:
        return None
    version = read_id(data.get("lock_version", ""))
    if not stands_as_read(clause, version):
        return StaleClause(clause, version)
    read = read_clauses_read(data.get("family", ""))
    if read:
        for member in family:
            version = read.get(str(member.uuid), 0)
            if not stands_as_read(member, version):
                return StaleClause(member, version)
    return None


def _on_versions_of_now(
    data: QueryDict, clause: Clause, family: Sequence[Clause]
) -> QueryDict:
    """What was sent, for the clauses as they stand now: sent again, it is meant for them."""
    fresh = data.copy()
    fresh["lock_version"] = str(clause.lock_version)
    fresh["read_sha"] = clause.sha
    if family:
        fresh["family"] = write_clauses_read(family)
    return fresh


def _entries_beside(target: Section, family: list[Clause]) -> list[EntryView]:
    """Those of the section that the family may stand beside: steps stand in their table."""
    taken = {member.uuid for member in family}
    beside = []
    for entry in load_draft_entries(target)[1:]:
        is_step = entry.clause_content.kind == Clause.Kind.STEP
        if entry.uuid not in taken and not is_step:
            beside.append(entry)
    return beside


def _parts_for(target: Section, family: list[Clause]) -> list[int]:
    """Those where the whole family may stand; the part it stands in always."""
    own = family[0].part if target.pk == family[0].section_id else None
    parts = []
    for part in KINDS_OF_PART:
        is_of_section = (part != 0) == target.is_process
        fits = is_of_section and all(
            member.kind in kinds_of_part(part) for member in family
        )
        if fits or part == own:
            parts.append(part)
    return parts


def _version(request: AuthenticatedHttpRequest) -> int:
    return read_id(request.POST.get("lock_version", ""))


def _overtaken_page(request: AuthenticatedHttpRequest, clause: Clause) -> HttpResponse:
    section = clause.section
    context = {
        "section": section,
        "overtaken": load_overtaken_clause(clause, request.user, _version(request)),
        "back": section_url(section, clause.uuid),
    }
    return render(request, OVERTAKEN_PAGE, context, status=409)
