"""Two wordings beside each other with the words that both have marked. Pure: no database."""

from typing import NamedTuple

from hearing_portal.thai.diff import diff_tokens

# A word or two that both have by chance tells nothing: a stretch of so many letters does
SHORTEST_SHARED = 6


class SharedStretch(NamedTuple):
    """A part of a wording; `is_shared` when the other wording says the same there."""

    text: str
    is_shared: bool


class SharedWords(NamedTuple):
    first: list[SharedStretch]
    second: list[SharedStretch]


def mark_shared_words(first: str, second: str) -> SharedWords:
    """Joined, the stretches of either side are its wording again."""
    marked = SharedWords([], [])
    for op in diff_tokens(first, second):
        text = first[op.old_start : op.old_end]
        is_shared = op.tag == "equal" and _letters(text) >= SHORTEST_SHARED
        _add(marked.first, text, is_shared)
        _add(marked.second, second[op.new_start : op.new_end], is_shared)
    return marked


def _letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def _add(stretches: list[SharedStretch], text: str, is_shared: bool) -> None:
    if not text:
        return
    if stretches and stretches[-1].is_shared == is_shared:
        text = stretches.pop().text + text
    stretches.append(SharedStretch(text, is_shared))
