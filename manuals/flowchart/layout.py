"""The chart of a process: panels that fit on their pages, or one for the screen."""

from collections.abc import Iterable, Sequence
from typing import Literal

from hearing_portal.thai.markup import OBJECT_MARKER
from hearing_portal.thai.numbering import letter_for
from hearing_portal.thai.text import inline_plain

from ..content import SHAPES, Step
from ..entries import EntryView
from .chart import MEDIA, Chart, FlowStep
from .drawing import Pen
from .measure import short_text
from .routes import Draft, Flow, Row

FIRST_PANEL, PANEL = 205.0, 228.0  # millimetres on a page


def layout(
    steps: Sequence[FlowStep],
    medium: Literal["print", "screen"] = "print",
    *,
    first_height: float = FIRST_PANEL,
    panel_height: float = PANEL,
) -> Chart:
    """The chart of the steps in reading order. The screen has one panel of any height; no steps, no panel."""
    flow = Flow(steps, MEDIA[medium])
    if not flow.steps:
        return Chart((), tuple(flow.problems))
    rows = flow.rows()
    ranges = [(0, len(rows))]
    if medium == "print":
        ranges = page_ranges(flow, rows, first_height, panel_height)
    drafts = [Draft(flow, rows, start, end) for start, end in ranges]
    letters = _letters(drafts)
    panels = []
    for number, draft in enumerate(drafts):
        room = 0.0
        if number < len(drafts) - 1:
            spare = (panel_height if number else first_height) - draft.height
            room = max(0.0, min(4.0, spare / max(1, len(draft.rows) - 1)))
        panels.append(Pen(draft, letters, room).draw())
    return Chart(tuple(panels), tuple(flow.problems))


def page_ranges(flow: Flow, rows: list[Row], first_height: float, panel_height: float) -> list[tuple[int, int]]:
    """Rows of each page: as many as fit, but never one or two alone on the last."""
    ranges: list[tuple[int, int]] = []
    start = 0
    while start < len(rows):
        limit = panel_height if ranges else first_height
        end = start + 1
        while end < len(rows) and Draft(flow, rows, start, end + 1).height <= limit:
            end += 1
        ranges.append((start, end))
        start = end
    if len(ranges) > 1 and ranges[-1][1] - ranges[-1][0] < 3:
        (before, _), (_, end) = ranges[-2:]
        wanted = end - 3
        if wanted - before >= 3 and Draft(flow, rows, wanted, end).height <= panel_height:
            ranges[-2:] = [(before, wanted), (wanted, end)]
    return ranges


def _letters(drafts: list[Draft]) -> dict[tuple[str, int], str]:
    """A letter for each page break, then for each shape that circles lead into, in order of use."""
    keys = [("page", draft.page_out.target) for draft in drafts if draft.page_out]
    routes = [route for draft in drafts for route in draft.routes if route.way == "letter"]
    keys += [("to", route.target) for route in routes]
    return {key: letter_for(number) for number, key in enumerate(dict.fromkeys(keys), start=1)}


def steps_from_entries(entries: Iterable[EntryView]) -> list[FlowStep]:
    """The rows of part 9 among the entries of a process; `cites` are the part-5 clauses a row explains."""
    entries = list(entries)
    cite_of = {str(entry.uuid): entry.cite for entry in entries}
    return [
        FlowStep(
            uuid=str(entry.uuid),
            label=entry.label,
            text=inline_plain(entry.content.body).replace(OBJECT_MARKER, "").strip(),
            shape=entry.content.shape,
            actor=entry.content.actor,
            next=tuple((str(each.get("to", "")), each.get("label", "")) for each in entry.content.next),
            cites=tuple(cite_of[each] for each in entry.content.explains if cite_of.get(each)),
        )
        for entry in entries
        if isinstance(entry.content, Step)
    ]


def alt_text(steps: Sequence[FlowStep], name: str, number: int, count: int) -> str:
    """What the picture of a panel says to somebody who cannot see it: its steps in order."""
    part = f" ตอนที่ {number} จาก {count}" if count > 1 else ""
    said = ", ".join(f"{step.label} {short_text(step.text)} ({SHAPES[step.shape]})" for step in steps)
    return f"ผังขั้นตอนการปฏิบัติงาน {name}{part}: {said}"
