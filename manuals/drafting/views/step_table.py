"""Filling in the table of steps: the form with its buttons, the chart drawn beside it, and saving all of it at once."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from hearing_portal.thai.text import changes_note
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    parse_uuid,
    status_of,
)
from hearing_portal.web.redirects import see_other

from ...models import DraftBuffer, Section
from ...wording import Redline
from ..access import get_section_to_edit
from ..acknowledged import note_stored, stored_sheets
from ..adopted import FindKept, find_nothing_kept
from ..changes import NothingChanged
from ..forms.knows import read_known
from ..forms.step_table import (
    StepTableForm,
    TableData,
    hashes_read,
    row_on_step,
    table_as_sent,
    table_on_clauses,
)
from ..presentation.decided import LeavingDecision, name_lost
from ..presentation.left_unsaved import NOTHING_LEFT, LeftUnsaved, load_left
from ..presentation.step_page import load_step_page, side_of_table
from ..promises import NO_PROMISES, Promises
from ..queries.buffers import find_copies
from ..queries.last_acts import find_own_since
from ..queries.references import link_rows
from ..queries.steps import find_step_clauses, find_steps_by_sha, step_of
from ..said_elsewhere import NOTHING_SAID, SaidElsewhere
from ..services.buffers import drop_buffer
from ..services.keeping_decided import LosesDecided, keeping_decided
from ..services.saving_steps import SavedTable, StepTableClash, save_step_table
from ..sheets import Sheet
from ..sources import NO_SOURCES, Sources
from ..step_merging import RowClash, merge_tables
from ..step_table import STEP_PART, StandingRow, StepRow, step_to_begin_with
from ..told_words import tell_redlines
from ..typed_references import linked_note
from .clause import KEPT, tell_saved
from .gone import gone_page
from .keeping import keep_refused, keep_typed

TEMPLATE = "manuals/drafting/step_table.html"
MERGED_WITH_OWN = "รวมกับตารางที่ท่านบันทึกไว้ก่อนแล้วจากหน้าอื่น"
ACTS = (
    "add",
    "up",
    "down",
    "cut",
    "branch",
    "theirs",
)  # the buttons that only show the form again


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step_table(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    promises: Promises = NO_PROMISES,
    said: SaidElsewhere = NOTHING_SAID,
    find_kept: FindKept = find_nothing_kept,
) -> HttpResponse:
    """GET shows the table, or what the person left unsaved. POST saves all of it as one version, which may keep one of
    the `promises`; `keep` keeps it unsaved, and the buttons of the rows show the form again with what was typed. What
    was `said` of a row, and what was decided of it, is told where it is cut; what was decided
    is taken out knowingly."""
    sources = Sources(said, find_kept)
    section = _get_process(request, key, uuid)
    if section.retired_id is not None:
        return gone_page(request, section, section.uuid)
    if request.method != "POST":
        return _open_table(request, section, promises, sources)
    if "keep" in request.POST:
        keep_typed(request, section, section.uuid)
        note_stored(request)
        messages.success(request, KEPT)
        return see_other(_back(section))
    if any(act in request.POST for act in ACTS):
        table = _table_as_sent(request.POST)
        table.reason.offer_promises(promises.find(section))
        _do(request, section, table)
        clashes = _clashes_seen(section, table)
        return _table_page(
            request,
            section,
            table,
            clashes=clashes,
            own=_find_own(request, table, clashes),
            is_kept=False,
            sources=sources,
        )
    return _save(request, section, promises, sources)


def _get_process(request: AuthenticatedHttpRequest, key: str, uuid: UUID) -> Section:
    section = get_section_to_edit(request.user, key, uuid)
    if not section.is_process:
        raise NotVisible
    return section


def _open_table(
    request: AuthenticatedHttpRequest,
    section: Section,
    promises: Promises,
    sources: Sources,
) -> HttpResponse:
    """A promise that the address names is chosen; where a row is to be added, it stands there with the proposed words
    (the person's own unsaved table goes first)."""
    offered = promises.find(section)
    asked = request.GET.get("promise", "")
    copies = find_copies(request.user, section.uuid)
    behind = _find_tables_behind(request.user, section, copies)
    left = load_left(copies, copy=request.GET.get("copy", ""), behind=behind)
    if left.shown is not None:
        kept = _table_as_left(left.shown)
        kept.reason.offer_promises(offered, chosen=asked)
        return _table_page(request, section, kept, left=left, sources=sources)
    table = table_on_clauses(find_step_clauses(section))
    table.reason.offer_promises(offered, chosen=asked)
    promise = table.reason.promised
    if promise is not None and promise.behind is not None:
        table.add_row(promise.behind, uuid4(), step_to_begin_with(promise.start))
    if not table.rows:
        table.add_row(None, uuid4())
    return _table_page(request, section, table, left=left, sources=sources)


def _table_as_left(buffer: DraftBuffer) -> StepTableForm:
    """What the person had been shown beside their words is shown again when they save."""
    values = {}
    for name, texts in buffer.values.items():
        if name != "seen":
            values[name] = texts
    return _table_as_sent(MultiValueDict(values))


def _find_tables_behind(
    user: User, section: Section, copies: Sequence[DraftBuffer]
) -> dict[int, list[Redline]]:
    """The copies in which rows clash with what the person alone has saved since they were begun, {id: what they would
    make of those rows}. Three queries, and three for each copy."""
    behind: dict[int, list[Redline]] = {}
    if not copies:
        return behind
    standing = []
    for clause in find_step_clauses(section):
        standing.append(StandingRow(clause.uuid, clause.lock_version, step_of(clause)))
    for copy in copies:
        table = _table_as_left(copy)
        clashes = merge_tables(table.as_written(), standing).clashes
        if not clashes:
            continue
        own = {clash.uuid for clash in clashes} & find_own_since(
            {row.uuid: row.lock_version for row in table.read}, user
        )
        if not own:
            continue
        changes: list[Redline] = []
        for lines in tell_redlines(
            (clash.theirs, clash.mine, section.pk)
            for clash in clashes
            if clash.uuid in own
        ):
            changes += lines
        behind[copy.pk] = changes
    return behind


def _table_as_sent(data: TableData, *, checked: bool = False) -> StepTableForm:
    return table_as_sent(data, find_steps_by_sha(hashes_read(data)), checked=checked)


def _do(
    request: AuthenticatedHttpRequest, section: Section, table: StepTableForm
) -> None:
    """What the button asks of the form; nothing is written."""
    for act in ACTS:
        if act not in request.POST:
            continue
        row = parse_uuid(request.POST[act])
        match act:
            case "add":
                table.add_row(row, uuid4())
            case "up" if row:
                table.move_row(row, -1)
            case "down" if row:
                table.move_row(row, 1)
            case "cut" if row:
                table.cut_row(row)
            case "branch" if row:
                table.add_branch(row)
            case "theirs" if row:
                for clause in find_step_clauses(section):
                    if clause.uuid == row:
                        table.take_row(clause)


def _save(
    request: AuthenticatedHttpRequest,
    section: Section,
    promises: Promises,
    sources: Sources,
) -> HttpResponse:
    table = _table_as_sent(request.POST, checked=True)

    def not_saved(status: int, **shown: Any) -> HttpResponse:
        return _table_page(
            request, section, table, status=status, sources=sources, **shown
        )

    # Sent twice: what became of the promise is seen on the next page
    if not (table.as_written().is_changed and _stands_already(section, table)):
        table.reason.offer_promises(promises.find(section))
    if not table.is_valid():
        keep_refused(request, section, section.uuid)
        return not_saved(422, is_kept=False)
    why = table.reason.cleaned_data
    try:
        known = read_known(request.POST)
        with keeping_decided(section, sources.find_kept, known=known):
            saved = save_step_table(
                section,
                table.as_written(),
                by=request.user,
                reason=why["reason"],
                promises=promises,
                promise=why.get("promise", ""),
                sheet=Sheet.from_form(request.POST),
            )
    except LosesDecided as refused:
        keep_refused(request, section, section.uuid)
        table.reason.ask_whether_known(refused)
        losses = name_lost(section, refused.lost)
        return not_saved(status_of(refused), losses=losses, is_kept=False)
    except StepTableClash as clash:
        keep_refused(request, section, section.uuid)
        own = _find_own(request, table, clash.merged.clashes)
        _put_side_by_side(table, clash)
        clashes = clash.merged.clashes
        return not_saved(status_of(clash), clashes=clashes, own=own, is_kept=False)
    except NothingChanged as refused:
        # A reason alone is no work that waits
        drop_buffer(section.uuid, Sheet.from_form(request.POST), by=request.user)
        table.reason.add_error(None, refused.message_th)
        return not_saved(status_of(refused))
    except Refusal as refused:
        table.reason.add_error(None, refused.message_th)
        return not_saved(status_of(refused), is_kept=False)
    notes = [
        linked_note(saved.names),
        saved.note,
        changes_note(table.text_changes),
        _tell_own_rows(saved, request.user),
    ]
    tell_saved(request, section, keeps_promise=bool(why.get("promise")), notes=notes)
    return see_other(_back(section))


def _tell_own_rows(saved: SavedTable, user: User) -> str:
    """Of the rows that were merged, how many the person alone had saved on another page. Two queries, none without."""
    if not saved.merged:
        return ""
    own = find_own_since(saved.merged, user)
    return f"{MERGED_WITH_OWN} {len(own)}\u00a0แถว" if own else ""


def _stands_already(section: Section, table: StepTableForm) -> bool:
    """Whether the working draft says what the table says, row by row."""
    standing = []
    for clause in find_step_clauses(section):
        standing.append(StepRow(clause.uuid, step_of(clause)))
    return link_rows(section, table.as_written().rows).rows == standing


def _put_side_by_side(table: StepTableForm, clash: StepTableClash) -> None:
    """The form goes on with all that could be merged; the rows that clash keep what the person wrote, and count as
    seen: saved again, they stand."""
    clashing = {row.uuid: row for row in clash.merged.clashes}
    form_rows = {row.uuid: row for row in table.rows}
    rows = []
    for row in clash.merged.rows:
        is_mine = row.uuid in clashing and row.uuid in form_rows
        rows.append(
            form_rows[row.uuid] if is_mine else row_on_step(row.uuid, row.content)
        )
    table.rows = rows
    table.note_read(
        clause
        for clause in clash.standing
        if clause.uuid not in clashing or clashing[clause.uuid].mine is None
    )
    seen = dict(table.seen)
    for each in clash.merged.clashes:
        if each.mine is not None:
            seen[each.uuid] = each.their_version
    table.seen = seen
    table.focus = next(iter(clashing))


def _clashes_seen(section: Section, table: StepTableForm) -> list[RowClash]:
    """What the person is looking at beside their words, shown again with the form."""
    if not table.seen:
        return []
    standing = []
    for clause in find_step_clauses(section):
        standing.append(StandingRow(clause.uuid, clause.lock_version, step_of(clause)))
    merged = merge_tables(replace(table.as_written(), seen={}), standing)
    return [clash for clash in merged.clashes if clash.uuid in table.seen]


def _find_own(
    request: AuthenticatedHttpRequest, table: StepTableForm, clashes: Sequence[RowClash]
) -> set[UUID]:
    """The clashing rows that the person alone has changed since they read them. Two queries, none without clashes."""
    if not clashes:
        return set()
    clashing = {clash.uuid for clash in clashes}
    read = {row.uuid: row.lock_version for row in table.read if row.uuid in clashing}
    return find_own_since(read, request.user)


def _table_page(
    request: AuthenticatedHttpRequest,
    section: Section,
    table: StepTableForm,
    *,
    clashes: Sequence[RowClash] = (),
    own: Collection[UUID] = (),
    left: LeftUnsaved = NOTHING_LEFT,
    is_kept: bool = True,
    sources: Sources = NO_SOURCES,
    losses: Sequence[LeavingDecision] = (),
    status: int = 200,
) -> HttpResponse:
    page = load_step_page(
        section,
        table,
        request.user,
        clashes=clashes,
        own=own,
        said=sources.said.about_clauses(section, [row.uuid for row in table.rows]),
        kept=sources.find_kept([section.pk]),
    )
    sheet = (
        left.open_sheet() if request.method != "POST" else Sheet.from_form(request.POST)
    )
    context = {
        "page": page,
        "left": left,
        "losses": losses,
        "sheet": sheet,
        "is_kept": is_kept,
        "stored": stored_sheets(request),
    }
    return render(request, TEMPLATE, context, status=status)


@login_required
@require_POST
def step_chart(request: AuthenticatedHttpRequest, key: str, uuid: UUID) -> HttpResponse:
    """The flow chart of the table as it is typed, and what it lacks. Nothing is stored."""
    section = _get_process(request, key, uuid)
    side = side_of_table(section, _table_as_sent(request.POST))
    return render(request, "manuals/drafting/step_side.html", {"side": side})


def _back(section: Section) -> str:
    return (
        f"{reverse('draft', args=[section.manual.key, section.uuid])}#part-{STEP_PART}"
    )
