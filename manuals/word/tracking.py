"""Two states of a document as one with tracked changes: who accepts them all has the newer state, who rejects them all
the older one. Words are compared by our own diff, blocks by their keys."""

from collections.abc import Sequence
from dataclasses import replace

from hearing_portal.thai.diff import diff_sequences, diff_tokens

from .blocks import (
    Block,
    Cell,
    Mark,
    PageTurn,
    Paragraph,
    Row,
    Stretch,
    TableBlock,
    Words,
)


def mark_differences(old: Sequence[Block], new: Sequence[Block]) -> list[Block]:
    """The blocks of both. What stands elsewhere in the newer state is moved: taken out and put in under one name. Pages
    turn as in the newer state."""
    old = [block for block in old if not isinstance(block, PageTurn)]
    old_frames = [block.frame for block in old]
    new_frames = [block.frame for block in new]
    moved = _find_moved(old, new, old_frames, new_frames)
    marked: list[Block] = []
    is_wide = False
    for op in diff_sequences(old_frames, new_frames):
        if op.tag == "equal":
            olds = old[op.old_start : op.old_end]
            news = new[op.new_start : op.new_end]
            for before, after in zip(olds, news, strict=True):
                is_wide = _is_wide_behind(after, is_wide)
                marked.append(_compare(before, after))
            continue
        for block in old[op.old_start : op.old_end]:
            gone = _with_mark(block, "from" if block.key in moved else "del")
            if isinstance(gone, TableBlock):
                gone = replace(gone, is_wide=is_wide)
            marked.append(gone)
        for block in new[op.new_start : op.new_end]:
            is_wide = _is_wide_behind(block, is_wide)
            marked.append(_with_mark(block, "to" if block.key in moved else "ins"))
    return marked


def _find_moved(
    old: Sequence[Block],
    new: Sequence[Block],
    old_frames: Sequence[str],
    new_frames: Sequence[str],
) -> set[str]:
    """Keys of paragraphs that both states have, at another place or under another number."""
    gone: set[str] = set()
    came: set[str] = set()
    for op in diff_sequences(old_frames, new_frames):
        if op.tag == "equal":
            continue
        for block in old[op.old_start : op.old_end]:
            gone.add(block.key)
        for block in new[op.new_start : op.new_end]:
            if isinstance(block, Paragraph):
                came.add(block.key)
    return gone & came


def _is_wide_behind(block: Block, is_wide: bool) -> bool:
    return not block.is_wide_before if isinstance(block, PageTurn) else is_wide


def _with_mark(block: Block, mark: Mark) -> Block:
    if isinstance(block, PageTurn):
        return block
    return replace(block, mark=mark)


def _compare(old: Block, new: Block) -> Block:
    """Two blocks of one frame."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return replace(new, stretches=_stretches(old.words, new.words))
    if isinstance(old, TableBlock) and isinstance(new, TableBlock):
        return replace(new, rows=_mark_rows(old.rows, new.rows))
    return new


def _mark_rows(old: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    marked: list[Row] = []
    for op in diff_sequences([row.key for row in old], [row.key for row in new]):
        olds = old[op.old_start : op.old_end]
        news = new[op.new_start : op.new_end]
        if op.tag == "equal":
            for before, after in zip(olds, news, strict=True):
                cells = []
                for was, is_now in zip(before.cells, after.cells, strict=True):
                    cells.append(_compare_cells(was, is_now))
                marked.append(replace(after, cells=cells))
            continue
        marked += [replace(row, mark="del") for row in olds]
        marked += [replace(row, mark="ins") for row in news]
    return marked


def _compare_cells(old: Cell, new: Cell) -> Cell:
    return replace(new, stretches=_stretches(old.words, new.words))


def _stretches(old: Words, new: Words) -> list[Stretch]:
    """The words of both, each with its mark; none where nothing changed."""
    if old.text == new.text:
        return []
    stretches: list[Stretch] = []
    for op in diff_tokens(old.text, new.text):
        if op.tag == "equal":
            stretches += new.cut(op.new_start, op.new_end)
            continue
        stretches += old.cut(op.old_start, op.old_end, "del")
        stretches += new.cut(op.new_start, op.new_end, "ins")
    return stretches
