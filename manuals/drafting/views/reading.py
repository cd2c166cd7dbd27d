"""The working draft for those who write it and those who advise: which manuals, one of them, one of its sections."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest

from ...access import get_manual_to_read
from ...models import Section
from ...models.section_survivors import find_section_survivors, find_standing_kin
from ...permissions import can_edit_draft
from ...queries import live_processes, load_draft_entries
from ...reading.presentation.sections import read_section
from ...teamwork.presentation.states import tell_states
from ...teamwork.queries.notes import count_notes_by_section
from ...teamwork.queries.states import find_state, find_states
from ..presentation.bringing_back import list_retired_sections
from ..presentation.references import find_outer_uuids, load_outer_targets
from ..presentation.section_desk import load_section_desk
from ..queries.contents import load_outline
from ..queries.lacks import find_lacks
from ..queries.references import find_standing, load_numbers_outside
from ..reference_lacks import find_reference_lacks


@login_required
@require_safe
def manual_draft(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The contents of a manual as they stand in the working draft."""
    manual = get_manual_to_read(request.user, key)
    can_edit = can_edit_draft(request.user, manual.work_group)
    lacks = find_lacks(manual) if can_edit else {}
    states = find_states(live_processes(Section.objects.filter(manual=manual)))
    rows = load_outline(
        manual,
        lacks,
        states,
        count_notes_by_section(manual) if can_edit else None,
    )
    counted = Counter(state.state for state in states.values())
    context = {
        "manual": manual,
        "rows": rows,
        "processes": len(states),
        "clauses": sum(row.clauses for row in rows),
        "states": tell_states(counted),
        "undrafted": sum(not row.clauses for row in rows if row.section.is_process),
        "repealed": sum(bool(lack.repealed) for lack in lacks.values()),
        "can_edit": can_edit,
        "retired": list_retired_sections(manual) if can_edit else [],
        "moved": request.GET.get("moved", ""),
        "did": request.GET.get("did", ""),
        "is_admin": load_roles(request.user).is_admin,
    }
    return render(request, "manuals/drafting/manual_draft.html", context)


@login_required
@require_safe
def draft(request: AuthenticatedHttpRequest, key: str, uuid: str) -> HttpResponse:
    """One section of it."""
    manual = get_manual_to_read(request.user, key)
    sections = Section.objects.select_related("manual__work_group", "parent", "retired")
    node = get_object_or_404(sections, uuid=uuid, manual=manual)
    may_write = can_edit_draft(request.user, manual.work_group)
    can_edit = may_write and node.retired is None
    entries = load_draft_entries(node)
    outer_targets = load_outer_targets(node, entries, user=request.user)
    section = read_section(
        entries, shows_empty_parts=can_edit, outer_targets=outer_targets
    )
    context = {"node": node, "section": section, "can_edit": can_edit}
    if node.is_process and node.retired is None:
        context["state"] = find_state(node)
    if node.retired is not None:
        successors = find_section_survivors([node]).get(node.pk, [])
        context["successors"] = successors
        context["kin"] = (
            [] if successors else find_standing_kin([node]).get(node.pk, [])
        )
        context["promise"] = request.GET.get("promise", "")
        context["may_restore"] = may_write
    if can_edit:
        moved, did = request.GET.get("moved", ""), request.GET.get("did", "")
        promise = request.GET.get("promise", "")
        context["desk"] = load_section_desk(
            node, request.user, moved=moved, did=did, promise=promise
        )
        context["has_promise"] = bool(promise)
        standing = find_standing(find_outer_uuids(entries))
        context["reference_lacks"] = find_reference_lacks(
            entries,
            standing.standing,
            followed=standing.followed,
            is_process=node.is_process,
            outside=load_numbers_outside(
                (manual.pk, entry.content)
                for entry in entries
                if entry.content is not None
            ).get(manual.pk),
        )
    return render(request, "manuals/drafting/draft.html", context)
