"""Revising a process that stands in the working draft by a text that was read: which clause became which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User

from ...content import Content, Step, plain_text, written_words
from ...drafting.changes import (
    AddClause,
    Change,
    Position,
    RetireClause,
    ReviseClause,
    ReviseSection,
)
from ...drafting.queries.references import load_numbers_outside, tell_outside
from ...drafting.services.apply_changes import apply_changes
from ...drafting.services.locking import lock_section
from ...drafting.services.positions import children_first, stands_at
from ...drafting.typed_references import NumbersByTitle
from ...models import Clause, ClauseChange, Section, SectionVersion
from ...own_reasons import tell_revising
from ...ranks import longest_rising, rank_between
from ..adopted import KeptClause
from ..drafts import ClauseDraft, ProcessDraft, rename_branch_targets
from ..kept_facts import as_kind_of, with_kept_facts
from ..matching import FileWords, KnownWords, Match, match_words
from ..reference_links import link_drafts


@transaction.atomic
def revise_process(
    section: Section, draft: ProcessDraft, *, by: User
) -> list[ClauseChange]:
    """Turn the section into what `draft` says, in one act: clauses that are alike keep their uuid (reworded or
    moved), others are added or retired. Reasons come from the draft's headers.

    Raises ChangeRefused when the section says just that already.
    """
    section = lock_section(section)
    clauses = load_clauses_by_section([section]).get(section.pk, [])
    changes = plan_revision(section, clauses, draft)
    return apply_changes(by, SectionVersion.Action.IMPORT, reason_of(draft), changes)


def reason_of(draft: ProcessDraft) -> str:
    return draft.headers.get("revise_reason") or tell_revising(draft.title)


def load_clauses_by_section(sections: Iterable[Section]) -> dict[int, list[Clause]]:
    """{section id: its live clauses in reading order}. One query."""
    rows = Clause.objects.live().select_related("parent", "section")
    found: dict[int, list[Clause]] = {}
    for clause in rows.filter(section__in=list(sections)).order_by("part", "rank"):
        found.setdefault(clause.section_id, []).append(clause)
    return found


def plan_revision(
    section: Section, clauses: list[Clause], draft: ProcessDraft
) -> list[Change]:
    """What turns the section with these clauses into what `draft` says; nothing when it says just that already."""
    return plan_sparing_revision(section, clauses, draft, ()).changes


@dataclass(frozen=True, slots=True)
class Revision:
    """What a text would do to a section; `spared` are the kept clauses that it says otherwise."""

    changes: list[Change]
    spared: list[Clause]


def plan_sparing_revision(
    section: Section,
    clauses: list[Clause],
    draft: ProcessDraft,
    kept: Sequence[KeptClause],
) -> Revision:
    """As plan_revision, but the kept clauses have the words they have now, or stay away where they were cut."""
    retire_reason = draft.headers.get("retire_reason") or reason_of(draft)
    pairs = align_clauses(clauses, draft, kept)
    sparing = _Sparing(kept)
    standing = [clause for clause in pairs.values() if clause.retired_id is None]
    plan = _RevisionPlan(
        section=section,
        clauses=clauses,
        drafts=sparing.apply(_final_drafts(draft, pairs, section.manual_id)),
        paired={clause.uuid: clause for clause in standing},
    )
    plan.staying = sparing.find_staying(plan.gone)
    changes = list(plan.changes(retire_reason))
    # What the draft says of the section itself, where it is something else now
    values: dict[str, Any] = {}
    if section.title != draft.title:
        values["title"] = draft.title
    if section.data != draft.section_data:
        values["data"] = draft.section_data
    if "applies_to" in draft.headers and section.applies_to != draft.applies_to:
        values["applies_to"] = draft.applies_to
    # A process that had nothing but its title is written for the first time
    if clauses and (changes or values) and section.origin == Section.Origin.KEPT:
        values["origin"] = Section.Origin.REVISED
    if values:
        changes.append(ReviseSection(section, section.version, values))
    return Revision(changes, sparing.spared)


def final_contents(
    draft: ProcessDraft, pairs: Mapping[UUID, Clause], manual_id: int | None = None
) -> dict[UUID, Content]:
    """{draft uuid: what would be written}: with references that lead to the clauses of the draft, and to those of other
    processes that it names from this manual."""
    final = _final_drafts(draft, pairs, manual_id)
    contents = {}
    for before, after in zip(draft.clauses, final, strict=True):
        contents[before.uuid] = after.content
    return contents


@dataclass(frozen=True, slots=True)
class RevisionCounts:
    """What a planned revision would do to the clauses. A clause may be both moved and reworded."""

    added: int = 0
    reworded: int = 0
    moved: int = 0
    retired: int = 0


def count_changes(changes: Iterable[Change]) -> RevisionCounts:
    added = 0
    reworded = 0
    moved = 0
    retired = 0
    for change in changes:
        match change:
            case AddClause():
                added += 1
            case RetireClause():
                retired += 1
            case ReviseClause():
                reworded += change.content is not None
                moved += change.position is not None
    return RevisionCounts(added, reworded, moved, retired)


def align_clauses(
    old: Sequence[Clause], draft: ProcessDraft, kept: Sequence[KeptClause] = ()
) -> dict[UUID, Clause]:
    """{draft uuid: clause}, each used once: as somebody saw it in the preview, or else as the words tell. A kept clause
    is known by the words it had before too; one that was cut only by words that are the same, or nearly."""
    cut = [each.clause for each in kept if each.is_cut]
    by_uuid = {clause.uuid: clause for clause in (*old, *cut)}
    if draft.matched is None:
        earlier = {each.clause.pk: each.earlier for each in kept}
        matches = match_drafts(draft.clauses, (*old, *cut), earlier=earlier)
        matched = {uuid: match.clause for uuid, match in matches.items()}
    else:
        matched = dict(draft.matched)
        new = [each for each in draft.clauses if each.uuid not in matched]
        for uuid, match in match_drafts(new, cut).items():
            matched[uuid] = match.clause
    pairs = {}
    for uuid, clause_uuid in matched.items():
        if clause_uuid in by_uuid:
            pairs[uuid] = by_uuid[clause_uuid]
    return pairs


def match_drafts(
    drafts: Sequence[ClauseDraft],
    clauses: Sequence[Clause],
    *,
    earlier: Mapping[int, Sequence[str]] | None = None,
    told: Mapping[int, str] | None = None,
) -> dict[UUID, Match]:
    """{draft uuid: the clause it is}. By a clause's id, `earlier` are words it had before, and `told` its words with
    what its references say; a retired clause is one that was cut."""
    known = []
    for clause in clauses:
        words = clause.plain
        if told is not None:
            words = told[clause.pk]
        clause_words = KnownWords(
            clause.uuid,
            words,
            clause.part,
            clause.kind,
            tuple((earlier or {}).get(clause.pk, ())),
            is_cut=clause.retired_id is not None,
        )
        known.append(clause_words)
    lines = []
    for draft in drafts:
        kind = draft.content.kind
        words = plain_text(draft.content)
        if told is not None:
            words = written_words(kind, words)
        lines.append(FileWords(draft.uuid, words, draft.part, kind, draft.bookmark))
    return match_words(lines, known)


def _final_drafts(
    process: ProcessDraft, pairs: Mapping[UUID, Clause], manual_id: int | None
) -> list[ClauseDraft]:
    """As they would be written: under their final uuids, with references, as those of a new process (import_process),
    and with what no file says. No query, up to five where it names another process."""
    known = {clause.uuid: clause for clause in pairs.values()}
    is_seen = process.matched is not None  # of what kind each is was told there
    final = []
    outside: NumbersByTitle | None = None
    if manual_id is not None:
        contents = ((manual_id, draft.content) for draft in process.clauses)
        outside = load_numbers_outside(contents).get(manual_id)
    drafts = _with_final_uuids(process.clauses, pairs)
    for draft in link_drafts(drafts, outside, tell_outside(outside)).clauses:
        clause = known.get(draft.uuid)
        if clause is not None:
            if draft.part == clause.part and not is_seen:
                content = as_kind_of(draft.content, clause.content)
                draft = replace(draft, content=content)
            draft = replace(draft, content=with_kept_facts(draft, clause.content))
        final.append(draft)
    return final


def _with_final_uuids(
    drafts: Sequence[ClauseDraft], pairs: Mapping[UUID, Clause]
) -> list[ClauseDraft]:
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


class _Sparing:
    """Takes out of what was read all that it says of the kept clauses; `spared` are those it said otherwise."""

    def __init__(self, kept: Sequence[KeptClause]) -> None:
        self.kept = {each.clause.uuid: each for each in kept}
        self.spared: list[Clause] = []

    def apply(self, drafts: Sequence[ClauseDraft]) -> list[ClauseDraft]:
        """The drafts, under their final uuids, with the kept words and without what was cut."""
        cut = {}
        for draft in drafts:
            if draft.uuid in self.kept and self.kept[draft.uuid].is_cut:
                cut[draft.uuid] = draft.parent
                self.spared.append(self.kept[draft.uuid].clause)
        applied = []
        for draft in drafts:
            if draft.uuid in cut:
                continue
            while draft.parent in cut:
                draft.parent = cut[draft.parent]
            content = draft.content
            if draft.uuid in self.kept:
                clause = self.kept[draft.uuid].clause
                if clause.content != content:
                    self.spared.append(clause)
                    content = clause.content
            if cut and isinstance(content, Step):
                branches = []
                for branch in content.next:
                    if UUID(branch["to"]) not in cut:
                        branches.append(branch)
                content = replace(content, next=branches)
            applied.append(replace(draft, content=content))
        return applied

    def find_staying(self, gone: Sequence[Clause]) -> set[UUID]:
        """Those of the clauses without a counterpart that stay: the kept ones, with what they hang below."""
        staying: set[UUID] = set()
        by_uuid = {clause.uuid: clause for clause in gone}
        for clause in gone:
            if clause.uuid not in self.kept:
                continue
            self.spared.append(clause)
            above: Clause | None = clause
            while above is not None:
                staying.add(above.uuid)
                if above.parent_uuid is None:
                    break
                above = by_uuid.get(above.parent_uuid)
        return staying


@dataclass
class _RevisionPlan:
    """What has to happen to `clauses` so that the section reads like `drafts`.

    The drafts stand under their final uuids; `paired` is {uuid: clause} of those that are clauses already, `staying`
    are clauses without a counterpart that are not retired.
    """

    section: Section
    clauses: list[Clause]
    drafts: list[ClauseDraft]
    paired: dict[UUID, Clause]
    staying: set[UUID] = field(default_factory=set)

    @property
    def gone(self) -> list[Clause]:
        """Those without a counterpart among the drafts."""
        return [clause for clause in self.clauses if clause.uuid not in self.paired]

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

        retired = [clause for clause in self.gone if clause.uuid not in self.staying]
        for clause in children_first(retired):
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
