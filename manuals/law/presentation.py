"""The registry of laws as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from hearing_portal.directory.permissions import Visitor
from hearing_portal.shipped_lists import FieldDifference
from hearing_portal.thai.sentences import joined
from hearing_portal.web.confirming import ConfirmingStep
from hearing_portal.web.shipped_cards import (
    DifferenceWords,
    ShippedRowCard,
    changed_cards,
    kept_cards,
)

from ..models import LegalSource, LegalSuccession, Manual
from ..permissions import can_read_draft
from .field_words import SOURCE_WORDS, tell_source_value
from .queries import CitingSection, LawPlan, find_citing_sections


def source_warnings(
    source: LegalSource, successions: Sequence[LegalSuccession]
) -> list[str]:
    """What is incomplete or does not go together, as things stand; none of it is refused."""
    warnings: list[str] = []
    is_replaced = any(row.kind == LegalSuccession.Kind.REPLACES for row in successions)
    if source.is_repealed and source.until is None:
        warnings.append("ยังไม่ได้ระบุวันที่สิ้นผลใช้บังคับ")
    if source.is_repealed and not is_replaced:
        warnings.append("ยังไม่ได้ระบุฉบับที่ใช้แทน หากไม่มีฉบับใช้แทน ผู้ยกร่างต้องตัดการอ้างอิงฉบับนี้ออก")
    if is_replaced and not source.is_repealed:
        warnings.append("มีฉบับที่ใช้แทนแล้ว แต่สถานะยังเป็นใช้บังคับ โปรดตรวจสอบสถานะ")
    if not source.is_repealed and source.until and source.until < timezone.localdate():
        warnings.append("พ้นวันที่สิ้นผลใช้บังคับแล้ว แต่สถานะยังเป็นใช้บังคับ โปรดตรวจสอบสถานะ")
    return warnings


@dataclass(slots=True)
class CitingManual:
    """A manual with what cites a law in its working draft; `places` are empty where the reader may not read that."""

    manual: Manual
    clauses: int = 0
    places: list[CitingSection] = field(default_factory=list)


def load_citing_manuals(source: LegalSource, reader: Visitor) -> list[CitingManual]:
    """In book order. Four queries."""
    citing: dict[int, CitingManual] = {}
    for place in find_citing_sections(source):
        manual = place.section.manual
        row = citing.setdefault(manual.pk, CitingManual(manual))
        row.clauses += place.clauses
        if can_read_draft(reader, manual.work_group):
            row.places.append(place)
    return list(citing.values())


def source_removal_step(source: LegalSource) -> ConfirmingStep:
    """The step before a source is removed."""
    consequence = "ยังไม่มีข้อใดในคู่มืออ้างถึงกฎหมายฉบับนี้ เมื่อนำออกแล้ว เรียกคืนไม่ได้"
    if source.as_shipped is not None:
        consequence += " ทะเบียนที่มากับระบบมีกฎหมายฉบับนี้ หากเติมทะเบียนอีกครั้ง ระบบจะเพิ่มกลับมา"
    return ConfirmingStep(
        title="นำกฎหมายออก",
        question=joined("นำ", source.short_title, "ออกจากทะเบียนหรือไม่"),
        consequence=consequence,
        to=reverse("legal-source-removal", args=[source.pk]),
        back=legal_source_url(source),
        act="ยืนยันการนำออก",
        icon="trash3",
        stay="ยังไม่นำออก",
    )


@dataclass(frozen=True, slots=True)
class LawPlanCards:
    """What is added, by name; what is taken in; what stays as somebody wrote it."""

    new: list[str]
    successions: list[str]
    changed: list[ShippedRowCard]
    kept: list[ShippedRowCard]

    @property
    def does_nothing(self) -> bool:
        return not self.new and not self.successions and not self.changed


def law_plan_cards(plan: LawPlan) -> LawPlanCards:
    rows = plan.sources.rows
    successions: list[str] = []
    for planned in plan.successions:
        words = LegalSuccession(kind=planned.kind).said_of_earlier
        successions.append(f"{planned.earlier} {words} {planned.later}")
    return LawPlanCards(
        new=[row.listed["short_title"] for row in plan.sources.new],
        successions=successions,
        changed=changed_cards(rows, url_of=legal_source_url, tell=_tell),
        kept=kept_cards(rows, url_of=legal_source_url, tell=_tell),
    )


def legal_source_url(source: LegalSource) -> str:
    return reverse("legal-source", args=[source.pk])


def _tell(difference: FieldDifference) -> DifferenceWords:
    name = difference.name
    return DifferenceWords(
        SOURCE_WORDS[name],
        tell_source_value(name, difference.stored),
        tell_source_value(name, difference.listed),
    )
