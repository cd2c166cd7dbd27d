"""The bench: a proposal beside the words it was written on and the words of now, before it is adopted."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from manuals.content import Content, content_from_json
from manuals.drafting.told_words import tell_redlines, told_redlines
from manuals.merging import merge_contents
from manuals.wording import Redline

from ...merging import merged_content
from ...models import Amendment, Comment
from ..queries.comments import find_duplicates
from ..queries.proposals import Proposal, find_competing_amendments, make_proposal
from .detail import CommentDetail


class CompetingAmendment(NamedTuple):
    """Another comment's proposal for the same words, with what it changes in what its author read."""

    comment: Comment
    amendment: Amendment
    changes: list[Redline]


@dataclass(frozen=True, slots=True)
class Bench:
    """`draft` is the proposal, or what the drafter typed when somebody else was quicker; `base` what the clause said
    when it was written. A deletion has no draft."""

    detail: CommentDetail
    proposal: Proposal
    base: Content
    draft: Content | None
    competing_amendments: list[CompetingAmendment]
    duplicates: list[Comment]
    is_typed: bool = False

    def rebase_on(self, base: Content, draft: Content) -> "Bench":
        """The bench of a drafter whose words were overtaken: `draft` as typed, on the words they had read."""
        return replace(self, base=base, draft=draft, is_typed=True)

    @property
    def merged(self) -> Content | None:
        """The draft with what others have changed since; None when both change the same words."""
        if not self.proposal.is_replacement or self.draft is None:
            return None
        return merge_contents(self.base, self.draft, self.proposal.current)

    @property
    def draft_changes(self) -> list[Redline]:
        """The draft as a word diff from what it was written on."""
        if self.proposal.is_insertion:
            return self._redlines(None, self.draft)
        return self._redlines(self.base, self.draft)

    @property
    def current_changes(self) -> list[Redline]:
        """What others have changed since."""
        return self._redlines(self.base, self.proposal.current)

    @property
    def merged_changes(self) -> list[Redline]:
        """What adopting the merged words would change in the clause as it stands."""
        merged = self.merged
        if merged is None:
            return []
        return self._redlines(self.proposal.current, merged)

    @property
    def words(self) -> list[tuple[str, str]]:
        """[(label, text)] of the clause as it stands."""
        words = []
        for line in self._redlines(None, self.proposal.current):
            text = "".join(segment.text for segment in line.segments)
            words.append((line.label, text))
        return words

    def changes_to(self, content: Content) -> list[Redline]:
        """What adopting `content` would change."""
        if self.proposal.is_insertion:
            return self._redlines(None, content)
        return self._redlines(self.proposal.current, content)

    def _redlines(self, old: Content | None, new: Content | None) -> list[Redline]:
        return told_redlines(old, new, self.proposal.clause.section_id)

    def find_competing(self, comment_uuid: str) -> CompetingAmendment | None:
        for other in self.competing_amendments:
            if str(other.comment.uuid) == comment_uuid:
                return other
        return None

    def joined(self, words: Content, other: Amendment) -> Content | None:
        """`words` with what another proposal changes as well; None when both change the same words."""
        theirs = merged_content(other, self.proposal.clause)
        if theirs is None:
            return None
        return merge_contents(self.proposal.current, words, theirs)


def load_bench(detail: CommentDetail) -> Bench | None:
    """None when the comment proposes no words for a clause that still stands. Two queries, up to three more
    where competing proposals refer to a clause."""
    if detail.amendment is None:
        return None
    proposal = make_proposal(detail.amendment, detail.comment, detail.clause)
    if proposal is None:
        return None
    return Bench(
        detail,
        proposal,
        base=proposal.base,
        draft=proposal.proposed,
        competing_amendments=_load_competing(
            detail.amendment, proposal.clause.section_id
        ),
        duplicates=list(find_duplicates(detail.comment)),
    )


def _load_competing(amendment: Amendment, section_id: int) -> list[CompetingAmendment]:
    """One query, and those of tell_redlines."""
    others = []
    compared = []
    for other in find_competing_amendments(amendment):
        if other.comment is not None and other.base_blob is not None:
            others.append((other.comment, other))
            compared.append(
                (
                    other.base_blob.as_content,
                    content_from_json(other.proposed),
                    section_id,
                )
            )
    told = zip(others, tell_redlines(compared), strict=True)
    return [
        CompetingAmendment(comment, other, changes)
        for (comment, other), changes in told
    ]
