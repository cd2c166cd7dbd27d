"""Two people, or one in two windows, changed the same clause: what was read, what each made of it, and both in one."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearing_portal.directory.models import User

from ...content import Content
from ...merging import merge_contents
from ...models import Clause, ClauseChange
from ...wording import Redline
from ..queries.last_acts import find_last_change, is_own_since
from ..told_words import tell_redlines


@dataclass(frozen=True, slots=True)
class EditConflict:
    """`merged` is None where both changed the same words, or one of them what is no text.

    `last_change` says who saved meanwhile, when and why; it comes with its revision and that one's user.
    `is_own` where the person alone saved since, in another window. The changes of both are against `base`, the merged
    ones against what the clause says now.
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


def load_conflict(
    clause: Clause, base: Content, mine: Content, *, read: int, user: User
) -> EditConflict:
    """`clause` as it stands now, `read` the lock version that the person began with. Two queries, up to three more
    where changed words refer to a clause."""
    theirs = clause.content
    merged = merge_contents(base, mine, theirs)
    section_id = clause.section_id
    compared = [(base, mine, section_id), (base, theirs, section_id)]
    if merged is not None:
        compared.append((theirs, merged, section_id))
    return EditConflict(
        base,
        mine,
        theirs,
        merged,
        find_last_change(clause.pk),
        is_own_since(clause, read, user),
        *tell_redlines(compared),
    )
