"""What taking in a matrix that was filled in elsewhere would do, row by row.

A row is compared with what stands in the portal now. Changed in the file alone, it is planned by the rules of its
rooms; changed on both sides, it is told with both values and left out. A cell that is not taken in is told, too.
"""

from collections import Counter
from collections.abc import Sequence

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.refusals import Refusal

from ...deciding.services.ruling import Ruling, check_ruling
from ...limits import SHORT_REASON_LIMIT
from ...models import Comment
from ...permissions import can_decide, can_moderate, can_recommend
from ..cells import Cells, MatrixReader, hash_filled_in, matrix_cells
from ..columns import (
    ADVISED_OUTCOMES,
    BY_KEY,
    FILLED_IN,
    ISSUE_WORDS,
    NO_ISSUE_WORDS,
)
from ..fixed_cells import find_left_cells, leave_cells
from ..queries.rows import BATCH, MatrixFacts, find_newest_edition, load_matrix_facts
from ..refusals import RowNotTaken, require_of_row
from ..return_plan import (
    ClashingRow,
    RefusedRow,
    ReturnPlan,
    RowChange,
    both_values,
    same_cells,
)
from ..returned_file import ReturnedRow, uuids_of
from .row_decisions import (
    DECISION,
    OUTCOMES,
    Outcome,
    Places,
    RowRulings,
    find_citable_places,
    find_unused,
    require_decidable,
    require_length,
)

MOST_CHANGED = 1_000  # rows that one act takes in
TWICE = "ความคิดเห็นนี้มีในไฟล์มากกว่าหนึ่งแถว โปรดเหลือไว้แถวเดียว แล้วนำเข้าอีกครั้ง"
ADVICE = ("advice", "advice_reason")
ISSUES = {words: value for value, words in ISSUE_WORDS.items()}


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
        planner = _Planner(user, find_citable_places(facts.values()))
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


class _Planner:
    """Plans row by row, for one person."""

    def __init__(self, user: User, places: Places) -> None:
        self.user = user
        self.reader = MatrixReader(user)
        self.rulings = RowRulings(places)

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
        reclasses = not same_cells(row, today, ["issue"])
        if reclasses:
            self._require_class(row.cells, facts)
        advice = ""
        if not same_cells(row, today, ADVICE):
            advice = self._read_advice(row.cells, facts)
        notes = False
        ruling = None
        if not same_cells(row, today, DECISION):
            ruling = self._read_decision(row, facts)
            notes = ruling is None
        if not (reclasses or advice or notes or ruling):
            raise RowNotTaken("ระบุเหตุผลที่เปลี่ยนประเด็นไว้ แต่ประเด็นยังเป็นเรื่องเดิม")
        left = []
        if not reclasses:
            left += leave_cells(row, today, ["issue_reason"], "ประเด็นยังเป็นเรื่องเดิม")
        if ruling is not None or notes:
            left += find_unused(row, today, ruling)
        unused = {each.heading for each in left}
        taken = [key for key in FILLED_IN if BY_KEY[key].heading not in unused]
        return RowChange(
            facts,
            row.cells,
            both_values(row, today, taken),
            row.line,
            left,
            reclasses=reclasses,
            issue_class=ISSUES.get(row.cells["issue"]),
            advice=advice,
            notes=notes,
            ruling=ruling,
        )

    def _require_class(self, cells: Cells, facts: MatrixFacts) -> None:
        group = facts.comment.entry.manual.work_group
        may = can_moderate(self.user, group)
        require_of_row(may, "เปลี่ยนประเด็นได้เฉพาะผู้ดำเนินเวที")
        is_known = cells["issue"] in ISSUES or cells["issue"] in ("", NO_ISSUE_WORDS)
        require_of_row(is_known, f"ไม่มีประเด็น “{cells['issue']}” โปรดเลือกจากรายการ")
        require_of_row(cells["issue_reason"], "โปรดระบุเหตุผลที่เปลี่ยนประเด็น")
        require_of_row(
            len(cells["issue_reason"]) <= SHORT_REASON_LIMIT,
            f"เหตุผลที่เปลี่ยนประเด็นยาวเกิน {SHORT_REASON_LIMIT} ตัวอักษร",
        )

    def _read_advice(self, cells: Cells, facts: MatrixFacts) -> str:
        group = facts.comment.entry.manual.work_group
        require_of_row(can_recommend(self.user, group), "เสนอผลได้เฉพาะผู้ดำเนินเวที")
        is_known = cells["advice"] in ADVISED_OUTCOMES
        require_of_row(is_known, "โปรดเลือกผลที่เสนอจากรายการ")
        require_length(cells["advice_reason"])
        return OUTCOMES[cells["advice"]]

    def _read_decision(self, row: ReturnedRow, facts: MatrixFacts) -> Ruling | None:
        """None where it is noted."""
        group = facts.comment.entry.manual.work_group
        may = can_decide(self.user, group)
        require_of_row(may, "พิจารณาได้เฉพาะคณะทำงานยกร่างของกลุ่มงาน")
        require_decidable(facts)
        outcome = OUTCOMES.get(row.cells["outcome"], "")
        if outcome == Outcome.NOTED:
            is_open = facts.disposition is None
            require_of_row(
                facts.comment.type == Comment.Type.AGREE and is_open,
                "“รับทราบ” ใช้กับความคิดเห็นที่เห็นชอบและยังไม่พิจารณาเท่านั้น",
            )
            return None
        ruling = self.rulings.read(outcome, row, facts)
        check_ruling(ruling)
        return ruling
