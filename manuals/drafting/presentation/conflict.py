"""Two people, or one in two windows, changed the same clause: what was read, what each made of it, and both in one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from hearing_portal.directory.models import User

from ...content import Content
from ...merging import merge_contents
from ...models import Clause, ClauseChange
from ...queries import load_draft_clauses
from ...reading.names import clause_name, part_name
from ...wording import Redline
from ..clauses_read import write_clauses_read
from ..placing import place_in_pieces
from ..queries.last_acts import (
    find_move_since,
    find_split_since,
    find_telling_act,
    is_own_since,
)
from ..told_words import tell_clauses, tell_redlines


@dataclass(frozen=True, slots=True)
class SplitPiece:
    """A clause that this one became while the person wrote: its name and words, where it is written, and what the
    person's words would change there."""

    clause: Clause
    name: str
    words: str
    url: str
    changes: Sequence[Redline] = ()


@dataclass(frozen=True, slots=True)
class EditConflict:
    """`merged` is None where both changed the same words, or one of them what is no text.

    `last_change` says who saved meanwhile, when and why; it comes with its revision and that one's user.
    `is_own` where the person alone saved since, in another window. The changes of both are against `base`, the merged
    ones against what the clause says now. `pieces` are the clauses that it was split into meanwhile, the clause itself
    first; `placed` is what each of them says with the person's changes, empty where these go across two. `move` brought
    the clause in from another section meanwhile: `moved_to` is where it stands now.
    """

    base: Content
    mine: Content
    theirs: Content
    merged: Content | None
    last_change: ClauseChange | None
    is_own: bool
    my_changes: Sequence[Redline]
    their_changes: Sequence[Redline]
    merged_changes: Sequence[Redline] = ()
    pieces: Sequence[SplitPiece] = ()
    placed: Sequence[Content] = ()
    move: ClauseChange | None = None
    moved_to: str = ""

    @property
    def seen_pieces(self) -> str:
        """Names the pieces as they stand, for the form."""
        return write_clauses_read(piece.clause for piece in self.pieces)


def load_conflict(
    clause: Clause, base: Content, mine: Content, *, read: int, user: User
) -> EditConflict:
    """`clause` as it stands now, `read` the lock version that the person began with. Three queries, up to three more
    where changed words refer to a clause."""
    conflict = _compare(
        base,
        mine,
        clause.content,
        find_telling_act(clause, read, user, of_words=True),
        section_id=clause.section_id,
        is_own=is_own_since(clause, read, user),
    )
    move = find_move_since(clause, read)
    if move is not None:
        conflict = replace(conflict, move=move, moved_to=place_in_draft(clause))
    split_off = find_split_since(clause, read)
    if not split_off:
        return conflict
    clauses = [clause, *split_off]
    placed = place_in_pieces(base, mine, [each.content for each in clauses]) or []
    return replace(conflict, pieces=show_pieces(clauses, placed), placed=placed)


def place_in_draft(clause: Clause) -> str:
    return f"“{clause.section.title}” {part_name(clause.part)}".strip()


def show_pieces(
    clauses: Sequence[Clause], placed: Sequence[Content] = ()
) -> list[SplitPiece]:
    """One query for each section they stand in, and what their references cost."""
    names = {}
    for entries in load_draft_clauses({each.section for each in clauses}).values():
        for entry in entries:
            names[entry.clause_id] = clause_name(entry)
    told = tell_clauses(clauses)
    compared = zip(clauses, placed, strict=False)
    changes = tell_redlines(
        (each.content, words, each.section_id) for each, words in compared
    )
    pieces = []
    for index, each in enumerate(clauses):
        section = each.section
        args = [section.manual.key, section.uuid, each.uuid]
        pieces.append(
            SplitPiece(
                each,
                names.get(each.pk, ""),
                told[each.pk],
                reverse("clause-edit", args=args),
                changes[index] if placed else (),
            )
        )
    return pieces


def load_joined_conflict(
    read: Sequence[tuple[Clause, int]],
    base: Content,
    mine: Content,
    *,
    theirs: Content,
    user: User,
) -> EditConflict:
    """Of [(clause as it stands now, the lock version that was read)] whose words were to be put together: `base` are
    the words of all as they were read, `theirs` as they stand. Two queries for each that changed, and as
    load_conflict."""
    changed = [each for each in read if each[0].lock_version != each[1]]
    last_changes = []
    for clause, version in changed:
        last = find_telling_act(clause, version, user, of_words=True)
        if last is not None:
            last_changes.append(last)
    return _compare(
        base,
        mine,
        theirs,
        max(last_changes, key=lambda change: change.pk, default=None),
        section_id=read[0][0].section_id,
        is_own=bool(changed) and all(is_own_since(*each, user) for each in changed),
    )


def _compare(
    base: Content,
    mine: Content,
    theirs: Content,
    last_change: ClauseChange | None,
    *,
    section_id: int,
    is_own: bool,
) -> EditConflict:
    merged = merge_contents(base, mine, theirs)
    compared = [(base, mine, section_id), (base, theirs, section_id)]
    if merged is not None:
        compared.append((theirs, merged, section_id))
    mine_told, theirs_told, *merged_told = tell_redlines(compared)
    return EditConflict(
        base,
        mine,
        theirs,
        merged,
        last_change,
        is_own,
        mine_told,
        theirs_told,
        merged_changes=merged_told[0] if merged_told else (),
    )
