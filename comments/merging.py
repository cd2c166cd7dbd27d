"""Three versions of a clause: what a proposal and a later rewording of the same words give together."""

from collections.abc import Callable
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any

from hearing_portal.thai.merge import merge
from hearing_portal.thai.text import sanitize_inline
from hearing_portal.thai.words import tokenize, tokenize_inline
from manuals.content import Content, Table, content_from_json
from manuals.models import Clause

from .models import Amendment


class _Clash(Exception):
    """Both sides changed the same words, or the same value, differently."""


def is_outdated(amendment: Amendment, clause: Clause) -> bool:
    """Whether the clause says something else now than when the proposal was written."""
    return amendment.base_blob_id != clause.sha


def merged_content(amendment: Amendment, clause: Clause) -> Content | None:
    """The proposal carried over to the clause as it stands, field by field, or None on a clash.

    An insertion brings words of its own: it stays as proposed whatever the clause before it says now.
    """
    if not amendment.proposed:
        return None
    proposed = content_from_json(amendment.proposed)
    if amendment.op != Amendment.Op.REPLACE:
        return proposed
    return merge_contents(amendment.base_blob.as_content, proposed, clause.content)


def merge_contents(base: Content, mine: Content, theirs: Content) -> Content | None:
    """Both sides' changes to `base` in one content, value by value; None on a clash or for different kinds.

    Texts merge word by word; a step's time, shape and branches, and a table's cells, are values of their own.
    """
    if not (type(base) is type(mine) is type(theirs)):
        return None
    try:
        return replace(theirs, **_merged_values(base, mine, theirs))
    except _Clash:
        return None


def _merged_values(base: Content, mine: Content, theirs: Content) -> dict[str, Any]:
    texts = {attribute for _, attribute in base.named}
    values = {}
    for item in dataclass_fields(base):
        versions = [getattr(content, item.name) for content in (base, mine, theirs)]
        if isinstance(base, Table) and item.name == "rows":
            values[item.name] = _merged_rows(base, mine, theirs)
        else:
            split = tokenize_inline if item.name == "body" else tokenize if item.name in texts else None
            values[item.name] = _merged_value(*versions, split)
    return values


def _merged_value(base: Any, mine: Any, theirs: Any, split: Callable[[str], list[str]] | None) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if split is None:
        raise _Clash
    merged = merge(base, mine, theirs, split=split).text
    if merged is None:
        raise _Clash
    return sanitize_inline(merged) if split is tokenize_inline else merged


def _merged_rows(base: Table, mine: Table, theirs: Table) -> list[dict[str, Any]]:
    """Cell by cell while the three have the same rows and columns, else one side's rows as a whole."""
    shapes = {
        (tuple(row["id"] for row in table.rows), tuple(column["id"] for column in table.columns))
        for table in (base, mine, theirs)
    }
    if len(shapes) > 1:
        return _merged_value(base.rows, mine.rows, theirs.rows, None)
    rows = []
    for versions in zip(base.rows, mine.rows, theirs.rows, strict=True):
        names = {name for row in versions for name in row["cells"]}
        cells = {name: _merged_value(*(row["cells"].get(name, "") for row in versions), tokenize) for name in names}
        rows.append({"id": versions[0]["id"], "cells": {name: text for name, text in cells.items() if text}})
    return rows
