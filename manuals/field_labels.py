"""What the named fields of a content are called. The names themselves are those of content.fields()."""

from hearing_portal.web.field_names import declare_field_labels

# {kind: {field: label}}: above a field that is written, or named in a sentence
FIELD_LABELS = {
    "text": {"text": "ถ้อยคำ"},
    "note": {"text": "ถ้อยคำ"},
    "definition": {"term": "คำ", "verb": "คำเชื่อมความหมาย", "text": "ความหมาย"},
    "step": {
        "text": "รายละเอียดงาน",
        "duration": "เวลาดำเนินการ",
        "standard": "มาตรฐานคุณภาพงาน",
        "actor": "ผู้รับผิดชอบ",
        "note": "หมายเหตุ",
        "system": "ระบบที่ใช้",
        "branches": "ทางเลือกของขั้นตอน",
    },
    "form": {"text": "ชื่อแบบฟอร์ม", "code": "รหัส", "note": "หมายเหตุ"},
    "reference": {"text": "เอกสาร/หลักฐานอ้างอิง", "note": "หมายเหตุ"},
    "table": {"text": "ข้อความเหนือตาราง"},
    "figure": {"caption": "คำบรรยายภาพ", "alt": "คำอธิบายแทนภาพ", "text": "ข้อความ"},
}
# Where the fields of a clause stand in a row, these have other words
_IN_A_ROW = {
    "duration": "เวลา",
    "code": "รหัสแบบ",
    "caption": "คำบรรยายภาพ",
    "alt": "คำอธิบายแทนภาพ",
}
# What a clause says beside its words; the names are those of facts.clause_facts()
_FACTS = {
    "kind": "ชนิดของข้อ",
    "applies_to": "ใช้กับ",
    "shape": "รูปในผัง",
    "branches": "ทางแยก",
    "minutes": "เวลาที่ใช้คำนวณ",
    "explains": "ข้อที่ขั้นตอนนี้อธิบาย",
    "columns": "ช่องของตาราง",
    "rows": "แถวของตาราง",
    "source": "กฎหมายที่อ้าง",
    "locator": "ข้อหรือมาตราที่อ้าง",
    "file": "ไฟล์",
    "links": "ที่อยู่เว็บที่อ้าง",
}


# Fields of forms are named after them ("words-text", "UUID-actor"); the main text is called so whatever its kind
declare_field_labels({"text": "ถ้อยคำ", "label": "ข้อความบนทางของขั้นตอน"})
for _labels in FIELD_LABELS.values():
    declare_field_labels(_labels)


def is_fact(name: str) -> bool:
    return name in _FACTS


def fact_label(name: str) -> str:
    return _FACTS[name]


def short_field_label(name: str) -> str:
    """The label of a field in a row of fields, or of a fact, the same for every kind; "" for the main text and a
    table's cells."""
    if name == "text":
        return ""
    if name in _FACTS:
        return _FACTS[name]
    if name in _IN_A_ROW:
        return _IN_A_ROW[name]
    for labels in FIELD_LABELS.values():
        if name in labels:
            return labels[name]
    return ""
