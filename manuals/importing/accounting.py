"""What was made of the lines of a file, against those lines: all words there, or which are missing and where."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from ..content import PARTS, SHAPES, Definition, Reference, Step
from ..source import SourceLine
from .coverage import Coverage, measure_coverage
from .drafts import ClauseDraft, ProcessDraft
from .part_headings import PartHeading


class HasHeading(Protocol):
    @property
    def heading(self) -> PartHeading | None: ...
    @property
    def heading_line(self) -> SourceLine | None: ...


def measure_draft(
    lines: Sequence[SourceLine], parts: Mapping[int, HasHeading], draft: ProcessDraft
) -> Coverage:
    left_out = {(left.place, left.words) for left in draft.left_out}
    source = []
    for line in lines:
        if (line.place, line.words) not in left_out:
            source.append((line.place, line.text))
    return measure_coverage(source, _texts_of(parts, draft))


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
