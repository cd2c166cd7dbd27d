"""Revising a process that stands in the working draft by a text that was read: which clause became which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from rapidfuzz import fuzz

from hearing_portal.directory.models import User

from ...content import plain_text
from ...drafting.changes import (
    AddClause,
    Change,
    Position,
    RetireClause,
    ReviseClause,
    ReviseSection,
)
from ...drafting.services.apply_changes import apply_changes
from ...drafting.services.locking import lock_section
from ...drafting.services.positions import children_first, stands_at
from ...models import Clause, ClauseChange, Section, SectionVersion
from ...ranks import longest_rising, rank_between
from ..drafts import ClauseDraft, ProcessDraft, rename_branch_targets

ALIKE = 55  # fuzz.ratio from which a new wording counts as the old clause reworded, not as another clause


@transaction.atomic
def revise_process(section: Section, draft: ProcessDraft, *, by: User) -> list[ClauseChange]:
    """Turn the section into what `draft` says, in one act: clauses that are alike keep their uuid (reworded or
    moved), others are added or retired. Reasons come from the draft's headers.

    Raises ChangeRefused when the section says just that already.
    """
    section = lock_section(section)
    reason = draft.headers.get("revise_reason") or f"ปรับปรุง {draft.title}"
    retire_reason = draft.headers.get("retire_reason") or reason
    rows = Clause.objects.live().select_related("parent", "section")
    clauses = list(rows.filter(section=section).order_by("part", "rank"))

    pairs = align_clauses(clauses, draft.clauses)
    plan = _RevisionPlan(
        section=section,
        clauses=clauses,
        drafts=_with_final_uuids(draft.clauses, pairs),
        paired={clause.uuid: clause for clause in pairs.values()},
    )
    changes: list[Change] = []
    changes += plan.changes(retire_reason)
    # What the draft says of the section itself, where it is something else now
    values: dict[str, Any] = {}
    if section.title != draft.title:
        values["title"] = draft.title
    if section.data != draft.section_data:
        values["data"] = draft.section_data
    if "applies_to" in draft.headers and section.applies_to != draft.applies_to:
        values["applies_to"] = draft.applies_to
    if (changes or values) and section.origin != Section.Origin.REVISED:
        values["origin"] = Section.Origin.REVISED
    if values:
        changes.append(ReviseSection(section, section.version, values))
    return apply_changes(by, SectionVersion.Action.EDIT, reason, changes)


def align_clauses(old: Sequence[Clause], new: Sequence[ClauseDraft]) -> dict[UUID, Clause]:
    """{draft uuid: clause}: the best pairs of like text within a part, each used once, most alike first."""
    candidates = []
    for position, draft in enumerate(new):
        words = plain_text(draft.content)
        for clause in old:
            if clause.part != draft.part:
                continue
            if clause.kind != draft.content.kind:
                continue
            likeness = fuzz.ratio(words, clause.plain)
            if likeness >= ALIKE:
                # Of pairs just as alike, the one that comes first
                order = (-likeness, position, clause.pk)
                candidates.append((order, draft, clause))
    candidates.sort(key=lambda candidate: candidate[0])

    pairs: dict[UUID, Clause] = {}
    used: set[int] = set()
    for _, draft, clause in candidates:
        if draft.uuid not in pairs and clause.pk not in used:
            pairs[draft.uuid] = clause
            used.add(clause.pk)
    return pairs


def _with_final_uuids(drafts: Sequence[ClauseDraft], pairs: Mapping[UUID, Clause]) -> list[ClauseDraft]:
    """The drafts under their final uuids: a paired one takes its clause's, in parents and branches too."""
    final = {draft.uuid: draft.uuid for draft in drafts}
    for draft_uuid, clause in pairs.items():
        final[draft_uuid] = clause.uuid
    renamed = []
    for draft in drafts:
        copy = replace(
            draft,
            uuid=final[draft.uuid],
            content=rename_branch_targets(draft.content, final),
        )
        if draft.parent is not None:
            copy.parent = final[draft.parent]
        renamed.append(copy)
    return renamed


@dataclass
class _RevisionPlan:
    """What has to happen to `clauses` so that the section reads like `drafts`.

    The drafts stand under their final uuids; `paired` is {uuid: clause} of those that are clauses already.
    """

    section: Section
    clauses: list[Clause]
    drafts: list[ClauseDraft]
    paired: dict[UUID, Clause]

    def changes(self, retire_reason: str) -> Iterator[Change]:
        ranks = self.assign_ranks()
        for draft in self.drafts:
            position = Position(
                section=self.section,
                part=draft.part,
                parent=draft.parent,
                rank=ranks[draft.uuid],
                numbering=draft.numbering,
            )
            clause = self.paired.get(draft.uuid)
            if clause is None:
                yield AddClause(draft.content, position, uuid=draft.uuid)
                continue
            content = None
            if clause.content != draft.content:
                content = draft.content
            if not stands_at(clause, position):
                yield ReviseClause(clause, clause.lock_version, content, position)
            elif content is not None:
                yield ReviseClause(clause, clause.lock_version, content)

        gone = [clause for clause in self.clauses if clause.uuid not in self.paired]
        for clause in children_first(gone):
            yield RetireClause(clause, clause.lock_version, reason=retire_reason)

    def assign_ranks(self) -> dict[UUID, str]:
        """Old ranks where the order allows it (longest rising run of siblings), new ones between them."""
        siblings: dict[tuple[int, UUID | None], list[ClauseDraft]] = {}
        for draft in self.drafts:
            parent = (draft.part, draft.parent)
            siblings.setdefault(parent, []).append(draft)

        taken = {clause.rank for clause in self.clauses}
        ranks: dict[UUID, str] = {}
        for drafts in siblings.values():
            old_ranks = [self._old_rank(draft) for draft in drafts]
            kept = longest_rising(old_ranks)
            low = ""
            for position, draft in enumerate(drafts):
                old_rank = old_ranks[position]
                if position in kept and old_rank is not None:
                    low = old_rank
                else:
                    high = ""
                    for later in kept:
                        if later > position:
                            high = old_ranks[later] or ""
                            break
                    low = rank_between(low, high)
                    while low in taken:
                        low = rank_between(low, high)
                    taken.add(low)
                ranks[draft.uuid] = low
        return ranks

    def _old_rank(self, draft: ClauseDraft) -> str | None:
        """The rank of the draft's clause, when it hangs below the same clause as before."""
        clause = self.paired.get(draft.uuid)
        if clause is None or clause.parent_uuid != draft.parent:
            return None
        return clause.rank
