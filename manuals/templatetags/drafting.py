"""What the templates of the working draft ask."""

from collections.abc import Mapping

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from ..conformity.presentation import ConformityBadge, badge_of
from ..conformity.queries import ProcessConformity
from ..drafting.acknowledged import stored_sheets
from ..drafting.part_hints import PART_HINTS
from ..drafting.presentation.clause_menu import ClauseMenu
from ..drafting.presentation.section_desk import Addition, SectionDesk
from ..drafting.presentation.step_page import BranchFields, StepPage
from ..models import DraftingState
from ..reading.presentation.clauses import ReadClause
from ..reading.presentation.sections import ReadPart
from ..teamwork.presentation.states import STATE_FAMILIES, STATE_SIGNS, tell_states
from ..teamwork.queries.states import ProcessState

register = template.Library()


@register.filter
def conformity_badge(conformity: ProcessConformity) -> ConformityBadge:
    """How the contents show whether a process agrees with the law."""
    return badge_of(conformity)


@register.filter
def additions_of(desk: SectionDesk, part: ReadPart) -> list[Addition]:
    """The links that begin a new clause in this part."""
    return desk.additions.get(part.number, [])


@register.simple_tag
def branch_choices(page: StepPage, branch: BranchFields) -> SafeString:
    """The rows that a branch may lead to, the one it leads to chosen."""
    if not branch.to:
        return page.choices
    choice = f'<option value="{branch.to}"'
    return mark_safe(page.choices.replace(choice, f"{choice} selected"))


@register.filter
def menu_of(desk: SectionDesk, clause: ReadClause) -> ClauseMenu | None:
    """What may be done with the clause beside writing it; None for a step."""
    return desk.menus.get(clause.entry.uuid)


@register.inclusion_tag("manuals/teamwork/state.html", name="drafting_state")
def show_drafting_state(state: ProcessState) -> dict[str, object]:
    return {
        "state": state,
        "sign": STATE_SIGNS[state.state],
        "family": STATE_FAMILIES[state.state],
    }


@register.inclusion_tag("manuals/drafting/left_on_device.html", takes_context=True)
def left_on_device(context: Context) -> dict[str, object]:
    """What an editor's page of this person kept on this device and could not send: this page sends it."""
    request = context["request"]
    return {
        "writer": request.user.pk,
        "stored": stored_sheets(request),
        "csrf_token": context["csrf_token"],
    }


@register.filter
def told_states(counts: Mapping[DraftingState, int]) -> list[str]:
    return tell_states(counts)


@register.filter
def notes_of(desk: SectionDesk, clause: ReadClause) -> int:
    """How many notes of the team wait at the clause."""
    return desk.notes.get(clause.entry.uuid, 0)


@register.filter
def hint_of(part: ReadPart) -> str:
    """What belongs into a part of the nine."""
    return PART_HINTS.get(part.number, "")
