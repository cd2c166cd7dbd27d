"""Checking a process: a row more in its log. That it counts no more, once its words or laws change, is derived."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind

from ..acts import CONFORMITY_CHECKED, about_section
from ..models import ConformityCheck, Section
from .queries import load_process_laws
from .standings import standings_token

Status = ConformityCheck.Status


class CheckRefused(Refusal):
    """The check contradicts what the portal knows, or says too little; `field` is what is wrong."""


class CheckOvertaken(Refusal):
    """The process or its laws changed since the person read them."""

    kind = RefusalKind.CONFLICT


def check_conformity(
    section: Section, status: Status, note: str, *, read: str, by: User
) -> ConformityCheck:
    """`read` is the token of what the person had before them (standings_token). Sent twice, it is stored once.

    Raises CheckRefused and CheckOvertaken; nothing is stored then.
    """
    with act(by=by, reason=note) as done:
        section = (
            Section.objects.select_for_update(of=("self",))
            .select_related("manual")
            .get(pk=section.pk)
        )
        if not section.is_process or section.retired_id is not None:
            raise CheckRefused("ตรวจได้เฉพาะกระบวนงานที่อยู่ในร่าง โปรดกลับไปที่รายการกระบวนงาน")
        laws = load_process_laws(section)
        if read != standings_token(section.version, laws.standings):
            raise CheckOvertaken(
                f"ถ้อยคำของกระบวนงานหรือสถานะของกฎหมายเปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ (ปัจจุบันรุ่นที่ {section.version}) "
                "จึงยังไม่ได้บันทึกผลการตรวจ โปรดตรวจอีกครั้งแล้วบันทึก"
            )
        if status == Status.CONFORMING and laws.repealed:
            titles = [source.short_title for source in laws.repealed]
            names = ", ".join(titles)
            raise CheckRefused(
                f"กระบวนงานนี้ยังอ้าง {names} ซึ่งยกเลิกแล้ว จึงบันทึกว่าสอดคล้องไม่ได้ โปรดแทนที่กฎหมายก่อน หรือเลือกผลการตรวจอื่น",
                field="status",
            )
        if status != Status.CONFORMING and not note:
            raise CheckRefused(
                "โปรดระบุหมายเหตุ ว่าไม่สอดคล้องในข้อใดและเพราะเหตุใด", field="note"
            )
        latest = section.conformity_checks.order_by("-id").first()
        check = ConformityCheck(
            section=section,
            status=status,
            note=note,
            at_version=section.version,
            standing=laws.standings,
            by=by,
        )
        if latest is not None and _is_same(latest, check):
            return latest
        check.save()
        done.record(
            CONFORMITY_CHECKED,
            about_section(section),
            detail=status,
            note=str(section.version),
        )
        return check


def _is_same(latest: ConformityCheck, check: ConformityCheck) -> bool:
    """Whether the same person found the same of what stood the same."""
    has_same_result = latest.status == check.status and latest.note == check.note
    has_same_subject = (
        latest.at_version == check.at_version and latest.standing == check.standing
    )
    return has_same_result and has_same_subject and latest.by_id == check.by_id
