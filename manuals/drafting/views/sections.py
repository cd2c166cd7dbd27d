"""The sections of a manual: adding one, what it says of itself, where it stands, retiring it and bringing it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    read_id,
    refuse_in_form,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...access import get_manual_to_edit
from ...models import Manual, Section
from ...queries import load_draft_entries
from ..access import get_section_to_edit
from ..adopted import FindAdopted, find_nothing_adopted
from ..changes import ChangeRefused, StaleSection
from ..facts_merging import facts_of, facts_of_state, merge_facts
from ..forms.sections import (
    NEW_KINDS,
    MoveSectionForm,
    NewSectionForm,
    RetireSectionForm,
    SectionFactsForm,
)
from ..neighbours import ListNeighbours, StaleNeighbours
from ..presentation.act_page import load_referring
from ..presentation.bringing_back import tell_section_elsewhere
from ..presentation.decided import name_decided_words
from ..presentation.links import contents_url, section_url
from ..presentation.looked_at import load_looked_at
from ..presentation.moved_neighbours import load_moved_sections
from ..presentation.namesakes import namesake_note
from ..presentation.overtaken import load_overtaken_section
from ..promises import NO_PROMISES, Promises
from ..queries.buffers import each_once, find_writers
from ..queries.contents import find_other_manuals, load_outline
from ..queries.last_acts import find_last_version, find_row_at, stands_as
from ..said_elsewhere import NOTHING_SAID, SaidElsewhere
from ..services.sections import (
    add_section,
    bring_back_section,
    copy_section,
    retire_section,
    revise_section,
)
from ..services.shifting import Direction, shift_section
from ..services.structure import move_section
from .neighbours import show_moved_neighbours
from .section_acts import act_on_section, get_section_that_stands

NEW_PAGE = "manuals/drafting/section_new.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_new(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """A unit, a part before or behind the processes, or a process, empty or as a copy of another one; then on to its
    page."""
    manual = get_manual_to_edit(request.user, key)
    kind = request.POST.get("kind", "") or request.GET.get("kind", "")
    if kind not in NEW_KINDS:
        raise NotVisible
    initial = {"parent": request.GET.get("parent", "")}
    form = NewSectionForm(
        posted_data(request), manual=manual, kind=kind, initial=initial
    )
    status = form_status(form)
    if form.is_valid():
        try:
            section = _add(manual, form, request)
        except ChangeRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            told = f"เพิ่ม “{section.title}” แล้ว {namesake_note(section)}".strip()
            tell_done(request, told, form)
            if section.kind == Section.Kind.UNIT:  # it has no page of its own
                return see_other(contents_url(manual, section))
            return see_other(section_url(section))
    context = {"manual": manual, "form": form, "kind": Section.Kind(kind)}
    return render(request, NEW_PAGE, context, status=status)


def _add(
    manual: Manual, form: NewSectionForm, request: AuthenticatedHttpRequest
) -> Section:
    data = form.cleaned_data
    facts = {"manual": manual, "uuid": data["uuid"], "by": request.user}
    if data["kind"] != Section.Kind.PROCESS:
        leads = data["kind"] in (Section.Kind.FRONT, Section.Kind.MISSION)
        return add_section(kind=data["kind"], title=data["title"], leads=leads, **facts)
    facts |= {
        "parent": data["parent"],
        "origin": data["origin"],
        "applies_to": data["applies_to"],
    }
    source = data["copy_of"]
    if source is None:
        return add_section(
            kind=data["kind"], title=data["title"], data=form.data_values, **facts
        )
    return copy_section(
        source,
        data["title"],
        data={**source.data, "doc_code": "", **form.data_values},
        **facts,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_facts(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """Its name, and of a process its code, indicator, offices and origin. What somebody else changed of these since
    the form was read goes into it, value by value; a change of a clause is none."""
    section = get_section_that_stands(request, key, uuid)
    data = posted_data(request)
    read = find_row_at(section, data.get("version", "")) if data is not None else None
    merged = None
    if data is not None and read is not None:
        mine = {name: str(data[name]) for name in data}
        merged = merge_facts(facts_of_state(read), mine, facts_of(section))

    def make_form(data: QueryDict | None) -> SectionFactsForm:
        if data is None or merged is None:
            return SectionFactsForm(data, section=section)
        typed = {name: str(data[name]) for name in data}
        met = data.copy()
        for name, value in merged.values.items():
            met[name] = value
        form = SectionFactsForm(met, section=section)
        form.tell_clashes(typed, merged.clashes)
        return form

    def save(form: SectionFactsForm) -> str:
        data = form.cleaned_data
        revise_section(
            section,
            data["version"],
            form.values,
            by=request.user,
            reason=data["reason"],
        )
        return section_url(section)

    return act_on_section(
        request,
        section,
        "manuals/drafting/section_facts.html",
        make_form,
        save,
        is_untouched=merged is not None and merged.is_untouched,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_move(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """Below another unit, beside another section, or to another manual that the person may write in as well; what
    hangs below goes along."""
    section = get_section_that_stands(request, key, uuid)
    rows = load_outline(section.manual)
    others = find_other_manuals(request.user, section.manual)

    def make_form(data: QueryDict | None) -> MoveSectionForm:
        initial = {"where": request.GET.get("where", "")}
        return MoveSectionForm(
            data, section=section, rows=rows, others=others, initial=initial
        )

    def save(form: MoveSectionForm) -> str:
        data = form.cleaned_data
        place = data["place"]
        move_section(
            section,
            data["version"],
            manual=place.manual,
            parent=place.parent,
            after=place.after,
            by=request.user,
            reason=data["reason"],
        )
        return contents_url(place.manual, section)

    data = posted_data(request)
    read = find_row_at(section, data.get("version", "")) if data is not None else None
    return act_on_section(
        request,
        section,
        "manuals/drafting/section_move.html",
        make_form,
        save,
        is_untouched=read is not None and stands_as(section, read),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_retire(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    promises: Promises = NO_PROMISES,
    find_adopted: FindAdopted = find_nothing_adopted,
    said: SaidElsewhere = NOTHING_SAID,
) -> HttpResponse:
    """It leaves the manual with its clauses, for a reason; that may keep one of the `promises`. Those that wait on it,
    its words that were decided, and what was `said` of it, are told; where something of that waits for a result or for
    words, it is done knowingly."""
    section = get_section_that_stands(request, key, uuid)
    below = []
    for row in load_outline(section.manual):
        if row.section.parent_id == section.pk:
            below.append(row.section)

    waiting = promises.find(section)
    said_of_it = said.about_sections([section])
    asks = any(about.waiting for about in said_of_it)

    def make_form(data: QueryDict | None) -> RetireSectionForm:
        form = RetireSectionForm(data, section=section, asks=asks)
        form.offer_promises(waiting, chosen=request.GET.get("promise", ""))
        return form

    def save(form: RetireSectionForm) -> str:
        data = form.cleaned_data
        retire_section(
            section,
            data["version"],
            by=request.user,
            reason=data["reason"],
            promises=promises,
            promise=data.get("promise", ""),
        )
        return f"{contents_url(section.manual)}#retired"

    entries = load_draft_entries(section)[1:]
    context = {
        "below": below,
        "decided": name_decided_words(entries, find_adopted([section.pk])),
        "waiting": waiting,
        "said": said_of_it,
        "looked_at": load_looked_at([section]),
        "referring": load_referring(section, [entry.uuid for entry in entries]),
        "writers": each_once(find_writers(section, but=request.user)),
    }
    return act_on_section(
        request,
        section,
        "manuals/drafting/section_retire.html",
        make_form,
        save,
        context,
    )


@login_required
@require_POST
def section_shift(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """One place up or down among the sections of its level."""
    section = get_section_that_stands(request, key, uuid)
    direction = request.POST.get("direction", "")
    if direction not in (Direction.UP, Direction.DOWN):
        raise NotVisible
    seen = ListNeighbours.from_form(request.POST)
    done = contents_url(section.manual, section, did=direction)
    try:
        shift_section(
            section,
            _version(request),
            Direction(direction),
            by=request.user,
            seen=seen,
        )
    except StaleNeighbours as stale:
        moved = load_moved_sections(section, seen, stale.now, request.user)
        return show_moved_neighbours(request, section, moved, back=done)
    except StaleSection as stale:
        last = find_last_version(stale.section)
        if (
            last is not None
            and last.action == last.Action.MOVE
            and last.revision.user_id == request.user.pk
        ):
            return see_other(done)  # the button was pressed twice
        return _overtaken_page(request, stale.section)
    return see_other(done)


@login_required
@require_POST
def section_restore(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """A retired section comes back to where it stood. One whose clauses stand in another process is told first, with
    where they are: it comes back without them, and knowingly."""
    section = get_section_to_edit(request.user, key, uuid)
    elsewhere = tell_section_elsewhere(section, request.user)
    if elsewhere is not None and request.POST.get("known") != elsewhere.known:
        shown = {
            "section": section,
            "version": _version(request),
            "elsewhere": elsewhere,
        }
        return render(request, "manuals/drafting/section_restore.html", shown)
    try:
        bring_back_section(section, _version(request), by=request.user)
    except StaleSection as stale:
        return _overtaken_page(request, stale.section)
    section.refresh_from_db()
    told = f"เรียกคืน “{section.title}” แล้ว {namesake_note(section)}"
    messages.success(request, told.strip())
    return see_other(contents_url(section.manual, section))


def _overtaken_page(
    request: AuthenticatedHttpRequest, section: Section
) -> HttpResponse:
    context = {
        "section": section,
        "overtaken": load_overtaken_section(section, request.user, _version(request)),
        "back": contents_url(section.manual, section),
    }
    return render(request, "manuals/drafting/overtaken_page.html", context, status=409)


def _version(request: AuthenticatedHttpRequest) -> int:
    return read_id(request.POST.get("version", ""))
