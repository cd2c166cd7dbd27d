"""The step before a final edition is frozen of a draft that lacks something: what is missing, and what is spent."""

from collections.abc import Sequence

from django.urls import reverse

from hearing_portal.thai.sentences import joined
from hearing_portal.web.confirming import ConfirmingStep
from manuals.models import Edition

from ...deciding.queries.blockers import Blocker


def show_freezing_step(
    blockers: Sequence[Blocker],
    *,
    code: str,
    title: str,
    basis: Edition | None,
) -> ConfirmingStep:
    """The edition may be frozen all the same: to print it, or to look at it. Released to the public it cannot be."""
    return ConfirmingStep(
        title="จัดทำฉบับสมบูรณ์",
        question=joined("จัดทำ", title, f"ทั้งที่ยังเหลือ {len(blockers):,} เรื่องหรือไม่"),
        consequence=(
            f"เมื่อจัดทำแล้ว ถ้อยคำในฉบับแก้ไขไม่ได้ ใช้รหัส {code} ซ้ำไม่ได้ "
            "และเผยแพร่ฉบับนี้แก่ประชาชนไม่ได้จนกว่าจะครบทุกรายการ เรื่องที่ต้องแก้ถ้อยคำต้องจัดทำฉบับใหม่ด้วยรหัสใหม่"
        ),
        to=reverse("editions"),
        back=reverse("draft-gate"),
        act=f"ยืนยันการจัดทำฉบับ {code}",
        icon="lock",
        stay="ยังไม่จัดทำ กลับไปดำเนินการให้ครบ",
        sent=[
            ("code", code),
            ("kind", Edition.Kind.FINAL.value),
            ("title", title),
            ("basis", str(basis.pk) if basis is not None else ""),
        ],
    )
