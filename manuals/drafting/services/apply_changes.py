"""The only writer of sections and clauses: every act on a manual goes through apply_changes."""

import uuid as uuids
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Max, Min
from reversion.models import Revision

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...acts import TEXT_CHANGED, about_section
from ...content import Content, Reference, content_sha, plain_text
from ...models import Citation, Clause, ClauseChange, ClauseLineage, LegalSource, Retirement, Section, SectionVersion
from ...ranks import rank_between
from ..changes import (
    SECTION_VALUES,
    AddClause,
    AddSection,
    Change,
    ChangeRefused,
    Position,
    RestoreClause,
    RetireClause,
    ReviseClause,
    ReviseSection,
    StaleClause,
)
from .blobs import store_blobs
from .revisions import refuse_inside_revision, write_revision

FREEZE_LOCK = 2565_01  # shared by every act, exclusive for freezing: an edition never sees half an act
TREE_LOCK = 2565_02  # with a manual's id: held by acts that place its sections


def apply_changes(actor: User, action: str, reason: str, changes: Sequence[Change]) -> list[ClauseChange]:
    """Do all `changes` as one act and return its ClauseChanges in the order given (section-only acts: []).

    Raises StaleClause when a lock_version is old, ChangeRefused when a change contradicts the tree. Nothing
    is written then. Must not be called inside another revision.
    """
    refuse_inside_revision()
    if not changes:
        raise ChangeRefused("ไม่มีสิ่งที่เปลี่ยน จึงไม่ได้บันทึกรุ่นใหม่")
    with act(by=actor, reason=reason) as done:
        _hold_off_freezing()
        revision = _Revision(actor, action, reason)
        revision.lock(changes)
        for change in changes:
            revision.apply(change)
        revision.insert_added()
        revision.check_tree()
        revision.raise_versions()
        changed = revision.record()
        for section in revision.changed_sections.values():
            done.record(TEXT_CHANGED, about_section(section), detail=action, note=str(section.version))
        return changed


def lock_section(section: Section) -> Section:
    """The section's locked row, for acts that plan their changes from what stands there now.

    Within a transaction; apply_changes may follow. The freeze lock comes first, as it does there: an act that
    held the row while it waited for that lock could wait for ever.
    """
    _hold_off_freezing()
    rows = Section.objects.select_for_update(of=("self",)).select_related("manual", "parent")
    return rows.get(pk=section.pk)


def _hold_off_freezing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [FREEZE_LOCK])


class _Revision:
    """The state of one running act: locked rows, touched sections, and the changes to be recorded."""

    def __init__(self, actor: User, action: str, reason: str) -> None:
        self.actor, self.action, self.reason = actor, action, reason
        self.sections: dict[int, Section] = {}
        self.clauses: dict[uuids.UUID, Clause] = {}
        self.changed_sections: dict[int, Section] = {}
        self.new_ids: Iterator[int] = iter(())
        self.added: list[Clause] = []  # not inserted yet: an import's clauses go in together
        self.moved: set[int] = set()
        self.moved_sections: set[int] = set()
        self.recorded: list[ClauseChange] = []
        self.blobs: dict[str, Content] = {}
        self.lineage: list[tuple[uuids.UUID, uuids.UUID, str]] = []
        self.cited: list[tuple[Clause, Content]] = []
        self.other_rows: list[Retirement | ClauseLineage] = []  # besides sections and clauses

    # -- locking -----------------------------------------------------------------------------------

    def lock(self, changes: Sequence[Change]) -> None:
        """Lock every section the act names in uuid order (no deadlock between acts), then its clauses."""
        section_ids: set[int] = set()
        sections_of_clauses: set[int] = set()
        clause_ids: set[int] = set()
        manual_ids: set[int] = set()
        for change in changes:
            if isinstance(change, AddSection):
                manual_ids.add(change.manual.pk)
            if isinstance(change, ReviseSection):
                section_ids.add(change.section.pk)
                if set(change.values) & {"manual", "parent", "rank", "retired"} or change.retire_reason:
                    manual_ids |= {change.section.manual_id, change.values.get("manual", change.section.manual).pk}
            position = getattr(change, "position", None)
            if position is not None and position.section.pk:
                section_ids.add(position.section.pk)
            if isinstance(change, (ReviseClause, RetireClause, RestoreClause)):
                section_ids.add(change.clause.section_id)
                sections_of_clauses.add(change.clause.section_id)
                clause_ids.add(change.clause.pk)
        self.lock_trees(manual_ids)
        self.new_ids = iter(_draw_ids(sum(isinstance(change, AddClause) for change in changes)))
        if section_ids <= sections_of_clauses:
            self.lock_clauses_with_sections(clause_ids)
        else:
            self.lock_sections(section_ids)
            self.lock_clauses(clause_ids)

    def lock_clauses_with_sections(self, clause_ids: set[int]) -> None:
        """The most frequent act names clauses only: their sections are locked with them, in one query."""
        rows = Clause.objects.select_for_update(of=("self", "section"))
        rows = rows.select_related("parent", "section__manual", "section__parent")
        clauses = list(rows.filter(pk__in=clause_ids).order_by("section__uuid", "uuid"))
        self.keep_sections({clause.section_id: clause.section for clause in clauses}.values())
        self.keep_clauses(clauses)

    def lock_sections(self, section_ids: set[int]) -> None:
        rows = Section.objects.select_for_update(of=("self",)).select_related("manual", "parent")
        self.keep_sections(rows.filter(pk__in=section_ids).order_by("uuid"))

    def lock_clauses(self, clause_ids: set[int]) -> None:
        rows = Clause.objects.select_for_update(of=("self",)).select_related("parent")
        self.keep_clauses(rows.filter(pk__in=clause_ids).order_by("uuid"))

    def keep_sections(self, sections: Iterable[Section]) -> None:
        """One object per row: what one change does to a section, the next one sees."""
        self.sections = {section.pk: section for section in sections}
        for section in self.sections.values():
            section.parent = self.sections.get(section.parent_id, section.parent)

    def keep_clauses(self, clauses: Iterable[Clause]) -> None:
        self.clauses = {clause.uuid: clause for clause in clauses}
        by_id = {clause.pk: clause for clause in self.clauses.values()}
        for clause in by_id.values():
            clause.parent = by_id.get(clause.parent_id, clause.parent)
            if clause.section_id in self.sections:  # else it moved on since it was read: locked_clause refuses it
                clause.section = self.sections[clause.section_id]

    def lock_trees(self, manual_ids: set[int]) -> None:
        with connection.cursor() as cursor:
            for manual_id in sorted(manual_ids):
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TREE_LOCK, manual_id])

    def locked_clause(self, clause: Clause, read_version: int) -> Clause:
        """The locked row; refuses when it moved on since it was read."""
        row = self.clauses[clause.uuid]
        if row.lock_version != read_version or row.section_id != clause.section_id:
            raise StaleClause(row, read_version)
        return row

    def mark_changed(self, section: Section) -> Section:
        section = self.sections.setdefault(section.pk, section)
        self.changed_sections[section.pk] = section
        return section

    # -- doing -------------------------------------------------------------------------------------

    def apply(self, change: Change) -> None:
        if not isinstance(change, AddClause):
            self.insert_added()
        match change:
            case AddSection():
                self.add_section(change)
            case ReviseSection():
                self.revise_section(change)
            case AddClause():
                self.add_clause(change)
            case ReviseClause():
                self.revise_clause(change)
            case RetireClause():
                self.retire_clause(change)
            case RestoreClause():
                self.restore_clause(change)

    def add_section(self, change: AddSection) -> None:
        section = Section(
            uuid=change.uuid,
            manual=change.manual,
            parent=self.section_by_uuid(change.parent),
            kind=change.kind,
            title=change.title,
            data=dict(change.data),
            origin=change.origin,
            applies_to=change.applies_to,
        )
        self.place_section(section)
        section.rank = change.rank or _free_rank(_section_siblings(section))
        section.save()
        self.mark_changed(section)

    def revise_section(self, change: ReviseSection) -> None:
        section = self.sections[change.section.pk]
        if section.version != change.version:
            raise ChangeRefused("มีผู้แก้ไขหมวดนี้ไปก่อนแล้ว โปรดเปิดหน้าใหม่แล้วลองอีกครั้ง")
        if set(change.values) - SECTION_VALUES:
            raise ValueError(f"a section has no values {sorted(set(change.values) - SECTION_VALUES)}")
        new = {name for name, value in change.values.items() if getattr(section, name) != value}
        if not new and not change.retire_reason:
            raise ChangeRefused("ไม่มีสิ่งที่เปลี่ยน จึงไม่ได้บันทึกรุ่นใหม่")
        for name in new:
            setattr(section, name, change.values[name])
        if new & {"manual", "parent", "rank", "retired"}:
            self.place_section(section)
            siblings = _section_siblings(section)
            is_free = new == {"retired"} and not siblings.filter(rank=section.rank).exists()
            wanted = section.rank if is_free else change.values.get("rank")
            section.rank = wanted or _free_rank(siblings, change.after, change.before)
        if change.retire_reason:
            if section.children.filter(retired__isnull=True).exists():
                raise ChangeRefused("ยังมีหัวข้อย่อยอยู่ข้างใต้ โปรดย้ายหรือยกเลิกหัวข้อย่อยก่อน")
            section.retired = self.retirement(change.retire_reason)
        self.mark_changed(section)

    def place_section(self, section: Section) -> None:
        """Refuse a parent in another manual, a retired one, and one below the section itself."""
        parent = section.parent
        if parent is not None and parent.manual_id != section.manual_id:
            raise ChangeRefused("หัวข้อหลักอยู่ในคู่มือเล่มอื่น")
        if parent is not None and parent.retired_id:
            raise ChangeRefused("หัวข้อหลักถูกยกเลิกแล้ว วางหัวข้อย่อยไว้ใต้หัวข้อนั้นไม่ได้")
        if parent is not None and section.pk and _stands_below(parent, section):
            raise ChangeRefused("ย้ายหัวข้อไปไว้ใต้หัวข้อย่อยของตนเองไม่ได้")
        if section.pk:
            self.moved_sections.add(section.pk)

    def add_clause(self, change: AddClause) -> None:
        clause = Clause(pk=next(self.new_ids), uuid=change.uuid)
        self.place_clause(clause, change.position)
        self.set_content(clause, change.content)
        self.added.append(clause)
        self.clauses[clause.uuid] = clause
        self.lineage += [(source.uuid, clause.uuid, kind) for source, kind in change.descends_from]
        self.record_change(clause, change.kind, None, change.reason)

    def insert_added(self) -> None:
        Clause.objects.bulk_create(self.added, batch_size=1000)
        self.added = []

    def revise_clause(self, change: ReviseClause) -> None:
        clause = self.locked_clause(change.clause, change.lock_version)
        before, words_before, home = clause.sha, clause.plain, clause.section
        if change.position is not None:
            self.place_clause(clause, change.position)
        if change.content is not None:
            self.set_content(clause, change.content)
        if change.position is None and clause.sha == before:
            raise ChangeRefused("ถ้อยคำเหมือนเดิมทุกตัวอักษร จึงไม่ได้บันทึกรุ่นใหม่")
        self.save_clause(clause)
        kind = change.kind or _revision_kind(clause, before, words_before)
        self.record_change(clause, kind, before, change.reason, home)

    def retire_clause(self, change: RetireClause) -> None:
        clause = self.locked_clause(change.clause, change.lock_version)
        if clause.retired_id:
            raise ChangeRefused("ข้อนี้ถูกยกเลิกไปแล้ว")
        reason = change.reason or self.reason
        if not reason.strip():
            raise ChangeRefused("โปรดบอกเหตุผลที่ยกเลิกข้อ")
        if Clause.objects.live().filter(parent=clause).exists():
            raise ChangeRefused("ข้อนี้ยังมีข้อย่อย โปรดยกเลิกหรือย้ายข้อย่อยก่อน")
        clause.retired = self.retirement(reason)
        self.save_clause(clause)
        self.lineage += [(clause.uuid, target, kind) for target, kind in change.succeeded_by]
        self.record_change(clause, ClauseChange.Kind.RETIRED, clause.sha, change.reason, clause.section, gone=True)

    def restore_clause(self, change: RestoreClause) -> None:
        clause = self.locked_clause(change.clause, change.lock_version)
        if not clause.retired_id:
            raise ChangeRefused("ข้อนี้ยังอยู่ในคู่มือ ไม่ต้องเรียกคืน")
        before = clause.sha
        clause.retired = None
        self.place_clause(clause, change.position or self.free_position(clause))
        if change.content is not None:
            self.set_content(clause, change.content)
        self.save_clause(clause)
        self.record_change(clause, ClauseChange.Kind.RESTORED, before, change.reason)

    def retirement(self, reason: str) -> Retirement:
        row = Retirement.objects.create(reason=reason, by=self.actor)
        self.other_rows.append(row)
        return row

    # -- rows --------------------------------------------------------------------------------------

    def place_clause(self, clause: Clause, position: Position) -> None:
        section = self.mark_changed(self.sections.get(position.section.pk, position.section))
        parent = self.clause_by_uuid(position.parent)
        if section.retired_id:
            raise ChangeRefused("หมวดนี้ถูกยกเลิกแล้ว วางข้อไว้ในหมวดนี้ไม่ได้")
        if parent is not None and (parent.section_id, parent.part) != (section.pk, position.part):
            raise ChangeRefused("ข้อย่อยต้องอยู่ในส่วนเดียวกับข้อหลักของตน")
        if parent is not None and parent.retired_id:
            raise ChangeRefused("ข้อหลักถูกยกเลิกแล้ว วางข้อย่อยไว้ใต้ข้อนั้นไม่ได้")
        is_new = clause._state.adding
        if parent is not None and not is_new and _stands_below(parent, clause):
            raise ChangeRefused("ย้ายข้อไปไว้ใต้ข้อย่อยของตนเองไม่ได้")
        if not is_new and (clause.section_id, clause.part) != (section.pk, position.part):
            self.moved.add(clause.pk)
        clause.section, clause.part, clause.parent = section, position.part, parent
        clause.numbering = position.numbering
        clause.rank = position.rank or self.free_rank(clause, position)

    def free_rank(self, clause: Clause, position: Position) -> str:
        self.insert_added()
        after, before = self.clause_by_uuid(position.after), self.clause_by_uuid(position.before)
        return _free_rank(_clause_siblings(clause), after, before)

    def free_position(self, clause: Clause) -> Position:
        """The clause's old place, at its old rank when that is still free."""
        taken = Clause.objects.live().filter(
            section_id=clause.section_id, part=clause.part, parent_id=clause.parent_id, rank=clause.rank
        )
        parent = clause.parent
        if parent is not None and parent.retired_id:
            raise ChangeRefused("ข้อหลักของข้อนี้ถูกยกเลิกแล้ว โปรดเรียกคืนข้อหลักก่อน")
        return Position(
            clause.section,
            clause.part,
            parent.uuid if parent else None,
            None if taken.exists() else clause.rank,
            clause.numbering,
        )

    def set_content(self, clause: Clause, content: Content) -> None:
        # Text cites nothing: only what is a reference, or was one, has citations to rebuild
        if isinstance(content, Reference) or clause.kind == Reference.kind:
            self.cited.append((clause, content))
        clause.kind, clause.applies_to = content.kind, content.applies_to
        clause.body, clause.data = content.body, content.data()
        clause.plain, clause.sha = plain_text(content), content_sha(content)
        self.blobs[clause.sha] = content

    def save_clause(self, clause: Clause) -> None:
        clause.lock_version += 1
        clause.save()
        self.mark_changed(clause.section)

    def record_change(
        self,
        clause: Clause,
        kind: str,
        before: str | None,
        reason: str,
        home: Section | None = None,
        *,
        gone: bool = False,
    ) -> None:
        """Remember what happened to the clause; the row is written once the revision exists."""
        if home is not None:
            self.mark_changed(home)
        self.recorded.append(
            ClauseChange(
                clause=clause,
                kind=kind,
                from_blob_id=before,
                to_blob_id=None if gone else clause.sha,
                from_section=home,
                to_section=None if gone else clause.section,
                to_part=None if gone else clause.part,
                to_parent=None if gone or clause.parent is None else clause.parent.uuid,
                to_rank=None if gone else clause.rank,
                to_numbering="" if gone else clause.numbering,
                reason=reason or self.reason,
            )
        )

    def section_by_uuid(self, uuid: uuids.UUID | None) -> Section | None:
        if uuid is None:
            return None
        for section in self.sections.values():
            if section.uuid == uuid:
                return section
        return Section.objects.get(uuid=uuid)

    def clause_by_uuid(self, uuid: uuids.UUID | None) -> Clause | None:
        if uuid is None:
            return None
        return self.clauses.get(uuid) or Clause.objects.get(uuid=uuid)

    # -- recording ---------------------------------------------------------------------------------

    def check_tree(self) -> None:
        """What moved away took along what hangs below it."""
        left = Clause.objects.live().filter(parent__in=self.moved)
        if self.moved and left.exclude(section=F("parent__section"), part=F("parent__part")).exists():
            raise ChangeRefused("ข้อย่อยต้องย้ายไปพร้อมกับข้อหลักของตน")
        below = Section.objects.live().filter(parent__in=self.moved_sections)
        if self.moved_sections and below.exclude(manual=F("parent__manual")).exists():
            raise ChangeRefused("หัวข้อย่อยต้องย้ายไปพร้อมกับหัวข้อหลักของตน")

    def raise_versions(self) -> None:
        """Raise each touched section's version on the locked row, so that the revision is never empty."""
        store_blobs(self.blobs.values())
        self.save_lineage()
        for section in self.changed_sections.values():
            section.version += 1
            section.save()

    def save_lineage(self) -> None:
        uuids_named = {uuid for line in self.lineage for uuid in line[:2]}
        ids = dict(Clause.objects.filter(uuid__in=uuids_named).values_list("uuid", "pk"))
        for source, target, kind in dict.fromkeys(self.lineage):
            row, is_new = ClauseLineage.objects.get_or_create(
                from_clause_id=ids[source], to_clause_id=ids[target], defaults={"kind": kind}
            )
            if is_new:
                self.other_rows.append(row)

    def record(self) -> list[ClauseChange]:
        """Write the revision: a version of every row the act wrote, SectionVersions and ClauseChanges."""
        clauses = {change.clause.pk: change.clause for change in self.recorded}
        rows = [*self.changed_sections.values(), *clauses.values(), *self.other_rows]
        revision = write_revision(rows, by=self.actor, reason=self.reason)
        SectionVersion.objects.bulk_create(self.section_versions(revision))
        for change in self.recorded:
            change.revision = revision
        recorded = ClauseChange.objects.bulk_create(self.recorded)
        rebuild_citations(self.cited)
        return recorded

    def section_versions(self, revision: Revision) -> Iterator[SectionVersion]:
        for section in self.changed_sections.values():
            yield SectionVersion(
                revision=revision,
                section=section,
                number=section.version,
                action=self.action,
                state=section_state(section),
                reason=self.reason,
            )


def section_state(section: Section) -> dict[str, Any]:
    """A section's own row as JSON, as SectionVersion.state keeps it."""
    return {
        "title": section.title,
        "data": section.data,
        "kind": section.kind,
        "origin": section.origin,
        "applies_to": section.applies_to,
        "manual": section.manual.key,
        "parent": str(section.parent.uuid) if section.parent else None,
        "rank": section.rank,
        "retired": section.retired_id is not None,
    }


def rebuild_citations(cited: Sequence[tuple[Clause, Content]]) -> None:
    """Citation rows follow from the content of the clauses given."""
    if not cited:
        return
    references = [(clause, content) for clause, content in cited if isinstance(content, Reference)]
    Citation.objects.filter(clause__in=[clause for clause, _ in cited]).delete()
    keys = {content.source for _, content in references if content.source}
    sources = {source.key: source for source in LegalSource.objects.filter(key__in=keys)}
    Citation.objects.bulk_create(
        [
            Citation(clause=clause, source=sources[content.source], locator=content.locator[:200])
            for clause, content in references
            if content.source in sources
        ],
        ignore_conflicts=True,
    )


def children_first(clauses: Iterable[Clause]) -> list[Clause]:
    """The order to retire clauses in: a clause with live ones below it is not retired."""
    by_id = {clause.pk: clause for clause in clauses}

    def depth(clause: Clause) -> int:
        above = by_id.get(clause.parent_id)
        return 0 if above is None else 1 + depth(above)

    return sorted(by_id.values(), key=depth, reverse=True)


def rank_next_to(rows: Any, *, after: str | None = None, before: str | None = None, **position: object) -> str:
    """A free rank right after or right before a sibling's rank among the live `rows` of a place."""
    siblings = rows.filter(**position)
    if after is not None:
        high = siblings.filter(rank__gt=after).aggregate(high=Min("rank"))["high"] or ""
        return rank_between(after, high)
    low = siblings.filter(rank__lt=before).aggregate(low=Max("rank"))["low"] or ""
    return rank_between(low, before or "")


def _revision_kind(clause: Clause, sha_before: str, words_before: str) -> str:
    if clause.sha == sha_before:
        return ClauseChange.Kind.MOVED
    return ClauseChange.Kind.FORMATTED if clause.plain == words_before else ClauseChange.Kind.REWORDED


def _draw_ids(count: int) -> list[int]:
    """Ids of clauses to come, so that clauses of one act can name their parents before they are rows."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('manuals_clause', 'id')) FROM generate_series(1, %s)", [count]
        )
        return [pk for (pk,) in cursor.fetchall()]


def _section_siblings(section: Section) -> Any:
    rows = Section.objects.live().exclude(pk=section.pk)
    return rows.filter(manual=section.manual, parent=section.parent)


def _clause_siblings(clause: Clause) -> Any:
    rows = Clause.objects.live().exclude(pk=clause.pk)
    return rows.filter(section=clause.section, part=clause.part, parent=clause.parent)


def _free_rank(siblings: Any, after: Any = None, before: Any = None) -> str:
    """A rank among `siblings` right after or before one of them, or behind the last."""
    neighbour = after or before
    if neighbour is None:
        return rank_between(siblings.aggregate(low=Max("rank"))["low"] or "")
    if not siblings.filter(pk=neighbour.pk).exists():
        raise ChangeRefused("ข้อที่จะวางไว้ข้าง ๆ ไม่ได้อยู่ที่นั่นแล้ว โปรดเปิดหน้าใหม่แล้วลองอีกครั้ง")
    if after is not None:
        return rank_next_to(siblings, after=after.rank)
    return rank_next_to(siblings, before=before.rank)


def _stands_below(node: Any, ancestor: Any) -> bool:
    """Of two clauses or two sections."""
    while node is not None:
        if node.pk == ancestor.pk:
            return True
        node = node.parent
    return False
