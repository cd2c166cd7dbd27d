"""Settling an overlap, and taking it up again."""

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.thai.dates import be_datetime

from ...acts import OVERLAP_REOPENED, OVERLAP_RESOLVED, about_overlap
from ...limits import REASON_MINIMUM
from ...models import Overlap
from ..refusals import OverlapMovedOn, OverlapRefused


def resolve_overlap(
    overlap: Overlap, resolution: str, *, by: User, reason: str, split_at: str = ""
) -> Overlap:
    """How it is settled and why. Raises OverlapRefused, and OverlapMovedOn where it is settled already."""
    reason = reason.strip()
    if resolution not in Overlap.Resolution.values:
        raise OverlapRefused("โปรดเลือกข้อยุติ", field="resolution")
    if len(reason) < REASON_MINIMUM:
        raise OverlapRefused(
            f"โปรดระบุเหตุผลอย่างน้อย {REASON_MINIMUM} ตัวอักษร ผู้อ่านทะเบียนจะเห็นเหตุผลนี้",
            field="reason",
        )
    is_split = resolution == Overlap.Resolution.SPLIT
    if is_split and not split_at.strip():
        raise OverlapRefused("โปรดระบุขั้นตอนที่แบ่งความรับผิดชอบ", field="split_at")
    with act(by=by, reason=reason) as done:
        overlap = _lock(overlap)
        if overlap.is_resolved and overlap.resolved_at is not None:
            raise OverlapMovedOn(
                f"เรื่องนี้มีข้อยุติแล้วเมื่อ {be_datetime(overlap.resolved_at)} จึงไม่ได้บันทึกซ้ำ"
            )
        overlap.resolution = resolution
        overlap.split_at = split_at.strip() if is_split else ""
        overlap.reason = reason
        overlap.resolved_by = by
        overlap.resolved_at = timezone.now()
        overlap.save()
        done.record(OVERLAP_RESOLVED, about_overlap(overlap), detail=resolution)
    return overlap


def reopen_overlap(overlap: Overlap, *, by: User, reason: str) -> Overlap:
    """It has no resolution any more; the history keeps the one it had. Raises OverlapRefused and OverlapMovedOn."""
    if not reason.strip():
        raise OverlapRefused("โปรดระบุเหตุผลที่นำกลับมาพิจารณา", field="reason")
    with act(by=by, reason=reason) as done:
        overlap = _lock(overlap)
        if not overlap.is_resolved:
            raise OverlapMovedOn("เรื่องนี้ยังไม่มีข้อยุติ จึงไม่มีสิ่งที่นำกลับมาพิจารณา")
        overlap.resolution = ""
        overlap.split_at = ""
        overlap.reason = ""
        overlap.resolved_by = None
        overlap.resolved_at = None
        overlap.save()
        done.record(OVERLAP_REOPENED, about_overlap(overlap))
    return overlap


def _lock(overlap: Overlap) -> Overlap:
    return Overlap.objects.select_for_update().get(pk=overlap.pk)
