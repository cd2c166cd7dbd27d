"""How long a process takes as a whole: the longest way through its chart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hearing_portal.thai.numbering import arabic_digits

from ..content import Step
from ..entries import EntryView
from .flow import Flow
from .media import PRINT
from .steps import steps_from_entries

WORKING_DAY = 420  # minutes: seven hours
MINUTES = {"นาที": 1, "ชั่วโมง": 60, "ชม.": 60, "วันทำการ": WORKING_DAY}
CALENDAR_DAY = "วัน"
_TIME = re.compile(rf"([\d,.]+)\s*({'|'.join(map(re.escape, MINUTES))}|{CALENDAR_DAY})")
WEEK = 7 / 5  # calendar days that a working day takes, weekends counted


@dataclass(frozen=True, slots=True)
class TotalTime:
    """Working time in minutes, and calendar days beside it: the law counts them apart, so they are never added."""

    working_minutes: int = 0
    calendar_days: float = 0

    def __add__(self, other: "TotalTime") -> "TotalTime":
        return TotalTime(
            working_minutes=self.working_minutes + other.working_minutes,
            calendar_days=self.calendar_days + other.calendar_days,
        )

    @property
    def days_on_the_calendar(self) -> float:
        """To tell which of two ways is the longer one, and for nothing else."""
        return self.working_minutes / WORKING_DAY * WEEK + self.calendar_days

    @property
    def words(self) -> str:
        """ "21 วันทำการ 1 ชั่วโมง และ 30 วัน"; minutes beside whole days are left out."""
        days, rest = divmod(self.working_minutes, WORKING_DAY)
        hours, minutes = divmod(rest, 60)
        working = []
        if days:
            working.append(f"{days} วันทำการ")
        if hours:
            working.append(f"{hours} ชั่วโมง")
        if minutes and not days:
            working.append(f"{minutes} นาที")
        parts = []
        if working:
            parts.append(" ".join(working))
        if self.calendar_days:
            parts.append(f"{self.calendar_days:g} {CALENDAR_DAY}")
        return " และ ".join(parts)


def read_time(text: str) -> TotalTime | None:
    """The time of a step as it is written; None when it is not one number and one unit."""
    found = _TIME.fullmatch(arabic_digits(text).strip())
    if found is None:
        return None
    try:
        number = float(found[1].replace(",", ""))
    except ValueError:
        return None
    unit = found[2]
    if unit == CALENDAR_DAY:
        return TotalTime(calendar_days=number)
    return TotalTime(working_minutes=round(number * MINUTES[unit]))


def total_time(entries: Sequence[EntryView]) -> TotalTime | None:
    """Of branches the longest way to an end counts, of a loop each step once; a step that only leads back lies on no
    such way. None without steps, and when the time of one is not known: whatever way that step lies on, nobody can say
    which is the longest."""
    times = []
    for entry in entries:
        if isinstance(entry.content, Step):
            time = read_time(entry.content.duration_text)
            if time is None:
                return None
            times.append(time)
    flow = Flow(steps_from_entries(entries), PRINT)
    if not times or len(times) != len(flow.steps):
        return None
    ways = _ways_without_loops(flow)
    # A process that goes round has no end: there every step from which nothing leads on is one
    ends = [step for step, _ in ways if not flow.branches[step]] or [
        step for step, targets in ways if not targets
    ]
    longest: dict[int, TotalTime] = {}  # from a step to an end, its own time included
    for step, targets in ways:
        ahead = [longest[target] for target in targets if target in longest]
        if ahead or step in ends:
            longest[step] = times[step] + max(ahead, key=_length, default=TotalTime())
    return max(longest.values(), key=_length)


def _length(time: TotalTime) -> float:
    return time.days_on_the_calendar


def _ways_without_loops(flow: Flow) -> list[tuple[int, list[int]]]:
    """(step, the steps it leads to), every step after those it leads to. A branch that closes a loop is left out: one
    that comes back to a step which lies on the way to it."""
    begun: set[int] = set()
    finished: dict[int, list[int]] = {}
    for start in range(len(flow.steps)):
        way = [start]  # from the start to the step that is looked at
        while way:
            step = way[-1]
            begun.add(step)
            ahead = [target for target in flow.branches[step] if target not in begun]
            if step not in finished and ahead:
                way.append(ahead[0])
                continue
            way.pop()
            if step not in finished:
                finished[step] = [
                    target for target in flow.branches[step] if target in finished
                ]
    return list(finished.items())
