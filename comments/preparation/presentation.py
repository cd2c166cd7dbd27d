"""The checklist of a hearing in words: each line with its state, what is still missing, and where it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.urls import reverse

from hearing_portal.directory.models import RoleAssignment
from hearing_portal.thai.dates import be_datetime
from manuals.models import EditionRelease

from ..hearings.presentation import explain_missing_edition
from .queries import GroupPreparation, Preparation

Role = RoleAssignment.Role
# What an announcement may leave out; told, so that it is left out knowingly
ANNOUNCED_FACTS = {
    "venue": "สถานที่",
    "chairperson": "ประธาน",
    "organiser": "หน่วยงานผู้จัด",
    "speakers": "วิทยากร",
    "programme": "กำหนดการ",
}
NEEDED_ROLES = {
    Role.DELEGATE: "ผู้แทน",
    Role.FACILITATOR: "ผู้ดำเนินเวที",
    Role.DRAFTER: "คณะทำงานยกร่าง",
}
NAMED_GROUPS = 4  # so many are named in a sentence; of more the number is told


class LineState(StrEnum):
    """How far a line of the checklist is."""

    DONE = "done"
    ENOUGH = "enough"  # the hearing can go on with what there is; the line says what is left, and why it may be
    MISSING = "missing"  # to be done, and it can be
    WAITING = "waiting"  # something above it comes first


STATE_WORDS = {
    LineState.DONE: "เสร็จแล้ว",
    LineState.ENOUGH: "ยังไม่ครบ แต่ดำเนินการต่อได้",
    LineState.MISSING: "ยังไม่เสร็จ",
    LineState.WAITING: "ทำได้เมื่อขั้นก่อนหน้าเสร็จ",
}
STATE_ICONS = {
    LineState.DONE: "check-circle-fill",
    LineState.ENOUGH: "check2-circle",
    LineState.MISSING: "circle-half",
    LineState.WAITING: "circle",
}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a line's work is done."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """`facts` says what there is, `missing` what is to be done and `left` what may be done later, sentence by
    sentence."""

    name: str
    state: LineState
    facts: str
    missing: Sequence[str]
    ways: Sequence[Way]
    left: Sequence[str] = ()
    is_next: bool = False  # the first one that can be worked on

    @property
    def is_done(self) -> bool:
        """Nothing of it holds the hearing up."""
        return self.state in (LineState.DONE, LineState.ENOUGH)

    @property
    def state_words(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def icon(self) -> str:
        return STATE_ICONS[self.state]


@dataclass(frozen=True, slots=True)
class Checklist:
    lines: list[ChecklistLine]
    needs_shipped_lists: bool  # whether groups, offices or laws are missing altogether
    is_finished: bool = False  # the hearing is over: what is told is what it had

    @property
    def done(self) -> int:
        return sum(line.state == LineState.DONE for line in self.lines)

    @property
    def enough(self) -> int:
        return sum(line.state == LineState.ENOUGH for line in self.lines)

    @property
    def is_complete(self) -> bool:
        return all(line.is_done for line in self.lines)


def show_checklist(preparation: Preparation) -> Checklist:
    """In the order in which the lines are worked on; the first that can be is marked."""
    lines = [
        _directory_line(preparation),
        _law_line(preparation),
        _contact_line(preparation),
        _manuals_line(preparation),
        _edition_line(preparation),
        _hearing_line(preparation),
        _sessions_line(preparation),
        _people_line(preparation),
        _release_line(preparation),
        _opening_line(preparation),
    ]
    for position, line in enumerate(lines):
        if line.state == LineState.MISSING and not preparation.is_finished:
            lines[position] = replace(line, is_next=True)
            break
    needs_shipped_lists = (
        not preparation.groups
        or not preparation.offices
        or not preparation.legal_sources
    )
    return Checklist(lines, needs_shipped_lists, preparation.is_finished)


def _line(
    name: str,
    facts: str,
    missing: Sequence[str],
    *ways: Way,
    left: Sequence[str] = (),
    waits: bool = False,
) -> ChecklistLine:
    """Done when nothing is missing and nothing is `left`; `waits` while something above it comes first."""
    state = LineState.DONE
    if left:
        state = LineState.ENOUGH
    if waits:
        state = LineState.WAITING
    elif missing:
        state = LineState.MISSING
    return ChecklistLine(name, state, facts, missing, ways, left)


def _way(name: str, label: str, *args: object) -> Way:
    return Way(reverse(name, args=args), label)


def _name_groups(groups: Iterable[GroupPreparation]) -> str:
    """กลุ่มอำนวยการ กลุ่มนโยบายและแผน, or 10 กลุ่มงาน."""
    names = [prepared.group.name for prepared in groups]
    if len(names) > NAMED_GROUPS:
        return f"{len(names)} กลุ่มงาน"
    return " ".join(names)


# -- the lists everything refers to


def _directory_line(preparation: Preparation) -> ChecklistLine:
    primary = preparation.offices.get("primary", 0)
    secondary = preparation.offices.get("secondary", 0)
    missing = []
    if not preparation.groups:
        missing.append("ยังไม่มีกลุ่มงาน")
    if not primary and not secondary:
        missing.append("ยังไม่มี สพท. ในระบบ จึงยังเพิ่มผู้แทนไม่ได้")
    return _line(
        "กลุ่มงานและ สพท.",
        f"{len(preparation.groups)} กลุ่มงาน · สพป. {primary} เขต · สพม. {secondary} เขต",
        missing,
        _way("work-groups", "กลุ่มงาน"),
        _way("offices", "สพท."),
    )


def _law_line(preparation: Preparation) -> ChecklistLine:
    missing = []
    if not preparation.legal_sources:
        missing.append("ยังไม่มีทะเบียนกฎหมาย จึงยังตรวจไม่ได้ว่าคู่มืออ้างกฎหมายที่ยกเลิกแล้วหรือไม่")
    facts = f"{preparation.legal_sources} ฉบับ"
    return _line("ทะเบียนกฎหมาย", facts, missing, _way("legal-sources", "ทะเบียนกฎหมาย"))


def _contact_line(preparation: Preparation) -> ChecklistLine:
    missing = [f"ยังไม่ได้กรอก{field}" for field in preparation.missing_contact]
    facts = "มีประกาศความเป็นส่วนตัวของหน่วยงานแล้ว"
    if not preparation.has_own_privacy_notice:
        facts = "ประกาศความเป็นส่วนตัวแสดงข้อความที่มากับระบบ"
        missing.append(
            "โปรดอ่านประกาศความเป็นส่วนตัว แล้วแก้ไขให้ตรงกับหน่วยงานของท่าน หรือยืนยันว่าใช้ข้อความที่มากับระบบ"
        )
    return _line(
        "ข้อมูลติดต่อและประกาศความเป็นส่วนตัว",
        facts,
        missing,
        _way("contact-edit", "ข้อมูลติดต่อ"),
        _way("privacy-edit", "ประกาศความเป็นส่วนตัว"),
    )


# -- what is heard


def _manuals_line(preparation: Preparation) -> ChecklistLine:
    without_manual = []
    without_processes = []
    with_titles = []
    processes = ready = titles = 0
    for prepared in preparation.groups:
        if not prepared.has_manual:
            without_manual.append(prepared)
            continue
        processes += prepared.processes
        ready += prepared.ready
        titles += prepared.titles
        if not prepared.processes:
            without_processes.append(prepared)
        if prepared.titles:
            with_titles.append(prepared)
    with_manual = len(preparation.groups) - len(without_manual)
    facts = f"มีคู่มือ {with_manual} จาก {len(preparation.groups)} กลุ่มงาน · {processes} กระบวนงาน"
    missing = []
    if processes:
        facts += f" · พร้อมประชาพิจารณ์ {ready} จาก {processes} กระบวนงาน"
    else:
        missing.append("ต้องมีคู่มือที่มีกระบวนงานอย่างน้อยหนึ่งกลุ่มงาน")
    left = []
    if without_manual:
        left.append(f"ยังไม่มีคู่มือ: {_name_groups(without_manual)}")
    if without_processes:
        left.append(f"คู่มือยังไม่มีกระบวนงาน: {_name_groups(without_processes)}")
    if left:
        left.append("ประชาพิจารณ์เฉพาะกลุ่มงานที่มีคู่มือแล้วได้ กลุ่มงานที่เหลือจัดทำภายหลังได้")
    if titles:
        left.append(
            f"{titles} กระบวนงานมีแต่ชื่อ เปิดรับความคิดเห็นได้ แต่เผยแพร่ฉบับสมบูรณ์ไม่ได้"
            "จนกว่าจะเขียนเนื้อหา หรือยกเลิกกระบวนงานที่ไม่นำไว้ในเล่ม"
        )
    ways = [_way("manuals", "คู่มือ")]
    for prepared in with_titles:
        label = f"{prepared.group.short_name}: มีแต่ชื่อ {prepared.titles}"
        ways.append(_way("manual-titles", label, prepared.manual_key))
    return _line(
        "คู่มือของกลุ่มงาน", facts, missing, *ways, left=left, waits=not preparation.groups
    )


def _edition_line(preparation: Preparation) -> ChecklistLine:
    edition = preparation.edition
    missing = []
    left = []
    facts = "ยังไม่มี"
    if edition is None and preparation.used_in is not None:
        missing.append(explain_missing_edition(preparation.used_in))
    elif edition is None:
        missing.append("จัดทำฉบับจากร่างเมื่อคู่มือพร้อม เลือกประเภทฉบับ “ร่างรับฟังความคิดเห็น”")
    else:
        sealed = be_datetime(edition.seal.at)
        groups = len(preparation.taking_part)
        facts = f"{edition.title} ({edition.code}) จัดทำเมื่อ {sealed} · {groups} กลุ่มงาน"
        not_heard = []
        for prepared in preparation.groups:
            if prepared.processes and not prepared.is_in_edition:
                not_heard.append(prepared)
        if not_heard:
            left.append(f"กลุ่มงานที่จัดทำคู่มือหลังฉบับนี้: {_name_groups(not_heard)}")
            left.append("หากต้องการรับฟังความคิดเห็นต่อคู่มือเหล่านี้ด้วย โปรดจัดทำฉบับใหม่ แล้วจึงตั้งเวที")
        if not preparation.taking_part:
            missing.append("ฉบับนี้ไม่มีคู่มือของกลุ่มงานใดเลย โปรดจัดทำฉบับใหม่เมื่อคู่มือพร้อม")
    has_processes = any(prepared.processes for prepared in preparation.groups)
    return _line(
        "ร่างรับฟังความคิดเห็น",
        facts,
        missing,
        _way("editions", "จัดทำฉบับ"),
        left=left,
        waits=edition is None and not has_processes,
    )


# -- where and by whom it is heard


def _hearing_line(preparation: Preparation) -> ChecklistLine:
    hearing = preparation.hearing
    missing = []
    left = []
    facts = "ยังไม่มี"
    if hearing is None:
        missing.append("ตั้งประชาพิจารณ์: ชื่อ วัน สถานที่ ประธาน ผู้จัด และกำหนดการ")
    else:
        facts = f"{hearing.title} · {hearing.days}"
        unsaid = []
        for field, words in ANNOUNCED_FACTS.items():
            if not getattr(hearing, field):
                unsaid.append(words)
        if unsaid:
            names = " ".join(unsaid)
            left.append(f"ยังไม่ได้กรอก: {names}")
            left.append("รายการใดไม่มี ไม่ต้องกรอก กรอกเพิ่มได้จนถึงวันประชาพิจารณ์")
    return _line(
        "ประชาพิจารณ์", facts, missing, _hearing_way(preparation, "ประชาพิจารณ์"), left=left
    )


def _hearing_way(preparation: Preparation, label: str) -> Way:
    """The desk of the hearing that is prepared."""
    if preparation.hearing is None:
        return _way("hearing-desk", label)
    return _way("hearing-edit", label, preparation.hearing.key)


def _sessions_line(preparation: Preparation) -> ChecklistLine:
    taking_part = preparation.taking_part
    without_session = [prepared for prepared in taking_part if not prepared.sessions]
    missing = []
    if without_session:
        missing.append(f"ยังไม่มีเวที: {_name_groups(without_session)}")
    with_session = len(taking_part) - len(without_session)
    way = _way("group-sessions", "ตั้งเวทีของทุกกลุ่มงาน")
    if preparation.hearing is not None:
        way = Way(f"{way.url}?hearing={preparation.hearing.key}", way.label)
    return _line(
        "เวทีของทุกกลุ่มงาน",
        f"มีเวทีแล้ว {with_session} จาก {len(taking_part)} กลุ่มงานที่มีคู่มือในฉบับ",
        missing,
        way,
        waits=preparation.hearing is None or not taking_part,
    )


def _people_line(preparation: Preparation) -> ChecklistLine:
    # Before an edition stands, people are found for every group that has a manual
    groups = preparation.taking_part
    if not groups:
        groups = [prepared for prepared in preparation.groups if prepared.has_manual]
    missing = []
    if not groups:
        missing.append("ตรวจได้ว่าครบหรือไม่เมื่อกลุ่มงานมีคู่มือแล้ว นำเข้ารายชื่อไว้ก่อนได้")
    for role, what in NEEDED_ROLES.items():
        without = [prepared for prepared in groups if not prepared.people[role]]
        if without:
            missing.append(f"ยังไม่มี{what}: {_name_groups(without)}")
    ways = [_way("people-import", "นำเข้ารายชื่อ"), _way("people", "บุคคล")]
    if preparation.without_password:
        missing.append(
            f"{preparation.without_password:,} คนยังไม่มีรหัสผ่าน จึงยังเข้าสู่ระบบไม่ได้ ออกรหัสผ่านแรกเข้าได้ที่หน้าบุคคล"
        )
        ways.append(Way(f"{reverse('people')}?account=waiting", "ผู้ที่ยังไม่มีรหัสผ่าน"))
    primary = preparation.offices.get("primary", 0)
    secondary = preparation.offices.get("secondary", 0)
    primary_with = preparation.offices_with_delegate.get("primary", 0)
    secondary_with = preparation.offices_with_delegate.get("secondary", 0)
    left = []
    if primary_with + secondary_with < sum(preparation.offices.values()):
        left.append("สพท. ที่ยังไม่มีผู้แทนยังแสดงความคิดเห็นไม่ได้ เพิ่มรายชื่อได้จนถึงวันสิ้นสุดประชาพิจารณ์")
    return _line(
        "ผู้แทน ผู้ดำเนินเวที และคณะทำงานยกร่าง",
        f"มีผู้แทนแล้ว สพป. {primary_with} จาก {primary} เขต สพม. {secondary_with} จาก {secondary} เขต",
        missing,
        *ways,
        left=left,
        waits=not preparation.groups or not preparation.offices,
    )


# -- the door


def _release_line(preparation: Preparation) -> ChecklistLine:
    edition = preparation.edition
    missing = []
    facts = "ยังไม่ได้เผยแพร่"
    way = _way("editions", "จัดทำฉบับ")
    if edition is not None:
        way = _way("release-gate", "เผยแพร่ฉบับ", edition.code)
    if preparation.is_public:
        facts = "ประชาชนอ่านฉบับนี้ได้แล้ว"
    elif preparation.is_released:
        facts = "ผู้เข้าร่วมอ่านฉบับนี้ได้แล้ว"
    else:
        audience = EditionRelease.Audience.HEARING.label
        missing.append(f"เผยแพร่ฉบับแก่{audience} หากยังไม่เผยแพร่ เวทีเปิดไม่ได้")
    return _line("เผยแพร่ร่างแก่ผู้เข้าร่วม", facts, missing, way, waits=edition is None)


def _opening_line(preparation: Preparation) -> ChecklistLine:
    """The only proof that the hearing is prepared: a delegate could comment now."""
    if preparation.is_finished:
        return _line(
            "เปิดรับความคิดเห็น",
            "การรับความคิดเห็นของครั้งนี้สิ้นสุดแล้ว",
            [],
            _hearing_way(preparation, "ประชาพิจารณ์"),
        )
    commentable = preparation.commentable
    taking_part = preparation.taking_part
    missing = []
    facts = f"แสดงความคิดเห็นได้แล้ว {len(commentable)} จาก {len(taking_part)} กลุ่มงาน"
    if not commentable:
        missing.append("ยังไม่มีเวทีใดเปิดรับความคิดเห็นจากผู้แทน เปิดเวทีได้ที่หน้าประชาพิจารณ์")
        if preparation.next_opening is not None:
            facts += f" · เวทีแรกเปิดเองเมื่อ {be_datetime(preparation.next_opening)}"
    not_yet = [prepared for prepared in taking_part if not prepared.can_be_commented_on]
    left = []
    if commentable and not_yet:
        left.append(f"ยังแสดงความคิดเห็นไม่ได้: {_name_groups(not_yet)}")
        left.append("เวทีของแต่ละกลุ่มงานเปิดแยกกันได้ และต้องมีผู้แทนที่เข้าสู่ระบบได้")
    has_sessions = any(prepared.sessions for prepared in taking_part)
    return _line(
        "เปิดรับความคิดเห็น",
        facts,
        missing,
        _hearing_way(preparation, "เปิดเวที"),
        left=left,
        waits=not has_sessions or not preparation.is_released,
    )
