"""What waits at the desks of several groups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F

from hearing_portal.directory.models import WorkGroup

from ...models import Comment, Hearing
from .filters import QueueState
from .queue import count_flagged, with_state_flags


@dataclass(frozen=True, slots=True)
class GroupQueue:
    """A group's desk, by the key of its manual: how many comments wait there."""

    key: str
    title: str
    held: int = 0
    open: int = 0
    objected: int = 0


def count_group_queues(
    hearing: Hearing | None, groups: Iterable[WorkGroup]
) -> list[GroupQueue]:
    """Of the groups that have a manual, in the order given. One query for all the numbers."""
    queues = {}
    for group in groups:
        if hasattr(group, "manual"):
            queues[group.pk] = GroupQueue(group.manual.key, group.name)
    if hearing is None:
        return list(queues.values())
    comments = Comment.objects.with_visibility().filter(
        session__hearing=hearing,
        entry__manual__work_group__in=list(queues),
    )
    flagged = with_state_flags(
        comments, [QueueState.HELD, QueueState.OPEN, QueueState.OBJECTED]
    )
    rows = (
        flagged.order_by()
        .values(group=F("entry__manual__work_group"))
        .annotate(
            held=count_flagged(QueueState.HELD),
            open=count_flagged(QueueState.OPEN),
            objected=count_flagged(QueueState.OBJECTED),
        )
    )
    for row in rows:
        queues[row["group"]] = replace(
            queues[row["group"]],
            held=row["held"],
            open=row["open"],
            objected=row["objected"],
        )
    return list(queues.values())
