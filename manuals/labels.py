"""Computed numbers of clauses ("5.4", "1)", "ก."). A working draft never stores them; an edition freezes them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from hearing_portal.thai.numbering import Numbering, label_for


class Node(Protocol):
    """What ordering needs to know of a clause (model row, frozen state or import draft)."""

    @property
    def key(self) -> object: ...
    @property
    def parent_key(self) -> object | None: ...
    @property
    def part(self) -> int: ...
    @property
    def rank(self) -> str: ...
    @property
    def numbering(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Labelled[T: Node]:
    """A node in reading order: its own label ("1)"), the number people cite it by ("5.4 1)") and its depth."""

    node: T
    label: str
    cite: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Parent:
    """What the labels of a level take from the clause above it.

    A decimal label holds the numbers above it ("5.4.1"). So below a decimal clause `number` is that clause's own
    number, and `base` the citation its decimals began in.
    """

    cite: str = ""
    number: str = ""
    base: str = ""


def label_clauses[T: Node](nodes: Iterable[T]) -> Iterator[Labelled[T]]:
    """All clauses of one section in reading order with their labels (Arabic digits).

    Part 0 is a chapter outside the nine parts: its top labels carry no part number. Steps (part 9) are
    numbered 1, 2, … like the rows of the standard table.
    """
    children: dict[object | None, list[T]] = {}
    for node in nodes:
        children.setdefault(node.parent_key, []).append(node)
    for siblings in children.values():
        siblings.sort(key=lambda node: (node.part, node.rank))
    yield from _label_level(children, None, _Parent(), 0)


def _label_level[T: Node](
    children: dict[object | None, list[T]],
    parent_key: object | None,
    parent: _Parent,
    depth: int,
) -> Iterator[Labelled[T]]:
    # Each part and each kind of number counts on its own: a bullet between 5.1 and 5.2 does not break the count
    counts: Counter[tuple[int, str]] = Counter()
    for node in children.get(parent_key, ()):
        series = "step" if node.kind == "step" else node.numbering
        counts[node.part, series] += 1
        ordinal = counts[node.part, series]

        prefix = parent.number
        if depth == 0 and node.part:
            prefix = str(node.part)
        label = str(ordinal)
        if series != "step":
            label = label_for(cast(Numbering, series), ordinal, prefix)

        is_decimal = series == "decimal"
        start = parent.cite
        if is_decimal and parent.number:
            start = parent.base
        cite = f"{start} {label}".strip()
        yield Labelled(node, label, cite, depth)

        below = _Parent(cite)
        if is_decimal:
            below = _Parent(cite, number=label, base=start)
        yield from _label_level(children, node.key, below, depth + 1)
