"""A page of the matrix."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from ...links import desk_url
from ...models import Comment
from ..cells import Cells, MatrixReader, matrix_cells
from ..queries.rows import (
    MatrixScope,
    find_matrix_comments,
    find_newest_edition,
    load_matrix_facts,
)

ROWS = 30


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """A row with the way to where its comment is decided."""

    comment: Comment
    cells: Cells

    @property
    def url(self) -> str:
        return desk_url(self.comment)


@dataclass(frozen=True, slots=True)
class MatrixPage:
    lines: list[MatrixLine]
    page: Page[int]


def load_matrix_page(
    scope: MatrixScope, reader: MatrixReader, number: str | None
) -> MatrixPage:
    """Ten queries, one more where words refer to clauses."""
    ids = find_matrix_comments(scope).values_list("pk", flat=True)
    page = Paginator(ids, ROWS).get_page(number)
    rows = load_matrix_facts(list(page.object_list), find_newest_edition(), reader.user)
    lines = [MatrixLine(row.comment, matrix_cells(row, reader)) for row in rows]
    return MatrixPage(lines, page)
