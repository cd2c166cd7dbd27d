"""What differs between two states of the book, in counts that add up: by group, and of the whole."""

from collections import Counter
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
        counted = [(str(fate.label), self.fates.get(fate, 0)) for fate in CHANGES]
        return [*counted, (str(Fate.UNCHANGED.label), self.unchanged)]


@dataclass(frozen=True, slots=True)
class BookCounts:
    lines: Sequence[CountsLine]
    whole: CountsLine


def load_book_counts(comparison: BookComparison) -> BookCounts:
    """One line for each manual that has a clause on either side, in book order. One query."""
    fates: dict[int, Counter[Fate]] = {}
    for clause in comparison.clauses:
        fates.setdefault(clause.pair.manual_id, Counter())[clause.fate] += 1
    manuals = Manual.objects.filter(pk__in=comparison.totals).order_by("work_group__order", "key")
    lines = []
    for manual in manuals.select_related("work_group"):
        lines.append(CountsLine(manual, comparison.totals[manual.pk], fates.get(manual.pk, Counter())))
    whole: Counter[Fate] = Counter()
    for line in lines:
        whole.update(line.fates)
    totals = Totals(
        sum(line.totals.old for line in lines),
        sum(line.totals.new for line in lines),
        sum(line.totals.either for line in lines),
    )
    return BookCounts(lines, CountsLine(None, totals, whole))
