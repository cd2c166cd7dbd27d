"""What was made of the lines of a file, against those lines: all words there, or which are missing and where."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ..content import PARTS, SHAPES, Definition, Reference, Step
from ..source import IN_TABLE, LeftOut, SourceLine
from .coverage import Coverage, MissingWords, measure_coverage
from .drafts import ClauseDraft, ProcessDraft
from .part_headings import PartHeading


class HasHeading(Protocol):
    @property
    def heading(self) -> PartHeading | None: ...
    @property
    def heading_line(self) -> SourceLine | None: ...
    @property
    def lines(self) -> Sequence[SourceLine]: ...


def measure_draft(
    lines: Sequence[SourceLine], parts: Mapping[int, HasHeading], draft: ProcessDraft
) -> Coverage:
    """What was left out and is no text of the process counts as no words of it; the other words are missing, each by
    itself."""
    left_out = {
        (left.place, left.words) for left in draft.left_out if not left.is_missing
    }
    source = []
    for line in lines:
        if (line.place, line.words) not in left_out:
            source.append((line.place, line.text))
    missing = []
    for left in draft.left_out:
        if left.is_missing and _take_out(source, left):
            missing.append(MissingWords(left.place, left.words))
    return measure_coverage(
        source,
        _texts_of(parts, draft),
        missing=missing,
        scattered=_places_in_tables(lines, parts),
    )


def _take_out(source: list[tuple[str, str]], left: LeftOut) -> bool:
    """Whether its words stand there; a box that a page broke is looked for as other words are."""
    whole = re.compile(rf"(?<![^\s(>→➔]){re.escape(left.words)}(?![^\s):\-→➔])")
    for number, (place, text) in enumerate(source):
        found = whole.search(text) if place == left.place else None
        if found is not None:
            source[number] = (place, f"{text[: found.start()]} {text[found.end() :]}")
            return True
    return False


def _places_in_tables(
    lines: Sequence[SourceLine], parts: Mapping[int, HasHeading]
) -> set[str]:
    """Of lines that are pieces of rows: a PDF knows no cells. Where the table of steps fell apart, a rest of a cell
    that is too short to be told from other words is one too."""
    scattered = {line.place for line in lines if IN_TABLE in line.doubts}
    steps = [line.place for line in parts[9].lines] if 9 in parts else []
    if not scattered.isdisjoint(steps):
        scattered.update(steps)
    return scattered


def _texts_of(parts: Mapping[int, HasHeading], draft: ProcessDraft) -> Iterator[str]:
    """Each clause as one text, its number first: so whole lines are found in it."""
    yield from draft.header_lines
    numbers = {str(clause.uuid): clause.source_label for clause in draft.clauses}
    for part in sorted(parts):
        yield from _heading_words(parts[part], part)
        if part == 1:
            yield draft.title
        for clause in draft.clauses:
            if clause.part == part:
                yield " ".join([clause.source_label, *_clause_words(clause, numbers)])
    if 1 not in parts:
        yield draft.title
    yield from draft.understood


def _heading_words(part: HasHeading, number: int) -> Iterator[str]:
    """The name of the part stands in every manual, in the words of the announcement."""
    if part.heading is None or part.heading_line is None:
        return
    printed = part.heading_line.words
    if part.heading.rest:
        printed = printed.removesuffix(part.heading.rest)
    if not part.heading.doubt:
        yield printed
    else:
        yield f"{part.heading.number} {PARTS[number]}"


def _clause_words(clause: ClauseDraft, numbers: Mapping[str, str]) -> Iterator[str]:
    content = clause.content
    texts = dict(content.fields())
    match content:
        case Definition():
            yield from (content.term, content.verb_words, texts.get("text", ""))
        case Step():
            yield SHAPES[content.shape]
            texts.pop("branches", "")
            yield from texts.values()
            for branch in content.next:
                yield f"{branch.get('label', '')} {numbers[branch['to']]}"
        case Reference():
            yield from texts.values()
            yield content.locator
        case _:
            yield from texts.values()
