"""What comments propose, as it is shown."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from hearing_portal.thai.markup import OBJECT_MARKER
from manuals.content import Content
from manuals.drafting.told_words import load_told_words
from manuals.reading.names import reference_words
from manuals.reading.told_words import ToldWords, referenced_in, referring_text_of
from manuals.wording import Redline, stored_content

from ...models import Amendment, Comment


class ProposedWords(NamedTuple):
    """What a proposal would put in the place of what; None is nothing at all."""

    before: Content | None
    after: Content | None

    @property
    def referring(self) -> list[str]:
        """What of it may refer to clauses."""
        return [referring_text_of(words) for words in self]


NOTHING_PROPOSED = ProposedWords(None, None)


def proposed_words(comment: Comment) -> ProposedWords:
    """Of the proposal that came with the comment; nothing when it has none (or gave it up).

    From the amendments given by `load_shown_amendments`.
    """
    amendments = comment.shown_amendments
    if not amendments:
        return NOTHING_PROPOSED
    amendment = amendments[-1]
    base = None
    if amendment.base_blob is not None:
        base = amendment.base_blob.as_content
    if amendment.op == Amendment.Op.DELETE:
        return ProposedWords(base, None)
    proposed = stored_content(amendment.proposed)
    if proposed is None:
        return NOTHING_PROPOSED
    if amendment.op == Amendment.Op.REPLACE:
        return ProposedWords(base, proposed)
    return ProposedWords(None, proposed)


class ShownProposals:
    """The proposals of all comments of a page: what they refer to is looked up once for all of them, by the first that
    is shown."""

    def __init__(self, comments: Sequence[Comment]) -> None:
        self._comments = comments

    def redlines_of(self, comment: Comment) -> list[Redline]:
        """The proposal of one of them as a word diff; empty when it has none. No query where none refers to a clause,
        those of load_told_words for all of them."""
        before, after = proposed_words(comment)
        return self._told.redlines(before, after, comment.entry.section_id)

    def names_in(self, comment: Comment) -> tuple[str, ...]:
        """What the clauses that the proposal refers to are called now. Queries as redlines_of."""
        if not _refers(comment):
            return ()
        cited = sorted(referenced_in(proposed_words(comment).referring))
        targets = self._told.read_in(comment.entry.section_id)
        return tuple(reference_words(uuid, targets) for uuid in cited)

    @cached_property
    def _told(self) -> ToldWords:
        referring: list[str] = []
        for comment in self._comments:
            if _refers(comment):
                referring += proposed_words(comment).referring
        return load_told_words(referring)


def _refers(comment: Comment) -> bool:
    """Whether its proposal, or what that would replace, refers to a clause: told without reading either."""
    for amendment in comment.shown_amendments:
        base = amendment.base_blob
        if base is not None and OBJECT_MARKER in base.plain:
            return True
        if "data-ref=" in str(amendment.proposed):
            return True
    return False
