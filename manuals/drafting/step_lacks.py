"""What a table of steps lacks before a flow chart and a standard can be made of it. Nothing of it stops saving."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hearing_portal.thai.text import inline_plain

from .step_table import StepRow

STEP_FIELDS = {
    "duration": "เวลา",
    "actor": "ผู้รับผิดชอบ",
    "system": "ระบบที่ใช้",
}  # every step needs them
WITHOUT_WORK = (
    "start",
    "end",
    "connector",
)  # shapes that take no time and need no system


class LackOf(StrEnum):
    """What is incomplete: the chart, which does not hold together, or a row that leaves something unsaid."""

    CHART = "chart"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class StepLack:
    """`row` is None for what the whole table lacks; `number` is the row's in the table."""

    of: LackOf
    words: str
    row: UUID | None = None
    number: int = 0


def find_step_lacks(rows: Sequence[StepRow]) -> list[StepLack]:
    """What the whole lacks first, then row by row. Of a table without rows: nothing."""
    if not rows:
        return []
    lacks = []
    for words in find_ends_missing(row.content.shape for row in rows):
        lacks.append(StepLack(LackOf.CHART, words))
    known = {str(row.uuid) for row in rows}
    unreached = find_unreached(
        [(str(row.uuid), row.content.shape, row.content.next) for row in rows]
    )
    for number, row in enumerate(rows, start=1):
        step = row.content
        missing = []
        if not inline_plain(step.body).strip():
            missing.append("รายละเอียดงาน")
        if step.shape not in WITHOUT_WORK:
            for name, told in STEP_FIELDS.items():
                if not getattr(step, name):
                    missing.append(told)
        if missing:
            lacks.append(
                StepLack(LackOf.ROW, f"ยังไม่ระบุ{' '.join(missing)}", row.uuid, number)
            )
        for words in find_broken_ways(step.shape, step.next, known):
            lacks.append(StepLack(LackOf.CHART, words, row.uuid, number))
        if number in unreached:
            lacks.append(StepLack(LackOf.CHART, unreached[number], row.uuid, number))
    return lacks


def find_ends_missing(shapes: Iterable[str]) -> list[str]:
    """Which ends the chart of these steps lacks, in words."""
    standing = set(shapes)
    missing = []
    if "start" not in standing:
        missing.append("ผังยังไม่มีจุดเริ่มต้น")
    if "end" not in standing:
        missing.append("ผังยังไม่มีจุดสิ้นสุด")
    return missing


def find_broken_ways(
    shape: str, ways: Sequence[Mapping[str, str]], known: Collection[str]
) -> list[str]:
    """What is wrong with the ways on from a step, in words; `known` are the uuids of all steps."""
    broken = []
    if shape == "decision" and len(ways) < 2:
        broken.append("เป็นขั้นตัดสินใจ แต่มีทางไปไม่ถึงสองทาง")
    for way in ways:
        if way["to"] not in known:
            label = way.get("label", "")
            words = f"ทาง “{label}” ไม่มีขั้นที่ไป"
            broken.append(words if label else "มีทางที่ไม่มีขั้นที่ไป")
    return broken


type Ways = Sequence[Mapping[str, str]]  # as Step.next


def find_unreached(steps: Sequence[tuple[str, str, Ways]]) -> dict[int, str]:
    """{number: what is wrong, in words} of [(uuid, shape, ways on)] in the order of the table: the steps to which no
    way leads from the first one, as after two processes were joined. Of those that hang together only the first is
    told."""
    places = {uuid: place for place, (uuid, *_) in enumerate(steps)}
    reached: set[int] = set()

    def reach(place: int) -> None:
        waiting = [place]
        while waiting:
            here = waiting.pop()
            if here in reached:
                continue
            reached.add(here)
            _, shape, ways = steps[here]
            on = [places[way["to"]] for way in ways if way["to"] in places]
            has_own_ways = len(ways) > 1 or (ways and shape != "decision")
            if not has_own_ways and shape != "end" and here + 1 < len(steps):
                on.append(here + 1)  # a decision with one way is told as such
            waiting += on

    unreached = {}
    for place, (_, shape, _) in enumerate(steps):
        if place in reached:
            continue
        if place > 0:
            words = "ไม่มีทางมาถึงจากขั้นแรก โปรดเพิ่มทางจากขั้นก่อนหน้า"
            if shape == "start":
                words = "เป็นจุดเริ่มต้นอีกจุดที่ไม่มีทางมาถึงจากขั้นแรก โปรดรวมผังเป็นผังเดียว"
            unreached[place + 1] = words
        reach(place)
    return unreached
