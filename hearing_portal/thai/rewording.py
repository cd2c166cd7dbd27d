"""Other words in a stored inline body: marks and links stay on what stands unchanged. Asks no tokeniser."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from hearing_portal.thai.diff import diff_sequences
from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    fill_object_markers,
    read_placeholders,
    referenced_uuids,
    replace_references,
    write_reference,
)
from hearing_portal.thai.script import clusters
from hearing_portal.thai.text import escape_plain, map_inline_text, sanitize_inline

# In clusters, but for the beginning and the end of the text: one letter alone may be the same by chance
SHORTEST_MATCH = 2


def reworded_body(body: str, text: str, new_references: Sequence[str] = ()) -> str:
    """The inline body with `text` as its words. Marks and links stay on the stretches that stand unchanged; the
    cross-references named by "⟦n⟧" stand where they were put: those of the body, then `new_references` (UUIDs)."""
    # One character for each reference while the words are compared
    plain, kept_references = read_placeholders(
        text, [*referenced_uuids(body), *new_references]
    )
    marked = replace_references(body, lambda _: OBJECT_MARKER)
    # The stretches of text between the body's tags, in the order map_inline_text gives them
    runs: list[str] = []

    def collect(run: str) -> str:
        runs.append(run)
        return run

    map_inline_text(marked, collect)
    if not runs:
        reworded = escape_plain(plain)
    elif len(runs) == 1:
        reworded = map_inline_text(marked, lambda _: plain)
    else:
        new_runs = iter(_spread_over_runs(runs, plain))
        reworded = map_inline_text(marked, lambda _: next(new_runs))
    references = map(write_reference, kept_references)
    return sanitize_inline(fill_object_markers(reworded, references))


def _spread_over_runs(runs: list[str], text: str) -> list[str]:
    """`text` cut into a new text for each run: words that stayed in their run, new ones in that of their neighbours."""
    old = "".join(runs)
    ends = list(accumulate(len(run) for run in runs))
    new_runs = [""] * len(runs)
    old_position = 0
    new_position = 0
    for match in _settle_deletions(_matches(old, text), old, ends):
        new_words = text[new_position : match.new_start]
        if new_words:
            run = _run_of_new_words(ends, old_position, match.old_start)
            new_runs[run] += new_words
        # What stands unchanged stays in the run it was in, or in several
        kept_words = text[match.new_start : match.new_end]
        old_position = match.old_start
        while kept_words:
            run = bisect_right(ends, old_position)
            stretch = kept_words[: ends[run] - old_position]
            new_runs[run] += stretch
            kept_words = kept_words[len(stretch) :]
            old_position += len(stretch)
        new_position = match.new_end
    return new_runs


class _Match(NamedTuple):
    """A stretch that stands in both texts; in code points."""

    old_start: int
    new_start: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old_start + self.length

    @property
    def new_end(self) -> int:
        return self.new_start + self.length


def _matches(old: str, new: str) -> list[_Match]:
    """The stretches that stand unchanged, in order; last an empty one at the ends of both texts."""
    old_clusters = clusters(old)
    new_clusters = clusters(new)
    old_offsets = _offsets(old_clusters)
    new_offsets = _offsets(new_clusters)
    matches = []
    ends = (len(old_clusters), len(new_clusters))
    for op in diff_sequences(old_clusters, new_clusters):
        if op.tag != "equal":
            continue
        is_beginning = (op.old_start, op.new_start) == (0, 0)
        is_end = (op.old_end, op.new_end) == ends
        is_long = op.old_end - op.old_start >= SHORTEST_MATCH
        if is_long or is_beginning or is_end:
            old_start = old_offsets[op.old_start]
            old_end = old_offsets[op.old_end]
            new_start = new_offsets[op.new_start]
            matches.append(_Match(old_start, new_start, old_end - old_start))
    matches.append(_Match(len(old), len(new), 0))
    return matches


def _offsets(pieces: list[str]) -> list[int]:
    """The code point where each piece begins, and last the length of all."""
    return [0, *accumulate(len(piece) for piece in pieces)]


def _settle_deletions(matches: list[_Match], old: str, ends: list[int]) -> list[_Match]:
    """The matches with each deletion between two of them where runs begin and end, if it may as well stand there.

    "จนถึง**คำสั่ง**เรียก" without the bold word: whether the first ง was deleted or the second cannot be told from the
    words, but only the first may stay.
    """
    borders = {0, *ends}
    settled = list(matches)
    for index, after in enumerate(matches[1:]):
        before = settled[index]
        if before.new_end != after.new_start:
            continue  # something was written here: no mere deletion
        shift = _shift_to_borders(old, borders, before, after)
        settled[index] = before._replace(length=before.length + shift)
        settled[index + 1] = _Match(
            after.old_start + shift,
            after.new_start + shift,
            after.length - shift,
        )
    return settled


def _shift_to_borders(
    old: str, borders: set[int], before: _Match, after: _Match
) -> int:
    """By how many code points the deletion between two matches moves, to the right when positive."""
    start = before.old_end
    end = after.old_start
    # To the left while the letter before the deletion is its last one, to the right while its first one follows it
    farthest_left = 0
    while -farthest_left < before.length:
        if old[start + farthest_left - 1] != old[end + farthest_left - 1]:
            break
        farthest_left -= 1
    farthest_right = 0
    while farthest_right < after.length:
        if old[start + farthest_right] != old[end + farthest_right]:
            break
        farthest_right += 1

    def fitness(shift: int) -> tuple[int, int]:
        """How many borders are met; of equal ones the nearest is best."""
        met = borders & {start + shift, end + shift}
        return len(met), -abs(shift)

    return max(range(farthest_left, farthest_right + 1), key=fitness)


def _run_of_new_words(ends: list[int], start: int, end: int) -> int:
    """The run of words that replace the old ones from `start` to `end`: the run that had most of these; for words
    put between two runs, the one before."""
    if start == end:
        return bisect_left(ends, start)
    shares = []
    run_start = 0
    for run_end in ends:
        first = max(start, run_start)
        last = min(end, run_end)
        shares.append(last - first)
        run_start = run_end
    return shares.index(max(shares))
