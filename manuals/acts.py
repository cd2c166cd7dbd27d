"""The acts on manuals and editions, for the log."""

from hearing_portal.acts.kinds import Category, Subject, SubjectKind, declare_act

from .models import (
    ConformityCheck,
    DraftingState,
    Edition,
    EditionRelease,
    LegalSource,
    Manual,
    ReviewClosing,
    Section,
    SectionVersion,
)

MANUAL_CREATED = declare_act(
    "manual-created",
    Category.TEXT,
    "จัดทำคู่มือ",
)
TEXT_CHANGED = declare_act(
    "text-changed",
    Category.TEXT,
    "{detail} เป็นรุ่นที่ {note}",
    details=dict(SectionVersion.Action.choices),
)
DRAFTING_STATE_SET = declare_act(
    "drafting-state-set",
    Category.TEXT,
    "กำหนดสถานะการยกร่างเป็น “{detail}”",
    details=dict(DraftingState.choices),
)
NOTE_WRITTEN = declare_act("team-note-written", Category.TEXT, "บันทึกถึงผู้ร่วมยกร่าง")
NOTE_ANSWERED = declare_act("team-note-answered", Category.TEXT, "ตอบบันทึกของคณะทำงาน")
NOTE_SETTLED = declare_act(
    "team-note-settled", Category.TEXT, "กำหนดว่าบันทึกของคณะทำงานเสร็จแล้ว"
)
NOTE_REOPENED = declare_act(
    "team-note-reopened", Category.TEXT, "เปิดบันทึกของคณะทำงานอีกครั้ง"
)
REVIEW_ASKED = declare_act("review-asked", Category.TEXT, "ขอให้ตรวจ")
REVIEW_ANSWERED = declare_act("review-answered", Category.TEXT, "ส่งผลการตรวจ")
REVIEW_CLOSED = declare_act(
    "review-closed",
    Category.TEXT,
    "คำขอให้ตรวจ: {detail}",
    details=dict(ReviewClosing.Kind.choices),
)
PREVIEW_MADE = declare_act("preview-made", Category.TEXT, "จัดทำลิงก์ดูร่าง")
PREVIEW_RECALLED = declare_act("preview-recalled", Category.TEXT, "เรียกคืนลิงก์ดูร่าง")
PREVIEW_OPENED = declare_act("preview-opened", Category.TEXT, "มีผู้เปิดลิงก์ดูร่างด้วยรหัสผ่าน")
DROP_REASON_GIVEN = declare_act(
    "drop-reason-given",
    Category.TEXT,
    "ระบุเหตุผลที่ยกเลิกกระบวนงานภายหลัง",
)
FILES_SENT = declare_act("files-sent", Category.TEXT, "ส่งไฟล์เพื่อตรวจก่อนนำเข้า: {note}")
FILES_DISCARDED = declare_act("files-discarded", Category.TEXT, "ทิ้งไฟล์ที่ส่งไว้")
EDITION_FROZEN = declare_act(
    "edition-frozen",
    Category.EDITION,
    "จัดทำฉบับ",
)
EDITION_ARCHIVED = declare_act(
    "edition-archived",
    Category.EDITION,
    "นำเข้าฉบับจดหมายเหตุ {note}",
)
EDITION_RELEASED = declare_act(
    "edition-released",
    Category.EDITION,
    "เผยแพร่ฉบับแก่{detail}",
    details=dict(EditionRelease.Audience.choices),
)
BOOK_PUBLISHED = declare_act(
    "book-published", Category.EDITION, "จัดทำเล่ม PDF สำหรับผู้อ่านฉบับ"
)
CONFORMITY_CHECKED = declare_act(
    "conformity-checked",
    Category.TEXT,
    "ตรวจความสอดคล้องกับกฎหมายของรุ่นที่ {note}: {detail}",
    details=dict(ConformityCheck.Status.choices),
)
LAW_LOADED = declare_act("law-loaded", Category.LAW, "เติมจากรายการที่มากับระบบ {note}")
LAW_CHANGED = declare_act("law-changed", Category.LAW, "{note}")


def about_manual(manual: Manual) -> Subject:
    return Subject(
        SubjectKind.MANUAL,
        manual.key,
        manual.title,
        work_group_id=manual.work_group_id,
        manual=manual.key,
    )


def about_section(section: Section) -> Subject:
    """Needs the section's manual."""
    manual = section.manual
    return Subject(
        SubjectKind.SECTION,
        str(section.uuid),
        section.title,
        work_group_id=manual.work_group_id,
        manual=manual.key,
    )


def about_edition(edition: Edition) -> Subject:
    return Subject(SubjectKind.EDITION, edition.code, edition.title)


def about_law() -> Subject:
    return Subject(SubjectKind.OTHER, "law", "ทะเบียนกฎหมาย")


def about_legal_source(source: LegalSource) -> Subject:
    return Subject(SubjectKind.LAW, str(source.pk), source.short_title)
