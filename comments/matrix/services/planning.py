"""What taking in a matrix that was filled in elsewhere would do, row by row.

A row is compared with what stands in the portal now. Changed in the file alone, it is planned by the rules of its
rooms; changed on both sides, it is told with both values and left out. A cell that is not taken in is told, too.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.refusals import Refusal
from hearing_portal.spreadsheets import read_day
from hearing_portal.thai.numbering import arabic_digits
from manuals.models import EditionEntry

from ...deciding.forms.disposition import find_drafters
from ...deciding.services.ruling import (
    LockedComments,
    Ruling,
    check_ruling,
    explain_undecidable,
)
from ...limits import SHORT_REASON_LIMIT, TEXT_LIMIT
from ...models import Answer, Comment, Disposition
from ...permissions import can_decide, can_moderate, can_recommend
from ..cells import (
    Cells,
    MatrixReader,
    hash_filled_in,
    matrix_cells,
    tell_place,
)
from ..columns import (
    ADVISED_OUTCOMES,
    BY_KEY,
    EFFECT_WORDS,
    FILLED_IN,
    HASHED,
    ISSUE_WORDS,
    NO_ISSUE_WORDS,
    OUTCOME_WORDS,
)
from ..fixed_cells import LeftCell, find_left_cells, is_same, leave_cells
from ..queries.rows import BATCH, MatrixFacts, find_newest_edition, load_matrix_facts
from ..returned_file import ReturnedRow, uuids_of

Outcome = Disposition.Outcome
Effect = Disposition.Effect
MOST_CHANGED = 1_000  # rows that one act takes in
TWICE = "ความคิดเห็นนี้มีในไฟล์มากกว่าหนึ่งแถว โปรดเหลือไว้แถวเดียว แล้วนำเข้าอีกครั้ง"
ADVICE = ("advice", "advice_reason")
DECISION = (
    *("outcome", "reason", "effect", "referred_to", "points_to", "assignee", "due"),
)
OUTCOMES = {words: value for value, words in OUTCOME_WORDS.items()}
EFFECTS = {words: value for value, words in EFFECT_WORDS.items()}
ISSUES = {words: value for value, words in ISSUE_WORDS.items()}


class RowNotTaken(Refusal):
    """The row asks for what its person may not do, or lacks something."""


class BothValues(NamedTuple):
    """One cell of a row, in the file and in the portal."""

    heading: str
    in_file: str
    in_portal: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row would do, where it was changed in the file alone; `values` are the cells that are taken in, `left`
    those that what was chosen has no use for."""

    facts: MatrixFacts
    cells: Cells
    values: list[BothValues]
    line: int
    left: list[LeftCell]
    reclasses: bool = False
    issue_class: str | None = None
    advice: str = ""
    notes: bool = False
    ruling: Ruling | None = None

    @property
    def comment(self) -> Comment:
        return self.facts.comment


class ClashingRow(NamedTuple):
    """A row that was changed on both sides."""

    line: int
    comment: Comment
    values: list[BothValues]


class RefusedRow(NamedTuple):
    """A row that is not taken in; `number` is that of its comment, as the file says it."""

    line: int
    number: str
    reason: str


@dataclass(slots=True)
class ReturnPlan:
    """What taking a file in would do. Each row of it is in one of the first four; `left` are cells that are not taken
    in, of whatever rows."""

    changes: list[RowChange] = field(default_factory=list)
    clashes: list[ClashingRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    unchanged: int = 0
    left: list[LeftCell] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Another one where another row would be done, or another value stands now."""
        told = []
        for change in self.changes:
            told.append(f"{change.comment.pk} {sorted(change.values)}")
        told += [f"{clash.comment.pk} {clash.values}" for clash in self.clashes]
        told += [f"{row.line} {row.reason}" for row in self.refused]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def plan_return(
    rows: Sequence[ReturnedRow], groups: Sequence[WorkGroup], user: User
) -> ReturnPlan:
    """Of comments on these groups; others are refused. As many queries for each BATCH of rows."""
    plan = ReturnPlan()
    newest = find_newest_edition()
    group_ids = [group.pk for group in groups]
    times = Counter(uuids_of(rows))
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        found = Comment.objects.filter(
            uuid__in=uuids_of(batch),
            parent__isnull=True,
            entry__manual__work_group__in=group_ids,
        )
        ids = list(found.values_list("pk", flat=True))
        facts = {}
        for each in load_matrix_facts(ids, newest):
            facts[each.comment.uuid] = each
        planner = _Planner(user, _find_places(facts.values()))
        for row in batch:
            if row.uuid is None or row.uuid not in facts:
                plan.refused.append(_refuse(row, "ไม่พบความคิดเห็นนี้ในกลุ่มงานของท่าน"))
            elif times[row.uuid] > 1:
                # None of them is the right one by standing first
                plan.refused.append(_refuse(row, TWICE))
            else:
                planner.add(row, facts[row.uuid], plan)
    while len(plan.changes) > MOST_CHANGED:
        late = plan.changes.pop()
        reason = f"แก้ไขเกิน {MOST_CHANGED:,} แถว โปรดนำเข้าไฟล์เดิมอีกครั้งภายหลัง"
        plan.refused.append(RefusedRow(late.line, str(late.comment.pk), reason))
    return plan


def _refuse(row: ReturnedRow, reason: str) -> RefusedRow:
    return RefusedRow(row.line, row.cells["number"], reason)


def _differs(row: ReturnedRow, today: Cells, keys: Sequence[str]) -> bool:
    return not all(is_same(row.cells[key], today[key]) for key in keys)


def both_values(
    row: ReturnedRow, today: Cells, keys: Iterable[str] = HASHED
) -> list[BothValues]:
    """Those of these cells in which the file and the portal differ."""
    values = []
    for key in keys:
        if not is_same(row.cells[key], today[key]):
            values.append(BothValues(BY_KEY[key].heading, row.cells[key], today[key]))
    return values


type Places = dict[tuple[int, int | None], dict[str, EditionEntry]]


def _find_places(rows: Collection[MatrixFacts]) -> Places:
    """{(edition, section): {a clause as cited there: the clause}}. One query."""
    sections = {each.comment.entry.section_id for each in rows}
    editions = {each.comment.entry.edition_id for each in rows}
    entries = EditionEntry.objects.filter(
        edition__in=editions, section__in=sections, kind=EditionEntry.Kind.CLAUSE
    )
    places: Places = {}
    for entry in entries.select_related("blob", "manual").order_by("-ordinal"):
        of_section = places.setdefault((entry.edition_id, entry.section_id), {})
        of_section["".join(tell_place(entry).split())] = entry
    return places


class _Planner:
    """Plans row by row, for one person."""

    def __init__(self, user: User, places: Places) -> None:
        self.user = user
        self.reader = MatrixReader(user)
        self.places = places
        self.drafters: dict[int, dict[str, User]] = {}  # {manual: {name: drafter}}

    def add(self, row: ReturnedRow, facts: MatrixFacts, plan: ReturnPlan) -> None:
        today = matrix_cells(facts, self.reader)
        plan.left += find_left_cells(row, today)
        filled, _, whole = row.cells["row_hash"].partition("-")
        if not filled or not whole:
            plan.refused.append(
                _refuse(row, "รหัสแถวในคอลัมน์ที่ซ่อนไว้หายไป โปรดส่งออกไฟล์ใหม่")
            )
        elif hash_filled_in(row.cells) in (filled, hash_filled_in(today)):
            plan.unchanged += 1
        elif row.cells["row_hash"] != today["row_hash"]:
            values = both_values(row, today)
            plan.clashes.append(ClashingRow(row.line, facts.comment, values))
        else:
            try:
                change = self._plan(row, facts, today)
            except Refusal as refused:
                plan.refused.append(_refuse(row, refused.message_th))
            else:
                plan.changes.append(change)
                plan.left += change.left

    def _plan(self, row: ReturnedRow, facts: MatrixFacts, today: Cells) -> RowChange:
        comment = facts.comment
        group = comment.entry.manual.work_group
        cells = row.cells
        reclasses = _differs(row, today, ["issue"])
        issue_class = ISSUES.get(cells["issue"])
        if reclasses:
            _require(can_moderate(self.user, group), "เปลี่ยนประเด็นได้เฉพาะผู้ดำเนินเวที")
            is_known = issue_class is not None or cells["issue"] in ("", NO_ISSUE_WORDS)
            _require(is_known, f"ไม่มีประเด็น “{cells['issue']}” โปรดเลือกจากรายการ")
            _require(cells["issue_reason"], "โปรดระบุเหตุผลที่เปลี่ยนประเด็น")
            _require(
                len(cells["issue_reason"]) <= SHORT_REASON_LIMIT,
                f"เหตุผลที่เปลี่ยนประเด็นยาวเกิน {SHORT_REASON_LIMIT} ตัวอักษร",
            )
        advice = ""
        if _differs(row, today, ADVICE):
            _require(can_recommend(self.user, group), "เสนอผลได้เฉพาะผู้ดำเนินเวที")
            _require(cells["advice"] in ADVISED_OUTCOMES, "โปรดเลือกผลที่เสนอจากรายการ")
            _require_length(cells["advice_reason"])
            advice = OUTCOMES[cells["advice"]]
        notes = False
        ruling = None
        if _differs(row, today, DECISION):
            _require(
                can_decide(self.user, group), "พิจารณาได้เฉพาะคณะทำงานยกร่างของกลุ่มงาน"
            )
            self._require_decidable(facts)
            outcome = OUTCOMES.get(cells["outcome"], "")
            notes = outcome == Outcome.NOTED
            if notes:
                is_open = facts.disposition is None
                _require(
                    comment.type == Comment.Type.AGREE and is_open,
                    "“รับทราบ” ใช้กับความคิดเห็นที่เห็นชอบและยังไม่พิจารณาเท่านั้น",
                )
            else:
                ruling = self._ruling(outcome, row, facts)
                check_ruling(ruling)
        if not (reclasses or advice or notes or ruling):
            raise RowNotTaken("ระบุเหตุผลที่เปลี่ยนประเด็นไว้ แต่ประเด็นยังเป็นเรื่องเดิม")
        left = []
        if not reclasses:
            left += leave_cells(row, today, ["issue_reason"], "ประเด็นยังเป็นเรื่องเดิม")
        if ruling is not None or notes:
            left += _find_unused(row, today, ruling)
        unused = {each.heading for each in left}
        taken = [key for key in FILLED_IN if BY_KEY[key].heading not in unused]
        return RowChange(
            facts,
            cells,
            both_values(row, today, taken),
            row.line,
            left,
            reclasses=reclasses,
            issue_class=issue_class,
            advice=advice,
            notes=notes,
            ruling=ruling,
        )

    def _require_decidable(self, facts: MatrixFacts) -> None:
        disposition = facts.disposition
        if disposition is None:
            return
        answer = Answer(comment=facts.comment, disposition=disposition)
        settled = explain_undecidable(LockedComments([facts.comment], [answer]))
        _require(not settled, " ".join(settled))
        _require(
            disposition.effect != Effect.CHANGED,
            "ถ้อยคำแก้ตามผลนี้แล้ว โปรดเปลี่ยนผลที่หน้ารายการรอดำเนินการ",
        )

    def _ruling(self, outcome: str, row: ReturnedRow, facts: MatrixFacts) -> Ruling:
        cells = row.cells
        _require(outcome, "โปรดเลือกผลการพิจารณาจากรายการ ผลที่บันทึกแล้วลบไม่ได้")
        _require_length(cells["reason"])
        _require(len(cells["referred_to"]) <= 200, "ช่อง “ส่งต่อให้” ยาวเกิน 200 ตัวอักษร")
        effect = EFFECTS.get(
            cells["effect"], Effect.NONE if not cells["effect"] else ""
        )
        _require(effect, f"ไม่มีผลต่อถ้อยคำ “{cells['effect']}” โปรดเลือกจากรายการ")
        _require(
            effect != Effect.CHANGED,
            "การแก้ถ้อยคำทำในตารางไม่ได้ โปรดใช้หน้าปรับถ้อยคำ หรือเลือก “ให้ยกร่าง”",
        )
        points_to = None
        if cells["points_to"]:
            entry = facts.comment.entry
            of_section = self.places.get((entry.edition_id, entry.section_id), {})
            cited = "".join(arabic_digits(cells["points_to"]).split())
            points_to = of_section.get(cited) or of_section.get(f"ข้อ{cited}")
            if points_to is None and facts.disposition is not None:
                kept = facts.disposition.points_to
                if kept is not None and is_same(tell_place(kept), cells["points_to"]):
                    points_to = kept
            _require(points_to, f"ไม่พบ “{cells['points_to']}” ในกระบวนงานเดียวกันของฉบับนี้")
        assignee = None
        if cells["assignee"]:
            assignee = self._drafters_of(facts).get(" ".join(cells["assignee"].split()))
            _require(assignee, f"ไม่พบผู้ยกร่างชื่อ “{cells['assignee']}” ในกลุ่มงานนี้")
        return Ruling(
            outcome,
            cells["reason"],
            effect,
            points_to=points_to if outcome == Outcome.ALREADY_COVERED else None,
            referred_to=cells["referred_to"] if outcome == Outcome.REFERRED else "",
            assignee=assignee if effect == Effect.TO_DRAFT else None,
            due=read_day(cells["due"]) if effect == Effect.TO_DRAFT else None,
        )

    def _drafters_of(self, facts: MatrixFacts) -> dict[str, User]:
        entry = facts.comment.entry
        if entry.manual_id not in self.drafters:
            named = {}
            for drafter in find_drafters(entry).values():
                named[" ".join(drafter.shown_name.split())] = drafter
            self.drafters[entry.manual_id] = named
        return self.drafters[entry.manual_id]


def _find_unused(
    row: ReturnedRow, today: Cells, ruling: Ruling | None
) -> list[LeftCell]:
    """What was filled in beside a result that has no use for it; without a ruling the comment is noted."""
    if ruling is None:
        others = [key for key in DECISION if key != "outcome"]
        return leave_cells(row, today, others, "“รับทราบ” ไม่มีรายละเอียดอื่น")
    left = []
    if ruling.outcome != Outcome.REFERRED:
        left += leave_cells(row, today, ["referred_to"], "ใช้กับผล “ส่งต่อ” เท่านั้น")
    if ruling.outcome != Outcome.ALREADY_COVERED:
        why = "ใช้กับผล “กำหนดไว้แล้ว” เท่านั้น"
        left += leave_cells(row, today, ["points_to"], why)
    if ruling.effect != Effect.TO_DRAFT:
        why = "ใช้กับผลต่อถ้อยคำ “ให้ยกร่าง” เท่านั้น"
        left += leave_cells(row, today, ["assignee", "due"], why)
    return left


def _require(is_so: object, message: str) -> None:
    if not is_so:
        raise RowNotTaken(message)


def _require_length(reason: str) -> None:
    _require(len(reason) <= TEXT_LIMIT, f"เหตุผลยาวเกิน {TEXT_LIMIT:,} ตัวอักษร")
