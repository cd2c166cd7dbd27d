"""What loading a list of the portal's would do, as pages show it: the rows it changes and those it leaves alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hearing_portal.shipped_lists import FieldDifference, ListedModel, ShippedRow


class DifferenceWords(NamedTuple):
    """One field of a row: what it is called, what stands there, what the list says."""

    field: str
    stored: str
    listed: str


@dataclass(frozen=True, slots=True)
class ShippedRowCard:
    """A row of the list that stands in the portal already, but not as the list has it."""

    name: str
    url: str
    differences: list[DifferenceWords]


type TellDifference = Callable[[FieldDifference], DifferenceWords]


def changed_cards[Row: ListedModel](
    rows: Iterable[ShippedRow[Row]],
    *,
    url_of: Callable[[Row], str],
    tell: TellDifference,
) -> list[ShippedRowCard]:
    """Those that loading changes."""
    cards: list[ShippedRowCard] = []
    for row in rows:
        if row.changes and not row.is_new:
            cards.append(
                ShippedRowCard(
                    str(row.row), url_of(row.row), [tell(each) for each in row.changes]
                )
            )
    return cards


def kept_cards[Row: ListedModel](
    rows: Iterable[ShippedRow[Row]],
    *,
    url_of: Callable[[Row], str],
    tell: TellDifference,
) -> list[ShippedRowCard]:
    """Those that stay, in part at least, because somebody changed them by hand."""
    cards: list[ShippedRowCard] = []
    for row in rows:
        if row.kept:
            cards.append(
                ShippedRowCard(
                    str(row.row), url_of(row.row), [tell(each) for each in row.kept]
                )
            )
    return cards
