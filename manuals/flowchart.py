"""Part 6 drawn from the rows of part 9: where every shape, arrow and word of a flow chart stands.

Pure geometry. `layout` gives panels of boxes and edges, in millimetres for print (160 wide) or in units for the
screen (340 wide, one pixel each on a telephone). `column` gives the chart column of the summary table, whose lines
follow the height of the rows. Nothing here fails on odd input: what cannot be drawn stands in `problems`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Literal

from hearing_portal.thai.numbering import letter_for
from hearing_portal.thai.script import clusters
from hearing_portal.thai.text import inline_plain

from .content import SHAPES, Step
from .entries import EntryView

LABEL_LIMIT = 140  # characters in a shape; the whole text stands in part 9
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A row of part 9. `next` is ((uuid, word on the arrow), …); empty means the row below, none for an end."""

    uuid: str
    label: str
    text: str
    shape: str = "task"
    actor: str = ""
    next: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A thing with words. `role`: shape | side | who | word | letter | note; `shape` as in content.SHAPES.

    x, y is the top left corner. `label` is the number of the row, `align` how the words are set.
    """

    role: str
    x: float
    y: float
    width: float
    height: float
    text: str
    shape: str = ""
    uuid: str = ""
    actor: str = ""
    cites: tuple[str, ...] = ()
    align: str = "center"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line with an arrow head at its last point. Edges from or into a lettered circle carry its letter."""

    points: tuple[Point, ...]
    source: str = ""
    target: str = ""
    letter: str = ""


@dataclass(slots=True)
class Panel:
    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chart:
    panels: tuple[Panel, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Medium:
    """The columns and sizes of one medium, in its units (see the book's design for print)."""

    width: float
    main: tuple[float, float]  # left and right of the shapes
    side: tuple[float, float] | None  # left and right of the boxes beside a decision
    lanes: tuple[float, ...]  # x of the lines that go back, the inner one first
    skip: float  # x of the line that jumps ahead
    circle: float  # diameter
    circle_left: float  # left edge of the circles beside the shapes
    em: float
    line: float
    side_em: float
    side_line: float
    who_width: float  # 0: the actor stands inside the shape
    ask_width: float  # words inside a diamond
    gap: float
    entry: float  # what a line that comes in above a shape adds to the gap
    word_em: float
    word_line: float
    word_room: float  # the widest word over an arrow
    pad: float
    head: float  # length of an arrow head
    least: float  # height of the lowest shape

    @property
    def trunk(self) -> float:
        return (self.main[0] + self.main[1]) / 2


PRINT = Medium(
    width=160, main=(44, 108), side=(122, 160), lanes=(32,), skip=150, circle=6.4, circle_left=122,
    em=3.53, line=5.12, side_em=3.18, side_line=4.6, who_width=29, ask_width=37, gap=8, entry=3.4,
    word_em=3.0, word_line=4.4, word_room=14, pad=4.4, head=2.3, least=9,
)  # fmt: skip
SCREEN = Medium(
    width=340, main=(44, 296), side=None, lanes=(28, 12), skip=304, circle=28, circle_left=311,
    em=16, line=26, side_em=16, side_line=26, who_width=0, ask_width=150, gap=44, entry=16,
    word_em=16, word_line=24, word_room=84, pad=20, head=10, least=46,
)  # fmt: skip
MEDIA = {"print": PRINT, "screen": SCREEN}
FIRST_PANEL, PANEL = 205.0, 228.0  # millimetres on a page

_WIDTHS = {  # of Sarabun Regular or Bold, whichever is wider, rounded up to 0.04 em
    0.0: "ัิีึืฺุู็่้๊๋์ํ๎",
    0.28: " '!ij|",
    0.32: ",.:;lๅ",
    0.36: "()-I[]_{}เ",
    0.4: "\\`fr",
    0.44: '"tโใ',
    0.48: "*/?szไ",
    0.52: "Jcxyงราำ",
    0.56: "$Sabdegkvวะ",
    0.6: "0123456789EFLPRTZ^hnopquกจฉฐถธยฤลสฮฯ",
    0.64: "+<=>BCY~ขคฅฎฏดตภมฦศอ฿แ",
    0.68: "ADGKUVXฃฆชซทนบปผฝหๆ๐๖",
    0.72: "#&HNOQwษ๑๒๓๔๕๘๙",
    0.76: "พฟฬ",
    0.8: "ฑ๗",
    0.84: "@Mฌ",
    0.92: "Wmญฒณ",
    1.0: "%",
}
_ADVANCE = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def text_width(text: str) -> float:
    """The width of Sarabun in em, rounded up by groups of letters; an unknown character counts as wide."""
    return sum(_ADVANCE.get(letter, 0.9) for letter in text)


def count_lines(text: str, width: float, em: float) -> int:
    """Lines that `text` takes; where it breaks, a tenth of each line is lost to word borders."""
    length = text_width(text) * em
    return 1 if length <= width else max(2, ceil(length * 1.1 / width))


def steps_from_entries(entries: Iterable[EntryView]) -> list[FlowStep]:
    """The rows of part 9 among the entries of a process; `cites` are the part-5 clauses a row explains."""
    entries = list(entries)
    cite_of = {str(entry.uuid): entry.cite for entry in entries}
    return [
        FlowStep(
            uuid=str(entry.uuid),
            label=entry.label,
            text=inline_plain(entry.content.body).replace("\ufffc", "").strip(),
            shape=entry.content.shape,
            actor=entry.content.actor,
            next=tuple((str(each.get("to", "")), each.get("label", "")) for each in entry.content.next),
            cites=tuple(cite_of[each] for each in entry.content.explains if cite_of.get(each)),
        )
        for entry in entries
        if isinstance(entry.content, Step)
    ]


def layout(
    steps: Sequence[FlowStep],
    medium: Literal["print", "screen"] = "print",
    *,
    first_height: float = FIRST_PANEL,
    panel_height: float = PANEL,
) -> Chart:
    """The chart of the steps in reading order. The screen has one panel of any height; no steps, no panel."""
    flow = _Flow(steps, MEDIA[medium])
    if not flow.steps:
        return Chart((), tuple(flow.problems))
    rows = flow.rows()
    ranges = [(0, len(rows))]
    if medium == "print":
        ranges = _page_ranges(flow, rows, first_height, panel_height)
    drafts = [_Draft(flow, rows, start, end) for start, end in ranges]
    letters = _letters(drafts)
    panels = []
    for number, draft in enumerate(drafts):
        room = 0.0
        if number < len(drafts) - 1:
            spare = (panel_height if number else first_height) - draft.height
            room = max(0.0, min(4.0, spare / max(1, len(draft.rows) - 1)))
        panels.append(_Pen(draft, letters, room).draw())
    return Chart(tuple(panels), tuple(flow.problems))


def short_text(text: str) -> str:
    """What a shape says: the text, or its beginning with an ellipsis, cut at a space where one is near."""
    text = " ".join(text.split())
    if len(text) <= LABEL_LIMIT:
        return text
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) >= LABEL_LIMIT:
            break
        kept += cluster
    space = kept.rfind(" ", LABEL_LIMIT // 2)
    return (kept[:space] if space > 0 else kept) + "…"


class _Flow:
    """The steps with their branches as row numbers: every branch leads to a row that exists."""

    def __init__(self, steps: Sequence[FlowStep], medium: Medium) -> None:
        self.medium = medium
        self.problems: list[str] = []
        self.steps = self._distinct(steps)
        place = {step.uuid: index for index, step in enumerate(self.steps)}
        self.outs = [self._branches(index, step, place) for index, step in enumerate(self.steps)]
        self.sources: list[list[int]] = [[] for _ in self.steps]
        for index, branches in enumerate(self.outs):
            for target in branches:
                self.sources[target].append(index)

    def _distinct(self, steps: Sequence[FlowStep]) -> list[FlowStep]:
        kept: dict[str, FlowStep] = {}
        for step in steps:
            if step.uuid in kept:
                self.problems.append(f"step {step.label or step.uuid} stands twice")
            else:
                kept[step.uuid] = step
        return list(kept.values())

    def _branches(self, index: int, step: FlowStep, place: dict[str, int]) -> dict[int, str]:
        """{row: word on the arrow}; two arrows to one row become one with both words."""
        if not step.next:
            last = index == len(self.steps) - 1
            return {} if step.shape == "end" or last else {index + 1: ""}
        branches: dict[int, str] = {}
        for to, word in step.next:
            if to not in place:
                self.problems.append(f"step {step.label or step.uuid} leads to an unknown step {to!r}")
                continue
            target = place[to]
            words = [each for each in (branches.get(target, ""), word) if each]
            branches[target] = " / ".join(dict.fromkeys(words))
        return branches

    def rows(self) -> list["_Row"]:
        """The main line in row order, each row with the box beside it, if any."""
        beside = self._beside() if self.medium.side else {}
        sides = set(beside.values())
        return [_Row(i, beside.get(i)) for i in range(len(self.steps)) if i not in sides]

    def _beside(self) -> dict[int, int]:
        """{decision: the box beside it}: reached from there only, and not the way the work goes on."""
        beside: dict[int, int] = {}
        taken: set[int] = set()
        for decision, branches in enumerate(self.outs):
            if self.steps[decision].shape != "decision" or len(branches) < 2 or decision in taken:
                continue
            fit = [target for target in branches if self._is_detour(target, decision)]
            if len(fit) == len(branches):
                fit.remove(min(fit, key=lambda target: (self._goes_back(target), target)))
            if fit:
                beside[decision] = max(fit, key=lambda target: (self._goes_back(target), -target))
                taken.add(beside[decision])
        return beside

    def _is_detour(self, target: int, decision: int) -> bool:
        outs = self.outs[target]
        if target <= decision or self.sources[target] != [decision] or len(outs) > 1 or target in outs:
            return False
        if self.steps[target].shape in ("decision", "start"):
            return False
        return not outs or target + 1 not in outs or target + 1 in self.outs[decision]

    def _goes_back(self, target: int) -> bool:
        return any(to <= target for to in self.outs[target])


@dataclass(frozen=True, slots=True)
class _Row:
    main: int
    side: int | None


@dataclass(slots=True)
class _Route:
    """One branch: from a row's main shape or side box to a row's main shape. `way` says how it is drawn:
    trunk | page | beside | lane | skip | side_back | side_join | letter."""

    source: int
    target: int
    word: str
    row: int
    from_side: bool = False
    to_row: int | None = None  # row in the same panel
    way: str = "letter"
    lane: int = 0

    @property
    def span(self) -> tuple[int, int]:
        rows = sorted((self.row, self.row if self.to_row is None else self.to_row))
        return rows[0], rows[1]


class _Draft:
    """The rows of one panel: how every branch is drawn and how high every row is, before there are coordinates."""

    def __init__(self, flow: _Flow, rows: list[_Row], start: int, end: int) -> None:
        self.flow, self.medium = flow, flow.medium
        self.rows = rows[start:end]
        self.row_of = {row.main: number for number, row in enumerate(self.rows)}
        self.routes: list[_Route] = []
        self.following = rows[end].main if end < len(rows) else None
        self.page_in = start > 0 and rows[start].main in flow.outs[rows[start - 1].main]
        self._collect()
        self._choose_ways()
        self.entries = self._entry_targets(rows, start)
        self.heights = [self._row_height(number) for number in range(len(self.rows))]
        self.gaps = [self._gap_above(number) for number in range(len(self.rows))]
        self.page_out = next((route for route in self.routes if route.way == "page"), None)
        tail = self.medium.gap + self.medium.circle if self.page_out else 0
        self.height = sum(self.heights) + sum(self.gaps) + tail

    def _collect(self) -> None:
        for number, row in enumerate(self.rows):
            for target, word in self.flow.outs[row.main].items():
                self.routes.append(_Route(row.main, target, word, number, False, self.row_of.get(target)))
            if row.side is not None:
                for target, word in self.flow.outs[row.side].items():
                    route = _Route(row.side, target, word, number, True, self.row_of.get(target))
                    self.routes.append(route)

    def _choose_ways(self) -> None:
        waiting = []
        for route in self.routes:
            if not route.from_side and route.target == self.rows[route.row].side:
                route.way = "beside"
            elif not route.from_side and route.to_row == route.row + 1:
                route.way = "trunk"
            elif not route.from_side and route.target == self.following and route.row == len(self.rows) - 1:
                route.way = "page"
            elif route.to_row is not None:
                waiting.append(route)
        waiting.sort(key=lambda route: (not route.from_side, route.span[1] - route.span[0], route.row))
        for route in waiting:
            self._try_line(route)
        for route in self.routes:
            if route.way == "skip" and self.letters_out(route.row):
                route.way = "letter"

    def _try_line(self, route: _Route) -> None:
        """Give the route a line if the way is free, else it keeps its letter."""
        low, high = route.span
        if route.from_side or route.to_row > route.row:
            passed = [number for number in range(low, high + 1) if number != route.row]
            if route.to_row > route.row:
                passed = [number for number in passed if number != route.to_row]
            blocked = any(self.rows[number].side is not None for number in passed)
            if not route.from_side and self._right_exits(route.row, route):
                blocked = True
            if not blocked and self._is_free(route, ("skip", "side_back", "side_join"), 0):
                back = route.to_row <= route.row
                route.way = ("side_back" if back else "side_join") if route.from_side else "skip"
            return
        if any(other.way == "lane" and other.row == route.row for other in self.routes):
            return
        for lane in range(len(self.medium.lanes)):
            if self._is_free(route, ("lane",), lane):
                route.way, route.lane = "lane", lane
                return

    def _right_exits(self, number: int, route: _Route) -> bool:
        others = [other for other in self.routes if other.row == number and other is not route]
        return self.rows[number].side is not None or any(
            other.way == "skip" or (other.way == "letter" and other.to_row is None) for other in others
        )

    def _is_free(self, route: _Route, ways: tuple[str, ...], lane: int) -> bool:
        """No other line in this channel between the same rows, unless it leads to the same shape."""
        low, high = route.span
        for other in self.routes:
            if other is route or other.way not in ways:
                continue
            first, last = other.span
            if last < low or high < first or (other.target == route.target and other.lane == lane):
                continue
            nested = low < first and last < high and other.lane < lane
            if not nested:
                return False
        return True

    def _entry_targets(self, rows: list[_Row], start: int) -> set[int]:
        """Rows of this panel that a lettered circle leads into."""
        inside = {row.main for row in self.rows} | {row.side for row in self.rows if row.side is not None}
        targets = {route.to_row for route in self.routes if route.way == "letter" and route.to_row is not None}
        before = rows[start - 1].main if start else None
        for source, branches in enumerate(self.flow.outs):
            if source in inside:
                continue
            for target in branches:
                number = self.row_of.get(target)
                if number is not None and not (number == 0 and source == before):
                    targets.add(number)
        return targets

    def side_actor(self, number: int) -> str:
        """Who does the work beside a decision, when it is somebody else."""
        row = self.rows[number]
        if row.side is None or self.flow.steps[row.side].actor == self.flow.steps[row.main].actor:
            return ""
        return self.flow.steps[row.side].actor

    def side_height(self, number: int) -> float:
        row = self.rows[number]
        return side_size(self.flow.steps[row.side], self.side_actor(number), self.medium)[1]

    def letters_out(self, number: int) -> list[_Route]:
        return [r for r in self.routes if r.row == number and r.way == "letter" and not r.from_side]

    def side_letter(self, number: int) -> _Route | None:
        found = (r for r in self.routes if r.row == number and r.way == "letter" and r.from_side)
        return next(found, None)

    def uses_right(self, number: int) -> bool:
        """Something leaves the shape on its right side."""
        leaving = any(r.row == number and r.way in ("beside", "skip") for r in self.routes)
        return leaving or bool(self.letters_out(number))

    def uses_left(self, number: int) -> bool:
        return any(r.row == number and r.way == "lane" for r in self.routes)

    def comes_in_above(self, number: int) -> list[_Route]:
        """The lines that join the main line above the shape, because its sides are taken."""
        lines = []
        for route in self.routes:
            if route.to_row != number:
                continue
            right = route.way in ("skip", "side_back", "side_join") and self.uses_right(number)
            if right or (route.way == "lane" and self.uses_left(number)):
                lines.append(route)
        return lines

    def circle_above(self, number: int) -> bool:
        """The lettered circle into this row stands above it, not at its right."""
        if number not in self.entries:
            return False
        right = any(r.to_row == number and r.way in ("skip", "side_back", "side_join") for r in self.routes)
        return right or self.uses_right(number) or self.rows[number].side is not None

    def _row_height(self, number: int) -> float:
        row, medium = self.rows[number], self.medium
        step = self.flow.steps[row.main]
        height = max(main_size(step, medium)[1], stack_height(self, number))
        if medium.who_width:
            height = max(height, who_height(step, medium))
        if row.side is not None and self.side_letter(number):
            reach = medium.circle + 2 * medium.head
            height = max(height, self.side_height(number) + 2 * reach)
        words = [r.word for r in self.routes if r.row == number and r.way in ("beside", "skip", "lane")]
        deepest = max((word_lines(word, medium) for word in words if word), default=0)
        return max(height, 2 * deepest * medium.word_line + 1)

    def _gap_above(self, number: int) -> float:
        medium = self.medium
        gap = 0.0
        if number:
            straight = [r.word for r in self.routes if r.row == number - 1 and r.way == "trunk"]
            room = medium.main[1] - medium.trunk
            lines = count_lines(straight[0], room, medium.word_em) if straight and straight[0] else 1
            gap = medium.gap + (lines - 1) * medium.word_line
        elif self.page_in:
            gap = medium.circle + medium.gap
        above = self.comes_in_above(number)
        if above:
            gap += medium.entry * (len(above) + (number == 0 and not self.page_in))
        if self.circle_above(number):
            gap += medium.circle + medium.entry
        return gap


def main_size(step: FlowStep, medium: Medium) -> tuple[float, float]:
    """Width and height of a shape of the main line."""
    full = medium.main[1] - medium.main[0]
    text = short_text(step.text)
    inner = medium.ask_width if step.shape == "decision" else full - medium.pad
    lines = count_lines(text, inner, medium.em)
    if not medium.who_width and step.actor:
        lines += count_lines(step.actor, inner, medium.em)
    words = lines * medium.line
    if step.shape == "decision":
        return full, max(2 * medium.least, words / (1 - medium.ask_width / full))
    width = full
    if step.shape in ("start", "end", "connector"):
        longest = text if medium.who_width or len(text) > len(step.actor) else step.actor
        width = min(full, max(0.62 * full, text_width(longest) * medium.em + 3 * medium.pad))
    curl = medium.pad if step.shape == "document" else 0.0
    return width, max(medium.least, words + medium.pad) + curl


def side_size(step: FlowStep, actor: str, medium: Medium) -> tuple[float, float]:
    """Width and height of a box beside a decision; `actor` stands in it when it is not the decision's."""
    left, right = medium.side or (0.0, 0.0)
    inset = 6 if step.shape in ("start", "end", "connector") else 2.4
    lines = count_lines(short_text(step.text), right - left - inset, medium.side_em)
    if actor:
        lines += count_lines(actor, right - left - inset, medium.side_em)
    return right - left, lines * medium.side_line + 4


def who_height(step: FlowStep, medium: Medium) -> float:
    lines = count_lines(step.actor, medium.who_width, medium.side_em) if step.actor else 0
    if words := who_words(step):
        lines += count_lines(words, medium.who_width, medium.side_em)
    return lines * medium.side_line


def who_words(step: FlowStep) -> str:
    """The number of the row and the clauses it explains."""
    cites = f"(ข้อ {', '.join(step.cites)})" if step.cites else ""
    return " ".join(part for part in (step.label, cites) if part)


def stack_height(draft: _Draft, number: int) -> float:
    """The height of what stands at the right of a row: the side box and circles, 3 apart."""
    medium, row = draft.medium, draft.rows[number]
    heights = [_circle_slot(medium, route.word) for route in draft.letters_out(number)]
    if row.side is not None:
        heights.append(draft.side_height(number) + reach_above(draft, number))
    if number in draft.entries and not draft.circle_above(number):
        heights.append(medium.circle)
    return sum(heights) + 3 * max(0, len(heights) - 1)


def reach_above(draft: _Draft, number: int) -> float:
    """Room over a side box for its circle, where the box does not stand alone on the axis."""
    crowded = draft.side_letter(number) and draft.letters_out(number)
    return draft.medium.circle + 2 * draft.medium.head if crowded else 0.0


def word_lines(word: str, medium: Medium) -> int:
    return count_lines(word, medium.word_room, medium.word_em)


def _circle_slot(medium: Medium, word: str) -> float:
    return max(medium.circle, 2 * word_lines(word, medium) * medium.word_line if word else 0)


def _page_ranges(flow: _Flow, rows: list[_Row], first_height: float, panel_height: float) -> list[tuple[int, int]]:
    """Rows of each page: as many as fit, but never one or two alone on the last."""
    ranges: list[tuple[int, int]] = []
    start = 0
    while start < len(rows):
        limit = panel_height if ranges else first_height
        end = start + 1
        while end < len(rows) and _Draft(flow, rows, start, end + 1).height <= limit:
            end += 1
        ranges.append((start, end))
        start = end
    if len(ranges) > 1 and ranges[-1][1] - ranges[-1][0] < 3:
        (before, _), (_, end) = ranges[-2:]
        wanted = end - 3
        if wanted - before >= 3 and _Draft(flow, rows, wanted, end).height <= panel_height:
            ranges[-2:] = [(before, wanted), (wanted, end)]
    return ranges


def _letters(drafts: list[_Draft]) -> dict[tuple[str, int], str]:
    """A letter for each page break, then for each shape that circles lead into, in order of use."""
    keys = [("page", draft.page_out.target) for draft in drafts if draft.page_out]
    routes = [route for draft in drafts for route in draft.routes if route.way == "letter"]
    keys += [("to", route.target) for route in routes]
    return {key: letter_for(number) for number, key in enumerate(dict.fromkeys(keys), start=1)}


class _Pen:
    """Coordinates of one panel."""

    def __init__(self, draft: _Draft, letters: dict[tuple[str, int], str], room: float) -> None:
        self.draft, self.medium, self.letters = draft, draft.medium, letters
        self.steps = draft.flow.steps
        self.panel = Panel(self.medium.width, 0.0)
        self.tops: list[float] = []
        at = 0.0
        for number, height in enumerate(draft.heights):
            at += draft.gaps[number] + (room if number else 0)
            self.tops.append(at)
            at += height
        self.bottom = at
        self.panel.height = at + (self.medium.gap + self.medium.circle if draft.page_out else 0)

    def draw(self) -> Panel:
        for number in range(len(self.draft.rows)):
            self._shape(number)
            self._who(number)
            self._beside(number)
        if self.draft.page_in:
            self._page_in()
        for number in sorted(self.draft.entries):
            self._circle_in(number)
        for route in self.draft.routes:
            self._route(route)
        return self.panel

    def axis(self, number: int) -> float:
        return self.tops[number] + self.draft.heights[number] / 2

    def _main(self, number: int) -> tuple[float, float, float, float]:
        """left, top, right, bottom of the main shape of a row."""
        width, height = main_size(self.steps[self.draft.rows[number].main], self.medium)
        left, top = self.medium.trunk - width / 2, self.axis(number) - height / 2
        return left, top, left + width, top + height

    def _shape(self, number: int) -> None:
        step = self.steps[self.draft.rows[number].main]
        left, top, right, bottom = self._main(number)
        text, actor = short_text(step.text), "" if self.medium.who_width else step.actor
        box = Box("shape", left, top, right - left, bottom - top, text, step.shape, step.uuid, actor, step.cites)
        self.panel.boxes.append(replace(box, label=step.label))

    def _who(self, number: int) -> None:
        step, width = self.steps[self.draft.rows[number].main], self.medium.who_width
        height = who_height(step, self.medium) if width else 0.0
        if not height:
            return
        top = self.axis(number) - height / 2
        who = Box("who", 0, top, width, height, who_words(step), "", step.uuid, step.actor, step.cites, "left")
        self.panel.boxes.append(replace(who, label=step.label))

    def _beside(self, number: int) -> None:
        """The side box and the circles at the right of a shape, one below the other."""
        row, medium, draft = self.draft.rows[number], self.medium, self.draft
        at = self.axis(number) - stack_height(draft, number) / 2
        if row.side is not None:
            at += reach_above(draft, number)
            step = self.steps[row.side]
            actor = draft.side_actor(number)
            width, height = side_size(step, actor, medium)
            box = Box(
                "side", medium.side[0], at, width, height, short_text(step.text), step.shape, step.uuid, actor,
                label=step.label,
            )  # fmt: skip
            self.panel.boxes.append(box)
            route = next(r for r in draft.routes if r.row == number and r.way == "beside")
            self._stub(route, at + height / 2, medium.side[0])
            at += height + 3
        for route in draft.letters_out(number):
            slot = _circle_slot(medium, route.word)
            middle = at + slot / 2
            self._circle(medium.circle_left + medium.circle / 2, middle, self.letters["to", route.target])
            self._stub(route, middle, medium.circle_left, self.letters["to", route.target])
            at += slot + 3

    def _stub(self, route: _Route, y: float, end: float, letter: str = "") -> None:
        """From the right tip of the shape to something at height `y`, with the word of the branch over it."""
        axis, right = self.axis(route.row), self._main(route.row)[2]
        points: tuple[Point, ...] = ((right, axis), (end, y))
        if abs(y - axis) > 0.01:
            bend = self.medium.main[1] + self.medium.head * 0.7
            points = ((right, axis), (bend, axis), (bend, y), (end, y))
        self._edge(points, route, letter)
        self._word_right(route.word, y)

    def _word_right(self, word: str, y: float) -> None:
        medium = self.medium
        edge = medium.side[0] if medium.side else medium.width
        self._word(word, edge - medium.word_room - 0.5, y, "center" if medium.side else "right")

    def _word(self, word: str, x: float, y: float, align: str) -> None:
        """A word over an arrow that runs at height `y`."""
        if not word:
            return
        height = word_lines(word, self.medium) * self.medium.word_line
        top = y - height - 0.1 * self.medium.word_line
        self.panel.boxes.append(Box("word", x, top, self.medium.word_room, height, word, align=align))

    def _circle(self, x: float, y: float, letter: str) -> None:
        size = self.medium.circle
        self.panel.boxes.append(Box("letter", x - size / 2, y - size / 2, size, size, letter))

    def _edge(self, points: Sequence[Point], route: _Route, letter: str = "") -> None:
        source, target = self.steps[route.source].uuid, self.steps[route.target].uuid
        self.panel.edges.append(Edge(tuple(points), source, target, letter))

    def _route(self, route: _Route) -> None:
        if route.way == "trunk":
            bottom, top = self._main(route.row)[3], self._main(route.to_row)[1]
            self._edge(((self.medium.trunk, bottom), (self.medium.trunk, top)), route)
            self._straight_word(route, bottom)
        elif route.way == "page":
            self._page_out(route)
        elif route.way == "lane":
            self._lane(route)
        elif route.way == "skip":
            self._skip(route)
        elif route.from_side:
            self._from_side(route)

    def _straight_word(self, route: _Route, bottom: float) -> None:
        if not route.word:
            return
        medium = self.medium
        room = medium.main[1] - medium.trunk
        height = count_lines(route.word, room, medium.word_em) * medium.word_line
        x, y = medium.trunk + 0.4 * medium.word_em, bottom + 0.1 * medium.word_line
        self.panel.boxes.append(Box("word", x, y, room, height, route.word, align="left"))

    def _lane(self, route: _Route) -> None:
        """From the left tip back along a lane into the left side of the target, or above it."""
        x, axis = self.medium.lanes[route.lane], self.axis(route.row)
        start = ((self._main(route.row)[0], axis), (x, axis))
        self._edge([*start, *self._come_in(route, x, "left")], route)
        self._word(route.word, x + 0.25 * self.medium.word_em, axis, "left")

    def _skip(self, route: _Route) -> None:
        x, axis = self.medium.skip, self.axis(route.row)
        start = ((self._main(route.row)[2], axis), (x, axis))
        self._edge([*start, *self._come_in(route, x, "right")], route)
        self._word_right(route.word, axis)

    def _from_side(self, route: _Route) -> None:
        """From the side box up (back), down (ahead), or into a circle above it."""
        side = next(box for box in self.panel.boxes if box.uuid == self.steps[route.source].uuid)
        x, top, bottom = side.x + side.width / 2, side.y, side.y + side.height
        if route.way == "letter":
            letter = self.letters["to", route.target]
            y = top - 2 * self.medium.head
            self._circle(x, y - self.medium.circle / 2, letter)
            self._edge(((x, top), (x, y)), route, letter)
        else:
            start = (x, top if route.way == "side_back" else bottom)
            self._edge([start, *self._come_in(route, x, "right")], route)
        if route.word:
            y = bottom + 0.1 * self.medium.word_line if route.way == "side_join" else top - self.medium.word_line
            box = Box("word", x + 1, y, self.medium.word_room, self.medium.word_line, route.word, align="left")
            self.panel.boxes.append(box)

    def _come_in(self, route: _Route, x: float, hand: str) -> list[Point]:
        """The last points of a line that arrives at `x`: into the side of the target, or into the line above."""
        number = route.to_row
        above = self.draft.comes_in_above(number)
        if route not in above:
            left, _, right, _ = self._main(number)
            y = self.axis(number)
            return [(x, y), (left if hand == "left" else right, y)]
        y = self._above(number, above.index(route))
        return [(x, y), (self.medium.trunk, y), *self._drop(number)]

    def _above(self, number: int, order: int) -> float:
        return self.tops[number] - 1.4 * self.medium.head - order * self.medium.entry

    def _drop(self, number: int) -> list[Point]:
        """Down into the shape, when no straight line does that already."""
        straight = any(r.to_row == number and r.way == "trunk" for r in self.draft.routes)
        if straight or (number == 0 and self.draft.page_in):
            return []
        return [(self.medium.trunk, self._main(number)[1])]

    def _circle_in(self, number: int) -> None:
        """The lettered circle that leads into a row."""
        medium, target = self.medium, self.draft.rows[number].main
        letter, radius = self.letters["to", target], medium.circle / 2
        if self.draft.circle_above(number):
            lines = len(self.draft.comes_in_above(number))
            x, y = medium.trunk + 4 * medium.circle, self._above(number, lines) - radius
            points = [(x - radius, y), (medium.trunk, y), *self._drop(number)]
        else:
            x, y = medium.circle_left + radius, self.axis(number)
            points = [(medium.circle_left, y), (self._main(number)[2], y)]
        self._circle(x, y, letter)
        self.panel.edges.append(Edge(tuple(points), "", self.steps[target].uuid, letter))

    def _page_out(self, route: _Route) -> None:
        medium, bottom = self.medium, self._main(route.row)[3]
        letter, y = self.letters["page", route.target], self.bottom + medium.gap + medium.circle / 2
        self._circle(medium.trunk, y, letter)
        self._edge(((medium.trunk, bottom), (medium.trunk, y - medium.circle / 2)), route, letter)
        self._straight_word(route, bottom)
        self._note("ต่อหน้าถัดไป", y)

    def _page_in(self) -> None:
        medium, target = self.medium, self.draft.rows[0].main
        letter, radius = self.letters["page", target], medium.circle / 2
        self._circle(medium.trunk, radius, letter)
        points = ((medium.trunk, medium.circle), (medium.trunk, self._main(0)[1]))
        self.panel.edges.append(Edge(points, "", self.steps[target].uuid, letter))
        self._note("ต่อจากหน้าก่อน", radius)

    def _note(self, text: str, y: float) -> None:
        medium = self.medium
        height = medium.word_line
        x = medium.trunk + medium.circle / 2 + 0.5 * medium.word_em
        self.panel.boxes.append(Box("note", x, y - height / 2, 30, height, text, align="left"))


@dataclass(frozen=True, slots=True)
class ChartCell:
    """The chart column of one row of the summary table.

    `above`, `below`: the main line runs into the cell from the row above, out to the row below. `back` and `ahead`
    say what the line at the left (to an earlier row) and at the right (past some rows) do in this cell: a set of
    "source", "through", "target". `word_*` stand beside these lines. What is not drawn is said in the remarks of
    the table anyway.
    """

    step: FlowStep
    above: bool
    below: bool
    back: frozenset[str] = frozenset()
    ahead: frozenset[str] = frozenset()
    word_below: str = ""
    word_back: str = ""
    word_ahead: str = ""


def column(steps: Sequence[FlowStep]) -> list[ChartCell]:
    """One cell for each step, in order. Lines that would run into each other are left out."""
    flow = _Flow(steps, PRINT)
    jumps = [(i, t) for i, branches in enumerate(flow.outs) for t in branches]
    back = _without_overlap([(i, t) for i, t in jumps if t < i])
    ahead = _without_overlap([(i, t) for i, t in jumps if t > i + 1])
    cells = []
    for index, step in enumerate(flow.steps):
        branches = flow.outs[index]
        words = {kind: [branches[t] for t in branches if (index, t) in lines] for kind, lines in
                 (("back", back), ("ahead", ahead))}  # fmt: skip
        cells.append(
            ChartCell(
                step,
                above=index > 0 and index in flow.outs[index - 1],
                below=index + 1 in branches,
                back=_line_parts(index, back),
                ahead=_line_parts(index, ahead),
                word_below=branches.get(index + 1, ""),
                word_back="".join(words["back"]),
                word_ahead="".join(words["ahead"]),
            )
        )
    return cells


def _without_overlap(jumps: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The jumps (from row, to row) that one line can show: those to one row share it, others must not touch."""
    drawn: set[tuple[int, int]] = set()
    for source, target in sorted(jumps, key=lambda jump: (abs(jump[0] - jump[1]), jump)):
        low, high = sorted((source, target))
        free = all(
            (target == other_target and source != other_source)
            or high < min(other_source, other_target)
            or max(other_source, other_target) < low
            for other_source, other_target in drawn
        )
        if free:
            drawn.add((source, target))
    return drawn


def _line_parts(index: int, jumps: set[tuple[int, int]]) -> frozenset[str]:
    parts = set()
    for source, target in jumps:
        if index == source:
            parts.add("source")
        elif index == target:
            parts.add("target")
        if min(source, target) < index < max(source, target):
            parts.add("through")
    return frozenset(parts)


def alt_text(steps: Sequence[FlowStep], name: str, number: int, count: int) -> str:
    """What the picture of a panel says to somebody who cannot see it: its steps in order."""
    part = f" ตอนที่ {number} จาก {count}" if count > 1 else ""
    said = ", ".join(f"{step.label} {short_text(step.text)} ({SHAPES[step.shape]})" for step in steps)
    return f"ผังขั้นตอนการปฏิบัติงาน {name}{part}: {said}"
