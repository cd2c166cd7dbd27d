"""The form of a table: its cells as fields, with buttons that add and take away rows and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField

from ...content import Content, Table, cell_field, column_field
from .clause import WORDS_PREFIX, ClauseForm

MOST_COLUMNS = 12
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class TableRowFields:
    """A row of the form. `number` counts from 1."""

    id: str
    number: int
    cells: list[BoundField]


class TableForm(ClauseForm):
    """`columns` and `rows` are the ids of those that stand in the form, in their order."""

    own_template = "manuals/drafting/table_cells.html"

    columns = forms.CharField(widget=forms.HiddenInput, required=False)
    rows = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def words_bound(self) -> list[BoundField]:
        """Without the cells, which stand in the table."""
        fields = []
        for item in self.wording:
            if ":" not in item.name:
                fields.append(self[WORDS_PREFIX + item.name])
        return fields

    @property
    def heads(self) -> list[tuple[str, BoundField]]:
        """[(id of the column, its title)]"""
        heads = []
        for column in self._table.columns:
            heads.append((column["id"], self[WORDS_PREFIX + column_field(column)]))
        return heads

    @property
    def table_rows(self) -> list[TableRowFields]:
        rows = []
        for number, row in enumerate(self._table.rows, start=1):
            cells = []
            for column in self._table.columns:
                cells.append(self[WORDS_PREFIX + cell_field(row, column)])
            rows.append(TableRowFields(row["id"], number, cells))
        return rows

    def is_dense(self, name: str) -> bool:
        return ":" in name

    def after_act(self, act: str, left: dict[str, str]) -> dict[str, str]:
        """A table keeps one column and one row: without them it is cut as a whole."""
        left = super().after_act(act, left)
        name, _, chosen = act.partition(":")
        columns = [column["id"] for column in self._table.columns]
        rows = [row["id"] for row in self._table.rows]
        match name:
            case "add-column" if len(columns) < MOST_COLUMNS:
                columns.append(_new_id())
            case "add-row" if len(rows) < MOST_ROWS:
                rows.append(_new_id())
            case "cut-column" if len(columns) > 1:
                columns = [column for column in columns if column != chosen]
            case "cut-row" if len(rows) > 1:
                rows = [row for row in rows if row != chosen]
        return {**left, "columns": ",".join(columns), "rows": ",".join(rows)}

    @property
    def _table(self) -> Table:
        assert isinstance(self.base, Table)
        return self.base

    def _base_of(self, content: Content, values: Mapping[str, Any]) -> Content:
        assert isinstance(content, Table)
        columns = _read_ids(values.get("columns"))[:MOST_COLUMNS]
        rows = _read_ids(values.get("rows"))[:MOST_ROWS]
        return shaped_table(content, columns, rows) if columns and rows else content

    def _add_own_fields(self) -> None:
        for item in self.wording:
            if ":" in item.name:
                self.fields[WORDS_PREFIX + item.name].widget.attrs["rows"] = 1

    def _with_own_values(self, content: Content) -> Content:
        """An empty cell has no key, as in a table that was imported."""
        content = super()._with_own_values(content)
        assert isinstance(content, Table)
        assert isinstance(self.read, Table)
        stored = {row["id"]: row["cells"] for row in self.read.rows}
        rows = []
        for row in content.rows:
            before = stored.get(row["id"], {})
            cells = {}
            for name, text in row["cells"].items():
                if text or before.get(name) == "":
                    cells[name] = text
            rows.append({**row, "cells": cells})
        return replace(content, rows=rows)


def shaped_table(table: Table, columns: Sequence[str], rows: Sequence[str]) -> Table:
    """The table with these columns and rows, by their ids; those it does not have are empty."""
    titles = {column["id"]: column["title"] for column in table.columns}
    cells = {row["id"]: row["cells"] for row in table.rows}
    new_rows = []
    for row in rows:
        known = {}
        for name, text in cells.get(row, {}).items():
            if name in columns:
                known[name] = text
        new_rows.append({"id": row, "cells": known})
    new_columns = []
    for column in columns:
        new_columns.append({"id": column, "title": titles.get(column, "")})
    return replace(table, columns=new_columns, rows=new_rows)


def ids_of_table(table: Table) -> dict[str, str]:
    """What the hidden fields of its form begin with."""
    return {
        "columns": ",".join(column["id"] for column in table.columns),
        "rows": ",".join(row["id"] for row in table.rows),
    }


def _read_ids(typed: object) -> list[str]:
    """Each once; an id is a short word, never one that would read as two."""
    ids: dict[str, None] = {}
    for part in str(typed or "").split(","):
        if part and len(part) <= 40 and ":" not in part:
            ids[part] = None
    return list(ids)


def _new_id() -> str:
    return uuid4().hex[:8]
