"""The acts of the hearing, for the log: a new kind of act appears in it with one declaration here."""

from hearing_portal.acts.kinds import Category, Subject, SubjectKind, declare_act
from hearing_portal.directory.models import AreaOffice, WorkGroup
from manuals.models import Manual

from .models import (
    Comment,
    Disposition,
    Hearing,
    HearingDocument,
    HearingSession,
    OfficePosition,
    Overlap,
)
from .models.hearing import KINDS_BESIDE_A_GROUP

COMMENT_WORDS = "ความคิดเห็นเลขที่ {label}"
DOCUMENT_WORDS = "เอกสาร “{label}”"
PAPER_WORDS = "เอกสาร “{label}”"
OVERLAP_WORDS = "เรื่องซ้ำซ้อนที่ {label}"
SESSION_WORDS = "เวที{detail} {label}"
OUTCOME_WORDS = dict(Disposition.Outcome.choices)
SESSION_KINDS = KINDS_BESIDE_A_GROUP

# What was said and proposed
COMMENT_WRITTEN = declare_act(
    "comment-written",
    Category.COMMENT,
    "แสดงความคิดเห็น {detail}",
    details=dict(Comment.Type.choices),
    subject_words=COMMENT_WORDS,
)
COMMENT_REWORDED = declare_act(
    "comment-reworded", Category.COMMENT, "แก้ไข", subject_words=COMMENT_WORDS
)
COMMENT_TRIAGED = declare_act(
    "comment-triaged", Category.COMMENT, "รับไว้พิจารณา", subject_words=COMMENT_WORDS
)
COMMENT_CHANGED = declare_act(
    "comment-changed", Category.COMMENT, "ปรับข้อมูล", subject_words=COMMENT_WORDS
)
RECEIPT_RECALLED = declare_act(
    "receipt-recalled",
    Category.COMMENT,
    "เรียกคืนลิงก์ใบรับ",
    subject_words=COMMENT_WORDS,
)
AMENDMENT_PROPOSED = declare_act(
    "amendment-proposed", Category.COMMENT, "เสนอถ้อยคำ", subject_words=COMMENT_WORDS
)
AMENDMENT_ADOPTED = declare_act(
    "amendment-adopted",
    Category.COMMENT,
    "เห็นชอบถ้อยคำที่เสนอ",
    subject_words=COMMENT_WORDS,
)
AMENDMENT_CHANGED = declare_act(
    "amendment-changed", Category.COMMENT, "ปรับถ้อยคำที่เสนอ", subject_words=COMMENT_WORDS
)

POSITION_CONFIRMED = declare_act(
    "position-confirmed",
    Category.COMMENT,
    "ยืนยันความคิดเห็นในนาม สพท. “{detail}”",
    details=dict(OfficePosition.Stance.choices),
)

# How comments were moderated
MODERATED = declare_act(
    "moderated",
    Category.MODERATION,
    "{detail}",
    details={"shown": "แสดง", "hidden": "ซ่อน", "held": "พักไว้ตรวจก่อนแสดง"},
    subject_words=COMMENT_WORDS,
)
COMMENT_GROUPED = declare_act(
    "comment-grouped",
    Category.MODERATION,
    "รวมกับเรื่องที่มีเนื้อหาเดียวกัน",
    subject_words=COMMENT_WORDS,
)
COMMENT_SEPARATED = declare_act(
    "comment-separated",
    Category.MODERATION,
    "แยกออกจากเรื่องที่มีเนื้อหาเดียวกัน",
    subject_words=COMMENT_WORDS,
)
COMMENT_ASSIGNED = declare_act(
    "comment-assigned",
    Category.MODERATION,
    "มอบหมายผู้พิจารณา",
    subject_words=COMMENT_WORDS,
)
COMMENT_UNASSIGNED = declare_act(
    "comment-unassigned",
    Category.MODERATION,
    "ยกเลิกการมอบหมายผู้พิจารณา",
    subject_words=COMMENT_WORDS,
)
ADVICE_ASKED = declare_act(
    "advice-asked",
    Category.MODERATION,
    "ขอคำแนะนำจากผู้ทรงคุณวุฒิ",
    subject_words=COMMENT_WORDS,
)
ADVICE_RECALLED = declare_act(
    "advice-recalled",
    Category.MODERATION,
    "ยกเลิกการขอคำแนะนำ",
    subject_words=COMMENT_WORDS,
)
RECLASSED = declare_act(
    "reclassed",
    Category.MODERATION,
    "เปลี่ยนประเด็นเป็น “{detail}”",
    details={**dict(Comment.IssueClass.choices), "none": "ไม่ระบุ"},
    subject_words=COMMENT_WORDS,
)
AUTHOR_REVEALED = declare_act(
    "author-revealed", Category.PEOPLE, "ดูชื่อผู้แสดงความคิดเห็น", subject_words=COMMENT_WORDS
)

MAIL_TRIED = declare_act("mail-tried", Category.PEOPLE, "ส่งข้อความทดสอบ")

# What was decided and published
DECIDED = declare_act(
    "decided",
    Category.DECISION,
    "บันทึกผลการพิจารณา “{detail}”",
    details=OUTCOME_WORDS,
    subject_words=COMMENT_WORDS,
)
CONFIRMED = declare_act(
    "confirmed",
    Category.DECISION,
    "ยืนยันผล “{detail}”",
    details=OUTCOME_WORDS,
    subject_words=COMMENT_WORDS,
)
ANSWER_PUBLISHED = declare_act(
    "answer-published",
    Category.DECISION,
    "เผยแพร่ผล “{detail}”",
    details=OUTCOME_WORDS,
    subject_words=COMMENT_WORDS,
)
ANSWER_BLOCK_KEPT = declare_act(
    "answer-block-kept", Category.DECISION, "บันทึกคำตอบมาตรฐาน “{detail}”"
)
ANSWER_BLOCK_PUT_AWAY = declare_act(
    "answer-block-put-away", Category.DECISION, "เลิกใช้คำตอบมาตรฐาน “{detail}”"
)
ANSWERS_PUBLISHED = declare_act(
    "answers-published", Category.PUBLICATION, "เผยแพร่ผลการพิจารณา"
)
MATRIX_RETURNED = declare_act(
    "matrix-returned", Category.DECISION, "นำเข้าตารางสรุปความคิดเห็น"
)

# The overlap register
OVERLAP_ENTERED = declare_act(
    "overlap-entered",
    Category.DECISION,
    "บันทึกในทะเบียน",
    subject_words=OVERLAP_WORDS,
)
OVERLAP_CHANGED = declare_act(
    "overlap-changed",
    Category.DECISION,
    "แก้ไขข้อมูล",
    subject_words=OVERLAP_WORDS,
)
OVERLAP_EVIDENCED = declare_act(
    "overlap-evidenced",
    Category.DECISION,
    "เพิ่มความคิดเห็นเลขที่ {note}",
    subject_words=OVERLAP_WORDS,
)
OVERLAP_RESOLVED = declare_act(
    "overlap-resolved",
    Category.DECISION,
    "บันทึกข้อยุติ “{detail}”",
    details=dict(Overlap.Resolution.choices),
    subject_words=OVERLAP_WORDS,
)
OVERLAP_REOPENED = declare_act(
    "overlap-reopened",
    Category.DECISION,
    "นำกลับมาพิจารณา",
    subject_words=OVERLAP_WORDS,
)
OVERLAP_CAUSED_CHANGE = declare_act(
    "overlap-caused-change",
    Category.DECISION,
    "ระบุการแก้ไขที่เกิดจากเรื่องนี้",
    subject_words=OVERLAP_WORDS,
)
PAIRS_DISMISSED = declare_act(
    "pairs-dismissed",
    Category.DECISION,
    "พิจารณาว่าถ้อยคำที่คล้ายกันไม่ซ้ำซ้อน",
)
CONCLUSION_SIGNED = declare_act("conclusion-signed", Category.PUBLICATION, "ลงนามข้อสรุป")

# The papers afterwards
PAPER_FORM_GIVEN = declare_act(
    "paper-form-given",
    Category.PUBLICATION,
    "กำหนดแบบของหน่วยงาน",
    subject_words=PAPER_WORDS,
)
PAPER_FORM_DROPPED = declare_act(
    "paper-form-dropped",
    Category.PUBLICATION,
    "กลับไปใช้แบบของระบบ",
    subject_words=PAPER_WORDS,
)

# The hearing and its sessions
HEARING_ANNOUNCED = declare_act("hearing-made", Category.SESSION, "ตั้งการประชาพิจารณ์")
HEARING_CHANGED = declare_act(
    "hearing-changed", Category.SESSION, "แก้ข้อมูลการประชาพิจารณ์"
)
HEARING_EXTENDED = declare_act(
    "hearing-extended", Category.SESSION, "ขยายวันสิ้นสุดการประชาพิจารณ์"
)
DOCUMENT_ADDED = declare_act(
    "document-added", Category.SESSION, "เพิ่มเอกสาร", subject_words=DOCUMENT_WORDS
)
DOCUMENT_REMOVED = declare_act(
    "document-removed", Category.SESSION, "นำเอกสารออก", subject_words=DOCUMENT_WORDS
)
SESSION_ANNOUNCED = declare_act(
    "session-made",
    Category.SESSION,
    "ตั้งเวที",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
SESSION_CHANGED = declare_act(
    "session-changed",
    Category.SESSION,
    "แก้ข้อมูลเวที",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
COPY_TAKEN_IN = declare_act(
    "copy-taken-in",
    Category.COMMENT,
    "นำเข้าความคิดเห็นจากไฟล์ Word",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
SESSION_EXTENDED = declare_act(
    "session-extended",
    Category.SESSION,
    "ขยายเวลารับความคิดเห็น",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
WALL_RECALLED = declare_act(
    "wall-recalled",
    Category.SESSION,
    "เรียกคืนลิงก์จอห้องประชุม",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
SESSION_STATE_CHANGED = {
    "opened": declare_act(
        "session-opened",
        Category.SESSION,
        "เปิดรับความคิดเห็น",
        details=SESSION_KINDS,
        subject_words=SESSION_WORDS,
    ),
    "paused": declare_act(
        "session-paused",
        Category.SESSION,
        "พักเวที",
        details=SESSION_KINDS,
        subject_words=SESSION_WORDS,
    ),
    "closed": declare_act(
        "session-closed",
        Category.SESSION,
        "ปิดเวที",
        details=SESSION_KINDS,
        subject_words=SESSION_WORDS,
    ),
}
SPEAKER_MOVED = declare_act(
    "speaker-moved",
    Category.SESSION,
    "เปลี่ยนลำดับผู้ขอพูด {note}",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
POLL_ASKED = declare_act(
    "poll-asked",
    Category.SESSION,
    "ขอให้เขตยกมือ “{note}”",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
MOTION_NOTED = declare_act(
    "motion-noted",
    Category.SESSION,
    "บันทึกมติของที่ประชุม “{note}”",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
MOTION_CORRECTED = declare_act(
    "motion-corrected",
    Category.SESSION,
    "แก้มติของที่ประชุม “{note}”",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
POLL_ENDED = declare_act(
    "poll-ended",
    Category.SESSION,
    "สิ้นสุดการยกมือ “{note}”",
    details=SESSION_KINDS,
    subject_words=SESSION_WORDS,
)
CARDS_MADE = declare_act("cards-made", Category.PEOPLE, "จัดทำบัตรเข้าร่วมประชุม {note}")
CARD_RECALLED = declare_act("card-recalled", Category.PEOPLE, "เรียกคืนบัตรเข้าร่วมประชุม")


def about_comment(comment: Comment) -> Subject:
    """Needs the comment's entry and its manual."""
    return Subject(
        SubjectKind.COMMENT,
        str(comment.uuid),
        str(comment.pk),
        work_group_id=comment.entry.manual.work_group_id,
    )


def about_hearing(hearing: Hearing) -> Subject:
    return Subject(SubjectKind.HEARING, hearing.key, hearing.title)


def about_document(document: HearingDocument) -> Subject:
    return Subject(SubjectKind.HEARING, document.hearing.key, document.title)


def about_mail() -> Subject:
    return Subject(SubjectKind.OTHER, "mail", "อีเมลของระบบ")


def about_paper(key: str, title: str) -> Subject:
    return Subject(SubjectKind.OTHER, key, title)


def about_session(session: HearingSession) -> Subject:
    group = session.work_group
    return Subject(
        SubjectKind.SESSION,
        str(session.pk),
        group.name if group else "",
        work_group_id=session.work_group_id,
    )


def about_overlap(overlap: Overlap) -> Subject:
    return Subject(
        SubjectKind.OVERLAP,
        str(overlap.uuid),
        str(overlap.pk),
        work_group_id=overlap.work_group_a_id,
    )


def about_position(office: AreaOffice, manual: Manual) -> Subject:
    """What an office says of a manual."""
    return Subject(
        SubjectKind.OFFICE,
        office.key,
        f"{office.short_name} {manual.title}",
        work_group_id=manual.work_group_id,
        manual=manual.key,
    )


def about_group(group: WorkGroup | None) -> Subject:
    """The group's answers; without a group those on the book's foreword."""
    if group is None:
        return Subject(SubjectKind.GROUP, "BOOK", "คำนำของเล่ม")
    return Subject(SubjectKind.GROUP, group.key, group.name, work_group_id=group.pk)
