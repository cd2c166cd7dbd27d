"""What an edition's file would do to this portal, and what stands in its way."""

from collections.abc import Mapping
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
            "sections": len(self.file.uuids_of(SECTION)),
            "clauses": len(self.file.uuids_of(CLAUSE)),
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


@dataclass(frozen=True, slots=True)
class CodePlan:
    """What is told of the code that an edition is to have in this portal; `twin` is the code of one that says the same
    here already."""

    warnings: list[str]
    refusals: list[str]
    twin: str = ""


def plan_archival(
    file: EditionFile, *, code: str = "", without_code: bool = False
) -> ArchivalPlan:
    """Reads only. `code`: of the edition in this portal; the file's own where it is empty. Nothing is told of it
    `without_code`."""
    plan = ArchivalPlan(file, code or file.code)
    group_keys = [group.key for group in file.groups]
    groups = WorkGroup.objects.select_related("manual").in_bulk(
        group_keys, field_name="key"
    )
    if not without_code:
        of_code = plan_code(plan.code, file.manifest_sha, file.basis, origin=file.code)
        plan.warnings += of_code.warnings
        plan.refusals += of_code.refusals
    _plan_manuals(plan, groups)
    _plan_groups(plan, groups)
    _plan_nodes(plan)
    _plan_sources(plan)
    _plan_files(plan)
    return plan


def plan_code(code: str, manifest_sha: str, basis: str, *, origin: str) -> CodePlan:
    """Of an edition with this manifest hash, called `origin` where it was made, compared with the edition `basis`. The
    same one is here already where an edition of the same hash was made under the same code, whatever it is called here;
    of another code it is another edition, which says the same. Three queries at most."""
    warnings: list[str] = []
    refusals: list[str] = []
    sealed = Edition.objects.sealed()
    taken = Edition.objects.filter(code__iexact=code).first()
    twins = list(
        sealed.filter(manifest_sha=manifest_sha)
        .select_related("archival_record")
        .order_by("sealed_at", "pk")
    )
    same = [twin for twin in twins if origin in (twin.code, _code_of_origin(twin))]
    twin = None
    if same or (taken is not None and taken in twins):
        twin = same[0] if same else taken
        assert twin is not None
        refusals.append(f"มีฉบับ {twin.code} ที่ข้อความเหมือนกันทุกตัวอักษรอยู่แล้ว ไม่ต้องนำเข้าอีก")
    elif taken is not None:
        refusals.append(
            f"รหัส {taken.code} เป็นของฉบับอื่นในระบบนี้แล้ว โปรดกำหนดรหัสอื่นให้ฉบับที่นำเข้า"
        )
    elif twins:
        twin = twins[0]
        warnings.append(
            f"ข้อความเหมือนกับฉบับ {twin.code} ในระบบนี้ทุกตัวอักษร รหัสตรวจสอบในเล่มพิมพ์จะตรงกัน"
        )
    if basis and not sealed.filter(code=basis).exists():
        warnings.append(f"ฉบับที่ใช้เทียบ ({basis}) ไม่มีในระบบนี้ ฉบับที่นำเข้าจะไม่เทียบกับฉบับใด")
    return CodePlan(warnings, refusals, twin.code if twin is not None else "")


def _code_of_origin(edition: Edition) -> str:
    """What it is called where it was made. It comes with its archival record."""
    record = getattr(edition, "archival_record", None)
    return record.code if record is not None else edition.code


def _plan_manuals(plan: ArchivalPlan, groups: Mapping[str, WorkGroup]) -> None:
    """A manual is known by its uuid. One of another portal that has the same key is another work."""
    manuals = plan.file.manuals
    by_uuid = Manual.objects.in_bulk(
        [manual.uuid for manual in manuals], field_name="uuid"
    )
    by_key = Manual.objects.in_bulk(
        [manual.key for manual in manuals], field_name="key"
    )
    other_keys, other_works, taken_groups = [], [], []
    for manual in manuals:
        known = by_uuid.get(manual.uuid)
        if known is not None:
            if known.key != manual.key:
                other_keys.append(f"{manual.key} ในไฟล์ คือ {known.key} ในระบบนี้")
            continue
        if manual.key in by_key:
            other_works.append(manual.key)
            continue
        group = groups.get(manual.group or "")
        if group is not None and hasattr(group, "manual"):
            has_one = joined(group.name, f"มีคู่มือ {group.manual.key} แล้ว")
            taken_groups.append(f"{has_one} จึงเพิ่ม {manual.key} ไม่ได้")
        plan.new_manuals.append(manual)
    if other_keys:
        told = ", ".join(other_keys)
        plan.refusals.append(f"คู่มือที่รหัสไม่ตรงกัน: {told} จึงนำเข้าไม่ได้")
    if other_works:
        plan.refusals.append(
            f"ระบบนี้มีคู่มือ {', '.join(other_works)} ที่จัดทำขึ้นเองแล้ว และเป็นคนละเล่มกับในไฟล์ (ไม่มีประวัติร่วมกัน) "
            "โปรดนำเข้าในระบบที่ยังไม่มีคู่มือ หรือระบบที่จัดทำฉบับนี้"
        )
    if taken_groups:
        told = ", ".join(taken_groups)
        plan.refusals.append(f"กลุ่มงานหนึ่งมีคู่มือได้เล่มเดียว: {told}")


def _plan_groups(plan: ArchivalPlan, groups: Mapping[str, WorkGroup]) -> None:
    namesakes, renamed = [], []
    for described in plan.file.groups:
        known = groups.get(described.key)
        if known is None:
            plan.new_groups.append(described)
            namesake = None
            if described.valid_until is None:
                # Two groups of one time need two names (add_work_group); a former group may have had it
                named = Q(name=described.name) | Q(short_name=described.short_name)
                groups_of_today = WorkGroup.objects.filter(valid_until__isnull=True)
                namesake = groups_of_today.filter(named).first()
            if namesake is not None:
                namesakes.append(f"{namesake.key} กับ {described.key} ในไฟล์")
        elif known.name != described.name:
            renamed.append(
                f"{described.key} ในไฟล์ชื่อ “{described.name}” ในระบบชื่อ “{known.name}”"
            )
    if namesakes:
        plan.refusals.append(
            f"กลุ่มงานในระบบนี้ใช้ชื่อเดียวกับกลุ่มงานรหัสอื่นในไฟล์: {', '.join(namesakes)} โปรดแก้ไขชื่อหรือสิ้นสุดกลุ่มเหล่านั้นก่อน"
        )
    if renamed:
        told = ", ".join(renamed)
        plan.warnings.append(f"ชื่อกลุ่มงานไม่ตรงกัน ระบบจะใช้ชื่อที่มีอยู่: {told}")
    if plan.new_groups:
        names = [group.name for group in plan.new_groups]
        plan.warnings.append(f"จะเพิ่มกลุ่มงานที่ยังไม่มีในระบบ: {_name(names)}")


def _plan_nodes(plan: ArchivalPlan) -> None:
    """Sections and clauses keep their uuids: what the portal has already is the same node at another time."""
    manuals = {manual.uuid for manual in plan.file.manuals}
    sections = plan.file.uuids_of(SECTION)
    clauses = plan.file.uuids_of(CLAUSE)
    of_another_kind = (
        Manual.objects.filter(uuid__in=sections | clauses).count()
        + Section.objects.filter(uuid__in=manuals | clauses).count()
        + Clause.objects.filter(uuid__in=manuals | sections).count()
    )
    if of_another_kind:
        plan.refusals.append(
            f"รหัสถาวรของ {of_another_kind:,} รายการในไฟล์ เป็นของรายการต่างชนิดในระบบนี้ ไฟล์อาจถูกแก้ไข โปรดขอไฟล์จากต้นทางใหม่"
        )
    known_sections = Section.objects.filter(uuid__in=sections).values_list(
        "uuid", flat=True
    )
    known_clauses = Clause.objects.filter(uuid__in=clauses).values_list(
        "uuid", flat=True
    )
    plan.new_sections = sections.difference(known_sections)
    plan.new_clauses = clauses.difference(known_clauses)
    known = len(clauses) - len(plan.new_clauses)
    if known:
        plan.warnings.append(f"{known:,} ข้อมีในระบบแล้ว ระบบจะใช้ข้อเดิมและไม่แก้ไขร่างปัจจุบัน")


def _plan_sources(plan: ArchivalPlan) -> None:
    """A law is known by its key. One of another key that has a title of the registry's is not added."""
    sources = plan.file.sources
    known = LegalSource.objects.in_bulk(
        [source.key for source in sources], field_name="key"
    )
    titles = {source.full_title for source in sources}
    short_titles = {source.short_title for source in sources}
    same_title = Q(full_title__in=titles) | Q(short_title__in=short_titles)
    taken: set[str] = set()
    for registered in LegalSource.objects.filter(same_title):
        taken |= {registered.full_title, registered.short_title}
    namesakes = []
    for source in sources:
        if source.key in known:
            continue
        if source.full_title in taken or source.short_title in taken:
            namesakes.append(source.short_title)
        else:
            plan.new_sources.append(source)
    if namesakes:
        plan.warnings.append(
            f"ทะเบียนมีกฎหมายชื่อเดียวกันภายใต้รหัสอื่น: {_name(namesakes)} ข้อที่อ้างในฉบับนี้จะไม่เชื่อมกับทะเบียน ถ้อยคำคงเดิม"
        )
    if plan.new_sources:
        added = _name([source.short_title for source in plan.new_sources])
        plan.warnings.append(
            f"จะเพิ่มในทะเบียนกฎหมาย: {added} โปรดตรวจสถานะการใช้บังคับหลังนำเข้า เพราะไฟล์ไม่มีข้อมูลนี้"
        )


def _plan_files(plan: ArchivalPlan) -> None:
    named = set()
    for clause in plan.file.of_kind(CLAUSE):
        sha = getattr(clause.content, "file", "")
        if sha:
            named.add(sha)
    inside = {file.sha for file in plan.file.files}
    missing = named - inside
    if missing:
        plan.warnings.append(
            f"ไฟล์ภาพหรือแบบฟอร์ม {len(missing):,} ไฟล์ไม่มีมาด้วย ข้อความครบ แต่จะเปิดไฟล์ดังกล่าวไม่ได้"
        )


def _name(names: list[str]) -> str:
    """The first few, and how many more."""
    named = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{named} และอีก {more:,} รายการ" if more > 0 else named
