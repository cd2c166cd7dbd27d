"""Whether what is told of a hearing may still become another thing: until its final edition is released to the public,
and as long as a comment has no published answer or waits for a review."""

from collections.abc import Iterable

from django.db.models import F, Max
from django.utils.timezone import now

from hearing_portal.thai.dates import be_datetime
from manuals.models import Edition, EditionRelease

from ...models import Disposition, Hearing, answers_are_public
from .figures import ManualFigures

PROVISIONAL = "ฉบับชั่วคราว"


def is_released_after(hearing: Hearing | None) -> bool:
    """Whether the public reads a final edition made after those that were heard; without a hearing, any. One query."""
    if hearing is None:
        return answers_are_public()
    heard = Edition.objects.filter(hearing_sessions__hearing=hearing)
    by_hearing = heard.order_by().values("hearing_sessions__hearing")
    latest = by_hearing.annotate(latest=Max("sealed_at")).values("latest")
    finals = Edition.objects.sealed().filter(
        kind=Edition.Kind.FINAL,
        releases__audience=EditionRelease.Audience.PUBLIC,
    )
    finals = finals.annotate(heard_at=latest[:1])
    return finals.filter(sealed_at__gt=F("heard_at")).exists()


def tell_provisional(hearing: Hearing | None, *, unanswered: int, reviewed: int) -> str:
    """What stands at the head of a paper of the hearing; "" once all of it stands. `unanswered` are comments without a
    published answer, those under review (`reviewed`) not counted. One query."""
    left = []
    if not is_released_after(hearing):
        left.append("ยังไม่เผยแพร่คู่มือฉบับสมบูรณ์หลังประชาพิจารณ์")
    if unanswered:
        left.append(f"ความคิดเห็นที่ยังไม่มีผลที่เผยแพร่ {unanswered:,} เรื่อง")
    if reviewed:
        left.append(f"ความคิดเห็นที่ขอให้ทบทวนผลและยังไม่ได้ข้อยุติ {reviewed:,} เรื่อง")
    if not left:
        return ""
    return f"{PROVISIONAL} ข้อมูล ณ {be_datetime(now())}: {' · '.join(left)}"


def tell_provisional_figures(hearing: Hearing, manuals: Iterable[ManualFigures]) -> str:
    """The same of what was counted of manuals. One query."""
    unanswered = reviewed = 0
    for manual in manuals:
        for row in manual.counted:
            if row.is_published and row.outcome is None:
                reviewed += row.number
            elif not row.is_published and row.outcome != Disposition.Outcome.WITHDRAWN:
                unanswered += row.number
    return tell_provisional(hearing, unanswered=unanswered, reviewed=reviewed)
