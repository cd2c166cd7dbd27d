"""The list of laws as a spreadsheet, taken in as lists of groups and offices are."""

from hearing_portal.directory.lists.plans import ChangedRow, NewLink, NewRow
from hearing_portal.directory.lists.presentation import ListWords
from hearing_portal.directory.lists.services import REASON, ListKind
from hearing_portal.directory.models import User
from hearing_portal.spreadsheets import write_table

from ..models import LegalSource, LegalSuccession
from .field_words import SOURCE_WORDS, SUCCESSION_WORDS, tell_source_value
from .law_rows import LAW_COLUMNS, LawRowReader
from .listed_successions import BETWEEN_TITLES, KINDS
from .services import (
    FACTS,
    SourceFacts,
    add_legal_source,
    add_legal_succession,
    change_legal_source,
    lock_registry,
)


def _add_law(row: NewRow, by: User) -> None:
    add_legal_source(SourceFacts(**row.values), by=by, reason=REASON)


def _change_law(row: ChangedRow, by: User) -> None:
    assert isinstance(row.known, LegalSource)
    stored = {name: getattr(row.known, name) for name in FACTS}
    facts = SourceFacts(**(stored | row.listed_values))
    change_legal_source(row.known, facts, by=by, reason=REASON)


def _link_laws(link: NewLink, by: User) -> None:
    """Both stand in the registry by now."""
    earlier = LegalSource.objects.get(full_title=link.values["earlier"])
    later = LegalSource.objects.get(full_title=link.values["later"])
    add_legal_succession(earlier, later, link.values["kind"], by=by, reason=REASON)


LAWS = ListKind(
    name="law",
    columns=LAW_COLUMNS,
    reader=LawRowReader,
    lock=lock_registry,
    add=_add_law,
    change=_change_law,
    link=_link_laws,
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
        "",
        "",
    ],
    notes=[
        "หนึ่งแถวต่อหนึ่งฉบับ ห้ามเปลี่ยนหัวตาราง แถวแรกใต้หัวตารางเป็นตัวอย่าง โปรดแก้ไขหรือลบ",
        "คอลัมน์ที่ต้องกรอก: ชื่อเต็ม ชื่อย่อ ปี พ.ศ. ประเภท",
        "ชื่อเต็ม: ตามราชกิจจานุเบกษา พร้อมปี พ.ศ.",
        "ประเภท: เช่น พระราชบัญญัติ ระเบียบ ประกาศ คำสั่ง",
        "สถานะ: ใช้บังคับ มีฉบับแก้ไข หรือ ยกเลิกแล้ว เว้นว่างหมายถึงใช้บังคับสำหรับฉบับใหม่ และคงเดิมสำหรับฉบับที่มีอยู่",
        "วันที่ใช้บังคับ วันที่สิ้นผลใช้บังคับ: วัน/เดือน/ปี พ.ศ. เช่น 29/01/2564 เว้นว่างได้",
        "ที่อยู่เว็บ หมายเหตุ: เว้นว่างได้",
        "ฉบับที่มีชื่อเต็มหรือชื่อย่อตรงกับที่มีอยู่ ระบบจะแก้ไขตามไฟล์ ช่องที่เว้นว่างคงไว้ตามเดิม",
        "แทนที่โดย แก้ไขโดย: ชื่อเต็มหรือชื่อย่อของฉบับหลัง ที่อยู่ในทะเบียนหรือในไฟล์นี้ หลายฉบับคั่นด้วยอัฒภาค (;) เว้นว่างได้ "
        "ระบบเพิ่มความสัมพันธ์ที่ยังไม่มี และไม่นำความสัมพันธ์เดิมออก",
    ],
)


def write_law_list() -> bytes:
    """The registry as such a list, an XLSX file: taken in again as it is, it changes nothing. Two queries."""
    later: dict[int, dict[str, list[str]]] = {}
    for succession in LegalSuccession.objects.select_related("to_source").order_by(
        "to_source__year_be", "pk"
    ):
        named = later.setdefault(
            succession.from_source_id,
            {kind: [] for kind in LegalSuccession.Kind.values},
        )
        named[succession.kind].append(succession.to_source.short_title)
    rows = []
    for source in LegalSource.objects.order_by("-year_be", "short_title"):
        named = later.get(source.pk, {})
        row = []
        for name in SOURCE_WORDS:
            value = getattr(source, name)
            row.append("" if value in (None, "") else tell_source_value(name, value))
        for column in SUCCESSION_WORDS:
            row.append(f"{BETWEEN_TITLES} ".join(named.get(KINDS[column], [])))
        rows.append(row)
    return write_table(
        "รายการ", list(LAW_COLUMNS.headings.values()), rows, notes=LAWS.notes
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
