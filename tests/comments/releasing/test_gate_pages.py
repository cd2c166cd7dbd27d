"""A gate with more blockers than a page: each of them is shown on one of its pages."""

from comments.deciding.presentation.blockers import ShownBlocker
from comments.releasing.presentation.gate import SHOWN, ShownGate
from comments.releasing.queries.gate import Gate


def gate_of(number: int, page: int) -> ShownGate:
    blockers = [
        ShownBlocker(Gate.HELD, f"เรื่องที่ {each}", url="/") for each in range(number)
    ]
    return ShownGate("ตรวจแล้ว", blockers, kind=Gate.HELD, asked_page=page)


def test_every_blocker_stands_on_one_page():
    first, second, third = (gate_of(2 * SHOWN + 1, page) for page in (0, 2, 3))
    shown = [*first.page, *second.page, *third.page]
    assert [each.text for each in shown] == [each.text for each in first.blockers]
    assert third.page.has_other_pages()
    assert not third.page.has_next()


def test_gate_that_is_looked_through_stands_open():
    assert gate_of(SHOWN, 2).is_open
    assert not gate_of(SHOWN, 0).is_open
