"""What changed in a section since an earlier edition, marked in its clauses."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from hearing_portal.thai.diff import Segment, diff_fields, segments
from hearing_portal.thai.markup import OBJECT_MARKER, referenced_uuids

from ...content import Content
from ...entries import EntryView, find_parents
from ...facts import Names, changed_facts, differ_in_format_alone, told_facts
from ...ranks import longest_rising, rising_without
from ..names import LinkTargets, reference_words
from ..queries.sections import EarlierWording, find_moved_clauses
from .clauses import ReadClause

type Redlines = dict[str, list[Segment]]  # by field


def field_redlines(old: Content, new: Content) -> Redlines:
    """{field: its redline} for every field of either wording that differs."""
    redlines = {}
    for diff in diff_fields(old.fields(), new.fields()):
        if diff.is_changed:
            redlines[diff.name] = segments(diff.ops, diff.old, diff.new)
    return redlines


def mark_changes(
    clauses: Sequence[ReadClause],
    earlier: EarlierWording,
    targets: LinkTargets,
    earlier_names: Names,
) -> list[ReadClause]:
    """Mark what was added, reworded or moved; returns the clauses with those that are gone where they stood."""
    for clause in clauses:
        compare_clause(clause)
    _mark_placed_otherwise(clauses, earlier)
    _mark_rearranged(clauses, earlier)
    return _with_removed(clauses, earlier, targets, earlier_names)


def compare_clause(clause: ReadClause) -> None:
    """Its state and redlines against what it said before, those of its facts among them."""
    old = clause.before
    new = clause.entry
    if old is None:
        clause.state = "added"
        clause.redlines = whole_redlines("ins", new, clause.names)
    elif old.sha != new.sha:
        _redline_contents(clause, old.clause_content, new.clause_content)
        is_format = differ_in_format_alone(old.clause_content, new.clause_content)
        clause.state = "formatted" if is_format else "reworded"
    elif old.section_id != new.section_id or old.part != new.part:
        clause.state = "moved"
    for name, redline in clause.redlines.items():
        clause.redlines[name] = fill_references(
            redline,
            clause.targets,
            old.clause_content.stored_text(name) if old is not None else "",
            new.clause_content.stored_text(name),
            clause.targets_before,
        )


def _redline_contents(clause: ReadClause, old: Content, new: Content) -> None:
    clause.redlines = field_redlines(old, new)
    texts = dict(new.fields())
    for name in new.referring_fields:
        if name not in clause.redlines and _refer_otherwise(clause, old, new, name):
            # Its references are told apart when they get their words
            clause.redlines[name] = [Segment("equal", texts.get(name, ""))]
    clause.facts = changed_facts(old, new, clause.names_before, clause.names)
    for change in clause.facts:
        clause.redlines[change.name] = change.redline


def _refer_otherwise(clause: ReadClause, old: Content, new: Content, name: str) -> bool:
    """The texts of that name refer to something else, or call it otherwise."""
    uuids = referenced_uuids(new.stored_text(name))
    before = clause.targets_before or clause.targets
    return referenced_uuids(old.stored_text(name)) != uuids or any(
        reference_words(uuid, before) != reference_words(uuid, clause.targets)
        for uuid in uuids
    )


def _mark_placed_otherwise(
    clauses: Sequence[ReadClause], earlier: EarlierWording
) -> None:
    """Of clauses that kept their words and their part: those that became a sub-clause, are one no more or of another
    clause, or are numbered in another way."""
    own_sections = {clause.entry.section_id for clause in clauses}
    old_entries = []
    for entry in earlier.entries:
        if entry.kind == "clause" and entry.section_id in own_sections:
            old_entries.append(entry)
    old_parents = find_parents(old_entries)
    new_parents = find_parents([clause.entry for clause in clauses])
    for clause in clauses:
        if clause.state or clause.before is None:
            continue
        uuid = clause.entry.uuid
        is_numbered_otherwise = clause.before.numbering != clause.entry.numbering
        if is_numbered_otherwise or old_parents.get(uuid) != new_parents[uuid]:
            clause.state = "moved"


def _mark_rearranged(clauses: Sequence[ReadClause], earlier: EarlierWording) -> None:
    """Of clauses that kept their words: those that stand before one they used to follow, the ones that somebody moved
    before others. One query where there are some."""
    old_position_of = {}
    for position, entry in enumerate(earlier.entries):
        old_position_of[entry.uuid] = position
    kept = []
    old_positions = []
    for clause in clauses:
        if clause.state in ("", "reworded", "formatted"):
            kept.append(clause)
            old_positions.append(old_position_of[clause.entry.uuid])
    in_order = set(longest_rising(old_positions))
    if len(in_order) < len(kept):
        moved = find_moved_clauses([clause.entry.uuid for clause in kept])
        places = [n for n, clause in enumerate(kept) if clause.entry.uuid in moved]
        in_order = set(rising_without(old_positions, places))
    for position, clause in enumerate(kept):
        if position not in in_order and not clause.state:
            clause.state = "moved"


def _with_removed(
    clauses: Sequence[ReadClause],
    earlier: EarlierWording,
    targets: LinkTargets,
    earlier_names: Names,
) -> list[ReadClause]:
    """Clauses of the earlier edition that are gone, each after the one it followed then."""
    present = {clause.entry.uuid for clause in clauses}
    section_id = None
    for entry in earlier.entries:
        if entry.kind == "section":
            section_id = entry.section_id
            break

    gone_after: dict[UUID | None, list[ReadClause]] = {}
    last_present: UUID | None = None
    for entry in earlier.entries:
        if entry.kind != "clause" or entry.section_id != section_id:
            continue
        if entry.uuid in present:
            last_present = entry.uuid
            continue
        state = "removed"
        if entry.uuid in earlier.moved_away:
            state = "moved"
        redlines = whole_redlines("del", entry, earlier_names)
        for name, redline in redlines.items():
            stored = entry.clause_content.stored_text(name)
            redlines[name] = fill_references(redline, targets, stored, "")
        gone = ReadClause(
            entry,
            before=entry,
            state=state,
            redlines=redlines,
            targets=targets,
        )
        gone_after.setdefault(last_present, []).append(gone)

    merged = gone_after.get(None, [])
    for clause in clauses:
        merged.append(clause)
        merged += gone_after.get(clause.entry.uuid, [])
    return merged


def whole_redlines(
    kind: Literal["ins", "del"], entry: EntryView, names: Names
) -> Redlines:
    """Every field, and every fact worth telling, as one stretch that came or went."""
    redlines: Redlines = {}
    for name, text in entry.clause_content.fields():
        redlines[name] = [Segment(kind, text)]
    for fact in told_facts(entry.clause_content, names):
        redlines[fact.name] = [Segment(kind, fact.words)]
    return redlines


def fill_references(
    redline: list[Segment],
    targets: LinkTargets,
    old_text: str,
    new_text: str,
    targets_before: LinkTargets | None = None,
) -> list[Segment]:
    """References counted as one character each; here they get their words again, from the field as it was and is
    stored. With `targets_before`, what was said before is told by those."""
    if not any(OBJECT_MARKER in segment.text for segment in redline):
        return redline
    before_targets = targets if targets_before is None else targets_before
    old_uuids = iter(referenced_uuids(old_text))
    new_uuids = iter(referenced_uuids(new_text))
    filled: list[Segment] = []
    for kind, text in redline:
        # A marker that stayed may stand for another clause than before
        before, *pieces = text.split(OBJECT_MARKER)
        filled.append(Segment(kind, before))
        for piece in pieces:
            old_uuid = next(old_uuids, "") if kind != "ins" else ""
            new_uuid = next(new_uuids, "") if kind != "del" else ""
            was = reference_words(old_uuid, before_targets)
            now = reference_words(new_uuid, targets)
            if kind == "equal" and (old_uuid != new_uuid or was != now):
                filled += [Segment("del", was), Segment("ins", now)]
            else:
                filled.append(Segment(kind, was if kind == "del" else now))
            filled.append(Segment(kind, piece))
    return _join_stretches(filled)


def _join_stretches(stretches: Sequence[Segment]) -> list[Segment]:
    """Without empty ones, neighbours of one kind as one."""
    joined: list[Segment] = []
    for stretch in stretches:
        if not stretch.text:
            continue
        if joined and joined[-1].kind == stretch.kind:
            stretch = Segment(stretch.kind, joined.pop().text + stretch.text)
        joined.append(stretch)
    return joined
