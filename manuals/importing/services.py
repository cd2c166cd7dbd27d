"""Taking processes into the working draft: a first time, or as a revision of what stands there."""

import uuid as uuids
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from rapidfuzz import fuzz

from hearing_portal.directory.models import User

from ..content import Content, Step, plain_text
from ..drafting.changes import AddClause, AddSection, Change, Position, RetireClause, ReviseClause, ReviseSection
from ..drafting.services.apply_changes import apply_changes
from ..drafting.services.locking import lock_section
from ..drafting.services.positions import children_first
from ..models import Clause, ClauseChange, Manual, Section, SectionVersion
from ..ranks import longest_rising, rank_between, ranks_after
from .process_text import AUDIENCES, ClauseDraft, ProcessDraft

ALIKE = 55  # fuzz.ratio from which a new wording counts as the old clause reworded, not as another clause
IMPORT = SectionVersion.Action.IMPORT


@transaction.atomic
def add_section(
    manual: Manual, kind: str, title: str, *, by: User, parent: Section | None = None, **values: object
) -> Section:
    """A new section after the last one of its level. `values`: data, origin, applies_to."""
    change = AddSection(manual, kind, title, parent=parent.uuid if parent else None, **values)
    apply_changes(by, SectionVersion.Action.ADD, f"เพิ่ม {title}", [change])
    return Section.objects.get(uuid=change.uuid)


@transaction.atomic
def import_process(
    manual: Manual, draft: ProcessDraft, *, by: User, unit: Section | None = None, origin: str = "kept"
) -> Section:
    """A process as a new section with all its clauses: two acts, one transaction."""
    section = add_section(
        manual,
        Section.Kind.PROCESS,
        draft.title,
        by=by,
        parent=unit,
        data=section_data(draft),
        origin=origin,
        applies_to=_audience(draft),
    )
    import_clauses(section, draft.clauses, by=by, reason=f"นำเข้า {draft.title}")
    section.refresh_from_db(fields=["version"])
    return section


def import_clauses(section: Section, drafts: Sequence[ClauseDraft], *, by: User, reason: str) -> list[ClauseChange]:
    """Put the clauses into an empty section, in the order given. One act; nothing when there are none."""
    ranks = ranks_after("", len(drafts))
    changes = [
        AddClause(draft.content, Position(section, draft.part, draft.parent, rank, draft.numbering), uuid=draft.uuid)
        for draft, rank in zip(drafts, ranks, strict=True)
    ]
    return apply_changes(by, IMPORT, reason, changes) if changes else []


def section_data(draft: ProcessDraft) -> dict[str, str]:
    return {key: draft.headers[key] for key in ("doc_code", "indicator") if draft.headers.get(key)}


def _audience(draft: ProcessDraft) -> str:
    return AUDIENCES.get(draft.headers.get("applies_to", ""), "both")


@transaction.atomic
def revise_process(section: Section, draft: ProcessDraft, *, by: User) -> list[ClauseChange]:
    """Turn the section into what `draft` says, in one act: clauses that are alike keep their uuid (reworded or
    moved), others are added or retired. Reasons come from the draft's headers.

    Raises ChangeRefused when the section says just that already.
    """
    section = lock_section(section)
    reason = draft.headers.get("revise_reason") or f"ปรับปรุง {draft.title}"
    rows = Clause.objects.live().select_related("parent", "section")
    clauses = list(rows.filter(section=section).order_by("part", "rank"))
    pairs = align_clauses(clauses, draft.clauses)
    plan = _RevisionPlan(section, clauses, _settled(draft.clauses, pairs), pairs)
    changes: list[Change] = list(plan.changes(draft.headers.get("retire_reason", "") or reason))
    values = {"title": draft.title, "data": section_data(draft)}
    if "applies_to" in draft.headers:
        values["applies_to"] = _audience(draft)
    changed = {name: value for name, value in values.items() if getattr(section, name) != value}
    if (changes or changed) and section.origin != Section.Origin.REVISED:
        changed["origin"] = Section.Origin.REVISED
    if changed:
        changes.append(ReviseSection(section, section.version, changed))
    return apply_changes(by, SectionVersion.Action.EDIT, reason, changes)


def align_clauses(old: Sequence[Clause], new: Sequence[ClauseDraft]) -> dict[uuids.UUID, Clause]:
    """{draft uuid: clause}: the best pairs of like text within a part, each used once, most alike first."""
    scored = []
    for position, draft in enumerate(new):
        words = plain_text(draft.content)
        for clause in old:
            if clause.part != draft.part or clause.kind != draft.content.kind:
                continue
            score = fuzz.ratio(words, clause.plain)
            if score >= ALIKE:
                scored.append((-score, position, clause.pk, draft, clause))
    pairs: dict[uuids.UUID, Clause] = {}
    used: set[int] = set()
    for _, _, key, draft, clause in sorted(scored, key=lambda row: row[:3]):
        if draft.uuid not in pairs and key not in used:
            pairs[draft.uuid] = clause
            used.add(key)
    return pairs


def _settled(drafts: Sequence[ClauseDraft], pairs: dict[uuids.UUID, Clause]) -> list[ClauseDraft]:
    """The drafts under their final uuids: a paired one takes its clause's, in parents and branches too."""
    final = {draft.uuid: pairs[draft.uuid].uuid if draft.uuid in pairs else draft.uuid for draft in drafts}
    return [
        replace(
            draft,
            uuid=final[draft.uuid],
            parent=final[draft.parent] if draft.parent else None,
            content=with_targets(draft.content, final),
        )
        for draft in drafts
    ]


def with_targets(content: Content, final: dict[uuids.UUID, uuids.UUID]) -> Content:
    """A step's branches under the new uuids of the steps they lead to; any other content as it is."""
    if not isinstance(content, Step):
        return content
    following = [{**branch, "to": str(final[uuids.UUID(branch["to"])])} for branch in content.next]
    return replace(content, next=following)


@dataclass
class _RevisionPlan:
    """What has to happen to `clauses` so that the section reads like `drafts` (under their final uuids)."""

    section: Section
    clauses: list[Clause]
    drafts: list[ClauseDraft]
    pairs: dict[uuids.UUID, Clause]

    def changes(self, retire_reason: str) -> Iterator[Change]:
        paired = {clause.uuid: clause for clause in self.pairs.values()}
        ranks = self.ranks(paired)
        for draft in self.drafts:
            place = Position(self.section, draft.part, draft.parent, ranks[draft.uuid], draft.numbering)
            clause = paired.get(draft.uuid)
            if clause is None:
                yield AddClause(draft.content, place, uuid=draft.uuid)
                continue
            stays = _place(clause) == (draft.part, draft.parent, ranks[draft.uuid], draft.numbering)
            reworded = clause.content != draft.content
            if reworded or not stays:
                yield ReviseClause(
                    clause,
                    clause.lock_version,
                    draft.content if reworded else None,
                    None if stays else place,
                )
        gone = [clause for clause in self.clauses if clause.uuid not in paired]
        for clause in children_first(gone):
            yield RetireClause(clause, clause.lock_version, reason=retire_reason)

    def ranks(self, paired: dict[uuids.UUID, Clause]) -> dict[uuids.UUID, str]:
        """Old ranks where the order allows it (longest rising run of siblings), new ones between them."""
        taken = {clause.rank for clause in self.clauses}
        ranks: dict[uuids.UUID, str] = {}
        for siblings in self.sibling_lists():
            kept = longest_rising(
                [
                    paired[draft.uuid].rank
                    if draft.uuid in paired and _parent(paired[draft.uuid]) == draft.parent
                    else None
                    for draft in siblings
                ]
            )
            low = ""
            for position, draft in enumerate(siblings):
                if position in kept:
                    low = ranks[draft.uuid] = paired[draft.uuid].rank
                    continue
                high = next((paired[siblings[later].uuid].rank for later in kept if later > position), "")
                low = ranks[draft.uuid] = _free_rank(low, high, taken)
                taken.add(low)
        return ranks

    def sibling_lists(self) -> list[list[ClauseDraft]]:
        groups: dict[tuple[int, uuids.UUID | None], list[ClauseDraft]] = {}
        for draft in self.drafts:
            groups.setdefault((draft.part, draft.parent), []).append(draft)
        return list(groups.values())


def _free_rank(low: str, high: str, taken: set[str]) -> str:
    rank = rank_between(low, high)
    while rank in taken:
        rank = rank_between(rank, high)
    return rank


def _place(clause: Clause) -> tuple[int, uuids.UUID | None, str, str]:
    return clause.part, _parent(clause), clause.rank, clause.numbering


def _parent(clause: Clause) -> uuids.UUID | None:
    return clause.parent.uuid if clause.parent else None
