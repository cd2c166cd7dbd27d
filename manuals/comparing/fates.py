"""What became of a clause or a process between two states of the book. Each has one fate: the counts add up."""

from django.db import models


class Fate(models.TextChoices):
    """Where several are true of a clause, the most telling one counts: split and joined before all, then as here."""

    ADDED = "added", "เพิ่ม"
    RETIRED = "retired", "ยกเลิก"
    SPLIT = "split", "แยก"
    JOINED = "joined", "รวม"
    REWORDED = "reworded", "แก้ถ้อยคำ"
    FORMATTED = "formatted", "แก้รูปแบบ"
    MOVED = "moved", "ย้าย"
    RENUMBERED = "renumbered", "เปลี่ยนเลข"
    UNCHANGED = "unchanged", "คงเดิม"


class ProcessFate(models.TextChoices):
    """Where several are true of a process, the first of them counts. The older side has none that is new, the newer
    side none that was dropped."""

    SPLIT = "split", "แยก"
    JOINED = "joined", "รวม"
    REPLACED = "replaced", "จัดทำใหม่แทน"
    MOVED = "moved", "ย้ายกลุ่มงาน"
    REARRANGED = "rearranged", "ย้ายงานในกลุ่ม"
    RENAMED = "renamed", "เปลี่ยนชื่อ"
    KEPT = "kept", "คงไว้"
    DROPPED = "dropped", "ยกเลิก"
    NEW = "new", "เพิ่มใหม่"


class Evidence(models.TextChoices):
    """What tells that a process of the newer side is one of the older side, or came out of it. The first two are
    certain, the others are concluded."""

    SAME = "same", "กระบวนงานเดียวกัน"
    RECORDED = "recorded", "บันทึกการแยกหรือรวมไว้"
    COPIED = "copied", "คัดลอกแล้วยกเลิกต้นฉบับ"
    CLAUSES = "clauses", "สรุปจากข้อที่ย้าย"

    @property
    def is_certain(self) -> bool:
        return self in (Evidence.SAME, Evidence.RECORDED)
