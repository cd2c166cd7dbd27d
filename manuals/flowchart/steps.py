"""The steps of a process: the rows of part 9 as the chart takes them, and as it says them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hearing_portal.thai.markup import OBJECT_MARKER
from hearing_portal.thai.text import inline_plain

from ..content import SHAPES, Step
from ..entries import EntryView
from .measure import short_text


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A row of part 9. `next` is ((uuid, label of the arrow), …); empty means the row below, none for an end."""

    uuid: str
    label: str
    text: str
    shape: str = "task"
    actor: str = ""
    next: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()


def steps_from_entries(entries: Iterable[EntryView]) -> list[FlowStep]:
    """The rows of part 9 among the entries of a process; `cites` are the part-5 clauses a row explains."""
    entries = list(entries)
    cite_of = {}
    for entry in entries:
        cite_of[str(entry.uuid)] = entry.cite
    steps = []
    for entry in entries:
        content = entry.content
        if not isinstance(content, Step):
            continue
        branches = []
        for branch in content.next:
            target = str(branch.get("to", ""))
            label = branch.get("label", "")
            branches.append((target, label))
        cites = []
        for uuid in content.explains:
            cite = cite_of.get(uuid)
            if cite:
                cites.append(cite)
        step = FlowStep(
            uuid=str(entry.uuid),
            label=entry.label,
            text=step_text(content),
            shape=content.shape,
            actor=content.actor,
            next=tuple(branches),
            cites=tuple(cites),
        )
        steps.append(step)
    return steps


def step_text(step: Step) -> str:
    """The words of a step for its shape, which does not say what they refer to: marks of references are left out."""
    return inline_plain(step.body).replace(OBJECT_MARKER, "").strip()


def alt_text(
    steps: Sequence[FlowStep],
    name: str,
    number: int,
    count: int,
) -> str:
    """What the picture of panel `number` of `count` says to somebody who cannot see it: its steps in order."""
    part = ""
    if count > 1:
        part = f" ตอนที่ {number} จาก {count}"
    said = []
    for step in steps:
        text = short_text(step.text)
        shape = SHAPES[step.shape]
        said.append(f"{step.label} {text} ({shape})")
    return f"ผังขั้นตอนการปฏิบัติงาน {name}{part}: {', '.join(said)}"
