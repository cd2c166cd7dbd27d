"""One plain function per model: what a test needs, in Thai, with everything else filled in.

Sections and clauses come about as in the portal, by apply_changes: their ranks, hashes and versions are true.
"""

import hashlib
import io
import itertools
import uuid as uuids
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.timezone import localdate
from PIL import Image

from comments.acts import COMMENT_WRITTEN, about_comment
from comments.commenting.comment_input import CommentInput
from comments.commenting.services.recording import record_comment
from comments.deciding.services.confirming import confirm_refusals
from comments.hearings.services.documents import add_document
from comments.hearings.services.session_states import open_session as start_session
from comments.models import (
    AdviceRecall,
    AdviceRequest,
    Amendment,
    AnchorResolution,
    Answer,
    AnswerBlock,
    AnswerBlockUse,
    AnswerPublication,
    Assignment,
    Attendance,
    BenchDraft,
    CardRecall,
    CardUse,
    ChangeCause,
    ClauseTimer,
    Comment,
    CommentGroup,
    Conclusion,
    Digest,
    DigestRound,
    Discussion,
    Disposition,
    Event,
    Grouping,
    Hearing,
    HearingDocument,
    HearingSession,
    InvitationCard,
    MailRefusal,
    Moderation,
    Motion,
    Objection,
    OfficePosition,
    Overlap,
    OverlapChange,
    OverlapComment,
    OverlapPair,
    PairDismissal,
    PaperForm,
    Poll,
    Reclassing,
    Recommendation,
    ReturnedComment,
    ReturnedCopy,
    SearchedClause,
    SessionState,
    SimilarPair,
    SpeakerMove,
    SpeakerRequest,
    Support,
    Vote,
)
from hearing_portal.acts.models import Act
from hearing_portal.acts.services import act
from hearing_portal.directory.acts import ROLE_GRANTED, about_role, scope_words
from hearing_portal.directory.models import (
    AreaOffice,
    ContactVersion,
    RoleAssignment,
    User,
    WorkGroup,
)
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.thai.text import escape_plain
from manuals.content import Content, Text
from manuals.drafting.changes import AddClause, AddSection, Position
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.blobs import store_blobs
from manuals.drafting.services.sections import add_section
from manuals.drafting.services.structure import join_clauses
from manuals.editions.services.freezing import freeze_edition
from manuals.importing.jobs import receive_files
from manuals.importing.process_text import read_process
from manuals.importing.reference_links import link_drafts
from manuals.importing.services.importing import import_clauses
from manuals.models import (
    Citation,
    Clause,
    ClauseChange,
    ClauseLineage,
    ConformityCheck,
    DraftBuffer,
    DraftingStateChange,
    DropReason,
    Edition,
    EditionEntry,
    EditionRelease,
    ImportedProcess,
    LegalSource,
    LegalSuccession,
    Manual,
    NoteAnswer,
    NoteSettlement,
    PreviewLink,
    PreviewOpening,
    PreviewRecall,
    PublishedBook,
    ReviewAnswer,
    ReviewClosing,
    ReviewRequest,
    Section,
    SectionLineage,
    SectionVersion,
    TeamNote,
    TextBlob,
    TokenDiff,
)
from manuals.previewing.queries import hash_secret
from manuals.queries import load_draft_entries

PASSWORD = "เวทีประชาพิจารณ์-2565"
PREVIEW_PASSWORD = "k7mq-x3vd-9hnt"
FIRST_DAY = date(2022, 9, 1)  # roles and groups of the cast are valid from here on
GROUPS = {
    "DIR": ("กลุ่มอำนวยการ", "อำนวยการ", 1),
    "PLAN": ("กลุ่มนโยบายและแผน", "นโยบายและแผน", 2),
    "FIN": ("กลุ่มบริหารงานการเงินและสินทรัพย์", "การเงินฯ", 4),
    "LAW": ("กลุ่มกฎหมายและคดี", "กฎหมายและคดี", 10),
}
OFFICES = {
    "สพป.ลำปาง เขต 1": (
        "P126",
        "primary",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
        ["ลำปาง"],
        1,
    ),
    "สพป.ชลบุรี เขต 2": (
        "P022",
        "primary",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาชลบุรี เขต 2",
        ["ชลบุรี"],
        2,
    ),
    "สพม.ชลบุรี ระยอง": (
        "S009",
        "secondary",
        "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาชลบุรี ระยอง",
        ["ชลบุรี", "ระยอง"],
        None,
    ),
    "สพม.ลำปาง ลำพูน": (
        "S045",
        "secondary",
        "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาลำปาง ลำพูน",
        ["ลำปาง", "ลำพูน"],
        None,
    ),
}
PROCESS_TEXT = """\
งาน: งานสารบรรณ
กระบวนงาน: การรับหนังสือราชการ
รหัสเอกสาร: OPM-01-01
ตัวชี้วัด: ร้อยละ 95 ของหนังสือส่งถึงกลุ่มภายในวันทำการเดียวกัน

1. ชื่องาน (กระบวนงาน)
การรับหนังสือราชการ
2. วัตถุประสงค์
2.1 เพื่อให้การรับหนังสือถูกต้อง รวดเร็ว และตรวจสอบย้อนหลังได้
2.2 เพื่อให้เจ้าหน้าที่ทุกกลุ่มปฏิบัติเป็นแนวเดียวกัน
3. ขอบเขตของงาน
ครอบคลุมตั้งแต่การเปิดรับหนังสือจนถึงการส่งให้กลุ่มที่เกี่ยวข้อง
4. คำจำกัดความ
หนังสือราชการ หมายถึง เอกสารที่เป็นหลักฐานในราชการตามระเบียบว่าด้วยงานสารบรรณ
5. ขั้นตอนการปฏิบัติงาน
5.1 เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง
5.2 ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย
5.3 จัดลำดับความเร่งด่วน
    1) หนังสือด่วนที่สุด ให้เสนอภายใน 30 นาที
        ก. กรณีเกี่ยวข้องหลายกลุ่ม ให้กลุ่มอำนวยการทำความเห็นก่อน
        ข. กรณีไม่ชัดเจน ให้หารือผู้อำนวยการกลุ่ม
    2) หนังสือทั่วไป ให้เสนอภายในวันทำการเดียวกัน
6. Flow Chart การปฏิบัติงาน
เริ่มต้น -> เปิดระบบรับหนังสือ -> ครบถ้วนหรือไม่ -> (ไม่ครบ: ส่งคืนพร้อมเหตุผล) -> ส่งกลุ่มที่รับผิดชอบ
7. แบบฟอร์มที่ใช้
7.1 ทะเบียนหนังสือรับ (แบบที่ 13)
8. เอกสาร/หลักฐานอ้างอิง
8.1 ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม
9. แบบสรุปมาตรฐานงาน
ที่ | ผังขั้นตอน | รายละเอียดงาน | เวลาดำเนินการ | มาตรฐานคุณภาพงาน | ผู้รับผิดชอบ | หมายเหตุ | ระบบที่ใช้ | ขั้นต่อไป
1 | เริ่มต้น | เปิดระบบรับหนังสือ | 10 นาที | วันละสองครั้ง | เจ้าพนักงานธุรการ | | AMSS++ |
2 | ตัดสินใจ | หนังสือครบถ้วนหรือไม่ | 15 นาที | ไม่มีสิ่งที่ส่งมาด้วยขาดหาย | เจ้าพนักงานธุรการ | | AMSS++ | ครบ: 4; ไม่ครบ: 3
3 | กิจกรรม | ส่งคืนพร้อมเหตุผล | 30 นาที | ส่งคืนทุกเรื่อง | เจ้าพนักงานธุรการ | | AMSS++ | 1
4 | สิ้นสุด | ส่งหนังสือไปยังกลุ่มที่รับผิดชอบ | 1 วันทำการ | ส่งถูกกลุ่มร้อยละ 100 | เจ้าพนักงานธุรการ | | AMSS++ |
"""
_count = itertools.count(1)


# -- directory ---------------------------------------------------------------------------------------


def make_group(key: str = "DIR", **fields: Any) -> WorkGroup:
    """One of GROUPS by its key, or a group of that key made up; the same key gives the same row."""
    name, short_name, order = GROUPS.get(key, (f"กลุ่ม {key}", key, 50))
    defaults = {
        "name": name,
        "short_name": short_name,
        "order": order,
        "valid_from": FIRST_DAY,
        **fields,
    }
    return WorkGroup.objects.get_or_create(key=key, defaults=defaults)[0]


def make_office(short_name: str = "สพป.ลำปาง เขต 1", **fields: Any) -> AreaOffice:
    """One of OFFICES by its short name, or an office made up; the same name gives the same row."""
    if short_name in OFFICES:
        key, kind, name, provinces, area_no = OFFICES[short_name]
    else:
        kind = "secondary" if short_name.startswith("สพม.") else "primary"
        key, name, provinces, area_no = (
            f"X{next(_count):03}",
            f"สำนักงาน {short_name}",
            ["ลำปาง"],
            None,
        )
    defaults = {
        "kind": kind,
        "name": name,
        "short_name": short_name,
        "provinces": provinces,
        "area_no": area_no,
        "valid_from": FIRST_DAY,
        **fields,
    }
    return AreaOffice.objects.get_or_create(key=key, defaults=defaults)[0]


def make_user(
    username: str = "",
    given_name: str = "สมศรี",
    family_name: str = "ใจดี",
    *,
    password: str = "",
    **fields: Any,
) -> User:
    """A person. Without `password` nobody can sign in as them (hashing one costs 17 ms): use the fixture sign_in."""
    return User.objects.create_user(
        username or f"user{next(_count)}",
        password or None,
        title=fields.pop("title", "นาง"),
        given_name=given_name,
        family_name=family_name,
        **fields,
    )


def make_contact(*, by: User | None = None, **fields: Any) -> ContactVersion:
    defaults = {
        "name": "กลุ่มพัฒนาระบบบริหาร สพฐ.",
        "telephone": "0 2288 5861 ต่อ 12",
        "email": "psd@obec.go.th",
        "line": "@obecpsd",
        **fields,
    }
    return ContactVersion.objects.create(by=by or make_user(), **defaults)


def make_role(
    user: User,
    role: str,
    *,
    group: WorkGroup | None = None,
    office: AreaOffice | None = None,
    valid_from: date = FIRST_DAY,
    valid_until: date | None = None,
) -> RoleAssignment:
    with act(by=None) as done:
        row = RoleAssignment.objects.create(
            user=user,
            role=role,
            work_group=group,
            office=office,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        done.record(ROLE_GRANTED, about_role(row), detail=role, note=scope_words(row))
    return row


def make_delegate(
    group: WorkGroup | None = None,
    office: AreaOffice | None = None,
    *,
    given_name: str = "สมศรี",
    **fields: Any,
) -> User:
    office = office or make_office()
    user = make_user(given_name=given_name, office=office, **fields)
    make_role(user, "delegate", group=group or make_group(), office=office)
    return user


def make_drafter(
    group: WorkGroup | None = None, *, given_name: str = "ประยูร", **fields: Any
) -> User:
    user = make_user(given_name=given_name, **fields)
    make_role(user, "drafter", group=group or make_group())
    return user


def make_facilitator(
    group: WorkGroup | None = None, *, given_name: str = "วิภา", **fields: Any
) -> User:
    user = make_user(given_name=given_name, **fields)
    make_role(user, "facilitator", group=group or make_group())
    return user


def make_office_head(
    office: AreaOffice | None = None, *, given_name: str = "ธวัชชัย", **fields: Any
) -> User:
    office = office or make_office()
    user = make_user(
        given_name=given_name,
        office=office,
        position="ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
        **fields,
    )
    make_role(user, "office_head", office=office)
    return user


def make_expert(
    group: WorkGroup | None = None, *, given_name: str = "สุวิทย์", **fields: Any
) -> User:
    user = make_user(given_name=given_name, **fields)
    make_role(user, "expert", group=group)
    return user


def make_admin(*, given_name: str = "อารีย์", **fields: Any) -> User:
    user = make_user(given_name=given_name, **fields)
    make_role(user, "admin")
    return user


# -- jobs --------------------------------------------------------------------------------------------


def make_stored_file(content: bytes = b"%PDF-1.7 example", **fields: Any) -> StoredFile:
    """The row only; jobs.files.store_file keeps bytes too."""
    defaults = {
        "media_type": "application/pdf",
        "size": len(content),
        "name": "คู่มือ.pdf",
        **fields,
    }
    return StoredFile.objects.create(
        sha=hashlib.sha256(content).hexdigest(), **defaults
    )


def make_job(asked_by: User | None = None, **fields: Any) -> Job:
    """The row only; jobs.services.enqueue_job hands it to the workers too."""
    return Job.objects.create(
        asked_by=asked_by or make_user(), **{"kind": "export_book", **fields}
    )


def make_act(label: str = "2565", *, by: User | None, **fields: Any) -> Act:
    """A line of the log, about a hearing of that name. The database says when."""
    defaults = {
        "code": "hearing-changed",
        "category": "session",
        "subject": "hearing",
        "subject_key": "2565",
        **fields,
    }
    return Act.objects.create(label=label, by=by, **defaults)


# -- the manuals -------------------------------------------------------------------------------------


def make_legal_source(
    short_title: str = "ระเบียบงานสารบรรณ 2526", **fields: Any
) -> LegalSource:
    defaults = {
        "key": short_title,
        "full_title": "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526",
        "year_be": 2526,
        "kind": "ระเบียบ",
        "status": "amended",
        **fields,
    }
    return LegalSource.objects.create(short_title=short_title, **defaults)


def make_legal_succession(
    earlier: LegalSource, later: LegalSource, kind: str = "replaces"
) -> LegalSuccession:
    return LegalSuccession.objects.create(
        from_source=earlier, to_source=later, kind=kind
    )


def make_manual(group: WorkGroup | None = None, **fields: Any) -> Manual:
    """The manual of a group; the same group gives the same row."""
    group = group or make_group()
    defaults = {"key": group.key, "title": f"คู่มือการปฏิบัติงาน {group.name}", **fields}
    return Manual.objects.get_or_create(work_group=group, defaults=defaults)[0]


def make_section(
    manual: Manual | None = None,
    title: str = "งานสารบรรณ",
    *,
    kind: str = Section.Kind.UNIT,
    parent: Section | None = None,
    by: User | None = None,
    **fields: Any,
) -> Section:
    """A unit, process, … after the last one of its level."""
    manual = manual or (parent.manual if parent else make_manual())
    change = AddSection(
        manual, kind, title, parent=parent.uuid if parent else None, **fields
    )
    apply_changes(
        by or make_user(), SectionVersion.Action.ADD, f"เพิ่ม {title}", [change]
    )
    return Section.objects.select_related("manual").get(uuid=change.uuid)


def make_clause(
    section: Section | None = None,
    words: str | Content = "ตรวจสอบความครบถ้วนของหนังสือ",
    *,
    part: int = 5,
    parent: Clause | None = None,
    rank: str | None = None,
    numbering: str = "decimal",
    by: User | None = None,
) -> Clause:
    """A clause after the last one of its place; `words` is plain text or any Content."""
    section = section or make_section(
        kind=Section.Kind.PROCESS, title="การรับหนังสือราชการ"
    )
    content = words if isinstance(words, Content) else Text(body=escape_plain(words))
    place = Position(section, part, parent.uuid if parent else None, rank, numbering)
    [change] = apply_changes(
        by or make_user(),
        SectionVersion.Action.ADD,
        "เพิ่มข้อ",
        [AddClause(content, place)],
    )
    section.refresh_from_db()
    return change.clause


def join_away(clause: Clause, into: Clause, *, by: User) -> Clause:
    """`clause` is joined to the one before it, which has the words of both then; as it stands after that."""
    into = Clause.objects.select_related("section__manual", "parent").get(pk=into.pk)
    clause = Clause.objects.select_related("section", "parent").get(pk=clause.pk)
    both = Text(body=f"{into.body} และ{clause.body}")
    read = [(into, into.lock_version), (clause, clause.lock_version)]
    return join_clauses(read, both, by=by, reason="เป็นเรื่องเดียวกัน")


def make_process(
    manual: Manual | None = None,
    text: str = PROCESS_TEXT,
    *,
    unit: Section | None = None,
    by: User | None = None,
) -> Section:
    """A small real process with its nine parts: 5.3 has sub-items two levels deep, row 2 branches. Written in two acts:
    its title, then its clauses."""
    manual = manual or (unit.manual if unit else make_manual())
    by = by or make_user()
    draft = read_process(text)
    section = add_section(
        manual,
        Section.Kind.PROCESS,
        draft.title,
        by=by,
        parent=unit,
        data=draft.section_data,
        applies_to=draft.applies_to,
    )
    clauses = link_drafts(draft.clauses).clauses
    import_clauses(section, clauses, by=by, reason=f"นำเข้า {draft.title}")
    section.refresh_from_db(fields=["version"])
    return section


def make_import_preview(
    manual: Manual | None = None,
    text: str = PROCESS_TEXT,
    *,
    by: User | None = None,
    name: str = "รับหนังสือ.txt",
) -> ImportedProcess:
    """What was read of a sent text, compared with the draft; the bytes are kept."""
    manual = manual or make_manual()
    upload = receive_files(manual, [(name, text.encode())], by=by or make_user())
    return ImportedProcess.objects.select_related("file__upload").get(
        file__upload=upload
    )


def clause_at(section: Section, cite: str, part: int = 0) -> Clause:
    """The live clause cited as `cite` ("5.3 1) ก."); give `part` where the number says too little (steps)."""
    found = [
        entry
        for entry in load_draft_entries(section)[1:]
        if entry.cite == cite and part in (0, entry.part)
    ]
    assert len(found) == 1, f"{cite} stands for {len(found)} clauses"
    return Clause.objects.get(pk=found[0].clause_id)


def make_edition(
    code: str = "", *, kind: str = "hearing", by: User | None = None, **fields: Any
) -> Edition:
    """The working draft, frozen and sealed. Make a process first: nothing is frozen of nothing."""
    code = code or f"HEARING-{next(_count)}"
    title = fields.pop("title", "ร่างรับฟังความคิดเห็น พ.ศ. 2565")
    return freeze_edition(
        code=code, kind=kind, title=title, by=by or make_user(), **fields
    )


def make_unsealed_edition(code: str = "", **fields: Any) -> Edition:
    """An edition as it stands inside freeze_edition: for tests of the seal itself."""
    defaults = {"kind": "snapshot", "title": "ภาพร่าง", "policy_version": "1", **fields}
    made_by = defaults.pop("made_by", None) or make_user()
    return Edition.objects.create(
        code=code or f"OPEN-{next(_count)}", made_by=made_by, **defaults
    )


def make_published_book(edition: Edition, **fields: Any) -> PublishedBook:
    defaults = {"file": make_stored_file(b"%PDF-1.7 book"), "pages": {}, **fields}
    return PublishedBook.objects.create(edition=edition, **defaults)


def make_release(
    edition: Edition, audience: str = "hearing", *, by: User | None = None
) -> EditionRelease:
    """The release to that audience; a session that was opened has released its edition to the hearing already."""
    existing = EditionRelease.objects.filter(edition=edition, audience=audience).first()
    return existing or EditionRelease.objects.create(
        edition=edition, audience=audience, by=by or make_user()
    )


def entry_of(edition: Edition, node: Clause | Section | Manual) -> EditionEntry:
    return edition.entries.get(uuid=node.uuid)


def make_blob(words: str | Content = "ข้อความที่เก็บไว้") -> TextBlob:
    content = words if isinstance(words, Content) else Text(body=escape_plain(words))
    [sha] = store_blobs([content])
    return TextBlob.objects.get(sha=sha)


def make_lineage(source: Clause, target: Clause, kind: str = "split") -> ClauseLineage:
    return ClauseLineage.objects.create(from_clause=source, to_clause=target, kind=kind)


def make_drop_reason(
    section: Section, reason: str = "โอนภารกิจไปหน่วยงานอื่น", *, by: User
) -> DropReason:
    return DropReason.objects.create(section=section, reason=reason, by=by)


def make_section_lineage(
    source: Section, target: Section, kind: str = "split"
) -> SectionLineage:
    return SectionLineage.objects.create(
        from_section=source, to_section=target, kind=kind
    )


def make_citation(
    clause: Clause, source: LegalSource, locator: str = "ข้อ 35"
) -> Citation:
    return Citation.objects.create(clause=clause, source=source, locator=locator)


def make_conformity_check(
    section: Section, status: str = "conforming", **fields: Any
) -> ConformityCheck:
    """As somebody found today; of what does not conform with a remark."""
    defaults = {
        "note": "" if status == "conforming" else "ข้อ 5.1 ไม่เป็นไปตามระเบียบ",
        "at_version": section.version,
        "by": fields.pop("by", None) or make_user(),
        **fields,
    }
    return ConformityCheck.objects.create(section=section, status=status, **defaults)


def make_picture(width: int = 40, height: int = 40) -> bytes:
    """A PNG whose points are not all alike."""
    raw = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(raw, "PNG")
    return raw.getvalue()


def make_draft_buffer(user: User, clause: Clause, **fields: Any) -> DraftBuffer:
    defaults = {
        "section": clause.section,
        "subject": clause.uuid,
        "sheet": uuids.uuid4(),
        "base_lock_version": clause.lock_version,
        "values": {"words-text": ["ถ้อยคำที่พิมพ์ค้างไว้"]},
        **fields,
    }
    return DraftBuffer.objects.create(user=user, clause=clause, **defaults)


def make_team_note(
    clause: Clause, by: User, text: str = "ขอให้ตรวจระยะเวลาของข้อนี้กับระเบียบ"
) -> TeamNote:
    return TeamNote.objects.create(clause=clause, by=by, text=text)


def make_review_request(
    section: Section,
    asked: User,
    by: User,
    clause: Clause | None = None,
    text: str = "ขอให้ตรวจระยะเวลากับระเบียบงานสารบรรณ",
) -> ReviewRequest:
    return ReviewRequest.objects.create(
        section=section, clause=clause, asked=asked, by=by, text=text
    )


def make_preview_link(
    manual: Manual,
    section: Section | None = None,
    *,
    by: User,
    secret: str = "a-secret",
    password: str = PREVIEW_PASSWORD,
    **fields: Any,
) -> PreviewLink:
    """A link whose secrets are known; make_preview_link of the room makes its own."""
    defaults = {
        "purpose": "เสนอผู้บริหารพิจารณา",
        "ends_on": localdate() + timedelta(days=7),
        **fields,
    }
    return PreviewLink.objects.create(
        manual=manual,
        section=section,
        secret_sha=hash_secret(secret),
        password=make_password(password),
        by=by,
        **defaults,
    )


def make_drafting_talk(clause: Clause, *, by: User, to: User) -> None:
    """Of everything that those who draft a clause say to each other, one."""
    DraftingStateChange.objects.create(
        section=clause.section, state="begun", at_version=1, by=by
    )
    note = make_team_note(clause, by)
    NoteAnswer.objects.create(note=note, text="ตรวจแล้ว", by=to)
    NoteSettlement.objects.create(note=note, by=by)
    request = make_review_request(clause.section, to, by)
    ReviewAnswer.objects.create(request=request, text="เห็นชอบ", at_version=1)
    ReviewClosing.objects.create(request=request, kind="closed", by=by)
    link = make_preview_link(clause.section.manual, by=by)
    PreviewOpening.objects.create(link=link)
    PreviewRecall.objects.create(link=link, by=by)


def make_token_diff(
    old: TextBlob, new: TextBlob, tokenizer: str = "test-1", **fields: Any
) -> TokenDiff:
    return TokenDiff.objects.create(
        from_sha=old.sha, to_sha=new.sha, tokenizer=tokenizer, **{"ops": [], **fields}
    )


# -- the hearing -------------------------------------------------------------------------------------


def make_hearing(**fields: Any) -> Hearing:
    defaults = {
        "key": f"hearing-{next(_count)}",
        "title": "ประชาพิจารณ์คู่มือการปฏิบัติงานของสำนักงานเขตพื้นที่การศึกษา",
        "opens_on": date(2022, 9, 20),
        "closes_on": date(
            2099, 9, 22
        ),  # its last day binds: most tests are of a hearing that runs
        **fields,
    }
    return Hearing.objects.create(**defaults)


def make_document(
    hearing: Hearing, title: str = "กำหนดการประชุม", *, by: User | None = None
) -> HearingDocument:
    raw = b"%PDF-1.7\n%%EOF\n"
    return add_document(
        hearing, title=title, file=io.BytesIO(raw), size=len(raw), by=by or make_user()
    )


def make_session(
    edition: Edition,
    group: WorkGroup | None = None,
    *,
    hearing: Hearing | None = None,
    kind: str = "online",
    **fields: Any,
) -> HearingSession:
    """A session nobody has opened yet; the plenary has no group."""
    group = None if kind == "plenary" else group or make_group()
    return HearingSession.objects.create(
        hearing=hearing or make_hearing(),
        kind=kind,
        work_group=group,
        edition=edition,
        **fields,
    )


def make_session_state(
    session: HearingSession,
    state: str = "opened",
    *,
    by: User | None = None,
    reason: str = "",
    **fields: Any,
) -> SessionState:
    return SessionState.objects.create(
        session=session, state=state, by=by or make_user(), reason=reason, **fields
    )


def open_session(session: HearingSession, *, by: User | None = None) -> HearingSession:
    """The session, opened on an edition its participants may read, with nothing remembered of the state before."""
    opener = by or make_user()
    make_release(session.edition, "hearing")
    start_session(session, by=opener)
    return HearingSession.objects.get(pk=session.pk)


def make_discussion(
    session: HearingSession,
    entry: EditionEntry | None = None,
    *,
    by: User | None = None,
) -> Discussion:
    return Discussion.objects.create(session=session, entry=entry, by=by or make_user())


def make_returned_copy(comment: Comment, *, sha: str = "f" * 64) -> ReturnedCopy:
    """The Word file that a comment came in."""
    copy = ReturnedCopy.objects.create(
        session=comment.session,
        sha=sha,
        name="ไฟล์ของ สพท..docx",
        file=StoredFile.objects.first() or make_stored_file(),
        office=comment.office or make_office(),
        by=comment.recorded_by,
    )
    ReturnedComment.objects.create(copy=copy, comment=comment, place="ย่อหน้าที่ 5")
    return copy


def make_comment(
    session: HearingSession,
    entry: EditionEntry,
    author: User | None = None,
    *,
    text: str = "ขอให้เพิ่มช่องทางรับหนังสือทางไปรษณีย์อิเล็กทรอนิกส์กลาง",
    type: str = "amend",
    visibility: str = "shown",
    **fields: Any,
) -> Comment:
    """A comment with its first Moderation, past the rules of recording: so a test can make what could leak.

    The office and role are those of the author's first role. `say` asks the portal itself.
    """
    author = author or make_delegate(session.work_group)
    role = author.roles.select_related("office").first()
    office = fields.pop("office", role.office if role else None)
    with act(by=fields.get("recorded_by", author)) as done:
        comment = Comment.objects.create(
            session=session,
            entry=entry,
            type=type,
            text=text,
            author=author,
            recorded_by=fields.pop("recorded_by", author),
            client_key=fields.pop("client_key", None) or uuids.uuid4(),
            body_sha=fields.pop("body_sha", hashlib.sha256(text.encode()).hexdigest()),
            role=fields.pop("role", role.role if role else "delegate"),
            office=office,
            office_kind=office.kind if office else None,
            **fields,
        )
        done.record(COMMENT_WRITTEN, about_comment(comment), detail=type)
    make_moderation(comment, visibility, by=author)
    return comment


def say(
    session: HearingSession,
    entry: EditionEntry,
    by: User,
    text: str = "ขอให้เพิ่มช่องทางรับหนังสือ",
    type: str = "amend",
    **said: Any,
) -> Comment:
    """A comment as the portal records it, with its first Moderation and, when words are proposed, its Amendment."""
    comment, _ = record_comment(
        session=session,
        entry=entry,
        comment_input=CommentInput(type, text, **said),
        by=by,
        client_key=uuids.uuid4(),
    )
    return comment


def make_moderation(
    comment: Comment,
    visibility: str = "shown",
    *,
    by: User | None = None,
    reason: str = "",
) -> Moderation:
    if visibility == "hidden" and not reason:
        reason = "ใช้ถ้อยคำไม่สุภาพ"
    return Moderation.objects.create(
        comment=comment, visibility=visibility, reason=reason, by=by or make_user()
    )


def make_reclassing(
    comment: Comment, issue_class: str | None = "overlap", **fields: Any
) -> Reclassing:
    defaults = {"reason": "ข้อความกล่าวถึงงานที่ซ้ำกับกลุ่มอื่น", **fields}
    by = defaults.pop("by", None) or make_user()
    return Reclassing.objects.create(
        comment=comment, issue_class=issue_class, by=by, **defaults
    )


def make_support(
    comment: Comment,
    office: AreaOffice | None = None,
    *,
    by: User | None = None,
    **fields: Any,
) -> Support:
    office = office or make_office("สพม.ชลบุรี ระยอง")
    return Support.objects.create(
        comment=comment, office=office, by=by or make_user(office=office), **fields
    )


def make_amendment(
    comment: Comment, words: str | Content | None = None, **fields: Any
) -> Amendment:
    """A proposal to replace the words the comment is about."""
    clause, author = comment.entry.clause, comment.author
    content = (
        words
        if isinstance(words, Content)
        else Text(body=escape_plain(words or "ถ้อยคำที่เสนอใหม่"))
    )
    defaults = {
        "op": "replace",
        "clause": clause,
        "section": comment.entry.section,
        "base_blob": comment.entry.blob,
        "proposed": content.as_json(),
        "office": comment.office,
        **fields,
    }
    return Amendment.objects.create(comment=comment, author=author, **defaults)


def make_bench_draft(user: User, clause: Clause, **values: list[str]) -> BenchDraft:
    return BenchDraft.objects.create(user=user, clause=clause, values=values)


def make_comment_group(*comments: Comment, by: User | None = None) -> CommentGroup:
    by = by or make_user()
    group = CommentGroup.objects.create(by=by)
    for comment in comments:
        Grouping.objects.create(comment=comment, group=group, by=by)
    return group


def make_recommendation(
    comment: Comment, outcome: str = "accepted", **fields: Any
) -> Recommendation:
    values = {"by": fields.pop("by", None) or make_user(), "role": "facilitator"}
    return Recommendation.objects.create(
        comment=comment, outcome=outcome, **{**values, **fields}
    )


def make_motion(
    session: HearingSession, entry: EditionEntry, words: str, **fields: Any
) -> Motion:
    by = fields.pop("by", None) or make_user()
    return Motion.objects.create(
        session=session, entry=entry, words=words, by=by, **fields
    )


def make_advice_request(
    comment: Comment, asked: User, *, by: User | None = None, **fields: Any
) -> AdviceRequest:
    by = by or make_user()
    return AdviceRequest.objects.create(comment=comment, asked=asked, by=by, **fields)


def make_advice_recall(request: AdviceRequest) -> AdviceRecall:
    return AdviceRecall.objects.create(request=request, by=request.by)


def make_disposition(
    *comments: Comment, outcome: str = "not_accepted", **fields: Any
) -> Disposition:
    """What was decided about `comments` (each gets it as its current answer)."""
    accepted = outcome in ("accepted", "accepted_with_changes")
    defaults = {
        "reason": "ระเบียบที่อ้างกำหนดไว้แล้ว จึงไม่จำเป็นต้องเขียนซ้ำในคู่มือ",
        "effect": "no_text_change" if accepted else "none",
        **fields,
    }
    decided_by = defaults.pop("decided_by", None) or make_user()
    disposition = Disposition.objects.create(
        outcome=outcome, decided_by=decided_by, **defaults
    )
    for comment in comments:
        make_answer(comment, disposition)
    return disposition


def make_answer(
    comment: Comment, disposition: Disposition, *, current: bool = True
) -> Answer:
    return Answer.objects.create(
        comment=comment, disposition=disposition, current=current
    )


def confirm_refusal(refusal: Disposition, *, by: User) -> Disposition:
    """As a second person who had all that it answers before them."""
    answers = refusal.answers.filter(current=True).values_list("pk", flat=True)
    confirmation = confirm_refusals({refusal.pk: list(answers)}, by=by)
    [confirmed] = [*confirmation.now, *confirmation.before]
    return confirmed


def make_assignment(
    comment: Comment, assignee: User | None, *, by: User | None = None, **fields: Any
) -> Assignment:
    due = timezone.localdate() + timedelta(days=7) if assignee else None
    values = {"due": due, "by": by or make_user(), **fields}
    return Assignment.objects.create(comment=comment, assignee=assignee, **values)


def make_digest(user: User, **fields: Any) -> Digest:
    """One that the mail server refused."""
    values = {"day": timezone.localdate(), "address": "somsri@obec.go.th", "text": "-"}
    digest = Digest.objects.create(user=user, **{**values, **fields})
    DigestRound.objects.get_or_create(day=digest.day)
    MailRefusal.objects.create(
        digest=digest, address=digest.address, words="550 no such user"
    )
    return digest


def make_block(
    group: WorkGroup | None, *, by: User | None = None, **fields: Any
) -> AnswerBlock:
    words = {
        "name": "ระเบียบกำหนดไว้แล้ว",
        "text": "เรื่องนี้ระเบียบงานสารบรรณกำหนดไว้แล้ว จึงไม่เขียนซ้ำในคู่มือ",
        **fields,
    }
    return AnswerBlock.objects.create(work_group=group, by=by or make_user(), **words)


def make_block_use(
    disposition: Disposition, block: AnswerBlock | None = None, *, by: User
) -> AnswerBlockUse:
    block = block or make_block(None, by=by)
    return AnswerBlockUse.objects.create(block=block, disposition=disposition)


def make_change_cause(
    change: ClauseChange, disposition: Disposition, amendment: Amendment | None = None
) -> ChangeCause:
    return ChangeCause.objects.create(
        change=change, ended_in=change, disposition=disposition, amendment=amendment
    )


def make_publication(
    hearing: Hearing, group: WorkGroup | None = None, **fields: Any
) -> AnswerPublication:
    defaults = {
        "objections_until": datetime(2022, 10, 31, tzinfo=UTC) + timedelta(days=14),
        **fields,
    }
    by = defaults.pop("by", None) or make_user()
    return AnswerPublication.objects.create(
        hearing=hearing, work_group=group or make_group(), by=by, **defaults
    )


def make_objection(
    comment: Comment, text: str = "เหตุผลที่ตอบไม่ตรงกับข้อเสนอ", **fields: Any
) -> Objection:
    return Objection.objects.create(comment=comment, text=text, **fields)


def make_resolution(
    comment: Comment, edition: Edition, entry: EditionEntry | None = None, **fields: Any
) -> AnchorResolution:
    defaults = {
        "state": "same" if entry else "unplaced",
        "method": "sha" if entry else "none",
        **fields,
    }
    return AnchorResolution.objects.create(
        comment=comment, edition=edition, entry=entry, **defaults
    )


def make_overlap(
    first: Clause | WorkGroup,
    second: Clause | WorkGroup | str,
    *,
    by: User | None = None,
    **fields: Any,
) -> Overlap:
    """Sides are a clause, a whole group, or an outside agency by its name."""
    sides: dict[str, Any] = {}
    for letter, side in (("a", first), ("b", second)):
        if isinstance(side, Clause):
            section = Section.objects.select_related("manual__work_group").get(
                pk=side.section_id
            )
            sides[f"clause_{letter}"] = side
            sides[f"section_{letter}"] = section
            sides[f"work_group_{letter}"] = section.manual.work_group
        elif isinstance(side, WorkGroup):
            sides[f"work_group_{letter}"] = side
        else:
            sides["agency"] = side
    defaults = {"kind": "same_task", "evidence": "สองแห่งลงทะเบียนเรื่องเดียวกัน", **fields}
    if defaults.get("resolution"):
        resolved = {
            "reason": "กลุ่มนี้เป็นผู้รับเรื่องตั้งแต่ต้น จึงให้รับผิดชอบฝ่ายเดียว",
            "resolved_by": by or make_user(),
            "resolved_at": datetime(2022, 10, 1, tzinfo=UTC),
        }
        defaults = {**resolved, **defaults}
    return Overlap.objects.create(entered_by=by or make_user(), **sides, **defaults)


def make_overlap_comment(overlap: Overlap, comment: Comment) -> OverlapComment:
    return OverlapComment.objects.create(
        overlap=overlap, comment=comment, by=make_user()
    )


def make_similar_pair(first: Clause, second: Clause, percent: int = 80) -> SimilarPair:
    """A row of SimilarPair, with the words the clauses have today."""
    return SimilarPair.objects.create(
        clause_a=first,
        clause_b=second,
        blob_a_id=first.sha,
        blob_b_id=second.sha,
        percent=percent,
    )


def make_overlap_with_evidence(comment: Comment, change: ClauseChange) -> Overlap:
    """One with a row in every table of the register."""
    entry = comment.entry
    other = make_clause(
        make_section(entry.manual, "การส่งหนังสือ", kind=Section.Kind.PROCESS),
        "ลงทะเบียนรับหนังสือในระบบอีกครั้ง",
    )
    overlap = make_overlap(entry.clause, other)
    make_overlap_comment(overlap, comment)
    by = make_user()
    OverlapPair.objects.create(
        overlap=overlap,
        clause_a=entry.clause,
        clause_b=other,
        blob_a=entry.blob,
        blob_b_id=other.sha,
        percent=80,
    )
    OverlapChange.objects.create(overlap=overlap, change=change, by=by)
    make_similar_pair(entry.clause, other)
    low, high = sorted((entry.blob_id, other.sha))
    PairDismissal.objects.create(low_id=low, high_id=high, reason="คนละเรื่อง", by=by)
    SearchedClause.objects.create(
        clause=other, blob_id=other.sha, manual=other.section.manual
    )
    return overlap


def make_position(
    office: AreaOffice,
    manual: Manual,
    session: HearingSession,
    stance: str = "support",
    **fields: Any,
) -> OfficePosition:
    defaults = {"confirmed_at": timezone.now(), **fields}
    by = defaults.pop("confirmed_by", None) or make_user(office=office)
    with act(by=by):
        return OfficePosition.objects.create(
            hearing=session.hearing,
            edition=session.edition,
            manual=manual,
            office=office,
            office_kind=office.kind,
            stance=stance,
            confirmed_by=by,
            **defaults,
        )


def make_paper_form(
    kind: str = "letter", content: bytes = b"PK example", *, by: User | None = None
) -> PaperForm:
    return PaperForm.objects.create(
        kind=kind,
        file=make_stored_file(content),
        name="แบบ.docx",
        by=by or make_user(),
    )


def make_event(
    session: HearingSession, kind: str = "clause", about: str = "1", **fields: Any
) -> Event:
    return Event.objects.create(session=session, kind=kind, about=about, **fields)


def make_conclusion(
    session: HearingSession,
    summary: str = "ที่ประชุมเห็นชอบร่างโดยให้ลดขั้นตอนการลงนาม",
    *,
    by: User | None = None,
) -> Conclusion:
    """Of the session's group; of the whole hearing for a plenary session."""
    return Conclusion.objects.create(
        hearing=session.hearing,
        work_group=session.work_group,
        edition=session.edition,
        summary=summary,
        signed_by=by or make_user(),
    )


# -- the day of the hearing ----------------------------------------------------------------------------


def make_hearing_day(session: HearingSession, person: User, *, by: User) -> None:
    """A line of speakers, a show of hands that runs, cards and an arrival: at least one row of each."""
    office = AreaOffice.objects.get(roles__user=person)
    of_office = {"office": office, "office_kind": office.kind}
    asked = {"session": session, "subject": "clause", "asked_by": by}
    waiting = SpeakerRequest.objects.create(**asked, **of_office, person=person)
    written = SpeakerRequest.objects.create(**asked, **of_office)
    SpeakerRequest.objects.create(
        **asked, person=by, called_by=by, called_at=timezone.now(), minutes=3
    )
    SpeakerMove.objects.create(request=waiting, before=written, reason="x", by=by)
    poll = Poll.objects.create(session=session, question="พัก", asked_by=by)
    Vote.objects.create(
        poll=poll,
        **of_office,
        answer="yes",
        standing="delegate",
        by=person,
        at=timezone.now(),
    )
    entry = session.edition.entries.filter(kind="clause").first()
    noted = {"session": session, "entry": entry, "by": by}
    motion = Motion.objects.create(**noted, words="ให้คงไว้", proposed="ภายใน 3 วัน")
    Motion.objects.create(**noted, words="ให้แก้ถ้อยคำ", replaces=motion)
    discussion = Discussion.objects.create(session=session, entry=entry, by=by)
    ClauseTimer.objects.create(discussion=discussion, minutes=10, by=by)
    Discussion.objects.create(session=session, entry=None, by=by)  # it is over
    card = InvitationCard.objects.create(
        hearing=session.hearing, person=person, secret_sha="0" * 64, by=by
    )
    CardRecall.objects.create(card=card, by=by)
    CardUse.objects.create(card=card)
    Attendance.objects.create(
        session=session,
        person=person,
        **of_office,
        state="arrived",
        method="hand",
        by=by,
    )
