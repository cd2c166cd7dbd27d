"""Where a comment's place went in a later edition. Clause first, span second; a guess is never silent.

same sha → same; else the span mapped through the diff of its field (≥ 60 % of its code points survive: shifted;
fewer: text_changed; none: text_removed); else a unique exact quote in the same clause; else the lineage's
successors; else unplaced, for a person. (model.md, "Re-anchoring")
"""

from dataclasses import dataclass

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.thai.diff import diff_tokens, map_span
from manuals.models import ClauseLineage, Edition, EditionEntry

from ..models import AnchorResolution, Comment

State = AnchorResolution.State
SURVIVES = 0.6
LINEAGE_STATES = {
    ClauseLineage.Kind.SPLIT: State.SPLIT,
    ClauseLineage.Kind.MERGED: State.JOINED,
    ClauseLineage.Kind.REPLACED: State.MOVED,
    ClauseLineage.Kind.COPIED: State.MOVED,
}


@dataclass(frozen=True, slots=True)
class Anchor:
    state: str
    method: str
    entry: EditionEntry | None = None
    span: dict[str, object] | None = None


def resolve_comments(edition: Edition) -> int:
    """Resolve every comment made on another edition against this one; returns how many were new. Safe to repeat."""
    known = AnchorResolution.objects.filter(edition=edition).values("comment")
    comments = (
        Comment.objects.exclude(entry__edition=edition)
        .exclude(pk__in=known)
        .select_related("entry__blob", "entry__clause", "entry__section")
        .order_by("pk")
    )
    made = 0
    with transaction.atomic():
        for comment in comments:
            anchor = find_anchor(comment, edition)
            AnchorResolution.objects.create(
                comment=comment,
                edition=edition,
                entry=anchor.entry,
                state=anchor.state,
                span=anchor.span,
                method=anchor.method,
            )
            made += 1
    return made


def find_anchor(comment: Comment, edition: Edition) -> Anchor:
    """Where the comment stands in the edition; reads only."""
    old = comment.entry
    new = EditionEntry.objects.select_related("blob").filter(edition=edition, uuid=old.uuid).first()
    if old.clause_id is None:
        if new is None:
            return Anchor(State.RETIRED, "node")
        return Anchor(State.SAME if new.title == old.title else State.TEXT_CHANGED, "node", new)
    if new is None:
        return _successor(comment, edition)
    if new.blob_id == old.blob_id:
        return Anchor(State.SAME, "sha", new, _span(comment.field, comment.span_start, comment.span_end))
    if comment.span_start is None:
        return Anchor(State.TEXT_CHANGED, "clause", new)
    return _mapped(comment, new)


def _mapped(comment: Comment, new: EditionEntry) -> Anchor:
    before = dict(comment.entry.blob.as_content.fields()).get(comment.field, "")
    after = dict(new.blob.as_content.fields()).get(comment.field, "")
    mapped = map_span(diff_tokens(before, after), comment.span_start, comment.span_end)
    if mapped is not None and mapped[2] > 0:
        state = State.SHIFTED if mapped[2] >= SURVIVES else State.TEXT_CHANGED
        return Anchor(state, "diff", new, _span(comment.field, mapped[0], mapped[1]))
    if comment.quote and after.count(comment.quote) == 1:
        start = after.index(comment.quote)
        return Anchor(State.SHIFTED, "quote", new, _span(comment.field, start, start + len(comment.quote)))
    return Anchor(State.TEXT_REMOVED, "diff", new)


def _successor(comment: Comment, edition: Edition) -> Anchor:
    """The clause is gone: its successors by lineage, where exactly one of them stands in the edition."""
    lineage = ClauseLineage.objects.filter(from_clause_id=comment.entry.clause_id).order_by("pk")
    states = {line.to_clause_id: LINEAGE_STATES[line.kind] for line in lineage}
    entries = list(EditionEntry.objects.filter(edition=edition, clause__in=states).select_related("blob"))
    if len(entries) == 1:
        return Anchor(states[entries[0].clause_id], "lineage", entries[0])
    if entries and comment.quote:
        holding = [entry for entry in entries if comment.quote in entry.blob.plain]
        if len(holding) == 1:
            return Anchor(states[holding[0].clause_id], "lineage+quote", holding[0])
    if entries:
        return Anchor(State.UNPLACED, "lineage")
    return Anchor(State.RETIRED, "retired")


def _span(field: str, start: int | None, end: int | None) -> dict[str, object] | None:
    return None if start is None else {"field": field, "start": start, "end": end}


@transaction.atomic
def place_comment(
    resolution: AnchorResolution, entry: EditionEntry, *, by: User, state: str = State.MOVED
) -> AnchorResolution:
    """A person says where an unplaced comment belongs."""
    if entry.edition_id != resolution.edition_id:
        raise ValueError("the entry belongs to another edition")
    resolution.entry, resolution.state = entry, state
    resolution.method, resolution.decided_by = "person", by
    resolution.save(update_fields=["entry", "state", "method", "decided_by"])
    return resolution
