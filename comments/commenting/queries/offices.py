"""Which offices stand behind what was said: product.md counts offices, not heads.

An office is behind a comment that it wrote, and behind one that it supports; behind several that are told together it
is counted once. Whoever tells how many offices asked for something counts them here.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Self

from hearing_portal.directory.models import AreaOffice

from ...models import Comment
from .card_parts import Supporters, find_supporters

type Offices = dict[int, str]  # {office: its kind}


class OfficeCount(NamedTuple):
    primary: int
    secondary: int

    @classmethod
    def of(cls, offices: Mapping[int, str]) -> Self:
        kinds = list(offices.values())
        return cls(
            kinds.count(AreaOffice.Kind.PRIMARY), kinds.count(AreaOffice.Kind.SECONDARY)
        )


def offices_behind(
    office_id: int | None, kind: str | None, supporters: Mapping[int, str]
) -> Offices:
    """The office that said it, as what it was then, and those that support it; an office that supports what it said
    itself is one."""
    offices = dict(supporters)
    if office_id is not None and kind is not None:
        offices[office_id] = kind
    return offices


def find_offices_behind(comments: Sequence[Comment]) -> dict[int, Offices]:
    """{comment: the offices behind it}. One query."""
    supporters = find_supporters(comments)
    nobody = Supporters()
    behind = {}
    for comment in comments:
        support = supporters.get(comment.pk, nobody)
        behind[comment.pk] = offices_behind(
            comment.office_id, comment.office_kind, support.kinds
        )
    return behind


def count_together(each: Iterable[Offices]) -> OfficeCount:
    """How many are behind all of it, each counted once."""
    together: Offices = {}
    for offices in each:
        together |= offices
    return OfficeCount.of(together)
