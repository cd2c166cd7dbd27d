"""The part of a text around what was looked for, with the matches marked. Pure: no database."""

from collections.abc import Sequence
from functools import lru_cache

from hearing_portal.thai.markup import OBJECT_MARKER
from hearing_portal.thai.script import clusters
from hearing_portal.thai.text import search_form, without_spaces_of_form

EXCERPT = 260  # code points of a clause that are shown

type Pieces = list[tuple[str, bool]]  # (a stretch of the text, whether it matched)


def excerpt(text: str, needles: Sequence[str]) -> Pieces:
    """Up to EXCERPT code points of `text` around its first match, in pieces: (text, whether it matched).

    Pieces begin and end between Thai characters, never inside one; joined they are a stretch of the original.
    """
    pieces = marked(text, needles)
    first_match = 0
    for piece, is_match in pieces:
        if is_match:
            break
        first_match += len(piece)
    start = 0
    has_match = first_match < len(text)
    if has_match and len(text) > EXCERPT:
        # A quarter of what is shown stands before the match, more of it where the text ends soon
        start = first_match - EXCERPT // 4
        start = min(start, len(text) - EXCERPT)
        start = max(start, 0)
    return _cut(pieces, start, start + EXCERPT)


def _cut(pieces: Pieces, start: int, end: int) -> Pieces:
    """The stretch [start, end), widened to whole characters, with … where something is left out."""
    position = 0
    kept: Pieces = []
    for piece, is_match in pieces:
        inside = ""
        for cluster in clusters(piece):
            if position + len(cluster) > start and position < end:
                inside += cluster
            position += len(cluster)
        if inside:
            kept.append((inside, is_match))
    if start > 0:
        kept.insert(0, ("…", False))
    if end < position:
        kept.append(("…", False))
    return kept


def marked(text: str, needles: Sequence[str]) -> Pieces:
    """`text` in pieces, each with whether it is one of the needles (in search form, tried in the order given).

    Where the first needle is found, no other is marked. The search form of each character is made on its own and
    keeps its position, so that a match in the form leads back to whole characters of the original.
    """
    characters = clusters(text)
    form, character_of = _form_with_positions(characters)
    is_hit = [False] * len(characters)
    for needle in needles:
        was_found = _mark(form, character_of, is_hit, needle)
        if was_found and needle == needles[0]:
            break

    pieces: Pieces = []
    for character, is_match in zip(characters, is_hit, strict=True):
        piece = character
        if pieces and pieces[-1][1] == is_match:
            before, _ = pieces.pop()
            piece = before + character
        pieces.append((piece, is_match))
    return pieces


def _form_with_positions(characters: Sequence[str]) -> tuple[str, list[int]]:
    """The search form, and for each of its code points the index of the character it came from."""
    form: list[str] = []
    character_of: list[int] = []
    for index, character in enumerate(characters):
        letters = character
        part = ""
        if character[0].isspace() or character == OBJECT_MARKER:
            # Any number of blanks is one; marks may hang on a blank
            letters = character[1:]
            if form and form[-1] != " ":
                part = " "
        part += _form_of_character(letters)
        form.extend(part)
        character_of.extend([index] * len(part))
    written = "".join(form)
    kept = without_spaces_of_form(written)
    if len(kept) == len(written):
        return written, character_of
    places: list[int] = []
    at = 0
    for letter, source in zip(written, character_of, strict=True):
        # What was left out is spaces alone, so that the next letter tells whether this one is among it
        if at < len(kept) and letter == kept[at]:
            places.append(source)
            at += 1
    return kept, places


_form_of_character = lru_cache(maxsize=20_000)(search_form)


def _mark(
    form: str,
    character_of: list[int],
    is_hit: list[bool],
    needle: str,
) -> bool:
    """Mark every character that has a part in the needle; returns whether it was found."""
    if not needle:
        return False
    start = form.find(needle)
    was_found = start >= 0
    while start >= 0:
        first = character_of[start]
        last = character_of[start + len(needle) - 1]
        for index in range(first, last + 1):
            is_hit[index] = True
        start = form.find(needle, start + len(needle))
    return was_found
