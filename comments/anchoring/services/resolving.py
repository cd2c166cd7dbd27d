"""Where a comment's anchor went in a later edition. Clause first, span second; a guess is never silent.

1. The clause says the same (by the hash of its words): the anchor is the same.
2. It was reworded: the span is mapped through the word diff of its field. All its words stand there unchanged: shifted,
   or the same where they begin where they began; some differ, be it a number or a negation: text_changed, with the
   words that replaced them; nothing stands in its place: text_removed. An exact quote, in whole words, that stood once
   in the clause and stands once in it now beats a mapping of which little survives: the words were moved. Of words that
   stood several times and stand fewer times, the words around them must tell which are left; else a person does. A
   short quote that stands among other words is no evidence, wherever the diff finds it: text_changed, with what came
   beside it.
   Of a quote that spans the place where its clause was split, the piece that says most of it has the anchor:
   text_changed.
3. It left the edition: the anchor goes to its one successor, or to the one successor that has the quoted words.
4. Anything else is unplaced and waits for a person; without any successor the clause is retired.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from hearing_portal.thai.diff import Op, map_span
from hearing_portal.thai.quotes import (
    Quote,
    find_whole,
    keeps_context,
    largest_part,
    map_reworded,
    pair_by_context,
    stands_whole,
    whole_words,
    with_new_neighbours,
)
from manuals.editions.services.diffs import load_diff
from manuals.models import Edition, EditionEntry, TextBlob

from ...models import AnchorResolution, Comment
from ..queries.targets import Successor, load_anchor_targets

State = AnchorResolution.State
SURVIVES = 0.6  # a span of which this share of code points stands where the diff says is no moved quote
# Code points of a quote from which it is known again by itself, whatever stands beside it
LONG_QUOTE = 20
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
        return self._find_in_new_wording(comment, span, new, successors)

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
        self,
        comment: Comment,
        span: AnchorSpan,
        new: EditionEntry,
        successors: Sequence[Successor],
    ) -> Anchor:
        """The comment's span in the new wording of the same clause.

        The only exact quote beats a diff that lost most of the span: the words were moved inside the clause, or left
        with a part of it, and a diff tells such words as removed here and inserted there.
        """
        pair = (comment.entry.clause_blob.sha, new.clause_blob.sha)
        if pair not in self.diffs:
            self.diffs[pair] = load_diff(*pair)
        ops = self.diffs[pair].get(span["field"], [])
        start, end = span["start"], span["end"]
        mapped = map_span(ops, start, end)
        twin = _find_among_twins(comment, span, new)
        if twin is not None:
            return twin
        is_lost = mapped is None or mapped.survived < SURVIVES
        if is_lost:
            quoted = _find_only_quote(comment, new.clause_blob)
            if quoted is not None:
                return _anchor_unchanged(span, quoted, "quote", new)
        anchor = None
        if mapped is None or (is_lost and len(comment.quote) >= LONG_QUOTE):
            anchor = _anchor_at_quote(comment, successors)
        if anchor is None and is_lost:
            anchor = _anchor_at_largest_part(comment, successors, kept=new)
        if anchor is not None:
            return anchor
        place = map_reworded(ops, start, end)
        if place is None:
            return Anchor(State.TEXT_REMOVED, "diff", new)
        text = dict(new.clause_blob.as_content.fields())[span["field"]]
        stands_unchanged = text[place.start : place.end] == comment.quote
        if not _was_half_a_word(comment) and not stands_whole(text, *place):
            # The quoted words are a part of others now: ผู้อำนวยการ of รองผู้อำนวยการ
            place = whole_words(text, *place)
            stands_unchanged = False
        if stands_unchanged and not _is_known_again(
            comment, text, place, rest_stands=_rest_stands(comment, ops)
        ):
            wider = with_new_neighbours(ops, place, text)
            stands_unchanged = wider == place
            place = wider
        found = _span(span["field"], place)
        if stands_unchanged:
            return _anchor_unchanged(span, found, "diff", new)
        return Anchor(State.TEXT_CHANGED, "diff", new, found)


def _rest_stands(comment: Comment, ops: Sequence[Op]) -> bool:
    """Whether most of what stood beside the quote stands there now."""
    start, end = comment.span_start or 0, comment.span_end or 0
    rest = stands = 0
    for op in ops:
        inside = max(0, min(end, op.old_end) - max(start, op.old_start))
        beside = op.old_end - op.old_start - inside
        rest += beside
        if op.tag == "equal":
            stands += beside
    return stands >= SURVIVES * rest


def _is_known_again(
    comment: Comment, text: str, place: Quote, *, rest_stands: bool
) -> bool:
    """Whether the quote in this text is the one commented on: a short one is only among words of before, since 10 and
    เพียงครั้งเดียว may be said of anything."""
    if len(comment.quote) >= LONG_QUOTE:
        return True
    old, here = _marked_words(comment)
    there = whole_words(text, *place)
    return keeps_context(old, here, text, there, rest_stands=rest_stands)


def _find_among_twins(
    comment: Comment, span: AnchorSpan, new: EditionEntry
) -> Anchor | None:
    """For a quote that stood several times in its field and stands there fewer times: a diff takes whichever of them
    makes the shorter way. The words around them tell which is left; where they do not, a person does. None for any
    other quote."""
    field = span["field"]
    old_text = dict(comment.entry.clause_blob.as_content.fields()).get(field, "")
    new_text = dict(new.clause_blob.as_content.fields()).get(field, "")
    own = whole_words(old_text, span["start"], span["end"])
    words = old_text[own.start : own.end]
    old_places = find_whole(words, old_text)
    new_places = find_whole(words, new_text)
    if own not in old_places or not 0 < len(new_places) < len(old_places):
        return None
    pairs = pair_by_context(old_text, old_places, new_text, new_places)
    if own in pairs:
        start = pairs[own].start + span["start"] - own.start
        place = Quote(start, start + span["end"] - span["start"])
        return _anchor_unchanged(span, _span(field, place), "context", new)
    if len(pairs) < len(new_places):
        return Anchor(State.UNPLACED, "twins")
    return Anchor(State.TEXT_REMOVED, "context", new)


def _anchor_unchanged(
    before: AnchorSpan, now: AnchorSpan, method: str, new: EditionEntry
) -> Anchor:
    """For a quote whose words stand unchanged: what changed behind it did not shift it."""
    state = State.SAME if now == before else State.SHIFTED
    return Anchor(state, method, new, now)


def _span(field: str, place: Quote) -> AnchorSpan:
    return AnchorSpan(field=field, start=place.start, end=place.end)


def _anchor_at_successor(comment: Comment, successors: Sequence[Successor]) -> Anchor:
    """For a clause that left the edition. Several successors, and the quote in none or in more than one: a person
    decides."""
    if not successors:
        return Anchor(State.RETIRED, "retired")
    if len(successors) == 1:
        successor = successors[0]
        span = _find_only_quote(comment, successor.entry.clause_blob, is_part=True)
        return Anchor(successor.state, "lineage", successor.entry, span)
    return (
        _anchor_at_quote(comment, successors)
        or _anchor_at_largest_part(comment, successors)
        or Anchor(State.UNPLACED, "lineage")
    )


def _anchor_at_quote(
    comment: Comment, successors: Sequence[Successor]
) -> Anchor | None:
    """At the only successor that has the quoted words; None when no successor has them, or more than one, or when they
    stood twice in the old clause."""
    holders = []
    for each in successors:
        if _find_quotes(comment, each.entry.clause_blob):
            holders.append(each)
    if len(holders) != 1 or not _stood_once(comment):
        return None
    successor = holders[0]
    span = _find_only_quote(comment, successor.entry.clause_blob, is_part=True)
    if span is None and len(comment.quote) < LONG_QUOTE:
        return None
    return Anchor(successor.state, "lineage+quote", successor.entry, span)


def _anchor_at_largest_part(
    comment: Comment,
    successors: Sequence[Successor],
    *,
    kept: EditionEntry | None = None,
) -> Anchor | None:
    """For a quote that spans the place where its clause was split: at the one piece that says most of it word for word.
    None when that is the clause itself (`kept`), when two pieces say as much, and when so little is no evidence."""
    if not successors or not comment.quote or comment.span_start is None:
        return None
    old, own = _marked_words(comment)
    entries = [each.entry for each in successors]
    parts = []
    for entry in entries if kept is None else [kept, *entries]:
        for field, said in entry.clause_blob.as_content.fields():
            part = largest_part(old, own, said)
            if part is not None:
                stood, stands = part
                parts.append((stood.end - stood.start, entry, field, stands))
    parts.sort(key=lambda part: part[0], reverse=True)
    if not parts or (len(parts) > 1 and parts[0][0] == parts[1][0]):
        return None
    length, entry, field, stands = parts[0]
    said = dict(entry.clause_blob.as_content.fields())[field]
    words = said[stands.start : stands.end]
    stood_once = len(find_whole(words, old)) == len(find_whole(words, said)) == 1
    if entry is kept or length < LONG_QUOTE or not stood_once:
        return None
    return Anchor(State.TEXT_CHANGED, "lineage+part", entry, _span(field, stands))


def _find_only_quote(
    comment: Comment, blob: TextBlob, *, is_part: bool = False
) -> AnchorSpan | None:
    """Where the quote stands in a later wording; None when it stands nowhere or more than once, or stood more than
    once in the wording that was commented on, or is short and stands among other words: then it is no evidence that it
    was meant. `is_part` says that the wording came of the old one, whose rest may stand in another clause."""
    spans = _find_quotes(comment, blob)
    if len(spans) != 1 or not _stood_once(comment):
        return None
    [span] = spans
    text = dict(blob.as_content.fields())[span["field"]]
    place = Quote(span["start"], span["end"])
    return span if _is_known_again(comment, text, place, rest_stands=is_part) else None


def _stood_once(comment: Comment) -> bool:
    return len(_find_quotes(comment, comment.entry.clause_blob)) == 1


def _find_quotes(comment: Comment, blob: TextBlob) -> list[AnchorSpan]:
    """Every stretch that says what the quote says, in whole words; of a quote that begins or ends inside a word the
    whole word counts. None for an empty quote."""
    spans: list[AnchorSpan] = []
    if not comment.quote or comment.span_start is None or comment.span_end is None:
        return spans
    text, own = _marked_words(comment)
    words = text[own.start : own.end]
    before = comment.span_start - own.start
    after = own.end - comment.span_end
    for field, said in blob.as_content.fields():
        for place in find_whole(words, said):
            quoted = Quote(place.start + before, place.end - after)
            spans.append(_span(field, quoted))
    return spans


def _was_half_a_word(comment: Comment) -> bool:
    _, own = _marked_words(comment)
    return own != (comment.span_start, comment.span_end)


def _marked_words(comment: Comment) -> tuple[str, Quote]:
    """The text of the comment's field as it was, and the whole words marked in it."""
    fields = dict(comment.entry.clause_blob.as_content.fields())
    text = fields[comment.field]
    start, end = comment.span_start or 0, comment.span_end or 0
    return text, whole_words(text, start, min(end, len(text)))
