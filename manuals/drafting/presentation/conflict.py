"""Two people, or one in two windows, changed the same clause: what was read, what each made of it, and both in one."""

from dataclasses import dataclass

from hearing_portal.directory.models import User

from ...content import Content
from ...merging import merge_contents
from ...models import Clause, ClauseChange
from ...wording import Redline
from ..queries.last_acts import find_last_change, is_own_since
from ..told_words import told_redlines


@dataclass(frozen=True, slots=True)
class EditConflict:
    """`merged` is None where both changed the same words, or one of them what is no text.

    `last_change` says who saved meanwhile, when and why; it comes with its revision and that one's user.
    `is_own` where the person alone saved since, in another window.
    """

    base: Content
    mine: Content
    theirs: Content
    merged: Content | None
    last_change: ClauseChange | None
    is_own: bool = False

    @property
    def my_changes(self) -> list[Redline]:
        return told_redlines(self.base, self.mine)

    @property
    def their_changes(self) -> list[Redline]:
        return told_redlines(self.base, self.theirs)

    @property
    def merged_changes(self) -> list[Redline]:
        """Against what the clause says now."""
        return told_redlines(self.theirs, self.merged)


def load_conflict(
    clause: Clause, base: Content, mine: Content, *, read: int, user: User
) -> EditConflict:
    """`clause` as it stands now, `read` the lock version that the person began with. Two queries."""
    theirs = clause.content
    return EditConflict(
        base,
        mine,
        theirs,
        merge_contents(base, mine, theirs),
        find_last_change(clause.pk),
        is_own=is_own_since(clause, read, user),
    )
