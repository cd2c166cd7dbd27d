"""What an edition's file would do to this portal, and what stands in its way."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.sentences import joined

from ..models import Clause, Edition, LegalSource, Manual, Section
from .edition_file import EditionFile, FileGroup, FileManual, FileSource
from .reading import CLAUSE, SECTION

MOST_NAMED = 3


@dataclass(slots=True)
class ArchivalPlan:
    """What is new, what is there already, and sentences: a refusal keeps the edition out, a warning does not."""

    file: EditionFile
    code: str
    new_groups: list[FileGroup] = field(default_factory=list)
    new_manuals: list[FileManual] = field(default_factory=list)
    new_sections: set[UUID] = field(default_factory=set)
    new_clauses: set[UUID] = field(default_factory=set)
    new_sources: list[FileSource] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """{what: how many there are in the file}."""
        return {
            "manuals": len(self.file.manuals),
            "sections": sum(1 for _ in self.file.of_kind(SECTION)),
            "clauses": sum(1 for _ in self.file.of_kind(CLAUSE)),
            "legal_sources": len(self.file.sources),
            "files": len(self.file.files),
        }

    @property
    def new_counts(self) -> dict[str, int]:
        """{what: how many of them this portal does not have}."""
        return {
            "groups": len(self.new_groups),
            "manuals": len(self.new_manuals),
            "sections": len(self.new_sections),
            "clauses": len(self.new_clauses),
            "legal_sources": len(self.new_sources),
        }


def plan_archival(file: EditionFile, *, code: str = "") -> ArchivalPlan:
    """`code`: of the edition in this portal; the file's own where it is empty."""
    plan = ArchivalPlan(file, code or file.code)
    _plan_code(plan)
    _plan_manuals(plan)
    _plan_nodes(plan)
    _plan_sources(plan)
    _plan_files(plan)
    return plan


def _plan_code(plan: ArchivalPlan) -> None:
    file = plan.file
    same_words = Edition.objects.sealed().filter(manifest_sha=file.manifest_sha)
    taken = Edition.objects.filter(code__iexact=plan.code).first()
    if taken is not None and taken.manifest_sha == file.manifest_sha:
        plan.refusals.append(f"มีฉบับ {taken.code} ที่ข้อความเหมือนกันทุกตัวอักษรอยู่แล้ว ไม่ต้องนำเข้าอีก")
    elif taken is not None:
        plan.refusals.append(f"รหัส {taken.code} เป็นของฉบับอื่นในระบบนี้แล้ว โปรดกำหนดรหัสอื่นให้ฉบับที่นำเข้า")
    elif twin := same_words.first():
        plan.warnings.append(f"ข้อความเหมือนกับฉบับ {twin.code} ในระบบนี้ทุกตัวอักษร รหัสตรวจสอบในเล่มพิมพ์จะตรงกัน")
    if file.basis and not Edition.objects.sealed().filter(code=file.basis).exists():
        plan.warnings.append(f"ฉบับที่ใช้เทียบ ({file.basis}) ไม่มีในระบบนี้ ฉบับที่นำเข้าจะไม่เทียบกับฉบับใด")


def _plan_manuals(plan: ArchivalPlan) -> None:
    """A manual is known by its uuid. One of another portal that has the same key is another work."""
    file = plan.file
    uuids = [manual.uuid for manual in file.manuals]
    keys = [manual.key for manual in file.manuals]
    by_uuid = {manual.uuid: manual for manual in Manual.objects.filter(uuid__in=uuids)}
    by_key = {manual.key: manual for manual in Manual.objects.filter(key__in=keys)}
    group_keys = [group.key for group in file.groups]
    groups = {group.key: group for group in WorkGroup.objects.select_related("manual").filter(key__in=group_keys)}
    for manual in file.manuals:
        known = by_uuid.get(manual.uuid)
        if known is not None and known.key != manual.key:
            plan.refusals.append(f"คู่มือ {manual.key} ในไฟล์ คือคู่มือ {known.key} ในระบบนี้ จึงนำเข้าไม่ได้")
        elif known is None and manual.key in by_key:
            plan.refusals.append(
                f"ระบบนี้มีคู่มือ {manual.key} ที่จัดทำขึ้นเองแล้ว และเป็นคนละเล่มกับในไฟล์ (ไม่มีประวัติร่วมกัน) "
                "โปรดนำเข้าในระบบที่ยังไม่มีคู่มือ หรือระบบที่จัดทำฉบับนี้"
            )
        elif known is None:
            group = groups.get(manual.group or "")
            if group is not None and hasattr(group, "manual"):
                has_one = joined(group.name, f"มีคู่มือ {group.manual.key} แล้ว")
                plan.refusals.append(f"{has_one} จึงเพิ่มคู่มือ {manual.key} อีกเล่มไม่ได้")
            plan.new_manuals.append(manual)
    for described in file.groups:
        if described.key not in groups:
            plan.new_groups.append(described)
            if namesake := _find_namesake(described):
                plan.refusals.append(
                    f"กลุ่มงานรหัส {namesake.key} ในระบบนี้ใช้ชื่อเดียวกับกลุ่มงานรหัส {described.key} ในไฟล์ "
                    "โปรดแก้ไขชื่อหรือสิ้นสุดกลุ่มนั้นก่อน"
                )
        elif groups[described.key].name != described.name:
            plan.warnings.append(
                f"กลุ่มงาน {described.key} ในไฟล์ชื่อ “{described.name}” ระบบจะใช้ชื่อ “{groups[described.key].name}” ที่มีอยู่"
            )
    if plan.new_groups:
        plan.warnings.append(f"จะเพิ่มกลุ่มงานที่ยังไม่มีในระบบ: {_name([group.name for group in plan.new_groups])}")


def _find_namesake(described: FileGroup) -> WorkGroup | None:
    """Two groups of one time need two names (add_work_group); a former group may have had it."""
    if described.valid_until is not None:
        return None
    named = Q(name=described.name) | Q(short_name=described.short_name)
    return WorkGroup.objects.filter(named, valid_until__isnull=True).first()


def _plan_nodes(plan: ArchivalPlan) -> None:
    """Sections and clauses keep their uuids: what the portal has already is the same node at another time."""
    sections = {entry.uuid for entry in plan.file.of_kind(SECTION)}
    clauses = {entry.uuid for entry in plan.file.of_kind(CLAUSE)}
    manuals = {manual.uuid for manual in plan.file.manuals}
    others = [
        *Section.objects.filter(uuid__in=clauses | manuals).values_list("uuid", flat=True),
        *Clause.objects.filter(uuid__in=sections | manuals).values_list("uuid", flat=True),
        *Manual.objects.filter(uuid__in=clauses | sections).values_list("uuid", flat=True),
    ]
    if others:
        plan.refusals.append(
            f"รหัสถาวรของ {len(others):,} รายการในไฟล์ เป็นของรายการต่างชนิดในระบบนี้ ไฟล์อาจถูกแก้ไข โปรดขอไฟล์จากต้นทางใหม่"
        )
    plan.new_sections = sections - set(Section.objects.filter(uuid__in=sections).values_list("uuid", flat=True))
    plan.new_clauses = clauses - set(Clause.objects.filter(uuid__in=clauses).values_list("uuid", flat=True))
    known = len(clauses) - len(plan.new_clauses)
    if known:
        plan.warnings.append(f"{known:,} ข้อมีในระบบแล้ว ระบบจะใช้ข้อเดิมและไม่แก้ไขร่างปัจจุบัน")


def _plan_sources(plan: ArchivalPlan) -> None:
    keys = [source.key for source in plan.file.sources]
    known = set(LegalSource.objects.filter(key__in=keys).values_list("key", flat=True))
    titles = [source.full_title for source in plan.file.sources]
    short_titles = [source.short_title for source in plan.file.sources]
    same_title = Q(full_title__in=titles) | Q(short_title__in=short_titles)
    named = LegalSource.objects.filter(same_title).values_list("full_title", "short_title")
    taken = {title for pair in named for title in pair}
    namesakes = []
    for source in plan.file.sources:
        if source.key in known:
            continue
        if {source.full_title, source.short_title} & taken:
            namesakes.append(source.short_title)
        else:
            plan.new_sources.append(source)
    if namesakes:
        plan.warnings.append(
            f"ทะเบียนมีกฎหมายชื่อเดียวกันภายใต้รหัสอื่น: {_name(namesakes)} ข้อที่อ้างในฉบับนี้จะไม่เชื่อมกับทะเบียน ถ้อยคำคงเดิม"
        )
    if plan.new_sources:
        added = _name([source.short_title for source in plan.new_sources])
        plan.warnings.append(f"จะเพิ่มในทะเบียนกฎหมาย: {added} โปรดตรวจสถานะการใช้บังคับหลังนำเข้า เพราะไฟล์ไม่มีข้อมูลนี้")


def _plan_files(plan: ArchivalPlan) -> None:
    inside = {file.sha for file in plan.file.files}
    named = {getattr(entry.content, "file", "") for entry in plan.file.of_kind(CLAUSE)} - {""}
    missing = named - inside
    if missing:
        plan.warnings.append(f"ไฟล์ภาพหรือแบบฟอร์ม {len(missing):,} ไฟล์ไม่มีมาด้วย ข้อความครบ แต่จะเปิดไฟล์ดังกล่าวไม่ได้")


def _name(names: list[str]) -> str:
    """The first few, and how many more."""
    named = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{named} และอีก {more:,} รายการ" if more > 0 else named
