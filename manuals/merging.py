"""Three versions of a clause in one: what two people made of the same words."""

from collections.abc import Callable
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from functools import partial
from typing import Any

from hearing_portal.thai.diff import diff_sequences
from hearing_portal.thai.merge import merge
from hearing_portal.thai.text import sanitize_inline
from hearing_portal.thai.words import (
    tokenize,
    tokenize_inline,
    tokenize_referring,
)

from .content import Content, Table


class _Clash(Exception):
    """Both sides changed the same words, or the same value, differently."""


def merge_contents(base: Content, mine: Content, theirs: Content) -> Content | None:
    """Both sides' changes to `base` in one content, value by value; None on a clash or for different kinds.

    Texts merge word by word; a step's time, shape and branches, and a table's cells, are values of their own.
    """
    kinds = {type(base), type(mine), type(theirs)}
    if len(kinds) > 1:
        return None
    texts = {attribute for _, attribute in base.named}
    have_one_shape = are_tables_of_one_shape(base, mine, theirs)
    values: dict[str, Any] = {}
    for item in dataclass_fields(base):
        name = item.name
        merge_both: Callable[[Any, Any, Any], Any] = _refuse
        if name == "body":
            merge_both = _merge_bodies
        elif name in texts:
            merge_both = partial(_merge_texts, split=tokenizer_of(base, name))
        elif name == "rows" and have_one_shape:
            merge_both = _merge_rows
        try:
            values[name] = _merge_value(
                getattr(base, name),
                getattr(mine, name),
                getattr(theirs, name),
                merge_both=merge_both,
            )
        except _Clash:
            return None
    return replace(theirs, **values)


def says_the_same_words(base: Content, theirs: Content) -> bool:
    """Whether they differ, if at all, only in for whom they are."""
    return replace(theirs, applies_to=base.applies_to) == base


def find_common(blank: Content, mine: Content, theirs: Content) -> Content:
    """What two contents say alike that were written apart from `blank`: a base on which they may merge."""
    texts = {attribute for _, attribute in blank.named}
    values: dict[str, Any] = {}
    for item in dataclass_fields(blank):
        name = item.name
        if name in texts and isinstance(getattr(blank, name), str):
            split = tokenizer_of(blank, name)
            old, new = split(getattr(mine, name)), split(getattr(theirs, name))
            common = []
            for op in diff_sequences(old, new):
                if op.tag == "equal":
                    common += old[op.old_start : op.old_end]
            values[name] = "".join(common)
    return replace(blank, **values)


type Tokenizer = Callable[[str], list[str]]


def tokenizer_of(content: Content, attribute: str) -> Tokenizer:
    """What takes a stored text into words and leaves its markup whole."""
    if attribute == "body":
        return tokenize_inline
    return tokenize_referring if attribute in content.may_refer else tokenize


def _merge_value[Value](
    base: Value,
    mine: Value,
    theirs: Value,
    *,
    merge_both: Callable[[Value, Value, Value], Value],
) -> Value:
    """The changed one of both sides; what `merge_both` makes of them when both changed it differently."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    return merge_both(base, mine, theirs)


def _merge_bodies(base: str, mine: str, theirs: str) -> str:
    merged = _merge_texts(base, mine, theirs, split=tokenize_inline)
    return sanitize_inline(merged)


def _merge_texts(
    base: str,
    mine: str,
    theirs: str,
    *,
    split: Tokenizer = tokenize,
) -> str:
    merged = merge(base, mine, theirs, split=split).text
    if merged is None:
        raise _Clash
    return merged


def _refuse(base: Any, mine: Any, theirs: Any) -> Any:
    raise _Clash


type Cells = dict[str, str]  # {column: text} of a row; an empty cell has no key
type Rows = list[dict[str, Any]]  # of a table: {"id", "cells"}


def are_tables_of_one_shape(*contents: Content) -> bool:
    """Whether they have the same rows and columns: only then the rows merge cell by cell."""
    shapes = []
    for content in contents:
        if not isinstance(content, Table):
            return False
        row_ids = [row["id"] for row in content.rows]
        column_ids = [column["id"] for column in content.columns]
        shapes.append((row_ids, column_ids))
    return all(shape == shapes[0] for shape in shapes)


def _merge_rows(base: Rows, mine: Rows, theirs: Rows) -> Rows:
    merged = []
    for base_row, my_row, their_row in zip(base, mine, theirs, strict=True):
        base_cells: Cells = base_row["cells"]
        my_cells: Cells = my_row["cells"]
        their_cells: Cells = their_row["cells"]
        cells: Cells = {}
        for column in base_cells | my_cells | their_cells:
            text = _merge_value(
                base_cells.get(column, ""),
                my_cells.get(column, ""),
                their_cells.get(column, ""),
                merge_both=_merge_texts,
            )
            if text:
                cells[column] = text
        merged.append({"id": base_row["id"], "cells": cells})
    return merged
