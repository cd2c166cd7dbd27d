"""What a table of steps lacks, and whether it is the chart that does not hold together or a row that is unfinished."""

from dataclasses import replace
from uuid import UUID

import pytest

from manuals.content import Step
from manuals.drafting.queries.lacks import find_lacks
from manuals.drafting.step_lacks import LackOf, find_step_lacks
from manuals.drafting.step_table import StepRow
from tests import factories

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


@pytest.mark.django_db
def test_steps_to_which_no_way_leads_are_told_once_for_each_chart(drafter, unit):
    """As after two processes were joined: each has its own start and end."""
    process = factories.make_section(
        unit.manual, "การรับและส่ง", kind="process", parent=unit, by=drafter
    )
    shapes = ("start", "task", "end", "start", "task", "end", "task")
    clauses = []
    for shape in shapes:
        step = Step(
            body="ทำ", shape=shape, actor="ก", system="ข", duration={"text": "1 วัน"}
        )
        clauses.append(factories.make_clause(process, step, part=9, by=drafter))
    told = find_lacks(unit.manual)[process.pk].chart
    assert [words.split()[0:2] for words in told] == [
        ["ขั้นตอนที่", "4"],
        ["ขั้นตอนที่", "7"],
    ]
    assert "จุดเริ่มต้นอีกจุด" in told[0]
    rows = [StepRow(clause.uuid, clause.content) for clause in clauses]
    assert [lack.number for lack in find_step_lacks(rows)] == [4, 7]

    back = replace(rows[2].content, shape="task")  # goes on to the second chart
    rows[2] = StepRow(rows[2].uuid, back)
    assert [lack.number for lack in find_step_lacks(rows)] == [7]
