"""Telling afterwards why a process was dropped."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal

from ..acts import DROP_REASON_GIVEN, about_section
from ..models import DropReason, Section


class DropReasonRefused(Refusal):
    """There is nothing to give a reason of; the message says why, in Thai."""


def give_drop_reason(section: Section, reason: str, *, by: User) -> DropReason:
    """A row more: what the acts said, and what was told before, stays. The same words again give the row that is there.

    Needs the section's manual. Raises DropReasonRefused for a section that stands.
    """
    with act(by=by, reason=reason) as done:
        # Two who tell it at the same time come one after the other
        section = (
            Section.objects.select_for_update(of=("self",))
            .select_related("manual")
            .get(pk=section.pk)
        )
        if section.retired_id is None:
            raise DropReasonRefused("กระบวนงานนี้ยังอยู่ในร่าง จึงไม่มีเหตุผลที่ยกเลิกให้ระบุ")
        latest = section.drop_reasons.order_by("-pk").first()
        if latest is not None and latest.reason == reason:
            return latest
        given = DropReason.objects.create(section=section, reason=reason, by=by)
        done.record(DROP_REASON_GIVEN, about_section(section))
        return given
