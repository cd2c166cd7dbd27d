"""Comments that were put together because they say the same, as readers see them: one argument of several offices."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from hearing_portal.directory.permissions import Visitor
from hearing_portal.postgres.statements import is_any_of, kept_statement

from ...models import Comment, Grouping, Sight, Support, seer_of
from .offices import OfficeCount, Offices, offices_behind


@dataclass(slots=True)
class Argument:
    """How many comments the reader may see of it, and the offices behind them, {office: its kind}."""

    comments: int
    kinds: Offices

    @property
    def offices(self) -> int:
        return len(self.kinds)

    @property
    def primary(self) -> int:
        return OfficeCount.of(self.kinds).primary

    @property
    def secondary(self) -> int:
        return OfficeCount.of(self.kinds).secondary


def find_arguments(
    argument_ids: Collection[int | None], user: Visitor
) -> dict[int, Argument]:
    """{group: what it says together}, of groups with at least two comments that the reader may see. Two queries, none
    without any group."""
    ids = sorted({pk for pk in argument_ids if pk is not None})
    if not ids:
        return {}
    seer = seer_of(user)
    members = _find_members(ids, seer.id, seer.groups, sight=seer.sight)
    arguments: dict[int, Argument] = {}
    group_of: dict[int, int] = {}
    for pk, group, office, kind in members:
        argument = arguments.setdefault(group, Argument(0, {}))
        argument.comments += 1
        group_of[pk] = group
        argument.kinds |= offices_behind(office, kind, {})
    for comment, office, kind in _find_supports(list(group_of)):
        arguments[group_of[comment]].kinds.setdefault(office, kind)
    return {pk: each for pk, each in arguments.items() if each.comments > 1}


@kept_statement
def _find_members(
    group_ids: list[int], seer_id: int, groups: list[int], *, sight: Sight
) -> QuerySet[Comment, tuple[int, int, int | None, str | None]]:
    standing = Grouping.objects.standing().filter(is_any_of("group", group_ids))
    comments = Comment.objects.seen_within(sight, seer_id, groups)
    comments = comments.filter(groupings__in=standing)
    return comments.values_list("pk", "groupings__group", "office", "office_kind")


@kept_statement
def _find_supports(
    comment_ids: list[int],
) -> QuerySet[Support, tuple[int, int, str]]:
    supports = Support.objects.active().filter(is_any_of("comment", comment_ids))
    return supports.values_list("comment", "office", "office__kind")
