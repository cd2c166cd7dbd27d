"""Computed numbers of clauses. Never stored in a working draft; an edition freezes them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from hearing_portal.thai.numbering import label_for


class Node(Protocol):
    """What ordering needs to know of a clause (model row, frozen state or import draft)."""

    key: object
    parent_key: object | None
    part: int
    rank: str
    numbering: str
    kind: str


T = TypeVar("T", bound=Node)


@dataclass(frozen=True, slots=True)
class Labelled[T: Node]:
    """A node in reading order: its own label ("1)"), its place as people cite it ("5.4 1)") and its depth."""

    node: T
    label: str
    cite: str
    depth: int


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
    yield from _label_level(children, None, "", "", "", 0)


def _label_level[T: Node](
    children: dict[object | None, list[T]],
    parent: object | None,
    cite: str,
    prefix: str,
    base: str,
    depth: int,
) -> Iterator[Labelled[T]]:
    """`cite` is the parent's place. A decimal label holds the numbers above it ("5.4.1"), so below a decimal
    parent `prefix` is the parent's number and `base` the place its decimals began in."""
    counters: dict[tuple[int, str], int] = {}
    for node in children.get(parent, ()):
        family = (node.part, "step" if node.kind == "step" else node.numbering)
        counters[family] = counters.get(family, 0) + 1
        number = prefix or (str(node.part) if node.part and not depth else "")
        own = _own_label(node, counters[family], number)
        is_decimal = family[1] == "decimal"
        start = base if is_decimal and prefix else cite
        place = f"{start} {own}".strip()
        below = (own, start) if is_decimal else ("", "")
        yield Labelled(node, own, place, depth)
        yield from _label_level(children, node.key, place, *below, depth + 1)


def _own_label(node: Node, ordinal: int, prefix: str) -> str:
    return str(ordinal) if node.kind == "step" else label_for(node.numbering, ordinal, prefix)
