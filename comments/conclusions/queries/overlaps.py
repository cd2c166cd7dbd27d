"""What stands in the overlap register about a group, as far as the reader sees it."""

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor

from ...overlaps.queries.register import (
    OverlapCount,
    OverlapFilter,
    count_overlaps,
    narrow_overlaps,
    overlaps_seen_by,
)


def count_registered_overlaps(user: Visitor, group: WorkGroup | None) -> OverlapCount:
    """Those with a side of the group; all without one. One query."""
    wanted = OverlapFilter(group=group)
    return count_overlaps(narrow_overlaps(overlaps_seen_by(user), wanted))
