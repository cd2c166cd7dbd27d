"""The papers there are: what each is called and what it is about. The values of each are those of its own module."""

from dataclasses import dataclass

# What is chosen in the place of one office, or of one day
ALL_OFFICES = EVERY_DAY = "all"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """`about` is what a person chooses: a hearing alone, or one thing of it. `is_of_group` papers belong to a group's
    desk, and what is about a day to every desk; all others to administrators. `names_people` says that names of persons
    stand in it."""

    key: str
    title: str
    about: str  # hearing, group, office, session, edition, day
    help_text: str
    is_of_group: bool = False
    names_people: bool = False


REPORT = PaperKind(
    "report",
    "รายงานผลการประชาพิจารณ์",
    "hearing",
    "จัดหัวข้อโดยอาศัยแนวของระเบียบสำนักนายกรัฐมนตรีว่าด้วยการรับฟังความคิดเห็นของประชาชน พ.ศ. 2548 "
    "ซึ่งใช้กับโครงการของรัฐ ระบบไม่มีตัวบทของระเบียบนี้ โปรดตรวจหัวข้อกับตัวบทก่อนใช้",
)
GROUP_SUMMARY = PaperKind(
    "group-summary",
    "สรุปประเด็นรายกลุ่ม",
    "group",
    "ตารางความคิดเห็นและผลการพิจารณาของกลุ่มงาน พร้อมข้อสรุปที่ลงนามแล้ว",
    is_of_group=True,
)
LETTER = PaperKind(
    "letter",
    "หนังสือแจ้งผลถึง สพท.",
    "office",
    "ความคิดเห็นของ สพท. นั้นและผลที่เผยแพร่แล้ว ทีละ สพท. หรือทุก สพท. ในไฟล์ ZIP",
)
MINUTES = PaperKind(
    "minutes",
    "รายงานการประชุม",
    "session",
    "จากบันทึกของเวที เปิด หยิบยกขึ้นพิจารณา แสดงความคิดเห็น มีผล ปิด",
    is_of_group=True,
)
CONSIDERED = PaperKind(
    "considered",
    "สิ่งที่ที่ประชุมพิจารณาแล้ว",
    "day",
    "รายข้อของทุกกลุ่มงาน จำนวนเขต และผลที่เผยแพร่แล้ว ณ เวลาที่จัดทำ สำหรับพักกลางวันและสิ้นวัน",
    is_of_group=True,
)
REGISTER = PaperKind(
    "register",
    "บัญชีลงทะเบียน",
    "hearing",
    "ผู้แทนและผู้อำนวยการที่ลงทะเบียนไว้ พร้อมช่องลงลายมือชื่อ",
    names_people=True,
)
ANNOUNCEMENT = PaperKind(
    "announcement",
    "ประกาศใช้คู่มือ",
    "edition",
    "ร่างประกาศของฉบับสมบูรณ์ที่เผยแพร่แก่ประชาชนแล้ว",
)
PAPERS = {
    paper.key: paper
    for paper in (
        REPORT,
        GROUP_SUMMARY,
        LETTER,
        MINUTES,
        CONSIDERED,
        REGISTER,
        ANNOUNCEMENT,
    )
}
