"""The registry of laws: loading the one that comes with the portal, adding and correcting sources by hand. None is
deleted: what is no more in force is repealed."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from django.db import connection

from hearing_portal.acts.overtaking import refuse_overtaken
from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.shipped_lists import FieldDifference, store_shipped
from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ..acts import LAW_CHANGED, LAW_LOADED, about_law, about_legal_source
from ..models import LegalSource, LegalSuccession
from .field_words import tell_source_differences
from .queries import (
    LawPlan,
    find_references_to_source,
    free_source_key,
    plan_legal_sources,
)
from .shipped_files import SHIPPED_SOURCES

_LAW_LOCK = 0x4C4157  # "LAW": advisory, so that no title is given twice


class LawRefused(Refusal):
    """What would make the registry contradict itself; `field` is what is wrong."""

    kind = RefusalKind.CONFLICT


def load_legal_sources(path: Path = SHIPPED_SOURCES, *, by: User | None) -> LawPlan:
    """Adds the sources of the list that are missing, and takes in what it says otherwise than before; what was changed
    by hand stays. Returns what was done. Safe to run again. `by` is None for the demonstration."""
    with act(by=by) as done:
        lock_registry()
        plan = plan_legal_sources(path)
        store_shipped(plan.sources.rows)
        by_listed_key = {row.listed["key"]: row.row for row in plan.sources.rows}
        for planned in plan.successions:
            LegalSuccession.objects.create(
                from_source=by_listed_key[planned.earlier],
                to_source=by_listed_key[planned.later],
                kind=planned.kind,
            )
        if plan.does_nothing:
            return plan
        counted = []
        if plan.sources.new:
            counted.append(f"เพิ่ม {len(plan.sources.new):,} ฉบับ")
        if plan.sources.changed:
            counted.append(f"แก้ไข {len(plan.sources.changed):,} ฉบับ")
        if plan.successions:
            counted.append(f"เพิ่มความสัมพันธ์ {len(plan.successions):,} รายการ")
        done.record(LAW_LOADED, about_law(), note=" ".join(counted))
        for row in plan.sources.changed:
            note = f"แก้ไขตามรายการที่มากับระบบ {tell_source_differences(row.changes)}"
            done.record(LAW_CHANGED, about_legal_source(row.row), note=note)
        return plan


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What is written of a legal source."""

    full_title: str
    short_title: str
    year_be: int
    kind: str
    status: str
    in_force_from: date | None = None
    until: date | None = None
    url: str = ""
    note: str = ""


FACTS = tuple(field.name for field in fields(SourceFacts))


def add_legal_source(
    facts: SourceFacts, *, by: User, reason: str = "", key: str = ""
) -> LegalSource:
    """Its short title becomes its key, by which clauses cite it; `key` is given for one that clauses from elsewhere
    cite by it. Raises LawRefused."""
    with act(by=by, reason=reason) as done:
        lock_registry()
        if not key:
            taken = set(LegalSource.objects.values_list("key", flat=True))
            key = free_source_key(facts.short_title, taken)
        source = LegalSource(key=key, **asdict(facts))
        _refuse_contradictions(source)
        source.save()
        done.record(LAW_CHANGED, about_legal_source(source), note="เพิ่มกฎหมาย")
        return source


def change_legal_source(
    source: LegalSource,
    facts: SourceFacts,
    *,
    by: User,
    version: str = "",
    reason: str = "",
) -> LegalSource:
    """The key stays: clauses cite it. The log says what stood there before. `version` is of FACTS as the person read
    them. Raises LawRefused, EditOvertaken."""
    with act(by=by, reason=reason) as done:
        lock_registry()
        source = LegalSource.objects.select_for_update().get(pk=source.pk)
        changes: list[FieldDifference] = []
        for name, after in asdict(facts).items():
            before = getattr(source, name)
            if after != before:
                changes.append(FieldDifference(name, before, after))
        if not changes:
            return source
        refuse_overtaken(source, FACTS, version, about_legal_source(source))
        for change in changes:
            setattr(source, change.name, change.listed)
        _refuse_contradictions(source)
        source.save(update_fields=[change.name for change in changes])
        done.record(
            LAW_CHANGED,
            about_legal_source(source),
            note="แก้" + tell_source_differences(changes),
        )
        return source


class SourceStillReferredTo(LawRefused):
    """Something refers to the source; `references` says what."""

    def __init__(self, references: list[str]) -> None:
        self.references = references
        super().__init__(
            f"นำกฎหมายฉบับนี้ออกไม่ได้ เพราะมีสิ่งที่อ้างถึงแล้ว ได้แก่ {', '.join(references)} "
            "หากกฎหมายฉบับนี้ยกเลิกแล้ว โปรดเปลี่ยนสถานะเป็น “ยกเลิกแล้ว” แทน"
        )


def remove_legal_source(source: LegalSource, *, by: User) -> None:
    """One that was a mistake. Raises SourceStillReferredTo."""
    with act(by=by) as done:
        lock_registry()
        source = LegalSource.objects.select_for_update().get(pk=source.pk)
        references = find_references_to_source(source)
        if references:
            raise SourceStillReferredTo(references)
        done.record(LAW_CHANGED, about_legal_source(source), note="นำกฎหมายออก")
        source.delete()


def _refuse_contradictions(source: LegalSource) -> None:
    others = LegalSource.objects.exclude(pk=source.pk)
    if others.filter(full_title=source.full_title).exists():
        raise LawRefused(
            "ทะเบียนมีกฎหมายที่ใช้ชื่อเต็มนี้แล้ว โปรดแก้ไขฉบับนั้น หรือใช้ชื่ออื่น", field="full_title"
        )
    if others.filter(short_title=source.short_title).exists():
        raise LawRefused(
            "ทะเบียนมีกฎหมายที่ใช้ชื่อย่อนี้แล้ว โปรดแก้ไขฉบับนั้น หรือใช้ชื่ออื่น", field="short_title"
        )
    if source.in_force_from and source.until and source.until < source.in_force_from:
        raise LawRefused(
            f"วันที่ใช้บังคับคือ {be_date(source.in_force_from)} วันที่สิ้นผลต้องไม่ก่อนวันนั้น",
            field="until",
        )
    if source.pk is None:
        return
    later_in_chain = source.successions.select_related("to_source")
    later = later_in_chain.filter(to_source__year_be__lt=source.year_be).first()
    if later is not None:
        year = later.to_source.year_be
        raise LawRefused(
            f"ฉบับที่แก้ไขหรือใช้แทนออกในปี {year} ปีของฉบับนี้ต้องไม่หลังปีนั้น", field="year_be"
        )
    earlier_in_chain = source.precedents.select_related("from_source")
    earlier = earlier_in_chain.filter(from_source__year_be__gt=source.year_be).first()
    if earlier is not None:
        year = earlier.from_source.year_be
        raise LawRefused(
            f"ฉบับนี้แก้ไขหรือใช้แทนฉบับปี {year} ปีของฉบับนี้ต้องไม่ก่อนปีนั้น", field="year_be"
        )


def add_legal_succession(
    earlier: LegalSource,
    later: LegalSource,
    kind: LegalSuccession.Kind,
    *,
    by: User,
    reason: str = "",
) -> LegalSuccession:
    """Raises LawRefused."""
    with act(by=by, reason=reason) as done:
        lock_registry()
        if earlier == later:
            raise LawRefused("กฎหมายแก้ไขหรือใช้แทนตนเองไม่ได้ โปรดเลือกฉบับอื่น", field="later")
        if later.year_be < earlier.year_be:
            raise LawRefused(
                f"{joined(later.short_title, 'ออกในปี')} {later.year_be} ก่อนฉบับนี้ (ปี {earlier.year_be}) "
                "จึงแก้ไขหรือใช้แทนฉบับนี้ไม่ได้",
                field="later",
            )
        if LegalSuccession.objects.filter(
            from_source=earlier, to_source=later
        ).exists():
            raise LawRefused(
                f"{joined('บันทึก', later.short_title, 'ไว้แล้ว')} หากจะเปลี่ยนความสัมพันธ์ โปรดนำรายการเดิมออกก่อน",
                field="later",
            )
        if LegalSuccession.objects.filter(
            from_source=later, to_source=earlier
        ).exists():
            raise LawRefused(
                f"{joined(later.short_title, 'เป็นฉบับก่อนของฉบับนี้อยู่แล้ว')} จึงเป็นฉบับหลังด้วยไม่ได้",
                field="later",
            )
        succession = LegalSuccession.objects.create(
            from_source=earlier, to_source=later, kind=kind
        )
        done.record(
            LAW_CHANGED,
            about_legal_source(earlier),
            note=_succession_words("เพิ่ม", succession),
        )
        return succession


def remove_legal_succession(succession: LegalSuccession, *, by: User) -> None:
    with act(by=by) as done:
        lock_registry()
        note = _succession_words("นำออก", succession)
        done.record(LAW_CHANGED, about_legal_source(succession.from_source), note=note)
        succession.delete()


def _succession_words(act_words: str, succession: LegalSuccession) -> str:
    return (
        f"{act_words} “{succession.said_of_earlier} {succession.to_source.short_title}”"
    )


def lock_registry() -> None:
    """Against two acts at once on the registry, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LAW_LOCK])
