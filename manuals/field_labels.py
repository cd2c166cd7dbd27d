"""What the named fields of a content are called. The names themselves are those of content.fields()."""

# {kind: {field: label}}: above a field that is written, or named in a sentence
FIELD_LABELS = {
    "text": {"text": "ถ้อยคำ"},
    "note": {"text": "ถ้อยคำ"},
    "definition": {"term": "คำ", "text": "ความหมาย"},
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
    "branches": "ทางแยก",
    "code": "รหัสแบบ",
    "caption": "ชื่อภาพ",
    "alt": "คำบรรยายภาพ",
}


def short_field_label(name: str) -> str:
    """The label of a field in a row of fields, the same for every kind; "" for the main text and a table's cells."""
    if name == "text":
        return ""
    if name in _IN_A_ROW:
        return _IN_A_ROW[name]
    for labels in FIELD_LABELS.values():
        if name in labels:
            return labels[name]
    return ""
