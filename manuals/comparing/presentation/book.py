"""What differs between two states of the book, in counts that add up: by group, and of the whole."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...models import Manual
from ..fates import Fate
from ..queries.nodes import BookComparison, Totals

CHANGES = [fate for fate in Fate if fate != Fate.UNCHANGED]


@dataclass(frozen=True, slots=True)
class CountsLine:
    """Of a manual, or of all (None): how many clauses had each fate. Together they are `totals.either`."""

    manual: Manual | None
    totals: Totals
    fates: Mapping[Fate, int]

    @property
    def unchanged(self) -> int:
        return self.totals.either - sum(self.fates.values())

    @property
    def changed(self) -> int:
        return sum(self.fates.values())

    @property
    def cells(self) -> list[tuple[str, int]]:
        """[(what, how many)] of all the fates, in their order."""
        cells = [(str(fate.label), self.fates.get(fate, 0)) for fate in CHANGES]
        cells.append((str(Fate.UNCHANGED.label), self.unchanged))
        return cells


@dataclass(frozen=True, slots=True)
class BookCounts:
    lines: Sequence[CountsLine]
    whole: CountsLine


def load_book_counts(comparison: BookComparison) -> BookCounts:
    """One line for each manual that has a clause on either side, in book order. One query."""
    fates: defaultdict[int, Counter[Fate]] = defaultdict(Counter)
    for clause in comparison.clauses:
        fates[clause.pair.manual_id][clause.fate] += 1
    manuals = Manual.objects.filter(pk__in=comparison.totals).order_by(
        "work_group__order", "key"
    )
    lines = []
    old = new = either = 0
    of_all: Counter[Fate] = Counter()
    for manual in manuals.select_related("work_group"):
        line = CountsLine(manual, comparison.totals[manual.pk], fates[manual.pk])
        lines.append(line)
        old += line.totals.old
        new += line.totals.new
        either += line.totals.either
        of_all.update(line.fates)
    whole = CountsLine(None, Totals(old, new, either), of_all)
    return BookCounts(lines, whole)
