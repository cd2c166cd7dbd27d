"""Where a comment's anchor went in a later edition. Clause first, span second; a guess is never silent.

1. The clause says the same (by the hash of its words): the anchor is the same.
2. It was reworded: the span is mapped through the word diff of its field. All its words stand there unchanged: shifted;
   some differ, be it a number or a negation: text_changed; none is left: text_removed. An exact quote that stood once
   in the clause and stands once in it now beats a mapping of which little survives: the words were moved.
3. It left the edition: the anchor goes to its one successor, or to the one successor that has the quoted words.
4. Anything else is unplaced and waits for a person; without any successor the clause is retired.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from hearing_portal.thai.diff import Op, map_span
from manuals.editions.services.diffs import load_diff
from manuals.models import Edition, EditionEntry, TextBlob

from ...models import AnchorResolution, Comment
from ..queries.targets import Successor, load_anchor_targets

State = AnchorResolution.State
SURVIVES = 0.6  # a span of which this share of code points stands where the diff says is no moved quote
BATCH = 1000  # rows of one INSERT


class AnchorSpan(TypedDict):
    """A stretch of a field's text, [start, end) in code points; stored as it is in AnchorResolution.span."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment stands in an edition. `method` names the rule that found it."""

    state: str
    method: str
    entry: EditionEntry | None = None
    span: AnchorSpan | None = None


def resolve_comments(edition: Edition) -> int:
    """Resolve every comment made on another edition against this one; returns how many were new. Safe to repeat."""
    resolved = AnchorResolution.objects.filter(edition=edition)
    comments = (
        Comment.objects.exclude(entry__edition=edition)
        .exclude(pk__in=resolved.values("comment"))
        .select_related("entry__blob", "entry__manual")
        .order_by("pk")
    )
    finder = AnchorFinder(edition, [comment.entry for comment in comments])
    resolutions = []
    for comment in comments:
        anchor = finder.find(comment)
        resolution = AnchorResolution(
            comment=comment,
            edition=edition,
            entry=anchor.entry,
            state=anchor.state,
            span=anchor.span,
            method=anchor.method,
        )
        resolutions.append(resolution)
    # Somebody else may be resolving the same edition: whose rows come second are left out
    AnchorResolution.objects.bulk_create(
        resolutions, batch_size=BATCH, ignore_conflicts=True
    )
    return len(resolutions)


def find_anchor(comment: Comment, edition: Edition) -> Anchor:
    """Where the comment stands in the edition; reads only, but for the word diff it may work out and store."""
    return AnchorFinder(edition, [comment.entry]).find(comment)


class AnchorFinder:
    """Finds the anchors in one edition of comments on the given entries of another: five queries for all of them, and
    one for each pair of wordings whose diff is stored already."""

    def __init__(self, edition: Edition, entries: Sequence[EditionEntry]) -> None:
        self.targets = load_anchor_targets(edition, entries)
        # A much discussed clause has hundreds of comments: its diff is fetched once
        self.diffs: dict[tuple[str, str], dict[str, list[Op]]] = {}

    def find(self, comment: Comment) -> Anchor:
        old = comment.entry
        new = self.targets.by_uuid.get(old.uuid)
        if old.clause_id is None:
            return self._find_node(old, new)
        successors = self.targets.successors_of_clause(old.clause_id)
        if new is None:
            return _anchor_at_successor(comment, successors)
        span = None  # of a comment on the whole clause
        if comment.span_start is not None and comment.span_end is not None:
            span = AnchorSpan(
                field=comment.field, start=comment.span_start, end=comment.span_end
            )
        if new.blob_id == old.blob_id:
            return Anchor(State.SAME, "sha", new, span)
        if span is None:
            return Anchor(State.TEXT_CHANGED, "clause", new)
        anchor = self._find_in_new_wording(comment, span, new)
        if anchor.state == State.TEXT_REMOVED:
            # The words may have left with a part of the clause
            return _anchor_at_quote(comment, successors) or anchor
        return anchor

    def _find_node(self, old: EditionEntry, new: EditionEntry | None) -> Anchor:
        """For a comment on a process, a unit or a whole manual: what counts is the title."""
        if new is not None:
            state = State.SAME if new.title == old.title else State.TEXT_CHANGED
            return Anchor(state, "node", new)
        successors = self.targets.successors_of_section(old.section_id)
        if not successors:
            return Anchor(State.RETIRED, "retired")
        if len(successors) > 1:
            return Anchor(State.UNPLACED, "lineage")
        successor = successors[0]
        return Anchor(successor.state, "lineage", successor.entry)

    def _find_in_new_wording(
        self, comment: Comment, span: AnchorSpan, new: EditionEntry
    ) -> Anchor:
        """The comment's span in the new wording of the same clause.

        The only exact quote beats a diff that lost most of the span: the words were moved inside the clause, and a
        diff tells such words as removed here and inserted there.
        """
        pair = (comment.entry.clause_blob.sha, new.clause_blob.sha)
        if pair not in self.diffs:
            self.diffs[pair] = load_diff(*pair)
        ops = self.diffs[pair].get(span["field"], [])
        mapped = map_span(ops, span["start"], span["end"])
        if mapped is None or mapped.survived < SURVIVES:
            quoted = _find_only_quote(comment, new.clause_blob)
            if quoted is not None:
                return Anchor(State.SHIFTED, "quote", new, quoted)
        if mapped is None:
            return Anchor(State.TEXT_REMOVED, "diff", new)
        text = dict(new.clause_blob.as_content.fields())[span["field"]]
        stands_unchanged = text[mapped.start : mapped.end] == comment.quote
        state = State.SHIFTED if stands_unchanged else State.TEXT_CHANGED
        return Anchor(
            state,
            "diff",
            new,
            AnchorSpan(field=span["field"], start=mapped.start, end=mapped.end),
        )


def _anchor_at_successor(comment: Comment, successors: Sequence[Successor]) -> Anchor:
    """For a clause that left the edition. Several successors, and the quote in none or in more than one: a person
    decides."""
    if not successors:
        return Anchor(State.RETIRED, "retired")
    if len(successors) == 1:
        successor = successors[0]
        span = _find_only_quote(comment, successor.entry.clause_blob)
        return Anchor(successor.state, "lineage", successor.entry, span)
    return _anchor_at_quote(comment, successors) or Anchor(State.UNPLACED, "lineage")


def _anchor_at_quote(
    comment: Comment, successors: Sequence[Successor]
) -> Anchor | None:
    """At the only successor that has the quoted words; None when no successor has them, or more than one, or when they
    stood twice in the old clause."""
    holders = []
    for each in successors:
        if _find_quotes(comment.quote, each.entry.clause_blob):
            holders.append(each)
    if len(holders) != 1 or not _stood_once(comment):
        return None
    successor = holders[0]
    span = _find_only_quote(comment, successor.entry.clause_blob)
    return Anchor(successor.state, "lineage+quote", successor.entry, span)


def _find_only_quote(comment: Comment, blob: TextBlob) -> AnchorSpan | None:
    """Where the quote stands in a later wording; None when it stands nowhere or more than once, or stood more than
    once in the wording that was commented on: then it is no evidence which of them was meant."""
    spans = _find_quotes(comment.quote, blob)
    return spans[0] if len(spans) == 1 and _stood_once(comment) else None


def _stood_once(comment: Comment) -> bool:
    return len(_find_quotes(comment.quote, comment.entry.clause_blob)) == 1


def _find_quotes(quote: str, blob: TextBlob) -> list[AnchorSpan]:
    """Every stretch that says what the quote says, overlapping ones too; none for an empty quote."""
    spans: list[AnchorSpan] = []
    if not quote:
        return spans
    for field, text in blob.as_content.fields():
        start = text.find(quote)
        while start >= 0:
            spans.append(AnchorSpan(field=field, start=start, end=start + len(quote)))
            start = text.find(quote, start + 1)
    return spans
