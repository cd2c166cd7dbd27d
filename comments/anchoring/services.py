"""Where a comment's place went in a later edition. Clause first, span second; a guess is never silent.

same sha → same; else the span mapped through the diff of its field (≥ 60 % of its code points survive: shifted;
fewer: text_changed; none: text_removed), unless its exact quote stands once in the same clause; else the lineage's
successors; else unplaced, for a person. (model.md, "Re-anchoring")
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from hearing_portal.thai.diff import Op, map_span
from manuals.editions.services.diffs import load_diff
from manuals.models import ClauseLineage, Edition, EditionEntry, SectionLineage, TextBlob

from ..models import AnchorResolution, Comment

State = AnchorResolution.State
SURVIVES = 0.6  # share of a span's code points
BATCH = 1000
LINEAGE_STATES = {"split": State.SPLIT, "merged": State.JOINED, "replaced": State.MOVED, "copied": State.MOVED}


class PlacingRefused(Refusal):
    """A person cannot place this comment there."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment stands; `span` is {"field", "start", "end"} in code points of the entry's field."""

    state: str
    method: str
    entry: EditionEntry | None = None
    span: dict[str, object] | None = None


def resolve_comments(edition: Edition) -> int:
    """Resolve every comment made on another edition against this one; returns how many were new. Safe to repeat."""
    known = AnchorResolution.objects.filter(edition=edition).values("comment")
    comments = list(
        Comment.objects.exclude(entry__edition=edition)
        .exclude(pk__in=known)
        .select_related("entry__blob", "entry__manual")
        .order_by("pk")
    )
    places = _Places.of(edition, [comment.entry for comment in comments])
    with transaction.atomic():
        for start in range(0, len(comments), BATCH):
            rows = [_resolution(comment, edition, places) for comment in comments[start : start + BATCH]]
            AnchorResolution.objects.bulk_create(rows, ignore_conflicts=True)
    return len(comments)


def _resolution(comment: Comment, edition: Edition, places: "_Places") -> AnchorResolution:
    anchor = _anchor(comment, places)
    return AnchorResolution(
        comment=comment,
        edition=edition,
        entry=anchor.entry,
        state=anchor.state,
        span=anchor.span,
        method=anchor.method,
    )


def find_anchor(comment: Comment, edition: Edition) -> Anchor:
    """Where the comment stands in the edition; reads only, but for the stored diff it may work out."""
    return _anchor(comment, _Places.of(edition, [comment.entry]))


@dataclass(slots=True)
class _Places:
    """The entries of an edition that comments may have gone to: by uuid, and the successors of a clause or section
    that left, as [(how it left, entry)]. Five queries, however many entries are asked for."""

    by_uuid: dict[object, EditionEntry]
    clause_heirs: dict[int, list[tuple[str, EditionEntry]]] = field(default_factory=dict)
    section_heirs: dict[int, list[tuple[str, EditionEntry]]] = field(default_factory=dict)
    diffs: dict[tuple[str, str], dict[str, list[Op]]] = field(default_factory=dict)

    def diff(self, old: EditionEntry, new: EditionEntry) -> dict[str, list[Op]]:
        """A hot clause has 400 comments: its diff is fetched once."""
        pair = (old.blob_id, new.blob_id)
        if pair not in self.diffs:
            self.diffs[pair] = load_diff(*pair)
        return self.diffs[pair]

    @classmethod
    def of(cls, edition: Edition, entries: Iterable[EditionEntry]) -> "_Places":
        entries = list(entries)
        rows = EditionEntry.objects.select_related("blob").filter(edition=edition)
        places = cls({entry.uuid: entry for entry in rows.filter(uuid__in={entry.uuid for entry in entries})})
        clauses = {entry.clause_id for entry in entries if entry.clause_id}
        if clauses:
            lines = ClauseLineage.objects.values_list("from_clause", "to_clause", "kind").order_by("pk")
            places.clause_heirs = _successors(clauses, list(lines), rows.filter(kind="clause"), "clause_id")
        sections = {entry.section_id for entry in entries if entry.kind == "section"}
        if sections:
            lines = SectionLineage.objects.values_list("from_section", "to_section", "kind").order_by("pk")
            places.section_heirs = _successors(sections, list(lines), rows.filter(kind="section"), "section_id")
        return places


def _successors(
    wanted: set[int], lines: list[tuple[int, int, str]], rows: Iterable[EditionEntry], key: str
) -> dict[int, list[tuple[str, EditionEntry]]]:
    """{node: [(state of its first step, entry of an heir in the edition)]}, through nodes that left in between."""
    below: dict[int, list[tuple[int, str]]] = {}
    for source, target, kind in lines:
        below.setdefault(source, []).append((target, kind))
    reached = {node: _descent(node, below) for node in wanted if node in below}
    targets = {target for descent in reached.values() for target in descent}
    standing = {getattr(entry, key): entry for entry in rows.filter(**{f"{key}__in": targets})} if targets else {}
    return {
        node: [(state, standing[target]) for target, state in descent.items() if target in standing]
        for node, descent in reached.items()
    }


def _descent(node: int, below: Mapping[int, list[tuple[int, str]]]) -> dict[int, str]:
    """{node below: how the descent began}, nearest first; a circle ends where it began."""
    found: dict[int, str] = {}
    level = [(target, LINEAGE_STATES[kind]) for target, kind in below.get(node, ())]
    while level:
        fresh = [(target, state) for target, state in level if target not in found and target != node]
        found.update(fresh)
        level = [(after, state) for target, state in fresh for after, _ in below.get(target, ())]
    return found


def _anchor(comment: Comment, places: _Places) -> Anchor:
    old = comment.entry
    new = places.by_uuid.get(old.uuid)
    if old.clause_id is None:
        return _anchor_of_node(old, new, places)
    successors = places.clause_heirs.get(old.clause_id, [])
    if new is None:
        return _successor(comment, successors)
    if new.blob_id == old.blob_id:
        return Anchor(State.SAME, "sha", new, _span(comment.field, comment.span_start, comment.span_end))
    if comment.span_start is None:
        return Anchor(State.TEXT_CHANGED, "clause", new)
    anchor = _mapped(comment, new, places.diff(old, new))
    if anchor.state == State.TEXT_REMOVED and (moved := _holding(comment, successors)):
        return Anchor(moved[0], "lineage+quote", moved[1], _unique_quote(comment.quote, moved[1].blob))
    return anchor


def _anchor_of_node(old: EditionEntry, new: EditionEntry | None, places: _Places) -> Anchor:
    """A comment on a process, a unit or a whole manual."""
    if new is not None:
        return Anchor(State.SAME if new.title == old.title else State.TEXT_CHANGED, "node", new)
    successors = places.section_heirs.get(old.section_id, []) if old.section_id else []
    if len(successors) == 1:
        return Anchor(successors[0][0], "lineage", successors[0][1])
    return Anchor(State.UNPLACED, "lineage") if successors else Anchor(State.RETIRED, "retired")


def _mapped(comment: Comment, new: EditionEntry, diff: Mapping[str, list[Op]]) -> Anchor:
    """The span in the new wording of the same clause. The exact quote, when it stands there once, beats a diff that
    lost most of the span: the words were moved inside the clause."""
    mapped = map_span(diff.get(comment.field, []), comment.span_start, comment.span_end)
    survived = mapped[2] if mapped else 0
    if mapped and survived >= SURVIVES:
        return Anchor(State.SHIFTED, "diff", new, _span(comment.field, mapped[0], mapped[1]))
    if quoted := _unique_quote(comment.quote, new.blob):
        return Anchor(State.SHIFTED, "quote", new, quoted)
    if mapped and survived > 0:
        return Anchor(State.TEXT_CHANGED, "diff", new, _span(comment.field, mapped[0], mapped[1]))
    return Anchor(State.TEXT_REMOVED, "diff", new)


def _successor(comment: Comment, successors: list[tuple[str, EditionEntry]]) -> Anchor:
    """The clause is gone: its one heir in the edition, or the one heir that holds the quote; else a person decides."""
    if len(successors) == 1:
        state, entry = successors[0]
        return Anchor(state, "lineage", entry, _unique_quote(comment.quote, entry.blob))
    if holding := _holding(comment, successors):
        return Anchor(holding[0], "lineage+quote", holding[1], _unique_quote(comment.quote, holding[1].blob))
    return Anchor(State.UNPLACED, "lineage") if successors else Anchor(State.RETIRED, "retired")


def _holding(comment: Comment, successors: list[tuple[str, EditionEntry]]) -> tuple[str, EditionEntry] | None:
    """The only heir that has the quoted words; None when no heir has, or more than one."""
    if not comment.quote:
        return None
    holding = [(state, entry) for state, entry in successors if _places_of(comment.quote, entry.blob)]
    return holding[0] if len(holding) == 1 else None


def _unique_quote(quote: str, blob: TextBlob) -> dict[str, object] | None:
    found = _places_of(quote, blob)
    return _span(found[0][0], found[0][1], found[0][1] + len(quote)) if len(found) == 1 else None


def _places_of(quote: str, blob: TextBlob) -> list[tuple[str, int]]:
    """[(field, start)] of every place where the words stand, overlapping ones too; none for no words."""
    found = []
    for name, text in blob.as_content.fields() if quote else ():
        at = text.find(quote)
        while at >= 0:
            found.append((name, at))
            at = text.find(quote, at + 1)
    return found


def _span(name: str, start: int | None, end: int | None) -> dict[str, object] | None:
    return None if start is None else {"field": name, "start": start, "end": end}


def place_comment(
    resolution: AnchorResolution, entry: EditionEntry | None, *, by: User, state: str = State.MOVED
) -> AnchorResolution:
    """A person says where an unplaced comment belongs; no entry means that its place is no longer in the edition.

    Raises PlacingRefused for another edition or manual, and when the comment has its place already.
    """
    with act(by=by):
        resolution = (
            AnchorResolution.objects.select_for_update(of=("self",))
            .select_related("comment__entry")
            .get(pk=resolution.pk)
        )
        if resolution.state != State.UNPLACED and resolution.decided_by_id is None:
            raise PlacingRefused("ความเห็นนี้มีที่อยู่ในฉบับใหม่แล้ว")
        if entry is not None and entry.edition_id != resolution.edition_id:
            raise PlacingRefused("ข้อที่เลือกอยู่ในฉบับอื่น โปรดเลือกข้อในฉบับนี้")
        if entry is not None and entry.manual_id != resolution.comment.entry.manual_id:
            raise PlacingRefused("ข้อที่เลือกอยู่ในคู่มือของกลุ่มงานอื่น")
        resolution.entry = entry
        resolution.state = state if entry is not None else State.RETIRED
        resolution.method, resolution.decided_by = "person", by
        resolution.save(update_fields=["entry", "state", "method", "decided_by"])
        return resolution
