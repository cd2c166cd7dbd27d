"""The step before a work group is removed."""

from django.urls import reverse

from hearing_portal.thai.sentences import joined
from hearing_portal.web.confirming import ConfirmingStep

from ..models import WorkGroup


def group_removal_step(group: WorkGroup) -> ConfirmingStep:
    consequence = "ยังไม่มีบุคคล คู่มือ หรือเวทีของกลุ่มนี้ เมื่อนำออกแล้ว เรียกคืนไม่ได้"
    if group.as_shipped is not None:
        consequence += " รายการที่มากับระบบมีกลุ่มงานนี้ หากเติมรายการอีกครั้ง ระบบจะเพิ่มกลับมา"
    return ConfirmingStep(
        title="นำกลุ่มงานออก",
        question=joined("นำ", group.name, "ออกจากระบบหรือไม่"),
        consequence=consequence,
        to=reverse("work-group-removal", args=[group.key]),
        back=reverse("work-group", args=[group.key]),
        act="ยืนยันการนำออก",
        icon="trash3",
        stay="ยังไม่นำออก",
    )
