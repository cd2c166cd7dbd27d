"""What the pages of manuals show beside the rows themselves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.forms import BoundField
from django.utils.text import Truncator

from hearing_portal.thai.damage import REPAIR_NAMES

from ..drafting.queries.contents import ManualState
from ..drafting.queries.titles import as_one_title
from ..drafting.told_words import tell_clauses
from ..law.mentions import AppliedLaw, RepealedLaws
from ..models import ClauseChange, SectionVersion
from ..queries import load_draft_clauses
from ..reading.names import clause_name
from .coverage import MissingWords
from .forms import ProcessesForm
from .found_processes import FoundProcess
from .planning import DecidedClause, Effect, PartCount, count_parts
from .reporting import NotedRow, coverage_words, noted_rows
from .services.revising import RevisionCounts
from .services.taking import ImportOutcome, TakenProcess
from .shipped import ShippedGroup, find_shipped_group, read_shipped_lines

LETTERS_SHOWN = 120  # of a clause that is named


@dataclass(frozen=True, slots=True)
class ManualRow:
    """A work group on the administrators' page of manuals."""

    state: ManualState
    shipped: ShippedGroup | None
    is_chosen: bool = False

    @property
    def can_be_chosen(self) -> bool:
        """What stands in a manual is never overwritten."""
        return self.state.is_missing or self.state.is_empty

    @property
    def shipped_words(self) -> str:
        if self.shipped is None or not self.shipped.processes:
            return "ไม่มีในรายการ"
        words = [f"{len(self.shipped.processes)} ชื่อ"]
        if self.shipped.seen:
            words.append(f"พบในคู่มือ {len(self.shipped.seen)} ชื่อ")
        if self.shipped.texts:
            words.append(f"มีเนื้อหา {len(self.shipped.texts)} ชื่อ")
        return " · ".join(words)


def manual_rows(
    states: Iterable[ManualState], chosen: Collection[str] = ()
) -> list[ManualRow]:
    rows = []
    for state in states:
        is_chosen = state.group.key in chosen
        rows.append(ManualRow(state, find_shipped_group(state.group), is_chosen))
    return rows


def find_repealed_in_texts(
    rows: Iterable[ManualRow], laws: RepealedLaws
) -> list[AppliedLaw]:
    """The repealed laws named by the texts that can still be taken into a manual."""
    found: list[AppliedLaw] = []
    if not laws.by_key:
        return found
    for row in rows:
        if row.can_be_chosen and row.shipped is not None:
            for line in read_shipped_lines(row.shipped):
                found.extend(laws.applied_in(line))
    return found


def counts_in_words(counts: RevisionCounts) -> str:
    """แก้ถ้อยคำ 2 ข้อ · เพิ่ม 1 ข้อ; empty when no clause changes."""
    words = []
    if counts.reworded:
        words.append(f"แก้ถ้อยคำ {counts.reworded} ข้อ")
    if counts.moved:
        words.append(f"ย้าย {counts.moved} ข้อ")
    if counts.added:
        words.append(f"เพิ่ม {counts.added} ข้อ")
    if counts.retired:
        words.append(f"ยกเลิก {counts.retired} ข้อ")
    return " · ".join(words)


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A clause that the hearing decided and the file says otherwise; without a name where it was cut."""

    decided: DecidedClause
    name: str
    told: str

    @property
    def place(self) -> str:
        return self.name or "ข้อที่เห็นชอบให้ตัดออก"

    @property
    def words(self) -> str:
        return Truncator(self.told).chars(LETTERS_SHOWN)


class RepairRow(NamedTuple):
    """What was put right in the file's words, and what was made of them."""

    place: str
    name: str
    before: str
    after: str


class MeanwhileRow(NamedTuple):
    """What was done to a clause, or to the process itself; the name is "" for what does not stand there any more."""

    name: str
    words: str
    what: str
    by: str
    at: datetime
    reason: str


def _meanwhile_row(
    done: ClauseChange | SectionVersion, name: str, words: str, what: str
) -> MeanwhileRow:
    user = done.revision.user
    by = user.get_full_name() if user is not None else ""
    return MeanwhileRow(name, words, what, by, done.revision.date_created, done.reason)


@dataclass(frozen=True, slots=True)
class ProcessCard:
    """A process of the files as it is shown before it is taken in."""

    process: FoundProcess
    take: BoundField
    target: BoundField
    unit: BoundField
    effect: Effect
    compared: str  # the process it was compared with and its version, sent back with the choice
    seen: int  # the version of its preview, sent back too
    known: str  # the process of the same title that is seen now, sent back too
    names: Mapping[
        int, str
    ]  # {clause: ข้อ 5.1} of what was decided and stands in the draft
    # Where another process of the draft, or of the same files, has its title
    namesake: str = ""
    # Where the text says otherwise than what was decided
    replace: BoundField | None = None
    # Where it says otherwise than what others changed since it was compared first
    over: BoundField | None = None

    @property
    def parts(self) -> list[PartCount]:
        return count_parts(self.process)

    @property
    def coverage(self) -> str:
        return coverage_words(self.process.draft.coverage)

    @property
    def missing(self) -> list[MissingWords]:
        """Words of the file that stand nowhere."""
        return self.process.draft.coverage.missing

    @property
    def noted(self) -> list[NotedRow]:
        return noted_rows(self.process.draft)

    @property
    def repairs(self) -> list[RepairRow]:
        rows = []
        for place, repair in self.process.draft.repairs:
            name = REPAIR_NAMES[repair.kind]
            rows.append(RepairRow(place, name, repair.before, repair.after))
        return rows

    @property
    def outcome(self) -> str:
        effect = self.effect
        if effect.target is None:
            return f"กระบวนงานใหม่ {effect.counts.added} ข้อ"
        if effect.is_same and (effect.decided or effect.overtaken):
            return "นอกจากข้อที่คงไว้ตามที่แจ้งด้านล่าง เหมือนกับในร่างทุกข้อ"
        if effect.is_same:
            return "เหมือนกับในร่างทุกข้อ ไม่มีสิ่งที่ต้องนำเข้า"
        if effect.is_first_text:
            return f"มีชื่อในร่างแล้ว ยังไม่มีเนื้อหา จะเพิ่ม {effect.counts.added} ข้อ"
        words = counts_in_words(effect.counts) or "แก้เฉพาะข้อมูลหัวกระบวนงาน"
        return f"ปรับปรุงจากในร่าง {words}"

    @property
    def decided(self) -> list[DecidedRow]:
        return self._rows_of(self.effect.decided)

    @property
    def overtaken(self) -> list[DecidedRow]:
        return self._rows_of(self.effect.overtaken)

    def _rows_of(self, clauses: Sequence[DecidedClause]) -> list[DecidedRow]:
        told = tell_clauses(decided.clause for decided in clauses)
        rows = []
        for decided in clauses:
            name = self.names.get(decided.clause.pk, "")
            rows.append(DecidedRow(decided, name, told[decided.clause.pk]))
        return rows

    @property
    def meanwhile(self) -> list[MeanwhileRow]:
        """What others did since the file was compared first, the earliest first."""
        meanwhile = self.effect.meanwhile
        told = tell_clauses(change.clause for change in meanwhile.changes)
        rows = []
        for change in meanwhile.changes:
            name = self.names.get(change.clause_id, "")
            words = Truncator(told[change.clause_id]).chars(LETTERS_SHOWN)
            rows.append(_meanwhile_row(change, name, words, change.get_kind_display()))
        for version in meanwhile.versions:
            what = version.told_action
            rows.append(_meanwhile_row(version, "ชื่อหรือข้อมูล", "", what))
        return rows

    @property
    def renamed_from(self) -> str:
        """The title in the draft, where the file has another one."""
        target = self.effect.target
        if target is None or target.title == self.process.draft.title:
            return ""
        return target.title

    @property
    def has_problem(self) -> bool:
        return bool(self.take.errors or self.target.errors or self.unit.errors)


def process_cards(form: ProcessesForm) -> list[ProcessCard]:
    effects = {process.index: form.effect(process) for process in form.found}
    names = _name_decided(effects.values())
    cards = []
    for process in form.found:
        replaces = f"replace-{process.index}"
        over = f"over-{process.index}"
        placement = form.placement(process)
        card = ProcessCard(
            process=process,
            take=form[f"take-{process.index}"],
            target=form[f"target-{process.index}"],
            unit=form[f"unit-{process.index}"],
            effect=effects[process.index],
            compared=form.compared(process),
            seen=process.kept.lock_version,
            known=str(placement.known or ""),
            names=names,
            namesake=_tell_namesake(form, process),
            replace=form[replaces] if replaces in form.fields else None,
            over=form[over] if over in form.fields else None,
        )
        cards.append(card)
    return cards


def _tell_namesake(form: ProcessesForm, process: FoundProcess) -> str:
    """Nothing of a process that is not taken in."""
    if not form.is_taken(process):
        return ""
    title = as_one_title(process.draft.title)
    for other in form.found:
        is_other = other.index != process.index and form.is_taken(other)
        if is_other and as_one_title(other.draft.title) == title:
            return f"ไฟล์ที่ส่งมามีกระบวนงานชื่อเดียวกันนี้อีก ({other.file_name})"
    if form.draft.find_namesake(process.draft, form.placement(process)) is None:
        return ""
    return "ในร่างมีกระบวนงานชื่อเดียวกันนี้อยู่แล้ว เมื่อนำเข้าจะมีสองกระบวนงานชื่อเดียวกัน"


def _name_decided(effects: Iterable[Effect]) -> dict[int, str]:
    """{clause: ข้อ 5.1} as the draft has them. Queries only where something was decided."""
    sections = {}
    for effect in effects:
        if effect.target is not None and (effect.decided or effect.meanwhile):
            sections[effect.target.pk] = effect.target
    if not sections:
        return {}
    names = {}
    for views in load_draft_clauses(list(sections.values())).values():
        for view in views:
            if view.clause_id is not None:
                names[view.clause_id] = clause_name(view)
    return names


@dataclass(frozen=True, slots=True)
class TakenRow:
    """A process in the report of what was taken in."""

    process: TakenProcess

    @property
    def words(self) -> str:
        counts = self.process.counts
        match self.process.outcome:
            case ImportOutcome.NEW:
                return f"เพิ่มใหม่ {counts.added} ข้อ"
            case ImportOutcome.SAME:
                return "เหมือนเดิม ไม่เปลี่ยน"
        return f"ปรับปรุง {counts_in_words(counts)}".strip()
