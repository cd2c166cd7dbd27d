"""What the states of the queue are called."""

from typing import NamedTuple

from ..queries.filters import QueueState
from ..queries.group_queues import GroupQueue

STATE_WORDS = {
    QueueState.HELD: "รอตรวจก่อนแสดง",
    QueueState.OPEN: "รอพิจารณา",
    QueueState.ADVICE: "รอคำแนะนำ",
    QueueState.UNCONFIRMED: "รอผู้ยืนยัน",
    QueueState.DECIDED: "รอเผยแพร่",
    QueueState.OBJECTED: "มีคำขอทบทวน",
    QueueState.PUBLISHED: "เผยแพร่แล้ว",
    QueueState.HIDDEN: "ซ่อนอยู่",
}


class WaitingState(NamedTuple):
    """How many comments of a desk wait for something."""

    state: QueueState
    word: str
    comments: int


def waiting_states(queue: GroupQueue) -> list[WaitingState]:
    """What waits for somebody; the open ones are told even when there are none."""
    waiting = []
    if queue.held:
        waiting.append(_waiting(QueueState.HELD, queue.held))
    if queue.objected:
        waiting.append(_waiting(QueueState.OBJECTED, queue.objected))
    waiting.append(_waiting(QueueState.OPEN, queue.open))
    return waiting


def _waiting(state: QueueState, comments: int) -> WaitingState:
    return WaitingState(state, STATE_WORDS[state], comments)


class ShownGroupQueue(NamedTuple):
    queue: GroupQueue
    states: list[WaitingState]


def show_group_queues(queues: list[GroupQueue]) -> list[ShownGroupQueue]:
    return [ShownGroupQueue(queue, waiting_states(queue)) for queue in queues]
