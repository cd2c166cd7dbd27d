"""The list of laws as a spreadsheet, taken in as lists of groups and offices are."""

from hearing_portal.directory.lists.plans import ChangedRow, NewRow
from hearing_portal.directory.lists.presentation import ListWords
from hearing_portal.directory.lists.services import REASON, ListKind
from hearing_portal.directory.models import User

from ..models import LegalSource
from .field_words import SOURCE_WORDS, tell_source_value
from .law_rows import LAW_COLUMNS, LawRowReader
from .services import FACTS, SourceFacts, add_legal_source, change_legal_source, lock_registry


def _add_law(row: NewRow, by: User) -> None:
    add_legal_source(SourceFacts(**row.values), by=by, reason=REASON)


def _change_law(row: ChangedRow, by: User) -> None:
    assert isinstance(row.known, LegalSource)
    stored = {name: getattr(row.known, name) for name in FACTS}
    facts = SourceFacts(**(stored | row.listed_values))
    change_legal_source(row.known, facts, by=by, reason=REASON)


LAWS = ListKind(
    name="law",
    columns=LAW_COLUMNS,
    reader=LawRowReader,
    lock=lock_registry,
    add=_add_law,
    change=_change_law,
    example=[
        "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526",
        "ระเบียบสารบรรณ 2526",
        "2526",
        "ระเบียบ",
        "มีฉบับแก้ไข",
        "",
        "",
        "",
        "",
    ],
    notes=[
        "หนึ่งบรรทัดต่อหนึ่งฉบับ ห้ามเปลี่ยนหัวตาราง บรรทัดแรกใต้หัวตารางเป็นตัวอย่าง โปรดแก้ไขหรือลบ",
        "คอลัมน์ที่ต้องกรอก: ชื่อเต็ม ชื่อย่อ ปี พ.ศ. ประเภท",
        "ชื่อเต็ม: ตามราชกิจจานุเบกษา พร้อมปี พ.ศ.",
        "ประเภท: เช่น พระราชบัญญัติ ระเบียบ ประกาศ คำสั่ง",
        "สถานะ: ใช้บังคับ มีฉบับแก้ไข หรือ ยกเลิกแล้ว เว้นว่างหมายถึงใช้บังคับสำหรับฉบับใหม่ และคงเดิมสำหรับฉบับที่มีอยู่",
        "วันที่ใช้บังคับ วันที่สิ้นผลใช้บังคับ: วัน/เดือน/ปี พ.ศ. เช่น 29/01/2564 เว้นว่างได้",
        "ที่อยู่เว็บ หมายเหตุ: เว้นว่างได้",
        "ฉบับที่มีชื่อเต็มหรือชื่อย่อตรงกับที่มีอยู่ ระบบจะแก้ไขตามไฟล์ ช่องที่เว้นว่างคงไว้ตามเดิม",
        "ความสัมพันธ์ระหว่างฉบับ (แทนที่โดย แก้ไขโดย) เพิ่มที่หน้าของแต่ละฉบับหลังนำเข้า",
    ],
)
LAWS_WORDS = ListWords(
    title="นำเข้ารายการกฎหมาย",
    back="ทะเบียนกฎหมาย",
    back_url="legal-sources",
    what="ฉบับ",
    url="law-import",
    template_url="law-import-template",
    preview_url="law-import-preview",
    fields=SOURCE_WORDS,
    tell=tell_source_value,
)
