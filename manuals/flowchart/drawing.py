"""Coordinates for what routes.py decided."""

from collections.abc import Sequence
from dataclasses import replace

from .chart import Box, Edge, Panel, Point
from .measure import (
    circle_slot,
    count_lines,
    main_size,
    short_text,
    side_size,
    text_width,
    who_height,
    who_words,
    word_lines,
)
from .routes import Draft, Route, reach_above, stack_height


class Pen:
    """Coordinates of one panel."""

    def __init__(self, draft: Draft, letters: dict[tuple[str, int], str], room: float) -> None:
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
            slot = circle_slot(medium, route.word)
            middle = at + slot / 2
            self._circle(medium.circle_left + medium.circle / 2, middle, self.letters["to", route.target])
            self._stub(route, middle, medium.circle_left, self.letters["to", route.target])
            at += slot + 3

    def _stub(self, route: Route, y: float, end: float, letter: str = "") -> None:
        """From the right tip of the shape to something at height `y`, with the word of the branch over it."""
        axis, right = self.axis(route.row), self._main(route.row)[2]
        points: tuple[Point, ...] = ((right, axis), (end, y))
        if abs(y - axis) > 0.01:
            bend = self.medium.main[1] + self.medium.head * 0.7
            points = ((right, axis), (bend, axis), (bend, y), (end, y))
        self._edge(points, route, letter)
        above_circle = self.medium.circle / 2 if letter and not self.medium.side else 0.0
        self._word_right(route, y - above_circle)

    def _word_right(self, route: Route, y: float) -> None:
        medium = self.medium
        edge = medium.side[0] if medium.side else medium.width
        if not medium.side:
            y = self._above_slope(route.row, edge - self._word_width(route.word), y)
        self._word(route.word, edge - medium.word_room - 0.5, y, "center" if medium.side else "right")

    def _word_width(self, word: str) -> float:
        return min(text_width(word) * self.medium.word_em, self.medium.word_room)

    def _above_slope(self, number: int, x: float, y: float) -> float:
        """Where a word may stand that would stand at `y` and reaches in to `x`: not on the slope of a diamond."""
        left, top, right, bottom = self._main(number)
        inward = 1 - abs(x - self.medium.trunk) / ((right - left) / 2)
        if self.steps[self.draft.rows[number].main].shape != "decision" or inward <= 0 or y > self.axis(number):
            return y
        return min(y, self.axis(number) - inward * (bottom - top) / 2)

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

    def _edge(self, points: Sequence[Point], route: Route, letter: str = "") -> None:
        source, target = self.steps[route.source].uuid, self.steps[route.target].uuid
        self.panel.edges.append(Edge(tuple(points), source, target, letter))

    def _route(self, route: Route) -> None:
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

    def _straight_word(self, route: Route, bottom: float) -> None:
        if not route.word:
            return
        medium = self.medium
        room = medium.main[1] - medium.trunk
        height = count_lines(route.word, room, medium.word_em) * medium.word_line
        x, y = medium.trunk + 0.4 * medium.word_em, bottom + 0.1 * medium.word_line
        self.panel.boxes.append(Box("word", x, y, room, height, route.word, align="left"))

    def _lane(self, route: Route) -> None:
        """From the left tip back along a lane into the left side of the target, or above it."""
        x, axis = self.medium.lanes[route.lane], self.axis(route.row)
        start = ((self._main(route.row)[0], axis), (x, axis))
        self._edge([*start, *self._come_in(route, x, "left")], route)
        x += 0.25 * self.medium.word_em
        self._word(route.word, x, self._above_slope(route.row, x + self._word_width(route.word), axis), "left")

    def _skip(self, route: Route) -> None:
        x, axis = self.medium.skip, self.axis(route.row)
        start = ((self._main(route.row)[2], axis), (x, axis))
        self._edge([*start, *self._come_in(route, x, "right")], route)
        self._word_right(route, axis)

    def _from_side(self, route: Route) -> None:
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

    def _come_in(self, route: Route, x: float, hand: str) -> list[Point]:
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

    def _page_out(self, route: Route) -> None:
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
