"""How each paper looks in the portal's own form."""

from collections.abc import Callable

from ..kinds import (
    ANNOUNCEMENT,
    CONSIDERED,
    GROUP_SUMMARY,
    LETTER,
    MINUTES,
    REGISTER,
    REPORT,
)
from ..values.plain import TO_FILL_IN
from .writer import Column, PaperWriter

# The official table, with who said it and what became of the words
RESULT_COLUMNS: list[Column] = [
    ("ที่", 8, "no"),
    ("ข้อ", 20, "clause"),
    ("สพท.", 18, "office"),
    ("ข้อความเดิม", 34, "wording"),
    ("ข้อความที่เสนอ", 34, "proposed"),
    ("ความคิดเห็นและเหตุผล", 36, "text"),
    ("ผลการพิจารณา", 20, "outcome"),
    ("เหตุผล", 32, "reason"),
    ("ข้อความสุดท้าย", 32, "final_words"),
]
# The same in a letter: whose it is is known, not of which manual
LETTER_COLUMNS: list[Column] = [
    RESULT_COLUMNS[0],
    ("กลุ่มงานและกระบวนงาน", 24, "place"),
    RESULT_COLUMNS[1],
    *RESULT_COLUMNS[3:],
]
TABLE_OF_RESULTS = "ความคิดเห็นและผลการพิจารณา"
COUNT_COLUMNS: list[Column] = [
    ("ความคิดเห็น", 14, "comments"),
    ("เห็นชอบ", 12, "accepted"),
    ("ไม่เห็นชอบ", 12, "refused"),
    ("ผลอื่น", 12, "otherwise"),
    ("ยังไม่ได้ข้อยุติ", 16, "open"),
]
SIGNED_AT = 8  # centimetres from the margin, where a letter is dated and signed


def lay_out_report(paper: PaperWriter) -> None:
    """Under headings after the regulation of 2548, whose text the portal does not hold (docs/decisions/0133); what the
    portal cannot know is left to be filled in."""
    _tell_why_and_how(paper)
    _tell_what_was_heard(paper)
    paper.heading("9. ข้อสรุปรายกลุ่มงาน")

    def conclusion(read: Callable[[str], str]) -> None:
        paper.minor_heading(read("name"))
        paper.text(read("summary"))

    paper.each("groups", conclusion)
    paper.heading("10. ผลผลิต ผลลัพธ์ ผลกระทบ และประมาณการค่าใช้จ่าย")
    paper.text(TO_FILL_IN)
    paper.heading("11. ข้อเสนอเพื่อดำเนินการต่อไป")
    paper.text(TO_FILL_IN)
    _annex_who_spoke(paper)


def _tell_why_and_how(paper: PaperWriter) -> None:
    value = paper.value
    paper.title("รายงานผลการประชาพิจารณ์")
    paper.line(value("hearing"))
    paper.line(f"ระหว่างวันที่ {value('days')}")
    paper.heading("1. เหตุผลความจำเป็นและวัตถุประสงค์")
    paper.text(
        f"คู่มือการปฏิบัติงานของสำนักงานเขตพื้นที่การศึกษาได้ปรับปรุงเป็น {value('edition')} จึงจัดให้ผู้แทนสำนักงานเขตพื้นที่การศึกษา"
        "แสดงความคิดเห็นต่อร่างก่อนประกาศใช้ เพื่อให้คู่มือเป็นปัจจุบัน สอดคล้องกับกฎหมาย นำเทคโนโลยีมาใช้ และไม่ซ้ำซ้อน"
    )
    paper.heading("2. สาระสำคัญของเรื่องที่รับฟัง")
    paper.text(f"{value('edition')} อ่านได้ที่ {value('portal')}")
    paper.heading("3. ผู้ดำเนินการและสถานที่")
    paper.text(
        f"ผู้จัด {value('organiser')} ประธาน {value('chairperson')} สถานที่ {value('venue')}"
    )
    paper.heading("4. ขั้นตอน ระยะเวลา และวิธีการรับฟัง")
    paper.text("ประชาพิจารณ์ด้วยการประชุมและระบบเครือข่ายสารสนเทศ ในเวทีต่อไปนี้")
    paper.table(
        "sessions",
        [
            ("ที่", 9, "no"),
            ("เวที", 34, "name"),
            ("สถานที่", 30, "venue"),
            ("เวลา", 30, "time"),
            ("ความคิดเห็น", 14, "comments"),
        ],
    )


def _tell_what_was_heard(paper: PaperWriter) -> None:
    value = paper.value
    paper.heading("5. ผู้ที่ได้รับเชิญ ผู้แสดงความคิดเห็น และผู้ที่ไม่ได้แสดงความคิดเห็น")
    paper.text(
        f"เชิญ {value('invited')} เขต (สพป. {value('invited_primary')} เขต สพม. {value('invited_secondary')} เขต) "
        f"แสดงความคิดเห็นหรือสนับสนุน {value('spoke')} เขต (สพป. {value('spoke_primary')} เขต "
        f"สพม. {value('spoke_secondary')} เขต) ไม่ได้แสดงความคิดเห็น {value('silent')} เขต รายชื่ออยู่ในภาคผนวก"
    )
    paper.heading("6. ผลการรับฟังความคิดเห็นตามประเด็น")
    paper.text(f"มีความคิดเห็นทั้งหมด {value('comments')} เรื่อง")
    paper.table(
        "classes",
        [
            ("ประเด็น", 30, "name"),
            ("ของ สพป.", 12, "primary"),
            ("ของ สพม.", 12, "secondary"),
            *COUNT_COLUMNS,
        ],
    )
    paper.heading("7. การวิเคราะห์")
    paper.text(value("summary"))
    paper.heading("8. คำชี้แจงและผลการพิจารณา")
    paper.table(
        "outcomes",
        [("ผลการพิจารณาที่เผยแพร่แล้ว", 60, "name"), ("ความคิดเห็น", 20, "comments")],
    )
    paper.table(
        "groups",
        [
            ("ที่", 9, "no"),
            ("กลุ่มงาน", 36, "name"),
            ("เขตที่แสดงความคิดเห็น", 14, "offices"),
            *COUNT_COLUMNS,
        ],
    )


def _annex_who_spoke(paper: PaperWriter) -> None:
    value = paper.value
    paper.page()
    paper.heading("ภาคผนวก ก กำหนดการ")
    paper.text(value("programme"))
    paper.heading("ภาคผนวก ข สพท. ที่แสดงความคิดเห็นหรือสนับสนุน")
    paper.text(f"รวม {value('spoke')} เขต: {value('spoke_names')}")
    paper.heading("ภาคผนวก ค สพท. ที่ไม่ได้แสดงความคิดเห็น")
    paper.text(f"รวม {value('silent')} เขต")
    paper.text(f"สพป.: {value('silent_primary_names')}")
    paper.text(f"สพม.: {value('silent_secondary_names')}")
    paper.heading("ภาคผนวก ง เอกสารประกอบ")
    paper.text("ตารางสรุปความคิดเห็น และสรุปประเด็นรายกลุ่ม แนบเป็นไฟล์แยก")
    paper.line(f"จัดทำเมื่อ {value('today')}")


def lay_out_group_summary(paper: PaperWriter) -> None:
    value = paper.value
    paper.title(f"สรุปประเด็น {value('group')}")
    paper.line(f"{value('hearing')} {value('days')}")
    paper.text(
        f"ความคิดเห็น {value('comments')} เรื่อง มีผลแล้ว {value('decided')} เรื่อง ยังไม่ได้ข้อยุติ {value('open')} เรื่อง "
        f"(ขอให้ทบทวน {value('reviewed')} เรื่อง)"
    )
    paper.heading("ข้อสรุป")
    paper.text(value("summary"))
    paper.line(f"จัดทำเมื่อ {value('today')}")
    paper.wide_table(TABLE_OF_RESULTS, "rows", RESULT_COLUMNS)


def lay_out_letter(paper: PaperWriter) -> None:
    """As an official letter stands; its number and who signs it are filled in by hand."""
    value = paper.value
    paper.line(f"ที่ {TO_FILL_IN}")
    paper.line(value("organiser"), depth=SIGNED_AT)
    paper.line(value("today"), depth=SIGNED_AT)
    paper.line("เรื่อง แจ้งผลการประชาพิจารณ์คู่มือการปฏิบัติงาน")
    paper.line(f"เรียน ผู้อำนวยการ{value('office')}")
    paper.line(f"สิ่งที่ส่งมาด้วย {value('enclosed')}")
    paper.text(
        f"ตามที่ได้จัด{value('hearing')} เมื่อวันที่ {value('days')} และเชิญสำนักงานของท่านแสดงความคิดเห็น นั้น"
    )
    paper.text(value("told"))
    paper.text(f"ผู้แสดงความคิดเห็นติดตามผลและอ่านถ้อยคำฉบับล่าสุดได้ที่ {value('portal')}")
    paper.text("จึงเรียนมาเพื่อโปรดทราบ")
    paper.line("ขอแสดงความนับถือ", depth=SIGNED_AT)
    paper.line("", depth=SIGNED_AT)
    paper.line(f"({TO_FILL_IN})", depth=SIGNED_AT)
    paper.line(f"ตำแหน่ง {TO_FILL_IN}", depth=SIGNED_AT)
    if paper.is_form or paper.rows("rows"):  # nothing is enclosed to who said nothing
        paper.wide_table(
            f"{TABLE_OF_RESULTS} {value('office_short')}", "rows", LETTER_COLUMNS
        )


def lay_out_minutes(paper: PaperWriter) -> None:
    value = paper.value
    paper.title("รายงานการประชุม")
    paper.line(value("hearing"))
    paper.line(f"เวที {value('session')}")
    paper.line(f"สถานที่ {value('session_venue')}")
    paper.line(f"เริ่ม {value('opened')} เลิก {value('closed')}")
    paper.text(f"ที่ประชุมพิจารณา {value('edition')} มีความคิดเห็น {value('comments')} เรื่อง")
    paper.heading("การดำเนินการตามลำดับเวลา")
    paper.table(
        "moments",
        [("ที่", 12, "no"), ("เวลา", 30, "time"), ("การดำเนินการ", 82, "what")],
    )
    for role in ("ผู้จดรายงานการประชุม", "ผู้ตรวจรายงานการประชุม"):
        paper.line("", depth=SIGNED_AT)
        paper.line(f"({TO_FILL_IN})", depth=SIGNED_AT)
        paper.line(role, depth=SIGNED_AT)
    paper.wide_table(TABLE_OF_RESULTS, "rows", RESULT_COLUMNS)


def lay_out_considered(paper: PaperWriter) -> None:
    value = paper.value
    paper.title("สิ่งที่ที่ประชุมพิจารณาแล้ว")
    paper.line(value("hearing"))
    paper.line(f"วันที่พิจารณา {value('day')}")
    paper.line(f"ข้อมูล ณ {value('as_of')} รวม {value('number')} เรื่อง")
    paper.text(
        "จำนวนเขตคือ สพท. ที่เห็นชอบกับข้อความ จาก สพท. ที่แสดงความคิดเห็นหรือสนับสนุน แสดงเฉพาะผลการพิจารณาที่เผยแพร่แล้ว"
    )
    paper.wide_table(
        "เรื่องที่พิจารณา",
        "rows",
        [
            ("ที่", 8, "no"),
            ("กลุ่มงาน", 24, "group"),
            ("ข้อ", 16, "clause"),
            ("กระบวนงาน", 28, "process"),
            ("พิจารณาเมื่อ ผลการยกมือ และมติของที่ประชุม", 34, "times"),
            ("สพป. เห็นชอบ", 18, "primary"),
            ("สพม. เห็นชอบ", 18, "secondary"),
            ("ผลการพิจารณาที่เผยแพร่แล้ว", 54, "answers"),
        ],
    )


def lay_out_register(paper: PaperWriter) -> None:
    value = paper.value
    paper.title("บัญชีลงทะเบียน")
    paper.line(f"{value('hearing')} {value('days')}")
    paper.line(f"สถานที่ {value('venue')}")
    paper.line(f"ผู้ลงทะเบียน {value('people')} คน จาก {value('offices')} เขต")
    paper.line(f"มาประชุม {value('present')} คน จาก {value('present_offices')} เขต")
    paper.table(
        "rows",
        [
            ("ที่", 9, "no"),
            ("ชื่อและนามสกุล", 34, "name"),
            ("ตำแหน่ง", 28, "position"),
            ("สพท.", 28, "office"),
            ("กลุ่มงาน", 22, "groups"),
            ("มาประชุม", 18, "arrived"),
            ("ลายมือชื่อ", 22, ""),
        ],
        size=12,
    )


def lay_out_announcement(paper: PaperWriter) -> None:
    value = paper.value
    paper.title("ประกาศสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน")
    paper.line(f"เรื่อง ให้ใช้{value('edition')}")
    paper.text(
        f"โดยที่ได้ปรับปรุงคู่มือการปฏิบัติงานของสำนักงานเขตพื้นที่การศึกษาและรับฟังความคิดเห็นแล้ว จึงประกาศให้ใช้ {value('edition')} "
        f"รวม {value('manuals_number')} เล่ม แทน {value('basis')} ดังต่อไปนี้"
    )
    paper.each("manuals", lambda read: paper.line(f"{read('no')}. {read('name')}"))
    paper.text(f"ทั้งนี้ ตั้งแต่วันที่ {value('released')} เป็นต้นไป")
    paper.text(f"รหัสตรวจสอบของฉบับ {value('verify')}")
    paper.line(f"ประกาศ ณ วันที่ {TO_FILL_IN}", depth=SIGNED_AT)
    paper.line("", depth=SIGNED_AT)
    paper.line(f"({value('signer')})", depth=SIGNED_AT)


LAYOUTS: dict[str, Callable[[PaperWriter], None]] = {
    REPORT.key: lay_out_report,
    GROUP_SUMMARY.key: lay_out_group_summary,
    LETTER.key: lay_out_letter,
    MINUTES.key: lay_out_minutes,
    CONSIDERED.key: lay_out_considered,
    REGISTER.key: lay_out_register,
    ANNOUNCEMENT.key: lay_out_announcement,
}
