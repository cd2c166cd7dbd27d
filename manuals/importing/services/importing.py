"""Taking processes into the working draft for the first time."""

from collections.abc import Sequence

from django.db import transaction

from hearing_portal.directory.models import User

from ...drafting.changes import AddClause, Position
from ...drafting.services.apply_changes import apply_changes
from ...drafting.services.sections import add_section
from ...models import ClauseChange, Manual, Section, SectionVersion
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
    """A process as a new section with all its clauses: two acts, one transaction."""
    section = add_section(
        manual,
        Section.Kind.PROCESS,
        draft.title,
        by=by,
        parent=unit,
        data=draft.section_data,
        origin=origin,
        applies_to=draft.applies_to,
    )
    import_clauses(
        section,
        link_drafts(draft.clauses).clauses,
        by=by,
        reason=f"นำเข้า {draft.title}",
    )
    section.refresh_from_db(fields=["version"])
    return section


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
    return apply_changes(by, SectionVersion.Action.IMPORT, reason, changes)
