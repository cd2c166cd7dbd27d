"""What a person wrote in a clause that was joined to another one meanwhile: their words in what has those words now."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearing_portal.directory.models import User

from ...content import Content
from ...merging import merge_contents
from ...models import Clause, ClauseChange
from ...models.survivors import find_survivors
from ...permissions import can_edit_draft
from ...wording import Redline, WordingField, wording_fields
from ..queries.last_acts import find_last_change
from ..told_words import tell_redlines


@dataclass(frozen=True, slots=True)
class JoinedAway:
    """`gone` was joined by the act of `last_change` into the `survivor`. `merged` is what that says with the person's
    changes, which are the `changes` there; None where both changed the same words. `mine` is all that they wrote, and
    `my_changes` what is new in it."""

    gone: Clause
    survivor: Clause
    last_change: ClauseChange | None
    mine: Sequence[WordingField]
    my_changes: Sequence[Redline]
    merged: Content | None
    changes: Sequence[Redline] = ()


def load_joined_away(
    clause: Clause, base: Content, mine: Content, user: User
) -> JoinedAway | None:
    """None where nothing has the words of the clause, or the person does not write that. The queries of find_survivors,
    one, and what references cost."""
    for survivor in find_survivors([clause]).get(clause.pk, ()):
        is_written = can_edit_draft(user, survivor.section.manual.work_group)
        if is_written and survivor.kind == clause.kind:
            return _compare(clause, survivor, base, mine)
    return None


def _compare(
    clause: Clause, survivor: Clause, base: Content, mine: Content
) -> JoinedAway:
    merged = merge_contents(base, mine, survivor.content)
    compared = [(base, mine, clause.section_id)]
    if merged is not None:
        compared.append((survivor.content, merged, survivor.section_id))
    my_changes, *changes = tell_redlines(compared)
    return JoinedAway(
        clause,
        survivor,
        find_last_change(clause.pk),
        [field for field in wording_fields(mine) if field.text.strip()],
        my_changes,
        merged,
        changes[0] if changes else (),
    )
