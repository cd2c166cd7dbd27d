"""Any number of rewordings of one clause in one: what they change apart goes in together, and only where several
changed the same words differently one has to be chosen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from typing import Any

from hearing_portal.thai.merge import combine
from hearing_portal.thai.text import sanitize_inline, without_leading_lines
from hearing_portal.thai.words import tokenize

from .content import Content
from .merging import are_tables_of_one_shape, tokenizer_of

WHOLE = "whole"  # a value that is taken as it is, or not


@dataclass(frozen=True, slots=True)
class PieceVariant:
    """A value that some of the versions give a piece, all of them alike. Versions are counted from 0."""

    value: Any
    sides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CombinedPiece:
    """A place of the content that at least one version changes. `key` names it among the others of the same base."""

    key: str
    attribute: str  # of the content; "rows" for a cell
    base: Any
    variants: tuple[PieceVariant, ...]
    is_text: bool

    @property
    def is_clash(self) -> bool:
        return len(self.variants) > 1

    @property
    def sides(self) -> list[int]:
        return sorted(side for each in self.variants for side in each.sides)

    def variant_of(self, side: int) -> PieceVariant | None:
        for variant in self.variants:
            if side in variant.sides:
                return variant
        return None


type Stretch = str | CombinedPiece


@dataclass(frozen=True, slots=True)
class CombinedValue:
    """A value of the content that differs somewhere: texts in stretches, one after another; any other in one piece.
    `cell` is (row, column) of one in a table."""

    attribute: str
    stretches: tuple[Stretch, ...]
    cell: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Combination:
    base: Content
    values: tuple[CombinedValue, ...]

    @property
    def pieces(self) -> list[CombinedPiece]:
        pieces = []
        for value in self.values:
            pieces += [
                stretch
                for stretch in value.stretches
                if isinstance(stretch, CombinedPiece)
            ]
        return pieces

    def write(self, chosen: Mapping[str, Any]) -> Content:
        """The content with {key of a piece: value}; a piece that is not among them stays as in the base. Raises
        ContentRefused where the values do not go together."""
        replaced: dict[str, Any] = {}
        cells = {}
        for value in self.values:
            written = _write_value(value, chosen)
            if value.cell is None:
                replaced[value.attribute] = written
            else:
                cells[value.cell] = written
        if cells:
            replaced["rows"] = _rows_with(self.base, cells)
        content = replace(self.base, **replaced)
        content.check()
        return content


def combine_contents(base: Content, versions: Sequence[Content]) -> Combination:
    """The changes of all `versions` to `base`; all are of one kind."""
    texts = {attribute for _, attribute in base.named}
    values = []
    for item in dataclass_fields(base):
        name = item.name
        old = getattr(base, name)
        new = [getattr(version, name) for version in versions]
        if all(value == old for value in new):
            continue
        if name in texts and isinstance(old, str):
            split = tokenizer_of(base, name)
            values.append(CombinedValue(name, _text_stretches(name, old, new, split)))
        elif name == "rows" and are_tables_of_one_shape(base, *versions):
            values += _cell_values(old, new)
        else:
            piece = CombinedPiece(
                f"{name}-{WHOLE}", name, old, _variants_of(old, new), False
            )
            values.append(CombinedValue(name, (piece,)))
    return Combination(base, tuple(values))


def _text_stretches(
    name: str,
    base: str,
    versions: Sequence[str],
    split: Callable[[str], list[str]],
    attribute: str = "",
) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    for chunk in combine(base, versions, split=split):
        if not chunk.variants:
            stretches.append(chunk.base)
            continue
        variants = tuple(PieceVariant(each.text, each.sides) for each in chunk.variants)
        key = f"{name}-{chunk.start}-{chunk.end}"
        stretches.append(
            CombinedPiece(key, attribute or name, chunk.base, variants, True)
        )
    return tuple(stretches)


def _cell_values(
    base: list[dict[str, Any]], versions: Sequence[list[dict[str, Any]]]
) -> list[CombinedValue]:
    values = []
    for number, row in enumerate(base):
        cells = [version[number]["cells"] for version in versions]
        columns = set(row["cells"]).union(*cells)
        for column in sorted(columns):
            old = row["cells"].get(column, "")
            new = [each.get(column, "") for each in cells]
            if any(text != old for text in new):
                name = f"{row['id']}-{column}"
                stretches = _text_stretches(name, old, new, tokenize, "rows")
                values.append(CombinedValue("rows", stretches, (row["id"], column)))
    return values


def _variants_of(base: Any, versions: Sequence[Any]) -> tuple[PieceVariant, ...]:
    variants: list[PieceVariant] = []
    for side, value in enumerate(versions):
        if value == base:
            continue
        for place, variant in enumerate(variants):
            if variant.value == value:
                variants[place] = PieceVariant(value, (*variant.sides, side))
                break
        else:
            variants.append(PieceVariant(value, (side,)))
    return tuple(variants)


def _write_value(value: CombinedValue, chosen: Mapping[str, Any]) -> Any:
    written = []
    for stretch in value.stretches:
        if isinstance(stretch, CombinedPiece):
            written.append(chosen.get(stretch.key, stretch.base))
        else:
            written.append(stretch)
    [*_, last] = value.stretches
    if isinstance(last, CombinedPiece) and not last.is_text:
        return written[0]
    text = "".join(written)
    if isinstance(value.stretches[0], CombinedPiece):  # words of one's own may begin it
        text = without_leading_lines(text)
    return sanitize_inline(text) if value.attribute == "body" else text


def _rows_with(
    base: Content, cells: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """The rows of the table `base` with these cells; an empty cell has no key."""
    rows = []
    for row in getattr(base, "rows"):  # noqa: B009  # only tables have them
        kept = dict(row["cells"])
        for (row_id, column), text in cells.items():
            if row_id == row["id"]:
                kept[column] = text
        rows.append(
            {**row, "cells": {column: text for column, text in kept.items() if text}}
        )
    return rows
