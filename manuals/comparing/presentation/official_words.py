"""The words of a clause as an amending sentence quotes them, and the sentences of what changes beside the words."""

from collections.abc import Iterator

from ...content import AppliesTo, Definition, Table, cell_field, column_field
from ...facts import told_facts
from ...field_labels import is_fact, short_field_label
from ..queries.section_facts import (
    CODE,
    INDICATOR,
    OFFICES,
    PLACE,
    TELLING,
    TITLE,
    ChangedSection,
)
from ..sides import SideSection
from .group import ComparedRow

TOLD_WITH_WORDS = ("columns", "rows")  # the quoted words of a table show them
# As they stand in a sentence, where the label of a form would be no noun
NOUNS = {
    "applies_to": "ประเภทสำนักงานเขตที่ใช้",
    "shape": "รูปในผังการปฏิบัติงาน",
    "branches": "ทางแยกในผังการปฏิบัติงาน",
    "minutes": "เวลาที่ใช้คำนวณ",
}


def official_words(row: ComparedRow) -> str:
    """What the newer side says, without the number; of a clause that is new, what is worth telling beside its words."""
    assert row.new is not None, "only what stands is quoted"
    content = row.new.clause_content
    told = dict(row.clause.side_fields)
    lines = []
    if isinstance(content, Definition) and content.term:
        sense = row.words_of_side("text", "ins")
        lines.append(f"“{content.term}” {content.verb_words} {sense}")
        told.pop("term", None)
        told.pop("verb", None)
        told.pop("text", None)
    if isinstance(content, Table):
        lines += _table_lines(row, content)
        for name in list(told):
            if name.startswith(("column:", "cell:")) or name == "text":
                told.pop(name)
    new_facts = (
        [] if row.old is not None else [fact.name for fact in told_facts(content)]
    )
    for name in told:
        if is_fact(name) and name not in new_facts:
            continue
        words = row.words_of_side(name, "ins")
        label = short_field_label(name)
        if words:
            lines.append(f"{label}: {words}" if label else words)
    return "\n".join(lines)


def _table_lines(row: ComparedRow, table: Table) -> Iterator[str]:
    """The text above, the titles, then each row that has words: its cells with bars between them."""
    above = row.words_of_side("text", "ins")
    if above:
        yield above
    lines = [[column_field(column) for column in table.columns]]
    for line in table.rows:
        lines.append([cell_field(line, column) for column in table.columns])
    for names in lines:
        cells = [row.words_of_side(name, "ins") for name in names]
        if any(cells):
            yield " | ".join(cells)


def has_other_words(row: ComparedRow) -> bool:
    """Of a clause on both sides: whether the words that are quoted differ."""
    changed = {fact.name for fact in row.clause.facts}
    return any(
        name not in changed or name in TOLD_WITH_WORDS for name in row.clause.redlines
    )


def fact_commands(row: ComparedRow, name: str, where: str) -> Iterator[str]:
    """ให้แก้ไขรูปในผังการปฏิบัติงาน ใน{name} ของ{where} จาก “ตัดสินใจ” เป็น “กิจกรรม”: one for each fact that differs."""
    place = f"{name} ของ{where}"
    for fact in row.clause.facts:
        if fact.name in TOLD_WITH_WORDS:
            continue
        noun = NOUNS.get(fact.name, fact.label)
        if not fact.before:
            yield f"ให้กำหนด{noun} ใน{place} เป็น “{fact.after}”"
        elif not fact.after:
            yield f"ให้ยกเลิก{noun} “{fact.before}” ใน{place}"
        else:
            yield f"ให้แก้ไข{noun} ใน{place} จาก “{fact.before}” เป็น “{fact.after}”"


def given_commands(section: SideSection, name: str) -> Iterator[str]:
    """ให้กำหนดตัวชี้วัด ของ{name} เป็น “1 วัน”: of a section that is new, what it says of itself beside its title."""
    for label in (CODE, INDICATOR, OFFICES):
        told = TELLING[label](section)
        is_usual = label == OFFICES and section.applies_to == AppliesTo.BOTH
        if told and not is_usual:
            noun = NOUNS["applies_to"] if label == OFFICES else label
            yield f"ให้กำหนด{noun} ของ{name} เป็น “{told}”"


def section_commands(changed: ChangedSection, name: str) -> Iterator[str]:
    """ให้แก้ไขตัวชี้วัด ของ{name} จาก “3 วัน” เป็น “1 วัน”: one for each fact that differs. `name` as the older side has it."""
    for label, before, after, _ in changed.facts:
        noun = NOUNS["applies_to"] if label == OFFICES else label
        if label == TITLE:
            yield f"ให้เปลี่ยนชื่อ{name} เป็น “{after}”"
        elif label == PLACE:
            source = f"จาก “{before}” " if before else ""
            target = f"ไปอยู่ใน “{after}”" if after else "ออกมาอยู่นอกงาน"
            yield f"ให้ย้าย{name} {source}{target}"
        elif not before:
            yield f"ให้กำหนด{noun} ของ{name} เป็น “{after}”"
        elif not after:
            yield f"ให้ยกเลิก{noun} “{before}” ของ{name}"
        else:
            yield f"ให้แก้ไข{noun} ของ{name} จาก “{before}” เป็น “{after}”"
