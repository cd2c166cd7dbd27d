"""A person says where an unplaced comment belongs."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from manuals.models import EditionEntry

from ...models import AnchorResolution

State = AnchorResolution.State


class PlacingRefused(Refusal):
    """A person cannot place this comment there."""


def place_comment(
    resolution: AnchorResolution, entry: EditionEntry | None, *, by: User
) -> AnchorResolution:
    """Place an unplaced comment at an entry; no entry means that the edition has nothing any more that it is about.

    Raises PlacingRefused for another edition or manual, and when the comment was placed by rule.
    """
    with act(by=by):
        resolutions = AnchorResolution.objects.select_for_update(
            of=("self",)
        ).select_related("comment__entry")
        resolution = resolutions.get(pk=resolution.pk)
        # A person may place a comment again that a person has placed before
        was_placed_by_rule = (
            resolution.state != State.UNPLACED and resolution.decided_by_id is None
        )
        if was_placed_by_rule:
            raise PlacingRefused("ความคิดเห็นนี้ระบุข้อในฉบับใหม่แล้ว")
        if entry is not None and entry.edition_id != resolution.edition_id:
            raise PlacingRefused("ข้อที่เลือกอยู่ในฉบับอื่น โปรดเลือกข้อในฉบับนี้")
        if entry is not None and entry.manual_id != resolution.comment.entry.manual_id:
            raise PlacingRefused("ข้อที่เลือกอยู่ในคู่มือของกลุ่มงานอื่น")
        resolution.entry = entry
        resolution.state = State.RETIRED if entry is None else State.MOVED
        resolution.method = "person"
        resolution.decided_by = by
        resolution.save(update_fields=["entry", "state", "method", "decided_by"])
        return resolution
