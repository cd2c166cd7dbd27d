"""What differs between two states of the book, in counts that add up: by group, and of the whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...models import Manual
from ..fates import Fate
from ..queries.nodes import BookComparison, Totals
from ..queries.section_facts import ChangedSection

CHANGES = [fate for fate in Fate if fate != Fate.UNCHANGED]


@dataclass(frozen=True, slots=True)
class CountsLine:
    """Of a manual, or of all (None): how many clauses had each fate. Together they are `totals.either`. `sections` are
    those that tell something else of themselves, which are no clauses."""

    manual: Manual | None
    totals: Totals
    fates: Mapping[Fate, int]
    sections: int = 0

    @property
    def unchanged(self) -> int:
        return self.totals.either - sum(self.fates.values())

    @property
    def changed(self) -> int:
        return sum(self.fates.values())

    @property
    def differs(self) -> bool:
        return self.changed > 0 or self.sections > 0

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


def load_book_counts(
    comparison: BookComparison, sections: Iterable[ChangedSection]
) -> BookCounts:
    """One line for each manual that has a clause on either side, or one of these sections, in book order. One query."""
    fates: defaultdict[int, Counter[Fate]] = defaultdict(Counter)
    for clause in comparison.clauses:
        fates[clause.pair.manual_id][clause.fate] += 1
    changed = Counter(section.new.manual_id for section in sections)
    compared = comparison.totals.keys() | changed.keys()
    manuals = Manual.objects.filter(pk__in=compared).order_by(
        "work_group__order", "key"
    )
    lines = []
    old = new = either = 0
    of_all: Counter[Fate] = Counter()
    for manual in manuals.select_related("work_group"):
        totals = comparison.totals.get(manual.pk, Totals())
        line = CountsLine(manual, totals, fates[manual.pk], changed[manual.pk])
        lines.append(line)
        old += line.totals.old
        new += line.totals.new
        either += line.totals.either
        of_all.update(line.fates)
    whole = CountsLine(None, Totals(old, new, either), of_all, changed.total())
    return BookCounts(lines, whole)
