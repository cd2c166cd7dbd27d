"""Comments that a person put together because they say the same: what is decided on one is decided on all.

Only what is accepted as proposed is not: it says nothing of words that others of the group propose.
"""

from collections.abc import Collection
from typing import NamedTuple

from ...commenting.queries.card_parts import load_shown_amendments
from ...models import Comment, Grouping
from .proposals import choose_current_amendment


class Fellows(NamedTuple):
    """The others of a comment's group, as a rule those that nobody decided yet: those that propose the same words or
    none, and those that propose others."""

    alike: list[Comment]
    apart: list[Comment]

    @property
    def all(self) -> list[Comment]:
        return [*self.alike, *self.apart]


NO_FELLOWS = Fellows([], [])


def find_fellows(
    comment_ids: Collection[int], *, decided_too: bool = False
) -> dict[int, Fellows]:
    """{comment: its fellows}, of those that have any. Four queries, one where none is in a group."""
    groups = dict(
        Grouping.objects.standing()
        .filter(comment__in=list(comment_ids))
        .values_list("comment", "group")
    )
    if not groups:
        return {}
    groupings = Grouping.objects.standing().filter(group__in=set(groups.values()))
    undecided = set(
        Comment.objects.undecided()
        .filter(pk__in=groupings.values("comment"))
        .values_list("pk", flat=True)
    )
    members: dict[int | None, list[Comment]] = {}
    for grouping in groupings.select_related("comment__office").order_by("comment"):
        members.setdefault(grouping.group_id, []).append(grouping.comment)
    proposed = _find_proposed([each for group in members.values() for each in group])
    fellows = {}
    for comment_id, group_id in groups.items():
        own = proposed.get(comment_id)
        found = Fellows([], [])
        for each in members.get(group_id, []):
            is_open = decided_too or each.pk in undecided
            if each.pk == comment_id or not is_open:
                continue
            is_alike = proposed.get(each.pk) in (None, own)
            (found.alike if is_alike else found.apart).append(each)
        if found.all:
            fellows[comment_id] = found
    return fellows


def _find_proposed(
    comments: Collection[Comment],
) -> dict[int, tuple[int | None, str]]:
    """{comment: the clause and what it proposes for it}, of those that propose something. One query."""
    load_shown_amendments(comments)
    proposed = {}
    for comment in comments:
        amendment = choose_current_amendment(comment, comment.shown_amendments)
        if amendment is not None:
            proposed[comment.pk] = (amendment.clause_id, amendment.fingerprint)
    return proposed
