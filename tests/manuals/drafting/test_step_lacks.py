"""What a table of steps lacks, and whether it is the chart that does not hold together or a row that is unfinished."""

from uuid import UUID

from manuals.content import Step
from manuals.drafting.step_lacks import LackOf, find_step_lacks
from manuals.drafting.step_table import StepRow

NOWHERE = {"to": str(UUID(int=9)), "label": "ส่งตามช่องทางเดิม"}


def test_ways_and_ends_are_the_charts_and_cells_are_of_the_row():
    step = Step(body="ตรวจ", actor="นิติกร", duration={"text": "1 วัน"})
    decision = Step(
        body="ครบหรือไม่",
        shape="decision",
        actor="นิติกร",
        duration={"text": "1 วัน"},
        next=[NOWHERE],
    )
    lacks = find_step_lacks(
        [StepRow(UUID(int=1), step), StepRow(UUID(int=2), decision)]
    )
    assert [(lack.of, lack.number, lack.words) for lack in lacks] == [
        (LackOf.CHART, 0, "ผังยังไม่มีจุดเริ่มต้น"),
        (LackOf.CHART, 0, "ผังยังไม่มีจุดสิ้นสุด"),
        (LackOf.ROW, 1, "ยังไม่ระบุระบบที่ใช้"),
        (LackOf.ROW, 2, "ยังไม่ระบุระบบที่ใช้"),
        (LackOf.CHART, 2, "เป็นขั้นตัดสินใจ แต่มีทางไปไม่ถึงสองทาง"),
        (LackOf.CHART, 2, "ทาง “ส่งตามช่องทางเดิม” ไม่มีขั้นที่ไป"),
    ]
