"""Taking processes into the working draft for the first time."""

from collections.abc import Sequence

from django.db import transaction

from hearing_portal.directory.models import User

from ...drafting.changes import AddClause, AddSection, Position
from ...drafting.queries.references import load_numbers_outside, tell_outside
from ...drafting.services.apply_changes import apply_changes
from ...drafting.services.section_writer import section_to_be
from ...models import ClauseChange, Manual, Section, SectionVersion
from ...own_reasons import tell_taking_in
from ...ranks import ranks_after
from ..drafts import ClauseDraft, ProcessDraft
from ..reference_links import link_drafts


@transaction.atomic
def import_process(
    manual: Manual,
    draft: ProcessDraft,
    *,
    by: User,
    unit: Section | None = None,
    origin: str = Section.Origin.KEPT,
) -> Section:
    """A process as a new section with all its clauses: one act, so its first version is the process as it was read.
    What it names by number becomes a reference, in itself and in other processes, as where it is typed in the
    editor."""
    added = AddSection(
        manual,
        Section.Kind.PROCESS,
        draft.title,
        parent=unit.uuid if unit is not None else None,
        data=draft.section_data,
        origin=origin,
        applies_to=draft.applies_to,
    )
    outside = load_numbers_outside(
        (manual.pk, clause.content) for clause in draft.clauses
    ).get(manual.pk)
    linked = link_drafts(draft.clauses, outside, tell_outside(outside))
    clauses = _clauses_to_add(section_to_be(added), linked.clauses)
    reason = tell_taking_in(draft.title)
    apply_changes(by, SectionVersion.Action.IMPORT, reason, [added, *clauses])
    return Section.objects.select_related("manual").get(uuid=added.uuid)


def import_clauses(
    section: Section,
    drafts: Sequence[ClauseDraft],
    *,
    by: User,
    reason: str,
) -> list[ClauseChange]:
    """Put the clauses into an empty section, in the order given. One act; nothing when there are none."""
    if not drafts:
        return []
    changes = _clauses_to_add(section, drafts)
    return apply_changes(by, SectionVersion.Action.IMPORT, reason, changes)


def _clauses_to_add(section: Section, drafts: Sequence[ClauseDraft]) -> list[AddClause]:
    ranks = ranks_after("", len(drafts))
    changes = []
    for draft, rank in zip(drafts, ranks, strict=True):
        position = Position(
            section=section,
            part=draft.part,
            parent=draft.parent,
            rank=rank,
            numbering=draft.numbering,
        )
        changes.append(AddClause(draft.content, position, uuid=draft.uuid))
    return changes
