"""Signing what a hearing came to: a group's by its facilitator, the whole's by an administrator."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_datetime
from manuals.models import Edition

from ..acts import CONCLUSION_SIGNED, about_group, about_hearing
from ..models import Conclusion, Hearing
from ..permissions import can_sign_conclusion
from .queries.signed_figures import count_to_sign
from .queries.summaries import find_conclusion

ONLY_FACILITATORS = "ผู้ลงนามข้อสรุปรายกลุ่มคือผู้ดำเนินเวทีของกลุ่มงานนั้น"
ONLY_ADMINS = "ผู้ลงนามข้อสรุปของการประชาพิจารณ์ทั้งหมดคือผู้ดูแลระบบ"


class ConclusionRefused(Refusal):
    """The summary is not signed."""


class ConclusionOvertaken(ConclusionRefused):
    """Somebody signed another summary after the person had opened the page."""

    kind = RefusalKind.CONFLICT


def sign_conclusion(
    hearing: Hearing,
    group: WorkGroup | None,
    edition: Edition,
    summary: str,
    *,
    by: User,
    seen: int | None = None,
) -> Conclusion:
    """Another signed row, with the figures of this moment; the same words beside the same figures give the latest.
    `seen` is the row that the person's page showed (0 for none); None asks nothing. Raises ConclusionRefused."""
    with act(by=by) as done:
        # One at a time: two who sign at once are told of each other
        Hearing.objects.select_for_update(no_key=True).get(pk=hearing.pk)
        if not can_sign_conclusion(by, group):
            words = ONLY_ADMINS if group is None else ONLY_FACILITATORS
            raise ConclusionRefused(words, kind=RefusalKind.FORBIDDEN)
        if not summary.strip():
            raise ConclusionRefused("โปรดเขียนข้อสรุปก่อนลงนาม", field="summary")
        latest = find_conclusion(hearing, group)
        if latest is not None and seen is not None and seen != latest.pk:
            raise ConclusionOvertaken(
                f"มีผู้ลงนามข้อสรุปนี้เมื่อ {be_datetime(latest.signed_at)} หลังจากที่ท่านเปิดหน้านี้"
                " โปรดอ่านข้อสรุปล่าสุดก่อน แล้วลงนามอีกครั้งหากยังต้องการแก้ไข"
            )
        figures = count_to_sign(hearing, group)
        if latest is not None and (
            latest.summary,
            latest.edition_id,
            latest.figures,
        ) == (summary, edition.pk, figures):
            return latest
        conclusion = Conclusion.objects.create(
            hearing=hearing,
            work_group=group,
            edition=edition,
            summary=summary,
            figures=figures,
            signed_by=by,
        )
        subject = about_hearing(hearing) if group is None else about_group(group)
        done.record(CONCLUSION_SIGNED, subject)
    return conclusion
