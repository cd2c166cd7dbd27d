"""What may be asked of the audit log."""

from dataclasses import dataclass
from datetime import datetime

from hearing_portal.directory.models import User, WorkGroup

KINDS = {
    "comment": "ความเห็นและข้อเสนอ",
    "moderation": "การดูแลความเห็น",
    "decision": "ผลการพิจารณา",
    "publication": "การเผยแพร่ผล",
    "text": "ถ้อยคำในคู่มือ",
    "edition": "ฉบับ",
    "session": "ประชาพิจารณ์และเวที",
    "people": "บุคคลและ สพท.",
}


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is asked for; empty means everything. `thing` is (kind of object, its key): ("comment", uuid)."""

    by: User | None = None
    kind: str = ""
    group: WorkGroup | None = None
    since: datetime | None = None
    until: datetime | None = None  # excluded
    thing: tuple[str, str] | None = None
