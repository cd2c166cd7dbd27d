"""What a file cannot say of a clause stays as the draft has it: bold words, the file of a form, for whom it is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hearing_portal.thai.diff import diff_sequences
from hearing_portal.thai.markup import referenced_uuids
from hearing_portal.thai.text import inline_plain

from ..content import (
    Content,
    Definition,
    Figure,
    Form,
    Note,
    Reference,
    Table,
    Text,
)
from .drafts import ClauseDraft
from .figures import figure_with_words

type Row = dict[str, Any]


def with_kept_facts(draft: ClauseDraft, known: Content) -> Content:
    """The content of a draft that is the clause `known` was read from."""
    content = draft.content
    if isinstance(known, Figure) and isinstance(content, Text):
        # Its picture is not in the file: what stands there are its caption and words
        content = figure_with_words(known, inline_plain(content.body))
    if content.kind != known.kind:
        return content
    if isinstance(content, Figure) and isinstance(known, Figure):
        content = _with_known_words(content, known)
    if isinstance(content, Form) and isinstance(known, Form) and not content.file:
        content = replace(content, file=known.file)
    if isinstance(content, Table) and isinstance(known, Table):
        content = _with_known_places(content, known)
    if not draft.bookmark or (isinstance(content, Table) and not content.body):
        # Only a file of ours says that a clause is for all, and not of a table without words
        content = replace(content, applies_to=known.applies_to)
    is_said_so = inline_plain(content.body) == inline_plain(known.body)
    if is_said_so and referenced_uuids(content.body) == referenced_uuids(known.body):
        content = replace(content, body=known.body)
    return content


def as_kind_of(content: Content, known: Content) -> Content:
    """What was read, of the kind the clause is, where a file of ours shows both alike: a note is a paragraph there,
    and the name, the words and the code of a form stand one behind the other."""
    if Figure.kind in (content.kind, known.kind) or referenced_uuids(known.body):
        return content
    shown = _shown(known)
    if shown and shown == _shown(content):
        return replace(known, applies_to=content.applies_to)
    if isinstance(known, Note) and isinstance(content, Text):
        return Note(body=content.body, applies_to=content.applies_to)
    return content


def _shown(content: Content) -> str:
    """The paragraph that word_export/document.py makes of it, its spaces put right; "" for what is more than one."""
    body = inline_plain(content.body)
    match content:
        case Text() | Note():
            words = body
        case Definition():
            words = f"{content.term} {content.verb_words} {body}"
        case Form():
            words = f"{content.name} {body} {content.code}"
        case Reference():
            words = f"{content.cited_words} {body}"
        case Figure():
            words = f"[ภาพ: {content.caption or content.alt}] {body}"
        case _:
            words = ""
    return _squeezed(words)


def _with_known_words(figure: Figure, known: Figure) -> Figure:
    """Caption, words and alternative text stand in a file of ours, but nothing tells where one of them ends."""
    is_said_alike = _shown(figure) == _shown(known)
    is_shown_alike = _squeezed(figure.alt) == _squeezed(known.alt or known.caption)
    if is_said_alike:
        figure = replace(figure, caption=known.caption, body=known.body)
    return replace(figure, alt=known.alt) if is_shown_alike else figure


def _with_known_places(table: Table, known: Table) -> Table:
    """The columns and rows under the names they have, by which cells are cited; with the empty rows, which no file
    tells."""
    if len(table.columns) != len(known.columns):
        return table
    names = {}
    columns = []
    for column, before in zip(table.columns, known.columns, strict=True):
        names[column["id"]] = before["id"]
        columns.append({**column, "id": before["id"]})
    rows = []
    for row in table.rows:
        cells = {names[name]: words for name, words in row["cells"].items()}
        rows.append({**row, "cells": cells})
    if _said_in(rows) == _said_in(known.rows):
        return replace(table, columns=columns, rows=known.rows)
    return replace(table, columns=columns, rows=_rows_under_names(rows, known.rows))


def _rows_under_names(rows: Sequence[Row], known: Sequence[Row]) -> list[Row]:
    """A row that says the same is the same one, and so is one that stands in its place where as many stand there."""
    named: dict[int, str] = {}
    for op in diff_sequences(_said_in(known), _said_in(rows)):
        if op.old_end - op.old_start == op.new_end - op.new_start:
            for before, now in zip(
                range(op.old_start, op.old_end),
                range(op.new_start, op.new_end),
                strict=True,
            ):
                named[now] = known[before]["id"]
    taken = {row["id"] for row in known}
    told: list[Row] = []
    for place, row in enumerate(rows):
        name = named.get(place, "")
        number = place
        while not name:
            number += 1
            name = f"r{number}" if f"r{number}" not in taken else ""
        taken.add(name)
        told.append({**row, "id": name})
    return told


def _said_in(rows: Sequence[Row]) -> list[str]:
    """Each row that says something, as one text."""
    said = []
    for row in rows:
        cells = {name: _squeezed(words) for name, words in row["cells"].items()}
        told = sorted((name, words) for name, words in cells.items() if words)
        if told:
            said.append(repr(told))
    return said


def _squeezed(words: str) -> str:
    return " ".join(words.split())
