"""The register, its matrix of groups and its list of outside agencies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor

from ...models import Overlap
from ..queries.register import GroupPair, OverlapCount, withhold_untold
from ..words import say_resolution
from .sides import ShownSide, load_sides


@dataclass(frozen=True, slots=True)
class OverlapRow:
    overlap: Overlap
    first: ShownSide
    second: ShownSide

    @property
    def url(self) -> str:
        return reverse("overlap", args=[self.overlap.uuid])

    @property
    def resolution(self) -> str:
        return say_resolution(self.overlap)


def load_overlap_rows(user: Visitor, overlaps: Iterable[Overlap]) -> list[OverlapRow]:
    """From rows of `overlaps_seen_by`. Two queries beside that of the overlaps, at most."""
    rows = [withhold_untold(overlap) for overlap in overlaps]
    sides = load_sides(user, rows)
    return [OverlapRow(row, *sides[row.pk]) for row in rows]


# -- counted


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The overlaps of two groups; `url` leads to their rows, "" where there are none."""

    count: OverlapCount
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    group: WorkGroup
    cells: list[MatrixCell]
    agencies: MatrixCell


def make_matrix(
    groups: Sequence[WorkGroup], counted: Mapping[GroupPair, OverlapCount]
) -> list[MatrixRow]:
    """A row and a column for each group: a pair stands at both of its places, the groups themselves on the diagonal."""
    rows = []
    for group in groups:
        cells = []
        for other in groups:
            pair = (min(group.pk, other.pk), max(group.pk, other.pk))
            count = counted.get(pair, OverlapCount(0, 0))
            label = f"{group.short_name} กับ {other.short_name}"
            if group == other:
                label = f"ภายใน {group.short_name}"
            cells.append(_cell(count, {"group": group.key, "other": other.key}, label))
        outside = counted.get((group.pk, None), OverlapCount(0, 0))
        label = f"{group.short_name} กับหน่วยงานภายนอก"
        agencies = _cell(outside, {"group": group.key, "outside": "1"}, label)
        rows.append(MatrixRow(group, cells, agencies))
    return rows


def list_pairs(rows: Sequence[MatrixRow]) -> list[MatrixCell]:
    """Those cells of the matrix that have overlaps, each pair of groups once."""
    pairs = []
    for number, row in enumerate(rows):
        for cell in (*row.cells[number:], row.agencies):
            if cell.url:
                pairs.append(cell)
    return pairs


def _cell(count: OverlapCount, query: dict[str, str], label: str) -> MatrixCell:
    url = ""
    if count.all:
        url = f"{reverse('overlaps')}?{urlencode(query)}"
    return MatrixCell(count, url, label)


@dataclass(frozen=True, slots=True)
class AgencyRow:
    name: str
    count: OverlapCount

    @property
    def url(self) -> str:
        return f"{reverse('overlaps')}?{urlencode({'agency': self.name})}"
